"""The axes suggested to académies, read from the database; who kept which."""

from __future__ import annotations

from typing import Final

from accroche.campagne.models import AxeRetenu, Edition, Semaine
from accroche.campagne.regles import CodeAxe
from accroche.pilotage.axes import Suggestion
from accroche.pilotage.axes_regles import reglement_of
from accroche.pilotage.queries.faits import facts_of, facts_of_edition

_CODES: Final = frozenset(CodeAxe)


def suggestions_of(semaine: Semaine) -> tuple[Suggestion, ...]:
    """Return the axes suggested to one semaine by the rules of its edition, those counted first.

    Nothing is suggested where data are absent.
    """
    return reglement_of(semaine.edition.year).suggest(facts_of(semaine))


def suggestions_of_edition(edition: Edition) -> dict[int, tuple[Suggestion, ...]]:
    """Return the suggestions for each semaine of an edition by its number, in a fixed number of queries."""
    regles = reglement_of(edition.year)
    return {number: regles.suggest(faits) for number, faits in facts_of_edition(edition).items()}


def kept_axes(edition: Edition) -> dict[int, frozenset[CodeAxe]]:
    """Return the axes each semaine keeps, by its number; those that keep none are not there."""
    kept = AxeRetenu.objects.filter(semaine__in=edition.semaines.all())
    rows = kept.order_by("semaine__academie__slug", "position").values_list("semaine", "axe__code")
    found: dict[int, set[CodeAxe]] = {}
    for semaine, code in rows:
        if code in _CODES:
            found.setdefault(semaine, set()).add(CodeAxe(code))
    return {number: frozenset(codes) for number, codes in found.items()}
