"""Actions as lists show them, read as rows: sixty cards of a page are no models, nor are their carriers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from accroche.actions.models import Action, ActionPorteur
from accroche.campagne.models import Semaine
from accroche.commun.preparees import prepared

#: What a card tells of an action itself.
ON_CARDS: Final = ("title", "slug", "description", "prize", "remarkable")


class ActionDeCarte(NamedTuple):
    """An action as cards tell it, and where it is: its académie (as addresses name it) and its year."""

    pk: int
    title: str
    slug: str
    description: str
    prize: str
    remarkable: bool
    academie: str
    year: str


class PorteurDeCarte(NamedTuple):
    """A carrier as cards tell it; ``school_insee`` is known by the directory."""

    pk: int
    name: str
    commune: str
    insee: str
    uai: str | None
    school_insee: str | None


@dataclass(frozen=True, slots=True)
class ActionsDeSemaine:
    """The published actions of a semaine in their order, of which a page asks a slice: one query."""

    semaine: Semaine

    def __getitem__(self, asked: slice) -> list[ActionDeCarte]:
        """Those of a page."""
        rows = _of_semaine(self.semaine.pk, range(asked.start, asked.stop))
        where = self.semaine.academie.slug, self.semaine.edition.year
        return [ActionDeCarte._make((*row, *where)) for row in rows]


@prepared
def _of_semaine(semaine: int, rows: range) -> QuerySet[Action, tuple[Any, ...]]:
    found = Action.objects.accepted().filter(semaine=semaine).order_by("position", "pk")
    return found.values_list("pk", *ON_CARDS)[rows.start : rows.stop]


def listed(actions: QuerySet[Action]) -> QuerySet[Action, tuple[Any, ...]]:
    """``actions`` as rows that each make an :class:`ActionDeCarte`, the latest edition first."""
    found = actions.order_by("-semaine__edition__year", "semaine__academie__slug", "position", "pk")
    return found.values_list("pk", *ON_CARDS, "semaine__academie__slug", "semaine__edition__year")


def carriers_on_cards(actions: Iterable[int]) -> dict[int, list[PorteurDeCarte]]:
    """Who carries each of these sheets (their numbers), in their order; one query."""
    found: dict[int, list[PorteurDeCarte]] = {}
    for action, *told in _carriers(tuple(actions)):
        found.setdefault(action, []).append(PorteurDeCarte(*told))
    return found


@prepared
def _carriers(actions: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[Any, ...]]:
    rows = ActionPorteur.objects.filter(action__in=actions)
    columns = ("pk", "name", "commune", "insee", "etablissement", "etablissement__insee")
    return rows.values_list("action", *(f"porteur__{column}" for column in columns))
