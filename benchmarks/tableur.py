"""Spreadsheets in: an académie's census imported, against django-import-export and the physical limit.

Everything is measured in the same run on the same made-up workbook, each way in a child process with a
database of its own, so that time and memory are its own.

- ours: ``unpack`` then ``import_rows``: columns recognised, every cell checked, schools found in the
  directory, sheets, carriers, themes, partners and journal written in one transaction.
- peer: ``django-import-export`` on the same file, read by its own XLSX format, with a resource as its
  documentation writes it (one transaction), that writes the sheet with its themes, by the widget made for
  it: neither carrier, partner nor journal, so less work than ours.
- peer_tuned: the same as its documentation advises for speed: what each row changed is not told
  (``skip_diff``), and rows that are there are looked for at once (``CachedInstanceLoader``).
- peer_bulk: that with ``use_bulk``. It is no equal: the library then leaves every many-to-many out, so
  no theme is written, and each batch is a transaction of its own, so an import that fails stays half
  written. It tells how fast the library gets at its best.
- limit: ``python_calamine`` reads the file, ``sqlite3.executemany`` inserts one row of text for each.

Programs are loaded before the clock starts, and all ways look for garbage as rarely as our commands do.

Absolute times depend on the machine; ratios are what to compare.

Usage: python benchmarks/tableur.py [--sizes 1000,10000,100000] [--json FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AT = dt.datetime(2016, 3, 1, 9, 0, tzinfo=dt.UTC)
SCHOOLS = 500
YEAR = "2015-2016"
HEADINGS = (
    "Intitulé de l'action", "Descriptif", "Code UAI", "Date de début", "Date de fin", "Niveaux", "Thèmes",
    "Nature", "Nombre d'élèves", "Partenaires", "Contact", "Courriel", "Classes",
)  # fmt: skip
COLUMNS = ("title", "description", "uai", "starts", "ends", "levels", "themes", "nature", "audience_size",
           "partners", "private_contact", "private_email", "classes")  # fmt: skip
WAYS = ("ours", "peer", "peer_tuned", "peer_bulk", "limit")


def uais() -> list[str]:
    """The codes of the made-up schools."""
    from accroche.lib.uai import check_letter  # noqa: PLC0415 - after Django is set up

    digits = [f"021{number:04d}" for number in range(1, SCHOOLS + 1)]
    return [code + check_letter(code) for code in digits]


def write_workbook(path: Path, size: int) -> None:
    """Write ``size`` actions."""
    import openpyxl  # noqa: PLC0415 - the children do without

    codes = uais()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Recensement")
    sheet.append(HEADINGS)
    day = dt.date(2016, 3, 14)
    for number in range(size):
        sheet.append(
            (
                f"Forum des métiers {number}",
                f"Les élèves rencontrent des professionnels et préparent leurs questions, édition {number}. "
                * 2,
                codes[number % SCHOOLS],
                day,
                day + dt.timedelta(days=4),
                "Collège",
                "Orientation",
                "prevention",
                number % 300 + 1,
                "Mission locale",
                "Camille Petit",
                "camille.petit@ac-dijon.fr",
                "4e A",
            )
        )
    book.save(path)


def prepare() -> Any:
    """Make the tables, the académie, its schools and its semaine; return the semaine."""
    import django  # noqa: PLC0415 - the environment is set by then

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    from accroche.annuaire.models import Academie, Departement, Etablissement  # noqa: PLC0415 - the same
    from accroche.annuaire.operations import load_reference  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition, Semaine  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    load_reference()
    place = Departement.objects.get(code="21")
    Etablissement.objects.bulk_create(
        Etablissement(uai=code, kind="college", name=f"Collège {n}", commune="Dijon", departement=place)
        for n, code in enumerate(uais())
    )
    academie = Academie.objects.get(slug="dijon")
    edition = Edition.objects.create(year=YEAR, title=YEAR)
    return Semaine.objects.create(edition=edition, academie=academie, status="preparing")


def ours(path: Path, semaine: Any) -> Callable[[], int]:
    """How to import as the command does."""
    from accroche.comptes.permissions import Access  # noqa: PLC0415 - after Django is set up
    from accroche.comptes.regles import Right, Scope  # noqa: PLC0415 - the same
    from accroche.imports.operations.recensement import import_rows  # noqa: PLC0415 - the same
    from accroche.imports.queries.confrontation import Confrontation  # noqa: PLC0415 - the same
    from accroche.imports.recensement.tables import tables_of  # noqa: PLC0415 - the same
    from accroche.integrations.tableur import unpack  # noqa: PLC0415 - the same

    access = Access(scopes={right: Scope(france=True) for right in Right})
    spool = path.parent / "spool"

    def work() -> int:
        unpack(path, spool)
        tables = tables_of(spool)
        report = import_rows(
            lambda: Confrontation(spool, tables, semaine.edition, semaine.academie, access, AT),
            source="a.xlsx",
        )
        return report.counts["new"]

    return work


def peer(path: Path, semaine: Any, *, tuned: bool = False, bulk: bool = False) -> Callable[[], int]:
    """How to import with django-import-export, sheets and themes; ``tuned``: as it advises for speed."""
    from import_export import fields, resources, widgets  # noqa: PLC0415 - after Django is set up
    from import_export.formats.base_formats import XLSX  # noqa: PLC0415 - the same
    from import_export.instance_loaders import (  # noqa: PLC0415 - the same
        CachedInstanceLoader,
        ModelInstanceLoader,
    )

    from accroche.actions.models import Action, Theme  # noqa: PLC0415 - the same

    Theme.objects.get_or_create(code="orientation")

    class Resource(resources.ModelResource):  # type: ignore[misc]  # the library has no types
        semaine_id = fields.Field(attribute="semaine_id", column_name="semaine_id")
        themes = fields.Field(
            attribute="themes", column_name="themes", widget=widgets.ManyToManyWidget(Theme, field="code")
        )

        class Meta:
            model = Action
            import_id_fields = ("slug",)  # the same file twice must change nothing, as with ours
            fields = ("semaine_id", "slug", "position", "title", "description", "starts", "ends", "nature",
                      "audience_size", "private_contact", "private_email", "classes", "themes")  # fmt: skip
            use_bulk, batch_size, use_transactions = bulk, 1000, True
            skip_diff = tuned
            instance_loader_class = CachedInstanceLoader if tuned else ModelInstanceLoader

        def before_import_row(self, row: Any, row_number: int = 0, **_kwargs: Any) -> None:
            row |= {"semaine_id": semaine.pk, "position": row_number}
            row["themes"] = row["themes"].lower()
            row["starts"], row["ends"] = row["starts"].date(), row["ends"].date()

    def work() -> int:
        dataset = XLSX().create_dataset(path.read_bytes())
        dataset.headers = list(COLUMNS)
        dataset.append_col([f"action-{number}" for number in range(len(dataset))], header="slug")
        result = Resource().import_data(dataset, raise_errors=True)
        return int(result.totals["new"])

    return work


def limit(path: Path, _semaine: Any) -> Callable[[], int]:
    """How to read with calamine and insert with sqlite3."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - after Django is set up

    def work() -> int:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
        with sqlite3.connect(path.parent / "limit.db") as base:
            base.execute("CREATE TABLE a (" + ",".join(f"c{n}" for n in range(len(HEADINGS))) + ")")
            marks = ",".join("?" * len(HEADINGS))
            base.executemany(f"INSERT INTO a VALUES ({marks})", ([str(c) for c in row] for row in rows))  # noqa: S608
            return int(base.execute("SELECT count(*) FROM a").fetchone()[0]) - 1

    return work


def measure(way: str, path: Path, size: int) -> dict[str, float]:
    """Measure one way in this process; seconds of the clock and of the processor, memory in MB."""
    from config.cli import GARBAGE  # noqa: PLC0415 - a child finds us by its path

    gc.set_threshold(*GARBAGE)
    semaine = prepare()
    ways: dict[str, Callable[[Path, Any], Callable[[], int]]] = {
        "ours": ours,
        "peer": peer,
        "peer_tuned": partial(peer, tuned=True),
        "peer_bulk": partial(peer, tuned=True, bulk=True),
        "limit": limit,
    }
    work = ways[way](path, semaine)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, spent = time.perf_counter(), _processor()
    done = work()
    told = {"seconds": time.perf_counter() - start, "processor": _processor() - spent}
    if done != size:
        raise SystemExit(f"{way}: {done} rows instead of {size}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return told | {"memory": own / 1024, "added": (own - before) / 1024, "reader": child / 1024}


def _processor() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def child(way: str, path: Path, size: int) -> dict[str, float]:
    """Measure one way in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        held = Path(folder) / "a.xlsx"
        os.link(path, held)
        environment = os.environ | {
            "ACCROCHE_DATA": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, __file__, "--child", way, "--file", str(held), "--sizes", str(size)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Measure the sizes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=WAYS)
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.child, options.file, int(options.sizes))))
        return
    results: dict[int, dict[str, dict[str, float]]] = {}
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "recensement.xlsx"
            write_workbook(path, size)
            results[size] = {way: child(way, path, size) for way in options.ways.split(",")}
        base = results[size].get("ours")
        print(f"{size} rows")
        for way, told in results[size].items():
            ratio = f", {told['processor'] / base['processor']:.1f} times ours" if base else ""
            print(
                f"  {way}: {told['seconds']:.1f} s, processor {told['processor']:.1f} s{ratio}, "
                f"{told['memory']:.0f} MB (+{told['added']:.0f}), reader {told['reader']:.0f} MB"
            )
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
