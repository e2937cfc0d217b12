"""The spread of a practice as pages show it: a drawing of boxes and lines, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accroche.actions.models import Action
from accroche.catalogue.diffusion import CaseDiffusion
from accroche.catalogue.queries.fiche import Diffusion

#: Units of the drawing: a box, and the room between two of them.
WIDTH: Final = 240
HEIGHT: Final = 54
GAP_X: Final = 50
GAP_Y: Final = 16
HEAD: Final = 34
#: Characters of a title that a box holds; the list tells it whole.
MOST_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class BoiteDiffusion:
    """A sheet drawn: its corner, the line from the one it takes up, its words."""

    x: int
    y: int
    title: str
    academie: str
    is_current: bool
    others: str
    line: str


@dataclass(frozen=True, slots=True)
class LigneDiffusion:
    """The same in words, in reading order."""

    action: Action
    depth: int
    source: Action | None
    is_current: bool
    others: int


@dataclass(frozen=True, slots=True)
class TableauDiffusion:
    """All that the page of a spread shows."""

    boites: tuple[BoiteDiffusion, ...]
    colonnes: tuple[tuple[int, str], ...]
    lignes: tuple[LigneDiffusion, ...]
    width: int
    height: int
    #: of a box
    box_width: int = WIDTH
    box_height: int = HEIGHT


def tableau(found: Diffusion, current: Action) -> TableauDiffusion:
    """Draw it: editions from left to right, a line from each sheet to those that take it up."""
    cases = found.dessin.cases
    at = {case.number: case for case in cases}
    columns = found.dessin.editions
    return TableauDiffusion(
        boites=tuple(_boite(case, at, found.fiches[case.number], current) for case in cases),
        colonnes=tuple((_x(number), year) for number, year in enumerate(columns)),
        lignes=tuple(
            LigneDiffusion(
                found.fiches[case.number],
                case.depth,
                found.fiches.get(case.parent) if case.parent else None,
                case.number == current.pk,
                case.others,
            )
            for case in cases
        ),
        width=_x(len(columns)) - GAP_X + 1,
        height=_y(found.dessin.rows) + 1,
    )


def _boite(
    case: CaseDiffusion, at: dict[int, CaseDiffusion], action: Action, current: Action
) -> BoiteDiffusion:
    above = at.get(case.parent) if case.parent else None
    return BoiteDiffusion(
        x=_x(case.column),
        y=_y(case.row),
        title=_short(action.title),
        academie=action.semaine.academie.name,
        is_current=case.number == current.pk,
        others=f"et {case.others} autre{'s' if case.others > 1 else ''}" if case.others else "",
        line=_line(above, case) if above else "",
    )


def _line(above: CaseDiffusion, case: CaseDiffusion) -> str:
    """A path from the right side of a box to the left side of another; round its left where it is below."""
    y = _y(case.row) + HEIGHT // 2
    start = _y(above.row) + HEIGHT // 2
    if case.column > above.column:
        x, end = _x(above.column) + WIDTH, _x(case.column)
        turn = end - GAP_X // 2
        return f"M{x} {start}H{turn}V{y}H{end}"
    x, end = _x(above.column), _x(case.column)
    turn = min(x, end) - GAP_X // 4
    return f"M{x} {start}H{turn}V{y}H{end}"


def _x(column: int) -> int:
    return GAP_X // 2 + column * (WIDTH + GAP_X)


def _y(row: int) -> int:
    return HEAD + row * (HEIGHT + GAP_Y)


def _short(title: str) -> str:
    return title if len(title) <= MOST_LETTERS else f"{title[:MOST_LETTERS].rstrip()}…"
