"""Reminding académies of what their sheet of the report lacks: chosen one by one, never twice a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.queries.relances import OF_SHEET, reminded_on
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.evaluation.operations.evaluation_avis import of_academie, send
from accroche.lib.moments import end_of, format_moment
from accroche.lib.texte import liste
from accroche.redaction.attendus import Suivi
from accroche.redaction.models import RelanceFiche
from accroche.redaction.queries.suivi import suivis

#: What a reminder says before its facts, unless the bureau writes otherwise.
TEXT: Final = (
    "Le bureau national prépare la synthèse de l’édition. "
    "La fiche de votre académie n’est pas encore complète."
)


@dataclass(frozen=True)
class DestinataireFiche:
    """An académie whose sheet lacks something: whom to write to, and why it gets nothing, if so."""

    suivi: Suivi
    semaine: Semaine
    addresses: tuple[str, ...]
    pourquoi: str = ""


def destinataires(edition: Edition, at: dt.datetime) -> list[DestinataireFiche]:
    """The académies whose sheet lacks something, in alphabetical order; nobody in a closed edition."""
    if edition.is_closed:
        return []
    lacking = {row.semaine: row for row in suivis(edition, at) if row.manques}
    rows = Semaine.objects.filter(pk__in=lacking).select_related("academie", "edition")
    today = reminded_on(rows, at)
    found = []
    for semaine in rows.order_by("academie__slug"):
        addresses = tuple(of_academie(semaine, at))
        why = ""
        if semaine.pk in today:
            why = "déjà relancée aujourd’hui"
        elif not addresses:
            why = "personne à qui écrire : ni modérateur, ni adresse de bureau"
        found.append(DestinataireFiche(lacking[semaine.pk], semaine, addresses, why))
    return found


def mail_of(who: DestinataireFiche, text: str) -> str:
    """The whole mail an académie reads: what the bureau says, what is missing, and where to go."""
    row, semaine = who.suivi, who.semaine
    due = min((row.due[attendu] for attendu in row.manques if attendu in row.due), default=None)
    until = f"Échéance : {format_moment(end_of(due), str(semaine.academie))}." if due else ""
    page = reverse("redaction:fiche", args=[semaine.edition.year, semaine.academie.slug])
    parts = (
        "Bonjour,",
        text.strip(),
        f"Il manque : {liste(attendu.manque for attendu in row.manques)}.",
        until,
        f"La fiche de votre académie, et de quoi nous répondre :\n{settings.SITE_URL}{page}",
        "Pas de données pour cette édition ? Dites-le sur la même page : les relances s’arrêteront.",
        "Merci de votre aide,\nle bureau national",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def subject_of(edition: Edition) -> str:
    """What the mail is about."""
    return f"Synthèse {edition} : il manque quelque chose à la fiche de votre académie"


@transaction.atomic
def remind(
    edition: Edition, numbers: Collection[int], text: str, *, access: Access, at: dt.datetime
) -> list[DestinataireFiche]:
    """Remind the académies of the semaines ``numbers``; return those written to.

    What a preview said is asked again: who completed its sheet meanwhile, or was reminded today, gets
    nothing. Raises ``PermissionDenied``, and ``ValueError`` without a text.
    """
    check_steering(access)
    if not text.strip():
        raise ValueError("Écrivez le message à envoyer.")
    chosen = [one for one in destinataires(edition, at) if one.semaine.pk in numbers and not one.pourquoi]
    return [one for one in chosen if _sent(one, text, access=access, at=at)]


def _sent(who: DestinataireFiche, text: str, *, access: Access, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            RelanceFiche.objects.create(
                semaine=who.semaine,
                day=timezone.localdate(at),
                sent_at=at,
                sent_by=access.user,
                text=text,
            )
    except IntegrityError:  # somebody else just did
        return False
    send(
        who.addresses,
        subject_of(who.semaine.edition),
        mail_of(who, text),
        key=f"fiche-relance:{who.semaine.pk}:{timezone.localdate(at)}",
        at=at,
        reply_to=access.user.email if access.user else "",
    )
    journal.record(
        who.semaine,
        OF_SHEET,
        at=at,
        actor=access.user,
        note=liste(attendu.label for attendu in who.suivi.manques),
    )
    return True
