"""Coverage of the directory: its pages at the size of the country, against the usual way of counting.

One new SQLite database with made-up schools and sheets. Times are of the processor, in this process, where
SQLite works too, so that a busy machine hardly counts; each is a median of several. Peer: the same
counts asked school by school (``Exists`` for each step), as a first draft would, on a sample. Absolute times
depend on the machine; the ratio is what to compare.

Usage: python benchmarks/couverture.py [--schools 70000] [--actions 100000]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
SAMPLE = 100
BATCH = 5000


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds of processor of one call: SQLite works in this process, other programs do not count."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def median(work: Callable[[], Any]) -> float:
    """Milliseconds of a usual call."""
    return statistics.median(timed(work) for _ in range(RUNS))


def fill(schools: int, actions: int, today: dt.date) -> Any:
    """Write the directory and the sheets of one edition, which is returned."""
    from accroche.actions.cycle import Etat  # noqa: PLC0415 - after Django is set up
    from accroche.actions.models import Action, ActionPorteur  # noqa: PLC0415 - the same
    from accroche.annuaire.models import Academie, Bassin, Etablissement, Porteur  # noqa: PLC0415
    from accroche.annuaire.operations import load_reference  # noqa: PLC0415 - the same
    from accroche.campagne.models import Edition, Semaine  # noqa: PLC0415 - the same
    from accroche.campagne.regles import StatutSemaine  # noqa: PLC0415 - the same
    from accroche.lib.uai import check_letter  # noqa: PLC0415 - the same
    from accroche.pilotage.couverture import SCHOOLS  # noqa: PLC0415 - the same

    load_reference()
    edition = Edition.objects.create(
        year="2026-2027",
        title="Semaine",
        published_at=dt.datetime.combine(today, dt.time(), dt.UTC),
        declaration_opens=today - dt.timedelta(days=30),
        declaration_closes=today + dt.timedelta(days=30),
    )
    places = []
    for academie in Academie.objects.valid_on(today).prefetch_related("departements"):
        semaine = Semaine.objects.create(edition=edition, academie=academie, status=StatutSemaine.PREPARING)
        for departement in academie.departements.all():
            for number in range(4):
                code = f"{departement.code}-{number}"
                bassin = Bassin.objects.create(academie=academie, code=code, name=f"Bassin {code}")
                places.append((semaine, departement, bassin))
    rows, porteurs = [], []
    for number in range(schools):
        semaine, departement, bassin = places[number % len(places)]
        digits = f"{number:07d}"
        kind = SCHOOLS[0] if number % 3 else SCHOOLS[1 + number % 9 // 3]
        row = Etablissement(
            uai=digits + check_letter(digits),
            kind=kind,
            name=f"{kind.label} {number}",
            commune=f"Commune {number % 9000}",
            departement=departement,
            bassin=bassin,
            email=f"ce.{digits}@example.fr",
        )
        rows.append(row)
        porteur = Porteur(academie=semaine.academie, kind=kind, name=row.name, commune=row.commune)
        porteur.uai = row.uai
        porteurs.append(porteur)
    Etablissement.objects.bulk_create(rows, BATCH)
    # one school in two has a sheet
    porteurs = Porteur.objects.bulk_create(porteurs[::2], BATCH)
    states = (Etat.PUBLISHED, Etat.SUBMITTED, Etat.DRAFT, Etat.REFUSED)
    sheets = [
        Action(
            semaine=places[2 * number % len(places)][0],
            slug=f"a-{number}",
            position=number,
            title=f"Action {number}",
            etat=states[number % len(states)],
        )
        for number in range(actions)
    ]
    sheets = Action.objects.bulk_create(sheets, BATCH)
    ActionPorteur.objects.bulk_create(
        [
            ActionPorteur(action=sheet, porteur=porteurs[number % len(porteurs)], position=0)
            for number, sheet in enumerate(sheets)
        ],
        BATCH,
    )
    return edition


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=70_000)
    parser.add_argument("--actions", type=int, default=100_000)
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    os.environ |= {
        "ACCROCHE_DATA": folder.name,
        "DATABASE_URL": "",
        "ACCROCHE_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415 - the environment is set by now

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after Django is set up
    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.db.models import Count, Exists, OuterRef  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from accroche.actions.models import ActionPorteur  # noqa: PLC0415 - the same
    from accroche.comptes.models import Role, User  # noqa: PLC0415 - the same
    from accroche.comptes.permissions import access_of  # noqa: PLC0415 - the same
    from accroche.comptes.regles import Right, TypeRole  # noqa: PLC0415 - the same
    from accroche.pilotage.couverture import STATES  # noqa: PLC0415 - the same
    from accroche.pilotage.queries import couverture as queries  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    now = timezone.now()
    edition = fill(options.schools, options.actions, now.date())
    person = User.objects.create_user("national@example.fr")
    Role.objects.create(user=person, kind=TypeRole.ADMINISTRATEUR, granted_at=now)
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    found = queries.expected(
        queries.cadre_of(edition, now.date()), access_of(person, now), Right.SEE_COVERAGE
    )

    sample = list(found.order_by("pk").values_list("pk", flat=True)[:SAMPLE])

    def one_by_one() -> None:
        rows = found.order_by().filter(pk__in=sample)
        for etape, states in STATES.items():
            sheets = ActionPorteur.objects.filter(
                action__semaine__edition=edition,
                action__etat__in=states,
                porteur__etablissement=OuterRef("uai"),
            )
            rows = rows.annotate(**{f"has_{etape}": Exists(sheets)})
        names = [f"has_{etape}" for etape in STATES]
        list(rows.values_list("departement", "bassin", "kind", *names).annotate(count=Count("pk")))

    ours, peer = median(lambda: queries.effectifs(found)), timed(one_by_one) * options.schools / len(sample)
    print(f"{options.schools} schools, {options.actions} actions")
    print(f"  all counts of France {ours:.0f} ms: {peer / ours:.1f} times faster than school by school")
    for name, address in (
        ("figures of France", "/pilotage/couverture/"),
        ("figures of an académie", "/pilotage/couverture/?academie=dijon"),
        ("list of France", "/pilotage/couverture/etablissements/"),
        ("list of an académie", "/pilotage/couverture/etablissements/?academie=dijon"),
        ("one's space", "/mon-espace/"),
    ):
        print(f"  page, {name}: {median(lambda a=address: client.get(a)):.0f} ms")  # type: ignore[misc]

    def whole_file() -> None:
        response: Any = client.get("/pilotage/couverture/etablissements.csv")
        for _ in response.streaming_content:
            pass

    print(f"  file of France: {median(whole_file):.0f} ms")
    folder.cleanup()


if __name__ == "__main__":
    main()
