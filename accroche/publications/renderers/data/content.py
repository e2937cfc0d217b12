"""The JSON file: what the document is, the figures of each section, their provenance, the tables."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Final, TextIO

from accroche.lib.signes import escaped
from accroche.publications.outline import (
    BulletList,
    Callout,
    Facts,
    Figure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Table,
)
from accroche.publications.renderers.data.tables import LICENCE, Json, said

if TYPE_CHECKING:
    from accroche.publications.outline import Block, DataTable, Document, Inline, Section


#: Writes a row as one line.
_ROW: Final = json.JSONEncoder(ensure_ascii=False).encode


def encode(content: Json) -> bytes:
    """Write ``content`` as people read it: indented, accents as they are."""
    return (escaped(json.dumps(content, ensure_ascii=False, indent=2)) + "\n").encode()


def _describe(document: Document) -> Json:
    """All that the JSON file tells besides its tables."""
    return {
        "document": {
            "titre": document.title,
            "sous_titre": document.subtitle,
            "organisation": document.organisation,
            "version": document.version,
            "date": document.date.isoformat(),
            "langue": document.language,
            "resume": document.abstract,
            "site": document.site_url,
            "licence": LICENCE if document.is_public else None,
        },
        "en_bref": list(said(document)),
        "sections": [_section(section) for section in document.sections],
        "provenances": [
            {
                "id": provenance.id,
                "libelle": provenance.label,
                "valeur": provenance.value,
                "explication": provenance.statement,
                "lignes": [
                    {"objet": what, "chiffre": figure, "note": note} for what, figure, note in provenance.rows
                ],
            }
            for provenance in document.provenances
        ],
    }


def write(document: Document, names: tuple[str, ...], file: TextIO) -> None:
    """Write the JSON file, a row of a table on a line; ``names``: of the CSV files, without extension."""
    # tables come last, since they may be long: what was opened before them is closed after
    file.write(_open(_describe(document), "tables"))
    for rank, (name, table) in enumerate(zip(names, document.data, strict=True)):
        file.write("," * bool(rank) + "\n")
        file.write(textwrap.indent(_open(_head(name, table), "lignes"), "    "))
        keys = [field.name for field in table.fields]
        separator = "\n"
        for row in table.rows:
            file.write(f"{separator}        {escaped(_ROW(dict(zip(keys, row, strict=True))))}")
            separator = ",\n"
        file.write("\n      ]\n    }")
    file.write("\n  ]\n}\n")


def _open(told: Json, last: str) -> str:
    """An object as people read it, up to the first item of a list that is its ``last`` member."""
    return f'{escaped(json.dumps(told, ensure_ascii=False, indent=2))[:-2]},\n  "{last}": ['


def _head(name: str, table: DataTable) -> Json:
    return {
        "nom": name,
        "titre": table.title,
        "fichier": f"{name}.csv",
        "colonnes": [
            {"nom": field.name, "type": field.type, "description": field.description}
            for field in table.fields
        ],
    }


def _section(section: Section) -> Json:
    return {
        "id": section.id,
        "titre": section.title,
        "nature": section.kind.value,
        "resume": section.summary,
        "chiffres": [found for block in section.blocks for found in _figures(block)],
        "sections": [_section(inner) for inner in section.sections],
    }


def _figures(block: Block) -> list[Json]:
    """Return the figures that ``block`` prints, in reading order, with what they count when it says so."""
    if isinstance(block, KeyFigures):
        return [_figure(item.figure, item.label) for item in block.items]
    if isinstance(block, Facts):
        return [
            _figure(part, label) for label, line in block.items for part in line if isinstance(part, Figure)
        ]
    if isinstance(block, Table):
        return [
            _figure(part, f"{_plain(row[0])} – {column.label}" if row else column.label)
            for row in block.lines
            for column, line in zip(block.columns, row, strict=True)
            for part in line
            if isinstance(part, Figure)
        ]
    lines: tuple[tuple[Inline, ...], ...] = ()
    if isinstance(block, Paragraph | Callout):
        lines = (block.content,)
    elif isinstance(block, BulletList | NumberedList):
        lines = block.items
    return [_figure(part, "") for line in lines for part in line if isinstance(part, Figure)]


def _figure(figure: Figure, label: str) -> Json:
    return {"texte": figure.text, "libelle": label, "provenance": figure.provenance}


def _plain(line: tuple[Inline, ...]) -> str:
    return "".join(part.text for part in line)
