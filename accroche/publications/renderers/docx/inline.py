"""What a line of text becomes: runs, links, figures that lead to their provenance, bookmarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit, urlunsplit

from docx.opc.constants import RELATIONSHIP_TYPE

from accroche.lib.texte import slug
from accroche.publications.outline import Figure, Link, Ref, Text
from accroche.publications.renderers.docx.xml import Xml, clean, el, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as Word

    from accroche.publications.outline import Document, Inline, Line

# Limits of Word.
_BOOKMARK: Final = 40
_ADDRESS: Final = 2000
_TOOLTIP: Final = 250

_UNSAFE: Final = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")


def safe_url(url: str) -> str:
    """Return ``url`` as Word accepts it, or nothing: one malformed address and it refuses the file.

    Only web addresses pass; a document never holds a link that runs or opens something else.
    """
    try:
        parts = urlsplit(clean(url).strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        return ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[A-Za-z0-9._-]+", host):
        return ""
    # Already escaped signs stay as they are; what no address may hold is escaped.
    path, query, fragment = (
        quote(part, safe="%/:@!$&'()*+,;=~?-._") for part in (parts.path, parts.query, parts.fragment)
    )
    written = urlunsplit((parts.scheme, f"{host}:{port}" if port else host, path, query, fragment))
    return "" if len(written) > _ADDRESS or _UNSAFE.search(written) else written


class Names:
    """Gives out bookmark names: letters, figures and underscores, unique whatever their case."""

    def __init__(self) -> None:
        """Start with no name taken."""
        self._taken: set[str] = set()

    def take(self, prefix: str, identifier: str) -> str:
        """Return a new name that recalls ``identifier``."""
        base = f"{prefix}_{slug(identifier).replace('-', '_')}"[: _BOOKMARK - 6]
        name, rank = base, 1
        while name in self._taken:
            rank += 1
            name = f"{base}_{rank}"
        self._taken.add(name)
        return name


class Inliner:
    """Draws lines of one document; knows its bookmarks and relationships."""

    def __init__(self, word: Word, document: Document) -> None:
        """Name every bookmark first, since a line may refer to what comes later."""
        self._word = word
        self._relationships: dict[str, str] = {}
        self._bookmarks = 0
        self._controls = 0
        names = Names()
        #: One bookmark per section, in reading order; two sections may share an id, and the first wins.
        self.section_marks = [names.take("section", section.id) for _depth, section in document.walk()]
        #: One bookmark per example that something refers to.
        self.example_marks = {one.id: names.take("exemple", one.id) for one in document.examples() if one.id}
        self._targets: dict[str, str] = {}
        for mark, (_depth, section) in zip(self.section_marks, document.walk(), strict=True):
            self._targets.setdefault(section.id, mark)
        self._targets = {**self.example_marks, **self._targets}
        #: Bookmark of the provenance's entry in the annex, by provenance.
        self.sources = {item.id: names.take("source", item.id) for item in document.provenances}
        #: Bookmark of the rows it adds up, for those that have a table of their own.
        self.details = {item.id: names.take("detail", item.id) for item in document.provenances}
        self._uses = {item.id: names.take("chiffre", item.id) for item in document.provenances}
        self._used: set[str] = set()

    def line(self, content: Line, style: str = "") -> list[Xml]:
        """Draw a line; plain runs take the character style ``style``."""
        return [element for part in content for element in self._part(part, style)]

    def _part(self, part: Inline, style: str) -> list[Xml]:
        if isinstance(part, Text):
            return [run(part.text, "Strong" if part.strong else style)]
        if isinstance(part, Link):
            return [self.link(part.text, part.url)]
        if isinstance(part, Ref):
            return [self.reference(part.text, part.target)]
        return self.figure(part)

    def link(self, text: str, url: str) -> Xml:
        """Draw a link to the web, or its words alone when the address cannot be one."""
        address = safe_url(url)
        if not address:
            return run(text)
        if address not in self._relationships:
            self._relationships[address] = self._word.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return el(
            "w:hyperlink",
            {"r:id": self._relationships[address], "w:history": 1},
            run(text or address, "Hyperlink"),
        )

    def reference(self, text: str, target: str, style: str = "Hyperlink", tooltip: str = "") -> Xml:
        """Draw a link to a section or an example, or its words alone when there is none."""
        mark = self._targets.get(target, "")
        return self.anchor(mark, [run(text, style)], tooltip) if mark else run(text)

    def anchor(self, mark: str, content: Iterable[Xml], tooltip: str = "") -> Xml:
        """Draw a link to a bookmark of this document."""
        attributes: dict[str, str | int] = {"w:anchor": mark, "w:history": 1}
        if tooltip:
            attributes["w:tooltip"] = clean(tooltip)[:_TOOLTIP]
        return el("w:hyperlink", attributes, *content)

    def figure(self, figure: Figure, style: str = "Chiffre") -> list[Xml]:
        """Draw a figure that leads to its provenance; its first use is where the annex leads back."""
        return self.cited(figure, [run(figure.text, style)])

    def cited(self, figure: Figure, shown: list[Xml]) -> list[Xml]:
        """Do so with a figure that is ``shown`` in several runs."""
        if figure.provenance not in self.sources:
            return shown
        mark = self.sources[figure.provenance]
        drawn = self.anchor(mark, shown, "D’où vient ce chiffre")
        if figure.provenance in self._used:
            return [drawn]
        self._used.add(figure.provenance)
        return self.bookmark(self._uses[figure.provenance], [drawn])

    def use(self, provenance: str) -> str:
        """Return the bookmark of the first figure that cites ``provenance``; nothing when none did."""
        return self._uses[provenance] if provenance in self._used else ""

    def bookmark(self, name: str, content: Iterable[Xml]) -> list[Xml]:
        """Put a bookmark around ``content``."""
        self._bookmarks += 1
        number = self._bookmarks
        return [
            el("w:bookmarkStart", {"w:id": number, "w:name": name}),
            *content,
            el("w:bookmarkEnd", {"w:id": number}),
        ]

    def control_number(self) -> int:
        """Return the next number of a content control; unique in the document."""
        self._controls += 1
        return self._controls


def plain(content: Line) -> str:
    """Return the words of a line."""
    return "".join(part.text for part in content)
