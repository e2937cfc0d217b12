"""How long a public page takes: kept, known to who asks (304), made anew, first after a change; three sizes.

Beside them, in the same run: what Django takes for a list of its own on the same rows (``ListView``, 60 a
page), for a view that answers a page of that size and does nothing (the limit), and what WhiteNoise takes for
a static file. Each through a whole WSGI application, the bare ones without any middleware. Medians of
processor time; ratios are what to compare.

Usage: python -m benchmarks.catalogue.pages [--sizes 10000 100000 1000000]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

#: How many times each is done, at most, and how many seconds are enough.
TIMES: Final = 60
ENOUGH: Final = 2.0
YEAR: Final = "2026-2027"
#: Of a hundred sheets: published, remarkable; sheets of one carrier. Académies are those of 2015-2016.
PUBLISHED, REMARKABLE, OF_ONE = 90, 1, 4

_SHEETS: Final = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {size})
INSERT INTO actions_action ({columns})
SELECT {values} FROM n
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn FROM campagne_semaine
    WHERE edition_id = {edition}) s ON s.turn = n.i % {weeks}
CROSS JOIN (SELECT * FROM actions_action WHERE id = {model}) t
"""
_CARRIERS: Final = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})
INSERT INTO annuaire_porteur (id, academie_id, kind, name, commune, insee)
SELECT 1000000 + i, s.academie_id, CASE i % 4 WHEN 0 THEN 'ecole' WHEN 1 THEN 'lycee' WHEN 2 THEN 'cio'
    ELSE 'college' END, 'Établissement ' || i, 'Commune ' || (i % 3000), ''
FROM n JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS turn FROM campagne_semaine
    WHERE edition_id = {edition}) s ON s.turn = n.i % {weeks}
"""
_PORTAGES: Final = """
INSERT INTO actions_actionporteur (action_id, porteur_id, position)
SELECT a.id, 1000000 + (a.id % {count}), 1
FROM actions_action a JOIN campagne_semaine s ON s.id = a.semaine_id
WHERE s.edition_id = {edition}
"""


def fill(size: int, published: int = PUBLISHED) -> None:
    """Make the tables, the pack's edition, and one of ``size`` sheets beside it, as SQLite makes rows.

    ``published``: of a hundred sheets.
    """
    import datetime as dt  # noqa: PLC0415 - after Django's setup

    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.db import connection  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition, Semaine  # noqa: PLC0415 - the same
    from accroche.catalogue.operations import declencheurs  # noqa: PLC0415 - the same
    from accroche.imports.operations import load_dossier  # noqa: PLC0415 - the same
    from accroche.imports.pack import read_pack  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    now = timezone.now()
    load_dossier(read_pack("2015-2016"), origin="pack", publish_at=now)
    day = timezone.localdate()
    edition = Edition.objects.create(
        year=YEAR,
        title="Semaine de la persévérance scolaire",
        published_at=now,
        declaration_opens=day - dt.timedelta(days=60),
        declaration_closes=day + dt.timedelta(days=60),
    )
    weeks = [
        Semaine.objects.create(edition=edition, academie=one.academie, status="reported")
        for one in Semaine.objects.filter(edition__year="2015-2016").select_related("academie")
    ]
    told = Action.objects.create(
        semaine=weeks[0],
        slug="modele",
        position=0,
        title="Forum des métiers",
        description="Une semaine de rencontres avec celles et ceux qui ont raccroché. " * 12,
        etat="draft",
    )
    given = {
        "id": "10000000 + n.i",
        "semaine_id": "s.id",
        "slug": "'action-' || n.i",
        "position": f"n.i / {len(weeks)} + 1",
        "title": "'Forum des métiers ' || n.i",
        "etat": f"CASE WHEN n.i * 7 % 100 < {published} THEN 'published' ELSE 'draft' END",
        "remarkable": f"n.i * 13 % 100 < {REMARKABLE}",
        "prize": "CASE WHEN n.i * 13 % 1000 < 1 THEN 'Prix du public' ELSE '' END",
        "college": "n.i % 2",
        "lycee": "n.i % 3 = 0",
    }
    columns = [str(field.column) for field in Action._meta.concrete_fields]  # noqa: SLF001 - Django's name for it
    values = ", ".join(given.get(name, f"t.{name}") for name in columns)
    count = max(100, min(60_000, size // OF_ONE))
    of = {"edition": edition.pk, "weeks": len(weeks), "count": count, "size": size, "model": told.pk}
    declencheurs.remove()
    with connection.cursor() as cursor:
        cursor.execute(_CARRIERS.format(**of))
        cursor.execute(_SHEETS.format(**of, columns=", ".join(columns), values=values))
        cursor.execute(_PORTAGES.format(**of))
    declencheurs.install()


def median(act: Callable[[], object]) -> float:
    """Milliseconds of processor, once warm."""
    act()
    spent: list[float] = []
    end = time.monotonic() + ENOUGH
    while len(spent) < TIMES and (time.monotonic() < end or len(spent) < 5):  # noqa: PLR2004 - a median needs some
        start = time.process_time()
        act()
        spent.append(time.process_time() - start)
    return round(statistics.median(spent) * 1000, 3)


def measure(size: int) -> dict[str, Any]:  # noqa: PLR0915 - one thing after the other
    """Fill this process's instance, and ask it; what is found, by name."""
    import django  # noqa: PLC0415 - settings come first

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after the setup
    from django.db.models import Count  # noqa: PLC0415 - the same
    from django.test import RequestFactory, override_settings  # noqa: PLC0415 - the same

    from accroche.actions.models import Action  # noqa: PLC0415 - the same
    from accroche.catalogue.queries import moteur  # noqa: PLC0415 - the same
    from accroche.commun.revision import raise_revision  # noqa: PLC0415 - the same

    # what resembles an action is the index's to say, which ``benchmarks.catalogue`` measures
    moteur.related = lambda action_pk, n: ()  # noqa: ARG005 - its signature
    fill(size)
    factory = RequestFactory()

    def ask(site: Any, address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
        told: dict[str, Any] = {}
        environ = factory.get(address, headers=headers).environ

        def start(status: str, lines: list[tuple[str, str]], *_more: Any) -> None:
            told.update(status=status, headers=dict(lines))

        answer = site(dict(environ), start)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        return told["status"], told["headers"], content

    found: dict[str, Any] = {"size": size}
    sheets = Action.objects.accepted().filter(semaine__edition__year=YEAR)
    one = sheets.select_related("semaine__academie").order_by("-pk")[0]
    base = f"/editions/{YEAR}/"
    week = f"{base}academies/{one.semaine.academie.slug}/"
    pages = {
        "home": "/",
        "edition": base,
        "academies": f"{base}academies/",
        "semaine": week,
        "action": f"{week}actions/{one.slug}/",
    }
    packed = {"accept-encoding": "gzip"}
    site = WSGIHandler()
    length = 0
    for name, address in pages.items():
        status, headers, content = ask(site, address, **packed)
        if not status.startswith("200"):
            raise RuntimeError(f"{address}: {status}")
        length = max(length, len(content))
        label = {"if-none-match": headers["ETag"]}
        if not ask(site, address, **packed, **label)[0].startswith("304"):
            raise RuntimeError(f"{address} is not known")
        found[f"{name}, 304"] = median(partial(ask, site, address, **packed, **label))
        found[f"{name}, kept"] = median(partial(ask, site, address, **packed))
        # an address that nobody keeps: made each time, with what pages share, as for who is signed in
        found[f"{name}, fresh"] = median(partial(ask, site, f"{address}?essai=1", **packed))

        def changed(page: str = f"{address}?essai=1") -> None:
            raise_revision()
            ask(site, page, **packed)

        found[f"{name}, first"] = median(changed)
    found["static file"] = median(lambda: ask(site, "/static/commun/accroche.css", **packed))
    found["kept pages (KB each)"] = round(length / 1000, 1)
    found["counting the sheets"] = median(
        lambda: list(sheets.order_by().values("semaine").annotate(n=Count("porteurs", distinct=True)))
    )
    bare = {"MIDDLEWARE": [], "ROOT_URLCONF": "benchmarks.catalogue.nus"}
    ours = ["accroche.commun.middleware.RequestNumber"]
    with override_settings(**bare | {"MIDDLEWARE": ours}):
        logged = WSGIHandler()
        found["bare view, its log line"] = median(lambda: ask(logged, "/bare/"))
    with override_settings(**bare):
        naked = WSGIHandler()
        found["bare view"] = median(lambda: ask(naked, "/bare/"))
        found["Django's ListView"] = median(lambda: ask(naked, "/list/"))
    found["memory (MB)"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def main() -> None:
    """Ask each size in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--one", type=int)
    asked = parser.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one), ensure_ascii=False))
        return
    columns = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            environ = os.environ | {
                "ACCROCHE_DATA": folder,
                "ACCROCHE_HOSTS": "testserver",
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            done = subprocess.run(  # noqa: S603 - ourselves
                [sys.executable, "-m", "benchmarks.catalogue.pages", "--one", str(size)],
                env=environ,
                cwd=Path(__file__).resolve().parents[2],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                check=True,
            )
            columns.append(json.loads(done.stdout.splitlines()[-1]))
    for name in columns[0]:
        values = "".join(f"{column[name]:>14}" for column in columns)
        bare = "".join(f"{column[name] / column['bare view']:>9.1f}×" for column in columns)
        print(f"{name:<24}{values}   {bare}", flush=True)


if __name__ == "__main__":
    main()
