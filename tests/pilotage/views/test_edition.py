"""The pages of an edition's life: whose turn it is, the calendar, its steps, opening the next."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.campagne.vie import TypeEcheance
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.tutorat.operations.tutorat import set_academie
from tests import factories
from tests.factories import NOW, YEAR

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests, for pages too."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def client_of(kind: TypeRole, **territory: Any) -> Client:
    found = Client()
    found.force_login(factories.person(kind, **territory), backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


@pytest.fixture
def bureau() -> Client:
    return client_of(TypeRole.NATIONAL)


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(page.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def test_the_page_says_whose_turn_it_is_and_what_comes_next(bureau: Client) -> None:
    edition = factories.territory().semaine.edition
    edition.echeances.create(kind=TypeEcheance.PAGE, day=dt.date(2027, 3, 1))
    edition.echeances.create(kind=TypeEcheance.BILAN, day=dt.date(2026, 11, 20))
    page = text_of(bureau, f"/pilotage/editions/{YEAR}/")
    assert "C’est aux académies : page de la semaine" in page
    assert "Avant le 1er mars 2027, compris. 0 sur 1 académie l’a fait." in page
    assert "Ensuite, le 15 juillet 2027 : déclaration des actions (aux écoles et aux établissements)" in page
    assert "En retard depuis le 20 novembre 2026 : compte rendu de la semaine (0 sur 1)." in page


def test_before_its_first_day_an_edition_asks_nothing_of_schools(bureau: Client) -> None:
    factories.edition("2027-2028")
    page = text_of(bureau, "/pilotage/editions/2027-2028/")
    assert "Les déclarations ouvrent le 1er septembre 2027" in page
    assert "C’est aux écoles" not in page
    listed = text_of(bureau, "/pilotage/editions/").partition("2027-2028")[2].partition("</li>")[0]
    assert "Les déclarations ouvrent le 1er septembre 2027." in listed
    assert "C’est aux écoles" not in listed
    line = text_of(bureau, "/pilotage/appui/2027-2028/")
    assert "en préparation. Les déclarations ouvrent le 1er septembre 2027." in line
    assert "C’est aux écoles" not in line


def test_an_academie_reads_the_calendar_and_changes_nothing(bureau: Client) -> None:
    where = factories.territory()
    client = client_of(TypeRole.MODERATEUR, academie=where.academie)
    page = text_of(client, f"/pilotage/editions/{YEAR}/")
    assert "Calendrier" in page
    assert "Enregistrer le calendrier" not in page
    days = {"opens": "2026-09-01", "closes": "2027-06-30"}
    assert client.post(f"/pilotage/editions/{YEAR}/", days).status_code == 403
    assert client.get("/pilotage/editions/ouvrir/").status_code == 403
    assert Edition.objects.get().declaration_closes == dt.date(2027, 7, 15)


def test_an_edition_that_is_not_public_is_for_the_bureau_and_who_takes_part(bureau: Client) -> None:
    where, elsewhere = factories.territory(), factories.territory("Lyon", "69")
    elsewhere.semaine.delete()
    own = client_of(TypeRole.MODERATEUR, email="dijon@example.fr", academie=where.academie)
    other = client_of(TypeRole.MODERATEUR, email="lyon@example.fr", academie=elsewhere.academie)
    page = f"/pilotage/editions/{YEAR}/"
    assert other.get(page).status_code == 200
    Edition.objects.update(published_at=None)
    assert [who.get(page).status_code for who in (bureau, own, other)] == [200, 200, 404]
    assert page in text_of(own, "/pilotage/editions/")
    assert page not in text_of(other, "/pilotage/editions/")


@pytest.mark.parametrize("is_published", [True, False])
def test_comparing_is_offered_where_it_opens(is_published: bool) -> None:
    where = factories.territory()
    Edition.objects.update(published_at=timezone.now() if is_published else None)
    client = client_of(TypeRole.MODERATEUR, academie=where.academie)
    offered = "Comparer avec une autre édition" in text_of(client, f"/pilotage/editions/{YEAR}/")
    opens = client.get(f"/pilotage/comparaison/?a={YEAR}").status_code == 200
    assert (offered, opens) == (is_published, is_published)


def test_the_bureau_sets_the_calendar_and_the_journal_tells(bureau: Client) -> None:
    factories.edition()
    days = {"opens": "2026-09-01", "closes": "2027-06-30", "bilan": "2027-06-04"}
    bureau.post(f"/pilotage/editions/{YEAR}/", days)
    page = text_of(bureau, f"/pilotage/editions/{YEAR}/")
    assert "C’est enregistré" in page
    assert "a changé le calendrier : clôture des déclarations, compte rendu de la semaine." in page


def test_what_the_journal_tells_of_tutoring_is_on_the_pages_of_tutoring(bureau: Client) -> None:
    where = factories.territory()
    choice = {"helped": True, "capacity": 0}
    set_academie(where.semaine.edition, where.academie, access=OPERATOR, at=NOW, **choice)
    assert "tutorat_settle" not in text_of(bureau, f"/pilotage/editions/{YEAR}/")


def test_a_day_that_makes_no_sense_comes_back_with_what_was_typed(bureau: Client) -> None:
    factories.edition()
    days = {"opens": "2026-09-01", "closes": "2026-08-30", "bilan": "2027-06-04"}
    page = bureau.post(f"/pilotage/editions/{YEAR}/", days).content.decode()
    assert re.search(r'<a href="#id_closes">[^<]+</a>&nbsp;: Les [^<]+ avant d’ouvrir', page)
    assert 'value="2027-06-04"' in page


def test_an_edition_is_closed_from_its_page_and_the_academie_reads_that_it_is(bureau: Client) -> None:
    where = factories.territory()
    Edition.objects.update(declaration_closes=dt.date(2026, 11, 1))
    moderator = client_of(TypeRole.MODERATEUR, academie=where.academie)
    assert "Clore l’édition" in text_of(bureau, f"/pilotage/editions/{YEAR}/")
    bureau.post(f"/pilotage/editions/{YEAR}/geste/", {"geste": "close_edition"})
    assert "Close depuis le 24 novembre 2026" in text_of(moderator, f"/pilotage/editions/{YEAR}/")
    assert "cette page ne s’écrit plus" in text_of(moderator, f"/pilotage/semaines/{YEAR}/dijon/")
    mine = text_of(moderator, "/pilotage/semaines/")
    assert "Aucune édition n’est ouverte" in mine
    assert f'href="/editions/{YEAR}/academies/dijon/"' in mine
    again = bureau.post(f"/pilotage/editions/{YEAR}/geste/", {"geste": "close_edition"})
    assert again.status_code == 409
    assert "L’édition a changé entre-temps" in again.content.decode()
    assert bureau.post(f"/pilotage/editions/{YEAR}/geste/", {"geste": "detruire"}).status_code == 409


def test_the_next_edition_is_opened_from_the_last(bureau: Client) -> None:
    edition = factories.territory().semaine.edition
    edition.axes.create(code="niveaux", label="Toucher tous les niveaux", position=0)
    edition.echeances.create(kind=TypeEcheance.BILAN, day=dt.date(2027, 6, 4))
    Academie.objects.create(slug="ailleurs", name="Ailleurs", valid_from=dt.date(2027, 1, 1))
    page = text_of(bureau, "/pilotage/editions/ouvrir/")
    assert "Ce que l’édition 2027-2028 recevra" in page
    assert "2 académies, celles qui existent le 1er septembre 2027" in page
    assert "Ailleurs n’était pas dans l’édition 2026-2027." in page
    assert "1 axe de travail et 0 objectif, recopiés." in page
    assert 'name="bilan" value="2028-06-02"' in page
    typed = {
        "year": "2027 – 2028",
        "opens": "2027-09-01",
        "closes": "2028-06-30",
        "bilan": "2028-06-02",
        "etape": "ouvrir",
    }
    assert "year" not in bureau.post("/pilotage/editions/ouvrir/", typed | {"etape": "voir"}).headers
    assert not Edition.objects.filter(year="2027-2028").exists()
    answer = bureau.post("/pilotage/editions/ouvrir/", typed)
    assert answer.headers["Location"] == "/pilotage/editions/2027-2028/"
    opened = Edition.objects.get(year="2027-2028")
    assert set(opened.semaines.values_list("academie__name", flat=True)) == {"Dijon", "Ailleurs"}
    assert [row.day for row in opened.echeances.all()] == [dt.date(2028, 6, 2)]
    assert "déjà ouverte" in bureau.post("/pilotage/editions/ouvrir/", typed).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_it_holds(
    bureau: Client, count: int, django_assert_max_num_queries: object
) -> None:
    for number in range(count):
        factories.edition(f"{2020 + number}-{2021 + number}").echeances.create(
            kind=TypeEcheance.BILAN, day=dt.date(2021 + number, 6, 4)
        )
    bureau.get("/pilotage/editions/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = text_of(bureau, "/pilotage/editions/")
    assert all(f"Édition {2020 + number}-{2021 + number}" in page for number in range(count))


def test_without_any_edition_the_page_says_what_to_do(bureau: Client) -> None:
    assert "Ouvrez la première" in text_of(bureau, "/pilotage/editions/")


def test_other_pages_of_steering_say_whose_turn_it_is() -> None:
    where = factories.territory()
    where.semaine.edition.echeances.create(kind=TypeEcheance.AXES, day=dt.date(2027, 3, 1))
    client = client_of(TypeRole.MODERATEUR, academie=where.academie)
    for address in (
        f"/pilotage/semaines/{YEAR}/dijon/",
        f"/pilotage/axes/{YEAR}/dijon/",
        f"/pilotage/appui/{YEAR}/",
    ):
        page = text_of(client, address)
        assert "C’est aux académies : choix des axes de travail, avant le 1er mars 2027." in page, address
        assert f'href="/pilotage/editions/{YEAR}/"' in page, address
