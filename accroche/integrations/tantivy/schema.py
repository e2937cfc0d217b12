"""What the index holds of an action: names of its fields, and how each is kept.

Nothing is stored: what pages show is read from the database, which alone decides what is public.
"""

from __future__ import annotations

import functools
import hashlib
import json
from importlib.metadata import version
from itertools import chain
from typing import Final

import tantivy

from accroche.integrations.tantivy import analyse

#: Raise it when documents are made otherwise though the fields stay: every node makes its index again.
VERSION: Final = 2

#: Stemmed texts, and how much a word found there counts.
TEXTS: Final = {"titre": 1.5, "noms": 1.0, "sujet": 0.7, "texte": 1.0}
#: All texts once more, in plain forms: what is exact, begun, misspelt or a phrase is found there.
ALL: Final = "tout"
#: Choices that are counted, by the names of the filters; several values each. In how many columns:
#: as many as most actions hold choices (``choix.py``).
FACETS: Final = {
    "academie": 1,
    "departement": 2,
    "niveau": 3,
    "theme": 3,
    "nature": 1,
    "temporalite": 1,
    "partenaire": 3,
    "distinction": 2,
    "video": 1,
    "edition": 1,
}
#: Choices that only filter.
CODES: Final = ("etablissement", "commune")
#: Numbers: days are ordinals, ``cellule`` the square of the map a place is in.
BEGINS: Final = "debut"
ENDS: Final = "fin"
DAYS: Final = (BEGINS, ENDS, "jour")
#: The days after its first on which an action goes on, by the numbers of ``jours.py``.
DURING: Final = "pendant"
DEGREES: Final = ("lat", "lon")
CELL: Final = "cellule"
#: The larger square around it, by which a part of the map is found.
TILE: Final = "tuile"
KEY: Final = "pk"
#: What « the latest first » goes by: the day, then the key, so that no two are alike.
RANK: Final = "rang"
_SAMPLE: Final = "L’évènement : aujourd’hui, œuvrer à 2.0"


def columns_of(name: str) -> list[str]:
    """The columns that hold the choices of a field."""
    return [f"{name}_{place}" for place in range(1, FACETS[name] + 1)]


@functools.cache
def schema() -> tantivy.Schema:
    """The schema."""
    built = tantivy.SchemaBuilder()
    built.add_unsigned_field(KEY, indexed=True, fast=True)
    for name in TEXTS:
        built.add_text_field(name, tokenizer_name=analyse.STEMMED)
    built.add_text_field(ALL, tokenizer_name=analyse.PLAIN)
    for name in (*FACETS, *CODES):
        built.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in DAYS:
        built.add_integer_field(name, indexed=True, fast=True)
    for name in DEGREES:
        built.add_float_field(name, indexed=True, fast=True)
    built.add_unsigned_field(CELL, fast=True)
    built.add_unsigned_field(TILE, indexed=True)
    built.add_unsigned_field(RANK, fast=True)
    built.add_unsigned_field(DURING, indexed=True)
    for column in chain.from_iterable(map(columns_of, FACETS)):
        built.add_text_field(column, fast=True, tokenizer_name="raw", index_option="basic")
    return built.build()


@functools.cache
def signature() -> str:
    """What an index must have been made with to be read: the library's format, fields, analysers, version."""
    told = [
        version("tantivy"),
        VERSION,
        TEXTS,
        ALL,
        FACETS,
        CODES,
        DAYS,
        DURING,
        DEGREES,
        RANK,
        TILE,
        analyse.ELIDED,
        analyse.LONGEST,
        [analyse.analyser(name).analyze(_SAMPLE) for name in (analyse.STEMMED, analyse.PLAIN)],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
