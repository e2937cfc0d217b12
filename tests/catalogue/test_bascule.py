"""The switch of editions: from each page to its like of another year, and what is said without one."""

from __future__ import annotations

import datetime as dt
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun import lieux
from accroche.commun.lieux import LieuError
from accroche.votes.models import Candidature, Scrutin
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from accroche.commun.lieux import Bascule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today"), pytest.mark.any_database]

OLD, NEW = "2015-2016", "2026-2027"
SYNTHESE = "/editions/{}/synthese/"
LIST_OLD, LIST_NEW = f"/editions/{OLD}/academies/", f"/editions/{NEW}/academies/"


@pytest.fixture
def country(db: None) -> None:
    """Caen and Rouen became Normandie, Dijon stayed, Reims told of the first edition alone."""
    rows = {
        name: factories.territory(name, code, year)
        for name, code, year in (
            ("Caen", "14", OLD),
            ("Rouen", "76", OLD),
            ("Reims", "51", OLD),
            ("Dijon", "21", OLD),
            ("Normandie", "27", NEW),
        )
    }
    for gone in ("Caen", "Rouen"):
        Academie.objects.filter(slug=gone.lower()).update(valid_until=dt.date(2019, 12, 31))
        rows[gone].academie.successors.add(rows["Normandie"].academie)
    factories.action(rows["Caen"], factories.school(rows["Caen"]), Etat.PUBLISHED, slug="forum")
    dijon = factories.territory("Dijon", "21", NEW)
    vote = {"opens_at": NOW - dt.timedelta(days=1), "closes_at": NOW + dt.timedelta(days=1)}
    scrutin = Scrutin.objects.create(edition=dijon.semaine.edition, slug="vote", title="Vote", **vote)
    Candidature.objects.create(
        scrutin=scrutin, action=factories.action(dijon, etat=Etat.PUBLISHED), position=0
    )


def shown(client: Client, address: str) -> Bascule | None:
    response = client.get(address)
    assert response.status_code == 200
    found: Bascule | None = response.context["editions_du_site"]
    assert ("a-bascule__titre" in response.content.decode()) == (found is not None)
    return found


#: Page, edition it speaks of, year chosen, address, words of the note.
PAGES = [
    ("/", NEW, OLD, f"/editions/{OLD}/", ""),
    (f"/editions/{OLD}/", OLD, NEW, f"/editions/{NEW}/", ""),
    (f"{LIST_OLD}?niveau=college&reponse=nc", OLD, NEW, f"{LIST_NEW}?niveau=college", ""),
    (LIST_OLD, OLD, NEW, LIST_NEW, ""),
    (f"{LIST_OLD}dijon/", OLD, NEW, f"{LIST_NEW}dijon/", ""),
    (f"{LIST_OLD}caen/", OLD, NEW, f"{LIST_NEW}normandie/", "de Normandie"),
    (f"{LIST_NEW}normandie/", NEW, OLD, LIST_OLD, "de Caen et de Rouen"),
    (f"{LIST_OLD}reims/", OLD, NEW, LIST_NEW, "n’y a pas de semaine"),
    (f"{LIST_OLD}caen/actions/forum/", OLD, NEW, f"{LIST_NEW}normandie/", "de Normandie"),
    (SYNTHESE.format(OLD), OLD, NEW, SYNTHESE.format(NEW), ""),
    ("/innovation/vote/", NEW, OLD, f"/editions/{OLD}/", "ont chacun leur édition"),
    ("/academies/caen/", "", OLD, f"/academies/caen/?edition={OLD}", ""),
    (f"/academies/caen/?page=2&edition={OLD}", OLD, NEW, f"/academies/caen/?edition={NEW}", "Rien n’y est"),
]


@pytest.mark.usefixtures("country")
def test_each_page_says_its_edition_and_leads_to_its_like(client: Client) -> None:
    for page, label, year, address, note in PAGES:
        found = shown(client, page)
        assert found is not None
        assert found.label == (f"Édition {label}" if label else "Toutes les éditions"), page
        assert [choice.label for choice in found.choices if choice.is_current] == [found.label], page
        (there,) = [choice for choice in found.choices if choice.label == f"Édition {year}"]
        assert there.address == address
        assert note in there.note
        assert bool(note) == bool(there.note), page
        assert client.get(there.address).status_code == 200


@pytest.mark.usefixtures("country")
def test_an_academie_that_is_not_there_that_year_leads_on(client: Client) -> None:
    for page, links in {
        f"{LIST_NEW}caen/": [f"{LIST_NEW}normandie/", f"{LIST_OLD}caen/"],
        f"{LIST_OLD}normandie/": [f"{LIST_OLD}caen/", f"{LIST_OLD}rouen/", f"{LIST_NEW}normandie/"],
        f"{LIST_NEW}reims/": [f"{LIST_OLD}reims/", LIST_NEW],
        f"{LIST_NEW}atlantide/": ["/plan-du-site/"],
    }.items():
        response = client.get(page)
        assert response.status_code == 404
        for link in links:
            assert f'href="{link}"' in response.content.decode(), page


@pytest.mark.usefixtures("country")
def test_the_menu_keeps_the_edition_of_the_page(client: Client) -> None:
    def menu(address: str) -> str:
        content = unescape(client.get(address).content.decode())
        return content.split('id="navigation"')[1].split("</nav>")[0]

    assert f"/editions/{OLD}/academies/" in menu(f"/editions/{OLD}/academies/caen/")
    assert SYNTHESE.format(OLD) in menu(f"/editions/{OLD}/academies/caen/")
    assert f"/editions/{NEW}/" in menu("/")
    assert "/editions/" not in menu("/academies/caen/"), "of all editions: the menu leads to the current one"
    assert "/editions/" not in menu("/mentions-legales/")


@pytest.mark.usefixtures("country")
def test_home_speaks_of_the_edition_the_menu_leads_to(client: Client) -> None:
    """And what it shows of another says its year."""
    response = client.get("/")
    assert response.context["edition"].year == NEW
    assert "en 2015-2016" not in response.content.decode()
    Edition.objects.get(year=OLD).semaines.update(status="reported")
    Action.objects.filter(slug="forum").update(remarkable=True)
    told = " ".join(client.get("/").content.decode().split())
    assert "Elles ont été remarquées en 2015-2016" in told
    assert "La synthèse nationale 2015-2016" in told


@pytest.mark.usefixtures("country")
def test_one_published_edition_needs_no_switch(client: Client) -> None:
    assert shown(client, f"/editions/{OLD}/academies/caen/") is not None
    Edition.objects.filter(year=NEW).update(published_at=None)
    for address in ("/", f"/editions/{OLD}/academies/caen/", "/academies/caen/"):
        assert shown(client, address) is None


def test_a_page_that_speaks_of_no_edition_asks_nothing(client: Client, country: None) -> None:
    for address in ("/mentions-legales/", "/connexion/", "/nulle-part/"):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert "a-bascule__titre" not in response.content.decode()
        assert not [query for query in captured if "campagne_edition" in query["sql"]]


@pytest.mark.usefixtures("country")
def test_the_switch_asks_as_much_for_three_editions_as_for_two(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(client, f"/editions/{OLD}/academies/caen/")
        return len(captured)

    asked()
    two = asked()
    factories.territory("Caen", "14", "2016-2017")
    assert asked() == two


def test_the_switch_is_offered_once() -> None:
    def other(_request: Any, _context: Any) -> None: ...

    with pytest.raises(LieuError, match="twice"):
        lieux.offer_switch(f"{__name__}.{other.__name__}")
