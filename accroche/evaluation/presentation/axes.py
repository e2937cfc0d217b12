"""What the pages of axes show: suggestions with their links, the catalogue, what became of those before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from accroche.campagne.axes import AxeNational
from accroche.campagne.models import Semaine
from accroche.commun import lieux
from accroche.commun.changements import Vocabulaire
from accroche.evaluation.axes import Suggestion, Voir
from accroche.evaluation.axes_exemples import Exemple

#: How the journal of a choice names its fields.
VOCABULAIRE: Final = Vocabulaire(
    lambda field: {"axes": "Axes choisis", "said": "Où en est l’axe", "comment": "Commentaire"}.get(
        field, field
    )
)


@dataclass(frozen=True, slots=True)
class PreuveVue:
    """A fact a suggestion rests on, and where its rows are; no address where they cannot be read."""

    text: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class SuggestionVue:
    """A suggestion as a page shows it."""

    axe: AxeNational
    reason: str
    evidence: tuple[PreuveVue, ...]
    exemples: tuple[Exemple, ...]
    counted: bool


def suggestions_vues(
    semaine: Semaine,
    suggestions: Iterable[Suggestion],
    catalogue: Iterable[AxeNational],
    exemples: Mapping[str, tuple[Exemple, ...]],
    *,
    writes: bool,
) -> list[SuggestionVue]:
    """Return the suggestions whose axis the edition has. ``writes``: for who may mend the facts."""
    axes = {axe.code: axe for axe in catalogue}
    return [
        SuggestionVue(
            axes[one.axe],
            one.reason,
            tuple(_proof(semaine, proof.text, proof.voir, writes=writes) for proof in one.evidence),
            exemples.get(one.axe, ()),
            one.counted,
        )
        for one in suggestions
        if one.axe in axes
    ]


def _proof(semaine: Semaine, text: str, voir: Voir, *, writes: bool) -> PreuveVue:
    where = semaine.edition.year, semaine.academie.slug
    if voir is Voir.SEMAINE and writes:
        return PreuveVue(text, reverse("pilotage:semaine", args=where), "les voir et les compléter")
    if semaine.edition.published_at is None:
        return PreuveVue(text, "", "")
    page = lieux.address("semaine", *where)
    if voir is Voir.FICHES:
        return PreuveVue(text, f"{page}#actions-titre", "voir les fiches")
    return PreuveVue(text, page, "voir la page")
