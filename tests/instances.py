"""An instance of its own, run as an operator runs it: real commands, a folder, a database of its own."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.strictness import ROOT


def environment(folder: Path, database: str = "", **variables: str) -> dict[str, str]:
    """What the programs of an instance are started with, nothing of ours left in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCROCHE_")}
    return (
        kept
        | {
            "ACCROCHE_DATA": str(folder),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LC_ALL": "C.UTF-8",
        }
        | variables
    )


def program(
    folder: Path, module: str, *arguments: str, database: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a module of the repository on an instance, under the umask most shells have."""
    return _run(folder, "-m", module, *arguments, database=database, **variables)


def _run(
    folder: Path, *arguments: str, database: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder, database, **variables),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        umask=0o022,
    )


def accroche(
    folder: Path, *arguments: str, database: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator does, on an instance of its own."""
    command = str(Path(sys.executable).with_name("accroche"))
    return _run(folder, command, *arguments, database=database, **variables)


def first_command(folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command that needs tables says on an instance without an edition."""
    return accroche(folder, "export_edition", "2015-2016", "--out", str(folder / "a.json"))


@contextmanager
def _once(folder: Path, name: str) -> Iterator[Path | None]:
    """Where to make what a whole run needs once, in whichever process comes first; None when it is there."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        if (folder / name).exists():
            yield None
            return
        making = folder / f"{name}.making"
        making.mkdir(mode=0o700)
        yield making
        making.rename(folder / name)


#: What the two commands that made the tables said, beside them: status and errors of each.
SAID = "said.json"


def tables_made_once(folder: Path) -> Path:
    """The SQLite file of an empty instance, as a first command makes it: once for all processes of a run.

    Two make it at the same time; what they said is beside it, for the test that reads it
    (``commun/test_schema.py``).
    """
    with _once(folder, "tables") as making:
        if making:
            with ThreadPoolExecutor() as pool:
                runs = list(pool.map(lambda _: first_command(making), range(2)))
            assert (making / "accroche.sqlite3").exists(), runs
            said = [[run.returncode, run.stderr] for run in runs]
            (making / SAID).write_text(json.dumps(said), encoding="utf-8")
    return folder / "tables" / "accroche.sqlite3"


def demonstration_made_once(folder: Path, tables: Path) -> Path:
    """The folder of an instance with an edition to read and one in which schools declare, on SQLite."""
    with _once(folder, "demonstration") as making:
        if making:
            shutil.copy(tables, making)
            done = program(making, "tests.demonstration")
            assert done.returncode == 0, done.stderr
    return folder / "demonstration"


@contextmanager
def database_of_its_own(template: str = "template1") -> Iterator[str]:
    """An address for ``DATABASE_URL``: empty, or an empty database of the PostgreSQL of this run.

    ``template``: the database that the new one is a copy of.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"accroche_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
