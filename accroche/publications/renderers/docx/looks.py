"""How a style looks, and how Word writes it. Sizes are in half-points, distances in twentieths of a point."""

from __future__ import annotations

from dataclasses import dataclass, field

from accroche.publications.renderers.docx.xml import Xml, el


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks; zero or empty means: as the style it is based on."""

    size: int = 0
    color: str = ""
    bold: bool | None = None
    italic: bool = False
    caps: bool = False
    underline: str = ""
    font: str = ""
    before: int | None = None
    after: int | None = None
    line: int = 0
    left: int = 0
    hanging: int = 0
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    shade: str = ""
    #: behind the letters alone
    ground: str = ""
    borders: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    tabs: tuple[tuple[str, int, str], ...] = ()
    bullet: bool = False


def run_properties(look: Look) -> Xml | None:
    """Return what concerns letters, in the order that the schema asks for; nothing when nothing does."""
    parts: list[Xml] = []
    if look.font:
        names = {f"w:{script}": look.font for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        parts.append(el("w:rFonts", {**names}))
    if look.bold is not None:
        value: dict[str, str | int] = {} if look.bold else {"w:val": "0"}
        parts += [el("w:b", value), el("w:bCs", value)]
    if look.italic:
        parts += [el("w:i"), el("w:iCs")]
    if look.caps:
        parts.append(el("w:caps"))
    if look.color:
        parts.append(el("w:color", {"w:val": look.color}))
    if look.size:
        parts += [el("w:sz", {"w:val": look.size}), el("w:szCs", {"w:val": look.size})]
    if look.underline:
        parts.append(el("w:u", {"w:val": look.underline}))
    if look.ground:
        parts.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": look.ground}))
    return el("w:rPr", None, *parts) if parts else None


def borders_xml(name: str, borders: dict[str, tuple[int, str, int]]) -> Xml:
    """Return borders, by side: eighths of a point, colour, distance in points."""
    return el(
        name,
        None,
        *(
            el(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": space, "w:color": color})
            for side, (size, color, space) in borders.items()
        ),
    )


def paragraph_properties(look: Look) -> Xml | None:
    """Return the properties in the order that the schema asks for."""
    flags = {"w:keepNext": look.keep_next, "w:keepLines": look.keep_lines}
    parts = [el(name) for name, on in flags.items() if on]
    if look.bullet:
        parts.append(el("w:numPr", None, el("w:numId", {"w:val": 1})))
    if look.borders:
        parts.append(borders_xml("w:pBdr", look.borders))
    if look.shade:
        parts.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}))
    if look.tabs:
        stops = (
            el("w:tab", {"w:val": kind, "w:leader": leader, "w:pos": at}) for kind, at, leader in look.tabs
        )
        parts.append(el("w:tabs", None, *stops))
    parts += [el(name, values) for name, values in _distances(look).items() if values]
    if look.align:
        parts.append(el("w:jc", {"w:val": look.align}))
    if look.outline is not None:
        parts.append(el("w:outlineLvl", {"w:val": look.outline}))
    return el("w:pPr", None, *parts) if parts else None


def _distances(look: Look) -> dict[str, dict[str, str | int]]:
    spacing: dict[str, str | int] = {}
    if look.before is not None:
        spacing["w:before"] = look.before
    if look.after is not None:
        spacing["w:after"] = look.after
    if look.line:
        spacing |= {"w:line": look.line, "w:lineRule": "auto"}
    indent: dict[str, str | int] = {}
    if look.left:
        indent["w:left"] = look.left
    if look.hanging:
        indent["w:hanging"] = look.hanging
    return {"w:spacing": spacing, "w:ind": indent}
