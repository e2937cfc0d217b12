"""A form counts once, however often it is sent: two taps, a page sent again, a request that dies."""

from __future__ import annotations

import datetime as dt
import re
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Commentaire
from accroche.actions.views import declaration
from accroche.commun import envois
from accroche.commun.models import Envoi, Message
from accroche.comptes.models import Invitation
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import digest
from accroche.votes.models import Candidature, Scrutin
from tests import factories
from tests.actions.declaring import START
from tests.factories import NOW
from tests.races import at_once

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User

pytestmark = pytest.mark.usefixtures("open_today")


def key_in(page: Any) -> str:
    found = re.search(rf'name="{envois.FIELD}" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def draft(school: Etablissement, key: str, **more: str) -> dict[str, str]:
    return {**START, "etablissement": school.uai, "email": "a@example.fr", envois.FIELD: key, **more}


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_make_one_sheet(school: Etablissement) -> None:
    """A visitor whose first answer never came is led to the very draft it made, and may write it."""
    page = Client()
    sent = draft(school, key_in(page.get(reverse("actions:declarer"))))

    def tap(_number: int) -> Client:
        browser = Client()
        browser.cookies = SimpleCookie({name: morsel.value for name, morsel in page.cookies.items()})
        answer = browser.post(reverse("actions:declarer"), sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, made())
        return browser

    def made() -> str:
        return reverse("actions:modifier", args=[Action.with_unconfirmed.get().pk])

    browsers = at_once(3, tap)
    for browser in browsers:
        assert isinstance(browser, Client), browser
        assert browser.get(made()).status_code == 200
    assert Action.with_unconfirmed.count() == 1


@pytest.mark.django_db
def test_another_answer_under_the_same_key_is_asked_about(school: Etablissement) -> None:
    browser = Client()
    key = key_in(browser.get(reverse("actions:declarer")))
    first = browser.post(reverse("actions:declarer"), draft(school, key))
    answer = browser.post(reverse("actions:declarer"), draft(school, key, title="Un autre titre"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "déjà parti" in text
    assert "Un autre titre" in text
    assert f'href="{first.headers["Location"]}"' in text
    assert Action.with_unconfirmed.count() == 1
    assert key_in(answer) != key


@pytest.mark.django_db
def test_what_was_refused_is_sent_again_with_the_same_key(school: Etablissement) -> None:
    browser = Client()
    key = key_in(browser.get(reverse("actions:declarer")))
    assert browser.post(reverse("actions:declarer"), draft(school, key, title="")).status_code == 200
    assert browser.post(reverse("actions:declarer"), draft(school, key)).status_code == 302
    assert Action.with_unconfirmed.count() == 1


@pytest.mark.django_db
def test_a_view_that_fails_gives_the_key_back(school: Etablissement, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client(raise_request_exception=False)
    key = key_in(browser.get(reverse("actions:declarer")))

    def broken(*_args: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(declaration, "_begin", broken)
        assert browser.post(reverse("actions:declarer"), draft(school, key)).status_code == 500
    assert browser.post(reverse("actions:declarer"), draft(school, key)).status_code == 302


@pytest.mark.django_db
def test_a_message_sent_twice_is_written_once(school: Etablissement, where: factories.Territory) -> None:
    action = factories.action(where, school)
    browser = Client()
    browser.force_login(factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie))
    key = key_in(browser.get(reverse("relecture:fiche", args=[action.pk])))
    for _ in range(2):
        answer = browser.post(
            reverse("relecture:commenter", args=[action.pk]), {"text": "Bonjour", envois.FIELD: key}
        )
        assert answer.status_code == 302
    assert Commentaire.objects.count() == 1


@pytest.mark.django_db
def test_each_form_of_a_page_has_its_own_key(moderator: User, where: factories.Territory) -> None:
    action = factories.action(where, factories.school(where))
    browser = Client()
    browser.force_login(moderator)
    text = browser.get(reverse("relecture:fiche", args=[action.pk])).content.decode()
    keys = re.findall(rf'name="{envois.FIELD}" value="([^"]+)"', text)
    assert len(set(keys)) == len(keys) == len(re.findall('method="post"', text)) > 1


@pytest.mark.django_db
def test_what_a_killed_request_claimed_is_taken_up_later() -> None:
    first, mine = envois.claim("a" * 64, "b", at=NOW)
    assert mine
    assert envois.claim("a" * 64, "b", at=NOW) == (None, False)
    again, mine = envois.claim("a" * 64, "b", at=NOW + envois.ABANDONED)
    assert mine
    assert again == first
    assert envois.claim("a" * 64, "b", at=NOW + envois.ABANDONED) == (None, False)
    # who comes back from the dead settles nothing
    assert first
    envois.settle(first, "/ailleurs", at=NOW)
    assert Envoi.objects.get().settled_at is None


@pytest.mark.django_db
def test_no_row_tells_the_secret_of_an_address(where: factories.Territory) -> None:
    browser = Client()
    browser.force_login(factories.user("nouvelle@example.fr"))
    Invitation.objects.create(
        kind=TypeRole.LECTEUR,
        academie=where.academie,
        email="autre@example.fr",
        token_hash=digest("secret-du-lien"),
        invited_at=NOW,
        expires_at=NOW + dt.timedelta(days=30),
    )
    address = reverse("comptes:invitation", args=["secret-du-lien"])
    key = key_in(browser.get(address))
    for _ in range(2):
        answer = browser.post(address, {"demander": "1", envois.FIELD: key})
        assert answer.headers["Location"] == address
    assert "secret" not in Envoi.objects.get().location


@pytest.mark.django_db
def test_a_form_whose_answer_leads_nowhere_is_done_once_too(
    school: Etablissement, where: factories.Territory
) -> None:
    """A vote that waits for its mail: two taps send one."""
    scrutin = Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug="innover",
        title="Innover",
        opens_at=NOW - dt.timedelta(days=1),
        closes_at=NOW + dt.timedelta(days=10),
    )
    action = factories.action(where, school, Etat.PUBLISHED)
    row = Candidature.objects.create(scrutin=scrutin, action=action, position=0)
    browser, address = Client(), reverse("votes:scrutin", args=["innover"])
    sent = {"candidature": row.pk, "email": "a@example.fr", envois.FIELD: key_in(browser.get(address))}
    first, again = (browser.post(address, sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert "n’a compté qu’une fois" in again.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_old_keys_are_forgotten() -> None:
    envois.claim("a" * 64, "b", at=NOW)
    envois.claim("c" * 64, "b", at=NOW + dt.timedelta(days=1))
    assert envois.purge(NOW + envois.KEPT) == 1
