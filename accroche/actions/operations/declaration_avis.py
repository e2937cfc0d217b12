"""Telling a school what somebody else changed in its sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accroche.actions.models import Action
from accroche.actions.operations.adresses import is_confirmed, sheet_for, title_for
from accroche.actions.operations.notices import link_for, owners
from accroche.actions.saisie import FIELD_LABELS, in_words
from accroche.commun import mail
from accroche.comptes.permissions import Access


def tell_owners_of_edit(
    action: Action, changes: Mapping[str, tuple[Any, Any]], *, access: Access, at: dt.datetime
) -> None:
    """Mail the owners once about an edit by who is none of them: what was, and what is."""
    addresses = owners(action, at)
    own = access.user.email.lower() if access.user else ""
    if action.pk in access.sheets or own in addresses:
        return
    lines = [
        f"{FIELD_LABELS[name]}\n  avant : {in_words(name, before)}\n  après : {in_words(name, after)}"
        for name, (before, after) in changes.items()
    ]
    for to in addresses:
        mail.queue(
            to=to,
            subject=f"{title_for(action, to)} : la fiche a été modifiée",
            body="\n\n".join(
                [
                    f"{sheet_for(action, to)} a été modifiée par {access.user}.",
                    *(lines if is_confirmed(action, to) else ()),
                    f"Lire la fiche :\n{link_for(action, to, at)}",
                ]
            ),
            key=f"edit:{action.pk}:{action.version}:{to}",
            at=at,
            reply_to=action.semaine.academie.courriel,
        )
