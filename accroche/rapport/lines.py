"""Numbered lines of a report, cleaned of what is not text: controls, page headers, blanks."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from accroche.lib.dates import MONTHS
from accroche.lib.texte import accentuees, normalised, plain_separators, typographie
from accroche.rapport.columns import Row, has_columns, in_one_column
from accroche.rapport.problems import Problems, ReadingError

#: A longer line is no line of a report (a URL of 2 000 characters still passes).
MAX_LINE = 20_000
#: Lines with text beyond which the file is of another nature: the 2015-2016 report has 2 300.
MAX_LINES = 200_000
#: A page header is short.
MAX_HEADER = 130

# Zero-width characters and bidirectional overrides hide or reorder text; controls only separate.
_INVISIBLE: dict[int, str] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_INVISIBLE |= dict.fromkeys(
    [
        0x00AD,
        0x061C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
    ],
    "",
)
#: A hyphen that is only one at a line end: kept there for who makes words whole, dropped elsewhere.
SOFT_HYPHEN: Final = "\u00ad"
_CUT_WORD = re.compile(r"[^\W\d_][\u00ad\u00ac\u2010]")
_LIGATURES: Final = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_INVISIBLE |= _LIGATURES
_INVISIBLE |= {0x1D48: "d", 0x1D49: "e", 0x02B3: "r", 0x02E2: "s"}  # « 1ᵉʳ », « 2ᵈᵉ »
# Hyphens that only differ in how a line may end; « ‐ » ends one as a cut word does.
_INVISIBLE |= dict.fromkeys((0x2010, 0x2011, 0xFE63, 0xFF0D), "-")
_BLANK: Final = " \t\r\n\f\u00a0"
_SURROGATES = re.compile("[\ud800-\udfff]")
_HEADER_END = re.compile(r"\(?(?:[ÉEé]dition )?[0-9]{4} ?[-–] ?[0-9]{4}\)? ?[0-9]{0,3}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text: its number from 1, the blank lines just above, its page.

    ``page`` counts form feeds; it is 0 throughout when the text has none.
    """

    number: int
    text: str
    blanks: int = 0
    page: int = 0


#: The last sign that tables learn by heart: a file of every sign there is would fill the memory.
LAST_LEARNT: Final = 0xFFFF


class _Letters(dict[int, str | None]):
    """What ``str.translate`` keeps of a decomposed text, learnt sign by sign: all but the accents."""

    def __missing__(self, code: int) -> str | None:
        kept = None if unicodedata.combining(chr(code)) else chr(code)
        if code <= LAST_LEARNT:
            self[code] = kept
        return kept


_LETTERS: Final = _Letters()
#: Characters of a line that is remembered folded: hostile ones would fill the memory.
_SHORT: Final = 200


def folded(text: str) -> str:
    """Give ``text`` folded for recognition: no accents or case, straight ’, single spaces.

    For what a line is; where something stands in a sentence is asked of ``phrases.flat``.
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        text = normalised(text.replace("’", "'"), "NFKD").translate(_LETTERS)
    return " ".join(text.casefold().split())


# Each rule folds the line it looks at: some thirty times in one reading.
_remembered = lru_cache(8192)(_folded)

#: The months as folded lines name them.
FOLDED_MONTHS: Final = tuple(map(folded, MONTHS))


def fact(text: str) -> str:
    """Give a fact as it is kept: typographic apostrophes, accented capitals, single spaces."""
    return accentuees(" ".join(typographie(text).split()))


def is_header(text: str) -> bool:
    """Tell whether a line is the running header of the report."""
    if len(text) > MAX_HEADER or "ynth" not in text:
        return False
    key = folded(text)
    return key.startswith("semaine de la perseverance scolaire") and "synthese nationale" in key


def split_lines(text: str, problems: Problems) -> Iterator[Line]:
    """Yield the lines that carry text, in one pass; overlong ones are reported and left out.

    Raise :class:`ReadingError` past :data:`MAX_LINES` of them.
    """
    page = given = 0
    blanks = 0
    header = False
    valid = _SURROGATES.sub("\ufffd", text)
    rows: Iterable[Row] = enumerate(io.StringIO(valid, newline=None), start=1)
    for number, raw in in_one_column(rows, problems.columns) if has_columns(valid) else rows:
        if raw == "\n":
            blanks += 1
            continue
        pages = raw.count("\f")
        if len(raw) > MAX_LINE:
            page += pages
            blanks += 1
            problems.note(
                number,
                raw,
                f"Cette ligne de {len(raw)} caractères n’est pas une ligne de rapport : elle n’est pas "
                "lue. Rétablissez les retours à la ligne.",
            )
            continue
        start = raw.lstrip(" \t")
        if start.startswith("\f"):
            page += pages
            pages = 0
        cleaned = " ".join(normalised(plain_separators(raw).translate(_INVISIBLE)).split())
        if cleaned and _CUT_WORD.fullmatch(raw.rstrip(_BLANK)[-2:]):
            cleaned = f"{cleaned.rstrip('¬-')}{SOFT_HYPHEN}"
        if not cleaned or is_header(cleaned):
            header = header or bool(cleaned)
            blanks += 1
        elif header and (_PAGE_NUMBER.fullmatch(cleaned) or _HEADER_END.fullmatch(cleaned)):
            header = False
            blanks += 1
        else:
            given += 1
            if given > MAX_LINES:
                raise ReadingError(
                    f"Ce texte a plus de {MAX_LINES} lignes : ce n’est pas une synthèse nationale. Vérifiez "
                    "le fichier choisi."
                )
            yield Line(number, cleaned, blanks, page)
            blanks = 0
            header = False
        page += pages
