"""How near a mention's type, and its very words, are to a school's; and who else the mention may be of."""

from __future__ import annotations

import math

from accroche.annuaire.appariement.cadre import Cadre, Entry, Name
from accroche.annuaire.appariement.genres import CONFLICT, Genre, evidence
from accroche.annuaire.appariement.mention import Mention

#: « École X » for a collège whose name begins so: an école of that name would be likelier.
NAMED_SO = -3.0


def literal(mention: Mention, entry: Entry) -> bool:
    """Whether the mention is the school's name word for word, « de » and « la » apart."""
    return mention.whole == entry.whole


def agreement(mention: Mention, entry: Entry) -> float:
    """How far the type said and the school's agree; an « École magique » may be a collège named so."""
    value = evidence(mention.genre, entry.genre)
    if value <= CONFLICT and literal(mention, entry):
        return 0.0
    return NAMED_SO if value <= CONFLICT and mention.genre in entry.also else value


#: How likely a school of another type bears the same name in the same commune, unknown to the directory.
SIBLING, SIBLING_UNTOLD, SIBLING_COMMON = 0.01, 0.03, 0.15
#: The same when no type is told: of an école, seldom named without saying so; of a private school, which is
#: often one of several in one house.
SIBLING_LIKELY = 0.2
#: « Lycée X » where the directory holds a private lycée professionnel alone: the house often has both.
SIBLING_HOUSE = 0.2
#: A name under this rarity is borne by many schools (about fifteen of 45 000).
COMMON = 8.0


def sibling(cadre: Cadre, entry: Entry, name: Name, mention: Mention, *, placed: bool) -> float:
    """The odds, against a school, of one of its name that the directory does not hold and that fits more."""
    if mention.genre is Genre.UNKNOWN:
        if placed and literal(mention, entry):
            # « Pôle éducatif des Prés » is what the directory calls it too
            return 0.0
        common = not name.joined or cadre.rarity.name(name.joined) < COMMON
        if entry.genre.family == "ecole" or entry.facts.private:
            return SIBLING_LIKELY
        return SIBLING_COMMON if common else SIBLING_UNTOLD
    if entry.facts.private and mention.genre is Genre.LYCEE and entry.genre is Genre.LP:
        return SIBLING_HOUSE
    told = evidence(mention.genre, entry.genre)
    return SIBLING * math.exp(-told) if told < 0 else 0.0
