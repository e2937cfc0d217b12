"""Files of renamings: which school had which name until which year, and who took its place. Pure.

One line a name: UAI; former name; year of the change; and, for a school that is no more, the UAI of the one
that took its place. The headings may be missing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.annuaire.appariement.mots import fold
from accroche.annuaire.lecture import Problem, Record
from accroche.annuaire.listes import ListError, decoded
from accroche.lib import uai as uai_codes
from accroche.lib.tableur.cellules import bound_csv_cells

#: How people head each column, folded, without what is no letter.
HEADINGS: Final = {
    "uai": {"uai", "codeuai", "numerouai", "rne", "coderne", "identifiantdeletablissement"},
    "name": {"anciennom", "ancienneappellation", "anciennedenomination", "nom", "formername", "nomdusage"},
    "year": {"annee", "anneeduchangement", "jusquen", "jusqua", "date", "year", "rentree"},
    "successor": {"successeur", "uaisuccesseur", "uaidusuccesseur", "reprispar", "successor"},
}
#: The order of the columns when no headings are there.
ORDER: Final = ("uai", "name", "year", "successor")
#: No school of the directory is older; a cell longer than a name is no name (characters).
FIRST_YEAR, LONGEST_NAME = 1800, 200
_NOT_WORDS = re.compile(r"[^a-z]")
_YEAR = re.compile(r"(?:\d{4}-)?(\d{4})")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
#: « (A ABSORBE L'UAI 0400057V EN 2022) »: how the directory tells that a school took another's place.
_ABSORBED = re.compile(r"a absorb[eé] l['’ ]?\s?uai (\d{7}[a-z]) en (\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Renommage:
    """A name a school had until a day; ``successor``: the UAI of the school that took its place."""

    line: int
    uai: str
    name: str
    on: dt.date
    successor: str = ""


def is_renommages(content: bytes) -> bool:
    """Whether a file is one of renamings, by its headings or, without any, by its first line."""
    try:
        head = _rows(content, 1)
    except (ListError, csv.Error):
        return False
    return bool(head) and (_columns(head[0]) is not None or _bare(head[0]))


def read_renommages(content: bytes, today: dt.date) -> tuple[list[Renommage], list[Problem]]:
    """Read a file: one renaming a line, and what is wrong, line by line; a bad line is left out.

    ``today``: nothing is renamed later. Raises :class:`ListError`.
    """
    try:
        rows = _rows(content)
    except csv.Error as error:
        raise ListError("Le fichier n’est pas un CSV lisible : enregistrez-le de nouveau en CSV.") from error
    columns = _columns(rows[0]) if rows else None
    first = 1
    if columns is None:
        columns, first = {name: at for at, name in enumerate(ORDER)}, 0
    read: list[Renommage] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[first:], start=first + 1):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: " ".join(row[at].split()) if at < len(row) else "" for name, at in columns.items()}
        try:
            read.append(_read(number, cells, today))
        except ValueError as error:
            problems.append(Problem(number, cells["uai"][:20], f"{error} Ligne ignorée."))
    return read, problems


def names_of(records: Iterable[Record], year: int) -> list[Renommage]:
    """The names of a directory of another year, which schools had at least until then."""
    until = dt.date(year, 12, 31)
    return [Renommage(record.line, record.uai, record.name, until) for record in records]


def absorbed(record: Record) -> list[Renommage]:
    """The schools whose place one took, as the directory tells it in its name."""
    return [
        Renommage(record.line, code.upper(), "", _rentree(int(year)), record.uai)
        for code, year in _ABSORBED.findall(record.name)
        if uai_codes.is_valid(code.upper())
    ]


def _rows(content: bytes, most: int | None = None) -> list[list[str]]:
    text = decoded(content)
    first = text.split("\n", 1)[0]
    bound_csv_cells()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    return [row for row, _ in zip(rows, range(most), strict=False)] if most else list(rows)


def _columns(headings: Sequence[str]) -> dict[str, int] | None:
    """Where each column is; None when the headings are not those of a file of renamings."""
    known = [_NOT_WORDS.sub("", fold(heading)) for heading in headings]
    found = {
        name: next((at for at, heading in enumerate(known) if heading in told), -1)
        for name, told in HEADINGS.items()
    }
    if min(found["uai"], found["year"], max(found["name"], found["successor"])) < 0:
        return None
    return {name: at for name, at in found.items() if at >= 0}


def _bare(row: Sequence[str]) -> bool:
    """Whether a first line is a renaming already."""
    cells = [cell.strip() for cell in row]
    return len(cells) > 2 and uai_codes.is_valid(cells[0].upper()) and bool(_YEAR.fullmatch(cells[2]))  # noqa: PLR2004


def _read(number: int, cells: dict[str, str], today: dt.date) -> Renommage:
    """One line; raises ValueError, in French, when it cannot be used."""
    code = uai_codes.parse(cells["uai"].upper())
    name = cells.get("name", "")
    heir = cells.get("successor", "")
    heir = uai_codes.parse(heir.upper()) if heir else ""
    if not name and not heir:
        raise ValueError("L’ancien nom manque.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"L’ancien nom dépasse {LONGEST_NAME} caractères.")
    if heir == code:
        raise ValueError("Un établissement ne se succède pas à lui-même.")
    return Renommage(number, code, name, _on(cells["year"], today), heir)


def _on(text: str, today: dt.date) -> dt.date:
    """The day of a change: a year stands for its rentrée."""
    try:
        if told := _YEAR.fullmatch(text):
            day = _rentree(int(told[1]))
        elif told := _DAY.fullmatch(text):
            day = dt.date(int(told[3]), int(told[2]), int(told[1]))
        else:
            day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"« {text[:20]} » n’est pas une année : écrivez 2019.") from None
    if not FIRST_YEAR <= day.year <= today.year:
        raise ValueError(f"L’année {day.year} n’est pas possible.")
    return day


def _rentree(year: int) -> dt.date:
    return dt.date(year, 9, 1)
