"""What a partner reads and prints of its own part: only what the public reads too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from accroche.actions.models import Action
from accroche.actions.regles import CodeTheme
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Partenaire, Semaine
from accroche.cockpit.presentation.dessins import Donnee, Graphique, graphique
from accroche.commun import lieux
from accroche.lib.tableur.cellules import Cell
from accroche.lib.texte import liste, nombre, sort_key

HEADINGS: Final = ("Action", "Édition", "Académie", "Porteurs", "Niveaux", "Thèmes", "Adresse")


@dataclass(frozen=True, slots=True)
class Participation:
    """A public sheet in which the organisation takes part."""

    title: str
    href: str
    academie: str
    carriers: str
    levels: tuple[Niveau, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class EditionPartenaire:
    """One edition: its sheets, and the semaines that name the organisation themselves."""

    year: str
    sheets: tuple[Participation, ...]
    semaines: tuple[tuple[str, str], ...]

    @property
    def academies(self) -> int:
        """How many académies it was in."""
        return len({one.academie for one in self.sheets} | {name for name, _ in self.semaines})


@dataclass(frozen=True)
class BilanPartenaire:
    """What an organisation took part in, the latest edition first."""

    names: tuple[str, ...]
    editions: tuple[EditionPartenaire, ...]

    @property
    def sheets(self) -> tuple[Participation, ...]:
        """All the sheets."""
        return tuple(sheet for edition in self.editions for sheet in edition.sheets)

    @property
    def academies(self) -> tuple[str, ...]:
        """The académies it was in, in alphabetical order."""
        named = {name for edition in self.editions for name, _ in edition.semaines}
        return tuple(sorted(named | {sheet.academie for sheet in self.sheets}, key=sort_key))

    @property
    def levels(self) -> tuple[tuple[str, int], ...]:
        """Its sheets by level; one sheet may be of several."""
        counts = Counter(level for sheet in self.sheets for level in sheet.levels)
        return tuple((level.label, counts[level]) for level in Niveau)

    @property
    def themes(self) -> tuple[tuple[str, int], ...]:
        """Its sheets by theme, in the order of the vocabulary; those it has none of are left out."""
        counts = Counter(theme for sheet in self.sheets for theme in sheet.themes)
        return tuple((theme.label, counts[theme.label]) for theme in CodeTheme if counts[theme.label])

    def drawing(self, code: str, title: str, counts: Iterable[tuple[str, int]]) -> Graphique | None:
        """A drawing of some counts."""
        rows = [Donnee(label, nombre(count), (count,)) for label, count in counts]
        return graphique(code, title, rows, [("a-part--publiee", "Actions")])

    @property
    def levels_drawing(self) -> Graphique | None:
        """The drawing of its levels."""
        return self.drawing("niveaux", "Actions par niveau", self.levels)

    @property
    def themes_drawing(self) -> Graphique | None:
        """The drawing of its themes."""
        return self.drawing("themes", "Actions par thème", self.themes)


def bilan(
    partners: Iterable[Partenaire], sheets: QuerySet[Action], semaines: QuerySet[Semaine]
) -> BilanPartenaire:
    """Put together what the organisation took part in; a fixed number of queries."""
    by_year: dict[str, list[Participation]] = {}
    for sheet in _read(sheets):
        by_year.setdefault(sheet.semaine.edition.year, []).append(_participation(sheet))
    named: dict[str, list[tuple[str, str]]] = {}
    for semaine in semaines:
        address = lieux.address("semaine", semaine.edition.year, semaine.academie.slug)
        named.setdefault(semaine.edition.year, []).append((semaine.academie.name, address))
    years = sorted({*by_year, *named}, reverse=True)
    editions = tuple(
        EditionPartenaire(year, tuple(by_year.get(year, ())), tuple(named.get(year, ()))) for year in years
    )
    # the same name in capitals and not is one name
    names = {one.name.casefold(): one.name for one in partners}
    return BilanPartenaire(tuple(sorted(names.values(), key=sort_key)), editions)


def _read(sheets: QuerySet[Action]) -> QuerySet[Action]:
    parts = sheets.select_related("semaine__edition", "semaine__academie")
    return parts.prefetch_related("porteurs", "themes")


def _participation(sheet: Action) -> Participation:
    year, slug = sheet.semaine.edition.year, sheet.semaine.academie.slug
    return Participation(
        sheet.title,
        lieux.address("action", year, slug, sheet.slug),
        sheet.semaine.academie.name,
        liste(str(porteur) for porteur in sheet.porteurs.all()),
        sheet.levels,
        tuple(str(theme) for theme in sheet.themes.all()),
    )


def rows_of(sheets: QuerySet[Action]) -> Iterator[tuple[Cell, ...]]:
    """The lines of the file, in bounded memory."""
    for sheet in _read(sheets).iterator(500):
        one = _participation(sheet)
        levels = liste(level.label for level in one.levels)
        year, themes = sheet.semaine.edition.year, liste(one.themes)
        address = f"{settings.SITE_URL}{one.href}"
        yield (one.title, year, one.academie, one.carriers, levels, themes, address)
