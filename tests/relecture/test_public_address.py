"""Who answers for a sheet is told where the public reads it, when that address works; and finds it again."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import move
from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.edition import publish_edition
from tests import factories
from tests.actions.declaring import html, signed_in

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def owner(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)


def published(where: Territory, school: Etablissement, moderator: User, at: dt.datetime) -> Action:
    sheet = factories.action(where, school, title="Forum des métiers", slug="forum-des-metiers")
    return move(sheet, Step.PUBLISH, access=factories.access(moderator), at=at)


def mails_to(person: User) -> list[Message]:
    return list(Message.objects.filter(to=person.email).order_by("created_at", "pk"))


def test_mail_sheet_and_space_give_an_address_that_anybody_may_open(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    sheet = published(where, school, moderator, timezone.now())
    [mail] = mails_to(owner)
    [told] = re.findall(rf"{SITE}(/\S+/actions/\S+)", mail.body)
    assert "Forum des métiers" in html(Client(), told)
    client = signed_in(owner)
    for page in ("relecture:fiche", "portail:tableau", "actions:mes_fiches"):
        address = reverse(page, args=[sheet.pk] if page == "relecture:fiche" else [])
        assert f'data-adresse="{SITE}{told}"' in html(client, address), page


def test_an_address_that_does_not_work_yet_says_so_and_is_told_when_it_does(
    where: Territory, school: Etablissement, moderator: User, owner: User
) -> None:
    Edition.objects.update(published_at=None)
    now = timezone.now()
    sheet = published(where, school, moderator, now - dt.timedelta(days=3))
    [mail] = mails_to(owner)
    assert "est acceptée" in mail.body
    assert "n’est pas encore publique" in mail.body
    [told] = re.findall(rf"{SITE}(/\S+/actions/\S+)", mail.body)
    assert Client().get(told).status_code == 404
    client = signed_in(owner)
    page = html(client, reverse("relecture:fiche", args=[sheet.pk]))
    assert "pas encore en ligne" in page
    assert told in page
    for name in ("portail:tableau", "actions:mes_fiches"):
        assert told not in html(client, reverse(name))
    publish_edition(where.semaine.edition, at=now)
    [_, second] = mails_to(owner)
    assert "est maintenant en ligne" in second.body
    assert f"{SITE}{told}" in second.body
    assert "Forum des métiers" in html(Client(), told)
    # asked again, and for what was decided since: each was told its address once
    later = factories.action(where, school, title="Autre forum")
    move(later, Step.PUBLISH, access=factories.access(moderator), at=now + dt.timedelta(hours=1))
    before = Message.objects.count()
    publish_edition(where.semaine.edition, at=now + dt.timedelta(days=1))
    assert Message.objects.count() == before


@pytest.mark.parametrize("who", ["visiteur", "porteur", "modérateur"])
def test_the_menu_leads_out_and_to_one_s_work(who: str, moderator: User, owner: User) -> None:
    people = {"visiteur": None, "porteur": owner, "modérateur": moderator}
    person = people[who]
    client = signed_in(person) if person else Client()
    header = html(client, reverse("portail:accessibilite")).partition("<header")[2].partition("</header>")[0]
    assert (f'action="{reverse("comptes:deconnexion")}"' in header) is bool(person)
    assert (f'href="{reverse("relecture:file")}"' in header) is (who == "modérateur")
    if who == "modérateur":
        current = html(client, reverse("relecture:file")).partition('aria-current="true"')[2]
        assert current.startswith(">À relire")
    if person:
        client.post(reverse("comptes:deconnexion"))
        assert "Se connecter" in html(client, reverse("portail:accessibilite"))
