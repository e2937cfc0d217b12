"""The schools of an académie, indexed by the words of their names and by their communes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.genres import Genre, genre_of, phrases
from accroche.annuaire.appariement.mots import EMPTY, fold, telling, tells, words

#: A misspelt commune resembles its name at least so much.
ALIKE = 0.78
#: How many schools France holds at least: a small directory does not make its names common.
NATIONAL = 45_000
#: How many words a commune's name has, articles apart.
LONGEST_COMMUNE = 5
#: What a wholly misspelt commune would cost.
MISSPELT = -6.0
_ARRONDISSEMENT = re.compile(r"\b(paris|lyon|marseille)\s*(?:cedex\s*)?0?([0-9]{1,2})\s*(?:e|er|eme|ieme)?\b")
_ARTICLES: Final = EMPTY | {"lez"}
#: INSEE codes of the arrondissements: first code, last code.
_BY_CODE: Final = ((75101, 75120), (69381, 69389), (13201, 13216))


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What recognition reads of a school of the directory. ``kind``: a value of ``TypePorteur``."""

    pk: int
    uai: str
    kind: str
    name: str
    commune: str
    insee: str
    departement: str
    private: bool | None = None
    former_names: tuple[str, ...] = ()
    is_open: bool = True
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a school: the words that name it, in order; those that count little; how rare it is."""

    core: tuple[str, ...]
    words: frozenset[str]
    weak: frozenset[str]
    joined: str
    former: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A school, ready to be compared."""

    facts: SchoolFacts
    genre: Genre
    names: tuple[Name, ...]
    commune: str
    commune_words: frozenset[str]


@lru_cache(maxsize=4096)
def commune_key(text: str, insee: str = "") -> str:
    """A commune as it is compared: « Paris 18e », « PARIS 18E ARRONDISSEMENT » are paris#18."""
    folded = " ".join(words(text))
    found = _ARRONDISSEMENT.search(folded)
    if found:
        return f"{found[1]}#{int(found[2])}"
    base = "".join(
        word
        for word in folded.split()
        if word not in _ARTICLES and word not in {"cedex", "arrondissement"} and not word.isdigit()
    )
    if insee.isdigit():
        for first, last in _BY_CODE:
            if first <= int(insee) <= last:
                return f"{base}#{int(insee) - first + 1}"
    return base


@lru_cache(maxsize=4096)
def _commune_words(text: str) -> frozenset[str]:
    found = words(text)
    kept = frozenset(word for word in found if word not in EMPTY and not word[0].isdigit())
    return kept - {"arrondissement"} or frozenset(found)


def entry_of(facts: SchoolFacts) -> Entry:
    """Read a school of the directory once."""
    commune_words = _commune_words(facts.commune)
    tokens = words(facts.name)
    return Entry(
        facts=facts,
        genre=genre_of(facts.kind, tokens),
        names=tuple(
            _name(text, commune_words, former=i > 0)
            for i, text in enumerate((facts.name, *facts.former_names))
        ),
        commune=commune_key(facts.commune, facts.insee),
        commune_words=commune_words,
    )


_FORMERLY = re.compile(r"\(?\bex[ -].*$", re.IGNORECASE)
_TAIL: Final = (("lycee", "des", "metiers"), ("lyc", "met"), ("lycee", "met"))


def _name(text: str, commune: frozenset[str], *, former: bool) -> Name:
    formerly = _FORMERLY.search(text)
    weak = set(words(formerly[0])) if formerly else set()
    tokens = words(text[: formerly.start()] if formerly else text)
    # « LYCEE POLYVALENT X LYCEE DES METIERS DE L HOTELLERIE »: the end is no name, unless it is alone
    for i in range(1, len(tokens) - 1):
        if any(tuple(tokens[i : i + len(tail)]) == tail for tail in _TAIL):
            before = [token for token in tokens[:i] if tells(token)]
            if before:
                weak.update(tokens[i:])
                tokens = tokens[:i]
            break
    spans = {i for start, end, _ in phrases(tokens) for i in range(start, end)}
    named = telling([token for i, token in enumerate(tokens) if i not in spans])
    core = tuple(token for token in named if token not in commune) if commune.issubset(named) else named
    weak.update(token for token in tokens if token not in core)
    return Name(core=core, words=frozenset(core), weak=frozenset(weak), joined="".join(core), former=former)


class Cadre:
    """An académie's schools, or the country's: what finds candidates, and what tells how rare a thing is."""

    def __init__(self, entries: Sequence[Entry], rarity: Rarity) -> None:
        """Index the entries by the words of their names and by commune."""
        self.entries = entries
        self.rarity = rarity
        self.postings: dict[str, list[int]] = {}
        self.joined: dict[str, list[int]] = {}
        self.communes: dict[str, list[int]] = {}
        self.cities: dict[str, list[str]] = {}
        self.words_of_communes: dict[str, list[str]] = {}
        self.families: Counter[str] = Counter()
        self.in_commune: Counter[tuple[str, str]] = Counter()
        self.places: dict[str, tuple[float, float]] = {}
        for position, entry in enumerate(entries):
            self._add(position, entry)
        self.log_size = math.log(max(len(entries), 1))
        self.vocabulary = sorted(word for word in self.postings if len(word) > 3)  # noqa: PLR2004
        self.joined_names = sorted(name for name in self.joined if len(name) > 5)  # noqa: PLR2004
        self.bases = sorted(self.cities)
        self._near: dict[str, list[str]] = {}
        self._lookups: dict[str, dict[str, float]] = {}

    def _add(self, position: int, entry: Entry) -> None:
        for word in {word for name in entry.names for word in name.words}:
            self.postings.setdefault(word, []).append(position)
        for joined in {name.joined for name in entry.names if len(name.core) > 1 or len(name.joined) > 5}:  # noqa: PLR2004
            self.joined.setdefault(joined, []).append(position)
        if entry.commune not in self.communes:
            self.communes[entry.commune] = []
            self.cities.setdefault(entry.commune.split("#")[0], []).append(entry.commune)
            for word in entry.commune_words:
                self.words_of_communes.setdefault(word, []).append(entry.commune)
        self.communes[entry.commune].append(position)
        self.families[entry.genre.family] += 1
        self.in_commune[entry.commune, entry.genre.family] += 1
        if entry.facts.place and entry.commune not in self.places:
            self.places[entry.commune] = entry.facts.place

    def near_words(self, word: str) -> list[str]:
        """Words of names that a misspelt one may stand for: one letter off, two from eight letters on."""
        found = self._near.get(word)
        if found is None:
            allowed = 1 + (len(word) > 6)  # noqa: PLR2004
            found = self._near[word] = [
                name
                for name, _, _ in process.extract(
                    word, self.vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=8
                )
            ]
        return found

    def communes_within(self, tokens: Sequence[str]) -> set[str]:
        """Communes whose name is among the words, in that order, whatever stands around."""
        kept = [token for token in tokens if token not in _ARTICLES and not token.isdigit()]
        found: set[str] = set()
        for start in range(len(kept)):
            joined = ""
            for token in kept[start : start + LONGEST_COMMUNE]:
                joined += token
                found.update(self.cities.get(joined, ()))
        return found

    def find_commune(self, text: str) -> dict[str, float]:
        """Communes a text may stand for, with what the difference costs (0: the very name)."""
        found = self._lookups.get(text)
        if found is None:
            found = self._lookups[text] = self._find_commune(text)
        return found

    def _find_commune(self, text: str) -> dict[str, float]:
        key = commune_key(text)
        base = key.split("#")[0]
        if key in self.communes:
            return {key: 0.0}
        if base in self.cities:
            return dict.fromkeys(self.cities[base], 0.0 if "#" not in key else -3.0)
        if len(base) < 3:  # noqa: PLR2004 - too short to resemble anything
            return {}
        found: dict[str, float] = {}
        for name, alike, _ in process.extract(
            base, self.bases, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=5
        ):
            for commune in self.cities[name]:
                found[commune] = MISSPELT * (1 - alike)
        said = {w for w in words(text) if w not in EMPTY and not w.isdigit() and len(w) > 2}  # noqa: PLR2004
        for word in said:
            sharing = self.words_of_communes.get(word, ())
            if len(sharing) > 12:  # noqa: PLR2004 - « saint », « ville » tell nothing
                continue
            for commune in sharing:
                held = self.entries[self.communes[commune][0]].commune_words
                whole = held <= said or said <= held
                cost = -1.5 if whole else -4.5
                found[commune] = max(found.get(commune, -99.0), cost)
        return found


class Rarity:
    """How rare words and whole names are in the country: what agreement on one is worth."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Count every word and every whole name once a school."""
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        total = 0
        for entry in entries:
            total += 1
            self._words.update({word for name in entry.names for word in name.words})
            self._names.update({name.joined for name in entry.names if name.joined})
            self._pairs.update({pair for name in entry.names for pair in pairwise(name.core)})
        self._log = math.log(max(total, NATIONAL))

    def word(self, word: str) -> float:
        """The log of how rare a word is: about 3 for « jean », 10 for a name held once."""
        return self._log - math.log(self._words[word] + 1)

    def pair(self, first: str, second: str) -> float:
        """The same of two words that follow each other: « joliot curie » is no rarer than « joliot »."""
        return self._log - math.log(self._pairs[first, second] + 1)

    def known(self, word: str) -> bool:
        """Whether a word is in the name of a school, here or elsewhere: no slip of the fingers."""
        return self._words[word] > 0

    @property
    def most(self) -> float:
        """What agreement on a name held once is worth."""
        return self._log - math.log(2)

    def name(self, joined: str) -> float:
        """The same of a whole name."""
        return self._log - math.log(self._names[joined] + 1)


def academie_key(text: str) -> str:
    """An académie as it is compared: « Académie d’Orléans-Tours », « ac-orleans-tours » are one."""
    kept = [
        w
        for w in re.findall(r"[a-z0-9]+", fold(text))
        if w not in {"academie", "ac", "de", "d", "la", "rectorat"}
    ]
    return "".join(kept)
