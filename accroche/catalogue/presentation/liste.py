"""Actions as lists show them: all that a card tells of one, from which it is drawn (``dessins.py``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from accroche.actions.models import Action
from accroche.annuaire.models import Academie, Porteur
from accroche.catalogue.presentation.recherche import distance
from accroche.catalogue.presentation.territoires import (
    academie_address,
    carrier_address,
    carrier_commune_address,
    carrier_page,
    commune_address,
)
from accroche.catalogue.queries.liste import (
    ON_CARDS,
    ActionDeCarte,
    ActionTrouvee,
    PorteurDeCarte,
    carriers_on_cards,
)
from accroche.catalogue.resultats import Trouvee
from accroche.commun.chemins import path_of

#: One word more than an extract of an account has at most: enough to see that it goes on.
WORDS: Final = 31


class PorteurVu(NamedTuple):
    """A carrier, its commune, and the page of each; of a commune whose code is not known, none."""

    name: str
    address: str
    commune: str
    commune_address: str


class CarteAction(NamedTuple):
    """An action in a list of one place or edition; without its académie where the page tells it."""

    title: str
    address: str
    academie: str
    academie_address: str
    porteurs: tuple[PorteurVu, ...]
    description: str
    prize: str
    remarkable: bool


class CarteTrouvee(NamedTuple):
    """An action among those that were looked for.

    ``extrait``: the passage that answers, as HTML, or nothing; ``photo``: the address of a light photograph,
    its width and its height.
    """

    title: str
    address: str
    academie: str
    year: str
    distance: str
    porteurs: tuple[PorteurVu, ...]
    extrait: str
    description: str
    prize: str
    remarkable: bool
    niveaux: tuple[str, ...]
    photo: tuple[str, int | None, int | None] | None


def porteurs_vus(action: Action) -> tuple[PorteurVu, ...]:
    """Its carriers, in their order; asks nothing once they were read with it."""
    return tuple(_porteur(portage.porteur) for portage in action.portages.all())


def _porteur(porteur: Porteur) -> PorteurVu:
    commune_url = carrier_commune_address(porteur)
    return PorteurVu(porteur.name, carrier_address(porteur), porteur.commune, commune_url)


def _porteur_de_carte(porteur: PorteurDeCarte) -> PorteurVu:
    address = carrier_page(porteur.pk, porteur.uai, porteur.name)
    insee = porteur.school_insee or porteur.insee
    return PorteurVu(porteur.name, address, porteur.commune, commune_address(insee, porteur.commune))


def cartes_d_un_lieu(actions: Collection[ActionDeCarte]) -> tuple[CarteAction, ...]:
    """The cards of actions of one académie or place; their carriers are read, in one query."""
    carriers = carriers_on_cards(action.pk for action in actions)
    return tuple(
        [_carte(action, tuple(map(_porteur_de_carte, carriers.get(action.pk, ())))) for action in actions]
    )


def _carte(
    action: ActionDeCarte, porteurs: tuple[PorteurVu, ...], academie: Academie | None = None
) -> CarteAction:
    return CarteAction(
        title=action.title,
        address=_address(action),
        academie=academie.name if academie else "",
        academie_address=academie_address(academie) if academie else "",
        porteurs=porteurs,
        description=_beginning(action.description),
        prize=action.prize,
        remarkable=action.remarkable,
    )


def carte_situee(action: Action) -> CarteAction:
    """The card of an action with its académie, where the page does not tell it."""
    return _carte(_as_row(action), porteurs_vus(action), action.semaine.academie)


def carte_trouvee(found: ActionTrouvee, extrait: str = "", far: str = "") -> CarteTrouvee:
    """The card of an action that was looked for: the passage that answers, and how far it is."""
    action = found.action
    return CarteTrouvee(
        title=action.title,
        address=_address(action),
        academie=found.academie,
        year=action.year,
        distance=far,
        porteurs=tuple(map(_porteur_de_carte, found.porteurs)),
        extrait=extrait,
        description=_beginning(action.description),
        prize=action.prize,
        remarkable=action.remarkable,
        niveaux=tuple([level.label for level in found.niveaux]),
        photo=_photo(*found.photo) if found.photo else None,
    )


def cartes(actions: Iterable[ActionTrouvee], hits: Iterable[Trouvee]) -> tuple[CarteTrouvee, ...]:
    """The cards of a page of results."""
    by_pk = {hit.action_pk: hit for hit in hits}
    found = ((one, by_pk[one.action.pk]) for one in actions)
    return tuple([carte_trouvee(one, hit.extrait, distance(hit.distance_km)) for one, hit in found])


def cartes_of(actions: Iterable[Action]) -> tuple[CarteTrouvee, ...]:
    """The cards of sheets that nobody looked for: no passage answers, none is far."""
    return tuple(carte_trouvee(_as_found(action)) for action in actions)


def _as_found(action: Action) -> ActionTrouvee:
    carriers = (portage.porteur for portage in action.portages.all())
    photo = next(iter(action.pieces.all()), None)
    return ActionTrouvee(
        _as_row(action),
        action.semaine.academie.name,
        tuple(action.levels),
        tuple(PorteurDeCarte(one.pk, one.name, one.commune, one.insee, one.uai, None) for one in carriers),
        (photo.pk, photo.width, photo.height) if photo else None,
    )


def _as_row(action: Action) -> ActionDeCarte:
    told = (getattr(action, name) for name in ("pk", *ON_CARDS))
    return ActionDeCarte._make((*told, action.semaine.academie.slug, action.semaine.edition.year))


def _address(action: ActionDeCarte) -> str:
    return path_of("catalogue:action", action.year, action.academie, action.slug)


def _photo(pk: int, width: int | None, height: int | None) -> tuple[str, int | None, int | None]:
    return path_of("actions:piece", pk), width, height


def _beginning(text: str) -> str:
    """As much of an account as a card may tell: the rest of it makes no other card."""
    return " ".join(text.split(None, WORDS)[:WORDS])
