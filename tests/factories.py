"""Small worlds for the tests of accounts, declaration, moderation and coverage.

One académie (Dijon), its département and bassin, a school of each kind wanted, an edition in which schools
declare, and people with a role. Everything is real rows: no test doubles.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.http import LINKS
from accroche.actions.models import Action, ActionPorteur, LienAcces, PieceJointe
from accroche.actions.operations.confirmation import confirm
from accroche.actions.regles import SourceAction, Temporalite, TypePiece
from accroche.annuaire.models import Academie, Bassin, Departement, Etablissement, Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition, Grille, Semaine
from accroche.campagne.operations import load_grille
from accroche.campagne.regles import StatutSemaine
from accroche.comptes.models import EtablissementAbsent, Role, SignalementAbsent, User
from accroche.comptes.operations.absents import absent_key
from accroche.comptes.permissions import Access, access_of
from accroche.comptes.regles import TypeRole
from accroche.lib.uai import check_letter
from tests.dossier.sample import GRILLE

#: Now, for the tests: in the edition 2026-2027, on a day when schools declare.
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
YEAR = "2026-2027"


def make_uai(number: int, departement: str = "021") -> str:
    """Return the ``number``-th UAI of a département (three characters), with its right letter."""
    digits = f"{departement}{number:04d}"
    return digits + check_letter(digits)


@dataclass(frozen=True)
class Territory:
    """An académie with one département and one bassin, and its semaine in the running edition."""

    academie: Academie
    departement: Departement
    bassin: Bassin
    semaine: Semaine


def edition(year: str = YEAR, **columns: Any) -> Edition:
    """The running edition: public, open to declarations all the school year."""
    first = int(year[:4])
    defaults: dict[str, Any] = {
        "title": f"Semaine de la persévérance scolaire {year}",
        "published_at": NOW - dt.timedelta(days=30),
        "declaration_opens": dt.date(first, 9, 1),
        "declaration_closes": dt.date(first + 1, 7, 15),
    }
    found, _ = Edition.objects.get_or_create(year=year, defaults=defaults | columns)
    return found


def territory(name: str = "Dijon", code: str = "21", year: str = YEAR) -> Territory:
    """An académie whose only département has ``code``, with its semaine in the edition of ``year``."""
    slug = name.lower()
    academie, _ = Academie.objects.get_or_create(
        slug=slug, defaults={"name": name, "valid_from": dt.date(1900, 1, 1)}
    )
    departement, _ = Departement.objects.get_or_create(code=code, defaults={"name": f"Département {code}"})
    departement.academies.add(academie)
    bassin, _ = Bassin.objects.get_or_create(
        academie=academie, code=f"{code}-1", defaults={"name": f"Bassin de {name}"}
    )
    semaine, _ = Semaine.objects.get_or_create(
        edition=edition(year), academie=academie, defaults={"status": StatutSemaine.PREPARING}
    )
    return Territory(academie, departement, bassin, semaine)


def grille(code: str, **columns: Any) -> Grille:
    """A version of the grid with three criteria; ``columns``: ``frozen_at`` for one that an edition used."""
    load_grille(replace(GRILLE, code=code, name=f"Grille {code}"), at=NOW)
    Grille.objects.filter(code=code).update(**columns)
    return Grille.objects.complete().get(code=code)


def school(where: Territory, number: int = 1, **columns: Any) -> Etablissement:
    """The ``number``-th school of a territory: a collège unless told otherwise."""
    uai = make_uai(number, where.departement.code.rjust(3, "0"))
    defaults: dict[str, Any] = {
        "kind": TypePorteur.COLLEGE,
        "name": f"Collège {where.academie.name} {number}",
        "commune": where.academie.name,
        "departement": where.departement,
        "bassin": where.bassin,
        "email": f"ce.{uai.lower()}@ac-{where.academie.slug}.fr",
    }
    return Etablissement.objects.create(uai=uai, **defaults | columns)


def absent(where: Territory, *emails: str, at: dt.datetime = NOW, **columns: Any) -> EtablissementAbsent:
    """A school that people at ``emails`` do not find in the directory, nobody having been told."""
    facts: dict[str, Any] = {
        "name": "Collège du Lac",
        "commune": "Dijon",
        "kind": TypePorteur.COLLEGE,
    } | columns
    row = EtablissementAbsent.objects.create(
        departement=where.departement,
        cle=absent_key(facts["name"], facts["commune"]),
        asked_at=at,
        **facts,
    )
    for email in emails:
        SignalementAbsent.objects.create(absent=row, email=email, asked_at=at)
    return row


def user(email: str = "camille@ac-dijon.fr", name: str = "Camille Petit") -> User:
    """A person without any role."""
    return User.objects.filter(email=email).first() or User.objects.create_user(email, name)


def role(person: User, kind: TypeRole, **columns: Any) -> Role:
    """A role in force, on the territory named by ``columns`` (``academie=…``, ``etablissement=…``)."""
    return Role.objects.create(user=person, kind=kind, **{"granted_at": NOW - dt.timedelta(days=1)} | columns)


def person(kind: TypeRole, email: str = "", **columns: Any) -> User:
    """A person with one role; the address follows from the role unless given."""
    found = user(email or f"{kind}@example.fr", TypeRole(kind).label)
    role(found, kind, **columns)
    return found


def access(who: User | None, at: dt.datetime = NOW, sheets: frozenset[int] = frozenset()) -> Access:
    """What ``who`` may do at ``at``."""
    return access_of(who, at, sheets)


def followed(sheet: Action, email: str = "prof@example.fr", at: dt.datetime | None = None) -> LienAcces:
    """The link that ``email``, who declared ``sheet`` without an account, followed ``at`` (default: now)."""
    at = at or timezone.now()
    Action.objects.filter(pk=sheet.pk, declarant_email="").update(declarant_email=email)
    sheet.refresh_from_db()
    confirm(sheet)
    return LienAcces.objects.create(
        action=sheet,
        email=sheet.declarant_email,
        token_hash=uuid4().hex,
        created_at=at,
        expires_at=at + dt.timedelta(days=2),
        used_at=at,
    )


def browser_of(*links: LienAcces) -> Client:
    """A browser that followed ``links``, and in which nobody is signed in."""
    client = Client()
    session = client.session
    session[LINKS] = [link.pk for link in links]
    session.save()
    return client


def action(
    where: Territory, porteur: Etablissement | None = None, etat: Etat = Etat.SUBMITTED, **columns: Any
) -> Action:
    """A complete sheet of a territory's semaine, carried by ``porteur`` when given."""
    number = Action.with_unconfirmed.count() + 1
    defaults: dict[str, Any] = {
        "slug": f"action-{number}",
        "position": number,
        "title": f"Forum des métiers {number}",
        "description": "Les élèves de 4e rencontrent des professionnels et préparent leurs questions.",
        "temporality": Temporalite.SEMAINE,
        "source": SourceAction.DECLARATION,
        "college": True,
        "private_email": "vie.scolaire@ac-dijon.fr",
        "created_at": NOW,
        "updated_at": NOW,
        "submitted_at": None if etat is Etat.DRAFT else NOW,
    }
    made = Action.objects.create(semaine=where.semaine, etat=etat, **defaults | columns)
    if porteur:
        carried, _ = Porteur.objects.get_or_create(
            etablissement=porteur,
            defaults={
                "academie": where.academie,
                "kind": porteur.kind,
                "name": porteur.name,
                "commune": porteur.commune,
            },
        )
        ActionPorteur.objects.create(action=made, porteur=carried, position=0)
    return made


def piece(to: Action, name: str = "fete.jpg") -> PieceJointe:
    """An image attached to a sheet, whose consent nobody gave yet."""
    return PieceJointe.objects.create(
        action=to,
        position=0,
        kind=TypePiece.IMAGE,
        file=f"pieces/{name}",
        name=name,
        size=1,
        sha256=name,
        added_at=NOW,
    )
