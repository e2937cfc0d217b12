"""The partners that a cell names, which the public reads: organisations, and nobody; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.contenu import is_somebody
from accroche.imports.recensement.prenoms import names_somebody
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.words import listed
from accroche.lib.tableur.cellules import Cell, is_ticked

_LONGEST: Final = 200
#: « Oui : la mairie », under « Avez-vous un partenaire ? Si oui, lequel ? »
_YES: Final = re.compile(r"\Aoui(?:\s?[:–—-]\s|\s(?=(?:avec|la|le|les|un|une)\s))", re.IGNORECASE)
#: Headings of organisations, some called as somebody: « Simone Veil ».
_OF_ORGANISATIONS: Final = re.compile(r"\bpart(?:enaire|ner)")


def may_be_people(headings: Iterable[str]) -> bool:
    """Whether who stands under normal headings may be people: « Intervenant »."""
    return any(not _OF_ORGANISATIONS.search(heading) for heading in headings)


def tell_partners(row: Row, cell: Cell, *, ours: bool, people: bool) -> None:
    """Write the partners of a row; somebody is left out, and told, but of our own lists.

    ``people``: who is named without a title may be somebody too.
    """
    # « Oui » under « Autres partenaires » names nobody
    named = [_YES.sub("", name) for name in listed(cell) if is_ticked(name) is None]
    row.partners = tuple(name for name in named if ours or not is_somebody(name))
    if len(row.partners) < len(named):
        row.note(
            Champ.PARTENAIRES,
            "Des personnes ne sont pas reprises parmi les partenaires, qui sont publics.",
            "Nommez leur organisme.",
            blocks=False,
        )
    if people and (found := next(filter(names_somebody, row.partners), "")):
        row.note(
            Champ.PARTENAIRES,
            f"« {found} » est peut-être une personne, et un partenaire est public.",
            "Ôtez ce nom si c’est quelqu’un, ou choisissez « Contact » pour la colonne.",
            blocks=False,
        )
    if any(len(name) > _LONGEST for name in row.partners):
        row.note(
            Champ.PARTENAIRES,
            f"Un nom de partenaire dépasse {_LONGEST} caractères.",
            "Séparez les partenaires par des points-virgules.",
        )
