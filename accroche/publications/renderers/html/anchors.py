"""Where things are in an HTML document: one unique id each, and the links between them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from accroche.lib.texte import slug
from accroche.publications.outline import Document, Provenance, Section

#: Ids the templates themselves use, which no section may take.
CONTENTS: Final = "sommaire"
MAIN: Final = "contenu"
SOURCES: Final = "provenances"
HATCH: Final = "doc-hachures"
#: Where the site lists the files of a document.
DOWNLOADS: Final = "telechargements"
# The last ones are of the pages of the site.
_RESERVED: Final = (
    CONTENTS,
    MAIN,
    SOURCES,
    HATCH,
    DOWNLOADS,
    "haut",
    "navigation",
    "pied",
    "affichage",
)

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
#: The document's title is the only heading of level 1.
_FIRST_LEVEL: Final = 2
_LAST_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the id and the heading level it has in this document."""

    section: Section
    anchor: str
    level: int
    parts: tuple[Part, ...]

    @property
    def inner_level(self) -> int:
        """The level of a heading inside its blocks."""
        return min(self.level + 1, _LAST_LEVEL)


@dataclass(frozen=True, slots=True)
class Source:
    """A provenance, its id, and the ids of the figures that point to it (known once all is drawn)."""

    provenance: Provenance
    anchor: str
    figures: tuple[str, ...]


class Anchors:
    """Gives each section, provenance and printed figure its id.

    A section keeps the id its document gave it, since other pages link to it; only a repeated or
    unusable one is changed. Nothing here depends on anything but the document: same document, same ids.
    """

    def __init__(self, document: Document) -> None:
        """Number the sections and the provenances."""
        self._taken = set(_RESERVED)
        self._sections: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._provenances: dict[str, Provenance] = {}
        self._figures: defaultdict[str, list[str]] = defaultdict(list)
        self.parts = tuple(self._part(section, _FIRST_LEVEL) for section in document.sections)
        for example in document.examples():
            if example.id:
                self._sections.setdefault(example.id, self._free(example.id))
        for provenance in document.provenances:
            if provenance.id not in self._sources:
                self._provenances[provenance.id] = provenance
                self._sources[provenance.id] = self._free(f"source-{provenance.id}")

    def _part(self, section: Section, level: int) -> Part:
        anchor = self._free(section.id)
        self._sections.setdefault(section.id, anchor)
        below = min(level + 1, _LAST_LEVEL)
        return Part(section, anchor, level, tuple(self._part(child, below) for child in section.sections))

    def _free(self, wanted: str) -> str:
        base = wanted if _SAFE.fullmatch(wanted) else f"s-{slug(wanted)}".rstrip("-")
        anchor, rank = base, 1
        while anchor in self._taken:
            rank += 1
            anchor = f"{base}-{rank}"
        self._taken.add(anchor)
        return anchor

    def section(self, target: str) -> str | None:
        """Return the id of the section or example a reference names, or None when there is none."""
        return self._sections.get(target)

    def cite(self, provenance: str) -> tuple[str, str] | None:
        """Return (id of this figure, id of its source) for a figure about to be printed.

        None when the document does not say where the figure comes from.
        """
        source = self._sources.get(provenance)
        if source is None:
            return None
        known = self._figures[provenance]
        figure = self._free(f"chiffre-{source.removeprefix('source-')}-{len(known) + 1}")
        known.append(figure)
        return figure, source

    def sources(self) -> tuple[Source, ...]:
        """Every provenance with the figures printed so far: to be read last."""
        return tuple(
            Source(self._provenances[ident], anchor, tuple(self._figures.get(ident, ())))
            for ident, anchor in self._sources.items()
        )
