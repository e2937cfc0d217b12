"""Boxes whose signs and levels an extractor or an author has parted: put beside each other again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.rapport.boxes import LABEL, TICKED, UNTICKED, is_level, is_sign, levels_in
from accroche.rapport.lines import Line, folded

_LIST = re.compile(
    r"(?:niveaux?|degres?)(?: d'enseignement| scolaires?)?(?: concernes?| impliques?| touches?)? ?: ?"
    r"(?P<levels>.{2,140})"
)
_ALL = re.compile(r"tous(?: les niveaux)?\.?")
_NONE = re.compile(r"(?:aucun|neant)(?: niveau)?\.?")
_BETWEEN = re.compile(r"(?:[ ,;/.+&-]|\bet\b|\b(?:le|la|les|du)\b)*")
#: Fewer levels than this are a sentence, or another list.
_ENOUGH: Final = 3
_MAX_GROUP: Final = 12


def with_box_lines(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Write each level beside its sign, and say in French what was put together to do so."""
    kept: list[Line] = []
    told: set[str] = set()
    rank = 0
    while rank < len(lines):
        listed = _listed(lines[rank])
        if listed:
            kept += listed
            told.add(
                "Niveaux : ceux d’une liste (« Niveaux concernés : … ») sont lus comme cochés, les autres "
                "comme non cochés."
            )
            rank += 1
            continue
        end = rank
        while end < len(lines) and end - rank < _MAX_GROUP and _kind(lines[end]):
            end += 1
        group = lines[rank:end]
        signs = [line for line in group if _kind(line) == "sign"]
        levels = [line for line in group if _kind(line) == "level"]
        if len(levels) >= _ENOUGH and len(signs) == len(levels):
            kept += [
                replace(level, text=f"{sign.text} {level.text}")
                for sign, level in zip(signs, levels, strict=True)
            ]
            told.add(
                "Niveaux : les cases et leurs libellés sont sur des lignes séparées, lus dans le même ordre."
            )
        else:
            kept += group
        kept += lines[end : end + 1] if end == rank else ()
        rank = max(end, rank + 1)
    return kept, tuple(sorted(told))


def _kind(line: Line) -> str:
    if is_sign(line.text):
        return "sign"
    return "level" if is_level(line.text) and len(levels_in(line.text)) == 1 else ""


def _listed(line: Line) -> list[Line]:
    """The four boxes of « Niveaux concernés : collège, lycée », nothing when a line is not that."""
    found = _LIST.fullmatch(folded(line.text)) if "niv" in line.text[:12].casefold() else None
    if found is None:
        return []
    words = found["levels"]
    levels = set(Niveau) if _ALL.fullmatch(words) else set(levels_in(words))
    if not levels and not _NONE.fullmatch(words):
        return []
    if not (_ALL.fullmatch(words) or _NONE.fullmatch(words) or _BETWEEN.fullmatch(LABEL.sub(" ", words))):
        return []
    return [
        replace(
            line,
            text=f"{TICKED if level in levels else UNTICKED} {level.label}",
            blanks=line.blanks * (not n),
        )
        for n, level in enumerate(Niveau)
    ]
