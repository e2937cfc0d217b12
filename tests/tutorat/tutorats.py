"""A bureau and three académies for the tests of tutoring: Dijon needs help, Lyon and Lille may give it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access
from accroche.comptes.regles import TypeRole
from accroche.tutorat.binome import Cote, Pas
from accroche.tutorat.models import Binome
from accroche.tutorat.operations.binome import move
from accroche.tutorat.operations.tutorat import confirm, set_academie
from accroche.tutorat.queries.tutorat import version_of
from tests import factories
from tests.factories import NOW

OFFICES = {"Dijon": "21", "Lyon": "69", "Lille": "59"}


@dataclass(frozen=True)
class Scene:
    """The edition, the académies by name, and who acts: the bureau and each académie's moderator."""

    edition: Edition
    academies: dict[str, Academie]
    bureau: Access
    offices: dict[str, Access]


def scene() -> Scene:
    """Real rows, and nothing proposed yet; Lyon and Lille may take one académie each."""
    academies, offices = {}, {}
    for name, code in OFFICES.items():
        where = factories.territory(name, code)
        academies[name] = where.academie
        email = f"cardie@ac-{where.academie.slug}.fr"
        offices[name] = factories.access(
            factories.person(TypeRole.MODERATEUR, email, academie=where.academie)
        )
    bureau = factories.access(factories.person(TypeRole.NATIONAL, "drdie@example.fr"))
    edition = factories.edition()
    for name in OFFICES:
        choice = {"helped": name == "Dijon", "capacity": 0 if name == "Dijon" else 1}
        set_academie(edition, academies[name], access=bureau, at=NOW, **choice)
    return Scene(edition, academies, bureau, offices)


def proposed(found: Scene, mentor: str | None = "lille") -> Binome:
    """The pair of Dijon, proposed to both académies."""
    (binome,) = confirm(
        found.edition, {"dijon": mentor}, version=version_of(found.edition), access=found.bureau, at=NOW
    )
    return binome


def active(found: Scene, at: dt.datetime = NOW) -> Binome:
    """The same, accepted by both."""
    binome = proposed(found)
    binome = move(binome, Pas.ACCEPT, side=Cote.MENTOR, access=found.offices["Lille"], at=at)
    return move(binome, Pas.ACCEPT, side=Cote.MENTEE, access=found.offices["Dijon"], at=at)
