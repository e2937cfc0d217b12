"""What the bureau and an académie write to each other about its sheet: one mail a thread and day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accroche.campagne.models import Edition, Semaine
from accroche.commun import journal, plafonds
from accroche.commun.echanges import words_of, written_just_now
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.evaluation.operations.evaluation_avis import named, of_academie, of_bureau, send
from accroche.lib.texte import capitale
from accroche.redaction.echanges import CoteFiche
from accroche.redaction.models import FilFiche, MessageFiche

#: What a thread of an edition that is put away answers.
OVER = "L’édition est archivée : on n’y écrit plus."


class ArchivedError(ValueError):
    """Nobody writes about an edition that is put away; the message is French."""


def side_of(semaine: Semaine, access: Access) -> CoteFiche | None:
    """Which side ``access`` writes for; None for who only reads.

    What is told of a closed edition does not change, but one may still talk of it: the bureau then writes
    its report.
    """
    place = Place(academie=semaine.academie_id)
    if access.allows(Right.STEER, place):
        return CoteFiche.BUREAU
    return CoteFiche.ACADEMIE if access.allows(Right.EDIT_SEMAINE, place) else None


def _writing(semaine: Semaine, access: Access) -> tuple[CoteFiche, FilFiche]:
    """Who writes, and the thread, held until the transaction ends."""
    side = side_of(semaine, access)
    if side is None:
        raise PermissionDenied
    # written as it is: who puts it away at this moment waits, or was there before
    if not Edition.objects.filter(pk=semaine.edition_id, archived_at=None).update(archived_at=None):
        raise ArchivedError(OVER)
    fil, _ = FilFiche.objects.get_or_create(semaine=semaine)
    FilFiche.objects.filter(pk=fil.pk).update(semaine=semaine)
    fil.refresh_from_db()
    return side, fil


@transaction.atomic
def write_message(semaine: Semaine, text: str, *, access: Access, at: dt.datetime) -> MessageFiche:
    """Write a message, which opens a settled thread again; the other side is mailed once a day.

    Raises ``PermissionDenied``, ``ValueError`` without a word, :class:`ArchivedError` and ``LimitError``.
    """
    side, fil = _writing(semaine, access)
    row = {"side": side, "author": access.user, "text": words_of(text)}
    if again := written_just_now(fil.messages.all(), at=at, **row):
        return again
    written = fil.messages.create(at=at, **row)
    # who answers has read what stands above
    FilFiche.objects.filter(pk=fil.pk).update(
        settled_at=None, settled_by=None, **{f"read_{side}": written.pk}
    )
    journal.record(semaine, "comment_sheet", at=at, actor=access.user)
    take(access.counted(plafonds.COMMENTS_PERSON), at=at)
    _tell(written, semaine, at=at)
    return written


@transaction.atomic
def mark_read(semaine: Semaine, upto: int, *, access: Access) -> None:
    """Note that one's side has read the messages up to the number ``upto``; never less than it had.

    Raises ``PermissionDenied`` and :class:`ArchivedError`.
    """
    side, fil = _writing(semaine, access)
    last = fil.messages.filter(pk__lte=upto).aggregate(last=Max("pk"))["last"]
    if last:
        column = f"read_{side}"
        FilFiche.objects.filter(pk=fil.pk, **{f"{column}__lt": last}).update(**{column: last})


@transaction.atomic
def settle(semaine: Semaine, upto: int, *, access: Access, at: dt.datetime) -> bool:
    """Note that all is settled; return whether it is: not when somebody wrote after the number ``upto``.

    Raises ``PermissionDenied`` and :class:`ArchivedError`.
    """
    side, fil = _writing(semaine, access)
    last = fil.messages.aggregate(last=Max("pk"))["last"]
    if last is None or last > upto:
        return False
    done = FilFiche.objects.filter(pk=fil.pk, settled_at=None)
    if done.update(settled_at=at, settled_by=access.user, **{f"read_{side}": last}):
        journal.record(semaine, "settle_sheet", at=at, actor=access.user)
    return True


def _tell(written: MessageFiche, semaine: Semaine, *, at: dt.datetime) -> None:
    to = written.cote.other
    by_bureau = written.cote is CoteFiche.BUREAU
    who = "Le bureau national" if by_bureau else capitale(named(semaine))
    whose = "votre fiche" if by_bureau else "sa fiche"
    page = reverse("redaction:fiche", args=[semaine.edition.year, semaine.academie.slug])
    send(
        of_academie(semaine, at) if by_bureau else of_bureau(at),
        f"Un message sur la fiche {semaine.edition} : {semaine.academie}",
        f"Bonjour,\n\n{who} vous écrit à propos de {whose} dans la synthèse {semaine.edition} :\n\n"
        f"{written.text}\n\nLire la suite et répondre : {settings.SITE_URL}{page}#echanges\n\n"
        "Un seul courriel par jour : d’autres messages peuvent avoir suivi.\n",
        key=f"fiche-message:{semaine.pk}:{to}:{timezone.localdate(at)}",
        at=at,
        reply_to="" if by_bureau else semaine.academie.courriel,
    )
