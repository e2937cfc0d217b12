"""Finding a school from what people type: a small index in memory, made from the directory.

Every word of a school (name, former names, commune, postal code, UAI) is a key. A typed word finds the
keys it begins; when it begins none, the keys it resembles. A school has to answer to every typed word.
See docs/adr/0008 for why and for the figures.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from accroche.lib.texte import normalised

#: Words that tell nothing apart, as people abbreviate them.
SAME = {
    "clg": "college",
    "coll": "college",
    "lyc": "lycee",
    "lp": "lycee professionnel",
    "lgt": "lycee",
    "st": "saint",
    "ste": "sainte",
    "elem": "elementaire",
    "mat": "maternelle",
}
_WORD = re.compile(r"[a-z0-9]+")
#: A typed word may differ from a key by one letter from 4 letters on, by two from 8 on.
ONE_LETTER, TWO_LETTERS = 4, 8
#: How many keys a misspelt word may stand for: enough for a family of names, few enough to stay fast.
MAX_KEYS = 40
#: Words that are no key, of one text: each is compared with all keys, and nobody looks for a school so.
MOST_UNKNOWN = 8


@dataclass(frozen=True, slots=True)
class School:
    """What the index reads of a school. ``departement``: its number."""

    pk: int
    uai: str
    name: str
    commune: str
    postal_code: str
    # « Lycée professionnel »: people type it, directories write LP, LPO or nothing
    kind: str
    former_names: tuple[str, ...]
    departement: int
    is_open: bool


def words(text: str) -> list[str]:
    """The words of a text as the index compares them: no accents, no capitals, no abbreviations."""
    bare = normalised(text.replace("œ", "oe").replace("Œ", "oe"), "NFKD").lower()
    found: list[str] = []
    for word in _WORD.findall("".join(letter for letter in bare if not unicodedata.combining(letter))):
        found += SAME.get(word, word).split()
    return found


class Index:
    """All schools by their words; built once for a state of the directory, then only read."""

    def __init__(self, schools: Iterable[School]) -> None:
        """Read every school."""
        postings: dict[str, array[int]] = {}
        self.pks = array("q")
        self.departements = array("q")
        self.open = bytearray()
        self.sizes = array("H")
        for position, school in enumerate(schools):
            text = " ".join(
                (school.name, school.kind, school.commune, school.postal_code, *school.former_names)
            )
            keys = {*words(text), school.uai.lower()}
            for key in keys:
                postings.setdefault(key, array("l")).append(position)
            self.pks.append(school.pk)
            self.departements.append(school.departement)
            self.open.append(school.is_open)
            self.sizes.append(min(len(words(f"{school.name} {school.commune}")), 65535))
        self.keys = sorted(postings)
        self.postings = [postings[key] for key in self.keys]

    def __len__(self) -> int:
        return len(self.pks)

    def find(self, text: str, *, limit: int, departements: frozenset[int] = frozenset()) -> list[int]:
        """Return the numbers of the schools that answer to every word of ``text``, best first.

        Those of ``departements`` come first, closed ones last, short names before long ones. Nothing
        typed finds nothing, nor does a text of too many unknown words.
        """
        typed = list(dict.fromkeys(words(text)))
        if not typed or sum(not self._holds(word) for word in typed) > MOST_UNKNOWN:
            return []
        # the rarest word first: the others only sift what it leaves
        scored = sorted((self._schools(word) for word in typed), key=len)
        kept = scored[0]
        for other in scored[1:]:
            kept = {row: cost + other[row] for row, cost in kept.items() if row in other}
        ranked = sorted(
            kept,
            key=lambda row: (
                not self.open[row],
                self.departements[row] not in departements if departements else False,
                kept[row],
                self.sizes[row],
                row,
            ),
        )
        return [self.pks[row] for row in ranked[:limit]]

    def _holds(self, word: str) -> bool:
        """Whether a word is a key as it is typed."""
        at = bisect_left(self.keys, word)
        return at < len(self.keys) and self.keys[at] == word

    def _schools(self, word: str) -> dict[int, int]:
        """The schools a word leads to, with what the word costs: 0 itself, 1 its beginning, 3 and more."""
        found: dict[int, int] = {}
        for key, cost in self._keys(word):
            for row in self.postings[key]:
                if cost < found.get(row, 99):
                    found[row] = cost
        return found

    def _keys(self, word: str) -> list[tuple[int, int]]:
        start = bisect_left(self.keys, word)
        found = []
        position = start
        while position < len(self.keys) and self.keys[position].startswith(word):
            found.append((position, 0 if self.keys[position] == word else 1))
            position += 1
        allowed = (len(word) >= ONE_LETTER) + (len(word) >= TWO_LETTERS)
        if any(cost == 0 for _, cost in found) or not allowed or word.isdigit():
            return found
        near = process.extract(
            word,
            self.keys,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=allowed,
            limit=MAX_KEYS,
        )
        known = {position for position, _ in found}
        return found + [(position, 2 + int(d)) for _, d, position in near if position not in known]
