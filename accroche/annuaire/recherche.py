"""Finding a school from what people type: a small index in memory, made from the directory.

Every word of a school (name, former names, commune, postal code, UAI) is a key. A typed word finds the
keys it begins; when it begins none, the keys it resembles. A school has to answer to every typed word but
those that tell no school from another (« de », « d’ », « public », the « général » of a lycée), which only
bring the schools that hold them forward. Where none does, :meth:`Index.alike` gives those that answer to
most of it, to be shown as such. See docs/adr/0008 for why and for the figures.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from accroche.annuaire.appariement import mots
from accroche.annuaire.appariement.oreille import heard
from accroche.lib import uai
from accroche.lib.gardees import Gardees

#: How kings and popes are counted; one letter alone counts nobody.
_ROMAN: Final = {
    "2": "ii", "3": "iii", "4": "iv", "6": "vi", "7": "vii", "8": "viii", "9": "ix", "11": "xi",
    "12": "xii", "13": "xiii", "14": "xiv", "15": "xv", "16": "xvi", "17": "xvii", "18": "xviii",
    "19": "xix", "20": "xx", "21": "xxi", "22": "xxii", "23": "xxiii",
}  # fmt: skip
#: What the letters of a kind of school, or of first names, stand for when one looks for a school.
LETTERS: Final = {
    **_ROMAN,
    "ens": "ensemble",
    "premier": "1er",
    "erea": "etablissement regional enseignement adapte",
    "hotelier": "hotellerie",
    "jb": "jean baptiste",
    "jj": "jean jacques",
    "lp": "lycee professionnel",
    "lpa": "lycee professionnel agricole",
    "lgt": "lycee general technologique",
    "lgta": "lycee general technologique agricole",
    "legt": "lycee general technologique",
    "legta": "lycee general technologique agricole",
    "lpo": "lycee polyvalent",
    "lt": "lycee technologique",
}
#: What is said of a school and need not be in its name: directories write « Lycée Bellevue », and of a public
#: school that it is one, or not.
ASIDE: Final = mots.EMPTY | {
    *("general", "generale", "technologique", "polyvalent", "public"),
    *("ensemble", "scolaire", "rne", "uai"),
}
#: Said of a school, each leaves out those that are called the contrary, and not so.
CONTRARY: Final = {"public": "prive", "general": "professionnel", "technologique": "professionnel"}
#: A typed word may differ from a key by one letter from 4 letters on, by two from 8 on.
ONE_LETTER, TWO_LETTERS = 4, 8
#: How many keys a misspelt word may stand for: enough for a family of names, few enough to stay fast.
MAX_KEYS = 40
#: Words whose spellings are kept; then all are forgotten.
WORDS_KEPT = 2_000
#: Words that are no key, of one text: each is compared with all keys, and nobody looks for a school so.
MOST_UNKNOWN = 8
#: « legrand » is « le grand ».
_ARTICLES: Final = frozenset({"le", "la", "les", "du", "des"})
_LONG_ENOUGH: Final = 4
#: A word that more than one school in so many answers to finds none by itself.
_COMMON: Final = 8
#: What has to be answered to, of all that is told by words that lead somewhere; and of what the best answers.
_ENOUGH, _AS_GOOD = 0.5, 0.75


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
    found: list[str] = []
    for word in mots.words(text):
        found += LETTERS.get(word, word).split()
    return found


def _glued(name: str) -> list[str]:
    """The words of a name with the article before them, as some type them: « legrand »."""
    told = words(name)
    return [
        article + word
        for article, word in pairwise(told)
        if article in _ARTICLES and len(word) >= _LONG_ENOUGH
    ]


def _asked(text: str) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    """What a school has to answer to, as typed and as meant; and what only brings it forward."""
    needed = {word: tuple(words(word)) for word in mots.typed(uai.joined(text))}
    aside = [word for word, meant in needed.items() if ASIDE.issuperset(meant)]
    if len(aside) == len(needed):
        return list(needed.items()), []
    told = {word: tuple(m for m in meant if m not in ASIDE) for word, meant in needed.items()}
    # « d », « l » tell nothing even of those that hold them
    more = [m for meant in needed.values() for m in meant if m in ASIDE and len(m) > 1]
    return [(word, meant) for word, meant in told.items() if meant], list(dict.fromkeys(more))


class Index:
    """All schools by their words; built once for a state of the directory, then only read."""

    def __init__(self, schools: Iterable[School], places: Mapping[str, frozenset[int]] | None = None) -> None:
        """Read every school. ``places``: the numbers of the départements that a word names."""
        self.places = places or {}
        postings: dict[str, array[int]] = {}
        self.pks = array("q")
        self.departements = array("q")
        self.open = bytearray()
        self.sizes = array("H")
        for position, school in enumerate(schools):
            text = " ".join(
                (school.name, school.kind, school.commune, school.postal_code, *school.former_names)
            )
            keys = {*words(text), *_glued(school.name), school.uai.lower()}
            for key in keys:
                postings.setdefault(key, array("l")).append(position)
            self.pks.append(school.pk)
            self.departements.append(school.departement)
            self.open.append(school.is_open)
            self.sizes.append(min(len(words(f"{school.name} {school.commune}")), 65535))
        self._slips: Gardees[str, list[tuple[int, int]]] = Gardees(WORDS_KEPT)
        self.keys = sorted(postings)
        self.postings = [postings[key] for key in self.keys]

    def __len__(self) -> int:
        return len(self.pks)

    def find(self, text: str, *, limit: int, departements: frozenset[int] = frozenset()) -> list[int]:
        """Return the numbers of the schools that answer to every word of ``text``, best first.

        Those of ``departements`` come first, closed ones last, short names before long ones. Nothing
        typed finds nothing, nor does a text of too many unknown words.
        """
        needed, aside = _asked(text)
        unknown = sum(not self._holds(word) for _, meant in needed for word in meant)
        if not needed or unknown > MOST_UNKNOWN:
            return []
        # the rarest word first: the others only sift what it leaves
        scored = sorted((self._meant(word, meant) for word, meant in needed), key=len)
        kept = scored[0]
        for other in scored[1:]:
            kept = {row: cost + other[row] for row, cost in kept.items() if row in other}
        for word in aside:
            held, contrary = self._exactly(word), self._exactly(CONTRARY.get(word, ""))
            kept = {
                row: cost + (not _is_in(row, held))
                for row, cost in kept.items()
                if _is_in(row, held) or not _is_in(row, contrary)
            }
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

    def alike(self, text: str, *, limit: int) -> list[int]:
        """Return the numbers of the schools that answer to most of ``text``, the rarest words first.

        For when :meth:`find` finds nothing: a word may also sound like a key, be of the name of départements,
        or lead nowhere. Nothing where too little is left: a common word,
        or most words unknown.
        """
        needed, _ = _asked(text)
        unknown = sum(not self._holds(word) for _, meant in needed for word in meant)
        if not needed or unknown > MOST_UNKNOWN:
            return []
        answers = [rows for word, meant in needed if (rows := self._loosely(word, meant))]
        weights = [log(max(len(self) / len(rows), 1.1)) for rows in answers]
        rare = [rows for rows in answers if len(rows) * _COMMON <= len(self) or len(self) < _COMMON]
        if 2 * len(answers) <= len(needed) or not rare:
            return []
        gained: dict[int, float] = {}
        for row in set().union(*rare):
            gained[row] = sum(weight for rows, weight in zip(answers, weights, strict=True) if row in rows)
        least = max(_ENOUGH * sum(weights), _AS_GOOD * max(gained.values()))
        ranked = sorted(
            (row for row, gain in gained.items() if gain >= least),
            key=lambda row: (
                not self.open[row],
                -gained[row],
                self.sizes[row],
                row,
            ),
        )
        return [self.pks[row] for row in ranked[:limit]]

    def _loosely(self, word: str, meant: Sequence[str]) -> set[int]:
        """The schools of a typed word, those of the départements it names, else of what sounds like it."""
        found = set(self._meant(word, meant))
        if there := self.places.get(word):
            found.update(row for row, departement in enumerate(self.departements) if departement in there)
        if found:
            return found
        said = heard(word)
        near = (at for at, key in enumerate(self.keys) if key[0] == word[0] and heard(key) == said)
        return {row for at in near for row in self.postings[at]}

    def _exactly(self, word: str) -> array[int]:
        """The schools of a key, in their order; none when it is none."""
        at = bisect_left(self.keys, word)
        return self.postings[at] if at < len(self.keys) and self.keys[at] == word else array("l")

    def _meant(self, word: str, meant: Sequence[str]) -> dict[int, int]:
        """The schools of a typed word: of all it stands for, or which it begins (« gal » of « Galilée »)."""
        found = self._schools(meant[0])
        for other in meant[1:]:
            others = self._schools(other)
            found = {row: cost + others[row] for row, cost in found.items() if row in others}
        if tuple(meant) != (word,):
            for row, cost in self._schools(word, near=False).items():
                if cost < found.get(row, 99):
                    found[row] = cost
        return found

    def _holds(self, word: str) -> bool:
        """Whether a word is a key as it is typed."""
        return bool(self._exactly(word))

    def _schools(self, word: str, *, near: bool = True) -> dict[int, int]:
        """The schools a word leads to, with what the word costs: 0 itself, 1 its beginning, 3 and more."""
        found: dict[int, int] = {}
        for key, cost in self._keys(word, near=near):
            for row in self.postings[key]:
                if cost < found.get(row, 99):
                    found[row] = cost
        return found

    def _keys(self, word: str, *, near: bool) -> list[tuple[int, int]]:
        start = bisect_left(self.keys, word)
        found = []
        position = start
        while position < len(self.keys) and self.keys[position].startswith(word):
            found.append((position, 0 if self.keys[position] == word else 1))
            position += 1
        allowed = (len(word) >= ONE_LETTER) + (len(word) >= TWO_LETTERS)
        # of a code or a number one figure off is another
        if not near or any(cost == 0 for _, cost in found) or not allowed or word[0].isdigit():
            return found
        known = {position for position, _ in found}
        return found + [
            (position, 2 + d) for position, d in self._alike(word, allowed) if position not in known
        ]

    def _alike(self, word: str, allowed: int) -> list[tuple[int, int]]:
        """The keys that resemble a word: looked for among all of them, which takes long, and kept."""
        found = self._slips.get(word)
        if found is None:
            near = process.extract(
                word,
                self.keys,
                scorer=DamerauLevenshtein.distance,
                score_cutoff=allowed,
                limit=MAX_KEYS,
            )
            found = [(position, int(distance)) for _, distance, position in near]
            self._slips[word] = found
        return found


def _is_in(row: int, rows: array[int]) -> bool:
    at = bisect_left(rows, row)
    return at < len(rows) and rows[at] == row
