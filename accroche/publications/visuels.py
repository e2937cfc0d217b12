"""Drawings of a whole edition, said once for every format: tile map, calendar, bar charts."""

from __future__ import annotations

from typing import Final

from accroche.annuaire.tuiles import SHADES, cases, shade
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.bilan import Bilan
from accroche.dossier.comptage import is_counted
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.lib.chiffres import Kind, counted, format_chiffres
from accroche.lib.dates import school_year
from accroche.lib.texte import NBSP, capitale, liste, nombre, pluriel, sort_key, typographie
from accroche.publications.blocs import sheet_id
from accroche.publications.outline import Bar, BarChart, Calendar, Span, Tile, TileMap

UNAVAILABLE, NOT_COMMUNICATED, FIRST_SHADE = 0, 1, 2
LEGEND = (
    "Données non disponibles",
    "Nombre non communiqué (N.C.)",
    *(f"{capitale(label)} actions" for label in SHADES[:-1]),
    SHADES[-1].replace(" et", " actions et"),
)
#: Académies named in the text alternative of a long chart; all are in the table of totals.
NAMED = 5


def tile_map(dossier: EditionDossier, bilan: Bilan, source: str = "") -> TileMap:
    """Return the map of the académies, one tile each, by number of identified actions."""
    placed = cases(semaine.academie for semaine in dossier.semaines)
    tiles = tuple(
        Tile(
            code=case.code,
            label=semaine.academie,
            column=case.column,
            row=case.row,
            legend=tile_class(semaine),
            text=counted_text(semaine),
            target=sheet_id(semaine.academie),
            value=tile_value(semaine),
        )
        for semaine, case in zip(dossier.semaines, placed, strict=True)
    )
    most = [tile.label for tile in tiles if tile.legend == len(LEGEND) - 1]
    told = (
        ("Cent actions et plus", most),
        ("N.C.", bilan.actions.missing),
        ("Non disponibles", bilan.unavailable),
    )
    words = "".join(f" {label} : {liste(names)}." for label, names in told if names)
    return TileMap(
        caption="Actions identifiées par académie",
        alt=typographie(f"Carte en carreaux : {_academies(len(tiles))}.{words}"),
        tiles=tiles,
        legend=LEGEND,
        source=source,
    )


def calendar(dossier: EditionDossier, source: str = "") -> Calendar:
    """Return who holds its semaine when, the earliest first, over the school year."""
    spans = sorted(
        (semaine for semaine in dossier.semaines if semaine.windows),
        key=lambda semaine: (semaine.windows[0], sort_key(semaine.academie)),
    )
    starts, ends = school_year(dossier.edition)
    order = f", de {spans[0].academie} à {spans[-1].academie}" if spans else ""
    return Calendar(
        caption="Quand chaque académie a tenu sa semaine",
        alt=typographie(
            f"Calendrier de l’année scolaire, une ligne par académie dans l’ordre des dates{order}. "
            "Les dates figurent sur chaque fiche."
        ),
        starts=starts,
        ends=ends,
        spans=tuple(Span(semaine.academie, semaine.windows) for semaine in spans),
        source=source,
    )


def level_chart(bilan: Bilan, source: str = "") -> BarChart:
    """Return how many académies reach each teaching level, among those that say which they reach."""
    counts = {level.label: len(names) for level, names in bilan.levels.items()}
    told = len(bilan.levels_told)
    among = f"sur {told} {pluriel(told, 'académie qui le dit', 'académies qui le disent')}"
    # of one académie a box may be unreadable: the levels are then told of by more or fewer
    known = {level.label: len(names) for level, names in bilan.levels_known.items()}
    apart = any(count != told for count in known.values()) and not is_counted(bilan.actions)
    if apart:
        among = "parmi celles qui le disent"
    elif is_counted(bilan.actions):
        among = "d’après les fiches publiées"
    words = {label: str(count) if told else "non précisé" for label, count in counts.items()}

    def text(label: str, count: int) -> str:
        if not told:
            return words[label]
        return f"{_academies(count)} sur {known[label]}" if apart else _academies(count)

    return BarChart(
        caption=f"Académies qui touchent chaque niveau, {among if told else 'qu’aucune n’a précisé'}",
        alt=typographie("Barres : " + ", ".join(f"{label} {said}" for label, said in words.items()) + "."),
        bars=tuple(
            Bar(label, count if told else None, text(label, count)) for label, count in counts.items()
        ),
        source=source,
    )


def action_chart(dossier: EditionDossier, source: str = "") -> BarChart:
    """Return the identified actions of each académie, most first, those without a number last."""

    def rank(semaine: SemaineDossier) -> tuple[bool, int, str]:
        count = counted(semaine.actions_figures)
        return count is None, -(count or 0), sort_key(semaine.academie)

    semaines = sorted(dossier.semaines, key=rank)
    first = ", ".join(f"{semaine.academie} {counted_text(semaine)}" for semaine in semaines[:NAMED])
    rest = "… Le détail est dans le tableau des totaux." if len(semaines) > NAMED else "."
    return BarChart(
        caption="Actions identifiées par académie, de la plus à la moins nombreuse",
        alt=typographie(f"Barres : {first}{rest}"),
        bars=tuple(
            Bar(semaine.academie, counted(semaine.actions_figures), counted_text(semaine))
            for semaine in semaines
        ),
        source=source,
    )


def tile_class(semaine: SemaineDossier) -> int:
    """Return the legend class of an académie: 0 not available, 1 N.C., then by number of actions."""
    count = counted(semaine.actions_figures)
    if count is None:
        return UNAVAILABLE if semaine.status == StatutSemaine.UNAVAILABLE else NOT_COMMUNICATED
    return FIRST_SHADE + shade(count)


def counted_text(semaine: SemaineDossier) -> str:
    """Return the identified actions of one académie in a word: « 89 », « plus de 30 », « N.C. »."""
    count = counted(semaine.actions_figures)
    if count is None:
        return "non disponible" if semaine.status == StatutSemaine.UNAVAILABLE else "N.C."
    added = [figure for figure in semaine.actions_figures if figure.additive]
    return nombre(count) if all(f.kind is Kind.EXACT for f in added) else format_chiffres(added)


#: How short a number that is not exact is told on a tile.
_SIGNS: Final = {Kind.ABOUT: "≈", Kind.MORE_THAN: ">", Kind.AT_LEAST: "≥"}


def tile_value(semaine: SemaineDossier) -> str:
    """Return what a tile has room for: « 89 », « > 30 », « N.C. »; nothing when nothing is available."""
    count = counted(semaine.actions_figures)
    if count is None:
        return "" if semaine.status == StatutSemaine.UNAVAILABLE else "N.C."
    kinds = {figure.kind for figure in semaine.actions_figures if figure.additive} - {Kind.EXACT}
    sign = _SIGNS.get(kinds.pop(), "≥") if len(kinds) == 1 else "≥" if kinds else ""
    return f"{sign}{NBSP}{nombre(count)}" if sign else nombre(count)


def _academies(count: int) -> str:
    return f"{count}{NBSP}{pluriel(count, 'académie', 'académies')}"
