"""What each campaign is given: fresh instances from one seed, on one of the two databases, and its size."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.siege.instance import Instance

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Releve:
    """One promise under siege: what was done, what is promised, what was seen, and whether it held."""

    attack: str
    promised: str
    seen: str
    held: bool


@dataclass
class Contexte:
    """One database under siege. ``size``: 1 in the suite, more for the long campaign.

    ``filled``: on SQLite, the folder of an instance that is filled already, to begin with a copy of it.
    """

    folder: Path
    url: str
    size: int
    filled: Path | None = None
    seed: Instance = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Fill the seed once."""
        place = self.folder / "seed"
        place.mkdir(exist_ok=True)
        if self.filled:
            shutil.copytree(self.filled, place / "data")
        self.seed = Instance.new(place, filled=bool(self.filled), DATABASE_URL=self.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether the instances have a file of their own."""
        return not self.url

    @contextmanager
    def instance(self, *, folder: Path | None = None, **settings: str) -> Iterator[Instance]:
        """Copy the seed, in ``folder`` when given; all its programs end with the block."""
        number = next(self._numbers)
        place = folder or self.folder / f"instance-{number}"
        place.mkdir(exist_ok=True)
        shutil.copytree(self.seed.folder / "data", place / "data")
        environ = self.seed.environ | {"ACCROCHE_DATA": str(place / "data")} | settings
        if not self.is_sqlite:
            environ["DATABASE_URL"] = self._copy_database(f"siege_{number}")
        made = Instance(place, environ)
        try:
            yield made
        finally:
            made.stop()

    def empty_database(self) -> str:
        """A database of one's own, without a table; empty for SQLite, which makes its file."""
        return "" if self.is_sqlite else self._database(f"empty_{next(self._numbers)}")

    def _copy_database(self, name: str) -> str:
        return self._database(name, urlsplit(self.url).path.lstrip("/"))

    def _database(self, name: str, template: str = "template0") -> str:
        parts = urlsplit(self.url)
        # a copy of the database one is connected to cannot be made: from the server's own
        with psycopg.connect(urlunsplit(parts._replace(path="/template1")), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return urlunsplit(parts._replace(path=f"/{name}"))


def rows(instance: Instance, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Read the database of an instance, beside its programs. ``query`` marks values with ``?``."""
    if url := instance.environ.get("DATABASE_URL"):
        with psycopg.connect(url) as server:
            return server.execute(query.replace("?", "%s").encode(), values or None).fetchall()
    path = Path(instance.environ["ACCROCHE_DATA"]) / "accroche.sqlite3"
    with closing(sqlite3.connect(path, timeout=60)) as file:
        return file.execute(query, values).fetchall()


def number_of(instance: Instance, query: str, *values: Any) -> int:
    """The one number a query counts."""
    return int(rows(instance, query, *values)[0][0])


def together(calls: Iterable[S], do: Callable[[S], T], width: int) -> list[T]:
    """Do all of it, ``width`` at once, and return the answers in their order."""
    with ThreadPoolExecutor(width) as pool:
        return list(pool.map(do, calls))


def network(number: int) -> str:
    """An address of the ``number``-th network: each a network of its own."""
    return f"10.{number // 250 % 250}.{number % 250}.{random.randint(1, 250)}"  # noqa: S311 - no secret


def schools(instance: Instance) -> list[str]:
    """The UAI of open schools an instance knows."""
    return [row[0] for row in rows(instance, "SELECT uai FROM annuaire_etablissement ORDER BY uai")]


def is_root() -> bool:
    """Whether folders can be mounted and disks be made full."""
    return os.geteuid() == 0
