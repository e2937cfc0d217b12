"""The lines that every sheet has: headings, levels, counts, partners, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accroche.rapport.axes import announcement
from accroche.rapport.boxes import TICKED, UNKNOWN, UNTICKED, is_level
from accroche.rapport.examples import is_examples_heading
from accroche.rapport.headings import plain_heading
from accroche.rapport.labels import count_label, is_partners_heading
from accroche.rapport.lines import FOLDED_MONTHS, Line, folded
from accroche.rapport.plausible import known_academie
from accroche.rapport.sections import academie_name, is_conclusion, is_date

_DATED = re.compile(r"[^\W\d_]{3}|[0-9][/.][0-9]|[0-9]{4}-[0-9]")
_MONTH = re.compile(rf"\b(?:{'|'.join(FOLDED_MONTHS)}|annee)\b")
_WORD = re.compile(r"[^\W\d_]{3}")


def is_known(line: Line) -> bool:
    """Tell whether a line belongs to every sheet, so that its coming back says nothing."""
    return (
        line.text[0] in TICKED + UNTICKED + UNKNOWN
        or is_level(line.text)
        or bool(count_label(line.text)[0])
        or is_partners_heading(line.text)
        or is_examples_heading(line)
        or announcement(line.text) is not None
        or academie_name(line.text) is not None
        or (_DATED.search(line.text) is not None and is_date(line.text))
    )


def is_frame(line: Line, following: Sequence[Line]) -> bool:
    """Tell whether a line is a part of the frame in its known spelling; ``following`` is the one below it."""
    text = line.text
    if (name := academie_name(text)) is not None:
        return bool(known_academie(name))
    if text[0] in TICKED + UNTICKED + UNKNOWN:
        return is_level(text)
    if is_date(text):
        return _MONTH.search(folded(text)) is not None or _WORD.search(text) is None
    below = following[0].text if following else ""
    heading = bool(following) and is_date(below) and bool(plain_heading(text))
    return heading or is_known(line) or is_conclusion(line) or announcement(text, below) is not None
