"""The styles of tables: rows of data, calendars, large figures, maps."""

from __future__ import annotations

from accroche.publications.renderers.docx.identity import ACCENT, RULE, WASH
from accroche.publications.renderers.docx.looks import Look, borders_xml, run_properties
from accroche.publications.renderers.docx.xml import Xml, el


def _middle() -> Xml:
    return el("w:tcPr", None, el("w:vAlign", {"w:val": "center"}))


def _table_style(key: str, name: str, properties: tuple[Xml, ...], *conditions: Xml) -> Xml:
    return el(
        "w:style",
        {"w:type": "table", "w:customStyle": 1, "w:styleId": key},
        el("w:name", {"w:val": name}),
        el("w:basedOn", {"w:val": "TableNormal"}),
        el("w:uiPriority", {"w:val": 1}),
        el("w:qFormat"),
        el("w:pPr", None, el("w:spacing", {"w:before": 0, "w:after": 0})),
        el("w:tblPr", None, *properties),
        *conditions,
    )


def _margins(vertical: int, horizontal: int) -> Xml:
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    return el("w:tblCellMar", None, *(el(f"w:{side}", {"w:w": w, "w:type": "dxa"}) for side, w in sides))


def _condition(kind: str, look: Look, borders: dict[str, tuple[int, str, int]] | None = None) -> Xml:
    cell: list[Xml] = []
    if borders:
        cell.append(borders_xml("w:tcBorders", borders))
    if look.shade:
        cell.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}))
    return el(
        "w:tblStylePr",
        {"w:type": kind},
        run_properties(look),
        el("w:tcPr", None, *cell) if cell else None,
    )


def _head() -> Xml:
    return _condition("firstRow", Look(bold=True, color=ACCENT, shade=WASH), {"bottom": (8, ACCENT, 0)})


def table_styles() -> tuple[Xml, ...]:
    """Return every style of a table."""
    normal = el(
        "w:style",
        {"w:type": "table", "w:default": 1, "w:styleId": "TableNormal"},
        el("w:name", {"w:val": "Normal Table"}),
        el("w:uiPriority", {"w:val": 99}),
        el("w:semiHidden"),
        el("w:unhideWhenUsed"),
        el("w:tblPr", None, el("w:tblInd", {"w:w": 0, "w:type": "dxa"}), _margins(0, 108)),
    )
    lines = {"top": (8, ACCENT, 0), "bottom": (8, ACCENT, 0), "insideH": (4, RULE, 0)}
    gaps = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), (24, "FFFFFF", 0))
    return (
        normal,
        _table_style(
            "TableauAccroche",
            "Tableau Accroche",
            (borders_xml("w:tblBorders", lines), _margins(50, 90)),
            _head(),
            _condition("firstCol", Look(bold=True)),
        ),
        _table_style(
            "TableauCalendrier",
            "Tableau calendrier",
            (
                borders_xml("w:tblBorders", lines | {"insideV": (4, RULE, 0)}),
                _margins(15, 30),
            ),
            _middle(),
            _head(),
            _condition("firstCol", Look(bold=True)),
        ),
        _table_style(
            "TableauChiffresCles",
            "Tableau chiffres clés",
            (
                borders_xml(
                    "w:tblBorders", {"top": (12, ACCENT, 0), "bottom": (4, WASH, 0), "insideV": (12, WASH, 0)}
                ),
                _margins(60, 170),
            ),
            el("w:tcPr", None, el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": WASH})),
            _condition("firstRow", Look(bold=True, shade=WASH)),
        ),
        _table_style(
            "TableauCarte", "Tableau carte", (borders_xml("w:tblBorders", gaps), _margins(40, 20)), _middle()
        ),
    )
