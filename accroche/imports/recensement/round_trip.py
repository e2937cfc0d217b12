"""The columns we write ourselves, and a sheet of the site as their cells: what comes back is compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from accroche.actions.champs import CHAMPS, Voie
from accroche.actions.cycle import Etat
from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.actions.saisie import Contenu
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import Column
from accroche.imports.recensement.rows import LINES
from accroche.imports.recensement.table import Table
from accroche.lib.champs import Genre
from accroche.lib.tableur.cellules import Cell

#: Our columns, in their order.
_PLACED: Final = (
    Champ.IDENTIFIANT,
    Champ.VERSION,
    Champ.ETAT,
    Champ.TITRE,
    Champ.ETABLISSEMENT,
    Champ.UAI,
    Champ.DEBUT,
    Champ.FIN,
    Champ.TEMPORALITE,
    Champ.NIVEAUX,
    Champ.NATURE,
    Champ.THEMES,
    Champ.CLASSES,
    Champ.EFFECTIF,
    Champ.PUBLIC,
    Champ.DESCRIPTION,
    Champ.PARTENAIRES,
    Champ.AUTORITE,
    Champ.CONTACT_PUBLIC,
    Champ.LIENS,
)
_PRIVATE: Final = (Champ.CONTACT, Champ.COURRIEL, Champ.TELEPHONE)
#: The same, with the lines of text that have no place among them, before the private ones.
COLUMNS: Final[tuple[Champ, ...]] = (
    *_PLACED,
    *(champ for champ in LINES if champ not in _PLACED),
    *_PRIVATE,
)
BETWEEN: Final = " ; "


def columns(*, private: bool) -> tuple[Champ, ...]:
    """Return our columns, without the private ones for who may not read them."""
    return tuple(champ for champ in COLUMNS if private or not champ.is_private)


def table_of(champs: Sequence[Champ], sheet: str = "") -> Table:
    """Return the table that has these columns, as the reader of rows wants it."""
    return Table(
        sheet, 1, tuple(Column(position, champ.label, champ, 100) for position, champ in enumerate(champs))
    )


#: The columns that hold a text, a day or a number as it is.
_AS_THEY_ARE: Final = {
    Champ(one.cles(Voie.TABLEUR)[0]): one.name
    for one in CHAMPS
    if one.genre in {Genre.TEXT, Genre.DAY, Genre.NUMBER} and one.goes(Voie.TABLEUR)
}


def cells_of(
    content: Contenu, champs: Sequence[Champ], *, number: int | None = None, version: int = 0, etat: str = ""
) -> list[Cell]:
    """Return the cells of one sheet under ``champs``: days as days, numbers as numbers."""
    told: dict[Champ, Cell] = {
        Champ.IDENTIFIANT: number,
        Champ.VERSION: version,
        Champ.ETAT: Etat(etat).label if etat else "",
        **{column: getattr(content, name) for column, name in _AS_THEY_ARE.items()},
        Champ.ETABLISSEMENT: BETWEEN.join(
            f"{one.name}, {one.commune}" if one.commune else one.name for one in content.porteurs
        ),
        Champ.UAI: BETWEEN.join(content.schools),
        Champ.TEMPORALITE: Temporalite(content.temporality).label,
        Champ.NIVEAUX: BETWEEN.join(Niveau(code).label for code in content.levels),
        Champ.NATURE: Nature(content.nature).label,
        Champ.THEMES: BETWEEN.join(CodeTheme(code).label for code in content.themes),
        Champ.PARTENAIRES: BETWEEN.join(one.name for one in content.partenaires),
        Champ.LIENS: BETWEEN.join(one.url for one in content.liens),
    }
    return [told[champ] for champ in champs]
