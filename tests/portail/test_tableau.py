"""One's own space: what awaits each role comes first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.comptes.models import User
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def space(person: User) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.get(reverse("portail:tableau")).content.decode()


def test_each_role_is_told_what_awaits_it() -> None:
    where = factories.territory()
    school = factories.school(where)
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    assert "Aucune fiche n’attend votre relecture" in space(moderator)
    factories.action(where, school, submitted_at=NOW)
    factories.action(where, school, submitted_at=NOW - dt.timedelta(days=3))
    unsure = factories.action(where, school, Etat.TO_COMPLETE, title="À revoir ensemble")
    told = space(moderator)
    assert "2\xa0fiches à relire" in told
    assert "la plus ancienne depuis le 21\u00a0novembre" in told
    assert "L’académie vous demande</h2>" not in told
    owner = space(factories.person(TypeRole.PORTEUR, etablissement=school))
    assert "à relire" not in owner
    assert unsure.title in owner.partition("L’académie vous demande</h2>")[2].partition("</section>")[0]
    national = space(factories.person(TypeRole.NATIONAL))
    assert reverse("relecture:territoires") in national
    assert "Les fiches de votre territoire" in national


def test_who_declared_without_a_role_finds_what_to_complete() -> None:
    where = factories.territory()
    author = factories.user("prof@ac-dijon.fr")
    sheet = factories.action(where, None, Etat.TO_COMPLETE, declarant=author)
    assert sheet.title in space(author)
