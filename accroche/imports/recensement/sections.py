"""Rows that say no more than when, for those below them: « AVRIL 2027 », « Lundi 8 mars 2027 »."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from accroche.imports.recensement.champs import DAYS
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.especes import Espece, espece
from accroche.lib.tableur.cellules import Cell, is_blank, line_of
from accroche.lib.tableur.mois import Above, is_a_month, plain, put_together

#: Rows that are a day and no more, from which a list is one of days.
_SEVERAL: Final = 2
#: A row of its own that says another time than the day above it: « Dates à définir », « Hors semaine ».
_ANOTHER_TIME: Final = re.compile(
    r"(?:(?:autres? )?(?:dates?|jours?|actions?|activites?|ateliers?|projets?) )?"
    r"(?:(?:reste(?:nt)? |encore )?a (?:definir|venir|(?:precis|confirm|determin|fix|programm|planifi)er)"
    r"|non (?:dat|defini|fixe|connu|precise)e{0,2}s?|sans dates?|hors (?:de la )?semaine|en attente"
    r"|permanente?s?|annuel(?:le)?s?|tbd|nc)"
)
#: A row of the day above it, « TOUTE LA JOURNÉE », says when of that day.
_A_PART_OF_THE_DAY: Final = re.compile(
    r"\b(?:matin|matinee|midi|aprem|soir|soiree|nuit|journee|jour|idem)s?\b"
)


def under_sections(
    columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]], told: Callable[[int], object]
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows with the month or the day that has a row of its own above them, where they leave it.

    ``told`` is given the number of each such row, which is no action.
    """
    days = [one.position for one in columns if one.champ in DAYS]
    section: Above | None = None
    for number, cells in rows:
        alone = _alone(cells) if days else None
        if is_a_month(alone) or (is_a_day(alone) and not is_blank(cells[0])):
            section = Above(alone)
            told(number)
        elif section is None or _says_another_time(alone) or _is_another_part(cells, days, section):
            section = None
            yield number, cells
        else:
            yield number, _dated(cells, days, section)


def given_days(columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]]) -> str:
    """Return what to tell of a day that has a row of its own, and is taken by a row below; else nothing."""
    days = [one.position for one in columns if one.champ in DAYS]
    written, above = dict(rows), list[int]()
    for number, cells in under_sections(columns, written.items(), above.append):
        if cells is not written[number] and all(is_blank(cell) for cell in _at(written[number], days)):
            return (
                f"La ligne {above[-1]} ne dit qu’un jour, « {line_of(_alone(written[above[-1]]))} » : la "
                f"ligne {number}, et les autres sans date en dessous, sont de ce jour-là. Si ce n’est pas "
                "le leur, écrivez leur date, ou « à définir »."
            )
    return ""


def lost_days(columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]]) -> str:
    """Return what to tell of days that have a row of their own where no column says when; else nothing."""
    if any(one.champ in DAYS for one in columns):
        return ""
    alone = [(number, line_of(cell)) for number, cells in rows if is_a_day(cell := _alone(cells))]
    if len(alone) < _SEVERAL:
        return ""
    number, first = alone[0]
    return (
        f"Des jours ont une ligne à eux (« {first} », ligne {number}), et aucune colonne ne dit quand : les "
        "actions en dessous n’ont pas de date. Ajoutez une colonne « Date », même vide : elles auront celle "
        "du dessus."
    )


def is_a_day(cell: Cell) -> bool:
    """Whether a cell is a day or several, in figures or words: « Lundi 8 mars 2027 », no month alone."""
    if isinstance(cell, dt.date):
        return True
    text = line_of(cell)
    return isinstance(cell, str) and any(map(str.isdigit, text)) and espece(cell, text) is Espece.DAY


def _dated(cells: list[Cell], days: Sequence[int], section: Above) -> list[Cell]:
    """A row with what its section says of its days, or with that day where it says none."""
    told = _at(cells, days)
    if not is_a_month(section.cell):
        if not all(map(is_blank, told)):
            return cells
        blanks: list[Cell] = [None] * (days[0] - len(cells))
        return [*cells[: days[0]], *blanks, section.cell, *cells[days[0] + 1 :]]
    of_these = section.of_these(told)
    if not any(of_these):
        return cells
    dated = dict(zip(days, of_these, strict=False))
    return [put_together([section.cell, cell]) if dated.get(at) else cell for at, cell in enumerate(cells)]


def _at(cells: Sequence[Cell], positions: Iterable[int]) -> list[Cell]:
    return [cells[at] for at in positions if at < len(cells)]


def _says_another_time(cell: Cell) -> bool:
    """Whether a row that says no more than this is of no day, « Toute l’année », as those below it are."""
    if is_blank(cell) or isinstance(cell, dt.date):
        return False
    text = line_of(cell)
    if any(map(str.isdigit, text)):
        return False
    return espece(cell, text) is Espece.DAY or _ANOTHER_TIME.fullmatch(plain(text)) is not None


def _is_another_part(cells: Sequence[Cell], days: Sequence[int], section: Above) -> bool:
    """Whether a row begins another part below days: « TARIFS », « PRIX », below « VENDREDI 24 AVRIL »."""
    texts = [line_of(cell) for cell in cells if not is_blank(cell)]
    if not all(text.isupper() for text in [line_of(section.cell), *texts]):
        return False  # « Radio », « COMPLET »: an action all the same
    told = (line_of(cell) for cell in _at(cells, days) if not is_blank(cell))
    return any(
        not any(map(str.isdigit, text))
        and espece(text, text) is Espece.WORDS
        and not _A_PART_OF_THE_DAY.search(plain(text))
        for text in told
    )


def _alone(cells: Sequence[Cell]) -> Cell:
    """What a row says when it says one thing, once or in merged cells; None otherwise."""
    alone: Cell = None
    for cell in cells:
        if is_blank(cell) or cell == alone:
            continue
        if alone is not None:
            return None
        alone = cell
    return alone
