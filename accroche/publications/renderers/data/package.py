"""The CSV files and the Frictionless data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

from accroche.lib.signes import lisible
from accroche.lib.texte import slug
from accroche.publications.renderers.data.tables import (
    ABSENT_NOTE,
    FORMULA,
    FORMULA_NOTE,
    LICENCE,
    Json,
    said,
)

if TYPE_CHECKING:
    from accroche.publications.outline import DataTable, Document, Value


def csv_bytes(table: DataTable) -> bytes:
    """Return ``table`` as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    for row in table.rows:
        writer.writerow([_csv_value(value) for value in row])
    return out.getvalue().encode()


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = lisible(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def describe(document: Document, sheets: dict[str, bytes]) -> Json:
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
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
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
            for (name, content), table in zip(sheets.items(), document.data, strict=True)
        ],
    }
    if document.site_url:
        package["homepage"] = document.site_url
    return package
