"""The catalogue on the pages of others: framed there only, followed by nothing, and told as oEmbed asks."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.integration import Aspect, CadreMontre, Forme, Integration
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.catalogue.test_recherche import text_of

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EMBEDS = ("/integre/actions/", "/integre/carte/", "/integre/agenda/")
SITE = "https://accroche.example"


@pytest.fixture
def published(where: Territory) -> Territory:
    """Two sheets that everybody reads, of two levels, and two that nobody does."""
    school = factories.school(where, 11, latitude=46.9896, longitude=3.159, commune="Nevers")
    day = {"starts": factories.NOW.date(), "ends": factories.NOW.date()}
    factories.action(where, school, Etat.PUBLISHED, title="Rallye des écluses", **day)
    factories.action(where, school, Etat.PUBLISHED, title="Atelier théâtre", college=False, lycee=True, **day)
    factories.action(where, school, Etat.SUBMITTED, title="Fiche en attente", **day)
    factories.action(where, school, Etat.WITHDRAWN, title="Fiche retirée", **day)
    return where


def test_an_embed_that_is_not_there_is_a_page_of_ours() -> None:
    """Which no other site frames; that each embed may be, and no other page: tests/test_matrix.py."""
    missing = Client().get("/integre/rien/")
    assert (missing.status_code, missing.headers["X-Frame-Options"]) == (404, "DENY")
    assert "frame-ancestors 'none'" in missing.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("published", "open_today")
def test_no_cookie_is_read_or_set() -> None:
    someone = Client()
    someone.force_login(factories.person(TypeRole.NATIONAL))
    ended = Client()
    ended.cookies["sessionid"] = "a-session-that-is-over"
    for address in EMBEDS:
        plain = Client().get(address)
        assert plain.status_code == 200
        assert plain.headers["Cache-Control"].startswith("public")
        for client in (someone, ended):
            found = client.get(address)
            assert not found.cookies, address
            assert found.content == plain.content, address
            assert found.headers["Cache-Control"] == plain.headers["Cache-Control"], address
        body = plain.content.decode()
        assert '<meta name="robots" content="noindex">' in body
        assert '<base target="_blank">' in body
        assert "<header" not in body
        assert "csrfmiddlewaretoken" not in body


@pytest.mark.usefixtures("open_today")
def test_a_frame_shows_its_search_and_nothing_that_is_not_public(published: Territory) -> None:
    for address in EMBEDS:
        found = text_of(Client(), address)
        assert "Fiche en attente" not in found
        assert "Fiche retirée" not in found
    assert "Rallye des écluses" in text_of(Client(), "/integre/actions/")
    assert "Rallye des écluses" in text_of(Client(), "/integre/agenda/")
    lycee = text_of(Client(), "/integre/actions/?niveau=lycee")
    assert ("Atelier théâtre" in lycee, "Rallye des écluses" in lycee) == (True, False)
    assert "1 action publiée" in text_of(Client(), "/integre/carte/?niveau=lycee")
    assert "Aucune action publiée ne répond" in text_of(Client(), "/integre/actions/?academie=lyon")
    assert "Rien n’est annoncé" in text_of(Client(), "/integre/agenda/?academie=lyon")
    # a filter nobody knows is told rather than left out in silence
    assert "Un choix inconnu" in text_of(Client(), "/integre/actions/?niveau=licence")
    dark = Client().get("/integre/actions/?aspect=sombre").content.decode()
    assert 'data-fr-theme="dark"' in dark
    assert 'data-fr-theme="light"' in Client().get("/integre/actions/?aspect=fluo").content.decode()
    assert published.academie.name in text_of(Client(), "/integre/actions/")


def test_queries_do_not_grow_with_what_is_shown(where: Territory) -> None:
    counted = []
    for number in (1, 2, 3):
        factories.action(where, factories.school(where, 20 + number), Etat.PUBLISHED)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for address in EMBEDS:
                assert Client().get(address).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[2]


@pytest.mark.usefixtures("published")
def test_what_one_pastes_is_what_one_sees(settings: Any) -> None:
    settings.SITE_URL = SITE
    body = Client().get("/integrer/?forme=carte&niveau=lycee&aspect=sombre").content.decode()
    pasted = unescape(re.search("<textarea[^>]*code-cadre[^>]*>(.*?)</textarea>", body, re.DOTALL)[1])  # type: ignore[index]
    src = unescape(re.search('<iframe src="([^"]*)"', pasted)[1])  # type: ignore[index]
    assert src == f"{SITE}/integre/carte/?niveau=lycee&aspect=sombre"
    assert f'src="{src.removeprefix(SITE).replace("&", "&amp;")}"' in body
    sized = ('width="100%"', 'height="760"')
    for held in (*sized, 'title="Carte des actions', 'loading="lazy"', 'allow="geolocation"'):
        assert held in pasted
    assert f"{SITE}/static/catalogue/integration/hauteur.js" in body
    # filters, forms and colours keep one another
    assert 'href="/integrer/?forme=agenda&amp;niveau=lycee&amp;aspect=sombre"' in body
    assert 'name="forme" value="carte"' in body
    # the three full pages lead here, and say where oEmbed asks
    for forme, address in (("actions", "/actions/"), ("carte", "/carte/"), ("agenda", "/agenda/")):
        page = Client().get(f"{address}?niveau=lycee").content.decode()
        assert f'href="/integrer/?forme={forme}&amp;niveau=lycee"' in page
        link = unescape(re.search(r'application/json\+oembed"[^>]*href="([^"]*)"', page)[1])  # type: ignore[index]
        told = json.loads(Client().get(link.removeprefix(SITE)).content)
        assert f"{SITE}/integre/{forme}/?niveau=lycee&quot;" not in told["html"]
        assert f'src="{SITE}/integre/{forme}/?niveau=lycee"' in told["html"]


def test_what_oembed_is_told(settings: Any) -> None:
    settings.SITE_URL = SITE
    asked = f"/oembed?url={SITE}/carte/%3Facademie%3Ddijon"
    whole = Client().get(asked)
    told = json.loads(whole.content)
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 800, 760)
    # what WordPress keeps of a provider it does not know: one frame, with nothing in it
    assert re.fullmatch('<iframe src="[^"]*" [^>]*></iframe>', told["html"])
    small = json.loads(Client().get(f"{asked}&maxwidth=500&maxheight=300&format=json").content)
    assert (small["width"], small["height"]) == (500, 300)
    assert 'width="500" height="300"' in small["html"]
    tiny = json.loads(Client().get(f"{asked}&maxwidth=120&maxheight=1").content)
    assert (tiny["width"], tiny["height"]) == (120, 1)
    assert Client().get(f"{asked}&format=xml").status_code == 501
    for size in ("-5", "0", "1e3", "٣", "9" * 9):
        assert Client().get(f"{asked}&maxwidth={size}").status_code == 400, size
    for other in (
        "",
        "https://ailleurs.example/carte/",
        f"{SITE}/mon-espace/",
        f"javascript://{SITE}/carte/",
        f"{SITE}@ailleurs.example/carte/",
        "https://[/",
        f"{SITE}/carte/?{'a' * 5000}",
    ):
        assert Client().get("/oembed", {"url": other}).status_code == 404, other


@pytest.mark.parametrize(
    ("integration", "query"),
    [
        (Integration(Forme.CARTE), ""),
        (Integration(Forme.CARTE, Criteres(page=4)), ""),
        (Integration(Forme.ACTIONS, Criteres(q="a&b", academies=("dijon",))), "q=a%26b&academie=dijon"),
        (Integration(Forme.AGENDA, aspect=Aspect.AUTO), "aspect=auto"),
    ],
)
def test_an_embed_has_one_address(integration: Integration, query: str) -> None:
    assert integration.query() == query
    cadre = CadreMontre('"><script>', f'/?{integration.query()}"><script>', 100)
    assert '"><script>' not in cadre.snippet("https://accroche.example")


@pytest.mark.usefixtures("published")
def test_a_frame_in_a_sandbox_may_read_what_it_draws() -> None:
    """It is of no site: its scripts and its data come from elsewhere to the browser."""
    for address in (
        "/static/catalogue/carte/carte.js",
        "/carte/points/?bbox=-5,41,10,51&zoom=6",
        "/carte/actions/?bbox=-5,41,10,51",
    ):
        response = Client().get(address)
        # a file is closed at its end
        assert b"".join(response)
        assert response.headers["Access-Control-Allow-Origin"] == "*", address
