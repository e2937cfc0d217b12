"""What a new row would lack on the day somebody publishes it, by the rules of every sheet; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from accroche.actions import controle
from accroche.actions.saisie import PorteurSaisi
from accroche.imports.recensement.differences import content_of_row
from accroche.imports.recensement.rows import Row


def missing(row: Row, porteurs: Iterable[PorteurSaisi], year: str) -> tuple[tuple[str, str], ...]:
    """Return the field of each thing to mend before ``row`` may be public in the edition ``year``, and how.

    Several passages of one text are one thing: they are shown when the sheet is read.
    """
    content = content_of_row(row, porteurs)
    if row.description == row.when_in_words:  # nobody described it
        content = replace(content, description="")
    fiche = controle.Fiche(
        content=content,
        pieces=(),
        has_contact=bool(row.private_email),
        edition_days=controle.edition_days(year),
    )
    found = (*controle.missing(fiche), *controle.obstacles(fiche))
    return tuple(dict.fromkeys((remark.place[0], remark.message) for remark in found))
