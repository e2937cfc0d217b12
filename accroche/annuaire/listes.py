"""Lists of mentions as CSV files: read whatever the spreadsheet wrote, given back with what was found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.annuaire.appariement import Match
from accroche.annuaire.appariement.mots import fold
from accroche.lib.tableur.cellules import bound_csv_cells

#: The columns read; the last may be missing.
ACADEMIE, MENTION, COMMUNE = "academie", "mention", "commune"
#: The columns added.
FOUND = ("uai", "score", "decision")
_DELIMITERS = ";,\t"


class ListError(ValueError):
    """The file is no list of mentions; the message is French and says what is expected."""


@dataclass(frozen=True)
class MentionList:
    """A file's headings, rows as they stand (as long as the headings), and its delimiter."""

    headings: list[str]
    rows: list[list[str]]
    delimiter: str

    def mentions(self) -> list[tuple[str, str, str]]:
        """Each row's académie, mention and commune; an absent column gives empty texts."""
        names = [_heading(name) for name in self.headings]
        columns = [names.index(name) if name in names else None for name in (ACADEMIE, MENTION, COMMUNE)]
        return [(_cell(row, columns[0]), _cell(row, columns[1]), _cell(row, columns[2])) for row in self.rows]


def _heading(name: str) -> str:
    return fold(name).strip()


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None else ""


def read_list(content: bytes) -> MentionList:
    """Read a CSV file: UTF-8 with or without BOM, UTF-16 with one, or Windows-1252; ``;``, ``,`` or tab.

    Raises :class:`ListError`.
    """
    text = decoded(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if not first.strip():
        raise ListError("Le fichier est vide : il faut une ligne de titres avec « academie » et « mention ».")
    delimiter = max(_DELIMITERS, key=first.count)
    bound_csv_cells()
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if line]
    except csv.Error as error:
        raise ListError("Le fichier n’est pas un CSV lisible : enregistrez-le de nouveau en CSV.") from error
    headings = [name.strip() for name in lines[0]]
    known = [_heading(name) for name in headings]
    for wanted in (ACADEMIE, MENTION):
        if wanted not in known:
            raise ListError(
                f"La colonne « {wanted} » manque. Titres lus : {', '.join(headings[:12])}. "
                "Colonnes attendues : academie, mention, commune."
            )
    taken = [name for name in FOUND if name in known]
    if taken:
        raise ListError(
            f"La colonne « {taken[0]} » est déjà dans le fichier : renommez-la, le résultat en ajoute une."
        )
    width = len(headings)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) > width and any(cell.strip() for cell in line[width:]):
            raise ListError(
                f"Ligne {number} : {len(line)} cellules pour {width} titres. "
                f"Mettez entre guillemets les textes qui contiennent « {delimiter} »."
            )
        rows.append((line + [""] * width)[:width])
    return MentionList(headings, rows, delimiter)


def decoded(content: bytes) -> str:
    """Return the text of a file, whichever way a spreadsheet wrote it. Raises :class:`ListError`."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListError("Le fichier n’est pas du texte : enregistrez le tableau au format CSV.")


def written(listed: MentionList, matches: Iterable[Match]) -> str:
    """The list again, one line per row in the same order, with what each was recognised as."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=listed.delimiter, lineterminator="\n")
    writer.writerow([*listed.headings, *FOUND])
    for row, match in zip(listed.rows, matches, strict=True):
        writer.writerow([*row, "|".join(match.uais), f"{match.score:.3f}", match.decision.value])
    return text.getvalue()
