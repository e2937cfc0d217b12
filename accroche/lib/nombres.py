"""French numbers in words: « quarante », « quatre-vingt-dix-sept », « deux mille trois cents »."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS: Final = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_HUNDRED: Final = 100
#: No French number below a million takes more words.
MAX_WORDS: Final = 13


def _below_hundred(n: int) -> str:
    if n < len(_UNITS):
        return _UNITS[n]
    tens = 60 if n >= 60 else n // 10 * 10  # noqa: PLR2004  (soixante-dix counts from sixty)
    if n >= 80:  # noqa: PLR2004  (quatre-vingt-dix counts from eighty)
        return "quatre-vingt" if n == 80 else f"quatre-vingt-{_UNITS[n - 80]}"  # noqa: PLR2004
    rest = n - tens
    if rest == 0:
        return _TENS[tens]
    return f"{_TENS[tens]} et {_UNITS[rest]}" if rest in {1, 11} else f"{_TENS[tens]} {_UNITS[rest]}"


def spelt(n: int) -> str:
    """Return a number below a thousand in words, agreements left out: « deux cent », « quatre-vingt »."""
    hundreds, rest = divmod(n, _HUNDRED)
    if hundreds == 0:
        return _below_hundred(rest)
    head = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent"
    return head if rest == 0 else f"{head} {_below_hundred(rest)}"


#: Between tens and units: « vingt-huit », but « vingt et un ».
_JOINED: Final = re.compile(rf"\b({'|'.join(_TENS.values())}) (?!et )")


def in_words(n: int, *, feminine: bool = False) -> str:
    """Return a number below a thousand in words, agreed with its noun: « vingt et une », « deux cents »."""
    words = _JOINED.sub(r"\1-", spelt(n))
    if feminine and (words == "un" or words.endswith((" un", "-un"))):
        return f"{words}e"
    # what is multiplied, and ends the number, takes an « s »
    is_many = (n % _HUNDRED == 0 and n > _HUNDRED) or n % _HUNDRED == 80  # noqa: PLR2004 - quatre-vingts
    return f"{words}s" if is_many else words


# Hyphens are optional since 1990 and often wrong; « cents » and « une » are agreements.
_VALUES: Final = {tuple(spelt(n).replace("-", " ").split()): n for n in range(1000)}
_AGREED: Final = {"une": "un", "cents": "cent", "vingts": "vingt", "zero": "zéro"}


def value_of(words: list[str]) -> int | None:
    """Return the number below a million that the lower-case words spell, or ``None``."""
    plain = [_AGREED.get(word, word) for word in words]
    if "mille" not in plain:
        return _VALUES.get(tuple(plain))
    at = plain.index("mille")
    thousands = _VALUES.get(tuple(plain[:at])) if at else 1
    rest = _VALUES.get(tuple(plain[at + 1 :])) if plain[at + 1 :] else 0
    # « zéro mille », « un mille » and « mille zéro » are no French.
    if thousands is None or rest is None or (at and thousands <= 1) or (plain[at + 1 :] and rest == 0):
        return None
    return thousands * 1000 + rest
