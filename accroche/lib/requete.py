"""What people type into a search box, read as words and phrases; it never fails, whatever they type.

No language of queries is offered, so none can be got wrong: signs are spaces, « AND » and « OR » are nothing,
a quotation mark without its other half is no mark. What stands between « guillemets » or "quotation marks" is
one phrase, to be found as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from accroche.lib.texte import normalised, plain_separators

#: What is read of a text; words kept of it; letters kept of a word: no word of the index is longer.
MOST_LETTERS: Final = 1000
MOST_WORDS: Final = 24
LONGEST_WORD: Final = 80
#: What may end what each mark opens.
_MARKS: Final = {'"': '"', "«": "»", "“": "”", "„": "”“"}
_RUN: Final = re.compile(r"\w+")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "NEAR"})


@dataclass(frozen=True, slots=True)
class Requete:
    """Words in order, and phrases. ``is_going_on``: the last word may not be whole, as one types."""

    mots: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    is_going_on: bool = False

    def __bool__(self) -> bool:
        return bool(self.mots or self.phrases)


def parse(text: str) -> Requete:
    """Read what was typed; words are as typed, not folded nor stemmed."""
    bare_text = normalised(plain_separators(text[:MOST_LETTERS]))
    phrases: list[str] = []
    rest = ""
    for part, is_marked in _parts(bare_text):
        inside = " ".join(_words(part))
        if is_marked and len(_RUN.findall(inside)) > 1:
            phrases.append(inside)
            rest += " "
        else:  # one word between marks is found in all its forms, as if there were none
            rest += f" {inside} " if is_marked else part
    mots = _words(rest)
    ends = bool(rest) and rest[-1].isalnum()
    return Requete(tuple(mots), tuple(phrases[:MOST_WORDS]), bool(mots) and ends)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut where marks open and close, and whether each part stands between two."""
    start = 0
    closing = dict(_MARKS)
    for at, char in enumerate(text):
        if at < start or char not in closing:
            continue
        ends = [end for mark in closing[char] if (end := text.find(mark, at + 1)) > 0]
        if not ends:
            del closing[char]  # nor does any after it
            continue
        yield text[start:at], False
        yield text[at + 1 : min(ends)], True
        start = min(ends) + 1
    yield text[start:], False


def bare(mot: str) -> str:
    """A typed word without the signs around it."""
    kept = [at for at, char in enumerate(mot) if char.isalnum()]
    return mot[kept[0] : kept[-1] + 1] if kept else ""


def _words(text: str) -> list[str]:
    """The words of a text: any run without spaces that holds a letter or a figure."""
    found = (piece for piece in text.split() if piece not in _OPERATORS and any(map(str.isalnum, piece)))
    return [piece[:LONGEST_WORD] for piece in found][:MOST_WORDS]
