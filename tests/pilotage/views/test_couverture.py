"""The pages of coverage and invitation, in a fixed number of queries."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.annuaire.models import Bassin, Departement
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.pilotage.models import Refus, Sollicitation
from accroche.pilotage.operations.invitation import stop_token
from tests import factories

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture(autouse=True)
def _running() -> None:
    """The pages read the clock: an edition that lasts as long as these tests are run."""
    factories.edition()
    Edition.objects.update(declaration_opens="2020-09-01", declaration_closes="2090-07-15")


@pytest.fixture
def client(where: Territory) -> Client:
    return client_of(factories.person(TypeRole.MODERATEUR, academie=where.academie))


def read(client: Client, name: str, query: str = "") -> str:
    response = client.get(f"{reverse(f'pilotage:{name}')}{query}")
    assert response.status_code == 200
    return words(response)


def words(response: Any) -> str:
    """The page with plain spaces, so that a sentence can be looked for."""
    return " ".join(html.unescape(response.content.decode()).split())


def fill(where: Territory, start: int, count: int) -> None:
    for number in range(start, start + count):
        other = Departement.objects.create(code=f"9{number}", name=f"Dép {number}")
        other.academies.add(where.academie)
        near = Bassin.objects.create(academie=where.academie, code=f"b{number}", name=f"Bassin {number}")
        school = factories.school(where, number + 1, departement=other, bassin=near)
        factories.school(where, number + 100, bassin=near)
        Sollicitation.objects.create(
            etablissement=school,
            edition=where.semaine.edition,
            week="2020-01-06",
            sent_at=factories.NOW,
            to="x@example.fr",
            text=".",
        )
        factories.action(where, school, Etat.DRAFT)


@pytest.mark.parametrize("name", ["couverture", "etablissements", "inviter"])
def test_a_page_asks_as_much_for_three_as_for_one(where: Territory, client: Client, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, name, "?tous=1")
        return len(captured)

    fill(where, 1, 1)
    factories.school(where, 50)
    one = asked()
    fill(where, 2, 2)
    assert asked() == one


def test_one_goes_down_from_france_to_a_bassin(where: Territory) -> None:
    client = client_of(factories.person(TypeRole.NATIONAL))
    fill(where, 1, 1)
    factories.school(factories.territory("Lyon", "69"), 7)
    assert "Par académie" in read(client, "couverture")
    page = read(client, "couverture", "?academie=dijon")
    assert "Par département" in page
    assert "Lyon" not in page.split("Par département")[1]
    factories.school(where, 60)
    factories.school(where, 61, bassin=None)
    assert "Par bassin" in read(client, "couverture", "?academie=dijon&departement=21")
    assert "Par niveau" in read(client, "couverture", "?academie=dijon&departement=21&bassin=aucun")


def test_a_departement_no_academie_holds_still_counts(where: Territory) -> None:
    client = client_of(factories.person(TypeRole.NATIONAL))
    factories.school(where, 1)
    lost = Departement.objects.create(code="975", name="Saint-Pierre-et-Miquelon")
    factories.school(where, 2, departement=lost, name="Collège au large")
    assert "Sans académie" in read(client, "couverture")
    assert "Collège au large" in read(client, "etablissements", "?academie=aucune")


def test_the_page_says_who_declared_and_sorts(where: Territory, client: Client) -> None:
    fill(where, 1, 2)
    factories.action(where, factories.school(where, 70), Etat.PUBLISHED)
    page = read(client, "couverture", "?tri=manque")
    assert "1 établissement a envoyé au moins une fiche, sur 5 ouverts : <strong>20 %</strong>" in page
    assert 'aria-sort="descending"' in page
    assert 'aria-sort="ascending"' in read(client, "couverture", "?tri=manque&sens=inverse")


def test_another_territory_is_not_offered_nor_found(where: Territory, client: Client) -> None:
    factories.school(where)
    factories.school(factories.territory("Lyon", "69"), 7, name="Collège de Lyon")
    page = read(client, "etablissements", "?etape=tous")
    assert "Collège Dijon 1" in page
    assert "Collège de Lyon" not in page
    page = read(client, "etablissements", "?academie=lyon")
    assert "n’est pas dans sa liste" in page
    assert "Collège Dijon 1" not in page, "a filter nobody understands does not widen the list"


def test_who_chooses_another_academie_is_shown_it_whole(where: Territory) -> None:
    national = client_of(factories.person(TypeRole.NATIONAL))
    factories.school(where)
    factories.school(factories.territory("Lyon", "69"), 7, name="Collège de Lyon")
    query = {"etape": "tous", "academie": "lyon", "departement": "21", "bassin": "404"}
    shown = national.get(reverse("pilotage:etablissements"), query).context
    assert [school.name for school, *_ in shown["lignes"]] == ["Collège de Lyon"]
    assert list(shown["form"].laisses) == ["departement", "bassin"]
    assert shown["filtres"] == "etape=tous&academie=lyon"
    assert national.get(reverse("pilotage:fichier"), query).status_code == 404


def test_an_unknown_edition_is_not_found_and_none_is_said(client: Client) -> None:
    assert client.get(reverse("pilotage:couverture"), {"edition": "1999-2000"}).status_code == 404
    Edition.objects.update(declaration_opens=None, declaration_closes=None)
    for name in ("couverture", "etablissements", "inviter"):
        assert "Aucune édition n’a encore été ouverte" in read(client, name)
    assert client.get(reverse("pilotage:fichier")).status_code == 404


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(where: Territory, client: Client) -> None:
    factories.school(where, 1, name="=HYPERLINK(1)", commune="Nuits;Saint")
    factories.school(where, 2, kind=TypePorteur.ECOLE, name="École Éluard")
    factories.action(where, factories.school(where, 3), Etat.PUBLISHED)
    response: Any = client.get(reverse("pilotage:fichier"))
    told = b"".join(response.streaming_content)
    assert told.startswith(b"\xef\xbb\xbfUAI;Type;Nom")
    rows = list(csv.reader(io.StringIO(told.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["École Éluard", "'=HYPERLINK(1)"]
    assert rows[2][5] == "Nuits;Saint"
    assert rows[1][-1] == "Rien encore"
    assert 'filename="etablissements-2026-2027.csv"' in response["Content-Disposition"]


def test_one_previews_then_invites(where: Territory, client: Client) -> None:
    school, mute = factories.school(where, 1), factories.school(where, 2, email="")
    address = f"{reverse('pilotage:inviter')}?ecole={school.pk}&ecole={mute.pk}&ecole=x&ecole=99999999"
    page = words(client.get(address))
    assert "1 établissement recevra votre message" in page
    assert "L’annuaire ne donne pas d’adresse électronique" in page
    told = {"subject": "Bonjour", "text": "Venez {lien}", "numeros": str(school.pk)}
    page = client.post(address, told | {"apercu": "1"}).content.decode()
    assert f"?etablissement={school.uai}" in page
    assert not Message.objects.exists()
    page = client.post(address, told | {"envoyer": "1"}, follow=True).content.decode()
    assert "1 invitation part dans les minutes qui viennent" in page
    assert Message.objects.get().to == school.email
    page = client.post(address, told | {"envoyer": "1"}, follow=True).content.decode()
    assert "viennent d’être invités" in page
    assert "Aucun des établissements choisis" in client.get(address).content.decode()


def test_an_empty_letter_is_not_sent_and_what_was_typed_stays(where: Territory, client: Client) -> None:
    school = factories.school(where)
    address = f"{reverse('pilotage:inviter')}?ecole={school.pk}"
    told = {"subject": "Mon objet à moi", "text": " ", "numeros": str(school.pk), "envoyer": "1"}
    page = client.post(address, told).content.decode()
    assert "Écrivez le message à envoyer" in page
    assert "Mon objet à moi" in page
    assert not Message.objects.exists()


def test_all_filtered_is_the_list_and_nothing_else(where: Territory, client: Client) -> None:
    factories.school(where, 1, commune="Beaune")
    factories.school(where, 2, commune="Dijon")
    page = read(client, "inviter", "?commune=beaune&tous=1")
    assert "1 établissement recevra" in page
    assert client.get(f"{reverse('pilotage:inviter')}?niveau=rien&tous=1").status_code == 404


def test_nobody_is_invited_when_it_is_closed(where: Territory, client: Client) -> None:
    school = factories.school(where)
    Edition.objects.update(declaration_opens="2020-09-01", declaration_closes="2021-07-15")
    address = f"{reverse('pilotage:inviter')}?ecole={school.pk}"
    assert "Les déclarations ne sont pas ouvertes" in client.get(address).content.decode()
    told = {"subject": "a", "text": "b", "numeros": str(school.pk), "envoyer": "1"}
    assert "ne sont pas ouvertes" in client.post(address, told, follow=True).content.decode()
    assert not Message.objects.exists()
    assert "Inviter les" not in read(client, "etablissements")


def test_a_reader_sees_no_way_to_invite(where: Territory) -> None:
    factories.school(where)
    client = client_of(factories.person(TypeRole.LECTEUR, academie=where.academie))
    assert "Inviter" not in read(client, "etablissements")
    assert client.get(reverse("pilotage:inviter")).status_code == 403


def test_the_way_out_asks_first(where: Territory) -> None:
    school = factories.school(where)
    address, client = reverse("pilotage:ne_plus_inviter", args=[stop_token(school)]), Client()
    assert "Ne plus inviter cet établissement" in client.get(address).content.decode()
    assert not Refus.objects.exists(), "reading a mail decides nothing"
    assert "ne recevra plus d’invitation" in client.post(address, follow=True).content.decode()
    assert Refus.objects.get().etablissement == school
    client.post(address, {"reprendre": "1"})
    assert not Refus.objects.exists()
    cut = client.get(reverse("pilotage:ne_plus_inviter", args=["rien"]))
    assert cut.status_code == 410
    assert "incomplet" in cut.content.decode()


def test_one_s_space_tells_coverage(where: Territory, client: Client) -> None:
    factories.action(where, factories.school(where, 1), Etat.PUBLISHED)
    factories.school(where, 2)
    page = words(client.get(reverse("portail:tableau")))
    assert "1 établissement a déclaré sur 2 (50 %). Voir lesquels, inviter les autres." in page
    reader = client_of(factories.person(TypeRole.LECTEUR, academie=where.academie))
    assert "Voir lesquels. " in words(reader.get(reverse("portail:tableau"))), "who only reads invites nobody"
