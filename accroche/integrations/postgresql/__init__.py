"""PostgreSQL's own programs: ``pg_dump`` and ``pg_restore``, which must be in the ``PATH``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from psycopg.conninfo import make_conninfo

#: What an address may ask for our own connections, and must not shorten a dump.
_NOT_THEIRS: Final = frozenset({"options", "pool", "isolation_level", "server_side_binding", "assume_role"})


class PostgresqlError(Exception):
    """A program is missing, or failed; the message is its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """A database, as the programs are told of it. The password never shows among a program's arguments."""

    conninfo: str
    password: str

    @classmethod
    def of(cls, database: Mapping[str, Any]) -> Self:
        """From Django's dictionary of a database."""
        more = {name: value for name, value in database["OPTIONS"].items() if name not in _NOT_THEIRS}
        named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
        given = {name: database[key] for name, key in named.items() if database[key]}
        return cls(make_conninfo(**given | more), database["PASSWORD"])


def dump(target: Target, path: Path, *, snapshot: str) -> None:
    """Write the database as an exported ``snapshot`` sees it. Raises :class:`PostgresqlError`."""
    options = ("--format=custom", "--schema=public", f"--snapshot={snapshot}", f"--file={path}")
    _run(target, "pg_dump", *options, "--dbname={}")


def restore(target: Target, path: Path) -> None:
    """Put a dump in a schema that has no tables: all of it, or nothing. Raises :class:`PostgresqlError`."""
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", "--schema=public")
    _run(target, "pg_restore", *options, "--dbname={}", str(path))


def check(path: Path) -> None:
    """Read a dump's list of contents. Raises :class:`PostgresqlError` when it is none."""
    _run(Target("", ""), "pg_restore", "--list", "--file=/dev/null", str(path))


def version() -> int | None:
    """The major version of ``pg_dump``, None when it is missing; an older one cannot read a newer server."""
    found = shutil.which("pg_dump")
    if found is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, encoding="utf-8", check=False).stdout  # noqa: S603
    number = re.search(r"\b(\d+)\.", told)
    return int(number[1]) if number else None


def _run(target: Target, program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise PostgresqlError(f"{program} is not in the PATH: install postgresql-client")
    password = {"PGPASSWORD": target.password} if target.password else {}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, our own arguments
        [found, *(argument.replace("{}", target.conninfo) for argument in arguments)],
        env=os.environ | password,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise PostgresqlError(f"{program}: {done.stderr.strip()[:500]}")
