"""« Je donne mon avis » and « Contact »: what is kept, for whom, how long; and what is not told."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from accroche.aide import operations
from accroche.aide.avis import KEPT, Satisfaction
from accroche.aide.http import page_of
from accroche.aide.models import AvisSite
from accroche.annuaire.models import Academie
from accroche.commun import plafonds
from accroche.commun.limites import Limite
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import signed_in
from tests.donnees import own_data_of
from tests.factories import NOW
from tests.races import at_once

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db

ADDRESS = "agathe@ac-dijon.fr"
TOLD = {"satisfaction": "moyen", "text": "La carte est lente.", "page": "/carte/", "email": ADDRESS}


def given(text: str = "Bien", at: dt.datetime = NOW, email: str = "") -> AvisSite:
    return operations.give_avis(
        Satisfaction.GOOD, text=text, page="/carte/", email=email, access=factories.access(None), at=at
    )


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("/carte/", "/carte/"),
        ("/editions/2015-2016/?page=2#bas", "/editions/2015-2016/"),
        ("/nulle-part/", ""),
        ("//ailleurs.example/", ""),
        ("https://ailleurs.example/", ""),
        ("/comptes/invitation/jeton-secret/", ""),
        ("/carte/\n", ""),
        ("/" + "a" * 400, ""),
        ("/avis/", ""),
        ("", ""),
    ],
)
def test_an_opinion_is_of_a_page_of_ours_that_opens_nothing(told: str, kept: str) -> None:
    assert page_of(told) == kept


@pytest.mark.any_database
def test_an_opinion_is_kept_as_it_was_given_and_nothing_of_who_gave_it(client: Client) -> None:
    assert 'value="/carte/"' in client.get("/avis/?page=/carte/").content.decode()
    assert 'name="page" id' in client.get("/avis/?page=https://ailleurs.example/").content.decode()
    response = client.post("/avis/", TOLD, follow=True)
    assert response.redirect_chain == [("/avis/merci/", 302)]
    row = AvisSite.objects.get()
    assert {name: getattr(row, name) for name in TOLD} == TOLD
    columns = {column.name for column in AvisSite._meta.concrete_fields}
    assert columns == {"id", *TOLD, "given_at", "handled_at"}


@pytest.mark.any_database
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client: Client) -> None:
    html = client.post("/avis/", {"text": "Un mot", "page": "/carte/"}).content.decode()
    assert "Choisissez une des trois réponses." in html
    assert "Un mot</textarea>" in html
    assert 'value="/carte/"' in html
    assert "réservé aux robots" in client.post("/avis/", {**TOLD, "site": "http://x"}).content.decode()
    assert "au plus 2000" in client.post("/avis/", {**TOLD, "text": "a" * 3000}).content.decode()
    assert client.post("/avis/", {**TOLD, "satisfaction": "autre"}).status_code == 200
    assert not AvisSite.objects.exists()


@pytest.mark.any_database
def test_one_network_gives_so_many_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limite("avis, réseau, heure", 1, plafonds.HOUR, plafonds.NETWORK)
    monkeypatch.setattr(plafonds, "AVIS_NETWORK", few)
    assert client.post("/avis/", TOLD).status_code == 302
    refused = client.post("/avis/", TOLD)
    assert refused.status_code == 429
    assert "La carte est lente." in refused.content.decode()
    assert AvisSite.objects.count() == 1


def test_the_bureau_reads_them_and_says_what_it_dealt_with(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    bureau = signed_in(factories.person(TypeRole.NATIONAL))
    first = given("Premier", email=ADDRESS)
    bureau.get("/avis/recus/")

    def asked() -> str:
        return str(bureau.get("/avis/recus/").content.decode())

    with django_assert_num_queries(6):
        html = asked()
    assert "Premier" in html
    assert ADDRESS in html
    given("Deuxième", NOW + dt.timedelta(minutes=1))
    given("=1+1", NOW + dt.timedelta(minutes=2))
    with django_assert_num_queries(6):
        assert asked().index("Deuxième") < html.index("</html>")
    bureau.post(f"/avis/recus/{first.pk}/", {"faire": "traiter"})
    assert "Premier" not in asked()
    assert "Premier" in bureau.get("/avis/recus/?etat=traites").content.decode()
    assert "Aucun avis" not in bureau.get("/avis/recus/?satisfaction=tres_bien").content.decode()
    assert "Aucun avis n’attend" in bureau.get("/avis/recus/?satisfaction=moyen").content.decode()
    again = bureau.post(f"/avis/recus/{first.pk}/", {"faire": "traiter"}, follow=True)
    assert "une autre personne" in again.content.decode()
    response: Any = bureau.get("/avis/recus/fichier/")
    rows = list(
        csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";")
    )
    assert len(rows) == 4
    assert "=1+1" not in rows[1], "no spreadsheet runs it"
    bureau.post(f"/avis/recus/{first.pk}/", {"faire": "reprendre"})
    assert "Premier" in asked()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_together_one_deals_with_it() -> None:
    access, row = factories.access(factories.person(TypeRole.NATIONAL)), given()
    done = at_once(4, lambda _: operations.handle_avis(row.pk, handled=True, access=access, at=NOW))
    assert sorted(map(str, done)) == ["False", "False", "False", "True"]


def test_they_are_forgotten_after_a_year_and_their_address_with_the_account() -> None:
    given("Ancien", NOW - KEPT - dt.timedelta(seconds=1), ADDRESS)
    kept = given("Récent", NOW - KEPT + dt.timedelta(days=1), ADDRESS.upper())
    assert operations.purge(NOW) == 1
    assert list(AvisSite.objects.all()) == [kept]
    person = factories.user(ADDRESS)
    client = signed_in(person)
    assert [row["texte"] for row in own_data_of(client)["avis"]] == ["Récent"]
    client.post("/comptes/moi/supprimer/")
    kept.refresh_from_db()
    assert (kept.text, kept.email) == ("Récent", "")


@pytest.mark.any_database
def test_an_office_is_told_only_where_the_operator_says_so(client: Client, settings: Settings) -> None:
    settings.CONTACT, settings.OFFICES_PUBLIC = "contact@accroche.example", False
    where = factories.territory("Dijon", "21")
    Academie.objects.filter(pk=where.academie.pk).update(courriel="cardie@ac-dijon.fr")
    assert Academie.objects.valid_on(timezone.localdate()).filter(pk=where.academie.pk).exists()
    address = f"/contact/?academie={where.academie.slug}"
    assert "cardie@" not in client.get("/contact/").content.decode()
    html = client.get(address).content.decode()
    assert "cardie@" not in html
    assert "contact@accroche.example" in html
    settings.OFFICES_PUBLIC = True
    assert "cardie@" not in client.get("/contact/").content.decode()
    assert "mailto:cardie@ac-dijon.fr" in client.get(address).content.decode()
    settings.CONTACT = ""
    assert "n’a pas encore donné d’adresse" in client.get("/contact/?academie=nulle-part").content.decode()
    assert "Aucune académie ne porte ce nom" in client.get("/contact/?academie=nulle-part").content.decode()
