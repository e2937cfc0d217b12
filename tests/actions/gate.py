"""Sheets for the gate, told by the place where each text is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accroche.actions.controle import Fiche
from accroche.actions.regles import TypePiece
from accroche.actions.saisie import (
    ActiviteSaisie,
    Contenu,
    LienSaisi,
    PartenaireSaisi,
    PieceDite,
    PorteurSaisi,
)

YEAR = (dt.date(2026, 8, 1), dt.date(2027, 8, 31))
COMPLETE = Fiche(
    content=Contenu(
        title="Forum des métiers",
        description="Les élèves rencontrent des professionnels.",
        porteurs=(PorteurSaisi("0210001A", "college", "Collège Carnot", "Dijon"),),
        levels=("college",),
        temporality="semaine",
        nature="prevention",
    ),
    pieces=(),
    has_contact=True,
    edition_days=YEAR,
)
#: How each list is made of one text.
ROWS: dict[str, Any] = {
    "porteurs": lambda text: PorteurSaisi(kind="cio", name=text),
    "activites": ActiviteSaisie,
    "partenaires": PartenaireSaisi,
    "liens": lambda text: LienSaisi("https://college.example", text),
    "pieces": lambda text: PieceDite("fiche.pdf", TypePiece.DOCUMENT, text),
}


def fiche(fiche: Fiche = COMPLETE, **content: Any) -> Fiche:
    """The sheet with another content."""
    return replace(fiche, content=replace(fiche.content, **content))


def written(texts: Mapping[str, str], pieces: tuple[PieceDite, ...] = ()) -> Fiche:
    """A complete sheet with each text at its place: ``description``, ``activites-2``…; empty rows before."""
    columns: dict[str, Any] = {name: text for name, text in texts.items() if "-" not in name}
    lists: dict[str, list[str]] = {}
    for place, text in texts.items():
        name, _, number = place.partition("-")
        if number:
            rows = lists.setdefault(name, [])
            rows += [""] * (int(number) - len(rows))
            rows[int(number) - 1] = text
    rows_of = {name: tuple(ROWS[name](text) for text in rows) for name, rows in lists.items()}
    told = pieces + rows_of.pop("pieces", ())
    return replace(fiche(COMPLETE, **columns, **rows_of), pieces=told)
