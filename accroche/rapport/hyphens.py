"""Words cut at a line end: whole again when the file writes them so elsewhere, or has cut an apostrophe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.rapport.lines import SOFT_HYPHEN, Line, folded

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_CUT = re.compile(r"(?P<start>[^\W\d_]{1,40})(?:-|" + SOFT_HYPHEN + r")")
_REST = re.compile(r"[^\W\d_A-ZÀ-Þ][^\W\d_]{0,40}")
#: What stays with the end of a word: a sign that a space parts from it, as French writes, too.
_GLUED = re.compile(r" [:;?!»](?![^ ])|[^ ]*")
#: A file in which fewer cut words are whole elsewhere only breaks lines after hyphens of its own.
_MIN: Final = 3
#: Starts of words that keep their hyphen.
_PREFIXES: Final = frozenset(
    [
        *(
            "co",
            "sous",
            "vice",
            "micro",
            "avant",
            "apres",
            "mi",
            "semi",
            "non",
            "demi",
            "ex",
            "quasi",
            "inter",
        ),
        *("grand", "au", "ci", "celui", "celle", "ceux", "rendez", "peut", "est", "a", "t", "elle", "il"),
    ]
)


#: Words that no line ends with: an apostrophe follows them.
_ELIDED: Final = frozenset([*"cdjlmnst", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
_MAX_ELIDED: Final = 6
_BEFORE_WORD = re.compile(r"[^\w]")
_APOSTROPHE = re.compile(r"[’'][^\W\d_]")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """How many words were made whole, and the lines whose words nothing settles."""

    joined: int = 0
    unsure: tuple[tuple[int, str], ...] = ()

    def told(self) -> tuple[str, ...]:
        """Say in French what was made of the hyphens at line ends."""
        if not self.joined:
            return ()
        return (f"{self.joined} mots coupés en fin de ligne sont recollés sans leur trait d’union.",)


def without_hyphens(lines: Sequence[Line]) -> tuple[list[Line], Hyphens]:
    """Make words whole that end a line with a hyphen they do not have; the next line loses their end."""
    cuts = [
        (rank, start, rest)
        for rank in range(len(lines) - 1)
        if (start := _start(lines[rank].text)) and (rest := _rest(lines[rank + 1].text))
    ]
    if not cuts:
        return list(lines), Hyphens()
    words = {folded(word) for line in lines for word in _WORD.findall(line.text)}
    verdicts = {rank: _verdict(lines[rank].text, start, rest, words) for rank, start, rest in cuts}
    whole = sum(verdict is True for verdict in verdicts.values())
    hyphenates = whole >= _MIN and whole > sum(verdict is False for verdict in verdicts.values())
    kept = list(lines)
    unsure: list[tuple[int, str]] = []
    joined = 0
    for rank, start, rest in cuts:
        verdict = verdicts[rank]
        if verdict is None and hyphenates and folded(start) not in _PREFIXES:
            unsure.append((lines[rank].number, f"{start}{rest}"))
            verdict = True
        if not verdict:
            continue
        joined += 1
        after = kept[rank + 1].text[len(rest) :]
        found = _GLUED.match(after)
        glued = found[0] if found else ""
        kept[rank] = replace(kept[rank], text=f"{kept[rank].text[:-1]}{rest}{glued}")
        kept[rank + 1] = replace(kept[rank + 1], text=after[len(glued) + 1 :])
    return _filled(kept), Hyphens(joined, tuple(unsure))


def with_apostrophes(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Put back on its line what an extractor cut before an apostrophe, where no author does: « L ⏎ ’île »."""
    kept: list[Line] = []
    joined = 0
    for line in lines:
        if kept and not line.blanks and _APOSTROPHE.match(line.text) and _ends_elided(kept[-1].text):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}{line.text}")
            joined += 1
        else:
            kept.append(line)
    if not joined:
        return kept, ()
    return kept, (f"{joined} lignes qui commencent par une apostrophe sont recollées à celle du dessus.",)


def _ends_elided(text: str) -> bool:
    return _BEFORE_WORD.split(text[-_MAX_ELIDED - 1 :])[-1].casefold() in _ELIDED


def _filled(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    blanks = 0
    for line in lines:
        text = line.text
        if text.endswith(SOFT_HYPHEN):  # an address may have a hyphen of its own there
            text = text.rstrip(SOFT_HYPHEN) + ("-" if "://" in text.rpartition(" ")[2] else "")
        if not text:
            blanks = max(blanks, line.blanks)
            continue
        kept.append(replace(line, text=text, blanks=max(blanks, line.blanks)))
        blanks = 0
    return kept


def _start(text: str) -> str:
    word = text[-60:].rpartition(" ")[2]
    if "://" in text[text.rfind(" ") + 1 :] or "www." in word:
        return ""
    found = _CUT.fullmatch(re.split(r"[-’'(«\"/]", word[:-1])[-1] + word[-1:])
    return found["start"] if found else ""


def _rest(text: str) -> str:
    found = _REST.match(text)
    return found[0] if found and text[found.end() : found.end() + 3] != "://" else ""


def _verdict(text: str, start: str, rest: str, words: set[str]) -> bool | None:
    """True when the word is whole elsewhere, False when it has its hyphen, None when neither is."""
    if text[-1] == SOFT_HYPHEN:
        return True
    joined, hyphened = folded(start + rest) in words, folded(f"{start}-{rest}") in words
    if joined is not hyphened:
        return joined
    return None
