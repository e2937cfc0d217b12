"""What search engines read of a page (schema.org, as JSON-LD): dated events, and where a page stands.

Only what the page itself says; nobody is named. Its texts are data, and end no script: see the tag
``donnees_liees``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings

from accroche.actions.models import Action
from accroche.actions.queries import public_path
from accroche.campagne.models import Semaine
from accroche.catalogue.agenda import Rendezvous, TypeRendezvous
from accroche.catalogue.queries.agenda import action_event, temps_fort_event
from accroche.commun.chemins import path_of
from accroche.lib.texte import de, typographie

_CONTEXT: Final = "https://schema.org"
#: How much of an account a description holds.
LONGEST: Final = 500


def graph(*told: dict[str, Any]) -> dict[str, Any]:
    """Several things said of one page."""
    return {"@context": _CONTEXT, "@graph": list(told)}


def event(found: Rendezvous, image: str = "") -> dict[str, Any]:
    """A dated event, as engines show it: what they ask for and what they recommend."""
    is_action = found.kind is TypeRendezvous.ACTION
    who = found.carriers or f"Académie {de(found.academie)}"
    told: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{settings.SITE_URL}{found.path}",
        "name": typographie(found.title),
        "startDate": found.first.isoformat(),
        "endDate": found.last.isoformat(),
        "eventStatus": f"{_CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{_CONTEXT}/OfflineEventAttendanceMode",
        "location": _place(found),
        "organizer": {"@type": "EducationalOrganization" if is_action else "Organization", "name": who},
        "url": f"{settings.SITE_URL}{found.path}",
        "inLanguage": "fr",
        "isAccessibleForFree": True,
    }
    if found.precise.summary:
        told["description"] = typographie(found.precise.summary)[:LONGEST]
    if image:
        told["image"] = f"{settings.SITE_URL}{image}"
    return told


def _place(found: Rendezvous) -> dict[str, Any]:
    name = found.place or found.carriers or f"Académie {de(found.academie)}"
    place: dict[str, Any] = {
        "@type": "Place",
        "name": name,
        "address": {"@type": "PostalAddress", "addressCountry": "FR", "addressRegion": found.academie},
    }
    if position := found.precise.position:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": position[0], "longitude": position[1]}
    return place


def breadcrumb(steps: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Where a page stands: (name, path) from the largest to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": f"{settings.SITE_URL}{path}"}
            for n, (name, path) in enumerate(steps, start=1)
        ],
    }


def way_to(edition: str, academie: str, slug: str) -> list[tuple[str, str]]:
    """The way to a semaine, as its breadcrumb tells it."""
    return [
        (f"Édition {edition}", path_of("catalogue:edition", edition)),
        ("Académies", path_of("catalogue:academies", edition)),
        (academie, path_of("catalogue:semaine", edition, slug)),
    ]


def of_action(action: Action) -> dict[str, Any]:
    """What a sheet's page tells: where it stands, and its event when its days are known."""
    semaine = action.semaine
    year, slug = semaine.edition.year, semaine.academie.slug
    steps = [*way_to(year, semaine.academie.name, slug), (typographie(action.title), public_path(action))]
    told = [breadcrumb(steps)]
    if action.days:
        told.append(
            event(action_event(action), path_of("catalogue:vignette_action", year, slug, action.slug))
        )
    return graph(*told)


def of_semaine(semaine: Semaine) -> dict[str, Any]:
    """What a semaine's page tells: where it stands, and its dated temps forts."""
    year, slug = semaine.edition.year, semaine.academie.slug
    image = vignette_of_semaine(semaine)
    dated = [one for one in semaine.temps_forts.all() if one.starts]
    events = [event(temps_fort_event(one), image) for one in dated]
    return graph(breadcrumb(way_to(year, semaine.academie.name, slug)), *events)


def vignette_of_action(action: Action) -> str:
    """Where the picture of a link to a sheet is."""
    semaine = action.semaine
    return path_of("catalogue:vignette_action", semaine.edition.year, semaine.academie.slug, action.slug)


def vignette_of_semaine(semaine: Semaine) -> str:
    """Where the picture of a link to a semaine is."""
    return path_of("catalogue:vignette_semaine", semaine.edition.year, semaine.academie.slug)
