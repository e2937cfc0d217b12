"""The engines that are compared, on the same actions: ours, tantivy alone, SQLite, Datasette, PostgreSQL.

Their statements are made of names of ours; what is looked for is always an argument.
"""
# ruff: noqa: S608

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TextIO, cast

import psycopg
import tantivy
from psycopg import sql

from accroche.catalogue.grappes import DEEPEST, TILE_LEVEL, cellule
from accroche.integrations.tantivy import (
    ALL,
    CELL,
    FACETS,
    LARGE,
    RANK,
    TEXTS,
    TILE,
    Interrogation,
    SearchIndex,
    Snapshot,
)
from accroche.integrations.tantivy.analyse import PLAIN, STEMMED, analyser
from accroche.integrations.tantivy.schema import columns_of, schema
from accroche.lib.requete import parse
from benchmarks.catalogue.donnees import CHOICES, LENGTHS, SEVERAL, ActionInventee, actions

PAGE: Final = 20
FACET_SIZE: Final = 31  # what Datasette asks for


def told(action: ActionInventee) -> dict[str, list[Any]]:
    """An action as our index is told of it."""
    cell = cellule(*action.place)
    texts = {name: [text] for name, text in action.texts.items()}
    return {
        **texts,
        ALL: [text for values in texts.values() for text in values],
        **action.choices,
        "lat": [action.place[0]],
        "lon": [action.place[1]],
        CELL: [cell],
        TILE: [cell >> 2 * (DEEPEST - TILE_LEVEL)],
        "jour": [action.day],
        "debut": [action.day],
        "fin": [action.day],
        RANK: [(action.day << 40) | action.key],
    }


class Ours:
    """Our index, asked as the search page does, but for the database's word on what is public."""

    name = "ours"

    def __init__(self, folder: Path, size: int) -> None:
        """Build it; ``built``: seconds of processor."""
        folder.mkdir(parents=True)
        start = time.process_time()
        self.index = SearchIndex(folder, new=True)
        writer = self.index.writer(LARGE)
        for action in actions(size):
            writer.add(action.key, told(action))
        writer.commit()
        writer.close()
        self.built = time.process_time() - start
        self.snapshot: Snapshot = self.index.snapshot()
        self.size = size

    def search(self, word: str) -> int:
        """Twenty results, how many there are, and all counts, of what nobody asked before."""
        self.snapshot.forget()
        asked = Interrogation(parse(f"{word} "))
        total, _ = self.snapshot.find(asked, PAGE)
        self.snapshot.facets(asked)
        return total

    def filtered(self, word: str) -> int:
        """The same with a choice in two filters, whose counts each ignore their own."""
        self.snapshot.forget()
        asked = Interrogation(parse(f"{word} "), {"academie": ("academie-1",), "niveau": ("niveau-0",)})
        total, _ = self.snapshot.find(asked, PAGE)
        self.snapshot.facets(asked)
        return total

    def related(self, action: ActionInventee) -> int:
        """What resembles an action."""
        self.snapshot.forget()
        close = Interrogation(choix={"theme": tuple(action.choices["theme"])})
        texts = {name: [action.texts[name]] for name in ("titre", "texte")}
        return len(self.snapshot.like(texts, close, PAGE))

    def update(self, action: ActionInventee) -> None:
        """One action, said anew, certain and visible."""
        writer = self.index.writer()
        writer.replace(action.key, told(action))
        writer.commit()
        writer.close()
        self.snapshot = self.index.snapshot()


class Raw:
    """tantivy by itself, on the same index: its own queries, no slips, no beginnings. The limit."""

    name = "raw tantivy"

    def __init__(self, ours: Ours) -> None:
        """Open the same folder."""
        self._index = tantivy.Index(schema(), str(ours.index.folder), reuse=True)
        for name in (STEMMED, PLAIN):
            self._index.register_tokenizer(name, analyser(name))
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, word: str) -> int:
        """The same answer."""
        query = self._index.parse_query(word, list(TEXTS), dict(TEXTS))
        found = self._searcher.search(query, PAGE)
        columns = [column for name in FACETS for column in columns_of(name)]
        self._searcher.aggregate(query, {name: {"terms": {"field": name, "size": 1000}} for name in columns})
        return int(found.count)  # type: ignore[attr-defined]


class Sqlite:
    """SQLite's FTS5 with bm25, and the table Datasette reads."""

    name = "SQLite FTS5"

    def __init__(self, path: Path, size: int) -> None:
        """Load it."""
        start = time.process_time()
        self.path = path
        self.database = sqlite3.connect(path)
        columns = ", ".join(f"{name} TEXT" for name in [*LENGTHS, *CHOICES])
        self.database.execute("PRAGMA journal_mode=OFF")
        self.database.execute(f"CREATE TABLE actions (id INTEGER PRIMARY KEY, {columns})")
        marks = ", ".join("?" * (1 + len(LENGTHS) + len(CHOICES)))
        self.database.executemany(f"INSERT INTO actions VALUES ({marks})", map(_row, actions(size)))
        self.database.execute(
            f"CREATE VIRTUAL TABLE actions_fts USING fts5({', '.join(LENGTHS)}, content='actions', "
            "content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        )
        self.database.execute("INSERT INTO actions_fts(actions_fts) VALUES ('rebuild')")
        self.database.commit()
        self.built = time.process_time() - start

    def search(self, word: str) -> int:
        """Twenty results, the best first, and how many there are: no counts by choice."""
        ranked = (
            "SELECT a.* FROM actions_fts JOIN actions a ON a.id = actions_fts.rowid "
            "WHERE actions_fts MATCH ? ORDER BY bm25(actions_fts, 4.0, 3.0, 1.0) LIMIT 20"
        )
        self.database.execute(ranked, [word]).fetchall()
        [total] = self.database.execute(
            "SELECT count(*) FROM actions_fts WHERE actions_fts MATCH ?", [word]
        ).fetchone()
        return int(total)

    def datasette(self, word: str) -> int:
        """What Datasette asks SQLite for a table with a search and all facets."""
        inner = (
            "select * from actions where rowid in (select rowid from actions_fts where actions_fts match ?)"
        )
        self.database.execute(f"{inner} order by id limit 101", [word]).fetchall()
        [total] = self.database.execute(f"select count(*) from ({inner})", [word]).fetchone()
        for name in CHOICES:
            if name in SEVERAL:
                statement = (
                    f"with inner as ({inner}), deduped_array_items as (select distinct j.value, inner.* "
                    f"from json_each([inner].[{name}]) j join inner) "
                    "select value as value, count(*) as count from deduped_array_items "
                    f"group by value order by count(*) desc, value limit {FACET_SIZE}"
                )
            else:
                statement = (
                    f"select {name} as value, count(*) as count from ({inner}) where {name} is not null "
                    f"group by {name} order by count desc, value limit {FACET_SIZE}"
                )
            self.database.execute(statement, [word]).fetchall()
        return int(total)

    def update(self, action: ActionInventee) -> None:
        """One action, said anew."""
        row = _row(action)
        self.database.execute("DELETE FROM actions WHERE id = ?", [action.key])
        self.database.execute(f"INSERT INTO actions VALUES ({', '.join('?' * len(row))})", row)
        self.database.commit()


def _row(action: ActionInventee) -> list[Any]:
    choices = [
        json.dumps(codes) if name in SEVERAL else (codes[0] if codes else None)
        for name, codes in action.choices.items()
    ]
    return [action.key, *(action.texts[name] for name in LENGTHS), *choices]


class Datasette:
    """Datasette itself, of an environment of its own: its JSON of the table, in its process."""

    name = "Datasette"
    _SCRIPT: Final = """
import asyncio, json, sys, time
from datasette.app import Datasette
limits = {"sql_time_limit_ms": 3600000, "facet_time_limit_ms": 3600000, "suggest_facets": False}
site = Datasette([sys.argv[1]], settings=limits)
async def main():
    await site.invoke_startup()
    for line in sys.stdin:
        start = time.process_time()
        answer = await site.client.get(json.loads(line))
        found = answer.json()
        told = [time.process_time() - start, answer.status_code, len(json.dumps(found))]
        print(json.dumps(told), flush=True)
asyncio.run(main())
"""

    def __init__(self, python: str, path: Path) -> None:
        """Start it."""
        self._database = path.stem
        self._program = subprocess.Popen(  # noqa: S603 - the peer
            [python, "-c", self._SCRIPT, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._asked, self._answers = cast("TextIO", self._program.stdin), cast("TextIO", self._program.stdout)

    def seconds(self, word: str) -> float:
        """Seconds of processor for twenty rows and all facets."""
        facets = "".join(f"&_facet{'_array' if name in SEVERAL else ''}={name}" for name in CHOICES)
        table = f"/{self._database}/actions.json?_fts_table=actions_fts&_fts_pk=id"
        address = f"{table}&_search={word}&_size=20{facets}"
        self._asked.write(json.dumps(address) + "\n")
        self._asked.flush()
        seconds, status, _ = json.loads(self._answers.readline())
        if status != HTTPStatus.OK:
            raise RuntimeError(f"Datasette answers {status}")
        return float(seconds)

    def close(self) -> None:
        """End it."""
        self._program.kill()


class Postgresql:
    """PostgreSQL's own full text, French, with a GIN index; counts in one pass over what was found."""

    name = "PostgreSQL"

    def __init__(self, url: str, size: int) -> None:
        """Load it."""
        self._database = psycopg.connect(url, autocommit=True)
        self._database.execute("SET max_parallel_workers_per_gather = 0")
        self._database.execute("DROP TABLE IF EXISTS bench_actions")
        several = {name: "text[]" if name in SEVERAL else "text" for name in CHOICES}
        columns = ", ".join(
            f"{name} {kind}" for name, kind in ({**dict.fromkeys(LENGTHS, "text"), **several}).items()
        )
        self._database.execute(
            f"CREATE UNLOGGED TABLE bench_actions (id int PRIMARY KEY, {columns}, mots tsvector)"
        )
        before = self.processor()
        names = ["id", *LENGTHS, *CHOICES]
        statement = sql.SQL("COPY bench_actions ({}) FROM STDIN").format(
            sql.SQL(", ").join(map(sql.Identifier, names))
        )
        with self._database.cursor() as cursor, cursor.copy(statement) as copy:
            for action in actions(size):
                choices = [
                    codes if name in SEVERAL else (codes[0] if codes else None)
                    for name, codes in action.choices.items()
                ]
                copy.write_row([action.key, *(action.texts[name] for name in LENGTHS), *choices])
        said = " || ".join(
            f"setweight(to_tsvector('french', {name}), '{rank}')"
            for name, rank in zip(LENGTHS, "ABC", strict=True)
        )
        self._database.execute(f"UPDATE bench_actions SET mots = {said}")
        self._database.execute("CREATE INDEX ON bench_actions USING gin (mots)")
        self._database.execute("ANALYZE bench_actions")
        self.built = self.processor() - before

    def processor(self) -> float:
        """Seconds of processor of its process, which works for us alone."""
        [pid] = self._database.execute("SELECT pg_backend_pid()").fetchone() or [0]
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def search(self, word: str) -> int:
        """The same answer, in two statements."""
        asked = "plainto_tsquery('french', %(q)s)"
        found = f"SELECT * FROM bench_actions WHERE mots @@ {asked}"
        ranked = f"SELECT id, ts_rank(mots, {asked}) AS rank FROM ({found}) f ORDER BY rank DESC LIMIT 20"
        self._database.execute(ranked, {"q": word}).fetchall()
        counts = " UNION ALL ".join(
            f"SELECT '{name}', value, count(*) FROM f, unnest({name}) AS value GROUP BY 2"
            if name in SEVERAL
            else f"SELECT '{name}', {name}, count(*) FROM f GROUP BY 2"
            for name in CHOICES
        )
        names = ", ".join(CHOICES)
        rows = self._database.execute(
            f"WITH f AS MATERIALIZED (SELECT {names} FROM ({found}) g) {counts}", {"q": word}
        ).fetchall()
        return sum(int(row[2]) for row in rows if row[0] == "edition")

    def searches(self, word: str, times: int) -> None:
        """The same so many times."""
        for _ in range(times):
            self.search(word)


@contextmanager
def remembering(results: dict[str, Any], path: Path) -> Iterator[Callable[..., None]]:
    """Keep each figure as soon as it is known: a run of an hour may be stopped."""

    def keep(*keys: str, value: Any) -> None:
        place = results
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = value
        path.write_text(json.dumps(results, indent=1))
        print(*keys, value, flush=True)

    yield keep
