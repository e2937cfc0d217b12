"""The communes of the directory: found from what people type, and the nearest to a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from accroche.annuaire.recherche import words
from accroche.catalogue.criteres import Point

_ARRONDISSEMENT: Final = re.compile(r" [0-9]{1,2} ?(?:er|e|eme|ème)?(?: arrondissement)?$", re.IGNORECASE)
_CODE: Final = re.compile(r"\(([0-9AB]{2,3})\)$")
_POSTAL: Final = re.compile(r"\b[0-9]{5}\b")
#: From how many letters a name may be mistyped, and by how much.
MENDED_FROM: Final = 4


@dataclass(frozen=True, slots=True)
class Localite:
    """A commune where schools are: its INSEE code, and the middle of its schools, WGS 84 degrees.

    Paris, Lyon and Marseille are one each, whatever their arrondissements.
    """

    name: str
    departement: str
    insee: str
    lat: float
    lon: float

    @property
    def label(self) -> str:
        """Its name, which its département tells from others."""
        return f"{self.name} ({self.departement})"

    @property
    def point(self) -> Point:
        """Where it is, as a search keeps it."""
        return Point(self.lat, self.lon, self.label)


class Communes:
    """All communes by their names; made once for a state of the directory, then only read."""

    def __init__(self, rows: Iterable[tuple[str, str, str, float, float]]) -> None:
        """Read the schools: name of the commune, département, INSEE code, position."""
        groups: dict[tuple[str, str], list[tuple[str, str, float, float]]] = {}
        for name, departement, insee, lat, lon in rows:
            whole = _ARRONDISSEMENT.sub("", " ".join(name.split())) or name
            groups.setdefault((key_of(whole), departement), []).append((whole, insee, lat, lon))
        found = [
            (key, _localite(departement, schools))
            for (key, departement), schools in groups.items()
            if key  # a name without a letter is nobody's
        ]
        found.sort(key=lambda pair: (pair[0], pair[1].departement))
        self._keys = [key for key, _ in found]
        self._all = [localite for _, localite in found]

    def __len__(self) -> int:
        return len(self._all)

    def named(self, text: str, limit: int) -> list[Localite]:
        """Those of this very name, else those whose name begins so, else those whose name resembles it.

        « Nevers (58) » and « 58000 Nevers » name one in its département.
        """
        code = _CODE.search(text.strip())
        departement = code[1] if code else ""
        bare = _CODE.sub("", text.strip())
        if postal := _POSTAL.search(bare):
            departement = postal[0][:3] if postal[0].startswith(("97", "98")) else postal[0][:2]
            bare = _POSTAL.sub("", bare)
        key = key_of(bare)
        if not key:
            return []
        start = bisect_left(self._keys, key)
        end = bisect_left(self._keys, f"{key}\uffff")
        same = [place for place in range(start, end) if self._keys[place] == key]
        begun = [place for place in range(start, end) if self._keys[place].startswith(key)]
        places = same or begun or self._alike(key, limit)
        found = [self._all[place] for place in places]
        within = [localite for localite in found if localite.departement == departement]
        return (within or found)[:limit]

    def begun(self, text: str, limit: int) -> list[Localite]:
        """Those whose name begins so, this very name first: what is suggested while one types."""
        key = key_of(text)
        if not key:
            return []
        start = bisect_left(self._keys, key)
        end = bisect_left(self._keys, f"{key}\uffff", lo=start)
        return self._all[start : min(end, start + limit)]

    def of_insee(self, code: str) -> Localite | None:
        """The commune of an INSEE code; None when no school of the directory is there."""
        return next((localite for localite in self._all if localite.insee == code), None)

    def _alike(self, key: str, limit: int) -> list[int]:
        if len(key) < MENDED_FROM:
            return []
        most = 1 if len(key) < 2 * MENDED_FROM else 2
        found = process.extract(
            key, self._keys, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=limit
        )
        return [place for _, _, place in found]


def key_of(name: str) -> str:
    """A commune's name as it is compared: « St-Étienne » is « saint etienne »."""
    return " ".join(words(name))


def _localite(departement: str, schools: list[tuple[str, str, float, float]]) -> Localite:
    name, insee, *_ = min(schools)
    return Localite(
        name=name,
        departement=departement,
        insee=insee,
        lat=sum(lat for *_, lat, _ in schools) / len(schools),
        lon=sum(lon for *_, lon in schools) / len(schools),
    )
