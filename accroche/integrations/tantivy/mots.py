"""What was typed, as an index is asked it: words that tell something, how many are enough, slips forgiven."""

from __future__ import annotations

import math
from typing import Final

from accroche.integrations.tantivy.analyse import MotLu, words
from accroche.lib.requete import EMPTY, Requete

#: Letters from which one slip is forgiven, then two; fewer: none.
ONE_SLIP: Final = 4
TWO_SLIPS: Final = 8


def slips_of(plain: str) -> int:
    """How many slips a word may hold."""
    if len(plain) < ONE_SLIP or any(map(str.isdigit, plain)):
        return 0
    return 2 if len(plain) >= TWO_SLIPS else 1


def typed_words(requete: Requete) -> list[MotLu]:
    """The words that are looked for, once each: those that tell something, else all of them."""
    found = list(dict.fromkeys(word for mot in requete.mots for word in _telling_of(mot)))
    return found or [word for mot in requete.mots for word in words(mot)]


def _telling_of(mot: str) -> list[MotLu]:
    return [word._replace(place=0, start=0, end=0) for word in words(mot) if word.plain not in EMPTY]


def most_of(asked: int) -> int:
    """How many words an action should speak of: both of two, and most of more."""
    return asked if asked <= 2 else math.ceil(asked * 2 / 3)  # noqa: PLR2004 - both
