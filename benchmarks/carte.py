"""Dragging the map, at three sizes: ours, beside what a database does by itself and what an array allows.

New SQLite databases with made-up carriers (a few towns hold most of them, as in the country) and sheets (a
few carriers hold most of them), and our index of their places. Random frames at random zooms, with and
without a filter: the same for all. Ours is a whole request, routing to JSON; the peers are the bare query.
*SQLite* and *PostgreSQL* group by rounded degrees, with an index on them; the *limit* is ``numpy.bincount``
of the cells of arrays in memory, which knows neither filters nor where anything is. Times are of the
processor of this process, but for PostgreSQL, whose server works elsewhere: elapsed. Run it with
``scripts/postgres.py`` in front to have it.

Usage: python benchmarks/carte.py [--actions 10000 100000 1000000] [--frames 60]
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

ROOT = Path(__file__).resolve().parent.parent
CARRIERS = 60_000
TOWNS = 300
Frame = tuple[tuple[float, float, float, float], int]
FRANCE = 5
FILTERS = ("", "&niveau=lycee", "&theme=orientation")
#: How often a sheet answers to each filter.
SHARES = (1.0, 0.4, 0.1)


def places(chance: random.Random) -> list[tuple[float, float]]:
    """Where carriers are: around towns, of which the first are the largest; one in forty overseas."""
    towns = [(chance.gauss(46.6, 1.9), chance.gauss(2.6, 2.3)) for _ in range(TOWNS)]
    weights = [1 / rank for rank in range(1, TOWNS + 1)]
    found = []
    for lat, lon in chance.choices(towns, weights, k=CARRIERS):
        north, east = (-21.1, 55.5) if chance.random() < 1 / 40 else (lat, lon)
        found.append((north + chance.gauss(0, 0.12), east + chance.gauss(0, 0.17)))
    return found


def frames(chance: random.Random, count: int) -> list[Frame]:
    """What somebody drags a map of 900 by 650 pixels to, at zooms 5 to 14; the country often."""
    found = []
    for number in range(count):
        zoom = FRANCE if number % 6 == 0 else chance.randint(6, 14)
        degrees = 360 / 256 / 2**zoom
        lat, lon = (46.6, 2.6) if zoom == FRANCE else (chance.gauss(46.6, 1.9), chance.gauss(2.6, 2.3))
        wide, high = 900 * degrees / 2, 650 * degrees * 0.69 / 2
        found.append(((lon - wide, lat - high, lon + wide, lat + high), zoom))
    return found


def fill(actions: int, where: list[tuple[float, float]], carried: Any, matches: Any) -> None:
    """Write carriers, sheets and their index; ``matches``: of each sheet, whether each filter keeps it."""
    from django.conf import settings  # noqa: PLC0415 - after Django is set up
    from django.db import connection  # noqa: PLC0415 - the same

    from accroche.actions.cycle import Etat  # noqa: PLC0415 - the same
    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.annuaire.models import Porteur  # noqa: PLC0415 - the same
    from accroche.catalogue.emplacement import Emplacement  # noqa: PLC0415 - the same
    from accroche.catalogue.grappes import DEEPEST, TILE_LEVEL, cellule  # noqa: PLC0415 - the same
    from accroche.integrations.tantivy import SearchIndex, signature  # noqa: PLC0415 - the same
    from tests import factories  # noqa: PLC0415 - the same

    semaine = factories.territory().semaine
    porteurs = Porteur.objects.bulk_create(
        [
            Porteur(
                academie=semaine.academie,
                kind="association",
                name=f"Porteur {number}",
                commune=f"Commune {number % 9000}",
                latitude=lat,
                longitude=lon,
            )
            for number, (lat, lon) in enumerate(where)
        ],
        5000,
    )
    first = factories.action(factories.territory(), etat=Etat.PUBLISHED)
    own = {"id", "slug", "position"}
    columns = {str(field.column) for field in Action._meta.concrete_fields}  # noqa: SLF001 - all of them
    names = ", ".join(sorted(columns - own))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(
            f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {actions}) "  # noqa: S608
            f"INSERT INTO actions_action (id, slug, position, {names}) "
            f"SELECT {first.pk} + i - 1, 'a-' || i, i, {names} FROM n, actions_action WHERE id = {first.pk}"
        )
        cursor.executemany(
            "INSERT INTO actions_actionporteur (action_id, porteur_id, position) VALUES (%s, %s, 0)",
            [(first.pk + number, porteurs[carrier].pk) for number, carrier in enumerate(carried)],
        )
        cursor.execute("ANALYZE")
    settings.INDEX.mkdir(parents=True)
    place = Emplacement(settings.INDEX)
    name = f"{signature()}-bench"
    place.folder(name).mkdir()
    writer = SearchIndex(place.folder(name), new=True).writer(200_000_000)
    cells = [cellule(*one) for one in where]
    for number, carrier in enumerate(carried):
        lat, lon = where[carrier]
        told: dict[str, list[Any]] = {"lat": [lat], "lon": [lon], "cellule": [cells[carrier]]}
        told |= {"tuile": [cells[carrier] >> 2 * (DEEPEST - TILE_LEVEL)], "rang": [number]}
        told["niveau"] = ["lycee"] if matches[1][number] else ["college"]
        told["theme"] = ["orientation"] if matches[2][number] else []
        writer.add(first.pk + number, told)
    writer.commit()
    writer.close()
    place.answer_from(name)


def times(
    clock: Callable[[], float], work: Callable[[Frame, int], Any], seen: list[Frame], number: int
) -> Any:
    """Milliseconds of each frame under a filter, by a clock: of the processor, or on the wall."""
    for frame in seen:
        start = clock()
        work(frame, number)
        yield (clock() - start) * 1000


def told(name: str, times: Iterable[float]) -> None:
    """Print the median, the 95th and the worst of some times."""
    ranked = sorted(times)
    p95 = ranked[min(len(ranked) - 1, round(0.95 * len(ranked)))]
    print(f"  {name:<28} {statistics.median(ranked):8.1f} {p95:8.1f} {ranked[-1]:8.1f}")


#: What a program without an index of its own would ask: rounded degrees, counted and averaged.
GROUPED = (
    "SELECT CAST(lon / {step} AS INTEGER), CAST(lat / {step} AS INTEGER), COUNT(*), AVG(lat), AVG(lon) "
    "FROM places WHERE lon BETWEEN {west} AND {east} AND lat BETWEEN {south} AND {north} {keep} GROUP BY 1, 2"
)
KEPT = ("", "AND lycee", "AND orientation")


def grouped(frame: Frame, number: int) -> str:
    """The same frame, for a database."""
    (west, south, east, north), zoom = frame
    step = 90 / 2**zoom
    return GROUPED.format(step=step, west=west, south=south, east=east, north=north, keep=KEPT[number])


def tables(
    run: Callable[[str], Any], many: Callable[[str, Iterable[Any]], Any], mark: str, rows: Any
) -> None:
    """The peers' one table of places, with the index they would have."""
    run(
        "CREATE TABLE places (lat double precision, lon double precision, lycee boolean, orientation boolean)"
    )
    many(f"INSERT INTO places VALUES ({mark}, {mark}, {mark}, {mark})", rows)  # noqa: S608 - placeholders
    run("CREATE INDEX places_at ON places (lon, lat, lycee, orientation)")
    run("ANALYZE")


def measure(actions: int, count: int) -> None:
    """Fill, drag and print, at one size."""
    from django.conf import settings  # noqa: PLC0415 - after Django is set up
    from django.db import connection  # noqa: PLC0415 - after Django is set up
    from django.test import Client  # noqa: PLC0415 - the same

    chance = random.Random(16)  # noqa: S311 - a benchmark
    where = places(chance)
    draw = np.random.default_rng(16)
    order = draw.permutation(CARRIERS)
    carried = order[(draw.zipf(1.2, actions) - 1) % CARRIERS]
    matches = [draw.random(actions) < share for share in SHARES]
    fill(actions, where, carried, matches)
    seen = frames(chance, count)
    client = Client()

    def ours(frame: Frame, number: int) -> None:
        sides = ",".join(f"{side:.4f}" for side in frame[0])
        client.get(f"/carte/points/?bbox={sides}&zoom={frame[1]}{FILTERS[number]}")

    def listed(frame: Frame, number: int) -> None:
        sides = ",".join(f"{side:.4f}" for side in frame[0])
        client.get(f"/carte/actions/?bbox={sides}{FILTERS[number]}")

    def page(_frame: Frame, _number: int) -> None:
        settings.PAGES_KEPT = 0
        client.get("/carte/")

    ours(seen[0], 0)
    print(f"{actions} actions, {count} frames: milliseconds, median, p95, worst")
    for number, share in enumerate(SHARES):
        told(f"ours, {share:.0%}", times(time.process_time, ours, seen, number))
    told("the list of a frame", times(time.process_time, listed, seen, 0))
    told("the page, made anew", times(time.process_time, page, seen[:6], 0))
    at = np.asarray(where)[carried]
    rows = [
        (float(lat), float(lon), bool(one), bool(other))
        for (lat, lon), one, other in zip(at, matches[1], matches[2], strict=True)
    ]
    lite = sqlite3.connect(":memory:")
    tables(lite.execute, lite.executemany, "?", rows)
    for number, share in enumerate(SHARES):
        name = f"SQLite, {share:.0%}"
        told(
            name, times(time.process_time, lambda f, n: lite.execute(grouped(f, n)).fetchall(), seen, number)
        )
    lite.close()
    if POSTGRES:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute("DROP TABLE IF EXISTS places")
            tables(server.execute, server.cursor().executemany, "%s", rows)

            def asked(frame: Frame, number: int) -> Any:
                return server.execute(grouped(frame, number).encode()).fetchall()

            for number, share in enumerate(SHARES):
                told(f"PostgreSQL (elapsed), {share:.0%}", times(time.perf_counter, asked, seen, number))
    lats, lons = at[:, 0].copy(), at[:, 1].copy()

    def bincount(frame: Frame, _number: int) -> Any:
        (west, south, east, north), zoom = frame
        step = 90 / 2**zoom
        inside = (lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)
        down = ((lats[inside] - south) / step).astype(np.int64)
        across = ((lons[inside] - west) / step).astype(np.int64)
        return np.bincount(down * (int((east - west) / step) + 2) + across)

    told("limit: numpy, 100%", times(time.process_time, bincount, seen, 0))
    connection.close()


POSTGRES = os.environ.get("DATABASE_URL", "")


def main() -> None:
    """Measure each size in a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--frames", type=int, default=60)
    options = parser.parse_args()
    if len(options.actions) > 1:
        # Django knows one database for a process
        for size in options.actions:
            command = [sys.executable, __file__, "--actions", str(size), "--frames", str(options.frames)]
            subprocess.run(command, check=True)  # noqa: S603 - itself
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "ACCROCHE_DATA": folder,
            "DATABASE_URL": "",
            "ACCROCHE_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        sys.path.insert(0, str(ROOT))
        import logging  # noqa: PLC0415 - beside Django

        import django  # noqa: PLC0415 - the environment is set by now

        django.setup()
        logging.getLogger("accroche").setLevel(logging.ERROR)
        from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

        call_command("migrate", verbosity=0)
        measure(options.actions[0], options.frames)


if __name__ == "__main__":
    main()
