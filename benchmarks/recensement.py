"""The directory and the queue: loading schools, finding one, reading what waits, against peers and limits.

Everything is measured in the same run on the same made-up schools, one child process and one new SQLite
database per size, so that memory is the size's own.

- import: rows a second of ``load_directory``; peer: ``update_or_create`` row by row, on a sample; limit:
  the same rows by ``sqlite3.executemany`` into a table of the same columns.
- find: median time of one search; peer: SQL ``LIKE '%…%'`` on name and commune, one condition a word,
  which forgives no mistake.

- queue: median processor time of a page of 25 sheets, whole response, for an académie's moderator and
  for who sees all; peers: Django's admin on the same rows, and the page a beginner writes, all rows at
  once; limit: the bare SQL of the same page.

Absolute times depend on the machine; ratios are what to compare.

Usage: python benchmarks/recensement.py [--sizes 7000,70000,210000] [--queue 1000,10000,100000] [--json FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
SAMPLE = 1000
RUNS = 5
PATRONYMS = (
    "Jean Moulin", "Victor Hugo", "Marie Curie", "Jules Ferry", "Louise Michel", "Félix Tisserand",
    "Les Acacias", "Claude Guyot", "Simone Veil", "Lazare Carnot", "Jacques Prévert", "Les Tilleuls",
)  # fmt: skip
ROOTS = ("Mont", "Ville", "Châtel", "Pont", "Roche", "Val", "Bois", "Font", "Saint-Germain", "Neuf")
ENDINGS = ("igny", "ac", "ières", "court", "bourg", "elles", "oise", "anges", "eville", "eux")
#: What people type: exact, misspelt, a beginning, a code, a common word.
SEARCHES = ("college jean moulin", "colege jean moulain", "tisserant", "montigny", "02100", "ecole", "s")


def schools(count: int) -> list[Any]:
    """Return ``count`` schools with right UAIs, spread over ten départements."""
    from accroche.annuaire.lecture import Record  # noqa: PLC0415 - after Django is set up
    from accroche.annuaire.regles import Precision, Secteur, TypePorteur  # noqa: PLC0415 - the same
    from accroche.lib.uai import check_letter  # noqa: PLC0415 - the same

    kinds = (TypePorteur.ECOLE, TypePorteur.ECOLE, TypePorteur.COLLEGE, TypePorteur.LYCEE)
    communes = [f"{a}{b}-{n}" for n in range(40) for a in ROOTS for b in ENDINGS]
    rows = []
    for number in range(count):
        kind, patronym = kinds[number % len(kinds)], PATRONYMS[number % len(PATRONYMS)]
        commune = communes[number % len(communes)]
        digits = f"{number + 100_000:07d}"
        rows.append(
            Record(
                line=number + 2,
                uai=digits + check_letter(digits),
                kind=kind,
                name=f"{kind.label} {patronym}",
                sector=Secteur.PUBLIC,
                commune=commune,
                insee=f"{number % 90_000:05d}",
                postal_code=f"{number % 90_000:05d}",
                departement=f"{number % 10 + 20}",
                email="",
                latitude=47.0,
                longitude=5.0,
                precision=Precision.COMMUNE,
                opened_on=None,
                is_open=True,
            )
        )
    return rows


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(size: int) -> dict[str, float]:
    """Measure one size in this process, on a new database; times in seconds, memory in MB."""
    import django  # noqa: PLC0415 - the environment is set by then

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up
    from django.db.models import Q  # noqa: PLC0415 - the same

    from accroche.annuaire.models import Departement, Etablissement  # noqa: PLC0415 - the same
    from accroche.annuaire.operations import load_directory, load_reference  # noqa: PLC0415 - the same
    from accroche.annuaire.queries import find_schools, school_index  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    load_reference()
    rows = schools(size)
    found = {"import": timed(lambda: load_directory(rows, at=AT))}
    found["import_again"] = timed(lambda: load_directory(rows, at=AT))
    place = Departement.objects.get(code="21")

    def one_by_one() -> None:
        for row in rows[:SAMPLE]:
            told = {"name": row.name, "commune": row.commune, "kind": row.kind, "departement": place}
            Etablissement.objects.update_or_create(uai=row.uai, defaults=told)

    found["import_peer"] = timed(one_by_one) * size / min(size, SAMPLE)
    found["import_limit"] = timed(lambda: _limit(rows))
    day = AT.date()
    found["index"] = timed(lambda: school_index(day))

    def like(text: str) -> list[Any]:
        condition = Q()
        for word in text.split():
            condition &= Q(name__icontains=word) | Q(commune__icontains=word) | Q(uai__icontains=word)
        return list(Etablissement.objects.filter(condition)[:8])

    ours = [timed(lambda t=t: find_schools(t, at=day, limit=8)) for t in SEARCHES for _ in range(RUNS)]  # type: ignore[misc]
    peer = [timed(lambda t=t: like(t)) for t in SEARCHES for _ in range(RUNS)]  # type: ignore[misc]
    found |= {"find": statistics.median(ours), "find_worst": max(ours)}
    found |= {"find_peer": statistics.median(peer), "find_peer_worst": max(peer)}
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _limit(rows: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "limit.db") as base:
        base.execute("CREATE TABLE s (uai TEXT UNIQUE, name, kind, commune, insee, cp, dep, lat, lon)")
        base.executemany(
            "INSERT INTO s VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (r.uai, r.name, str(r.kind), r.commune, r.insee, r.postal_code, r.departement, 47.0, 5.0)
                for r in rows
            ),
        )


def measure_queue(size: int) -> dict[str, float]:
    """Measure the queue among ``size`` sheets; times in seconds, memory in MB."""
    from benchmarks import file_attente  # noqa: PLC0415 - sets Django up with the peer's app

    return file_attente.measure(size)


def child(size: int, what: str) -> dict[str, float]:
    """Measure one size in a process and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "ACCROCHE_DATA": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, __file__, "--child", what, str(size)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def print_queue(size: int, told: dict[str, float]) -> None:
    """Print what was measured of the queue."""
    print(f"{size} sheets, {told['memory']:.0f} MB at most, {told['queries']:.0f} queries a page")
    for name, words in (("moderator", "an académie"), ("national", "all")):
        ours = told[name]
        print(
            f"  {words}: {ours * 1000:.0f} ms, {ours / told[f'{name}_limit']:.0f} times the limit; "
            f"admin × {told[f'{name}_admin'] / ours:.1f}, all at once × {told[f'{name}_naive'] / ours:.1f}"
        )
    for name in ("last_page", "hint", "same_text", "search"):
        print(f"  all, {name}: {told[name] * 1000:.0f} ms")


def sizes_of(text: str) -> list[int]:
    """Read « 1000,10000 »; nothing for an empty text."""
    return [int(part) for part in text.split(",") if part]


def main() -> None:
    """Measure the sizes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="7000,70000,210000")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--queue", default="1000,10000,100000")
    parser.add_argument("--child", nargs=2)
    options = parser.parse_args()
    if options.child:
        what, size = options.child
        print(json.dumps({"directory": measure, "queue": measure_queue}[what](int(size))))
        return
    results = {size: child(size, "directory") for size in sizes_of(options.sizes)}
    queues = {size: child(size, "queue") for size in sizes_of(options.queue)}
    for size, told in queues.items():
        print_queue(size, told)
    for size, told in results.items():
        print(f"{size} schools, {told['memory']:.0f} MB at most")
        print(
            f"  import {told['import']:.1f} s, again {told['import_again']:.1f} s: "
            f"{told['import_peer'] / told['import']:.1f} times faster than row by row, "
            f"{told['import'] / told['import_limit']:.0f} times the limit"
        )
        print(
            f"  find {told['find'] * 1000:.1f} ms, worst {told['find_worst'] * 1000:.1f} ms "
            f"(index made in {told['index']:.2f} s): {told['find_peer'] / told['find']:.1f} times faster "
            f"than LIKE, whose worst is {told['find_peer_worst'] * 1000:.0f} ms"
        )
    if options.json:
        options.json.write_text(
            json.dumps({"directory": results, "queue": queues}, indent=2) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
