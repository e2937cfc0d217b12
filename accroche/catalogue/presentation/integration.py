"""Embeds in words: where they are, what one pastes, and what oEmbed is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse

from accroche.catalogue.criteres import Criteres, read
from accroche.catalogue.integration import (
    LOOK,
    WIDTH,
    Aspect,
    Forme,
    Integration,
    aspect_of,
)
from accroche.catalogue.presentation.recherche import address_of, with_pairs

#: The script that a page may take in, so that the height of its frames follows.
_SCRIPT: Final = "catalogue/integration/hauteur.js"
#: Seconds for which what oEmbed is told may be kept.
_KEPT: Final = 86_400
#: The longest address that is looked at.
_LONGEST: Final = 4000
#: The full page of each drawing.
_PAGES: Final = {
    Forme.ACTIONS: "catalogue:recherche",
    Forme.CARTE: "catalogue:carte",
    Forme.AGENDA: "catalogue:agenda",
}


def page_of(forme: Forme, criteres: Criteres) -> str:
    """The full page that draws a search so."""
    return address_of(reverse(_PAGES[forme]), criteres)


def embed_of(integration: Integration) -> str:
    """The path of an embed, from the root of the site."""
    path = reverse(f"catalogue:integre_{integration.forme.value}")
    query = integration.query()
    return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class IntegrationProposee:
    """What a page says of how to show it elsewhere: where one composes that, and where oEmbed asks."""

    composer: str
    oembed: str
    title: str


def liens(forme: Forme, criteres: Criteres) -> IntegrationProposee:
    """How the page that draws a search so is shown elsewhere."""
    whole = f"{settings.SITE_URL}{page_of(forme, replace(criteres, page=1))}"
    asked = urlencode({"url": whole, "format": "json"})
    return IntegrationProposee(
        composer_address(Integration(forme, criteres)),
        f"{settings.SITE_URL}{reverse('catalogue:oembed')}?{asked}",
        forme.frame_title,
    )


def composer_address(integration: Integration) -> str:
    """Where an embed is composed."""
    query = integration.query()
    own = urlencode({"forme": integration.forme.value})
    return f"{reverse('catalogue:integrer')}?{own}" + (f"&{query}" if query else "")


def composer(integration: Integration, search: dict[str, Any]) -> dict[str, Any]:
    """What the page that composes an embed shows of it: choices, frame, and what to paste.

    ``search``: what it shows of the search, whose links and form keep the drawing.
    """
    embed = embed_of(integration)
    own = [("forme", integration.forme.value), (LOOK, integration.aspect.value)]
    return {
        "cadre": embed,
        "titre_cadre": integration.forme.frame_title,
        "hauteur": integration.forme.height,
        "extrait": integration.snippet(f"{settings.SITE_URL}{embed}"),
        "script": f'<script src="{settings.SITE_URL}{static(_SCRIPT)}" async></script>',
        "adresse": f"{settings.SITE_URL}{page_of(integration.forme, integration.criteres)}",
        "page": page_of(integration.forme, integration.criteres),
        "formes": [
            (forme.label, composer_address(replace(integration, forme=forme)), forme is integration.forme)
            for forme in Forme
        ],
        "aspects": [
            (
                aspect.label,
                composer_address(replace(integration, aspect=aspect)),
                aspect is integration.aspect,
            )
            for aspect in Aspect
        ],
        "chemin": composer_address(replace(integration, criteres=Criteres())),
        "hidden": [*search["hidden"], *own],
        "etiquettes": [replace(one, address=with_pairs(one.address, own)) for one in search["etiquettes"]],
    }


def integration_at(address: str, host: str) -> Integration | None:
    """The embed that an address of this site stands for: a page of the catalogue, or an embed; else None."""
    if len(address) > _LONGEST:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.netloc not in {
        urlsplit(settings.SITE_URL).netloc,
        host,
    }:
        return None
    for forme, route in _PAGES.items():
        if parts.path in {reverse(route), reverse(f"catalogue:integre_{forme.value}")}:
            data = QueryDict(parts.query)
            return Integration(forme, read(data).criteres, aspect_of(data))
    return None


def told(integration: Integration, most_wide: int | None, most_high: int | None) -> dict[str, Any]:
    """What oEmbed says of an embed that may be so wide and so high at most, in pixels (None: as it likes)."""
    width = WIDTH if most_wide is None else min(WIDTH, most_wide)
    height = integration.forme.height if most_high is None else min(integration.forme.height, most_high)
    address = f"{settings.SITE_URL}{embed_of(integration)}"
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Accroche",
        "provider_url": settings.SITE_URL,
        "title": integration.forme.frame_title,
        "cache_age": _KEPT,
        "html": integration.snippet(address, width=width, height=height),
        "width": width,
        "height": height,
    }
