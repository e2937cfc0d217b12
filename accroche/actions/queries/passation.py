"""Reads of the sheets a person is named on, to hand them over or to take them up."""

from __future__ import annotations

from django.db.models import Q

from accroche.actions.models import Action, ActionQuerySet
from accroche.annuaire.models import Etablissement
from accroche.comptes.models import User


def sheets_naming(person: User, school: Etablissement) -> ActionQuerySet:
    """The sheets of ``school`` that ``person`` declared, or is the private contact of; in a fixed order."""
    named = Q(declarant=person) | Q(private_email__iexact=person.email)
    named |= Q(declarant=None, declarant_email__iexact=person.email)
    carried = Action.with_unconfirmed.order_by().filter(porteurs__etablissement=school).values("pk")
    return Action.with_unconfirmed.filter(named, pk__in=carried).order_by("pk")


def sheets_to_attach(person: User) -> ActionQuerySet:
    """The sheets declared without an account from the address ``person`` proved; latest first."""
    sheets = Action.with_unconfirmed.filter(declarant=None, declarant_email__iexact=person.email)
    return sheets.order_by("-updated_at", "-pk")
