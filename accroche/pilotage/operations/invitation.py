"""Inviting schools to declare, and not any more: every write about invitations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition
from accroche.commun import journal, mail
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.moments import end_of, format_moment
from accroche.pilotage.couverture import Etape
from accroche.pilotage.invitation import Empechement, Lettre, empechement, monday
from accroche.pilotage.models import Refus, Sollicitation
from accroche.pilotage.queries.couverture import cadre_of, for_invitation, schools

SALT = "pilotage.invitation"


class NotDeclaringError(ValueError):
    """Nobody can declare in this edition today: there is nothing to invite to."""


class StopLinkError(ValueError):
    """The link of a mail was cut or changed."""


def stop_token(school: Etablissement) -> str:
    """What a school's link to no more invitations carries: only this site can make it."""
    return signing.dumps(school.pk, salt=SALT)


def mail_of(lettre: Lettre, school: Etablissement, edition: Edition) -> str:
    """The text one school reads."""
    page = reverse("actions:declarer")
    stop = reverse("pilotage:ne_plus_inviter", args=[stop_token(school)])
    return lettre.to(
        school=f"« {school} »",
        link=f"{settings.SITE_URL}{page}?etablissement={school.uai}",
        closes=_closing(school, edition.declaration_closes),
        stop=f"{settings.SITE_URL}{stop}",
    )


def _closing(school: Etablissement, closes: dt.date | None) -> str:
    """Until when one declares, by the clock of Paris and by the school's own."""
    return format_moment(end_of(closes), school.departement.name) if closes else ""


def why_not(school: Etablissement) -> Empechement | None:
    """What keeps a school read by ``for_invitation`` from being written to."""
    return empechement(
        is_open=school.is_open,  # type: ignore[attr-defined]
        etape=Etape(school.etape),  # type: ignore[attr-defined]
        address=school.email,
        opted_out=school.opted_out,  # type: ignore[attr-defined]
        this_week=school.this_week,  # type: ignore[attr-defined]
    )


@transaction.atomic
def invite_schools(
    numbers: Collection[int], edition: Edition, lettre: Lettre, *, access: Access, at: dt.datetime
) -> int:
    """Write to the schools of ``numbers`` (row numbers) that may be written to; return how many were.

    What a preview said is asked again here: a school that has declared meanwhile, or that a colleague
    invited a second ago, gets nothing. Raises :class:`NotDeclaringError`, and ``PermissionDenied`` when
    one of them is not on a territory where ``access`` may invite.
    """
    today = timezone.localdate(at)
    if not Edition.objects.declaring_on(today).filter(pk=edition.pk).exists():
        raise NotDeclaringError("Les déclarations ne sont pas ouvertes : il n’y a pas à quoi inviter.")
    allowed = schools(cadre_of(edition, today), access, Right.INVITE_SCHOOL)
    # in the order of their numbers: two sendings that cross wait for each other instead of for ever
    invited = for_invitation(allowed, today).select_related("departement")
    chosen = list(invited.filter(pk__in=numbers).order_by("pk"))
    if len(chosen) != len(set(numbers)):
        raise PermissionDenied
    sent = 0
    for school in chosen:
        if why_not(school) is None and _invite(school, edition, lettre, access=access, at=at):
            sent += 1
    return sent


def _invite(
    school: Etablissement, edition: Edition, lettre: Lettre, *, access: Access, at: dt.datetime
) -> bool:
    try:
        with transaction.atomic():
            row = Sollicitation.objects.create(
                etablissement=school,
                edition=edition,
                week=monday(timezone.localdate(at)),
                sent_at=at,
                sent_by=access.user,
                to=school.email,
                text=lettre.text,
            )
    except IntegrityError:  # somebody else was faster: one mail a week
        return False
    body = mail_of(lettre, school, edition)
    mail.queue(
        to=school.email,
        subject=lettre.subject,
        body=body,
        key=f"sollicitation:{row.pk}",
        at=at,
        priority=mail.Priority.BULK,
        reply_to=academie.courriel if (academie := school.academie_on(timezone.localdate(at))) else "",
    )
    journal.record(school, "invite_to_declare", at=at, actor=access.user, note=str(edition))
    return True


def school_of_link(token: str) -> Etablissement:
    """The school whose mail held this link; it never expires. Raises :class:`StopLinkError`."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise StopLinkError("Ce lien est incomplet. Copiez-le en entier depuis le courriel.") from error
    found = Etablissement.objects.filter(pk=number).first()
    if found is None:
        raise StopLinkError("Cet établissement n’est plus dans l’annuaire.")
    return found


@transaction.atomic
def stop_inviting(token: str, *, at: dt.datetime) -> None:
    """No more invitations for the school of a link; again changes nothing. Raises :class:`StopLinkError`."""
    school = school_of_link(token)
    _, created = Refus.objects.get_or_create(etablissement=school, defaults={"at": at})
    if created:
        journal.record(school, "stop_inviting", at=at, actor_name=school.email)


@transaction.atomic
def resume_inviting(token: str, *, at: dt.datetime) -> None:
    """Take :func:`stop_inviting` back. Raises :class:`StopLinkError`."""
    school = school_of_link(token)
    count, _ = Refus.objects.filter(etablissement=school).delete()
    if count:
        journal.record(school, "resume_inviting", at=at, actor_name=school.email)
