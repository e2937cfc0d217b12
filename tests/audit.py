"""The tables of an audit, as a page of docs tells them."""

from __future__ import annotations

import re
from pathlib import Path


def rows(page: Path, number: str) -> list[tuple[str, str, str, str]]:
    """The rows whose first cell is a number of the standard (a pattern): it, its verdict, how, shown by."""
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(number, cells[0]):
            item, state, how, shown = cells
            found.append((item, state, how, shown))
    return found
