"""One line without its markup or numbering, cut where it holds several things."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.rapport.addresses import is_address
from accroche.rapport.examples import is_examples_heading
from accroche.rapport.frame import is_known
from accroche.rapport.headings import plain_heading
from accroche.rapport.labels import count_label
from accroche.rapport.lines import Line
from accroche.rapport.sections import academie_name, is_conclusion, is_date
from accroche.rapport.signs import (
    LISTED,
    sign_of,
)

_MARKUP = re.compile(r"#{1,6} +|\*\*|__")
#: A label in bold before its value, however long: « **Nombre d’actions :** 19 valorisées dans… ».
_BOLD_LABEL = re.compile(r"(?P<mark>\*\*|__)(?P<label>[^*_]{3,90})(?P=mark)(?P<colon> ?:)? *")
_NUMBERING = re.compile(
    r"(?:(?:[0-9]{1,2}\.){1,3}[0-9]{0,2}|[0-9]{1,2}|[IVX]{1,5}[.)]|[A-Z][.)])[ )-]{1,3}(?=Acad|ACAD|Vice)"
)
#: The number of a chapter, before a heading that every sheet or report has: « 3.2 Exemples d’actions… ».
_CHAPTER = re.compile(
    r"(?:(?:[0-9]{1,2}\.){1,3}[0-9]{0,2}|[0-9]{1,2}[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])[ )–-]{1,3}(?=\S)"
)
_BESIDE = re.compile(r" ?(?:[–—:(,|-]|\b(?=(?:du|le|les) [0-9])) ?")
_BETWEEN_COUNTS = re.compile(r" ?[;,|/–—-] ?(?=[A-ZÉ0-9])| {1,2}(?=Nombre |Nb )")
_LONG: Final = 150
_GLUED = re.compile(r" (?P<sign>[-–•*·]) (?=[A-ZÉÈÀÂÊÎ«])")
_GLUED_EXAMPLES = re.compile(r"(?<=[.»:)]) (?=Exemples? d['’](?:actions?|initiatives?) [^.:;]{0,60}Acad)")
_OPENS_EXAMPLES = re.compile(r"(?<=[.»:)]) (?=Exemples?(?: d['’][^.:;]{0,60})?$)")
_ENDS_EXAMPLES = re.compile(
    r"Exemples? d['’](?:actions?|initiatives?) [^.:;]{0,60}Acad[ée]mie (?:de |d['’]|du |des )[^.:;,/]{2,40}"
)
#: Lines over which the heading of the examples wraps, besides its first.
_MAX_WRAPS: Final = 2
_GLUED_HEADING = re.compile(
    r" (?=Acad[ée]mie (?:de |d['’]|du |des )[^.:;,/]{2,40}$|CONCLUSION$|Conclusion$"
    r"|Perspectives pour l['’]édition )"
)
_WORD = re.compile(r"[^\W\d_]{3}")
_MAX_HEADING: Final = 130


def undressed(line: Line, following: Sequence[Line]) -> list[Line]:
    """A line without its markup or numbering, cut where it holds several things."""
    text = line.text
    dated = any(is_date(below.text) for below in following)
    if dated and academie_name(text) is None:
        text = plain_heading(text) or text
    glued = _GLUED_EXAMPLES.search(text) or _glued_heading(text, dated=dated)
    if glued:
        after = replace(line, text=text[glued.end() :], blanks=1)
        return [*undressed(replace(line, text=text[: glued.start()]), ()), after]
    if "://" in text and all(is_address(replace(line, text=word)) for word in text.split()):
        return [
            replace(line, text=word, blanks=line.blanks * (not rank))
            for rank, word in enumerate(text.split())
        ]
    text = _without_bold_label(text)
    if len(text) <= _LONG and (second := _second_count(text)):
        return [replace(line, text=text[: second[0]]), replace(line, text=text[second[1] :], blanks=0)]
    if len(text) <= _MAX_HEADING:
        if _MARKUP.match(text) or text.endswith("**"):
            plain = _MARKUP.sub("", text).strip()
            if (plain and is_known(replace(line, text=plain))) or is_conclusion(
                replace(line, text=plain or text)
            ):
                text = plain
        text = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else _without_chapter(line, text)
        beside = _heading_and_date(text)
        if beside:
            return [replace(line, text=beside[0]), replace(line, text=beside[1], blanks=0)]
    if len(text) > _LONG and (sign := sign_of(text)[0]) in LISTED:
        cuts = [0, *(m.start("sign") for m in _GLUED.finditer(text) if m["sign"] == sign), len(text)]
        pieces = [text[a:b].strip() for a, b in itertools.pairwise(cuts)]
        return [
            replace(line, text=piece, blanks=line.blanks * (not rank)) for rank, piece in enumerate(pieces)
        ]
    return [line if text == line.text else replace(line, text=text)]


def _without_bold_label(text: str) -> str:
    bold = _BOLD_LABEL.match(text)
    if bold is None or bold.end() == len(text):
        return text
    plain = f"{bold['label'].strip()}{bold['colon'] or ''} {text[bold.end() :]}"
    return plain if count_label(plain)[0] else text


def _without_chapter(line: Line, text: str) -> str:
    chapter = _CHAPTER.match(text)
    if chapter is None:
        return text
    rest = replace(line, text=text[chapter.end() :])
    return rest.text if is_examples_heading(rest) or is_conclusion(rest) else text


def _second_count(text: str) -> tuple[int, int] | None:
    """Where the first of two counts of a line ends and the second begins, None when it has not two."""
    for cut in _BETWEEN_COUNTS.finditer(text, 1):
        first, second = (count_label(part) for part in (text[: cut.start()], text[cut.end() :]))
        if first[2] and second[2] and first[0] != second[0]:
            return cut.start(), cut.end()
    return None


def with_headings_apart(lines: Sequence[Line]) -> list[Line]:
    """Cut the headings of examples that end a paragraph and wrap: « …internes. Exemples / d’actions… »."""
    kept: list[Line] = []
    rank = 0
    while rank < len(lines):
        line = lines[rank]
        rank += 1
        start = _OPENS_EXAMPLES.search(line.text)
        whole = line.text
        for after in range(rank, min(rank + _MAX_WRAPS, len(lines))) if start else ():
            if lines[after].blanks:
                break
            whole = f"{whole} {lines[after].text}"
            found = _ENDS_EXAMPLES.fullmatch(whole, start.end()) if start else None
            if (
                found
                and start
                and (after + 1 == len(lines) or lines[after + 1].blanks or _opened(lines, after))
            ):
                kept.append(replace(line, text=whole[: start.start()]))
                line = replace(line, text=whole[start.end() :], blanks=1)
                rank = after + 1
                break
        kept.append(line)
    return kept


def _opened(lines: Sequence[Line], rank: int) -> bool:
    return bool(sign_of(lines[rank + 1].text)[0])


def _glued_heading(text: str, *, dated: bool) -> re.Match[str] | None:
    """Find a heading that ends a line, after a sentence or an address, or over dates; None without any."""
    found = _GLUED_HEADING.search(text)
    if found is None or not _WORD.search(text, 0, found.start()):
        return None
    if not dated and (
        text[found.start() - 1] not in ".»)" and "://" not in text[: found.start()].rsplit(maxsplit=1)[-1]
    ):
        return None
    heading = text[found.end() :]
    return found if not heading.startswith("Acad") or academie_name(heading) is not None else None


def _heading_and_date(text: str) -> tuple[str, str] | None:
    """Cut « Académie de Caen – 21 – 27 mars 2016 », None when a line is not that."""
    if "cad" not in text[:8].casefold():
        return None
    cut = None
    for found in _BESIDE.finditer(text):
        name, date = text[: found.start()].strip(), text[found.end() :].strip(" )")
        if date and is_date(date) and academie_name(name) is not None:
            cut = name, date
    return cut
