"""Selections as pages and files tell them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.urls import reverse

from accroche.actions.models import Action
from accroche.commun.changements import Vocabulaire
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: The columns of its file.
HEADINGS: Final = ["Titre", "Académie", "Édition", "Portée par", "Adresse"]
#: How the journal and a conflict name what is written.
VOCABULAIRE: Final = Vocabulaire(
    lambda field: {"name": "Nom", "introduction": "Présentation"}.get(field, field),
    order=("name", "introduction"),
)


def may_keep_some(access: Access) -> bool:
    """Whether a person keeps selections, of whoever it is."""
    return access.has(Right.MODERATE) or access.has(Right.STEER)


def rows(actions: Iterable[Action]) -> list[list[str]]:
    """Its sheets in lines of a table."""
    return [
        [
            action.title,
            action.semaine.academie.name,
            action.semaine.edition.year,
            " ; ".join(portage.porteur.name for portage in action.portages.all()),
            f"{settings.SITE_URL}{_address(action)}",
        ]
        for action in actions
    ]


def _address(action: Action) -> str:
    where = (action.semaine.edition.year, action.semaine.academie.slug, action.slug)
    return reverse("catalogue:action", args=where)
