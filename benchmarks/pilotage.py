"""The bureau's cockpit at the size of the country: 30 académies × 10 editions × 100 000 actions.

New SQLite databases with made-up schools, sheets, partners, pages and journal, one process a size.
Times are of the processor, in that process, where SQLite works too, so that a busy machine hardly counts: the
median and the 95th of a hundred whole pages. Peer: the same counts asked académie by académie through the
ORM, as a first draft would. Limit: the bare SQL of the same counts, drawn by nobody. Absolute times depend on
the machine; ratios are what to compare.

Usage: python benchmarks/pilotage.py [--sizes 1000,10000,100000] [--schools 60000] [--json FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EDITIONS, ACADEMIES = 10, 30
RUNS, SLOW_RUNS = 100, 3
BATCH = 5000
STATES = ("published", "published", "published", "submitted", "submitted", "draft", "to_complete", "refused")
#: What the page is asked: today, a month ago, and the desk of one académie.
PAGES = {
    "bureau": "/pilotage/",
    "past": "/pilotage/?le={past}",
    "academie": "/pilotage/academies/{year}/a0/",
}


def times_of(work: Callable[[], Any], runs: int) -> list[float]:
    """Milliseconds of processor of some calls, after one that warms up, the shortest first."""
    work()
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return sorted(found)


def told(times: list[float]) -> dict[str, float]:
    """The median and the 95th of a hundred."""
    return {"median": statistics.median(times), "p95": times[int(0.95 * (len(times) - 1))]}


def schools_of(count: int) -> list[tuple[Any, Any]]:
    """Write académies, départements, bassins and their schools; return each académie with its carriers."""
    from accroche.annuaire.models import Academie, Bassin, Departement, Etablissement, Porteur  # noqa: PLC0415
    from accroche.lib.uai import check_letter  # noqa: PLC0415 - after Django is set up
    from accroche.pilotage.couverture import SCHOOLS  # noqa: PLC0415 - the same

    found = []
    for rank in range(ACADEMIES):
        academie = Academie.objects.create(slug=f"a{rank}", name=f"Académie {rank}", valid_from="1900-01-01")
        places = []
        for number in range(3):
            code = f"{rank * 3 + number + 1:02}"
            departement = Departement.objects.create(code=code, name=f"Département {code}")
            departement.academies.add(academie)
            for half in range(2):
                bassin = Bassin.objects.create(
                    academie=academie, code=f"{code}-{half}", name=f"B {code} {half}"
                )
                places.append((departement, bassin))
        rows, porteurs = [], []
        for number in range(count // ACADEMIES):
            digits = f"{rank:03}{number:04}"
            kind = SCHOOLS[0] if number % 3 else SCHOOLS[1 + number % 9 // 3]
            departement, bassin = places[number % len(places)]
            uai = digits + check_letter(digits)
            rows.append(
                Etablissement(
                    uai=uai,
                    kind=kind,
                    name=f"École {number}",
                    commune="Ville",
                    departement=departement,
                    bassin=bassin,
                )
            )
            porteur = Porteur(academie=academie, kind=kind, name=f"École {number}", commune="Ville")
            porteur.uai = uai
            porteurs.append(porteur)
        Etablissement.objects.bulk_create(rows, BATCH)
        found.append((academie, Porteur.objects.bulk_create(porteurs[::4], BATCH)))
    return found


def fill(size: int, schools: int, now: dt.datetime) -> Any:
    """Write ten editions of ``size`` sheets in all; return the last one, in which schools declare."""
    from accroche.actions.models import Action, ActionPartenaire, ActionPorteur  # noqa: PLC0415
    from accroche.campagne.models import (  # noqa: PLC0415
        Edition,
        Fenetre,
        Partenaire,
        Ressource,
        Semaine,
        SemainePartenaire,
    )
    from accroche.campagne.regles import TypePartenaire, TypeRessource  # noqa: PLC0415 - the same
    from accroche.commun.models import JournalEntry  # noqa: PLC0415 - the same

    places = schools_of(schools)
    partners = Partenaire.objects.bulk_create(
        Partenaire(name=f"Partenaire {n}", kind=list(TypePartenaire)[n % 14], internal=n % 5 == 0)
        for n in range(1500)
    )
    edition, position = None, 0
    for rank in range(EDITIONS):
        first = now.year - EDITIONS + 1 + rank
        edition = Edition.objects.create(
            year=f"{first}-{first + 1}",
            title="Semaine",
            published_at=now,
            declaration_opens=dt.date(first, 9, 1),
            declaration_closes=dt.date(first + 1, 7, 5),
        )
        for academie, porteurs in places:
            semaine = Semaine.objects.create(
                edition=edition, academie=academie, status="preparing", pilot="CARDIE", college=True
            )
            Fenetre.objects.create(semaine=semaine, starts=f"{first}-11-23", ends=f"{first}-11-27")
            kinds = list(TypeRessource)
            Ressource.objects.bulk_create(
                Ressource(semaine=semaine, title=f"R{n}", kind=kinds[n], published=n % 2 == 0, position=n)
                for n in range(8)
            )
            SemainePartenaire.objects.bulk_create(
                SemainePartenaire(semaine=semaine, partenaire=partners[(n * 37 + rank) % 1500], position=n)
                for n in range(12)
            )
            wrote = {"windows": ["", "23 novembre"], "levels": [[], ["college"]]}
            JournalEntry.objects.create(
                subject=f"semaine:{semaine.pk}", at=now - dt.timedelta(days=40), verb="write", changes=wrote
            )
            sheets = []
            for number in range(size // EDITIONS // ACADEMIES):
                position += 1
                at = now - dt.timedelta(days=position % 80, minutes=1)
                sheets.append(
                    Action(
                        semaine=semaine,
                        slug=f"a-{position}",
                        position=number,
                        title=f"Action {position}",
                        description="Les élèves rencontrent des professionnels. " * 8,
                        etat=STATES[number % len(STATES)],
                        created_at=at,
                        updated_at=at,
                        submitted_at=at,
                    )
                )
            made = Action.objects.bulk_create(sheets, BATCH)
            ActionPorteur.objects.bulk_create(
                (
                    ActionPorteur(action=sheet, porteur=porteurs[sheet.position % len(porteurs)], position=0)
                    for sheet in made
                ),
                BATCH,
            )
            ActionPartenaire.objects.bulk_create(
                (
                    ActionPartenaire(
                        action=sheet, partenaire=partners[(sheet.pk * 7 + n * 11) % 1500], position=n
                    )
                    for sheet in made
                    for n in range(sheet.pk % 3)
                ),
                BATCH,
            )
            JournalEntry.objects.bulk_create(
                (
                    JournalEntry(
                        subject=f"action:{sheet.pk}",
                        at=sheet.updated_at or now,
                        verb="submit",
                        changes={"etat": ["draft", "submitted"]},
                    )
                    for sheet in made
                ),
                BATCH,
            )
    return edition


def naive(edition: Any) -> list[Any]:
    """The counts of the page as a first draft asks them: académie by académie, state by state."""
    from django.db.models import Exists, OuterRef  # noqa: PLC0415 - after Django is set up

    from accroche.actions.models import ActionPorteur  # noqa: PLC0415 - the same
    from accroche.annuaire.models import Etablissement  # noqa: PLC0415 - the same
    from accroche.campagne.models import Partenaire, Ressource  # noqa: PLC0415 - the same
    from accroche.campagne.regles import TypePartenaire, TypeRessource  # noqa: PLC0415 - the same
    from accroche.commun.models import JournalEntry  # noqa: PLC0415 - the same
    from accroche.pilotage.couverture import SCHOOLS  # noqa: PLC0415 - the same
    from accroche.pilotage.couverture import STATES as STEPS  # noqa: PLC0415 - the same

    found: list[Any] = []
    for semaine in edition.semaines.all():
        found.append(semaine.fenetres.exists())
        found.append(semaine.chiffres.exists())
        found.append(semaine.ressources.exists())
        found.append(JournalEntry.objects.filter(subject=f"semaine:{semaine.pk}", verb="write").count())
        found += [semaine.actions.filter(etat=etat).count() for etat in set(STATES)]
        schools = Etablissement.objects.filter(departement__academies=semaine.academie)
        for kind in SCHOOLS:
            of_kind = schools.filter(kind=kind)
            found.append(of_kind.count())
            for states in STEPS.values():
                sheets = ActionPorteur.objects.filter(
                    action__semaine__edition=edition,
                    action__etat__in=states,
                    porteur__etablissement=OuterRef("uai"),
                )
                found.append(of_kind.filter(Exists(sheets)).count())
        for partner_kind in TypePartenaire:
            taking_part = Partenaire.objects.filter(kind=partner_kind)
            found.append(
                taking_part.filter(
                    pk__in=semaine.actions.filter(etat="published").values("partenaires")
                ).count()
            )
            found.append(
                semaine.actions.filter(etat="published", partenaires__kind=partner_kind).distinct().count()
            )
        for resource_kind in TypeRessource:
            found.append(Ressource.objects.filter(semaine=semaine, kind=resource_kind).count())
    return found


SHEETS = """
    SELECT semaine_id, etat, COUNT(*) FROM actions_action WHERE semaine_id IN ({semaines}) AND NOT unconfirmed
    GROUP BY semaine_id, etat"""
SCHOOLS_OF = """
    SELECT departement_id, kind, COUNT(*) FROM annuaire_etablissement
    WHERE kind IN ('ecole', 'college', 'lycee', 'lycee_professionnel') GROUP BY departement_id, kind"""
CARRIERS = """
    SELECT e.departement_id, e.kind, a.etat, COUNT(DISTINCT e.id) FROM actions_action a
    JOIN actions_actionporteur p ON p.action_id = a.id JOIN annuaire_porteur o ON o.id = p.porteur_id
    JOIN annuaire_etablissement e ON e.uai = o.uai WHERE a.semaine_id IN ({semaines})
    GROUP BY e.departement_id, e.kind, a.etat"""
PARTNERS = """
    SELECT t.kind, t.internal, COUNT(DISTINCT t.id), COUNT(DISTINCT a.semaine_id), COUNT(DISTINCT a.id)
    FROM actions_action a JOIN actions_actionpartenaire p ON p.action_id = a.id
    JOIN campagne_partenaire t ON t.id = p.partenaire_id
    WHERE a.semaine_id IN ({semaines}) AND a.etat = 'published' GROUP BY t.kind, t.internal"""
RESOURCES = """
    SELECT kind, published, COUNT(*), COUNT(DISTINCT semaine_id) FROM campagne_ressource
    WHERE semaine_id IN ({semaines}) GROUP BY kind, published"""


def bare(semaines: str) -> list[Any]:
    """The bare SQL of the same counts."""
    from django.db import connection  # noqa: PLC0415 - after Django is set up

    found = []
    with connection.cursor() as cursor:
        for text in (SHEETS, SCHOOLS_OF, CARRIERS, PARTNERS, RESOURCES):
            cursor.execute(text.format(semaines=semaines))
            found += cursor.fetchall()
    return found


def measure(size: int, schools: int) -> dict[str, Any]:
    """Measure one size in this process, on a new database."""
    import django  # noqa: PLC0415 - the environment is set by then

    django.setup()
    logging.disable()
    from django.conf import settings  # noqa: PLC0415 - after Django is set up
    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.db import connection  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from accroche.comptes.models import Role, User  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    now = timezone.now()
    edition = fill(size, schools, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    person = User.objects.create_user("national@example.fr")
    Role.objects.create(user=person, kind="national", granted_at=now)
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: dict[str, Any] = {"size": size, "before": before}
    for name, pattern in PAGES.items():
        address = pattern.format(past=now.date() - dt.timedelta(days=30), year=edition.year)

        def page(address: str = address) -> None:
            if client.get(address).status_code != 200:  # noqa: PLR2004 - the one answer that counts
                raise RuntimeError(address)

        found[name] = told(times_of(page, RUNS))
        with CaptureQueriesContext(connection) as captured:
            page()
        found[name]["queries"] = len(captured)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    semaines = ",".join(str(pk) for pk in edition.semaines.values_list("pk", flat=True))
    found["sql"] = told(times_of(lambda: bare(semaines), RUNS))
    found["naive"] = told(times_of(lambda: naive(edition), SLOW_RUNS))
    return found


def child(size: int, schools: int) -> dict[str, Any]:
    """Measure a size in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "ACCROCHE_DATA": folder,
            "DATABASE_URL": "",
            "ACCROCHE_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, __file__, "--child", "--sizes", str(size), "--schools", str(schools)]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Measure the sizes and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--schools", type=int, default=60_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.child:
        print(json.dumps(measure(sizes[0], options.schools)))
        return
    results = [child(size, options.schools) for size in sizes]
    for row in results:
        mine, sql, slow = row["bureau"], row["sql"], row["naive"]
        print(f"{row['size']} actions, {options.schools} schools")
        for name in PAGES:
            one = row[name]
            print(
                f"  {name}: median {one['median']:.0f} ms, p95 {one['p95']:.0f} ms, {one['queries']} queries"
            )
        print(f"  naive: {slow['median']:.0f} ms, {slow['median'] / mine['median']:.1f} times ours")
        print(f"  bare SQL: {sql['median']:.0f} ms, ours is {mine['median'] / sql['median']:.1f} times that")
        print(f"  memory: {row['memory']:.0f} MB, of which the pages {row['memory'] - row['before']:+.0f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
