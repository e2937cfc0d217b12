"""The thread between a school and its académie."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.actions.cycle import Side
from accroche.actions.models import Action, Commentaire
from accroche.actions.operations.notices import tell_of_comment
from accroche.commun import journal, plafonds
from accroche.commun.echanges import words_of, written_just_now
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


@transaction.atomic
def comment(
    action: Action, text: str, *, access: Access, at: dt.datetime, internal: bool = False
) -> Commentaire:
    """Write a message, and mail the other side once; an ``internal`` one stays with the académie.

    The journal says that somebody wrote, never what: notes are not everybody's. Raises
    ``PermissionDenied``, ``LimitError``, and ``ValueError`` for an empty message.
    """
    moderates = action.may(access, Right.MODERATE)
    if not (moderates or action.may(access, Right.EDIT_ACTION)) or (internal and not moderates):
        raise PermissionDenied
    words = words_of(text)
    name = str(access.user) if access.user else action.declarant_email
    row = {"author": access.user, "author_name": name, "from_moderator": moderates, "internal": internal}
    if again := written_just_now(action.commentaires.all(), at=at, text=words, **row):
        return again
    written = action.commentaires.create(text=words, at=at, **row)
    verb = "internal_note" if internal else "comment"
    journal.record(action, verb, at=at, actor=access.user, actor_name=name)
    if not internal:
        side = Side.MODERATOR if moderates else Side.OWNER
        tell_of_comment(action, words, number=written.pk, side=side, access=access, at=at)
    take([(plafonds.COMMENTS_SHEET, str(action.pk)), *access.counted(plafonds.COMMENTS_PERSON)], at=at)
    return written
