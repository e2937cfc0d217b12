"""What makes a visitor's draft a sheet of its school: their address was confirmed."""

from __future__ import annotations

from accroche.actions.models import Action
from accroche.actions.operations.slugs import with_free_slug


def confirm(action: Action) -> None:
    """Let a draft be read by who reads its school's, under an address of its own; again, do nothing.

    To be called in the transaction that proves the address: a link followed, an account with that address.
    """
    if not action.unconfirmed:
        return
    waiting = Action.with_unconfirmed.filter(pk=action.pk, unconfirmed=True)
    # not a new version: not a word of it changed, and somebody may be writing it
    with_free_slug(action.semaine, action.title, lambda slug: waiting.update(unconfirmed=False, slug=slug))
    action.semaine.appear()
    action.refresh_from_db(fields=["unconfirmed", "slug"])
