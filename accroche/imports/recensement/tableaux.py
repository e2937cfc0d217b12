"""The tables of a file that may be read, and which of them somebody chose; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from accroche.lib.texte import liste

#: How a table is named, for the help of the command.
HELP: Final = (
    "une feuille à lire, par son nom, ou un autre de ses tableaux, par la ligne de ses en-têtes : "
    "« Actions », « Feuil1!14 » ; répété pour plusieurs. Sans cela : les feuilles qui disent des actions"
)
#: The row of the table that is found in a sheet without being told where it is.
FOUND: Final = 0


class TableauDuFichier(NamedTuple):
    """One table of a file: its sheet, the row of its headings, ``FOUND`` for the first, what it holds."""

    sheet: str
    row: int
    told: str

    @property
    def name(self) -> str:
        """How a command names it: « Feuil1!14 »."""
        return f"{self.sheet}!{self.row}" if self.row else self.sheet


class NoSuchTableError(ValueError):
    """A table that the file does not have, or a second of one sheet; the message is French and says so."""


def chosen_tables(there: Sequence[TableauDuFichier], names: Iterable[str]) -> dict[str, int]:
    """Return the row of the table to read of each sheet named. Raise :class:`NoSuchTableError`."""
    known = {one.name.strip(): one for one in there}
    found: dict[str, int] = {}
    for name in names:
        one = known.get(name.strip())
        if one is None:
            told = liste(f"« {other} »" for other in known) or "aucun"
            raise NoSuchTableError(f"« {name} » n’est pas un tableau de ce fichier : {told}.")
        if found.setdefault(one.sheet, one.row) != one.row:
            raise NoSuchTableError(
                f"« {name} » est d’une feuille déjà citée : un seul tableau de chacune est lu à la fois."
            )
    return found


def is_read(one: TableauDuFichier, chosen: Mapping[str, int] | None, read: Iterable[str]) -> bool:
    """Whether a table is read. ``chosen``: as somebody said; ``read``: the sheets read otherwise."""
    if chosen:
        return chosen.get(one.sheet) == one.row
    return one.row == FOUND and one.sheet in read
