"""Where the public reads a sheet: told by mails and pages in one way, once it can be read there."""

from __future__ import annotations

from django.conf import settings

from accroche.actions.models import Action
from accroche.commun import lieux


def public_path(action: Action) -> str:
    """The address of a sheet's public page, from the root of the site; its semaine and edition are read."""
    semaine = action.semaine
    return lieux.address("action", semaine.edition.year, semaine.academie.slug, action.slug)


def public_address(action: Action) -> str:
    """The same with the name of the site, to be copied and shared."""
    return f"{settings.SITE_URL}{public_path(action)}"
