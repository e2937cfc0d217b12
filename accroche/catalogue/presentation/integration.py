"""Embeds in words: where they are, what one pastes, and what oEmbed is told."""

from __future__ import annotations

import re
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
    CadreMontre,
    Forme,
    Integration,
    aspect_of,
)
from accroche.catalogue.models import Selection
from accroche.catalogue.presentation.recherche import address_of, with_pairs

#: The script that a page may take in, so that the height of its frames follows.
_SCRIPT: Final = "catalogue/integration/hauteur.js"
#: Seconds for which what oEmbed is told may be kept.
_KEPT: Final = 86_400
#: The longest address that is looked at.
_LONGEST: Final = 4000
#: The page of a selection, or its frame.
_SELECTION: Final = re.compile("/(?:selections|integre/selections)/([a-z0-9-]{1,80})/")
#: The full page of each drawing.
_PAGES: Final = {
    Forme.ACTIONS: "catalogue:recherche",
    Forme.CARTE: "catalogue:carte",
    Forme.AGENDA: "catalogue:agenda",
}


def page_of(forme: Forme, criteres: Criteres) -> str:
    """The full page that draws a search so."""
    return address_of(reverse(_PAGES[forme]), criteres)


def cadre_of(integration: Integration) -> CadreMontre:
    """The frame that shows a search."""
    path = reverse(f"catalogue:integre_{integration.forme.value}")
    query = integration.query()
    forme = integration.forme
    address = f"{path}?{query}" if query else path
    return CadreMontre(forme.frame_title, address, forme.height, locates=forme is Forme.CARTE)


def cadre_of_selection(selection: Selection, aspect: Aspect = Aspect.CLAIR) -> CadreMontre:
    """The frame that shows a selection."""
    path = reverse("catalogue:integre_selection", args=[selection.slug])
    query = urlencode({LOOK: aspect.value}) if aspect is not Aspect.CLAIR else ""
    return CadreMontre(selection.name, f"{path}?{query}" if query else path, Forme.ACTIONS.height)


def to_paste(cadre: CadreMontre) -> dict[str, Any]:
    """What one pastes to show a frame, and the script that makes its height follow."""
    return {
        "cadre": cadre,
        "extrait": cadre.snippet(settings.SITE_URL),
        "script": f'<script src="{settings.SITE_URL}{static(_SCRIPT)}" async></script>',
    }


@dataclass(frozen=True, slots=True)
class IntegrationProposee:
    """What a page says of how to show it elsewhere: where one composes that, and where oEmbed asks."""

    composer: str
    oembed: str
    title: str


def liens(forme: Forme, criteres: Criteres) -> IntegrationProposee:
    """How the page that draws a search so is shown elsewhere."""
    page = page_of(forme, replace(criteres, page=1))
    return IntegrationProposee(
        composer_address(Integration(forme, criteres)), oembed_of(page), forme.frame_title
    )


def proposed(selection: Selection) -> IntegrationProposee:
    """How a selection is shown elsewhere: its own page says what to paste."""
    page = selection.get_absolute_url()
    return IntegrationProposee(page, oembed_of(page), selection.name)


def oembed_of(page: str) -> str:
    """Where oEmbed asks about a page, by its path."""
    asked = urlencode({"url": f"{settings.SITE_URL}{page}", "format": "json"})
    return f"{settings.SITE_URL}{reverse('catalogue:oembed')}?{asked}"


def composer_address(integration: Integration) -> str:
    """Where an embed is composed."""
    query = integration.query()
    own = urlencode({"forme": integration.forme.value})
    return f"{reverse('catalogue:integrer')}?{own}" + (f"&{query}" if query else "")


def composer(integration: Integration, search: dict[str, Any]) -> dict[str, Any]:
    """What the page that composes an embed shows of it: choices, frame, and what to paste.

    ``search``: what it shows of the search, whose links and form keep the drawing.
    """
    own = [("forme", integration.forme.value), (LOOK, integration.aspect.value)]
    return to_paste(cadre_of(integration)) | {
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


def cadre_at(address: str, host: str) -> CadreMontre | None:
    """The frame that an address of this site stands for, by a query at most; None when it has none.

    ``host``: the one that is asked, besides that of the settings.
    """
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
    data = QueryDict(parts.query)
    for forme, route in _PAGES.items():
        if parts.path in {reverse(route), reverse(f"catalogue:integre_{forme.value}")}:
            return cadre_of(Integration(forme, read(data).criteres, aspect_of(data)))
    found = _SELECTION.fullmatch(parts.path)
    selection = Selection.objects.published().filter(slug=found[1]).first() if found else None
    return cadre_of_selection(selection, aspect_of(data)) if selection else None


def told(cadre: CadreMontre, most_wide: int | None, most_high: int | None) -> dict[str, Any]:
    """What oEmbed says of a frame that may be so wide and so high at most, in pixels (None: as it likes)."""
    width = WIDTH if most_wide is None else min(WIDTH, most_wide)
    height = cadre.height if most_high is None else min(cadre.height, most_high)
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Accroche",
        "provider_url": settings.SITE_URL,
        "title": cadre.title,
        "cache_age": _KEPT,
        "html": cadre.snippet(settings.SITE_URL, width=width, height=height),
        "width": width,
        "height": height,
    }
