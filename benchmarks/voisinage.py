"""Forty people declare while a census of 150 000 rows is imported: who is refused, who waits, and how long.

A child process imports as the command does; others, as many as a web server has, hold the declarers as
threads, each declaring a sheet with the real operation, then another a moment later, until the import ends.
Somebody else looks all the time at how many of the imported sheets are there: none, or all. The same people
first declare with no import beside them, in the same run: what they make each other wait.

On SQLite, or on the PostgreSQL that ``DATABASE_URL`` names:
``python scripts/postgres.py python benchmarks/voisinage.py``.

Absolute times depend on the machine. Exits with 1 when somebody was refused or saw half of the file.

Usage: python benchmarks/voisinage.py [--rows 150000] [--declarers 40] [--every 10] [--alone 20] [--json FILE]
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.tableur import AT, YEAR, prepare, uais  # noqa: E402 - found from the root

#: Web processes that share the declarers.
PROCESSES = 4
TITLE = "Forum des métiers"
#: Seconds between two looks at what is there.
LOOK = 0.5


def write_csv(path: Path, size: int) -> None:
    """Write ``size`` actions, as many columns as a census usually has."""
    codes = uais()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(["Intitulé de l'action", "Descriptif", "Code UAI", "Niveaux", "Thèmes", "Partenaires"])
        text = "Les élèves rencontrent des professionnels et préparent leurs questions. " * 2
        for number in range(size):
            code = codes[number % len(codes)]
            out.writerow([f"{TITLE} {number}", text, code, "Collège", "Orientation", "Mission locale"])


def bring(path: Path) -> dict[str, Any]:
    """Import the file as the command does; seconds."""
    from accroche.annuaire.models import Academie  # noqa: PLC0415 - after Django is set up
    from accroche.campagne.models import Edition  # noqa: PLC0415 - the same
    from accroche.comptes.permissions import Access  # noqa: PLC0415 - the same
    from accroche.comptes.regles import Right, Scope  # noqa: PLC0415 - the same
    from accroche.imports.operations.recensement import import_rows  # noqa: PLC0415 - the same
    from accroche.imports.queries.confrontation import Confrontation  # noqa: PLC0415 - the same
    from accroche.imports.recensement.tables import tables_of  # noqa: PLC0415 - the same
    from accroche.integrations.tableur import unpack  # noqa: PLC0415 - the same

    access = Access(scopes={right: Scope(france=True) for right in Right})
    edition, academie = Edition.objects.get(year=YEAR), Academie.objects.get(slug="dijon")
    start = time.perf_counter()
    spool = path.parent / "lignes"
    unpack(path, spool)
    tables = tables_of(spool)
    report = import_rows(lambda: Confrontation(spool, tables, edition, academie, access, AT), source="a.csv")
    return {"seconds": time.perf_counter() - start, "new": report.counts["new"]}


def going_on(end: Path) -> bool:
    """Whether the others still run: ``end`` is there once they ended, its folder gone if they were killed."""
    return end.parent.exists() and not end.exists()


def declare_until(end: Path, first: int, count: int, every: float) -> dict[str, Any]:
    """Let ``count`` people declare until the file ``end`` is there; how long each waited, who was refused."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - after Django is set up

    from accroche.actions.operations import declare  # noqa: PLC0415 - the same
    from accroche.actions.saisie import Contenu, PorteurSaisi  # noqa: PLC0415 - the same
    from accroche.annuaire.models import Etablissement  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition  # noqa: PLC0415 - the same
    from accroche.comptes.models import User  # noqa: PLC0415 - the same
    from accroche.comptes.permissions import access_of  # noqa: PLC0415 - the same

    edition = Edition.objects.get(year=YEAR)
    waits: list[float] = []
    refused: list[str] = []

    def person(number: int) -> None:
        access = access_of(User.objects.get(email=f"personne{number}@ac-dijon.fr"), AT)
        school = Etablissement.objects.order_by("uai")[number]
        porteur = PorteurSaisi(school.uai, school.kind, school.name, school.commune)
        time.sleep(every * number / (first + count))  # they do not begin together
        done = 0
        while going_on(end):
            done += 1
            content = Contenu(title=f"Voisine {number} {done}", porteurs=(porteur,), description="Un forum.")
            start = time.perf_counter()
            try:
                # a day for each: nobody may begin as many in one
                declare(content, edition=edition, access=access, at=AT + dt.timedelta(days=done))
            except DatabaseError as error:
                refused.append(str(error))
            waits.append(time.perf_counter() - start)
            time.sleep(every)
        connection.close()

    print("ready", flush=True)
    people = [threading.Thread(target=person, args=(first + n,)) for n in range(count)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return {"waits": waits, "refused": refused}


def look_until(end: Path) -> dict[str, Any]:
    """Count the imported sheets that are there, again and again; every number seen."""
    from accroche.actions.models import Action  # noqa: PLC0415 - after Django is set up

    seen = set()
    while going_on(end):
        seen.add(Action.objects.waiting().count())  # what is declared beside stays a draft
        time.sleep(LOOK)
    seen.add(Action.objects.waiting().count())
    return {"seen": sorted(seen)}


def child(arguments: argparse.Namespace) -> None:
    """Do one part in this process, and print what it found."""
    import django  # noqa: PLC0415 - the environment is set by then

    django.setup()
    folder = arguments.folder
    if arguments.child == "bring":
        print(json.dumps(bring(folder / "a.csv")))
    elif arguments.child == "look":
        print(json.dumps(look_until(folder / arguments.end)))
    else:
        end = folder / arguments.end
        print(json.dumps(declare_until(end, arguments.first, arguments.count, arguments.every)))


def start(folder: Path, part: str, **options: Any) -> subprocess.Popen[str]:
    """Start one part."""
    command = [sys.executable, __file__, "--child", part, "--folder", str(folder)]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program


def told(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a part found, once it ended."""
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    answer: dict[str, Any] = json.loads(out.splitlines()[-1])
    return answer


def measure(rows: int, declarers: int, every: float, alone: float, folder: Path) -> dict[str, Any]:
    """Run all of it; what the table says."""
    from django.db import connection  # noqa: PLC0415 - after Django is set up

    prepare()
    from accroche.comptes.models import User  # noqa: PLC0415 - the same

    for number in range(declarers):
        User.objects.create_user(email=f"personne{number}@ac-dijon.fr")
    write_csv(folder / "a.csv", rows)
    connection.close()
    found = {"alone": beside(folder, "alone", declarers, every, lambda: time.sleep(alone))}
    looking = start(folder, "look", end="looked")
    brought: dict[str, Any] = {}
    found["beside"] = beside(
        folder, "beside", declarers, every, lambda: brought.update(told(start(folder, "bring")))
    )
    (folder / "looked").touch()
    return {"database": connection.vendor, "rows": rows} | brought | found | told(looking)


def beside(
    folder: Path, name: str, declarers: int, every: float, work: Callable[[], object]
) -> dict[str, Any]:
    """Let people declare while ``work`` runs; how long they waited, in seconds, and who was refused."""
    share = -(-declarers // PROCESSES)
    people = [
        start(folder, "declare", end=name, first=first, count=min(share, declarers - first), every=every)
        for first in range(0, declarers, share)
    ]
    for one in people:
        if one.stdout:
            one.stdout.readline()  # it is there
    work()
    (folder / name).touch()
    found = [told(one) for one in people]
    waits = sorted(wait for one in found for wait in one["waits"])
    return {
        "declared": len(waits),
        "refused": sorted(word for one in found for word in one["refused"]),
        "median": waits[len(waits) // 2],
        "p99": waits[int(len(waits) * 0.99)],
        "longest": waits[-1],
    }


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=150_000)
    parser.add_argument("--declarers", type=int, default=40)
    parser.add_argument("--every", type=float, default=10.0, help="seconds between two sheets of one person")
    parser.add_argument("--alone", type=float, default=20.0, help="seconds without an import, before")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=("bring", "declare", "look"))
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--end")
    parser.add_argument("--first", type=int)
    parser.add_argument("--count", type=int)
    options = parser.parse_args()
    if options.child:
        child(options)
        return
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {
            "ACCROCHE_DATA": name,
            "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        result = measure(options.rows, options.declarers, options.every, options.alone, Path(name))
    print(f"{result['database']}: {result['new']} rows imported in {result['seconds']:.0f} s")
    print("| | sheets declared | refused | median | 99 of 100 | longest wait |\n|---|---|---|---|---|---|")
    for part, words in (("alone", "no import"), ("beside", "beside the import")):
        one = result[part]
        times = " | ".join(f"{one[name]:.2f} s" for name in ("median", "p99", "longest"))
        print(f"| {words} | {one['declared']} | {len(one['refused'])} | {times} |")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for word in sorted(set(result["beside"]["refused"])):
        print(f"refused: {word}")
    half = set(result["seen"]) - {0, options.rows}
    if half:
        print(f"half of the file was seen: {sorted(half)}")
    sys.exit(1 if result["beside"]["refused"] or half or result["new"] != options.rows else 0)


if __name__ == "__main__":
    main()
