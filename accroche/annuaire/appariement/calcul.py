"""How much speaks for a candidate: a sum of evidence in logarithms of odds, and the reasons in French.

Every comparison adds what it is worth: agreement on a rare word much, on « Jean » little; a contradiction
takes away. docs/appariement.md tells where the figures come from and what they reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.cadre import Cadre, Entry, Name
from accroche.annuaire.appariement.communes import ALIKE, MERGED, MISSPELT
from accroche.annuaire.appariement.doutes import Residue, doubt, taken
from accroche.annuaire.appariement.genres import CONFLICT, Genre
from accroche.annuaire.appariement.mention import Mention
from accroche.annuaire.appariement.mots import words
from accroche.annuaire.appariement.parente import agreement, literal, sibling
from accroche.annuaire.appariement.ressemblance import alike_words

#: What is said of a school that stands in the commune that is told, apart or with its name.
SAME, NEARLY, WITHIN = PLACED = ("même commune", "commune presque identique", "commune dans la mention")
#: What is said of one that stands in another commune than the one that is told.
AWAY = "autre commune"
#: A commune told that is another one than the school's; one within NEAR kilometres; one nobody knows.
ELSEWHERE, NEIGHBOUR, NOWHERE = -6.0, -3.2, -3.0
#: The commune told has collèges or lycées of its own: one of them was likelier renamed than this is meant.
NEIGHBOUR_OF_OTHERS = -4.6
NEAR = 12.0
#: « Collège d’Orsay, Orsay » for the collège named so.
SAID_TWICE = 0.5
#: The one of the commune told whose whole name that is, word for word: « École élémentaire publique »,
#: « Collège Montaigne » beside the « Collège privé Cours Montaigne ».
LITERAL = 1.5
#: A school that says to be an annexe, where nothing says that it is meant.
ANNEXE = -1.5
#: A word of the mention found nowhere in the school: at most so much.
UNEXPLAINED, MOST_UNEXPLAINED = -5.0, -7.0
#: A word of the school's name that the mention leaves out: its last word, the others, all of them.
NO_SURNAME, NO_WORD, NO_NAME = -1.8, -0.5, -1.8
MOST_LEFT_OUT = -3.5
#: The only collège of a commune, written « Collège »: directories miss écoles, hardly collèges.
NO_NAME_ALONE = -0.3
#: The only école but the maternelles, its finer type told: meant in all but four of 1 946 such communes.
NO_NAME_ONLY = -0.9
#: Told private and public, a postal code of another département, closed, a former name.
#: The département told: of a school whose commune is not; of a DSDEN, which is its only one.
SAME_DEPARTEMENT, MOST_DSDEN = 1.5, 8.0
WRONG_SECTOR, WRONG_DEPARTEMENT, CLOSED, FORMER = -4.0, -5.0, -2.0, -0.3
#: A lycée agricole is meant, and this one is none.
OTHER_TEACHING = -4.0
#: What a further word of the same name adds, once the rarest pair has counted.
TOGETHER = 0.5
#: A word spelt otherwise; one name where the school's has another word.
APPROXIMATE, OTHER_WORD = 0.6, -1.5
#: A word spelt otherwise, and at another place: « Gérard Philippe » is not « Philippe de Girard ».
TURNED = 3.0
#: The same when it is another school's name (« Jean » for « Hégésippe »), or another group's letter.
OTHER_NAME, OTHER_GROUP = -3.5, -4.0
#: All that is found of a name is another commune's.
OTHER_TOWN = -2.0
#: A school without a name is public more often than not.
PRIVATE_UNTOLD = -1.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its evidence: ``named``, how much the name itself speaks for it.

    ``sibling``: the odds, against it, of a school of its name and commune that the directory does not hold
    and that the mention fits better. ``left``: the words of the mention that are not its own; ``doubt``: why
    a person decides whatever the score.
    """

    position: int
    value: float
    named: float
    placed: bool
    sibling: float
    reasons: tuple[str, ...]
    left: tuple[str, ...] = ()
    doubt: str = ""


#: Communes the last words of a mention may stand for: what that costs, and those words.
Ending = dict[str, tuple[float, frozenset[str]]]


def weigh(
    cadre: Cadre, position: int, mention: Mention, said: dict[str, float] | None, ending: Ending
) -> Weighed:
    """Weigh one school of the frame. ``said``: communes told apart from the mention; None: none told."""
    entry = cadre.entries[position]
    best: Weighed | None = None
    for name in entry.names:
        weighed = _weigh(cadre, position, entry, name, mention, said, ending)
        if best is None or weighed.value > best.value:
            best = weighed
    assert best is not None  # noqa: S101 - a school has a name
    return best


def _weigh(
    cadre: Cadre,
    position: int,
    entry: Entry,
    name: Name,
    mention: Mention,
    said: dict[str, float] | None,
    ending: Ending,
) -> Weighed:
    reasons: list[str] = []
    named, left, missing = _name(cadre, name, mention, entry, reasons)
    place, placed, left = _place(cadre, entry, name, mention, said, ending, left, reasons)
    value = named + place - cadre.log_size
    value += max(sum(_unexplained(cadre, word) for word in left), MOST_UNEXPLAINED)
    if left:
        reasons.append("mots sans correspondance : " + ", ".join(left))
    if said is not None and said.get(entry.commune) == 0 and literal(mention, entry):
        value += LITERAL
    elif entry.apart and not mention.apart:
        value += ANNEXE
    value += _genre(cadre, entry, mention, placed=placed, reasons=reasons)
    value += _frame(entry, mention, named=named > 0, placed=placed, reasons=reasons)
    if name.former:
        value += FORMER
        until = name.former.until
        reasons.append(f"ancien nom, jusqu’en {until}" if until else "ancien nom")
    if not entry.facts.is_open:
        value += CLOSED
        reasons.append("fermé")
    found = Residue(
        left,
        missing,
        named=named > 0,
        elsewhere=bool(said) and not placed,
        away=not placed
        and bool(said)
        and entry.genre.family == "ecole"
        and not _of_city(entry.commune, said),
        cut=placed and said is None and _cut_short(entry.commune, ending),
    )
    why = doubt(cadre, entry, name, mention, found) or taken(cadre, entry, name, mention)
    if why:
        reasons.append(why)
    unheld = sibling(cadre, entry, name, mention, placed=placed)
    return Weighed(position, value, named, placed, unheld, tuple(reasons), tuple(left), why)


def _cut_short(commune: str, ending: Ending) -> bool:
    """Whether no more than the beginning of a commune's name is told: « Droit » for Droiturier."""
    cost, taken = ending.get(commune, (0.0, frozenset()))
    return cost < MERGED and sum(map(len, taken)) + 2 < len(commune)


def _of_city(commune: str, said: dict[str, float] | None) -> bool:
    """Whether another arrondissement of the city is told."""
    return commune.partition("#")[0] in {one.partition("#")[0] for one in said or ()}


def _frame(entry: Entry, mention: Mention, *, named: bool, placed: bool, reasons: list[str]) -> float:
    """What sector, teaching and département are worth."""
    value = 0.0
    if mention.private is not None and entry.facts.private is not None:
        if mention.private is not entry.facts.private:
            value += WRONG_SECTOR
            reasons.append("public ou privé : ne s’accorde pas")
    elif entry.facts.private and not named and entry.genre is not Genre.MFR:
        value += PRIVATE_UNTOLD
    if mention.land and not entry.land:
        value += OTHER_TEACHING
    if mention.departement:
        if mention.departement == entry.facts.departement:
            value += 0.0 if placed else MOST_DSDEN if mention.genre is Genre.DSDEN else SAME_DEPARTEMENT
        else:
            value += WRONG_DEPARTEMENT
            reasons.append("autre département")
    return value


def _name(
    cadre: Cadre, name: Name, mention: Mention, entry: Entry, reasons: list[str]
) -> tuple[float, list[str], list[str]]:
    """What the name is worth, the words of the mention without a match, and those of the name."""
    core = mention.core
    both = bool(name.words) and name.words <= mention.twice
    if entry.commune_words.issuperset(core) and not both and not name.words.issuperset(core or ("",)):
        # no name, or the commune's: « Collège de Ceyrat »; said twice, it is the name too
        if not name.words and not mention.twice.isdisjoint(core):
            reasons.append("même nom")
            return SAID_TWICE, list(core), []
        return _unnamed(cadre, entry, name, mention), list(core), []
    if mention.joined == name.joined and name.joined:
        reasons.append("même nom")
        # « V. Hugo » is rare as it is written, not as it is meant
        meant = sum(cadre.rarity.word(word) for word in name.core if len(word) > 1)
        return min(cadre.rarity.name(name.joined), meant), [], []
    left = [word for word in core if word not in name.words]
    missing = [word for word in name.core if word not in mention.words]
    alike: list[float] = []
    turned = False
    if left and missing:
        rest, lacking, alike = alike_words(cadre, left, missing, entry)
        turned = mention.genre is Genre.UNKNOWN and _turned(
            core, name.core, [*set(left) - set(rest)], [*set(missing) - set(lacking)]
        )
        left, missing = rest, lacking
    # « École Jeanne d’Arc D »: the « d » within is not the letter at the end
    last = core[-1] if len(core[-1]) == 1 else ""
    left = [word for word in left if word not in name.weak or word == last]
    same = [word for word in name.core if word in mention.words]
    if not alike and missing and not any(len(word) > 1 and not word.isdigit() for word in same):
        # « Ouangani 1 » is not « Barakani 1 »: a number alone is no name
        same = []
    if not same and not alike:
        # the mention names something, and this school's name is something else
        return (NO_NAME + NO_SURNAME if missing else 0.0), left, []
    value = min(_together(cadre, name, same) + sum(alike), cadre.rarity.most)
    if not missing:
        value = min(value, cadre.rarity.name(name.joined))
    elif not alike and all(word in cadre.towns.cities for word in same):
        # « Collège Toulouse » is hardly the « Collège International School of Toulouse » of Colomiers: the
        # commune is as rare as its schools here, however rare its name is elsewhere
        value = min(value, cadre.log_size) + OTHER_TOWN
    value -= APPROXIMATE * len(alike) + TURNED * turned
    lost = sum(NO_SURNAME if word == name.core[-1] else NO_WORD for word in missing)
    if missing:
        lost += _contradicted(cadre, left, missing)
    reasons.append(
        "même nom"
        if not missing and not alike
        else "nom presque identique"
        if not missing
        else "nom en partie"
    )
    return value + max(lost, MOST_LEFT_OUT), left, missing


def _turned(said: tuple[str, ...], held: tuple[str, ...], near: list[str], like: list[str]) -> bool:
    """Whether the one word spelt otherwise stands on the other side of a word the two share."""
    if len(near) != 1 or len(like) != 1 or min(len(near[0]), len(like[0])) < LONG_ENOUGH:
        return False
    shared = [word for word in said if word in held]
    return any(
        (said.index(near[0]) < said.index(word)) is not (held.index(like[0]) < held.index(word))
        for word in shared
    )


#: A shorter word is an initial, or a first name cut short: « Hugo Vict. ».
LONG_ENOUGH = 5


def _unnamed(cadre: Cadre, entry: Entry, name: Name, mention: Mention) -> float:
    """What a type and a commune alone are worth: much where nobody else is of that type there."""
    if entry.genre.family == "ecole":
        only = mention.genre is entry.genre in _BIG and cadre.big_ecoles(entry) == 1
        # the maternelles beside it are not meant
        beside = math.log(cadre.in_commune[entry.commune, "ecole"])
        unnamed = NO_NAME_ONLY + beside if only else NO_NAME
    else:
        unnamed = NO_NAME_ALONE if cadre.rivals(entry, mention.genre) == 1 else NO_NAME
    return unnamed if name.core or unnamed == NO_NAME_ALONE else 0.0


#: Écoles of which directories miss few.
_BIG = (Genre.ELEMENTAIRE, Genre.PRIMAIRE)


def _contradicted(cadre: Cadre, left: list[str], missing: list[str]) -> float:
    """What it costs that each has a word the other has not: « Anatole France A », « Anatole France B »."""
    if any(len(word) == 1 or word.isdigit() for word in left) and any(
        len(word) == 1 or word.isdigit() for word in missing
    ):
        return OTHER_GROUP
    if any(len(word) > 1 and cadre.rarity.known(word) for word in left):
        return OTHER_NAME
    return OTHER_WORD if left else 0.0


def _together(cadre: Cadre, name: Name, same: list[str]) -> float:
    """What words of one name are worth together: « joliot curie » is no rarer than « joliot »."""
    if not same:
        return 0.0
    worth = {word: cadre.rarity.word(word) for word in same}
    best = max(worth.values())
    pairs = [
        cadre.rarity.pair(first, second)
        for first, second in pairwise(name.core)
        if first in worth and second in worth
    ]
    return max([best, *pairs]) + TOGETHER * max(len(same) - 1 - bool(pairs), 0)


def _place(
    cadre: Cadre,
    entry: Entry,
    name: Name,
    mention: Mention,
    said: dict[str, float] | None,
    ending: Ending,
    left: list[str],
    reasons: list[str],
) -> tuple[float, bool, list[str]]:
    """What the commune is worth, whether it is known, and the words still without a match."""
    if said is not None:
        rest = [word for word in left if not _among(word, entry.commune_words)]
        return *_told(cadre, entry, mention, said, reasons), rest
    rare = cadre.log_size - math.log(len(cadre.communes[entry.commune]))
    # in the mention itself: after the name, or apart; a word of the name is its commune too when said again
    own = name.words - mention.twice
    found, cost = _spelt(entry.commune_words, left, mention.words - own)
    if found is not None:
        reasons.append(WITHIN)
        return rare + cost, True, [word for word in left if word not in found]
    for segment in mention.segments:
        costs = cadre.towns.find(segment)
        rest = [word for word in left if word not in words(segment)]
        if entry.commune in costs and len(rest) < len(left):
            reasons.append(WITHIN)
            return rare + costs[entry.commune], True, rest
        if 0.0 in costs.values() and not own.intersection(words(segment)):
            reasons.append(AWAY)
            return ELSEWHERE, False, rest
    if entry.commune in ending:
        cost, taken = ending[entry.commune]
        if not taken & own and taken.intersection(left):
            reasons.append(WITHIN)
            return rare + cost, True, [word for word in left if word not in taken]
    return 0.0, False, left


def _told(
    cadre: Cadre, entry: Entry, mention: Mention, said: dict[str, float], reasons: list[str]
) -> tuple[float, bool]:
    """What a commune told apart from the mention is worth, and whether it is the school's."""
    commune = entry.commune
    if commune in said:
        city = [commune]
        if len(said) > 1 and "#" in commune:
            city = cadre.towns.cities[commune.split("#")[0]]
        reasons.append(SAME if said[commune] == 0 else NEARLY)
        schools = sum(len(cadre.communes[one]) for one in city)
        return cadre.log_size - math.log(schools) + said[commune], True
    if not said:
        reasons.append("commune inconnue de l’annuaire")
        return NOWHERE, False
    near = _near(cadre, commune, said)
    reasons.append("commune voisine" if near else AWAY)
    if not near:
        return ELSEWHERE, False
    family = mention.genre.family
    others = family in {"college", "lycee"} and any(
        cadre.in_commune[town, family] for town, cost in said.items() if cost == 0
    )
    return NEIGHBOUR_OF_OTHERS if others else NEIGHBOUR, False


def _among(word: str, commune: frozenset[str]) -> bool:
    """Whether a word is one of a commune's, or nearly."""
    return word in commune or any(
        len(other) > 3 and OSA.normalized_similarity(word, other, score_cutoff=ALIKE) > 0  # noqa: PLR2004
        for other in commune
    )


def _spelt(
    commune: frozenset[str], left: list[str], free: frozenset[str]
) -> tuple[frozenset[str] | None, float]:
    """The words of a mention that spell a commune, and what misspelling costs; None: they do not."""
    if not commune:
        return None, 0.0
    if commune <= free:
        return commune, 0.0
    found = set(commune & free)
    cost = -0.5
    for word in commune - free:
        best = max(
            ((OSA.normalized_similarity(word, other), other) for other in left if len(other) > 3),  # noqa: PLR2004
            default=(0.0, ""),
        )
        if best[0] < ALIKE:
            return None, 0.0
        found.add(best[1])
        cost += MISSPELT * (1 - best[0])
    return frozenset(found), cost


def _near(cadre: Cadre, commune: str, said: dict[str, float]) -> bool:
    here = cadre.places.get(commune)
    if here is None:
        return False
    for other in said:
        there = cadre.places.get(other)
        if there is None:
            continue
        east = (here[1] - there[1]) * math.cos(math.radians(here[0]))
        if math.hypot(here[0] - there[0], east) * 111.2 <= NEAR:
            return True
    return False


def _unexplained(cadre: Cadre, word: str) -> float:
    if len(word) == 1 and not word.isdigit():
        return -1.0
    if word.isdigit():
        return -3.0
    return max(UNEXPLAINED, -1.0 - 0.5 * cadre.rarity.word(word))


def _genre(cadre: Cadre, entry: Entry, mention: Mention, *, placed: bool, reasons: list[str]) -> float:
    value = agreement(mention, entry)
    if mention.genre is Genre.UNKNOWN:
        return value
    if value <= CONFLICT:
        reasons.append("type différent")
        return value
    reasons.append("même type" if value == 0 else "type proche")
    family = entry.genre.family
    if placed:
        return value + math.log(len(cadre.communes[entry.commune]) / cadre.in_commune[entry.commune, family])
    return value + cadre.log_size - math.log(cadre.families[family])
