"""What a new row would lack on the day somebody publishes it, by the rules of every sheet; pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from accroche.actions import controle
from accroche.actions.saisie import Contenu
from accroche.imports.recensement.row import Row


def missing(row: Row, content: Contenu, year: str) -> tuple[tuple[str, str], ...]:
    """Return the field of each thing to mend before ``row`` may be public in the edition ``year``, and how.

    ``content``: the sheet the row makes. Several passages of one text are one thing: they are shown when the
    sheet is read.
    """
    if row.description == row.when_in_words:  # nobody described it
        content = replace(content, description="")
    fiche = controle.Fiche(
        content=content,
        pieces=(),
        has_contact=bool(row.private_email),
        edition_days=_days(year),
    )
    found = (*controle.missing(fiche), *controle.obstacles(fiche))
    if not found:  # most, of a hundred thousand
        return ()
    return tuple(dict.fromkeys((remark.place[0], remark.message) for remark in found))


@lru_cache(maxsize=64)
def _days(year: str) -> tuple[dt.date, dt.date]:
    return controle.edition_days(year)
