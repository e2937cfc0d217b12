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

from accroche.lib.texte import normalised, plain_separators, slug

#: What is read of a text; words kept of it; letters kept of a word: no word of the index is longer.
MOST_LETTERS: Final = 1000
MOST_WORDS: Final = 24
LONGEST_WORD: Final = 80
#: What may end what each mark opens.
_MARKS: Final = {'"': '"', "«": "»", "“": "”", "„": "”“"}
_RUN: Final = re.compile(r"\w+")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "NEAR"})
#: Words that tell nothing of a subject, without accents nor capitals.
EMPTY: Final = frozenset(
    """a ai au aux avec ce ces cette chez comment d dans de des du elle en est et eux il ils j je l la le les
    leur leurs m ma mais me mes moi mon n ne nos notre nous on ou par pas pour qu que quel quelle quels
    quelles qui quoi s sa se ses son sont sur t ta te tes ton tu un une vos votre vous y""".split()  # noqa: SIM905 - read as prose
)
#: What people write in several ways, folded: classes above all.
SYNONYMES: Final = (
    ("6e", "6eme", "sixieme"),
    ("5e", "5eme", "cinquieme"),
    ("4e", "4eme", "quatrieme"),
    ("3e", "3eme", "troisieme"),
    ("2de", "2nde", "seconde"),
    ("1re", "1ere", "premiere"),
    ("tle", "terminale"),
    ("eps", "sport"),
    ("parents", "familles"),
)
#: Letters from which a word loses the mark of its plural.
PLURAL_FROM: Final = 4


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


def needles(text: str) -> tuple[str, ...]:
    """What has to be found for a typed text where no index reads it: its phrases, then its words, once each.

    Without accents nor capitals, words in the singular; « Côte-d'Or » is three words. Those that tell nothing
    are left out, unless there is nothing else.
    """
    requete = parse(text)
    words = [word for mot in requete.mots for word in slug(mot).split("-") if word]
    telling = [word for word in words if len(word) > 1 and word not in EMPTY]
    found = [*map(slug, requete.phrases), *map(_singular, telling or ([] if requete.phrases else words))]
    return tuple(dict.fromkeys(filter(None, found)))


def _singular(word: str) -> str:
    return word.rstrip("sx") or word if len(word) >= PLURAL_FROM else word
