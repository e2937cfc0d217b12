"""Forgetting who deleted their account: what sheets told of them goes, what the school told stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from accroche.actions.models import Action, Commentaire, LienAcces, PieceJointe
from accroche.commun import journal
from accroche.commun.models import JournalEntry
from accroche.commun.oubli import NOBODY
from accroche.comptes.models import User
from accroche.comptes.operations import delete_account, names_of

#: The columns of a sheet that tell whom to ask.
PRIVATE = ("private_contact", "private_email", "private_phone")


@transaction.atomic
def delete_person(person: User, *, at: dt.datetime) -> None:
    """Delete an account and all that names its person, on sheets as among accounts."""
    _forget_on_sheets(person, at)
    delete_account(person, at=at)


def _forget_on_sheets(person: User, at: dt.datetime) -> None:
    """Take a person's name, address and telephone off links, sheets, messages and consents."""
    LienAcces.objects.filter(email__iexact=person.email).delete()  # first, as ``revoke_links`` says
    names = names_of(person)
    named = Q(declarant=person, private_email="") | Q(private_email__iexact=person.email)
    sheets = Action.with_unconfirmed.filter(named)
    _forget_in_journal([journal.subject_of(sheet) for sheet in sheets.order_by("pk").only("pk")])
    sheets.update(**dict.fromkeys(PRIVATE, ""), version=F("version") + 1, updated_at=at)
    Action.with_unconfirmed.filter(declarant_email__iexact=person.email).update(declarant_email="")
    Commentaire.objects.filter(Q(author=person) | Q(author_name__iexact=person.email)).update(
        author_name=NOBODY
    )
    consents = Q(consent_by__iexact=person.email) | Q(consent_by__in=names)
    PieceJointe.objects.filter(consents | Q(action__declarant=person, consent_by=str(person))).update(
        consent_by=NOBODY
    )
    # a colleague's sheet that says to ask this person: the colleague's address stays
    contact = dict.fromkeys(("private_contact", "private_phone"), "")
    Action.with_unconfirmed.filter(private_contact__in=names).update(
        **contact, version=F("version") + 1, updated_at=at
    )
    Action.with_unconfirmed.filter(public_contact__in=names).update(
        public_contact="", version=F("version") + 1, updated_at=at
    )


def _forget_in_journal(subjects: list[str]) -> None:
    """Drop whom to ask from what the journal of these sheets remembers, merges included."""
    for entry in JournalEntry.objects.filter(subject__in=subjects).exclude(changes={}).order_by("pk"):
        copied = entry.changes.get("fusion", [None, None])[1] or {"columns": {}}
        held = sum(len(told.keys() & set(PRIVATE)) for told in (entry.changes, copied["columns"]))
        for name in PRIVATE:
            entry.changes.pop(name, None)
            copied["columns"].pop(name, None)
        if held:
            entry.save(update_fields=["changes"])
