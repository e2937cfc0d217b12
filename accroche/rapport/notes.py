"""Notes at the foot of pages: set apart, so that they part neither sentences nor addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.lib.texte import pluriel
from accroche.rapport.addresses import is_address
from accroche.rapport.boxes import is_level
from accroche.rapport.frame import is_known
from accroche.rapport.labels import count_label
from accroche.rapport.lines import FOLDED_MONTHS, Line, folded
from accroche.rapport.problems import Problems

#: A word that bears the number of a note: « formation5 ».
_CALL: Final = re.compile(r"(?<![\w/.-])[a-zà-ÿ]{4,40}(?P<number>[0-9]{1,3})(?![\w/-])")
_NOTE: Final = re.compile(r"(?P<number>[0-9]{1,3}) (?=[^\W\d_])")
#: Lines of the longest note.
_LONGEST: Final = 4


def without_notes(lines: Sequence[Line], problems: Problems) -> tuple[list[Line], tuple[str, ...]]:
    """Leave out the notes that a word above calls by their number; each is named, and all are told."""
    kept: list[Line] = []
    called: set[str] = set()
    blanks = notes = rank = 0
    while rank < len(lines):
        line = lines[rank]
        length = _note(lines, rank, called)
        if length:
            text = " ".join(one.text for one in lines[rank : rank + length])
            problems.leave(
                line.number,
                text,
                "Cette note de bas de page n’est reprise nulle part. Ajoutez ce qui compte.",
            )
            notes += 1
            blanks = max(blanks, line.blanks)
            rank += length
            continue
        if "://" not in line.text:
            called.update(match["number"] for match in _CALL.finditer(line.text))
        kept.append(replace(line, blanks=max(blanks, line.blanks)) if blanks else line)
        blanks = 0
        rank += 1
    if not notes:
        return kept, ()
    told = pluriel(notes, "note de bas de page est mise", "notes de bas de page sont mises")
    return kept, (f"{notes} {told} à part ; leurs numéros restent collés aux mots qui les appellent.",)


def _note(lines: Sequence[Line], rank: int, called: set[str]) -> int:
    """Tell how many lines the note that begins here has, 0 when none does."""
    line = lines[rank]
    match = _NOTE.match(line.text)
    if match is None or match["number"] not in called:
        return 0
    rest = line.text[match.end() :]  # « 2 » may stand for a tick
    if count_label(line.text)[0] or is_level(rest) or folded(rest.partition(" ")[0]) in FOLDED_MONTHS:
        return 0
    end = rank + 1
    while end < len(lines) and not lines[end].blanks and not _stops(lines[end]):
        end += 1
    apart = line.blanks or (rank and is_address(lines[rank - 1]))
    return end - rank if apart and end - rank <= _LONGEST else 0


def _stops(line: Line) -> bool:
    return is_address(line) or is_known(line) or _NOTE.match(line.text) is not None
