"""What is read of the address of a page of the catalogue."""

from __future__ import annotations

from typing import Final

from accroche.catalogue.criteres import CODES, EDITION, FACETTES
from accroche.commun.pages import Accepts, one_of

#: A filter as an address names it, and what it may be. One of them alone is what is asked most: with some
#: hundred pages all of these searches are kept (``commun/pages.py``).
FILTRES: Final[dict[str, Accepts]] = {
    facette.name: one_of(*facette.words) if facette.words else CODES.get(facette.name, EDITION).fullmatch
    for facette in FACETTES
}
