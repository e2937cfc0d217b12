"""Boxes to tick, whatever signs they are made of: which sign says yes is learnt from the whole file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.rapport.lines import LAST_LEARNT, Line, folded

#: How a box is written once it is understood; the last one says that nobody can tell.
TICKED: Final = "\uf0fe"
UNTICKED: Final = "\uf06f"
UNKNOWN: Final = "\ufffc"
#: Signs known for a tick and for an empty box: Wingdings letters, Unicode, what keyboards have.
YES: Final = frozenset(
    [*"\uf0fe\uf052\uf054\uf0fd\uf0fc\uf078☒☑✓✔✅⊠■●◆⬛🗹🗷þýüxXR×✗✘☓", "[x]", "(x)", "[v]", "oui"]
)
NO: Final = frozenset([*"\uf06f\uf0a8\uf071\uf0a3☐□◻○◇⬜▢❏❑o¨q£-–", "[]", "()", "[_]", "non"])
#: « ✗ » beside « ✓ » says no.
_CROSSES: Final = frozenset("×✗✘☓☒xX")
_CHECKS: Final = frozenset("✓✔☑✅")
_MAX_LINE: Final = 160
_MAX_SIGN: Final = 5
_MAX_RUN: Final = 12
_LABELS: Final = (
    (Niveau.PREMIER_DEGRE, r"premier degre|1er degre|1 ?d(?:egre)?"),
    (Niveau.COLLEGE, r"colleges?"),
    (Niveau.LYCEE_PROFESSIONNEL, r"lycees? prof(?:essionnels?|\.)?|lp"),
    (Niveau.LYCEE, r"lycees?(?: generaux| general)?(?: et technologiques?)?|lgt?"),
)
LABEL: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{code.name}>{words})" for code, words in _LABELS) + r")\b"
)
_BULLETED = re.compile(r"[-*•–](?=.)")
#: How many académies a file needs before a sign that is everywhere says nothing.
_ENOUGH: Final = 3
_WHOLE: Final = 3
_PAIR: Final = 2

_MAX_LETTERS: Final = 4
_WORDS: Final = frozenset(
    {"le", "la", "les", "un", "une", "du", "de", "des", "au", "aux", "en", "et", "ou", "par", "ce"}
)

Box = tuple[Niveau, str]


@dataclass(frozen=True, slots=True)
class Run:
    """The boxes of one sheet: the ranks of their lines, and each level with its sign (empty: none)."""

    first: int
    after: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Boxes:
    """What the boxes of a file are made of; both sets empty when nothing can be told."""

    runs: tuple[Run, ...] = ()
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    assumed: str = ""
    lost: str = ""

    def told(self) -> tuple[str, ...]:
        """Say in French what was assumed, or why nothing could be."""
        return tuple(filter(None, (self.assumed, self.lost)))


def is_level(text: str) -> bool:
    """Tell whether a line is made of levels and signs alone."""
    return bool(_read(text))


def is_sign(text: str) -> bool:
    """Tell whether a line is the sign of a box and nothing else."""
    return len(text) <= _MAX_SIGN and text.strip() in YES | NO


def levels_in(text: str) -> tuple[Niveau, ...]:
    """The levels that a text names, in its order."""
    return tuple(Niveau[match.lastgroup or ""] for match in LABEL.finditer(_folded_signs(text)))


def find_boxes(lines: Sequence[Line], silent: Iterable[range] = ()) -> Boxes:
    """Find the boxes and learn which sign is a tick; ``silent`` are the ranks of sheets without data."""
    after = _signs_come_after(lines)
    runs = _runs(lines, after=after, loose=False)
    # what an OCR makes of boxes is letters; only whole sheets of them are believed
    lettered = _runs(lines, after=False, loose=True)
    if _drawn(lettered) > _drawn(runs):
        runs = lettered
    return _learnt(tuple(runs), list(silent))


def _drawn(runs: Sequence[Run]) -> int:
    return sum(len(run.boxes) > _WHOLE and all(sign for _, sign in run.boxes) for run in runs)


def _runs(lines: Sequence[Line], *, after: bool, loose: bool) -> list[Run]:
    runs: list[Run] = []
    rank = 0
    while rank < len(lines):
        end, boxes = _run(lines, rank, after=after, loose=loose)
        if 0 < len(boxes) <= _WHOLE:
            later = _run(lines, rank + 1, after=after, loose=loose)
            if len(later[1]) > len(boxes):
                rank += 1  # the line above was the end of a sentence
                end, boxes = later
        levels = {niveau for niveau, _sign in boxes}
        if len(levels) >= _WHOLE or (levels and all(_is_plain_box(sign) for _, sign in boxes)):
            runs.append(Run(rank, end, boxes))
            rank = end
        else:
            rank = max(end, rank + 1)
    return runs


def with_boxes(lines: Sequence[Line], boxes: Boxes) -> list[Line]:
    """Write each box on its line, with the sign that says yes, no, or that nobody can tell."""
    kept: list[Line] = []
    rank = 0
    for run in boxes.runs:
        kept.extend(lines[rank : run.first])
        for place, (niveau, sign) in enumerate(run.boxes):
            source = lines[min(run.first + place, run.after - 1)]
            mark = TICKED if sign in boxes.yes else UNTICKED if sign in boxes.no else UNKNOWN
            blanks = lines[run.first].blanks if not place else 0
            kept.append(replace(source, text=f"{mark} {niveau.label}", blanks=blanks))
        rank = run.after
    kept.extend(lines[rank:])
    return kept


def _is_plain_box(sign: str) -> bool:
    """Tell whether a sign is a box on its own, and neither a letter, a dash nor a bullet."""
    return sign in YES | NO and not sign[0].isalpha() and sign not in "-–●"


def _read(text: str, *, after: bool = False, loose: bool = False) -> tuple[Box, ...]:
    """Give the levels of a line with their signs; empty when it says anything else."""
    if len(text) > _MAX_LINE or text.endswith((".", ")")):
        return ()
    key = _folded_signs(text)
    found = list(LABEL.finditer(key))
    if not found:
        return ()
    pieces = [
        key[a:b]
        for a, b in zip([0, *(m.end() for m in found)], [*(m.start() for m in found), len(key)], strict=True)
    ]
    if len(found) == 1:
        signs = [_letters(pieces[0]) if loose and not pieces[1].strip() else _sign(pieces[0] + pieces[1])]
    else:
        signs = [_sign(piece) for piece in (pieces[1:] if after else pieces[:-1])]
        left = _sign(pieces[0] if after else pieces[-1])
        if left:
            return ()
    if any(sign is None for sign in signs):
        return ()
    levels = (Niveau[match.lastgroup or ""] for match in found)
    return tuple((niveau, sign or "") for niveau, sign in zip(levels, signs, strict=True))


class _Signs(dict[int, str]):
    """What ``str.translate`` folds a line to, learnt sign by sign: some boxes would fold away."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        is_letter = char.isalpha() and char not in YES | NO
        kept = ((folded(char) or char) if is_letter else char).replace("\xa0", " ")
        if code <= LAST_LEARNT:
            self[code] = kept
        return kept


_SIGNS: Final = _Signs()


def _folded_signs(text: str) -> str:
    """Fold a line, its signs kept: some would fold away."""
    return text.translate(_SIGNS).lower()


def _sign(piece: str) -> str | None:
    """Give the sign in what stands between two levels, None when it is words."""
    sign = "".join(piece.split()).strip(":;,.")
    if len(sign) > 1 and _BULLETED.match(sign):
        sign = sign[1:]
    if len(sign) > _MAX_SIGN or (len(sign) > 1 and any(c.isalnum() for c in sign) and sign not in YES | NO):
        return None
    if len(sign) == 1 and sign.isalnum() and sign not in YES | NO and sign.upper() not in YES:
        return None
    return sign.upper() if sign in {"r", "x"} else sign


def _letters(piece: str) -> str | None:
    """Give the letters that stand where a sign should, None when they are a word of a sentence."""
    letters = piece.strip()
    if not letters or len(letters) > _MAX_LETTERS or " " in letters or letters in _WORDS:
        return None
    return letters.upper() if letters in {"r", "x"} else letters


def _run(lines: Sequence[Line], rank: int, *, after: bool, loose: bool) -> tuple[int, tuple[Box, ...]]:
    """Read the boxes from a line on; a level may wrap (« Lycée », then « professionnel »)."""
    boxes: list[Box] = []
    start = rank
    while rank < len(lines) and rank - start < _MAX_RUN:
        text = lines[rank].text
        size = 1
        if rank + 1 < len(lines) and folded(lines[rank + 1].text[:20]).startswith("professionnel"):
            text, size = f"{text} {lines[rank + 1].text}", 2
        found = _read(text, after=after, loose=loose)
        if not found or {niveau for niveau, _ in found} & {niveau for niveau, _ in boxes}:
            break
        boxes.extend(found)
        rank += size
    return rank, tuple(boxes)


def _signs_come_after(lines: Sequence[Line]) -> bool:
    votes: Counter[bool] = Counter()
    for line in lines:
        if len(line.text) <= _MAX_LINE and (found := list(LABEL.finditer(key := _folded_signs(line.text)))):
            first, last = _sign(key[: found[0].start()]), _sign(key[found[-1].end() :])
            if first is not None and last is not None and bool(first) is not bool(last):
                votes[bool(last)] += 1
    return votes[True] > votes[False]


def _learnt(runs: tuple[Run, ...], silent: Sequence[range]) -> Boxes:
    signs = Counter(sign for run in runs for _, sign in run.boxes)
    if why := _why_lost(runs, signs):
        told = f"Les cases à cocher ne se lisent pas dans ce fichier : {why}. Les niveaux restent inconnus."
        return Boxes(runs, lost=told)
    yes, no = _sides(runs, signs, silent)
    if signs and not yes and len(signs) > 1:
        shown = " et ".join(f"« {_shown(sign)} »" for sign in signs)
        return Boxes(
            runs,
            lost="Les cases à cocher ne se lisent pas dans ce fichier : rien ne dit lequel des signes "
            f"{shown} est une coche. Les niveaux restent inconnus.",
        )
    return Boxes(runs, frozenset(yes), frozenset(no), _assumed(yes, no))


def _why_lost(runs: Sequence[Run], signs: Counter[str]) -> str:
    """Say why nothing can be told of one sign, or of none; empty when something can."""
    if set(signs) == {""}:
        return "leurs signes ont disparu"
    if len(signs) == 1:
        sign = next(iter(signs))
        whole = len(runs) >= _ENOUGH and all(len(run.boxes) > _WHOLE for run in runs)
        if whole or sign not in YES | NO:
            return f"toutes portent le même signe « {_shown(sign)} »"
    return ""


def _sides(runs: Sequence[Run], signs: Counter[str], silent: Sequence[range]) -> tuple[set[str], set[str]]:
    """Share the signs between those that say yes and those that say no; no one when nobody can tell."""
    yes = {sign for sign in signs if sign in YES}
    no = {sign for sign in signs if sign in NO}
    if yes & _CHECKS and yes & _CROSSES and not no:
        no = yes & _CROSSES
        yes -= no
    others = [sign for sign in signs if sign not in yes | no]
    if "" in others and yes:
        if not no & set(signs) - set("-–"):  # a box left without a tick
            no.add("")
        others.remove("")  # where empty boxes are drawn, one that is not says nothing
    if len(others) == 1 and bool(yes) is not bool(no):
        (yes if no else no).add(others[0])
    elif (uniform := _silent_sign(runs, silent)) and len(signs) == _PAIR and not (yes and no):
        no = {uniform}
        yes = set(signs) - no
    elif not no and len(signs) > 1:
        yes = set()
    elif not no:
        no = {""}
    return yes, no


def _assumed(yes: set[str], no: set[str]) -> str:
    """Say in French how the signs are read, when they are not the usual ones."""
    if not yes or (yes <= {TICKED, "\uf052"} and no <= {UNTICKED}):
        return ""
    none = "l’absence de signe"
    ticked, empty = (
        ", ".join(f"« {_shown(sign)} »" if sign else none for sign in sorted(side, reverse=True))
        for side in (yes, no)
    )
    return f"Niveaux : {ticked} est lu comme une case cochée, {empty} comme une case vide."


def _silent_sign(runs: Sequence[Run], silent: Sequence[range]) -> str:
    """The sign of every box of the sheets without data: theirs are empty."""
    signs = {sign for run in runs if any(run.first in ranks for ranks in silent) for _, sign in run.boxes}
    return next(iter(signs)) if len(signs) == 1 else ""


def _shown(sign: str) -> str:
    """A sign as a terminal can show it: those of private fonts by their code."""
    return f"U+{ord(sign):04X}" if len(sign) == 1 and "\ue000" <= sign <= "\uf8ff" else sign
