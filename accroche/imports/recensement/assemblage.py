"""What a row says of each field, once the columns that say parts of it are put together."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from accroche.imports.recensement.champs import DAYS, LEVELS, Champ
from accroche.imports.recensement.contenu import FIGURES, without_postal_code
from accroche.imports.recensement.ecriture import normal
from accroche.imports.recensement.lieux import together
from accroche.imports.recensement.synonymes import SYNONYMS
from accroche.imports.recensement.table import Table
from accroche.lib.dates import MONTHS, format_month
from accroche.lib.tableur.cellules import Cell, is_blank, is_ticked, line_of, said, text_of
from accroche.lib.tableur.mois import put_together

#: Marks of a text written for a page: programs export it as it is.
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|u|a|ul|ol|li|h[1-6]|blockquote|hr|img|font|table|tr|td)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_ENDS_A_LINE: Final = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/ul|/ol|hr|/tr)\b[^<>]{0,1000}>", re.IGNORECASE)
_ITEM: Final = re.compile(r"<li\b[^<>]{0,1000}>", re.IGNORECASE)
#: « [Forum](https://…) », as notes are written: a text, and where it leads.
_LEADS: Final = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,400})\)")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});")
#: An answer that says nothing by itself.
_OTHER: Final = re.compile(r"autres?\b|other\b|aucune?s?\b", re.IGNORECASE)
#: What tells a text from the same with marks: « **Forum** ».
_MARKS: Final = re.compile(r"[\W_]+")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
#: Headings that say no more than that a text describes: none is written above its text.
_PLAIN: Final = frozenset(("description", "descriptif", *SYNONYMS[Champ.DESCRIPTION])) - {
    "objectif", "objectif de l action", "deroulement", "modalite", "modalite de mise en oeuvre", "contenu",
    "presentation", "precision",
}  # fmt: skip


#: What a month or a year beside them is of.
_EDGES: Final = (Champ.DEBUT, Champ.FIN)
_WHOLE: Final = (Champ.DATES,)
#: What people and programs write where they know nothing, and the fields of which it says nothing.
_UNTOLD: Final = re.compile(
    r"(?:non|pas) (?:pr[eé]cis[eé]|renseign[eé]|communiqu[eé]|disponible|indiqu[eé])e?s?"
    r"|n/?a|information non disponible",
    re.IGNORECASE,
)
_UNTOLD_LETTERS: Final = frozenset("NnPpIi")
_SAY_NOTHING: Final = frozenset((
    *(Champ.TITRE, Champ.DESCRIPTION, Champ.LIENS, Champ.THEMES, Champ.PUBLIC, Champ.CLASSES),
    *(Champ.PARTENAIRES, Champ.CONTACT, Champ.COURRIEL, Champ.TELEPHONE, Champ.COMMUNE, Champ.NIVEAUX),
    Champ.LIEU,
))  # fmt: skip
#: Months in figures.
_NUMBERED: Final = range(1, len(MONTHS) + 1)


class Assemblage:
    """Puts together the columns of one table; made once."""

    def __init__(self, table: Table) -> None:
        """Prepare for the rows of ``table``."""
        held: dict[Champ, list[int]] = {}
        for column in table.columns:
            if column.champ is not Champ.IGNORE:
                held.setdefault(column.champ, []).append(column.position)
        self._months = held.pop(Champ.MOIS, [])
        # most fields have one column; what several share is put together
        self._alone = {at[0]: champ for champ, at in held.items() if len(at) == 1}
        self._shared = [(champ, at) for champ, at in held.items() if len(at) > 1]
        self._month_first = frozenset(
            # of a text that begins with a day, nothing is written otherwise
            column.position
            for column in table.columns
            if column.month_first and column.champ in DAYS
        )
        self._choices = [(one.position, one.choice) for one in table.columns if one.choice]
        self._headings = {column.position: column.heading for column in table.columns}

    def values(self, cells: Sequence[Cell]) -> dict[Champ, Cell]:
        """Return what the row says of each field; a field it says nothing of is not there."""
        if self._month_first or self._choices:
            cells = self._answered(cells)
        filled = said(cells)
        values = {self._alone[at]: cell for at, cell in filled if at in self._alone}
        for champ, positions in self._shared:
            told = [one for one in filled if one[0] in positions]
            if told and champ is Champ.DESCRIPTION:
                values[champ] = self._described(told)
            elif told and champ in LEVELS:
                values[champ] = max((cell for _, cell in told), key=_ticked)
            elif told and champ is Champ.LIEU:
                values[champ] = together(line_of(cell) for _, cell in told)
            elif told:
                values[champ] = " ; ".join(text_of(cell) for _, cell in told)
        _clean(values)
        if self._months:
            self._in_their_month([cell for at, cell in filled if at in self._months], values)
        return values

    def _in_their_month(self, months: list[Cell], values: dict[Champ, Cell]) -> None:
        """Give the days of a row the month and the year that have their columns."""
        edges = [champ for champ in _EDGES if champ in values]
        for champ in edges or _WHOLE:
            told = [*map(_named, months), values.get(champ)]
            # a year alone is no date
            if champ in values or any(not line_of(cell).isdecimal() for cell in told if not is_blank(cell)):
                values[champ] = put_together(told)

    def _answered(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells, days first in their days, each ticked one saying its answer; another text stays."""
        said = [
            FIGURES.sub(r"\3\2\1", cell) if at in self._month_first and isinstance(cell, str) else cell
            for at, cell in enumerate(cells)
        ]
        for at, choice in self._choices:
            if at < len(said) and (ticked := is_ticked(said[at])) is not None:
                said[at] = choice if ticked and not _OTHER.match(choice) else None
        return said

    def _described(self, told: Sequence[tuple[int, Cell]]) -> str:
        """« Objectifs », « Déroulement »: each under its heading; of a short and a long text, the long."""
        texts = [(self._headings[at], without_tags(text_of(cell))) for at, cell in told]
        kept = [
            (heading, text)
            for position, (heading, text) in enumerate(texts)
            if not any(
                _begins(other, text) and (len(other) > len(text) or rank < position)
                for rank, (_, other) in enumerate(texts)
                if rank != position
            )
        ]
        return "\n\n".join(
            text if len(kept) == 1 or _is_plain(heading) else f"{heading} : {text}" for heading, text in kept
        )


def _clean(values: dict[Champ, Cell]) -> None:
    """Take out of what a row says the marks of pages, of calendars, and the code of a commune."""
    for champ in (Champ.TITRE, Champ.DESCRIPTION, Champ.LIEU):
        if isinstance(cell := values.get(champ), str) and ("<" in cell or "&" in cell or "\\n" in cell):
            values[champ] = without_tags(cell.replace("\\n", "\n").replace("\\,", ","))  # of a calendar
    title = values.get(Champ.TITRE)
    if isinstance(title, str) and "](" in title and (found := [one[2] for one in _LEADS.finditer(title)]):
        values[Champ.TITRE] = _LEADS.sub(r"\1", title)
        values[Champ.LIENS] = "\n".join(filter(None, (text_of(values.get(Champ.LIENS)), *found)))
    for champ, cell in values.items():
        if isinstance(cell, str) and "&" in cell:  # « &amp; » would part two partners
            values[champ] = _ENTITY.sub(_character, cell)
    # by its first letter first: most cells need no closer look
    for champ in [
        one for one, cell in values.items() if isinstance(cell, str) and cell[:1] in _UNTOLD_LETTERS
    ]:
        if champ in _SAY_NOTHING and _UNTOLD.fullmatch(line_of(values[champ])):
            del values[champ]
    if Champ.COMMUNE in values:
        values[Champ.COMMUNE] = without_postal_code(line_of(values[Champ.COMMUNE]))


def _ticked(cell: Cell) -> int:
    """How surely a box is ticked: yes, a text that is no « non », no."""
    return {True: 2, None: 1, False: 0}[is_ticked(cell)]


def _begins(whole: str, text: str) -> bool:
    """Whether ``whole`` says ``text`` already: a teaser that its own text begins with, marks apart."""
    told = _MARKS.sub("", text.removesuffix("(...)"))
    return bool(told) and _MARKS.sub("", whole).startswith(told)


@lru_cache(maxsize=256)
def _is_plain(heading: str) -> bool:
    return normal(heading).removesuffix(" fr") in _PLAIN


@lru_cache(maxsize=4096)
def without_tags(text: str) -> str:
    """Return a text without the marks of a page: paragraphs and items are lines, « &amp; » is « & »."""
    if not _TAG.search(text) and not _ENTITY.search(text):
        return text
    lines = _ITEM.sub("\n• ", _ENDS_A_LINE.sub("\n", text))
    return _BLANK_LINES.sub("\n\n", text_of(_ENTITY.sub(_character, _TAG.sub("", lines))))


def _character(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _named(cell: Cell) -> Cell:
    """A month as people say it: a spreadsheet keeps « octobre 2026 » as 1 October; « 10 » is one."""
    if not isinstance(cell, dt.date) and (text := line_of(cell)).isdecimal() and int(text) in _NUMBERED:
        return MONTHS[int(text) - 1]
    return format_month(cell) if isinstance(cell, dt.date) and cell.day == 1 else cell
