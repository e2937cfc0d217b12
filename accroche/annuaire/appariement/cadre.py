"""The schools of an académie, indexed by the words of their names and by their communes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.anciens import FormerName, told_before
from accroche.annuaire.appariement.communes import Town, Towns, commune_key, town_words
from accroche.annuaire.appariement.genres import Genre, evidence, genre_of, phrases
from accroche.annuaire.appariement.mots import ABSORBED, APART, LAND, fold, plain, telling, tells, words
from accroche.annuaire.appariement.oreille import heard, sound
from accroche.lib.gardees import Gardees

#: A genre so far from the one said is hardly meant.
UNLIKE = -2.5
#: How many schools France holds at least: a small directory does not make its names common.
NATIONAL = 45_000
#: How many misspelt words an académie remembers what they may stand for.
MOST_MISSPELT = 2**13


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
    former_names: tuple[FormerName, ...] = ()
    is_open: bool = True
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a school: the words that name it, in order; those that count little; how rare it is."""

    core: tuple[str, ...]
    words: frozenset[str]
    weak: frozenset[str]
    joined: str
    former: FormerName | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A school, ready to be compared.

    ``also``: what its name says beside its type, « Collège École X »; ``whole``: every word of its name but
    those that tell nothing; ``apart``: it says to be an annexe.
    """

    facts: SchoolFacts
    genre: Genre
    names: tuple[Name, ...]
    commune: str
    commune_words: frozenset[str]
    land: bool = False
    also: frozenset[Genre] = frozenset()
    whole: tuple[str, ...] = ()
    apart: bool = False


def entry_of(facts: SchoolFacts) -> Entry:
    """Read a school of the directory once."""
    commune_words = town_words(facts.commune)
    text = ABSORBED.sub("", facts.name) if "(" in facts.name else facts.name
    tokens = words(text)
    name = _name(text, tokens, commune_words)
    told = _FORMERLY.search(text)
    former = (*facts.former_names, *told_before(facts.uai))
    if told and name.core:
        former = (*former, FormerName(told[1].strip(" ()")))
    names = {name.joined: name}
    for one in former:
        also = _name(one.text, words(one.text), commune_words, former=one)
        if also.joined:
            names.setdefault(also.joined, also)
    genre = genre_of(facts.kind, tokens)
    return Entry(
        facts=facts,
        genre=genre,
        names=tuple(names.values()),
        commune=commune_key(facts.commune, facts.insee),
        commune_words=commune_words,
        land=not LAND.isdisjoint(tokens),
        whole=plain(tokens),
        apart=not APART.isdisjoint(tokens),
        also=_NONE if genre.family == "ecole" else _also(tokens),
    )


_NONE: Final[frozenset[Genre]] = frozenset()
_ECOLE: Final = frozenset({Genre.ECOLE})


def _also(tokens: list[str]) -> frozenset[Genre]:
    """École, when the name says so without its being one: « Collège L’école magique »."""
    return _ECOLE if any(genre is Genre.ECOLE for _, _, genre in phrases(tokens)) else _NONE


#: « (ex Coridon) », « EX CENTRE SUD »: a name it had; « EX GARCONS » alone is none.
_FORMERLY = re.compile(r"\(?\bex[ -](.*)$", re.IGNORECASE)
_TAIL: Final = (("lycee", "des", "metiers"), ("lycee", "metiers"), ("lyc", "met"), ("lycee", "met"))
_TAIL_STARTS: Final = frozenset(tail[0] for tail in _TAIL)


def _name(text: str, tokens: list[str], commune: frozenset[str], former: FormerName | None = None) -> Name:
    """Read a name; ``tokens``: its words."""
    formerly = _FORMERLY.search(text)
    weak: set[str] = set()
    if formerly:
        weak.update(words(formerly[0]))
        tokens = words(text[: formerly.start()])
    # « LYCEE POLYVALENT X LYCEE DES METIERS DE L HOTELLERIE »: the end is no name, unless it is alone
    for i in range(1, len(tokens) - 1):
        if tokens[i] in _TAIL_STARTS and any(tuple(tokens[i : i + len(tail)]) == tail for tail in _TAIL):
            before = [token for token in tokens[:i] if tells(token)]
            if before:
                weak.update(tokens[i:])
                tokens = tokens[:i]
            break
    spans = {i for start, end, _ in phrases(tokens) for i in range(start, end)}
    named = telling([token for i, token in enumerate(tokens) if i not in spans])
    core = tuple(token for token in named if token not in commune) if commune.issubset(named) else named
    # the « e » of « E E PU » is no letter of the school's
    weak.update(
        token for i, token in enumerate(tokens) if token not in core and (len(token) > 1 or i not in spans)
    )
    return Name(core=core, words=frozenset(core), weak=frozenset(weak), joined="".join(core), former=former)


class Cadre:
    """An académie's schools, or the country's: what finds candidates, and what tells how rare a thing is."""

    def __init__(self, entries: Sequence[Entry], rarity: Rarity) -> None:
        """Index the entries by the words of their names and by commune."""
        self.entries = entries
        self.genres = [entry.genre for entry in entries]
        self.rarity = rarity
        self.postings: dict[str, list[int]] = {}
        self.joined: dict[str, list[int]] = {}
        self.communes: dict[str, list[int]] = {}
        self.families: Counter[str] = Counter()
        self.genres_in: dict[str, Counter[Genre]] = {}
        self.in_commune: Counter[tuple[str, str]] = Counter()
        self.places: dict[str, tuple[float, float]] = {}
        self.departements: dict[str, set[str]] = {}
        #: who had a name before, by commune and name
        self.formerly: dict[tuple[str, str], list[Entry]] = {}
        self.land: set[str] = set()
        for position, entry in enumerate(entries):
            self._add(position, entry)
        self.log_size = math.log(max(len(entries), 1))
        self.vocabulary = sorted(word for word in self.postings if len(word) > 3)  # noqa: PLR2004
        self.joined_names = sorted(name for name in self.joined if len(name) > 5)  # noqa: PLR2004
        self.towns = Towns(
            Town(key, entries[rows[0]].facts.commune, entries[rows[0]].facts.insee, len(rows))
            for key, rows in self.communes.items()
        )
        self._by_length: dict[int, list[str]] = {}
        self._near: Gardees[str, list[str]] = Gardees(MOST_MISSPELT)

    def _add(self, position: int, entry: Entry) -> None:
        held: frozenset[str] = entry.names[0].words
        if len(entry.names) > 1:
            held = held.union(*(name.words for name in entry.names))
        for word in held:
            self.postings.setdefault(word, []).append(position)
        for joined in {name.joined for name in entry.names if len(name.core) > 1 or len(name.joined) > 5}:  # noqa: PLR2004
            self.joined.setdefault(joined, []).append(position)
        for former in entry.names[1:]:
            self.formerly.setdefault((entry.commune, former.joined), []).append(entry)
        if entry.commune not in self.communes:
            self.communes[entry.commune] = []
        self.communes[entry.commune].append(position)
        self.departements.setdefault(entry.commune, set()).add(entry.facts.departement)
        self.families[entry.genre.family] += 1
        self.genres_in.setdefault(entry.commune, Counter())[entry.genre] += 1
        self.in_commune[entry.commune, entry.genre.family] += 1
        if entry.land:
            self.land.add(entry.commune)
        if entry.facts.place and entry.commune not in self.places:
            self.places[entry.commune] = entry.facts.place

    def rivals(self, entry: Entry, said: Genre) -> int:
        """How many schools of a school's commune a genre may mean, itself among them."""
        return sum(
            number
            for genre, number in self.genres_in[entry.commune].items()
            if evidence(said, genre) > UNLIKE and genre.family == entry.genre.family
        )

    def big_ecoles(self, entry: Entry) -> int:
        """How many écoles a school's commune has beside its maternelles."""
        return self.in_commune[entry.commune, "ecole"] - self.genres_in[entry.commune][Genre.MATERNELLE]

    def near_words(self, word: str) -> list[str]:
        """Words of names that a misspelt one may stand for: one letter off, two from eight letters on."""
        found = self._near.get(word)
        if found is None:
            allowed = 1 + (len(word) > 6)  # noqa: PLR2004
            found = [
                name
                for name, _, _ in process.extract(
                    word,
                    self._as_long(len(word), allowed),
                    scorer=OSA.distance,
                    score_cutoff=allowed,
                    limit=8,
                )
            ]
            found += [name for name in self.by_sound.get(heard(word), ()) if name not in found]
            self._near[word] = found
        return found

    def _as_long(self, length: int, allowed: int) -> list[str]:
        """Words whose length allows them to be so near: fewer to compare, the same found."""
        found = self._by_length.get(length)
        if found is None:
            found = self._by_length[length] = [
                word for word in self.vocabulary if abs(len(word) - length) <= allowed
            ]
        return found

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Words of names by how they are heard."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.postings):
            found.setdefault(sound(word), []).append(word)
        return found


class Rarity:
    """How rare words and whole names are in the country: what agreement on one is worth."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Count every word and every whole name once a school."""
        held_words: list[str] = []
        held_names: list[str] = []
        held_pairs: list[tuple[str, str]] = []
        total = 0
        for entry in entries:
            total += 1
            words_held: set[str] = set()
            names_held: set[str] = set()
            pairs_held: set[tuple[str, str]] = set()
            for name in entry.names:
                words_held |= name.words
                if name.joined:
                    names_held.add(name.joined)
                pairs_held.update(pairwise(name.core))
            held_words += words_held
            held_names += names_held
            held_pairs += pairs_held
        self._words = Counter(held_words)
        self._names = Counter(held_names)
        self._pairs = Counter(held_pairs)
        self._log = math.log(max(total, NATIONAL))

    def word(self, word: str) -> float:
        """The log of how rare a word is: about 3 for « jean », 10 for a name held once."""
        return self._log - math.log(self._words[word] + 1)

    def pair(self, first: str, second: str) -> float:
        """The same of two words that follow each other: « joliot curie » is no rarer than « joliot »."""
        return self._log - math.log(self._pairs[first, second] + 1)

    def follows(self, first: str, second: str) -> bool:
        """Whether some school's name has one word after the other: « Pierre et Marie »."""
        return self._pairs[first, second] > 0

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
