"""What every command asks first: whether the apps are wired to each other as their pages expect."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import get_resolver

from accroche.commun import lieux


@register(Tags.urls)
def places(**_options: Any) -> list[CheckMessage]:
    """Each place is offered, and each route that is offered exists: no page has an empty link."""
    unoffered = [
        Error(
            f"No app offers the place « {name} »: {lieux.PLACES[name]}.",
            hint="In AppConfig.ready of the app that has the page: lieux.offer(…).",
            id="accroche.E003",
        )
        for name in lieux.missing()
    ]
    unserved = [
        Error(
            f"A place or the menu leads to « {route} », which nobody serves.",
            hint="See what AppConfig.ready offers, the urls of its app, and config/urls.py.",
            id="accroche.E004",
        )
        for route in lieux.routes()
        if not _is_served(route)
    ]
    return [*unoffered, *unserved]


def _is_served(route: str) -> bool:
    namespace, _, name = route.rpartition(":")
    _, resolver = get_resolver().namespace_dict.get(namespace, ("", get_resolver()))
    return name in resolver.reverse_dict
