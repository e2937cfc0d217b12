"""Signs that open a line: which one starts an action and which ones a list, learnt from the whole file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.rapport.examples import MARKS
from accroche.rapport.lines import Line
from accroche.rapport.porteurs import names_organisation

#: How an action and an element of a list begin once they are understood.
ACTION: Final = MARKS[0]
BULLET: Final = "- "
#: Signs that open the elements of a list, learnt or not.
LISTED: Final = frozenset("-–—•*·▪◦‣\uf0b7\uf0a7\uf02d")
_SIGN = re.compile(
    r"(?P<sign>#{2,6}|[^\w\s«»\"“”„‘’'(\[{…/&@%€$,;:.!?)\]}]{1,2}|\?|[oOØvVqQüÜÄàÃ§Fw¾¼½²]"
    r"|[0-9]{1,2}(?:[.)]| ?[–-])|[a-zA-Z][.)]) +(?=\S)"
)
#: What authors number by its name: « Action 1 : », « Axe n° 2 – ».
_CALLED = re.compile(
    r"(?P<sign>Actions?|ACTION|Projets?|Exemples?|Initiatives?|Axes?|AXE|Objectifs?) ?(?:[nN] ?[°o] ?)?"
    r"[0-9]{1,3} ?[.:)–-]+ *(?=\S)"
)
_GLUED = re.compile(r"(?P<sign>[^\w\s«»\"“”„‘’'(\[{…/&@%€$,;:.!?)\]}#~_=+<-])(?=\S)")
_GLUED_DASH = re.compile(r"(?P<sign>[-–])(?=[^\W\d_a-z]|[«\"“])")
_DASH = re.compile(r" [–—|-] ")
_COUNTED = re.compile(r"[0-9]{1,2}")
_LETTERED: Final = 2
_END_SIGNS: Final = (".", ":", ";", "?", "!", "…")
_MAX_TITLE: Final = 300
_SURE: Final = 3
#: A sign of lists that opens the examples of so many times fewer sheets than another is a slip there.
_RARE: Final = 4
_TITLE: Final = 3


_SERIES: Final = {
    "1.": "1., 2., …",
    "1)": "1), 2), …",
    "a)": "a), b), …",
    "a.": "a., b., …",
    "A.": "A., B., …",
}


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines of one kind in a sheet: ranks from ``first`` to before ``after``."""

    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Signs:
    """What opens an action (empty: nothing does) and the elements of lists."""

    actions: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    #: the same sign opens actions and elements of lists
    shared: bool = False
    #: there are examples, and no sign opens them
    lost: bool = False
    #: signs of lists that open the examples of few sheets: a slip, or a list
    rare: frozenset[str] = frozenset()

    def told(self) -> tuple[str, ...]:
        """Say in French what was assumed, when it is not the usual arrow and hyphen."""
        found = []
        unusual = sorted(self.actions - frozenset(MARKS))
        if unusual:
            signs = ", ".join(f"« {shown(sign)} »" for sign in unusual)
            found.append(f"Actions : {signs} en début de ligne est lu comme le début d’une action.")
        if self.shared:
            found.append(
                "Le même signe ouvre les actions et les listes : une action se reconnaît à son titre et à ce "
                "qui l’entoure."
            )
        if self.lost:
            found.append(
                "Actions : aucun signe ne les ouvre ; elles se reconnaissent à la forme de leur titre."
            )
        listed = sorted(self.lists - self.actions - LISTED)
        if listed:
            signs = ", ".join(f"« {shown(sign)} »" for sign in listed)
            found.append(f"Listes : {signs} en début de ligne est lu comme une puce.")
        return tuple(found)


def shown(sign: str) -> str:
    """A sign as a terminal can show it: those of private fonts by their code."""
    if sign in _SERIES:
        return _SERIES[sign]
    return f"U+{ord(sign):04X}" if len(sign) == 1 and "\ue000" <= sign <= "\uf8ff" else sign


def sign_of(text: str) -> tuple[str, str]:
    """Give the sign that opens a line, and the rest; numbers are all « 1. ». No sign: an empty one."""
    found = _CALLED.match(text) or _SIGN.match(text) or _GLUED.match(text) or _GLUED_DASH.match(text)
    if found is None:
        if len(text) == 1 and not text.isalnum():
            return text, ""
        return "", text
    return _one_of(found["sign"]), text[found.end() :]


def _one_of(sign: str) -> str:
    """The sign that stands for all of a list: numbers are « 1. », letters « a) », names « Action »."""
    if sign[0].isdigit():
        return _COUNTED.sub("1", sign).replace(" ", "")
    if len(sign) == _LETTERED and sign[0].isalpha() and sign[1] in ".)":
        return f"{'a' if sign[0].islower() else 'A'}{sign[1]}"
    return sign


def learn_signs(lines: Sequence[Line], examples: Sequence[Zone], axes: Sequence[Zone]) -> Signs:
    """Learn from where each list must begin: the examples under their heading, the axes once announced."""
    firsts = Counter(sign_of(lines[zone.first].text)[0] for zone in examples if zone.first < zone.after)
    lists = _lists(lines, examples, axes)
    marks = {
        sign
        for zone in examples
        for rank in range(zone.first, zone.after)
        if (sign := sign_of(lines[rank].text)[0]) in MARKS
    }
    opened = {sign: count for sign, count in firsts.items() if sign}
    if marks:
        return Signs(frozenset(marks), lists - marks)
    if not opened or sum(opened.values()) * 2 < sum(firsts.values()):
        titled = _of_titles(lines, examples, lists)
        return Signs(titled, lists, lost=bool(firsts) and not titled)
    few = max(opened.values()) // _RARE
    rare = frozenset(sign for sign, count in opened.items() if sign in lists and count <= few)
    actions = frozenset(opened) - rare
    return Signs(actions, lists, shared=bool(actions & lists), rare=rare)


def _of_titles(lines: Sequence[Line], examples: Sequence[Zone], lists: frozenset[str]) -> frozenset[str]:
    """The sign that opens titles in most zones, whose first line another text took; none: empty.

    A title names an organisation after a comma; a sign of lists is none of titles.
    """
    votes: Counter[str] = Counter()
    for zone in examples:
        votes.update(
            {
                sign
                for rank in range(zone.first, zone.after)
                if (sign := sign_of(lines[rank].text)[0]) and sign not in lists
                if names_organisation(" ".join(line.text for line in lines[rank : min(rank + 2, zone.after)]))
            }
        )
    if not votes:
        return frozenset()
    sign, count = votes.most_common(1)[0]
    return frozenset({sign}) if count >= _SURE and count * 2 > len(examples) else frozenset()


def with_lettered_actions(lines: Sequence[Line], examples: Sequence[Zone]) -> tuple[list[Line], str]:
    """Write with the usual sign the actions that a letter opens, as an OCR reads a bullet; also gives it.

    The letter is learnt where the examples begin: nearly all of them begin with it.
    """
    firsts = Counter(
        word
        for zone in examples
        if (word := lines[zone.first].text.partition(" ")[0]) and len(word) == 1 and word.isalnum()
    )
    if not firsts:
        return list(lines), ""
    letter, count = firsts.most_common(1)[0]
    if count < _SURE or count * 10 < len(examples) * 7 or sign_of(f"{letter} A")[0]:
        return list(lines), ""
    kept = list(lines)
    for zone in examples:
        for rank in range(zone.first, zone.after):
            start, _, rest = lines[rank].text.partition(" ")
            if start == letter and rest and not rest[0].islower():
                kept[rank] = replace(lines[rank], text=f"{ACTION} {rest}")
    return kept, letter


def _lists(lines: Sequence[Line], examples: Sequence[Zone], axes: Sequence[Zone]) -> frozenset[str]:
    votes: Counter[str] = Counter()
    for zone in axes:
        if zone.first < zone.after:
            votes[sign_of(lines[zone.first].text)[0]] += 1
    for zone in (*examples, *axes):
        for rank in range(zone.first + 1, zone.after):
            if lines[rank - 1].text.endswith(":"):
                votes[sign_of(lines[rank].text)[0]] += 1
    del votes[""]
    return frozenset(sign for sign, count in votes.items() if count > 1 or sign in LISTED)


def actions_of(lines: Sequence[Line], zone: Zone, signs: Signs) -> tuple[list[int], list[int]]:
    """Give the ranks where actions start in a zone, and those of them or beside them that are unsure."""
    opening = sign_of(lines[zone.first].text)[0] if zone.first < zone.after else ""
    if opening in signs.rare:
        return _opened_otherwise(lines, zone, replace(signs, actions=signs.actions | {opening}))
    found = [rank for rank in range(zone.first, zone.after) if sign_of(lines[rank].text)[0] in signs.actions]
    slips = [
        rank
        for rank in range(zone.first, zone.after)
        if sign_of(lines[rank].text)[0] in signs.lists - signs.actions
        and lines[rank].blanks > 1
        and _score(lines, zone, rank, signs) > _TITLE
    ]
    if signs.actions <= frozenset(MARKS):
        return found, slips
    scores = {rank: _score(lines, zone, rank, signs) for rank in found}
    if not signs.shared:
        return found, sorted([*slips, *(rank for rank in found if scores[rank] <= 1)])
    return [r for r in found if scores[r] > 0], [r for r in found if abs(scores[r] - 0.5) < _SURE / 2]


def _opened_otherwise(lines: Sequence[Line], zone: Zone, signs: Signs) -> tuple[list[int], list[int]]:
    """Actions where the sign of lists opens the first one, as in few sheets: what has the form of a title."""
    found = [rank for rank in range(zone.first, zone.after) if _is_sign(lines[rank], signs)]
    slips = [rank for rank in found if sign_of(lines[rank].text)[0] in signs.rare]
    titles = {rank for rank in slips if _score(lines, zone, rank, signs) >= _TITLE}
    return [rank for rank in found if rank not in slips or rank in titles], sorted(titles)


def _score(lines: Sequence[Line], zone: Zone, rank: int, signs: Signs) -> int:
    """How much the element of a list that starts here looks like the title of an action."""
    end = rank + 1
    while end < zone.after and not lines[end].blanks and not _is_sign(lines[end], signs) and end - rank < 4:  # noqa: PLR2004
        end += 1
    text = " ".join([sign_of(lines[rank].text)[1], *(line.text for line in lines[rank + 1 : end])])
    score = 0
    if rank == zone.first:
        score += 3
    elif lines[rank - 1].text.endswith(":"):
        score -= 3
    elif "://" in lines[rank - 1].text or lines[rank].blanks > 1:
        score += 2
    if names_organisation(text[:_MAX_TITLE]):
        score += 2
    if text.endswith(_END_SIGNS):
        score -= 2
    if end < zone.after:
        score += -2 if _is_sign(lines[end], signs) else 1
    return score


def _is_sign(line: Line, signs: Signs) -> bool:
    return sign_of(line.text)[0] in signs.actions


def with_commas(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Part titles of actions by commas where the file parts them by dashes: « Titre – Lycée – Vesoul »."""
    titles = [rank for rank, line in enumerate(lines) if line.text.startswith(ACTION)]
    dashed = [rank for rank in titles if names_organisation(_DASH.sub(", ", lines[rank].text))]
    plain = [rank for rank in titles if names_organisation(lines[rank].text, commas=True)]
    if len(dashed) < _SURE or len(plain) * 4 > len(dashed):
        return list(lines), ()
    kept = list(lines)
    for rank in titles:
        kept[rank] = replace(lines[rank], text=_DASH.sub(", ", lines[rank].text))
    return kept, ("Titres : un tiret y sépare l’action, qui la porte et le lieu, comme une virgule.",)


def with_signs(
    lines: Sequence[Line], signs: Signs, actions: frozenset[int], zones: Sequence[Zone]
) -> Iterator[Line]:
    """Write actions and lists with the usual signs; outside ``zones`` only a bullet opens a list."""
    inside = {rank for zone in zones for rank in range(zone.first, zone.after)}
    for rank, line in enumerate(lines):
        sign, rest = sign_of(line.text)
        if rank in actions:
            yield replace(
                line, text=f"{ACTION} {rest if sign in signs.actions | signs.rare else line.text}".rstrip()
            )
        elif sign and rest and sign in signs.lists and (rank in inside or sign in LISTED):
            yield replace(line, text=f"{BULLET}{rest}")
        else:
            yield line
