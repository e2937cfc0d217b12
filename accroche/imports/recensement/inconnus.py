"""The names of a file that nobody knows for sure: each is asked about once, for all its rows; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from accroche.imports.recensement.prenoms import are_first_names, names_somebody
from accroche.lib.texte import pluriel

#: Names that a page asks about at once; the others follow when these are answered.
ASKED: Final = 100
#: Names of which more is held than that they were met: the first of the file, and those answered.
HELD: Final = 20_000
#: Communes of a name that are told.
_COMMUNES: Final = 3


@dataclass(slots=True)
class Inconnu:
    """A name, where it stands, and what it may be.

    ``proposed``: schools, code and label. ``answer``: what somebody said it is, an UAI or a kind of
    organisation; nothing when nobody has. ``is_schoolish``: it sounds like a school.
    """

    name: str
    sheet: str
    number: int
    is_schoolish: bool
    proposed: tuple[tuple[str, str], ...] = ()
    answer: str = ""
    count: int = 0
    communes: list[str] = field(default_factory=list)


def field_name(key: str) -> str:
    """Return how a form calls the question about a name: the same, however often the file is read again."""
    return f"nom-{hashlib.blake2b(key.encode(), digest_size=8).hexdigest()}"


class Inconnus:
    """Those of one file, by the key under which an answer is remembered."""

    def __init__(self) -> None:
        """Nobody was met yet."""
        self._by_key: dict[str, Inconnu] = {}
        # of the others only that they were met: a stand-in of eight bytes each
        self._others: set[int] = set()

    def meet(self, key: str, one: Inconnu, commune: str) -> None:
        """Count a row of a name."""
        held = self._by_key.get(key)
        if held is None:
            if len(self._by_key) >= HELD and not one.answer:
                self._others.add(hash(key))
                return
            held = self._by_key[key] = one
        held.count += 1
        if commune and commune not in held.communes and len(held.communes) <= _COMMUNES:
            held.communes.append(commune)

    def __contains__(self, key: str) -> bool:
        """Whether a name was met."""
        return key in self._by_key or hash(key) in self._others

    def as_json(self) -> dict[str, Any]:
        """Return the names to answer, the most frequent first, and those answered, as JSON values."""
        rows = sorted(self._by_key.items(), key=lambda pair: (-pair[1].count, pair[1].number, pair[0]))
        told = [_as_json(key, one) for key, one in rows if one.answer]
        asked = [_as_json(key, one) for key, one in rows if not one.answer]
        return {"asked": asked[:ASKED], "more": len(asked[ASKED:]) + len(self._others), "told": told[:ASKED]}


def _as_json(key: str, one: Inconnu) -> dict[str, Any]:
    return {
        "field": field_name(key),
        "name": one.name,
        "sheet": one.sheet,
        "number": one.number,
        "is_schoolish": one.is_schoolish,
        "proposed": [list(pair) for pair in one.proposed],
        "answer": one.answer,
        "count": one.count,
        "communes": one.communes,
    }


#: Names above which a table of answers is offered.
_BY_HAND: Final = 3
ASKS_WHO: Final = 'Dites qui les porte : --porteur "Mairie de Nolay", ou un UAI.'


def lines_of(carriers: dict[str, Any], porteur: str = "") -> Iterable[str]:
    """Return one line for each name to answer, in French, with what to add to the command.

    ``porteur``: who carries the rows that name nobody, where it was said.
    """
    if without := carriers.get("without", 0):
        rows = pluriel(without, "ligne ne nomme", "lignes ne nomment")
        says = f"Porteur dit pour elles : {porteur}." if porteur else ASKS_WHO
        yield f"{without} {rows} personne. {says}"
    asked = carriers.get("asked", [])
    if not asked:
        return
    count = len(asked) + carriers["more"]
    yield (
        f"{count} {pluriel(count, 'nom', 'noms')} de porteur à reconnaître. Dites ce qu’est chacun, une fois "
        "pour toutes ses lignes : association, collectivite, academie, autre… ou l’UAI d’un établissement."
    )
    for one in asked:
        rows = f"{one['count']} {pluriel(one['count'], 'ligne', 'lignes')}"
        if are_first_names(one["name"]) or names_somebody(one["name"]):
            yield (
                f"  « {one['name']} » est peut-être une personne, qui ne porte pas d’action : choisissez "
                f"« Contact » pour sa colonne   ({rows}, d’abord la {one['number']})"
            )
            continue
        meant = f" ; est-ce {' ou '.join(label for _, label in one['proposed'])} ?" if one["proposed"] else ""
        # copied as it stands, a guess would be remembered: « Air Force » is not the school of a forest
        told = "UAI" if one["is_schoolish"] else "association"
        if one["is_schoolish"] and len(one["proposed"]) == 1:
            told = one["proposed"][0][0]
        yield f'  --organisme "{one["name"]}={told}"   ({rows}, d’abord la {one["number"]}{meant})'
    if count > _BY_HAND:
        yield "  Pour beaucoup de noms : --porteurs FICHIER.csv, un nom et ce qu’il est par ligne."
    if carriers["more"]:
        yield f"  … et {carriers['more']} de plus, une fois ceux-ci dits."
