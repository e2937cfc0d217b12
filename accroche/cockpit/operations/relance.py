"""Reminding académies: one mail a person, once a day for each group, told by the journal."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accroche.campagne.models import Edition
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.queries.relances import OF_ACADEMIE
from accroche.cockpit.cockpit import Signe
from accroche.cockpit.queries.cockpit import releve
from accroche.cockpit.queries.relance import Destinataire, destinataires
from accroche.cockpit.relance import SUBJECT, body_of, key_of, note_of
from accroche.commun import journal, mail
from accroche.comptes.permissions import Access
from accroche.lib.dates import format_date


def mail_of(who: Destinataire, signe: Signe, edition: Edition, word: str) -> str:
    """The mail of one académie."""
    page = reverse("cockpit:cockpit_academie", args=[edition.year, who.row.slug])
    closes = edition.declaration_closes
    return body_of(
        signe,
        academie=who.row.name,
        edition=edition.year,
        manques=who.row.manques,
        word=word,
        link=f"{settings.SITE_URL}{page}",
        until=f"Les établissements déclarent jusqu’au {format_date(closes)}." if closes else "",
    )


@transaction.atomic
def remind(signe: Signe, edition: Edition, word: str, *, access: Access, at: dt.datetime) -> int:
    """Write to the académies that lack ``signe``; return how many were written to.

    Who stands where is asked again: an académie that answered since the preview gets nothing, nor does one
    that a colleague reminded today. Raises ``PermissionDenied``.
    """
    check_steering(access)
    sent = 0
    for who in destinataires(releve(edition, access), signe, at):
        if not who.is_due(at):
            continue
        body = mail_of(who, signe, edition, word)
        # each one is asked: the key of a mail is what two tellings at once meet
        written = [
            mail.queue(
                to=to,
                subject=SUBJECT,
                body=body,
                key=key_of(signe, edition.year, who.row.slug, to, timezone.localdate(at)),
                at=at,
                priority=mail.Priority.BULK,
                reply_to=access.user.email if access.user else "",
            )
            for to in who.addresses
        ]
        if any(written):
            journal.record(
                who.academie, OF_ACADEMIE, at=at, actor=access.user, note=note_of(signe, edition.year)
            )
            sent += 1
    return sent
