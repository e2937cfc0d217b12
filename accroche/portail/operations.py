"""The demo: a running edition with made-up schools' sheets, and a person of each role to try it as."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations import declare, move
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.annuaire.lecture import Problem, Record, read_directory
from accroche.annuaire.models import Academie, Bassin, Etablissement
from accroche.annuaire.operations import load_directory
from accroche.campagne.models import Edition, Fenetre, GrilleEdition
from accroche.campagne.operations import attach_grille, open_edition
from accroche.comptes.models import User
from accroche.comptes.operations import grant, person_of, rename
from accroche.comptes.permissions import OPERATOR, Access, access_of
from accroche.comptes.regles import TypeRole
from accroche.imports.operations import load_dossier
from accroche.imports.pack import read_pack
from accroche.lib import doors
from accroche.lib.dates import edition_of, next_edition, school_year
from accroche.portail.invention import invented

FOLDER = Path(__file__).parent / "demonstration"
#: The edition that was held, which an invented one follows.
REAL = "2015-2016"
#: Where the made-up schools are.
ACADEMIE, BASSIN = "toulouse", "16117"
#: The account of each role: name, and what it is for.
ACCOUNTS = {
    TypeRole.PORTEUR: ("porteur@exemple.fr", "Camille Lacaze"),
    TypeRole.REFERENT: ("referent@exemple.fr", "Dominique Vidal"),
    TypeRole.MODERATEUR: ("moderatrice@exemple.fr", "Sacha Bonnet"),
    TypeRole.NATIONAL: ("national@exemple.fr", "Claude Morel"),
    TypeRole.ADMINISTRATEUR: ("demo@exemple.fr", "Alix Durand"),
}
#: The week of the demo's académie, as (month, day).
WEEK = ((3, 15), (3, 19))


def load_demonstration(*, at: dt.datetime) -> int:
    """Write the demo's schools, edition, people and sheets; return how many sheets were new.

    Again writes only what is missing: what somebody tried meanwhile stays.
    """
    doors.passing("files are read")
    with (FOLDER / "annuaire.csv").open(encoding="utf-8", newline="") as file:
        records, problems = read_directory(file)
    sheets = tomllib.loads((FOLDER / "fiches.toml").read_text(encoding="utf-8"))["fiches"]
    return _write(records, problems, sheets, at)


def load_invention(*, at: dt.datetime) -> None:
    """Write the invented edition, which the public never sees; it has the grid of the real one."""
    load_dossier(invented(read_pack(REAL)), origin="demonstration")
    used = GrilleEdition.objects.filter(edition__year=REAL).select_related("grille").first()
    edition = Edition.objects.get(year=next_edition(REAL))
    if used and not GrilleEdition.objects.filter(edition=edition).exists():
        attach_grille(edition, used.grille, access=OPERATOR, at=at)


@transaction.atomic
def _write(
    records: Sequence[Record], problems: Sequence[Problem], sheets: list[dict[str, Any]], at: dt.datetime
) -> int:
    load_directory(records, problems, at=at)
    year = edition_of(at.date())
    opens, closes = school_year(year)
    # in August, schools declare for the year that comes
    edition, _ = open_edition(year, opens=min(opens, at.date()), closes=closes, access=OPERATOR, at=at)
    academie = Academie.objects.get(slug=ACADEMIE)
    semaine = edition.semaines.get(academie=academie)
    if not semaine.fenetres.exists():
        first, last = (_day(year, *day) for day in WEEK)
        Fenetre.objects.create(semaine=semaine, starts=first, ends=last)
    people = _people(academie, {sheet["uai"] for sheet in sheets}, at)
    held = set(Action.objects.filter(semaine=semaine).values_list("title", flat=True))
    missing = [sheet for sheet in sheets if sheet["title"] not in held]
    for sheet in missing:
        _sheet(sheet, edition, people, at)
    return len(missing)


def _people(academie: Academie, schools: set[str], at: dt.datetime) -> dict[TypeRole, Access]:
    territories: dict[TypeRole, list[dict[str, Any]]] = {
        TypeRole.PORTEUR: [{"etablissement": row} for row in Etablissement.objects.filter(uai__in=schools)],
        TypeRole.REFERENT: [{"bassin": Bassin.objects.get(academie=academie, code=BASSIN)}],
        TypeRole.MODERATEUR: [{"academie": academie}],
        TypeRole.NATIONAL: [{}],
        TypeRole.ADMINISTRATEUR: [{}],
    }
    found = {}
    for kind, (address, name) in ACCOUNTS.items():
        person: User = person_of(address)
        if not person.name:
            rename(person, name, at=at)
            person.refresh_from_db()  # the journal names people as they are named now
        for territory in territories[kind]:
            grant(person, kind, access=None, at=at, **territory)
        found[kind] = access_of(person, at)
    return found


def _sheet(told: dict[str, Any], edition: Edition, people: dict[TypeRole, Access], at: dt.datetime) -> None:
    """Write one sheet, and bring it to its state through the steps people would make."""
    owner, moderator = people[TypeRole.PORTEUR], people[TypeRole.MODERATEUR]
    days: dict[str, Any] = {
        name: _day(edition.year, *map(int, told[name].split("-")))
        for name in ("starts", "ends")
        if name in told
    }
    plain = ("title", "description", "temporality", "nature", "classes", "audience_size", "authority")
    content = Contenu(
        **{name: told[name] for name in (*plain, "place", "public_contact") if name in told},
        **days,
        porteurs=(PorteurSaisi(uai=told["uai"]),),
        levels=tuple(told["levels"]),
        themes=tuple(told["themes"]),
        private_email=ACCOUNTS[TypeRole.PORTEUR][0],
    )
    action = declare(content, edition=edition, access=owner, at=at)
    etat = Etat(told["etat"])
    if etat is not Etat.DRAFT:
        action = move(action, Step.SUBMIT, access=owner, at=at)
    if etat is Etat.PUBLISHED:
        move(action, Step.PUBLISH, access=moderator, at=at)
    elif etat is Etat.TO_COMPLETE:
        move(action, Step.ASK, access=moderator, at=at, reason=told["reason"])


def _day(year: str, month: int, day: int) -> dt.date:
    """A day of the school year ``year`` (« 2026-2027 »): from August on it is the first of the two."""
    first = int(year[:4])
    return dt.date(first if month >= 8 else first + 1, month, day)  # noqa: PLR2004 - August
