"""Signing in with ProConnect, against a real OpenID Connect provider that behaves and misbehaves."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations
from accroche.comptes.models import Role, User
from accroche.comptes.views import proconnect as views
from accroche.integrations.proconnect import guard
from tests import factories
from tests.comptes.proconnect import PATIENT
from tests.donnees import own_data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "http://testserver"
ADDRESS = "camille.petit@ac-dijon.fr"
PERSON = {"email": ADDRESS, "given_name": "Camille Anne", "usual_name": "Petit", "siret": "11004401300040"}
VERIFIED = PERSON | {"email_verified": True}


@pytest.fixture
def provider(proconnect: Callable[..., str], settings: Settings) -> Callable[..., str]:
    """Return the function that tells the provider what to do, on a site registered there."""
    settings.SITE_URL = SITE
    settings.PROCONNECT = PATIENT | {
        "issuer": proconnect(),
        "client_id": "accroche",
        "client_secret": "s" * 40,
    }
    cache.clear()
    return proconnect


def leave(client: Client, **query: str) -> str:
    """The address the button leads to."""
    response = client.get(reverse("comptes:proconnect"), query)
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def agree(address: str, sub: str = "s-1", **form: str) -> str:
    """What a person does at the provider; the address they are sent back to."""
    answer = requests.post(address, data={"sub": sub, **form}, allow_redirects=False, timeout=60)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removeprefix(SITE)


def sign_in(client: Client, sub: str = "s-1", **query: str) -> Any:
    return client.get(agree(leave(client, **query), sub))


def ask(client: Client, address: str = ADDRESS) -> None:
    """Ask for a code, from any page."""
    assert client.post(reverse("comptes:connexion"), {"email": address}).status_code == 302


def code_sent_to(address: str) -> str:
    found = re.match(r"\d{4} \d{4}", Message.objects.filter(to=address).latest("pk").subject)
    assert found
    return found[0]


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("portail:tableau")).status_code == 200


def nothing_is_created() -> bool:
    return not (User.objects.exists() or SocialAccount.objects.exists() or Message.objects.exists())


def says_how_to_go_on(response: Any, words: str) -> bool:
    page = response.content.decode()
    return words in page and "Recevoir un code par courriel" in page and reverse("comptes:connexion") in page


# -- what is served -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["comptes:proconnect", "comptes:proconnect_retour", "comptes:proconnect_deconnexion"]
)
def test_nothing_of_it_is_served_where_the_site_is_not_registered(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 404
    assert "ProConnect" not in client.get(reverse("comptes:connexion")).content.decode()


@pytest.mark.parametrize("brand", [False, True])
def test_the_button_has_the_words_proconnect_asks_for(
    client: Client, provider: Any, settings: Settings, brand: bool
) -> None:
    settings.STATE_BRAND = brand
    page = client.get(reverse("comptes:connexion"), {"next": "/mentions-legales/"}).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "S’identifier avec ProConnect" in words
    assert "Qu’est-ce que ProConnect" in words
    assert ("fr-connect__brand" in page) is brand, "its colours are the State's"
    assert f"{reverse('comptes:proconnect')}?next=/mentions-legales/" in page


def test_what_is_asked_is_what_proconnect_documents(client: Client, provider: Any) -> None:
    query = parse_qs(urlsplit(leave(client)).query)
    assert set(query["scope"][0].split()) == {"openid", "given_name", "usual_name", "email"}
    assert query["redirect_uri"] == [f"{SITE}{reverse('comptes:proconnect_retour')}"]
    assert len(query["state"][0]) >= 32
    assert len(query["nonce"][0]) >= 32
    assert query["code_challenge_method"] == ["S256"]
    assert query["state"] != parse_qs(urlsplit(leave(client)).query)["state"]


# -- who comes in ---------------------------------------------------------------------------------


def test_a_verified_address_opens_an_account_without_any_role(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    response = sign_in(client)
    assert response.headers["Location"] == reverse("portail:tableau")
    person = User.objects.get()
    assert (person.email, person.name) == (ADDRESS, "Camille Anne Petit")
    assert not Role.objects.exists()
    assert "Rejoignez votre établissement" in client.get(reverse("portail:tableau")).content.decode()
    assert JournalEntry.objects.filter(verb="link_proconnect", actor=person).count() == 1


def test_the_first_time_a_code_proves_an_address_nobody_verified(client: Client, provider: Any) -> None:
    provider(person=PERSON)
    page = sign_in(client, next="/mentions-legales/").content.decode()
    assert "boîte aux lettres est bien la vôtre" in page
    assert ADDRESS in page
    assert nothing_is_created(), "a page that only opens sends no mail"
    asked = client.post(reverse("comptes:connexion"), {"email": ADDRESS, "next": "/mentions-legales/"})
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    given = client.post(asked.headers["Location"], {"code": code_sent_to(ADDRESS), "action": "verify"})
    assert given.headers["Location"] == "/mentions-legales/"
    assert SocialAccount.objects.get().user == User.objects.get()
    # and then never again
    codes = Message.objects.exclude(key__startswith="appareil:")
    other, mails = Client(), codes.count()
    assert sign_in(other).headers["Location"] == reverse("portail:tableau")
    assert is_signed_in(other)
    assert codes.count() == mails


@pytest.mark.parametrize("verified", [False, "true", 1, None])
def test_an_unverified_address_takes_over_no_account(client: Client, provider: Any, verified: Any) -> None:
    victim = factories.user(ADDRESS, "La vraie Camille")
    provider(person=PERSON | {"email_verified": verified})
    sign_in(client, "attacker")
    ask(client)
    assert not is_signed_in(client)
    for _ in range(5):
        client.post(reverse("comptes:code"), {"code": "00000000", "action": "verify"})
    assert not is_signed_in(client)
    # the victim signs in elsewhere with the code: nothing of the attacker's is joined to the account
    theirs = Client()
    ask(theirs)
    theirs.post(reverse("comptes:code"), {"code": code_sent_to(ADDRESS), "action": "verify"})
    assert is_signed_in(theirs)
    assert not SocialAccount.objects.exists()
    victim.refresh_from_db()
    assert victim.name == "La vraie Camille"


def test_the_code_of_another_mailbox_joins_nothing(client: Client, provider: Any) -> None:
    provider(person=PERSON)
    sign_in(client)
    ask(client, "autre@exemple.fr")
    code = code_sent_to("autre@exemple.fr")
    client.post(reverse("comptes:code"), {"code": code, "action": "verify"})
    assert is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert views.WAITING not in client.session


def test_a_mailbox_proved_too_late_joins_nothing(client: Client, provider: Any) -> None:
    provider(person=PERSON)
    sign_in(client)
    session = client.session
    late = dt.datetime.fromisoformat(session[views.WAITING]["at"]) - views.WAITING_LASTS
    session[views.WAITING] |= {"at": late.isoformat()}
    session.save()
    ask(client)
    client.post(reverse("comptes:code"), {"code": code_sent_to(ADDRESS), "action": "verify"})
    assert is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_chosen_name_and_the_own_address_stay(client: Client, provider: Any) -> None:
    known = factories.user(ADDRESS, "Cam")
    provider(person=VERIFIED)
    sign_in(client)
    provider(person=VERIFIED | {"email": "nouvelle@ac-dijon.fr"})
    sign_in(Client())
    known.refresh_from_db()
    assert (known.name, known.email) == ("Cam", ADDRESS)
    assert User.objects.count() == 1


def test_a_closed_account_stays_closed_and_a_deleted_one_is_forgotten(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    sign_in(client)
    User.objects.update(is_active=False)
    assert sign_in(Client()).headers["Location"] == reverse("comptes:inactif")
    User.objects.update(is_active=True)
    assert own_data_of(client)["proconnect"][0]["identifiant"] == "s-1"
    operations.delete_account(User.objects.get(), at=factories.NOW)
    assert not SocialAccount.objects.exists()
    again = Client()
    sign_in(again)
    assert is_signed_in(again)
    assert User.objects.filter(is_active=True).count() == 1


def test_the_session_changes_its_name_at_sign_in(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    address = leave(client)
    before = client.session.session_key
    client.get(agree(address))
    assert is_signed_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["https://ailleurs.fr/", "//ailleurs.fr/", "javascript:alert(1)"])
def test_one_never_lands_elsewhere(client: Client, provider: Any, wanted: str) -> None:
    provider(person=VERIFIED)
    assert sign_in(client, next=wanted).headers["Location"] == reverse("portail:tableau")


def test_the_other_signature_of_proconnect_is_read_too(client: Client, provider: Any) -> None:
    provider(person=VERIFIED, fault="curve")
    sign_in(client)
    assert is_signed_in(client)


# -- what is refused ------------------------------------------------------------------------------

UNTRUSTED = (
    "issuer",
    "audience",
    "two audiences",
    "expired",
    "no expiry",
    "nonce",
    "subject",
    "signature",
    "unknown key",
    "alg none",
    "our secret",
    "token refused",
    "plain person",
    "issuer of the person",
    "audience of the person",
    "expired of the person",
    "signature of the person",
    "alg none of the person",
    "subject of the person",
)


@pytest.mark.parametrize("fault", UNTRUSTED)
def test_what_cannot_be_believed_signs_nobody_in(client: Client, provider: Any, fault: str) -> None:
    provider(person=VERIFIED, fault=fault)
    response = sign_in(client)
    assert response.status_code == 400
    assert says_how_to_go_on(response, "n’a pas pu vous identifier")
    assert not is_signed_in(client)
    assert nothing_is_created()


@pytest.mark.parametrize("email", ["", "camille", "camille@ac dijon.fr", f"{'c' * 60}@{'d' * 250}.fr"])
def test_a_person_without_a_usable_address_signs_nobody_in(client: Client, provider: Any, email: str) -> None:
    provider(person=VERIFIED | {"email": email})
    assert sign_in(client).status_code == 400
    assert nothing_is_created()


def test_a_state_is_good_once_and_in_its_own_browser(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    back = agree(leave(client))
    thief = Client()
    assert says_how_to_go_on(thief.get(back), "Cette connexion a expiré")
    assert not is_signed_in(thief)
    client.get(back)
    client.post(reverse("comptes:deconnexion"))
    assert says_how_to_go_on(client.get(back), "Cette connexion a expiré")
    assert not is_signed_in(client)


def test_a_replayed_state_is_refused_even_before_signing_out(client: Client, provider: Any) -> None:
    provider(person=VERIFIED, fault="nonce")
    back = agree(leave(client))
    assert client.get(back).status_code == 400
    provider(person=VERIFIED)
    assert says_how_to_go_on(client.get(back), "Cette connexion a expiré")
    assert nothing_is_created()


@pytest.mark.parametrize("query", ["", "?state=", "?state=inconnu&code=1", "?code=1"])
def test_an_address_made_up_opens_nothing(client: Client, provider: Any, query: str) -> None:
    leave(client)
    response = client.get(f"{reverse('comptes:proconnect_retour')}{query}")
    assert response.status_code == 400
    assert says_how_to_go_on(response, "Cette connexion a expiré")


def test_an_attempt_does_not_wait_for_ever(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    back = agree(leave(client))
    session = client.session
    rows = session[views.ATTEMPTS]
    began = dt.datetime.fromisoformat(rows[0]["at"]) - views.ATTEMPT_LASTS
    session[views.ATTEMPTS] = [rows[0] | {"at": began.isoformat()}]
    session.save()
    assert says_how_to_go_on(client.get(back), "Cette connexion a expiré")
    assert nothing_is_created()


def test_two_tabs_may_try_and_many_are_bounded(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    first = leave(client)
    for _ in range(views.ATTEMPTS_KEPT - 1):
        leave(client)
    assert client.get(agree(first)).status_code == 302
    other = Client()
    for _ in range(views.ATTEMPTS_KEPT + 3):
        leave(other)
    assert len(other.session[views.ATTEMPTS]) == views.ATTEMPTS_KEPT


def test_an_answer_of_another_issuer_is_refused(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    response = client.get(f"{agree(leave(client))}&iss=https://ailleurs.example")
    assert response.status_code == 400
    assert nothing_is_created()


def test_a_provider_that_calls_itself_otherwise_is_refused_at_once(client: Client, provider: Any) -> None:
    provider(fault="discovery issuer")
    response = client.get(reverse("comptes:proconnect"))
    assert response.status_code == 400
    assert says_how_to_go_on(response, "n’a pas pu vous identifier")


def test_who_refuses_is_told_so_and_may_go_on(client: Client, provider: Any) -> None:
    back = agree(leave(client, next="/mentions-legales/"), action="deny")
    response = client.get(back)
    assert says_how_to_go_on(response, "Vous avez renoncé")
    assert "next=/mentions-legales/" in response.content.decode()
    assert nothing_is_created()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [("temporarily_unavailable", 503, "ne répond pas"), ("invalid_request", 400, "n’a pas pu")],
)
def test_an_error_sent_back_is_explained(
    client: Client, provider: Any, error: str, status: int, words: str
) -> None:
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    response = client.get(reverse("comptes:proconnect_retour"), {"error": error, "state": state})
    assert response.status_code == status
    assert says_how_to_go_on(response, words)


@pytest.mark.parametrize("fault", ["down", "slow"])
def test_a_provider_in_trouble_is_said_in_time(
    client: Client, provider: Any, settings: Settings, fault: str
) -> None:
    provider(person=VERIFIED)
    back = agree(leave(client))
    settings.PROCONNECT = settings.PROCONNECT | {"timeout": 0.3}
    provider(person=VERIFIED, fault=fault)
    during = client.get(back)
    cache.clear()
    guard.forget()
    before = Client().get(reverse("comptes:proconnect"))
    for response in (during, before):
        assert response.status_code == 503
        assert says_how_to_go_on(response, "ProConnect ne répond pas")
    assert nothing_is_created()


def test_nobody_there_is_said_too(client: Client, provider: Any, settings: Settings) -> None:
    settings.PROCONNECT = settings.PROCONNECT | {"issuer": "http://127.0.0.1:9"}
    assert client.get(reverse("comptes:proconnect")).status_code == 503


# -- signing out ----------------------------------------------------------------------------------


def test_signing_out_leads_through_proconnect_and_back(client: Client, provider: Any) -> None:
    provider(person=VERIFIED)
    sign_in(client)
    id_token = client.session[views.ID_TOKEN]
    response = client.post(reverse("comptes:deconnexion"))
    assert response.status_code == 200
    address = response.headers["Refresh"].removeprefix("0; url=")
    query = parse_qs(urlsplit(address).query)
    assert query["id_token_hint"] == [id_token]
    assert query["post_logout_redirect_uri"] == [f"{SITE}{reverse('comptes:proconnect_deconnexion')}"]
    assert len(query["state"][0]) >= 32
    assert not is_signed_in(client)
    assert requests.get(address, timeout=60).status_code == 200
    back = reverse("comptes:proconnect_deconnexion")
    page = client.get(back, {"state": query["state"][0]}, follow=True).content.decode()
    assert "de ce site et de ProConnect" in page
    again = client.get(back, {"state": query["state"][0]}, follow=True).content.decode()
    assert "de ce site et de ProConnect" not in again


@pytest.mark.parametrize("through", ["code", "down"])
def test_signing_out_here_never_depends_on_proconnect(client: Client, provider: Any, through: str) -> None:
    if through == "code":
        client.post(reverse("comptes:connexion"), {"email": ADDRESS})
        code = code_sent_to(ADDRESS)
        client.post(reverse("comptes:code"), {"code": code, "action": "verify"})
    else:
        provider(person=VERIFIED)
        sign_in(client)
        cache.clear()
        provider(fault="down")
    assert client.post(reverse("comptes:deconnexion")).headers["Location"] == reverse("portail:accueil")
    assert not is_signed_in(client)
