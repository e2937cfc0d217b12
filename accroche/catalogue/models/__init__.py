"""What the catalogue keeps of its own."""

from accroche.catalogue.models.aindexer import AIndexer

__all__ = ["AIndexer"]
