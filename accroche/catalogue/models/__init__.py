"""What the catalogue keeps of its own."""

from accroche.catalogue.models.aindexer import AIndexer
from accroche.catalogue.models.selections import FicheRetenue, Selection

__all__ = ["AIndexer", "FicheRetenue", "Selection"]
