"""Words that stand for each other though they are not spelt the same: slips, initials, numbers, spaces."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.cadre import Cadre, Entry
from accroche.annuaire.appariement.mots import VOCABULARY, figures
from accroche.annuaire.appariement.oreille import sound

#: How surely a word that sounds like another stands for it.
SAME_SOUND = 0.8
#: A word taken for a misspelt one, though schools are named so: « Bossuet » is not « Bouquet ».
NO_SLIP = -2.0
#: How surely a word of CUT letters stands for one that it begins.
CUT, CUT_SHORT = 3, 0.5
#: « Les 7 Mares » is « Les Sept Mares ».
NUMBERS: Final = {word: str(number) for number, word in enumerate(VOCABULARY["numbers"].split(), start=2)}


def alike_words(
    cadre: Cadre, left: list[str], missing: list[str], entry: Entry
) -> tuple[list[str], list[str], list[float]]:
    """Match words that differ by their spelling, by a space, or that are initials."""
    found: list[float] = []
    missing = list(missing)
    still: list[str] = []
    for word in left:
        if not missing:
            still.append(word)
            continue
        at, quality = _best(word, missing)
        if at is None or _a_word(cadre, word, missing[at], quality) or word in entry.commune_words:
            still.append(word)
            continue
        if quality < 0:  # initials of several words
            taken = missing[at : at - int(quality)]
            found.append(1.0)
            del missing[at : at + len(taken)]
            continue
        slip = NO_SLIP if len(word) > 3 and cadre.rarity.known(word) else 0.0  # noqa: PLR2004
        found.append(quality * cadre.rarity.word(missing[at]) + slip)
        del missing[at]
    if still and missing:
        if "".join(still) == "".join(missing):
            found.append(max(cadre.rarity.word(word) for word in missing))
            return [], [], found
        # « Lafontaine » for « La Fontaine », and the other way round
        for parted, whole in ((missing, still), (still, missing)):
            at = next((i for i, pair in enumerate(pairwise(parted)) if "".join(pair) in whole), None)
            if at is not None:
                found.append(
                    cadre.rarity.word(missing[at + 1] if parted is missing else parted[at] + parted[at + 1])
                )
                whole.remove(parted[at] + parted[at + 1])
                del parted[at : at + 2]
    return still, missing, found


def _a_word(cadre: Cadre, word: str, held: str, quality: float) -> bool:
    """Whether a short word is one of its own: « Le Val » is not « Valois » cut short, « Clé » is « Clef »."""
    begins = 0 < quality <= CUT_SHORT and len(word) == CUT and len(held) > CUT + 1
    return begins and cadre.rarity.known(word)


def _best(word: str, missing: list[str]) -> tuple[int | None, float]:
    """The word of the school a word may stand for and how surely (0 to 1); -n: initials of n words."""
    if word.isdigit():
        at = next((i for i, other in enumerate(missing) if NUMBERS.get(other) == word), None)
        return at, float(at is not None)
    best: tuple[int | None, float] = (None, 0.0)
    for at, other in enumerate(missing):
        if other.isdigit() or figures(word) != figures(other):
            # « 12e km » is not misspelt « 17e km »
            continue
        short, long = sorted((word, other), key=len)
        if len(short) > 2 and sound(word) == sound(other):  # noqa: PLR2004
            quality = SAME_SOUND
        elif len(short) <= 3:  # noqa: PLR2004 - « J. », « Ch. »
            if long.startswith(short):
                quality = 0.3 if len(short) == 1 else CUT_SHORT
            elif len(word) == 2 and at + 1 < len(missing) and word == other[0] + missing[at + 1][0]:  # noqa: PLR2004
                return at, -2.0
            else:
                continue
        else:
            near = OSA.normalized_similarity(word, other, score_cutoff=0.7)
            if near < 0.7 or (len(short) < 5 and near < 0.75):  # noqa: PLR2004
                continue
            quality = near * near
        if quality > best[1]:
            best = (at, quality)
    return best
