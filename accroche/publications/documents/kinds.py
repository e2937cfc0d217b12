"""Every kind of document: a new one is one file beside this one, and one line below.

A kind says what a document is called, what it tells of, which function builds it, what its files are named,
where its page is, and who may have it. What comes to it (a command, a page, a download) goes through here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from accroche.comptes.regles import Right
from accroche.publications.documents import affiche, liste_recensement, synthese
from accroche.publications.outline import Document
from accroche.publications.versions import Imprint


class Reads(StrEnum):
    """What a document tells of: what its command and its address name, and what is read for it."""

    #: an ``EditionDossier``, as it is now or as a frozen version kept it
    EDITION = "edition"
    #: the ``FichesAcademie`` of an académie in an edition
    ACADEMIE = "academie"
    #: the ``FicheAffichee`` of a sheet the public reads
    FICHE = "fiche"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    ``name`` stands in commands, addresses and the names of its files; ``label`` is what people call it.
    ``build`` is a pure function of what it ``reads`` and of the imprint. ``right``: who may have it on the
    site, where they have it over the académie; None when it tells nothing that is not public. ``page`` names
    the address where it is read; empty, the place of its name does (``commun/lieux.py``). ``data`` is the
    folder of its data. ``formats`` says which of ``renderers.FORMATS`` suit it; empty, all do.
    """

    name: str
    label: str
    reads: Reads
    build: Callable[[Any, Imprint], Document]
    right: Right | None = None
    page: str = "publications:document"
    data: str = ""
    formats: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where its data are written, beside its other files."""
        return self.data or f"{self.name}-donnees"


SYNTHESE: Final = Kind(
    "synthese",
    "La synthèse",
    Reads.EDITION,
    synthese.build,
    page="publications:synthese",
    data="donnees",
)

AFFICHE: Final = Kind(
    # where it is read is a place: the page of its sheet is of an app above
    "affiche",
    "L’affiche",
    Reads.FICHE,
    affiche.build,
    page="",
    formats=("pdf",),
)

_ALL: Final = (
    SYNTHESE,
    Kind(
        "liste-recensement",
        "La liste du recensement",
        Reads.ACADEMIE,
        liste_recensement.build,
        Right.MODERATE,
    ),
    AFFICHE,
)

KINDS: Final = {kind.name: kind for kind in _ALL}
