"""Communes of an académie, found from what people write: shortened, misspelt, merged since."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.mots import EMPTY, VOCABULARY, words
from accroche.annuaire.appariement.oreille import heard, sound
from accroche.lib.gardees import Gardees

#: A misspelt commune resembles its name at least so much.
ALIKE = 0.78
#: How many words a commune's name has, articles apart.
LONGEST_COMMUNE = 5
#: What a wholly misspelt commune would cost; one merged since; one heard alike; one shortened, before its
#: share of the schools of all that may be so shortened.
MISSPELT, MERGED, HEARD, SHORTENED = -6.0, -0.3, -0.7, -0.4
#: What shortened names cost at most: further, another commune is meant.
LEAST_SHARE = -4.0
#: A first word is cut to so many letters at least.
SHORTEST = 3
#: How many communes' names are kept read: France has 35 000.
MOST_KEPT = 2**16
#: How many texts an académie's communes are remembered for; each frame of the engine has its own.
MOST_LOOKED_FOR = 2**13
#: A word that begins more communes than this tells none.
COMMON = 12

_ARRONDISSEMENT = re.compile(
    r"\b(paris|lyon|marseille)\s*(?:cedex\s*)?(?:0?([0-9]{1,2})\s*(?:e|er|eme|ieme)?|([ivx]{1,5})e)\b"
)
_POSTED = re.compile(
    r"\b(?:(paris|lyon|marseille) (?:75|69|13)[01]([0-9]{2})"
    r"|(?:75|69|13)[01]([0-9]{2}) (paris|lyon|marseille))\b"
)
_ROMAN: Final = {
    roman: number
    for number, roman in enumerate(
        (
            *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
            *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
        ),
        start=1,
    )
}
#: Words of a commune's name that nobody minds.
ARTICLES: Final = EMPTY | {"lez"}
#: INSEE codes of the arrondissements: first code, last code.
_BY_CODE: Final = ((75101, 75120), (69381, 69389), (13201, 13216))


def key_of(text: str, insee: str = "") -> str:
    """A commune as it is compared: « Paris 18e », « PARIS 18E ARRONDISSEMENT » are paris#18."""
    folded = " ".join(words(text))
    posted = _POSTED.search(folded)
    if posted:
        folded = f"{posted[1] or posted[4]} {posted[2] or posted[3]}"
    found = _ARRONDISSEMENT.search(folded)
    number = int(found[2]) if found and found[2] else _ROMAN.get(found[3]) if found else None
    if found and number:
        return f"{found[1]}#{number}"
    base = "".join(
        word
        for word in folded.split()
        if word not in ARTICLES and word not in {"cedex", "arrondissement"} and not word.isdigit()
    )
    if insee.isdigit():
        for first, last in _BY_CODE:
            if first <= int(insee) <= last:
                return f"{base}#{int(insee) - first + 1}"
    return base


#: The same, kept: communes are asked for school by school. What strangers wrote is not worth it.
commune_key = lru_cache(maxsize=MOST_KEPT)(key_of)


@lru_cache(maxsize=MOST_KEPT)
def town_words(text: str) -> frozenset[str]:
    """Return the words of a commune's name, articles apart."""
    found = words(text)
    kept = frozenset(word for word in found if word not in EMPTY and not word[0].isdigit())
    return kept - {"arrondissement"} or frozenset(found)


@cache
def former_communes() -> dict[str, list[str]]:
    """The INSEE codes of today's communes by the key of one merged into them since 1970.

    From INSEE's code officiel géographique, as @etalab/decoupage-administratif publishes it.
    """
    found: dict[str, list[str]] = {}
    with Path(__file__).with_name("communes_anciennes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(commune_key(row["nom"]), []).append(row["insee"])
    return found


@dataclass(frozen=True, slots=True)
class Town:
    """A commune with schools: its key, its name, its INSEE code, how many schools it has."""

    key: str
    name: str
    insee: str
    schools: int


def _kept(text: str) -> tuple[str, ...]:
    """The words of a commune's name in order, articles and numbers apart."""
    found = words(text)
    return tuple(
        w for w in found if w not in ARTICLES and w not in {"cedex", "arrondissement"} and not w.isdigit()
    )


class Towns:
    """Finds the communes a text may stand for."""

    def __init__(self, towns: Iterable[Town]) -> None:
        """Index communes by their whole name, by its words and by its first letters."""
        self.cities: dict[str, list[str]] = {}
        self.words_of: dict[str, list[str]] = {}
        self._town: dict[str, Town] = {}
        #: one commune has two keys where a part of the directory holds a name that it had before
        self._by_insee: dict[str, list[str]] = {}
        self._by_start: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for town in towns:
            self._town[town.key] = town
            if town.insee:
                self._by_insee.setdefault(town.insee, []).append(town.key)
            self.cities.setdefault(town.key.split("#")[0], []).append(town.key)
            for word in town_words(town.name):
                self.words_of.setdefault(word, []).append(town.key)
            kept = _kept(town.name)
            if kept:
                self._by_start.setdefault(kept[0][:SHORTEST], []).append((kept, town.key))
        self._bases = sorted(self.cities)
        self._lengths: dict[int, list[str]] = {}
        for name in self._bases:
            self._lengths.setdefault(len(name), []).append(name)
        self._by_length: dict[int, list[str]] = {}
        self._heard: dict[str, list[str]] = {}
        self._lookups: Gardees[str, dict[str, float]] = Gardees(MOST_LOOKED_FOR)

    def within(self, tokens: Sequence[str]) -> set[str]:
        """Communes whose name is among the words, in that order, whatever stands around."""
        kept = [token for token in tokens if token not in ARTICLES and not token.isdigit()]
        found: set[str] = set()
        for start in range(len(kept)):
            joined = ""
            for token in kept[start : start + LONGEST_COMMUNE]:
                joined += token
                found.update(self.cities.get(joined, ()))
        return found

    def find(self, text: str) -> dict[str, float]:
        """Communes a text may stand for, with what the difference costs (0: the very name)."""
        found = self._lookups.get(text)
        if found is None:
            found = self._lookups[text] = self._find(text)
        return found

    def _find(self, text: str) -> dict[str, float]:
        key = key_of(text)
        if key not in self._town:
            key = key_of(VOCABULARY["communes"].get(key, key))
        base = key.split("#")[0]
        if key in self._town:
            # a directory may hold a commune and the one it was merged into
            return {**self._merged(key), **dict.fromkeys(self._same(key), 0.0)}
        if base in self.cities:
            return dict.fromkeys(self.cities[base], 0.0 if "#" not in key else -3.0)
        merged = self._merged(key)
        if merged:
            return merged
        if len(base) < SHORTEST:
            return {}
        found = self._misspelt(base)
        for commune, cost in (*self._sharing(text), *self._shortened(_kept(text))):
            found[commune] = max(found.get(commune, -99.0), cost)
        return found

    def _merged(self, key: str) -> dict[str, float]:
        codes = former_communes().get(key, ())
        return dict.fromkeys((key for code in codes for key in self._by_insee.get(code, ())), MERGED)

    def _same(self, key: str) -> list[str]:
        """A commune under all the names the directory has for it: « Cadillac », « Cadillac-sur-Garonne »."""
        return self._by_insee.get(self._town[key].insee, [key])

    def _as_long(self, length: int) -> list[str]:
        """Names whose length allows them to be alike: fewer to compare, the same found."""
        found = self._by_length.get(length)
        if found is None:
            fit = range(math.ceil(ALIKE * length), math.floor(length / ALIKE) + 1)
            found = self._by_length[length] = [name for near in fit for name in self._lengths.get(near, ())]
        return found

    def _misspelt(self, base: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for name, alike, _ in process.extract(
            base, self._as_long(len(base)), scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=5
        ):
            for commune in self.cities[name]:
                found[commune] = MISSPELT * (1 - alike)
        if not self._heard:
            # whole, or another thread keeps what a part of it gave
            by_sound: dict[str, list[str]] = {}
            for one in self._bases:
                by_sound.setdefault(sound(one), []).append(one)
            self._heard = by_sound
        for name in self._heard.get(heard(base), ()):
            for commune in self.cities[name]:
                found[commune] = max(found.get(commune, -99.0), HEARD)
        return found

    def _sharing(self, text: str) -> Iterable[tuple[str, float]]:
        """Communes that have a rare word of the text."""
        said = {w for w in words(text) if w not in EMPTY and not w.isdigit() and len(w) > 2}  # noqa: PLR2004
        for word in said:
            sharing = self.words_of.get(word, ())
            if len(sharing) > COMMON:  # « saint », « ville » tell nothing
                continue
            for commune in sharing:
                held = town_words(self._town[commune].name)
                yield commune, -1.5 if held <= said or said <= held else -4.5

    def _shortened(self, said: tuple[str, ...]) -> Iterable[tuple[str, float]]:
        """« Perp. », « Chalon s/ S. », « Nogent »: each word begins one of the name, the first ones left in.

        The more schools a commune has among those that may be so shortened, the surer it is meant.
        """
        if not said or len(said[0]) < SHORTEST or (said[0] in {"saint", "sainte"} and len(said) == 1):
            return
        fits = [
            key
            for name, key in self._by_start.get(said[0][:SHORTEST], ())
            if len(said) <= len(name)
            and all(long.startswith(short) for short, long in zip(said, name, strict=False))
        ]
        total = sum(self._town[key].schools for key in fits)
        for key in fits:
            share = math.log(self._town[key].schools / total)
            if share > LEAST_SHARE:
                yield key, SHORTENED + share
