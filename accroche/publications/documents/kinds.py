"""Every kind of document: a new one is one file beside this one, and one line below.

A kind says what a document is called, what it tells of, which function builds it, what its files are named,
where its page is, and who may have it. What comes to it (a command, a page, a download) goes through here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from accroche.publications.documents import synthese
from accroche.publications.outline import Document
from accroche.publications.versions import Imprint


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    ``name`` stands in commands, addresses and the names of its files; ``label`` is what people call it.
    ``build`` is a pure function of what it tells of and of the imprint. ``page`` names the address where it
    is read. ``data`` is the folder of its data. ``formats`` says which of ``renderers.FORMATS`` suit it;
    empty, all do.
    """

    name: str
    label: str
    build: Callable[[Any, Imprint], Document]
    page: str
    data: str
    formats: tuple[str, ...] = ()


SYNTHESE: Final = Kind("synthese", "La synthèse", synthese.build, "publications:synthese", "donnees")

KINDS: Final = {kind.name: kind for kind in (SYNTHESE,)}
