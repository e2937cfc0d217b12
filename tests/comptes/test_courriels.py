"""The mails of an académie: where answers arrive, and whom ours do not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accroche.actions.cycle import Step
from accroche.actions.operations.cycle import move
from accroche.commun import journal, mail
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import html, signed_in
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

PAGE = reverse("comptes:courriels")


@pytest.fixture
def where() -> Territory:
    return factories.territory()


@pytest.fixture
def moderator(where: Territory) -> User:
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


def failed(to: str, error: str = "550 5.1.1 unknown") -> None:
    mail.queue(key=to, to=to, subject="Un objet", body="Un texte", at=NOW)
    Message.objects.filter(to=to).update(attempts=1, error=error)


def test_the_office_is_given_once_and_gets_the_answers(where: Territory, moderator: User) -> None:
    client = signed_in(moderator)
    assert "autant que nous le sachions, tous arrivent" in html(client, PAGE)
    refused = client.post(PAGE, {"courriel": "dsé@ac-dijon.fr"}).content.decode()
    assert "sans accent" in refused
    client.post(PAGE, {"courriel": "dse@ac-dijon.fr"})
    client.post(PAGE, {"courriel": "dse@ac-dijon.fr"})
    where.academie.refresh_from_db()
    assert where.academie.courriel == "dse@ac-dijon.fr"
    assert [entry.verb for entry in journal.entries(where.academie)] == ["set_office"]
    author = factories.user("prof@ac-dijon.fr")
    sheet = factories.action(where, factories.school(where), declarant=author, private_email="")
    move(sheet, Step.PUBLISH, access=factories.access(moderator), at=NOW)
    assert Message.objects.get(to=author.email).reply_to == "dse@ac-dijon.fr"


def test_another_academie_s_office_is_not_one_s_to_change(moderator: User) -> None:
    other = factories.territory("Lyon", "69").academie
    client = signed_in(moderator)
    assert client.post(f"{PAGE}?academie=lyon", {"courriel": "x@ac-lyon.fr"}).status_code == 404
    other.refresh_from_db()
    assert other.courriel == ""


def test_addresses_of_the_academie_that_get_nothing_are_named(where: Territory, moderator: User) -> None:
    school = factories.school(where)
    away = factories.school(factories.territory("Lyon", "69"))
    porteuse = factories.person(TypeRole.PORTEUR, "partie@ac-dijon.fr", etablissement=school)
    for address in (school.email, away.email, porteuse.email, "personne@exemple.fr"):
        failed(address)
    page = html(signed_in(moderator), PAGE)
    assert school.email in page
    assert porteuse.email in page
    assert "Cette adresse n’existe pas, ou plus." in page
    assert away.email not in page
    assert "personne@exemple.fr" not in page


def test_a_moderator_reads_on_the_sheet_whom_a_decision_will_not_reach(
    where: Territory, moderator: User
) -> None:
    school = factories.school(where)
    prof = factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)
    sheet = factories.action(where, school, declarant_email="jamais@exemple.fr", private_email="")
    client, page = signed_in(moderator), reverse("relecture:fiche", args=[sheet.pk])
    shown = html(client, page)
    assert "Qui ne recevra pas la réponse" in shown
    assert "jamais@exemple.fr" in shown
    assert prof.email not in shown
    failed(prof.email, "452 4.2.2 full")
    shown = html(client, page)
    assert "Personne ne recevra la réponse" in shown
    assert "La boîte aux lettres est pleine." in shown
    assert "ne recevra" not in html(signed_in(prof), page)
