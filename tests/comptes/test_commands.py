"""The console gives the first roles and forgets unused accounts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accroche.comptes.models import Role, User
from accroche.comptes.regles import TypeRole
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_made_once() -> None:
    for _ in range(2):
        call_command("create_role", "Admin@exemple.fr", role="administrateur")
    role = Role.objects.get()
    assert (role.user.email, role.kind, role.granted_by) == (
        "admin@exemple.fr",
        TypeRole.ADMINISTRATEUR,
        None,
    )


def test_a_moderator_needs_an_academie() -> None:
    where = factories.territory()
    with pytest.raises(CommandError, match="dijon"):
        call_command("create_role", "a@exemple.fr", role="moderateur")
    call_command("create_role", "a@exemple.fr", role="moderateur", academie="dijon")
    assert Role.objects.get().academie == where.academie


def test_an_address_has_to_be_one() -> None:
    with pytest.raises(CommandError, match="n’est pas une adresse"):
        call_command("create_role", "admin", role="administrateur")


def test_only_accounts_never_used_are_forgotten() -> None:
    old = timezone.now() - dt.timedelta(days=8)
    names = ("unused", "used", "holder", "recent")
    people = {name: factories.user(f"{name}@exemple.fr") for name in names}
    User.objects.exclude(pk=people["recent"].pk).update(created_at=old)
    User.objects.filter(pk=people["used"].pk).update(last_login=old)
    factories.role(people["holder"], TypeRole.ADMINISTRATEUR)
    call_command("clean_accounts")
    assert set(User.objects.values_list("email", flat=True)) == {
        f"{name}@exemple.fr" for name in names if name != "unused"
    }
