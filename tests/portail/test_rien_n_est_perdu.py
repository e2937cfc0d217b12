"""A form refused before its view: what happened is said, and all that was posted is sent again."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Commentaire
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import START

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("open_today")]

HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
ELSEWHERE = (
    {"origin": "https://ailleurs.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"referer": "https://ailleurs.example/page"},
)


def hidden(page: Any) -> dict[str, str]:
    text = page.content.decode()
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', text)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


@pytest.fixture
def person(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "marie@example.fr", etablissement=school)


def test_signing_in_in_another_tab_keeps_what_was_typed(school: Etablissement, person: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    opened = hidden(browser.get(reverse("actions:declarer")))
    browser.force_login(person)
    browser.cookies["csrftoken"] = "a" * 32  # as signing in gives another one
    sent = {**opened, **START, "etablissement": school.uai, "email": "m@example.fr"}
    refused = browser.post(reverse("actions:declarer"), sent, headers=HERE)
    assert refused.status_code == 403
    text = html.unescape(refused.content.decode())
    assert "Vous vous êtes connecté pendant que vous écriviez" in text
    assert str(person) in text, "one sees as whom it will be sent"
    again = browser.post(reverse("actions:declarer"), hidden(refused), headers=HERE)
    assert again.status_code == 302
    assert Action.objects.get().declarant == person


@pytest.mark.parametrize(
    ("signed_in", "cookie", "said"),
    [
        (True, False, "Le cookie qui la protège n’est plus là"),
        (False, False, "Le cookie qui la protège n’est plus là"),
        (False, True, "Cette page date d’une autre visite"),
    ],
)
def test_the_page_says_what_happened(person: User, *, signed_in: bool, cookie: bool, said: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    if signed_in:
        browser.force_login(person)
    if cookie:
        browser.cookies["csrftoken"] = "a" * 32
    files = {"photo": SimpleUploadedFile("sortie.jpg", b"x", "image/jpeg")}
    refused = browser.post(
        reverse("actions:declarer"),
        {"title": "Forum", "csrfmiddlewaretoken": "b" * 32, **files},
        headers=HERE,
    )
    text = html.unescape(refused.content.decode())
    assert refused.status_code == 403
    assert said in text
    assert "sortie.jpg" in text
    assert hidden(refused)["title"] == "Forum"


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_posted_is_given_no_button(person: User, headers: dict[str, str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    refused = browser.post(reverse("actions:declarer"), {"title": "Piège à clics"}, headers=headers)
    assert refused.status_code == 403
    assert "Piège" not in refused.content.decode()
    assert "ne vient pas de ce site" in refused.content.decode()


def test_a_sign_in_that_ended_keeps_what_was_typed(where: Territory, moderator: User) -> None:
    """The moderator's message is written again by one button, once signed in."""
    action = factories.action(where, factories.school(where))
    browser = Client()
    browser.force_login(moderator)
    sent = hidden(browser.get(reverse("comptes:rejoindre"))) | {"message": "Un mot écrit à la main"}
    browser.logout()
    refused = browser.post(reverse("comptes:rejoindre"), sent)
    assert refused.status_code == 403
    assert "Vous n’êtes plus connecté" in refused.content.decode()
    assert hidden(refused)["message"] == "Un mot écrit à la main"
    assert not Commentaire.objects.filter(action=action).exists()


def test_a_sheet_that_is_gone_gives_back_what_was_typed(school: Etablissement, where: Territory) -> None:
    """The draft of a visitor whose cookies went: nobody's any more, but what was typed is in the page."""
    draft = factories.action(where, school, Etat.DRAFT)
    gone = Client().post(reverse("actions:modifier", args=[draft.pk]), {"title": "Ce que j’ai écrit là"})
    assert gone.status_code == 404
    assert hidden(gone)["title"] == "Ce que j’ai écrit là"
