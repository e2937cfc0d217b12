"""Reading one quantity at a given place of a text: « environ 40 », « plus d’une trentaine », « N.C. »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from accroche.lib.chiffres.modele import Kind
from accroche.lib.nombres import MAX_WORDS, value_of


@dataclass(frozen=True, slots=True)
class Quantite:
    """A quantity read in a text; ``end`` is the index of the first character after it.

    ``bare`` is the word or number as written, without what qualifies it.
    """

    kind: Kind
    value: int | None
    end: int
    bare: str
    note: str = ""


_OF: Final = r"d(?:e\s+|['’]\s*)"
_QUALIFIER = re.compile(
    rf"""(?:
      (?P<more>(?:un\s+peu\s+)?plus\s+{_OF} | \+\s*{_OF} | >(?!=)\s* | au[-\s]delà\s+{_OF})
    | (?P<least>(?:au\s+moins|au\s+minimum|minimum|[aà]\s+minima)\s+ | pas\s+moins\s+{_OF} | (?:≥|>=)\s*)
    | (?P<about>(?:environ|env\.|à\s+peu\s+près|approximativement|presque|quelque)\s+
                | (?:autour|près)\s+{_OF} | [~≈]\s*)
    | (?P<exact>exactement\s+)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_KIND_OF: Final = {
    "more": Kind.MORE_THAN,
    "least": Kind.AT_LEAST,
    "about": Kind.ABOUT,
    "exact": Kind.EXACT,
}

#: A month, after a space: the number before it is a day.
MONTH: Final = (
    r"[ ](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
)
# What may not follow a number: it would be a decimal, a share, a fraction, a time, an ordinal,
# a year range or a date, which are no counts.
_A_COUNT: Final = rf"(?!\w|[ ]?%|[.,:][0-9]|[ ]?/[ ]?[0-9]|[ ]?[-–—][ ]?[0-9]|{MONTH})"
_DIGITS = re.compile(
    rf"(?:[0-9]{{1,3}}(?:[ ][0-9]{{3}}){{1,2}}(?![ ]?[0-9])|[0-9]{{1,9}}){_A_COUNT}", re.IGNORECASE
)
_RANGE = re.compile(
    r"(?:entre\s+(?P<a>[0-9]{1,9})\s+et\s+(?P<b>[0-9]{1,9})"
    rf"|(?:de\s+)?(?P<c>[0-9]{{1,9}})(?:\s+à\s+|[ ]?[-–—][ ]?)(?P<d>[0-9]{{1,9}})){_A_COUNT}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

_COLLECTIVES: Final = {
    "demi-douzaine": 6,
    "huitaine": 8,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}
_COLLECTIVE = re.compile(rf"\s*(?P<noun>{'|'.join(_COLLECTIVES)})s?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# « aucune donnée » is no zero: only what we count, or nothing, may follow « aucun ».
_NONE = re.compile(
    r"(?:néant|aucune?(?=\s*(?:$|[.,;(\n])|\s+(?:action|projet|initiative|école|établissement|collège|lycée)))(?!\w)",
    re.IGNORECASE,
)

_STATUSES: Final = (
    (
        Kind.NOT_COMMUNICATED,
        re.compile(
            r"(?:n\.[ ]?c\b\.?|nc\b|(?:nombres?[ ]|chiffres?[ ])?non[ ](?:communiqu|renseign)ée?s?\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.UNAVAILABLE,
        re.compile(
            r"(?:données?[ ])?(?:n\.[ ]?d\b\.?|nd\b|indisponibles?\b|non[ ]disponibles?\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.ALL,
        re.compile(r"(?:tous|toutes|la[ ]totalité|l['’]ensemble|100[ ]?%)(?!\w)", re.IGNORECASE),
    ),
)
_EVERY_OF = re.compile(
    r"(?:(?:(?:tous|toutes)\s+(?:les|nos)|l['’]ensemble\s+d[eu]s?|la\s+totalité\s+des|les|nos|ces)\s+)(?=[0-9])",
    re.IGNORECASE,
)


def read(text: str, at: int) -> Quantite | None:
    """Read the quantity that begins exactly at index ``at``, or return ``None``."""
    every = _EVERY_OF.match(text, at)
    start = every.end() if every else at
    ranged = _range(text, start)
    if ranged is not None:
        return ranged
    qualifier = _QUALIFIER.match(text, start)
    number = _number(text, qualifier.end() if qualifier else start)
    if number is not None:
        if qualifier is None:
            return number
        return Quantite(_KIND_OF[str(qualifier.lastgroup)], number.value, number.end, number.bare)
    for kind, pattern in _STATUSES:
        if found := pattern.match(text, at):
            return Quantite(kind, None, found.end(), found[0])
    return None


def _range(text: str, at: int) -> Quantite | None:
    found = _RANGE.match(text, at)
    if found is None:
        return None
    low, high = found["a"] or found["c"], found["b"] or found["d"]
    # « 2013-2014 » is a school year, « 40 à 30 » a slip.
    if _YEAR.fullmatch(low) or int(low) >= int(high):
        return None
    return Quantite(Kind.AT_LEAST, int(low), found.end(), found[0], note=f"entre {low} et {high}")


def _number(text: str, at: int) -> Quantite | None:
    """Read a number without qualifier: in digits, in words, or as a collective noun."""
    if found := _DIGITS.match(text, at):
        return Quantite(Kind.EXACT, int(found[0].replace(" ", "")), found.end(), found[0])
    if found := _NONE.match(text, at):
        return Quantite(Kind.EXACT, 0, found.end(), found[0])
    collective = _COLLECTIVE.match(text, at)
    if collective is not None:
        return _about(text, at, 1, collective)
    words: list[str] = []
    ends: list[int] = []
    position = at
    while len(words) < MAX_WORDS and (word := _WORD.match(text, position)):
        words.append(word[0].lower())
        ends.append(word.end())
        position = word.end()
        if text[position : position + 1] not in {" ", "-"}:
            break
        position += 1
    for count in range(len(words), 0, -1):
        value = value_of(words[:count])
        if value is None:
            continue
        collective = _COLLECTIVE.match(text, ends[count - 1])
        if collective is not None:
            return _about(text, at, value, collective)
        return Quantite(Kind.EXACT, value, ends[count - 1], text[at : ends[count - 1]])
    return None


def _about(text: str, at: int, times: int, collective: re.Match[str]) -> Quantite:
    value = times * _COLLECTIVES[collective["noun"].lower()]
    return Quantite(Kind.ABOUT, value, collective.end(), text[at : collective.end()])
