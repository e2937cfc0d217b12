"""What no score outweighs: a person decides where a mention and the best school contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from accroche.annuaire.appariement.cadre import Cadre, Entry, Name
from accroche.annuaire.appariement.genres import Genre
from accroche.annuaire.appariement.mention import Mention
from accroche.annuaire.appariement.mots import EMPTY, VOCABULARY, figures, is_class, words

#: A longer number is a year or an address, no school's.
LONGEST_NUMBER: Final = 2
#: What a number or a letter belongs to when it is no school's: « Cedex 2 », « CM2 B », « REP+ 2 ».
NUMBERED: Final = frozenset(VOCABULARY["numbered"].split())
#: Words that say where something is, and name a school beside its type alone.
WHERE: Final = frozenset(VOCABULARY["where"].split())
#: What is told to who decides.
NUMBER = "le numéro ou la lettre n’est pas dans le nom"
PLACE = "peut-être un autre site"
LAND = "l’un des deux est un lycée agricole"
KIND = "son nom dit « école », ce n’en est pas une"
WORD = "un autre nom à cette place"
TAKEN = "un autre établissement de la commune porte ce nom aujourd’hui"
FORMERLY = "un autre établissement de la commune a porté ce nom"
PARTLY = "nom en partie, et une autre commune"
NAMESAKES = "deux communes portent ce nom"
BESIDE = "un autre établissement de la commune est nommé aussi"
SIDE = "un côté de la carte, sans type d’établissement"
CLASSES = "rien ne dit que cette école ait des classes maternelles"
SECONDARY = "une école secondaire est un collège ou un lycée"
SEVERAL = "plusieurs types à la suite"
NEIGHBOUR = "école d’une commune voisine"
CUT_TOWN = "un type et le début d’un nom de commune"
BODY = "ancien nom, et un autre type d’établissement peut-être"
UNTYPED = "d’autres mots, sans type d’établissement"
#: « Institut X »: what may be no school, of a name that a school had.
BODIES: Final = frozenset(VOCABULARY["bodies"].split())


@dataclass(frozen=True, slots=True)
class Residue:
    """What a mention and a school have not in common, and how they agree.

    ``left``: the words of the mention that are not the school's; ``missing``: those of its name that the
    mention has not; ``named``: the name itself speaks for the school; ``elsewhere``: another commune is told,
    ``away`` of another town; ``cut``: all that speaks for its commune is the beginning of its name.
    """

    left: Sequence[str]
    missing: Sequence[str]
    named: bool
    elsewhere: bool
    away: bool = False
    cut: bool = False


def doubt(cadre: Cadre, entry: Entry, name: Name, mention: Mention, found: Residue) -> str:
    """Why a person has to decide, in French; empty when nothing contradicts."""
    if _another_number(entry, name, mention, found.left) or _other_figures(found):
        return NUMBER
    if mention.apart and found.left:
        return PLACE
    # « École de Roville » is how people call the lycée horticole there
    called = not found.named and mention.genre is Genre.ECOLE and entry.commune in cadre.land
    if called or (mention.land and not entry.land):
        return LAND
    if mention.genre in entry.also and mention.whole != entry.whole:
        return KIND
    return (
        _of_types(entry, name, mention, found)
        or _of_others(cadre, entry, mention, found)
        or _misplaced(cadre, entry, mention, found)
    )


def _of_types(entry: Entry, name: Name, mention: Mention, found: Residue) -> str:
    """Why the types that a mention says, or says not, leave more than one school."""
    if mention.whole == entry.whole:
        return ""
    if mention.genre is Genre.UNKNOWN:
        return _untyped(name, mention, found)
    if entry.genre is Genre.ECOLE and mention.genre is Genre.MATERNELLE:
        return CLASSES
    if mention.secondary:
        return SECONDARY
    if len(mention.row) < 2 or _bears(entry, mention):  # noqa: PLR2004
        return ""
    families = {genre.family for genre in mention.row}
    return "" if len(families) > 1 and families <= name.weak | name.words else SEVERAL


def _untyped(name: Name, mention: Mention, found: Residue) -> str:
    """Why a mention without a type may be of who is no school."""
    if name.former and not BODIES.isdisjoint(mention.tokens):
        return BODY
    return UNTYPED if sum(len(word) > 1 for word in found.left) > 1 else ""


#: What one school alone may be that says several types.
_ALL: Final = {
    Genre.PRIMAIRE: frozenset({Genre.PRIMAIRE, Genre.ELEMENTAIRE, Genre.MATERNELLE}),
    Genre.LPO: frozenset({Genre.LPO, Genre.LGT, Genre.LP}),
}


def _bears(entry: Entry, mention: Mention) -> bool:
    """Whether a school is all that a mention says in a row: « LGT LP X » of a lycée polyvalent."""
    return mention.row <= _ALL.get(entry.genre, frozenset())


def _of_others(cadre: Cadre, entry: Entry, mention: Mention, found: Residue) -> str:
    """Why words of the mention that are not the school's may be another's."""
    if found.missing and any(len(word) > 1 and cadre.rarity.known(word) for word in found.left):
        return WORD
    return BESIDE if found.left and _names_another(cadre, entry, mention, found.left) else ""


def _misplaced(cadre: Cadre, entry: Entry, mention: Mention, found: Residue) -> str:
    """Why the place does not tell the school: words of a place alone, another commune, two of its name."""
    if mention.genre is Genre.UNKNOWN and mention.core and WHERE.issuperset(mention.core):
        return SIDE
    if found.missing and found.elsewhere:
        return PARTLY
    if found.away and mention.genre.family == "ecole":
        return NEIGHBOUR
    if found.cut and not found.named:
        return CUT_TOWN
    namesakes = len(cadre.departements[entry.commune]) > 1
    return NAMESAKES if namesakes and not found.named and not mention.departement else ""


def _names_another(cadre: Cadre, entry: Entry, mention: Mention, left: Sequence[str]) -> bool:
    """Whether the whole name of another school of the commune is told beside: « École A – B »."""
    others = (cadre.entries[row] for row in cadre.communes[entry.commune])
    return any(
        name.words <= mention.words and not name.words.isdisjoint(left)
        for other in others
        if other is not entry and (other.genre.family == entry.genre.family or mention.genre is Genre.UNKNOWN)
        for name in other.names
    )


def taken(cadre: Cadre, entry: Entry, name: Name, mention: Mention) -> str:
    """Say that a name is another open school's in the same commune, which has it today or had it before."""
    if not name.former:
        known = cadre.formerly.get((entry.commune, name.joined), ())
        return FORMERLY if any(_rival(other, entry, mention) for other in known) else ""
    for row in cadre.communes[entry.commune]:
        other = cadre.entries[row]
        if other.names[0].joined == name.joined and _rival(other, entry, mention):
            return TAKEN
    return ""


def _rival(other: Entry, entry: Entry, mention: Mention) -> bool:
    """Whether another open school may be meant by the same name."""
    alike = other.genre.family == entry.genre.family or mention.genre is Genre.UNKNOWN
    return other is not entry and other.facts.is_open and alike


def _another_number(entry: Entry, name: Name, mention: Mention, left: Sequence[str]) -> bool:
    """Whether the mention says a number or a letter that is not the school's."""
    if mention.joined == name.joined:
        # « O R T » is « ORT »
        return False
    if any(
        word not in name.words and _numbers(word, mention) and not _of_town(word, entry, name, mention)
        for word in left
    ):
        return True
    # a letter at the end is no initial: « Charcot C » is not « Commandant Charcot A »
    held = {*left, *name.words, *name.weak}
    return any(
        letter not in held and _numbers(letter, mention) and not _cut(name, mention, letter)
        # within a mention it may be one: « Saint F, de Sales »
        for letter in mention.letters.intersection(mention.core[-1:])
        if not _ends_in_town(entry, mention, letter)
    )


def _other_figures(found: Residue) -> bool:
    """Whether each has a word with figures that the other has not: « 12e km » and « 17e km »."""
    return all(any(map(figures, words)) for words in (found.left, found.missing))


def _cut(name: Name, mention: Mention, cut: str) -> bool:
    """Whether the last word is cut short, as a narrow column does: « Saint François d’A »."""
    before = mention.core[: mention.core.index(cut)] if cut in mention.core else ()
    if len(before) < 2 or before != name.core[: len(before)] or len(name.core) == len(before):  # noqa: PLR2004
        return False
    # « Jeanne d’A » and « Jeanne d’ »: what stands where the column ends
    return cut in EMPTY or name.core[len(before)].startswith(cut)


def _of_town(number: str, entry: Entry, name: Name, mention: Mention) -> bool:
    """Whether a number counts the schools of the commune, beside the name: « Henri Agarande (Kourou I) »."""
    return name.words <= mention.words and any(
        number in words(segment) and not entry.commune_words.isdisjoint(words(segment))
        for segment in mention.segments
    )


def _ends_in_town(entry: Entry, mention: Mention, letter: str) -> bool:
    """Whether a letter shortens the commune: « Cherbourg en C. »."""
    begun = any(word.startswith(letter) for word in entry.commune_words)
    return begun and mention.tokens[-1] == letter and not entry.commune_words.isdisjoint(mention.tokens[:-1])


def _numbers(word: str, mention: Mention) -> bool:
    """Whether a word tells a school from its twin: « Ferry 2 », « Ferry B »; not « 4e B », « J. Ferry »."""
    if word.isdigit():
        twin = len(word) <= LONGEST_NUMBER and word.zfill(2) != mention.departement
    else:
        twin = word in mention.letters
    return twin and not any(
        after == word and (before in NUMBERED or is_class(before))
        for before, after in pairwise(mention.tokens)
    )
