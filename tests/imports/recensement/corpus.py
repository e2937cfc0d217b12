"""The corpus: every nasty file with what is expected of it, as one table.

``refused``: words of the message. Otherwise ``titles``: the actions read, in order; ``blocked``: how many
of them need a correction; ``left_out``: how many rows are recognised as no action; ``told``: words that
the notes or the remarks must hold; ``seen``: facts of the first row, ``last_seen`` of the last.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from accroche.annuaire.regles import Niveau
from tests.imports.recensement import nasty
from tests.imports.recensement.nasty import HEADINGS, PLAIN, ROWS, TITLES, Build, csv, ods, raw, xlsx

FIRST, LAST = dt.date(2027, 3, 14), dt.date(2027, 3, 18)


@dataclass(frozen=True)
class Case:
    """One file and its expected outcome."""

    name: str
    build: Build
    refused: str = ""
    titles: tuple[str, ...] = TITLES
    blocked: int = 0
    left_out: int = 0
    told: str = ""
    seen: dict[str, Any] = field(default_factory=dict)
    last_seen: dict[str, Any] = field(default_factory=dict)


def one(*cells: Any, headings: tuple[Any, ...] = HEADINGS) -> tuple[tuple[Any, ...], ...]:
    """A table of one row."""
    return (headings, cells)


def hide_column(sheet: Any) -> None:
    sheet.column_dimensions["F"].hidden = True


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_other_sheet(sheet: Any) -> None:
    sheet.parent["Ancien"].sheet_state = "hidden"


def merge_title(sheet: Any) -> None:
    sheet.merge_cells("A1:F1")


def merge_headings(sheet: Any) -> None:
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(cells)


def merge_school(sheet: Any) -> None:
    sheet.merge_cells("B2:B3")


def merge_school_below(sheet: Any) -> None:
    sheet.merge_cells("B4:B5")


TWO_LINES = (
    ("Titre", "Établissement", "Dates", None, "Niveaux concernés", None),
    (None, None, "du", "au", "Collège", "LP"),
    ("Forum", "Collège Dijon 1", FIRST, LAST, "x", None),
    ("Théâtre", "Collège Dijon 1", FIRST, LAST, "x", "X"),
)

#: What people send.
HONEST: tuple[Case, ...] = (
    Case("plain xlsx", xlsx()),
    Case("plain ods", ods()),
    Case("csv utf-8 semicolon", csv()),
    Case("csv utf-8 with mark", csv(encoding="utf-8-sig")),
    Case("csv windows-1252 comma", csv(encoding="cp1252", separator=",")),
    Case("csv windows-1252 tab", csv(encoding="cp1252", separator="\t")),
    Case("csv utf-16 with mark", csv(encoding="utf-16")),
    Case("csv utf-16 without mark", csv(encoding="utf-16-le", separator="\t")),
    Case("csv with old mac line ends", csv(end="\r")),
    Case(
        "csv that says its separator",
        raw(b"sep=;\r\ntitre;etablissement\r\nForum;Clg A\r\n"),
        titles=("Forum",),
    ),
    Case(
        "csv with a line break and quotes in a cell",
        csv(one('Le "grand"\nforum', "Clg A", "", "", "", "")),
        titles=('Le "grand" forum',),
    ),
    Case(
        "csv cut in the middle of a row",
        raw(b"titre;etablissement\nForum;Clg A\nAt"),
        titles=("Forum", "At"),
        blocked=1,
    ),
    Case("csv with zeros", raw(b"titre;etablissement\nFo\0rum;Clg A\n"), refused="pas un tableau"),
    Case(
        "title rows above the table",
        xlsx((("RECENSEMENT 2027",), (), ("Académie de Dijon", None, "CARDIE"), (), *PLAIN)),
    ),
    Case("title merged over the table", xlsx((("RECENSEMENT DES ACTIONS",), *PLAIN), merge_title)),
    Case(
        "headings on two lines",
        xlsx(TWO_LINES),
        titles=("Forum", "Théâtre"),
        seen={"starts": FIRST, "ends": LAST, "levels": (Niveau.COLLEGE,)},
    ),
    Case(
        "headings on two lines, merged",
        xlsx(TWO_LINES, merge_headings),
        titles=("Forum", "Théâtre"),
        seen={"starts": FIRST, "ends": LAST, "levels": (Niveau.COLLEGE,)},
    ),
    Case("headings on two lines in ods", ods(TWO_LINES), titles=("Forum", "Théâtre"), seen={"ends": LAST}),
    Case(
        "several sheets",
        xlsx(PLAIN, sheets={"Collèges 71": (HEADINGS, ROWS[0])}),
        titles=(*TITLES, TITLES[0]),
    ),
    Case("a sheet of notes beside", xlsx(PLAIN, sheets={"Notes": (("Pensez à relancer",),)}), told="Notes"),
    Case("a hidden sheet", xlsx(PLAIN, hide_other_sheet, {"Ancien": PLAIN}), told="masquée"),
    Case("a hidden column", xlsx(PLAIN, hide_column), told="masqué", seen={"audience_size": 120}),
    Case("a hidden row", xlsx(PLAIN, hide_row), told="ligne masquée"),
    Case("empty rows between", xlsx((HEADINGS, ROWS[0], (), (None, " "), ROWS[1], (), ROWS[2]))),
    Case("an empty first column", xlsx(tuple((None, *row) for row in PLAIN))),
    Case("totals at the bottom", xlsx((*PLAIN, (), ("TOTAL", None, None, None, None, 175))), left_out=1),
    Case(
        "subtotals between",
        xlsx((HEADINGS, ROWS[0], ("Sous-total : 1 action",), *ROWS[1:], ("Total général",))),
        left_out=2,
    ),
    Case(
        "headings repeated on each page",
        xlsx((*PLAIN, HEADINGS, ROWS[0])),
        titles=(*TITLES, TITLES[0]),
        left_out=1,
    ),
    Case("a section title over all columns", xlsx((HEADINGS, ("Côte-d’Or",) * 6, *ROWS)), left_out=1),
    Case(
        "a school merged over its actions",
        xlsx((HEADINGS, ROWS[0], ("Autre", None, "", None, "", None)), merge_school),
        titles=(TITLES[0], "Autre"),
        seen={"mentions": ("Collège Dijon 1",)},
    ),
    Case(
        "a school merged over its actions in ods",
        nasty.ods_merged(2, (HEADINGS, ROWS[0], ("Autre", None, "", None, "", None), ROWS[2])),
        titles=(TITLES[0], "Autre", TITLES[2]),
        seen={"mentions": ("Collège Dijon 1",), "number": 5},
        last_seen={"mentions": ("Collège Dijon 2",), "number": 7},
    ),
    Case(
        "accents encoded twice",
        csv(one("Forum des mÃ©tiers", "CollÃ¨ge A", "", "", "", ""), encoding="utf-8"),
        titles=("Forum des métiers",),
        told="« Forum des mÃ©tiers » est lu « Forum des métiers »",
        seen={"mentions": ("Collège A",)},
    ),
    Case(
        "lines that word ends without ending the paragraph",
        csv(one("Forum\vdes métiers", "Collège A\vCollège B", "", "", "", "")),
        titles=("Forum des métiers",),
        seen={"mentions": ("Collège A", "Collège B")},
    ),
    Case(
        "empty rows above, and a merged cell below them",
        xlsx(((), (), HEADINGS, ROWS[0], ("Autre", None, "", None, "", None)), merge_school_below),
        titles=(TITLES[0], "Autre"),
        last_seen={"mentions": ("Collège Dijon 1",), "number": 5},
    ),
    Case(
        "dates as cells",
        xlsx(one("F", "Clg A", "", dt.datetime.combine(FIRST, dt.time()), "", "")),
        titles=("F",),
        seen={"starts": FIRST, "ends": FIRST},
    ),
    Case(
        "dates as ods cells", ods(one("F", "Clg A", "", FIRST, "", "")), titles=("F",), seen={"starts": FIRST}
    ),
    Case(
        "a date as a spreadsheet number",
        csv(one("F", "Clg A", "", 46460, "", "")),
        titles=("F",),
        seen={"starts": FIRST},
    ),
    Case(
        "a date in words",
        xlsx(one("F", "Clg A", "", "semaine du 15 mars", "", "")),
        titles=("F",),
        seen={"starts": dt.date(2027, 3, 15), "ends": dt.date(2027, 3, 19)},
    ),
    Case(
        "a date that does not exist",
        xlsx(one("F", "Clg A", "", "30 février", "", "")),
        titles=("F",),
        blocked=1,
        told="n’existe pas",
    ),
    Case(
        "a date of another year",
        xlsx(one("F", "Clg A", "", "14/03/2016", "", "")),
        titles=("F",),
        blocked=1,
        told="est hors de l’année scolaire",
    ),
    Case(
        "several schools in a cell",
        xlsx(
            one(
                "F",
                "Collèges Félix Tisserand, Nuits-Saint-Georges ; Claude Guyot, Arnay-le-Duc",
                "",
                "",
                "",
                "",
            )
        ),
        titles=("F",),
        seen={"mentions": ("Collèges Félix Tisserand, Nuits-Saint-Georges", "Claude Guyot, Arnay-le-Duc")},
    ),
    Case(
        "several schools by line breaks",
        xlsx(one("F", "Collège A\nLycée B et lycée C", "", "", "", "")),
        titles=("F",),
        seen={"mentions": ("Collège A", "Lycée B", "lycée C")},
    ),
    Case(
        "a code inside the name",
        xlsx(one("F", "Collège Carnot (0210001Z)", "", "", "", "")),
        titles=("F",),
        blocked=1,
        told="ne s’accordent pas",
    ),
    Case(
        "numbers kept as text",
        xlsx(one("F", "Clg A", "", "", "", "  1 200 élèves ")),
        titles=("F",),
        seen={"audience_size": 1200},
    ),
    Case(
        "spaces and line breaks around",
        xlsx(one("  Forum \n des   métiers ", " Clg A ", "", "", "", "")),
        titles=("Forum des métiers",),
        seen={"mentions": ("Clg A",)},
    ),
    Case(
        "levels as words",
        xlsx(one("F", "Clg A", "", "", "collège / LP", "")),
        titles=("F",),
        seen={"levels": (Niveau.COLLEGE, Niveau.LYCEE_PROFESSIONNEL)},
    ),
    Case(
        "misspelt headings",
        xlsx((("INTITULÉ DE L'ACTON", "Etablissemnt", "n° RNE", "Date(s)", "Niveau", "Nb élèves"), *ROWS)),
    ),
    Case("a formula and its error", xlsx(one("=1/0", "Clg A", "", "", "", "")), titles=("",), blocked=1),
    Case("control characters", csv(one("For\x0bum\x07", "Clg A", "", "", "", "")), titles=("For um",)),
    Case(
        "a text longer than its column",
        xlsx(one("F" * 400, "Clg A", "", "", "", "")),
        titles=("F" * 400,),
        blocked=1,
        told="300 au plus",
    ),
    Case("headings nobody knows", xlsx((("Alpha", "Bêta"), ("Forum", "Clg A"))), titles=("",), blocked=1),
    Case("only headings", xlsx((HEADINGS,)), titles=()),
    Case("ods with an empty sheet first", ods(PLAIN, ("Vide", "Recensement"))),
    Case(
        "a stray cell far to the right", xlsx((HEADINGS, (*ROWS[0], *[None] * 200, "x"))), titles=TITLES[:1]
    ),
    Case(
        "a title above a table of two columns, by hand",
        raw(b"Recensement 2027\nCARDIE\n\ntitre,etablissement\nForum,Clg A\n"),
        titles=("Forum",),
    ),
    Case("cells of spaces", csv((*PLAIN, ("  ", "\xa0"), ("", " ")))),
    Case("a million empty ods rows", nasty.ods_ending(nasty.repeated("<table:table-cell/>"))),
    Case("300 000 empty csv rows", nasty.many_lines(b";;;;;\n", csv())),
    Case(
        "300 000 formatted empty rows",
        nasty.many_rows(
            above='<row r="1"><c r="A1" t="inlineStr"><is><t>Titre</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>UAI</t></is></c></row>'
        ),
        titles=(),
    ),
)
