"""The one writer of a sheet's content: its columns, and the rows that hang on it, for one sheet or for many.

A form writes one, a census file five hundred at a time, a pack an edition: all of them through
:func:`columns_of` and :class:`Writer`, so that nothing a content holds is written by one and dropped by
another (``tests/actions/operations/test_one_writer.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from django.db.models import F, Manager, Model

from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Cle,
    Lien,
    Theme,
)
from accroche.actions.operations.organisations import Organisations, Porteurs
from accroche.actions.regles import CodeCle, CodeTheme
from accroche.actions.saisie import COLUMNS, Contenu
from accroche.annuaire.regles import Niveau
from accroche.commun.insertion import insert_many

#: The columns of a sheet that its content gives.
_LEVELS: Final = tuple(level.value for level in Niveau)
CONTENT_COLUMNS: Final = (*COLUMNS, *_LEVELS)
_of_columns: Final = attrgetter(*COLUMNS)
#: Farther than any list goes: rows stand there while their places are given anew.
ASIDE: Final = 10_000
#: Through what a sheet is tied to its themes and keys.
_THEMES: Final[type[Model]] = Action.themes.through
_CLES: Final[type[Model]] = Action.cles.through

ACTIVITIES: Final = "activites"
#: One row of a list: what its model's columns hold.
Row = tuple[Any, ...]


def columns_of(content: Contenu, names: Container[str] | None = None) -> dict[str, Any]:
    """Return the columns that a content gives, in the order of ``CONTENT_COLUMNS``.

    ``names``: the fields wanted, when not all.
    """
    if names is None:
        return dict(zip(CONTENT_COLUMNS, values_of(content), strict=True))
    columns = {name: getattr(content, name) for name in COLUMNS if name in names}
    if "levels" in names:
        columns |= {level: level in content.levels for level in _LEVELS}
    return columns


def values_of(content: Contenu) -> tuple[Any, ...]:
    """Return what a content gives of the columns ``CONTENT_COLUMNS``, in their order."""
    return (*_of_columns(content), *_ticked(content.levels))


@lru_cache(maxsize=64)
def _ticked(levels: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(level in levels for level in _LEVELS)


def complete_vocabularies() -> None:
    """Add the themes and keys that their tables lack."""
    for model, codes in ((Theme, CodeTheme), (Cle, CodeCle)):
        table: Manager[Any] = model._default_manager  # noqa: SLF001 - Django documents it
        held = set(table.values_list("code", flat=True))
        for code in codes:
            if code not in held:
                table.get_or_create(code=code)


class Writer:
    """Makes the lists of sheets those of their contents, as many at once as are given.

    A fixed number of queries, but for sheets that are there and whose activities are known by their rows.
    """

    def __init__(self, organisations: Organisations) -> None:
        """``organisations`` finds carriers and partners; what else contents name is looked for once."""
        self._organisations = organisations
        self._known: dict[str, dict[str, int]] = {}

    def forget(self) -> None:
        """Look for themes and keys again: some were made in a transaction that failed."""
        self._known.clear()

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Write the lists, within the caller's transaction; contents name schools of the directory alone.

        Raises ``TooLongError``, and ``IntegrityError`` when somebody removed a carrier meanwhile.
        """
        for name, kind in LISTS.items():
            concerned = [sheet for sheet in sheets if name in sheet.names]
            replaced = [
                s.action for s in concerned if not s.is_new and not (name == ACTIVITIES and _is_known(s))
            ]
            if replaced:
                kind.model._base_manager.filter(action__in=replaced).delete()  # noqa: SLF001 - Django documents it
            insert_many(kind.model, kind.columns, kind.rows(self, concerned))

    def porteurs(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their carriers, each once, found or made."""
        named = [Porteurs(sheet.academie, sheet.content.porteurs, sheet.own) for sheet in sheets]
        for sheet, numbers in zip(sheets, self._organisations.porteurs(named), strict=True):
            for position, number in enumerate(numbers):
                yield sheet.action, number, position

    def partners(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their partners, each once, found or made."""
        found = self._organisations.partners([sheet.content.partenaires for sheet in sheets])
        for sheet, partners in zip(sheets, found, strict=True):
            for position, (number, told) in enumerate(partners):
                yield sheet.action, number, str(told.role), told.part, position

    def links(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their links."""
        for sheet in sheets:
            for position, link in enumerate(sheet.content.liens):
                yield sheet.action, link.url, link.label, position

    def themes(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their themes."""
        return self._codes("themes", Theme, sheets)

    def keys(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their keys."""
        return self._codes("cles", Cle, sheets)

    def activities(self, sheets: Sequence[Sheet]) -> Iterator[Row]:
        """The rows of their activities, but for those that are there and stay."""
        for sheet in sheets:
            there = _renew(sheet) if not sheet.is_new and _is_known(sheet) else frozenset()
            for position, row in enumerate(sheet.content.activites):
                if position not in there:
                    yield sheet.action, position, row.title, row.description, row.starts, row.ends

    def _codes(self, name: str, model: type[Theme | Cle], sheets: Sequence[Sheet]) -> Iterator[Row]:
        told = [(sheet.action, tuple(map(str, getattr(sheet.content, name)))) for sheet in sheets]
        known = self._known.setdefault(name, {})
        for code in sorted({code for _, codes in told for code in codes} - known.keys()):
            known[code] = model._default_manager.get_or_create(code=code)[0].pk  # noqa: SLF001 - the same
        for action, codes in told:
            for code in codes:
                yield action, known[code]


@dataclass(frozen=True, slots=True)
class ListeDeFiche:
    """A list of a sheet: the rows it is, their columns, and who makes them of contents."""

    model: type[Model]
    columns: tuple[str, ...]
    rows: Callable[[Writer, Sequence[Sheet]], Iterator[Row]]


#: The lists of a sheet, as its content names them.
LISTS: Final = {
    "porteurs": ListeDeFiche(ActionPorteur, ("action_id", "porteur_id", "position"), Writer.porteurs),
    "partenaires": ListeDeFiche(
        ActionPartenaire, ("action_id", "partenaire_id", "role", "part", "position"), Writer.partners
    ),
    "liens": ListeDeFiche(Lien, ("action_id", "url", "label", "position"), Writer.links),
    "themes": ListeDeFiche(_THEMES, ("action_id", "theme_id"), Writer.themes),
    "cles": ListeDeFiche(_CLES, ("action_id", "cle_id"), Writer.keys),
    ACTIVITIES: ListeDeFiche(
        Activite, ("action_id", "position", "title", "description", "starts", "ends"), Writer.activities
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose lists are to be written: the numbers of its row and of its académie, its content.

    ``names``: the lists that changed, when that is known; the others are left as they are. ``is_new``: it has
    no list yet. ``own``: nobody else wrote them (``organisations.Told``).
    """

    action: int
    academie: int
    content: Contenu
    names: Container[str] = frozenset(LISTS)
    is_new: bool = False
    own: bool = False


def _is_known(sheet: Sheet) -> bool:
    """Whether some of its activities are said to be rows that are there."""
    return any(row.number is not None for row in sheet.content.activites)


def _renew(sheet: Sheet) -> frozenset[int]:
    """Keep the rows of activities that are still there: a merge may have to find them again.

    Return the places in the list that are thus written.
    """
    rows = Activite.objects.filter(action=sheet.action)
    held = set(rows.order_by().values_list("pk", flat=True))
    places: dict[int, int] = {}  # the same line twice: the second is new
    for position, row in enumerate(sheet.content.activites):
        if row.number in held:
            places.setdefault(row.number, position)
    rows.exclude(pk__in=places).delete()
    rows.update(position=F("position") + ASIDE)
    for number, position in places.items():
        row = sheet.content.activites[position]
        rows.filter(pk=number).update(
            position=position,
            title=row.title,
            description=row.description,
            starts=row.starts,
            ends=row.ends,
        )
    return frozenset(places.values())
