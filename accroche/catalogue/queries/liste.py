"""Actions as lists show them, read as rows: sixty cards of a page are no models, nor are their carriers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from accroche.actions.models import Action, ActionPorteur, PieceJointe
from accroche.actions.queries import public_pieces
from accroche.actions.regles import TypePiece
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Semaine
from accroche.commun.preparees import prepared

#: What a card tells of an action itself.
ON_CARDS: Final = ("title", "slug", "description", "prize", "remarkable")

_COLUMNS: Final = ("pk", *ON_CARDS, "semaine__academie__slug", "semaine__edition__year")
#: The heaviest image a list shows, in bytes: twenty of them still come on a slow line.
LIGHT: Final = 200_000


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
    """A carrier as cards tell it; ``school_insee`` is known by the directory, and not always asked."""

    pk: int
    name: str
    commune: str
    insee: str
    uai: str | None
    school_insee: str | None = None


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
    return found.values_list(*_COLUMNS)


def carriers_on_cards(actions: Iterable[int]) -> dict[int, list[PorteurDeCarte]]:
    """Who carries each of these sheets (their numbers), in their order; one query."""
    return _by_action(_carriers(tuple(actions)))


def _by_action(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[PorteurDeCarte]]:
    found: dict[int, list[PorteurDeCarte]] = {}
    for action, *told in rows:
        found.setdefault(action, []).append(PorteurDeCarte(*told))
    return found


_CARRIER: Final = (
    "action",
    *(f"porteur__{name}" for name in ("pk", "name", "commune", "insee", "etablissement")),
)


@prepared
def _carriers(actions: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[Any, ...]]:
    rows = ActionPorteur.objects.filter(action__in=actions)
    return rows.values_list(*_CARRIER, "porteur__etablissement__insee")


class ActionTrouvee(NamedTuple):
    """An action as the cards of a search tell it: more of it, in whatever académie; ``photo``: its number."""

    action: ActionDeCarte
    academie: str
    niveaux: tuple[Niveau, ...]
    porteurs: tuple[PorteurDeCarte, ...]
    photo: tuple[int, int | None, int | None] | None


def trouvees(pks: Iterable[int]) -> list[ActionTrouvee]:
    """These actions, in this order, in three queries; what is public no longer is left out."""
    wanted = tuple(pks)
    rows = {row[0]: row for row in _trouvees(wanted)}
    public = tuple(pk for pk in wanted if pk in rows)
    carriers = _by_action(_carriers_alone(public))
    # the first of each action is the last that is kept
    photos = {action: (pk, width, height) for action, pk, width, height in reversed(_photos(public))}
    return [
        ActionTrouvee(
            ActionDeCarte._make(rows[pk][:_ACADEMIE]),
            rows[pk][_ACADEMIE],
            tuple([level for level, held in zip(Niveau, rows[pk][_ACADEMIE + 1 :], strict=True) if held]),
            tuple(carriers.get(pk, ())),
            photos.get(pk),
        )
        for pk in public
    ]


#: Where the name of the académie stands in a row, after what any card tells.
_ACADEMIE: Final = len(ActionDeCarte._fields)


@prepared
def _trouvees(pks: tuple[int, ...]) -> QuerySet[Action, tuple[Any, ...]]:
    more = ("semaine__academie__name", *(level.value for level in Niveau))
    return Action.objects.published_among(pks).order_by("pk").values_list(*_COLUMNS, *more)


@prepared
def _carriers_alone(actions: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[Any, ...]]:
    return ActionPorteur.objects.filter(action__in=actions).values_list(*_CARRIER)


@prepared
def _photos(actions: tuple[int, ...]) -> QuerySet[PieceJointe, tuple[Any, ...]]:
    return light_images(actions).values_list("action", "pk", "width", "height")


def light_images(actions: Collection[int]) -> QuerySet[PieceJointe]:
    """The images of these sheets that a list may show, in their order."""
    light = public_pieces().filter(kind=TypePiece.IMAGE, size__lte=LIGHT, action__in=actions)
    return light.order_by("position", "pk")
