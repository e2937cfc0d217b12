"""How a practice spread, laid out: who took it up from whom, edition after edition, from left to right.

Pure: numbers in, places out. A column is an edition; each sheet has a place of its own, right of or below the
one it takes up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: Sheets drawn; of more, each knows how many follow it that are not.
MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Noeud:
    """A sheet by its number, its edition, and the number of the one it takes up, None for none."""

    number: int
    edition: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class CaseDiffusion:
    """Where a sheet is drawn: its column and its row from the top left, its depth in the tree."""

    number: int
    parent: int | None
    column: int
    row: int
    depth: int
    #: sheets that follow it and are not drawn
    others: int = 0


@dataclass(frozen=True, slots=True)
class Dessin:
    """Places in reading order, editions by column, and the number of rows."""

    cases: tuple[CaseDiffusion, ...] = ()
    editions: tuple[str, ...] = ()
    rows: int = 0


def visible(parents: Mapping[int, int | None], shown: Iterable[int]) -> dict[int, int | None]:
    """Tie each shown sheet to the nearest shown one it comes from: those between are not told.

    ``parents``: of all sheets; one that leads in a circle ends where the circle closes.
    """
    kept = frozenset(shown)
    found: dict[int, int | None] = {}
    for number in kept:
        passed, above = {number}, parents.get(number)
        while above is not None and above not in kept and above not in passed:
            passed.add(above)
            above = parents.get(above)
        found[number] = above if above in kept and above not in passed else None
    return _without_circles(found)


def _without_circles(parents: dict[int, int | None]) -> dict[int, int | None]:
    """Cut each chain that comes back to itself, at its smallest number."""
    cut = dict(parents)
    for number in sorted(cut):
        above, passed = cut[number], {number}
        while above is not None and above not in passed:
            passed.add(above)
            above = cut.get(above)
        if above == number:
            cut[number] = None
    return cut


def dessin(nodes: Sequence[Noeud], *, keep: int | None = None, most: int = MOST) -> Dessin:
    """Lay out a forest of sheets, at most ``most`` of them: the nearest to its roots, those above ``keep``.

    ``nodes``: parents that are none of them count as none. They are laid out in their order.
    """
    numbers = {node.number for node in nodes}
    parents = {n.number: n.parent if n.parent in numbers else None for n in nodes}
    parents = _without_circles(parents)
    children: dict[int | None, list[Noeud]] = defaultdict(list)
    for node in nodes:
        children[parents[node.number]].append(node)
    kept = _kept(children, parents, keep, most)
    hidden = Counter(_nearest(node.number, parents, kept) for node in nodes if node.number not in kept)
    editions = tuple(sorted({node.edition for node in nodes if node.number in kept}))
    column = {edition: number for number, edition in enumerate(editions)}
    return _placed(children, parents, kept, column, editions, hidden)


def _kept(
    children: Mapping[int | None, Sequence[Noeud]],
    parents: Mapping[int, int | None],
    keep: int | None,
    most: int,
) -> frozenset[int]:
    kept: dict[int, None] = {}
    above = keep if keep in parents else None
    while above is not None:
        kept[above] = None
        above = parents[above]
    level = list(children.get(None, ()))
    while level and len(kept) < most:
        for node in level:
            if len(kept) < most:
                kept.setdefault(node.number)
        level = [child for node in level for child in children.get(node.number, ()) if node.number in kept]
    return frozenset(kept)


def _nearest(number: int, parents: Mapping[int, int | None], kept: frozenset[int]) -> int | None:
    above = parents[number]
    while above is not None and above not in kept:
        above = parents[above]
    return above


@dataclass
class _Grid:
    """The rows taken so far."""

    cases: list[CaseDiffusion] = field(default_factory=list)
    rows: int = 0


def _placed(
    children: Mapping[int | None, Sequence[Noeud]],
    parents: Mapping[int, int | None],
    kept: frozenset[int],
    column: Mapping[str, int],
    editions: tuple[str, ...],
    hidden: Counter[int | None],
) -> Dessin:
    """Walk the forest depth first: the first child of a later edition stands beside its parent."""
    grid = _Grid()
    # (sheet, its depth, the row it may stand on: that of its parent; None for one of its own)
    waiting: list[tuple[Noeud, int, int | None]] = [
        (node, 0, None) for node in reversed(children.get(None, ())) if node.number in kept
    ]
    while waiting:
        node, depth, beside = waiting.pop()
        row = grid.rows if beside is None else beside
        grid.rows = max(grid.rows, row + 1)
        at = column[node.edition]
        parent = parents[node.number]
        grid.cases.append(CaseDiffusion(node.number, parent, at, row, depth, hidden[node.number]))
        below = [child for child in children.get(node.number, ()) if child.number in kept]
        # it stands on its parent's row only where nothing of that row is right of the parent yet
        beside_me = next((c for c in below if column[c.edition] > at), None)
        rest = [c for c in below if c is not beside_me]
        waiting += [(child, depth + 1, None) for child in reversed(rest)]
        if beside_me is not None:
            waiting.append((beside_me, depth + 1, row))
    return Dessin(tuple(grid.cases), editions, grid.rows)
