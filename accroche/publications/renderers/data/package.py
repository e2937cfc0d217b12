"""The CSV files and the Frictionless data package that describes them."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accroche.lib.signes import lisible
from accroche.lib.texte import slug
from accroche.publications.renderers.data.tables import (
    ABSENT_NOTE,
    FORMULA,
    FORMULA_NOTE,
    LICENCE,
    Json,
    checked,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from accroche.publications.outline import DataTable, Document, Value


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def write_csv(table: DataTable, path: Path) -> Written:
    """Write ``table`` as CSV. Raise ``DataError`` when a value is not of the type its column declares."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([field.name for field in table.fields])
        writer.writerows(map(_csv_row, checked(table)))
    with path.open("rb") as written:
        return Written(path.stat().st_size, hashlib.file_digest(written, "sha256").hexdigest())


def _csv_row(row: Sequence[Value]) -> list[str]:
    return [_csv_value(value) for value in row]


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = lisible(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def describe(document: Document, sheets: Mapping[str, Written]) -> Json:
    """Return the data package of ``sheets``, the CSV files by name without extension."""
    terms = {"licenses": [LICENCE]} if document.is_public else {}
    package: Json = {
        "profile": "tabular-data-package",
        "name": slug(f"{document.title} {document.subtitle}") or "document",
        "title": f"{document.title} – {document.subtitle}" if document.subtitle else document.title,
        "description": "\n\n".join(
            filter(None, (document.abstract, "\n".join(said(document)), f"{ABSENT_NOTE} {FORMULA_NOTE}"))
        ),
        "version": document.version,
        "created": f"{document.date.isoformat()}T00:00:00Z",
        **terms,
        "contributors": [{"title": document.organisation, "role": "publisher"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": f"{name}.csv",
                "title": table.title,
                "description": f"{table.title}. {ABSENT_NOTE}",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": written.size,
                "hash": f"sha256:{written.sha256}",
                "dialect": {
                    "delimiter": ",",
                    "lineTerminator": "\r\n",
                    "quoteChar": '"',
                    "doubleQuote": True,
                },
                **terms,
                "schema": {
                    "fields": [
                        {"name": field.name, "type": field.type, "description": field.description}
                        for field in table.fields
                    ],
                    "missingValues": [""],
                },
            }
            for (name, written), table in zip(sheets.items(), document.data, strict=True)
        ],
    }
    if document.site_url:
        package["homepage"] = document.site_url
    return package
