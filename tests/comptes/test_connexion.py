"""Signing in with a code: no password, no way to tell who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accroche.commun.models import Message
from accroche.comptes.models import User
from accroche.comptes.regles import TypeRole
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]

ADDRESS = "camille@ac-dijon.fr"


def ask(client: Client, address: str = ADDRESS, **more: str) -> Any:
    return client.post(reverse("comptes:connexion"), {"email": address, **more})


def code_sent_to(address: str) -> str:
    found = re.match(r"\d{4} \d{4}", Message.objects.filter(to=address).first().subject)  # type: ignore[union-attr]
    assert found
    return found[0]


def give(client: Client, code: str, **more: str) -> Any:
    return client.post(reverse("comptes:code"), {"code": code, "action": "verify", **more})


def code_page(client: Client) -> str:
    page: str = client.get(reverse("comptes:code")).content.decode()
    return page


def test_an_unknown_address_signs_in_with_the_code_it_received(client: Client) -> None:
    assert ask(client).status_code == 302
    assert "quinze minutes" in client.get(reverse("comptes:code")).content.decode()
    response = give(client, code_sent_to(ADDRESS))
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("portail:tableau")
    assert client.get(reverse("portail:tableau")).status_code == 200
    assert User.objects.get().email == ADDRESS


def test_the_answer_is_the_same_for_a_known_address_and_an_unknown_one(client: Client) -> None:
    User.objects.create_user(ADDRESS)
    known, unknown = ask(client), ask(Client(), "inconnue@exemple.fr")
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Message.objects.count() == 2


def test_capitals_do_not_make_another_person(client: Client) -> None:
    User.objects.create_user(ADDRESS)
    ask(client, ADDRESS.upper())
    assert User.objects.count() == 1


def test_a_wrong_code_is_said_and_five_close_the_door(client: Client) -> None:
    ask(client)
    right = code_sent_to(ADDRESS)
    wrong = "0000 0000" if right != "0000 0000" else "1111 1111"
    assert "Ce code n’est pas le bon" in give(client, wrong).content.decode()
    for _ in range(4):
        give(client, wrong)
    give(client, right)
    assert client.get(reverse("portail:tableau")).status_code == 302


def test_a_code_can_be_asked_again(client: Client) -> None:
    ask(client)
    client.post(reverse("comptes:code"), {"action": "resend"})
    assert Message.objects.count() == 2
    assert give(client, code_sent_to(ADDRESS)).status_code == 302


def test_who_mistyped_an_address_gives_another(client: Client) -> None:
    ask(client, "camile@ac-dijon.fr")
    assert client.get(reverse("comptes:connexion")).status_code == 200
    ask(client)
    assert give(client, code_sent_to(ADDRESS)).headers["Location"] == reverse("portail:tableau")


def test_the_code_of_one_browser_opens_no_other(client: Client) -> None:
    ask(client)
    other = Client()
    ask(other, "autre@exemple.fr")
    give(other, code_sent_to(ADDRESS))
    assert other.get(reverse("portail:tableau")).status_code == 302


@pytest.mark.parametrize(
    ("next_page", "lands"), [("/mentions-legales/", "/mentions-legales/"), ("https://ailleurs.fr/", None)]
)
def test_one_lands_where_one_wanted_but_never_elsewhere(
    client: Client, next_page: str, lands: str | None
) -> None:
    asked = ask(client, next=next_page)
    response = client.post(
        asked.headers["Location"], {"code": code_sent_to(ADDRESS), "action": "verify", "next": next_page}
    )
    assert response.headers["Location"] == (lands or reverse("portail:tableau"))


@pytest.mark.parametrize("address", ["", "camille", "camille@"])
def test_a_wrong_address_is_refused_with_what_to_write(client: Client, address: str) -> None:
    response = ask(client, address)
    assert response.status_code == 200
    assert "adresse" in response.content.decode()
    assert not User.objects.exists()


def test_signing_out_takes_a_form(client: Client) -> None:
    ask(client)
    give(client, code_sent_to(ADDRESS))
    assert client.get(reverse("comptes:deconnexion")).status_code == 405
    client.post(reverse("comptes:deconnexion"))
    assert client.get(reverse("portail:tableau")).status_code == 302


def test_mails_are_read_on_a_page_in_the_demo_only(client: Client, settings: Any) -> None:
    ask(client)
    assert client.get(reverse("comptes:courrier")).status_code == 404
    settings.DEMO = True
    assert code_sent_to(ADDRESS) in client.get(reverse("comptes:courrier")).content.decode()


def test_the_demo_offers_its_accounts_and_two_clicks_sign_in(client: Client, settings: Any) -> None:
    where = factories.territory()
    porteuse = factories.user("porteuse@exemple.fr", "Camille Lacaze")
    for number in (1, 2):
        factories.role(porteuse, TypeRole.PORTEUR, etablissement=factories.school(where, number))
    factories.role(factories.user("cardie@exemple.fr", "Sacha"), TypeRole.MODERATEUR, academie=where.academie)
    factories.role(factories.user("vraie@ac-dijon.fr", "Ailleurs"), TypeRole.NATIONAL)
    factories.user("sans-role@exemple.fr", "Rien")
    offered = f'<button class="a-essai" type="submit" name="email" value="{porteuse.email}">'
    page = client.get(reverse("comptes:connexion")).content.decode()
    assert offered not in page
    assert "Camille" not in page
    settings.DEMO = True
    page = client.get(reverse("comptes:connexion")).content.decode()
    assert offered in page
    assert re.findall(r'a-essai__(?:nom|role)">([^<]+)<', page) == [
        "Camille Lacaze",
        "Porteur de projet",
        "Sacha",
        f"Modérateur académique, {where.academie}",
    ]
    ask(client, porteuse.email)
    assert f'value="{code_sent_to(porteuse.email)}"' in code_page(client)
    assert give(client, code_sent_to(porteuse.email)).headers["Location"] == reverse("portail:tableau")


def test_the_code_is_written_for_nobody_outside_the_demo(client: Client) -> None:
    ask(client)
    assert code_sent_to(ADDRESS) not in code_page(client)
