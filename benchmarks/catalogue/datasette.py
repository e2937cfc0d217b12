"""Datasette's own pages of the same rows, in a process of its own: for ``pages.py`` alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Final

_SCRIPT: Final = """
import asyncio, json, statistics, sys, time
from datasette.app import Datasette
site = Datasette([sys.argv[1]], settings={"sql_time_limit_ms": 600000, "facet_time_limit_ms": 600000})
async def main():
    await site.invoke_startup()
    found = {}
    for name, address in json.loads(sys.argv[2]).items():
        spent = []
        for _ in range(12):
            start = time.process_time()
            answer = await site.client.get(address)
            spent.append(time.process_time() - start)
            assert answer.status_code == 200, (address, answer.status_code)
        found[name] = round(statistics.median(spent[2:]) * 1000, 3)
    print(json.dumps(found))
asyncio.run(main())
"""
_ROWS: Final = """
CREATE TABLE actions AS SELECT a.id, a.title, a.description, c.name AS academie, e.year AS edition,
    a.college, a.lycee, a.nature, a.starts
FROM site.actions_action a JOIN site.campagne_semaine s ON s.id = a.semaine_id
JOIN site.annuaire_academie c ON c.id = s.academie_id JOIN site.campagne_edition e ON e.id = s.edition_id
WHERE a.etat = 'published';
CREATE UNIQUE INDEX by_id ON actions (id);
CREATE INDEX by_academie ON actions (academie, id);
CREATE VIRTUAL TABLE actions_fts USING fts5(title, description, content='actions', content_rowid='id');
INSERT INTO actions_fts(actions_fts) VALUES ('rebuild');
"""


def pages(python: str, site: Path, folder: Path, academie: str, number: int, word: str) -> dict[str, float]:
    """Milliseconds of processor of its pages that tell what ours do, by name; ``site``: our database."""
    path = folder / "pair.db"
    with sqlite3.connect(path) as database:
        database.execute("ATTACH ? AS site", [str(site)])
        database.executescript(_ROWS)
        [rowid] = database.execute("SELECT rowid FROM actions WHERE id = ?", [number]).fetchone()
    facets = "&_facet=academie&_facet=edition&_facet=college&_facet=lycee&_facet=nature"
    addresses = {
        "Datasette, 60 rows of an académie": f"/pair/actions?academie={academie}&_size=60",
        "Datasette, one row": f"/pair/actions/{rowid}",
        "Datasette, search and facets": f"/pair/actions?_search={word}&_size=20{facets}",
    }
    command = [python, "-c", _SCRIPT, str(path), json.dumps(addresses)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - the peer
    return {name: float(spent) for name, spent in json.loads(done.stdout.splitlines()[-1]).items()}
