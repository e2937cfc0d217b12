"""The pages of people and roles: what they show, to whom, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.comptes import operations
from accroche.comptes.models import DemandeRattachement, Invitation, Role, User
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.donnees import own_data_of
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def fill(where: Territory, moderator: User, count: int) -> None:
    access = factories.access(moderator)
    start = User.objects.count()
    for number in range(start, start + count):
        school = factories.school(where, number + 1)
        factories.person(TypeRole.PORTEUR, f"p{number}@ac-dijon.fr", etablissement=school)
        operations.ask_to_join(factories.user(f"d{number}@ac-dijon.fr"), school, message="", at=NOW)
        operations.invite(
            f"i{number}@ac-dijon.fr", TypeRole.REFERENT, access=access, at=NOW, bassin=where.bassin
        )
        factories.action(where, school)


@pytest.mark.parametrize(
    "name", ["comptes:personnes", "comptes:demandes", "portail:tableau", "comptes:mon_compte"]
)
def test_a_list_asks_as_much_for_three_as_for_one(where: Territory, moderator: User, name: str) -> None:
    client, address = signed_in(moderator), reverse(name)
    fill(where, moderator, 1)
    one = queries(client, address)
    fill(where, moderator, 2)
    assert queries(client, address) == one


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_of_schools_asks_as_much_for_three_as_for_one(where: Territory, rows: int) -> None:
    for number in range(rows):
        factories.school(where, number + 1)
    client = Client()
    address = f"{reverse('annuaire:recherche')}?q=dijon"
    queries(client, address)  # the first search makes the index
    assert queries(client, address) == 4
    content = client.get(address).content.decode()
    assert content.count("Collège Dijon") == rows
    assert "académie" in content


@pytest.mark.parametrize(
    ("address", "words"), [("?q=", "Trouver un établissement"), ("?q=zzzz", "Aucun établissement ne répond")]
)
def test_a_search_without_answer_says_what_to_try(address: str, words: str) -> None:
    assert words in Client().get(f"/annuaire/{address}").content.decode()


def test_a_school_tells_its_former_name_and_academie(where: Territory) -> None:
    school = factories.school(where)
    school.anciens_noms.create(name="Collège de la Gare", replaced_on=dt.date(2024, 9, 1))
    address = reverse("annuaire:etablissement", args=[school.uai.lower()])
    content = Client().get(address, follow=True).content.decode()
    assert "Collège de la Gare" in content
    assert "Dijon" in content


def test_suggestions_are_read_back_by_the_field(where: Territory) -> None:
    school = factories.school(where)
    found = Client().get(reverse("annuaire:suggestions"), {"q": "college dijon"}).json()["schools"]
    assert [row["label"] for row in found] == [f"{school} ({school.uai})"]
    client = signed_in(factories.user())
    client.post(reverse("comptes:rejoindre"), {"etablissement": found[0]["label"]})
    assert DemandeRattachement.objects.get().etablissement == school


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Choisissez un établissement"),
        ("0210001X", "Vérifiez le code UAI"),
        ("zzzz", "Aucun établissement ne répond"),
        ("college", f"({factories.make_uai(2, '021')}). Recopiez le code du vôtre"),
    ],
)
def test_a_school_one_cannot_find_is_refused_with_what_to_do(where: Territory, text: str, words: str) -> None:
    for number in (1, 2):
        factories.school(where, number)
    response = signed_in(factories.user()).post(reverse("comptes:rejoindre"), {"etablissement": text})
    assert words in response.content.decode()
    assert text in response.content.decode(), "what was typed stays"


def test_one_invites_and_takes_back(where: Territory, moderator: User) -> None:
    client = signed_in(moderator)
    told = {"email": "n@ac-dijon.fr", "kind": "lecteur", "academie": where.academie.pk}
    assert client.post(reverse("comptes:inviter"), told).status_code == 302
    invitation = Invitation.objects.get()
    assert "n@ac-dijon.fr" in client.get(reverse("comptes:personnes")).content.decode()
    client.post(reverse("comptes:annuler_invitation", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.cancelled_at


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "lecteur"}, "choisissez une académie"),
        ({"kind": "referent"}, "choisissez un bassin ou un département"),
        ({"kind": "administrateur"}, "Sélectionnez un choix valide"),
        ({"kind": "lecteur", "academie": "other"}, "Ce territoire n’est pas le vôtre"),
        ({"kind": "lecteur", "academie": "own", "until": "2020-01-01"}, "Cette date est passée"),
    ],
)
def test_an_invitation_that_cannot_be_is_explained(
    where: Territory, moderator: User, told: dict[str, str], words: str
) -> None:
    places = {"own": where.academie.pk, "other": factories.territory("Lyon", "69").academie.pk}
    sent = {key: str(places.get(value, value)) for key, value in told.items()}
    response = signed_in(moderator).post(reverse("comptes:inviter"), {"email": "n@ac-dijon.fr"} | sent)
    assert words in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_own_role_ends_and_the_file_of_own_data_tells_it(moderator: User) -> None:
    client = signed_in(moderator)
    client.post(reverse("comptes:terminer_role", args=[Role.objects.get(user=moderator).pk]))
    told = own_data_of(client)
    assert told["compte"][0]["adresse"] == moderator.email
    assert told["roles"][0]["terminé le"]
    assert client.get(reverse("comptes:personnes")).status_code == 403
