"""Schools that somebody does not find in the directory: told to the académie, settled by it, forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse

from accroche.annuaire.appariement import answer_key
from accroche.annuaire.models import Etablissement
from accroche.commun import journal, lieux, mail, plafonds
from accroche.commun.limites import take
from accroche.comptes.models import EtablissementAbsent, Role, SignalementAbsent
from accroche.comptes.permissions import Access, place_of_role
from accroche.comptes.queries import office_of
from accroche.comptes.regles import IssueAbsence, Right, TypeRole

#: How long one is kept once it is settled, and at most.
SETTLED_KEPT: Final = dt.timedelta(days=90)
KEPT: Final = dt.timedelta(days=366)


def absent_key(name: str, commune: str) -> str:
    """A school as it is compared with what others told: however it is spelt or shortened."""
    return "|".join(answer_key("", name, commune)[1:])


def report_absent(
    absent: EtablissementAbsent, *, email: str, message: str = "", access: Access, at: dt.datetime
) -> bool:
    """Write down that ``email`` does not find ``absent``, which is no row yet; False when it said so before.

    The moderators of its département are mailed, or where there are none the national bureau, when nobody
    told it yet: who tells it too joins what waits. Raises ``LimitError``.
    """
    absent.asked_at, absent.cle = at, absent_key(absent.name, absent.commune)
    uses = access.counted(plafonds.ABSENTS_PERSON, plafonds.ABSENTS_NETWORK)
    try:
        with transaction.atomic():
            row = _waiting(absent)
            SignalementAbsent.objects.create(absent=row, email=email, message=message, asked_at=at)
            # what is told twice is taken back with this, and counts once
            take([*uses, (plafonds.ABSENTS_PLACE, absent.departement.code)], at=at)
            journal.record(row, "report_absent", at=at, actor=access.user)
            if row is absent:
                _tell(absent, message, at)
    except IntegrityError:  # they told it already, perhaps at this very moment
        return False
    return True


def _waiting(absent: EtablissementAbsent) -> EtablissementAbsent:
    """The row that waits for an answer about ``absent``: itself, or the one that others told.

    That one is held until the transaction ends: an answer waits, and is then sent to this teller too.
    """
    told = EtablissementAbsent.objects.filter(
        departement=absent.departement, kind=absent.kind, cle=absent.cle, decided_at=None
    )
    while True:
        try:
            with transaction.atomic():
                absent.save(force_insert=True)
        except IntegrityError:
            # settled meanwhile, it waits no more: this one is written anew
            if told.update(cle=absent.cle):
                row = told.get()
                row.uai, row.postal_code = row.uai or absent.uai, row.postal_code or absent.postal_code
                row.save(update_fields=["uai", "postal_code"])
                return row
        else:
            return absent


def _tell(absent: EtablissementAbsent, message: str, at: dt.datetime) -> None:
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
        message,
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
    """Say what a school told as missing is, and mail all who asked; return False when somebody already did.

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
    # nobody confirmed these addresses: of what was typed in the form nothing is mailed to them
    parts = [
        "Bonjour,",
        "Vous nous avez signalé un établissement qui n’est pas dans l’annuaire du site.",
        _answer(issue, school),
        note,
    ]
    office = office_of({"departement": absent.departement}, at)
    for address in absent.signalements.values_list("email", flat=True):
        mail.queue(
            to=address,
            subject="Votre établissement dans l’annuaire",
            body="\n\n".join(filter(None, parts)),
            key=f"absent:{absent.pk}:reponse:{address}",
            at=at,
            reply_to=office,
        )
    return True


def forget_teller(addresses: Sequence[str]) -> None:
    """Remove what ``addresses`` told, and the schools that nobody else told. In the caller's transaction."""
    theirs = SignalementAbsent.objects.filter(email__in=addresses)
    rows = EtablissementAbsent.objects.filter(pk__in=[*theirs.values_list("absent", flat=True)])
    # held, so that nobody joins a row that goes
    rows.update(cle=F("cle"))
    theirs.delete()
    rows.filter(signalements=None).delete()


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
    _, gone = EtablissementAbsent.objects.filter(over).delete()
    return gone.get(EtablissementAbsent._meta.label, 0)  # noqa: SLF001 - documented
