"""Several actions on one row, « Action 1 », « Date action 1 », « Action 2 »: each is a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.ecriture import LEVELS_OF_HEADINGS, normal, number_of
from accroche.imports.recensement.entetes import suppositions
from accroche.lib.texte import liste

#: Between what stands above a heading and the heading.
_UNDER: Final = " – "
#: How many headings come back, at least: an action and its day.
_A_TURN: Final = 2
#: Why a column says what it says that tells of the second action of its row, or of a later one.
_AS: Final = "comme « {} », pour une autre action de la même ligne"


def actions_of(
    texts: Sequence[str], words: Sequence[str], are_titles: Callable[[int], bool]
) -> dict[int, tuple[int, int]]:
    """Return, of columns that tell of one action of several: its rank, and the same column of the first.

    Columns are of the same kind when their headings are the same but for the number: « Date action 2 », or
    « Action 2 » above « Date ». The first may have none, or all, or all dates: « Action 1 », « Date »,
    « Action 2 », « Date ».
    ``are_titles``: whether the cells of a column may be titles, and no few choices.
    """
    in_turn = _in_turn(words)
    told: dict[str, dict[int, int]] = dict(in_turn)
    bare: dict[str, int] = {}
    for position, (text, whole) in enumerate(zip(texts, words, strict=True)):
        heading, number = _numbered(text, whole)
        if heading in in_turn:
            continue
        if heading and number is not None:
            told.setdefault(heading, {}).setdefault(number, position)
        elif heading:
            bare.setdefault(heading, position)
    for heading, numbered in told.items():
        if heading in bare and numbered.keys() == {*range(2, 2 + len(numbered))}:
            numbered[1] = bare[heading]
    titles = [
        numbered
        for heading, numbered in told.items()
        if len(numbered) > 1 and _is_a_title(heading) and all(map(are_titles, numbered.values()))
    ]
    if not titles:
        return {}
    ranks = {number: rank for rank, number in enumerate(sorted(titles[0]), 1)}
    first = min(titles[0])
    return {
        position: (ranks[number], numbered[first])
        for numbered in told.values()
        if first in numbered and numbered.keys() <= ranks.keys() and len(numbered) > 1
        for number, position in numbered.items()
    }


def _in_turn(words: Sequence[str]) -> dict[str, dict[int, int]]:
    """Headings that come back in the same order, a title among them, numbered or not: where, by rank."""
    found: dict[str, list[int]] = {}
    for position, heading in enumerate(words):
        if heading:
            found.setdefault(heading, []).append(position)
    times = {len(at) for heading, at in found.items() if len(at) > 1 and _is_a_title(heading)}
    back = {heading: at for heading, at in found.items() if len(times) == 1 and len(at) in times}
    turns = list(zip(*back.values(), strict=True))
    apart = all(max(before) < min(after) for before, after in pairwise(turns))
    if len(back) < _A_TURN or not apart:
        return {}  # « Titre » twice, in two languages; « Titre », « Titre », « Date », « Date »
    return {heading: dict(enumerate(at, 1)) for heading, at in back.items()}


def _numbered(text: str, words: str) -> tuple[str, int | None]:
    """A heading without its number, and the number: its own, or that of what stands above it."""
    above, *below = LEVELS_OF_HEADINGS.split(text, maxsplit=1)
    if below and (number := number_of(above)) is not None:
        return f"{normal(above)}{_UNDER}{normal(below[0])}", number
    return words, number_of(text)


def _is_a_title(heading: str) -> bool:
    # « Action » above « Nom », and not « Contact »
    parts = [suppositions(part) for part in heading.split(_UNDER)]
    return all(found and found[0].champ is Champ.TITRE for found in parts)


def with_later_actions(columns: Sequence[Column], groups: Mapping[int, tuple[int, int]]) -> list[Column]:
    """Say of the columns of later actions what those of the first say."""
    if not any(columns[first].champ is Champ.TITRE for _, first in groups.values()):
        return list(columns)
    return [
        one
        if one.position not in groups
        else replace(one, action=1)
        if groups[one.position][0] == 1
        else replace(
            columns[groups[one.position][1]],
            position=one.position,
            heading=one.heading,
            reason=_AS.format(columns[groups[one.position][1]].heading),
            action=groups[one.position][0],
        )
        for one in columns
    ]


def notice_of(columns: Sequence[Column]) -> str:
    """Return what to tell of several actions on one row, and what to do; nothing when there is one."""
    titles = [one for one in columns if one.action and one.champ is Champ.TITRE]
    if len(titles) < 2:  # noqa: PLR2004 - several
        return ""
    same = len({one.heading for one in titles}) < len(titles)
    named = liste(f"« {one.heading} »{f' (colonne {one.letter})' if same else ''}" for one in titles)
    return (
        f"Chaque ligne peut décrire plusieurs actions : {named} deviennent chacun une fiche, avec ce qui "
        "vaut pour toute la ligne. Si c’est une seule action, ne reprenez pas les colonnes de trop."
    )
