"""Results by theme: how many sheets speak of each, at which levels, in how many académies."""

from __future__ import annotations

from accroche.actions.regles import CodeTheme
from accroche.annuaire.regles import Niveau
from accroche.dossier.ventilation import PartDeFiches, added
from accroche.lib.texte import NBSP, capitale, nombre, pluriel, sort_key, typographie
from accroche.publications.blocs import text
from accroche.publications.documents.synthese.tirage import Tirage
from accroche.publications.outline import (
    Align,
    Column,
    Figure,
    Line,
    Paragraph,
    Provenance,
    Section,
    SectionKind,
    Table,
    Text,
    Tone,
)


class Themes:
    """The sheets of an edition by theme; each of those of a past report is an example it chose to tell."""

    def __init__(self, tirage: Tirage) -> None:
        """Sort the sheets out."""
        self._tirage = tirage
        self.sheets = tirage.ventilation
        self.held = sorted(
            ((CodeTheme(code), parts) for code, parts in self.sheets.themes.items()),
            key=lambda pair: (-added(pair[1]), sort_key(pair[0].label)),
        )
        self.counted = [(theme, added(parts)) for theme, parts in self.held]
        count = self.sheets.fiches
        self.noun = (
            pluriel(count, "action publiée", "actions publiées")
            if tirage.counted
            else pluriel(count, "action présentée", "actions présentées")
        )

    def total(self) -> Figure:
        """How many sheets there are, with and without a theme."""
        shown = nombre(self.sheets.fiches)
        label = "Actions publiées" if self._tirage.counted else "Actions présentées en exemple"
        statement = "Compté sur les fiches des actions. Une action peut porter plusieurs thèmes, ou aucun."
        return self._tirage.provenances.figure(shown, Provenance("p-fiches", label, shown, statement))


def results(tirage: Tirage) -> Section:
    """The page of results by theme; nothing when no sheet names one."""
    found = Themes(tirage)
    blocks: tuple[Paragraph | Table, ...] = ()
    if found.counted:
        blocks = (_lead(found), _table(found, tirage.source))
    return Section("themes", "De quoi parlent les actions", blocks, kind=SectionKind.CHAPTER)


def _lead(found: Themes) -> Paragraph:
    without, themes = found.sheets.sans_theme, len(found.counted)
    if without:
        verb = pluriel(without, "n’a pas", "n’ont pas")
        others = pluriel(found.sheets.fiches - without, "l’autre en porte", "les autres en portent")
        told = f", {nombre(without)} {verb} de thème ; {others} {nombre(themes)}."
    else:
        told = f", il y a {nombre(themes)} {pluriel(themes, 'thème', 'thèmes')}."
    several = " Une même action peut porter plusieurs thèmes et toucher plusieurs niveaux."
    said = Text(typographie(f"{NBSP}{found.noun}{told}{several}"))
    line: Line = (Text("Parmi "), found.total(), said)
    return Paragraph(line, Tone.LEAD)


def _table(found: Themes, source: str) -> Table:
    rows = tuple((text(theme.label), *_cells(parts)) for theme, parts in found.held)
    return Table(
        caption=f"{capitale(found.noun)} par thème et par niveau",
        columns=(
            Column("Thème"),
            *(Column(level.label, Align.END) for level in Niveau),
            Column("Niveau non précisé", Align.END),
            Column("Ensemble", Align.END),
            Column("Académies", Align.END),
        ),
        rows=rows,
        total=((Text("Toutes les actions"),), *_cells(found.sheets.ensemble)),
        note=typographie(
            "Le total n’est pas la somme des lignes : une action y est comptée une fois, quel que soit le "
            "nombre de ses thèmes. De même, une action qui touche plusieurs niveaux est comptée à chacun."
        ),
        source=source,
    )


def _cells(parts: tuple[PartDeFiches, ...]) -> tuple[Line, ...]:
    levels = [sum(counts) for counts in zip(*(part.niveaux for part in parts), strict=True)]
    unknown = sum(part.sans_niveau for part in parts)
    return tuple((Text(nombre(count)),) for count in (*levels, unknown, added(parts), len(parts)))
