"""Several actions on one row, « Action 1 », « Action 2 »: the first alone is read, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.ecriture import number_of
from accroche.imports.recensement.entetes import suppositions

#: Why a column is left aside that tells of the second action of its row, or of a later one.
LATER: Final = "une autre action de la même ligne : seule la première est lue"


def later_actions(texts: Sequence[str], words: Sequence[str]) -> frozenset[int]:
    """Return the columns that tell of a second action of their row, or of a later one; none in most tables.

    Columns are of the same kind when their headings are the same but for the number: « Date action 2 ».
    """
    numbered: dict[str, dict[int, int]] = {}
    for position, (text, heading) in enumerate(zip(texts, words, strict=True)):
        number = number_of(text)
        if number is not None and heading:
            numbered.setdefault(heading, {}).setdefault(number, position)
    titles = [told for heading, told in numbered.items() if len(told) > 1 and _is_a_title(heading)]
    if not titles:
        return frozenset()
    first = min(titles[0])
    later = {number for told in titles for number in told if number != first}
    return frozenset(
        position for told in numbered.values() for number, position in told.items() if number in later
    )


def _is_a_title(heading: str) -> bool:
    found = suppositions(heading)
    return bool(found) and found[0].champ is Champ.TITRE


def notice_of(columns: Sequence[Column]) -> str:
    """Return what to tell of several actions on one row, and what to do; nothing when there is one."""
    later = [one for one in columns if one.reason == LATER]
    if not later:
        return ""
    named = ", ".join(f"« {one.heading} »" for one in later)
    return (
        f"Chaque ligne décrit plusieurs actions : seule la première est lue. Non reprises : {named}. "
        "Donnez à chaque action sa propre ligne, ou déposez le fichier une seconde fois en choisissant ces "
        "colonnes à la main."
    )
