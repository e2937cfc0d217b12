"""Schools that somebody does not find in the directory: told to the académie, settled by it, forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accroche.annuaire.models import Etablissement
from accroche.commun import journal, lieux, mail, plafonds
from accroche.commun.limites import take
from accroche.comptes.models import EtablissementAbsent, Role
from accroche.comptes.permissions import Access, place_of_role
from accroche.comptes.queries import office_of
from accroche.comptes.regles import IssueAbsence, Right, TypeRole

#: How long one is kept once it is settled, and at most.
SETTLED_KEPT: Final = dt.timedelta(days=90)
KEPT: Final = dt.timedelta(days=366)


def report_absent(absent: EtablissementAbsent, *, access: Access, at: dt.datetime) -> bool:
    """Write down ``absent``, which is no row yet, and tell the académie; False when it was told before.

    The moderators of its département are mailed; where there are none, the national bureau. Raises
    ``LimitError``.
    """
    absent.asked_at = at
    uses = access.counted(plafonds.ABSENTS_PERSON, plafonds.ABSENTS_NETWORK)
    try:
        with transaction.atomic():
            absent.save(force_insert=True)
            # what is told twice is taken back with this, and counts once
            take([*uses, (plafonds.ABSENTS_PLACE, absent.departement.code)], at=at)
            journal.record(absent, "report_absent", at=at, actor=access.user)
            _tell(absent, at)
    except IntegrityError:  # told already, perhaps at this very moment
        return False
    return True


def _tell(absent: EtablissementAbsent, at: dt.datetime) -> None:
    """Mail those who answer, once each."""
    academie = place_of_role({"departement": absent.departement}, at).academie
    in_force = Role.objects.in_force(at)
    there = in_force.filter(kind=TypeRole.MODERATEUR, academie=academie) if academie else in_force.none()
    told = there if there.exists() else in_force.filter(kind=TypeRole.NATIONAL)
    place = f"{absent.postal_code} {absent.commune}, {absent.departement}".strip()
    facts = [
        f"Nom : {absent.name}",
        f"Type : {absent.kind_words}",
        f"Lieu : {place}",
        *([f"Code UAI : {absent.uai}"] if absent.uai else []),
    ]
    parts = [
        "Quelqu’un ne trouve pas cet établissement dans l’annuaire du site :",
        "\n".join(facts),
        absent.message,
        f"Répondre : {settings.SITE_URL}{reverse('comptes:demandes')}",
    ]
    for address in sorted(set(told.values_list("user__email", flat=True))):
        mail.queue(
            to=address,
            subject=f"Établissement absent de l’annuaire : {absent.name}",
            body="\n\n".join(filter(None, parts)),
            key=f"absent:{absent.pk}:{address}",
            at=at,
            reply_to=office_of({"departement": absent.departement}, at),
        )


@transaction.atomic
def settle_absent(
    absent: EtablissementAbsent,
    issue: IssueAbsence,
    *,
    etablissement: Etablissement | None,
    note: str,
    access: Access,
    at: dt.datetime,
) -> bool:
    """Say what a school told as missing is, and mail who asked; return False when somebody already did.

    ``etablissement``: which one it is. Raises ``ValueError`` when the answer names one and none is given, and
    ``PermissionDenied``.
    """
    if not access.allows(Right.GRANT, place_of_role({"departement": absent.departement}, at)):
        raise PermissionDenied
    school = etablissement if issue.names_school else None
    if issue.names_school and school is None:
        raise ValueError(issue)
    settled = EtablissementAbsent.objects.filter(pk=absent.pk, decided_at=None).update(
        decided_at=at, decided_by=access.user, issue=issue, etablissement=school
    )
    if not settled:
        return False
    journal.record(absent, "settle_absent", at=at, actor=access.user, note=issue.label)
    # nobody confirmed this address: of what was typed in the form nothing is mailed to it
    parts = [
        "Bonjour,",
        "Vous nous avez signalé un établissement qui n’est pas dans l’annuaire du site.",
        _answer(issue, school),
        note,
    ]
    mail.queue(
        to=absent.email,
        subject="Votre établissement dans l’annuaire",
        body="\n\n".join(filter(None, parts)),
        key=f"absent:{absent.pk}:reponse",
        at=at,
        reply_to=office_of({"departement": absent.departement}, at),
    )
    return True


def _answer(issue: IssueAbsence, school: Etablissement | None) -> str:
    declare = f"{settings.SITE_URL}{lieux.address('declarer')}"
    if school:
        begin = "Il y est sous ce nom" if issue is IssueAbsence.TROUVE else "Il vient d’y être ajouté"
        told = f"{begin} : {school} ({school.uai})."
        return f"{told}\n\nDéclarer une action : {declare}?etablissement={school.uai}"
    if issue is IssueAbsence.ORGANISME:
        return (
            "L’annuaire ne tient que les établissements scolaires : un organisme s’inscrit par son nom. "
            "Déclarez l’action avec l’établissement qui l’accueille, puis nommez l’organisme parmi ceux qui "
            f"la portent.\n\nDéclarer une action : {declare}"
        )
    return (
        "L’académie ne l’a pas trouvé. Vous pouvez répondre à ce courriel, ou le signaler de nouveau avec "
        "d’autres précisions."
    )


def purge(at: dt.datetime) -> int:
    """Remove what was settled long ago and what nobody settled in a year; return how many."""
    over = Q(decided_at__lt=at - SETTLED_KEPT) | Q(asked_at__lt=at - KEPT)
    count, _ = EtablissementAbsent.objects.filter(over).delete()
    return count
