"""Full text search inside the process: the only place that knows tantivy.

``SearchIndex`` is a folder, ``Snapshot`` what one asks, ``IndexWriter`` what one tells. Nothing here decides
what is public nor keeps what is shown: an index may be thrown away at any moment, and made again.
"""

from accroche.integrations.tantivy.errors import BrokenIndexError, EngineError, IndexUnavailableError
from accroche.integrations.tantivy.index import LARGE, SMALL, IndexWriter, SearchIndex, Told
from accroche.integrations.tantivy.interrogation import Boite, Interrogation
from accroche.integrations.tantivy.recherche import Snapshot
from accroche.integrations.tantivy.reponses import Compris, Etendue, Maille
from accroche.integrations.tantivy.schema import (
    ALL,
    CELL,
    CODES,
    DAYS,
    DEGREES,
    FACETS,
    KEY,
    RANK,
    TEXTS,
    TILE,
    signature,
)

__all__ = [
    "ALL",
    "CELL",
    "CODES",
    "DAYS",
    "DEGREES",
    "FACETS",
    "KEY",
    "LARGE",
    "RANK",
    "SMALL",
    "TEXTS",
    "TILE",
    "Boite",
    "BrokenIndexError",
    "Compris",
    "EngineError",
    "Etendue",
    "IndexUnavailableError",
    "IndexWriter",
    "Interrogation",
    "Maille",
    "SearchIndex",
    "Snapshot",
    "Told",
    "signature",
]
