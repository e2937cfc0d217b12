"""The tile map: where each académie's square stands, and what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accroche.annuaire.tuiles import Case, cases, shade
from accroche.catalogue.provenance import Reponse, reponse_of
from accroche.dossier.comptage import are_counted
from accroche.lib.chiffres import Chiffre, Total, format_total, total
from accroche.lib.texte import nombre


@dataclass(frozen=True, slots=True)
class AcademieEnCarte:
    """An académie to draw: its figures and whether the reader's filter keeps it."""

    name: str
    slug: str
    figures: tuple[Chiffre, ...]
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Tuile:
    """One square. ``shade`` runs from 1 to 4 and is 0 without a number."""

    name: str
    slug: str
    code: str
    column: int
    row: int
    reponse: Reponse
    shade: int
    short: str
    figure: str
    kept: bool


def carte(places: Iterable[AcademieEnCarte]) -> tuple[Tuile, ...]:
    """Draw the académies in the order in which the eye and the tabulation key meet them, on a phone too."""
    shown = tuple(places)
    pairs = zip(shown, cases(place.name for place in shown), strict=True)
    return tuple(_tile(place, case) for place, case in sorted(pairs, key=lambda pair: pair[1].rank))


def _tile(place: AcademieEnCarte, case: Case) -> Tuile:
    answer = reponse_of(place.figures)
    summed = total([(place.name, place.figures)])
    tint = 1 + shade(summed.added) if summed.counted else 0
    short = {
        Reponse.NOMBRE: _signed(summed),
        Reponse.NC: "–" if are_counted(place.figures) else "N.C.",
        Reponse.TOUS: "tous",
        Reponse.INDISPONIBLE: "–",
    }[answer]
    figure = {
        Reponse.NOMBRE: format_total(summed),
        Reponse.TOUS: "toutes les actions, sans nombre",
        Reponse.NC: "aucune action publiée"
        if are_counted(place.figures)
        else "nombre d’actions non communiqué",
        Reponse.INDISPONIBLE: "données non disponibles",
    }[answer]
    return Tuile(
        place.name, place.slug, case.code, case.column, case.row, answer, tint, short, figure, place.kept
    )


def _signed(summed: Total) -> str:
    """The number on the square, with the sign of what is not exact."""
    more = summed.is_open_ended or not summed.is_complete
    return ("~" if summed.is_approximate else "") + nombre(summed.added) + ("+" if more else "")
