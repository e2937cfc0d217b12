from __future__ import annotations

import datetime as dt
import gzip
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client
from django.urls import reverse

from accroche.catalogue.queries import editions as queries
from accroche.commun import rgaa
from accroche.comptes.regles import TypeRole
from accroche.portail.http import page_above
from tests import factories

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from accroche.campagne.models import Edition

pytestmark = pytest.mark.any_database


@pytest.mark.django_db
def test_without_an_edition_the_home_page_says_what_to_run(client: Client) -> None:
    response = client.get("/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "accroche load_edition 2015-2016" in html
    assert "accroche publish_edition" in html
    # asked for again each time: the operator reloads this page until the edition shows
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.django_db
def test_without_an_edition_the_site_map_still_answers(client: Client) -> None:
    assert "Aucune édition n’est encore publiée" in client.get("/plan-du-site/").content.decode()


@pytest.mark.django_db
def test_who_opens_the_address_of_a_form_is_led_to_its_page(client: Client) -> None:
    client.force_login(factories.user("prof@example.fr"))
    answer = client.get(reverse("comptes:deconnexion_partout"))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert f'href="{reverse("comptes:mon_compte")}">Ouvrir la page</a>' in answer.content.decode()
    assert page_above(reverse("relecture:etape", args=[1])) == reverse("relecture:fiche", args=[1])


@pytest.mark.usefixtures("edition_2015")
def test_the_site_map_names_each_page_once(client: Client) -> None:
    main = client.get("/plan-du-site/").content.decode().partition("<main")[2].partition("</main>")[0]
    named = re.findall(r'<a href="([^"#]+)">', main)
    assert [address for address, times in Counter(named).items() if times > 1] == []
    assert {"/selections/", "/agenda/", "/editions/2015-2016/academies/dijon/"} <= set(named)


@pytest.mark.usefixtures("edition_2015")
def test_the_home_page_tells_the_totals_as_firmly_as_they_are(client: Client) -> None:
    html = client.get("/").content.decode()
    assert '<span class="a-nombre">1\u202f153</span>\u00a0actions' in html
    assert "24 des 28\u00a0académies dont les données sont disponibles" in html
    assert "Guyane, La Réunion, Orléans-Tours et Reims" in html
    assert "Strasbourg et Toulouse" in html


def test_the_home_page_names_older_editions(client: Client, edition_2015: Edition) -> None:
    from accroche.campagne.models import Edition as EditionModel  # noqa: PLC0415 - needs settings

    EditionModel.objects.create(year="2014-2015", title="Semaine", published_at=edition_2015.published_at)
    EditionModel.objects.create(year="2013-2014", title="Semaine")
    html = client.get("/").content.decode()
    assert "/editions/2014-2015/" in html
    assert "/editions/2013-2014/" not in html
    assert client.get("/editions/2014-2015/").status_code == 200
    assert client.get("/editions/2014-2015/academies/").status_code == 200


def test_an_edition_without_semaines_is_a_page_all_the_same(client: Client, db: None) -> None:
    from accroche.campagne.models import Edition as EditionModel  # noqa: PLC0415 - needs settings

    assert db is None, "asked for its effect: the database is open"
    EditionModel.objects.create(year="2016-2017", title="Semaine", published_at=dt.datetime.now(dt.UTC))
    for path in ("/", "/editions/2016-2017/", "/editions/2016-2017/academies/"):
        assert client.get(path).status_code == 200


def test_robots_may_read_everything_but_filtered_lists(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /*?" in response.content.decode()


def test_security_txt_follows_rfc_9116(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://accroche.example.fr"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"].startswith("https://accroche.example.fr/")
    assert fields["Canonical"] == "https://accroche.example.fr/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    now = dt.datetime.now(dt.UTC)
    assert now < expires < now + dt.timedelta(days=365)


def test_the_publisher_is_named_where_the_settings_tell(client: Client, settings: Settings) -> None:
    told = client.get("/mentions-legales/").content.decode()
    assert "pas encore renseigné" in told
    settings.ADDRESS, settings.HOSTING = "1 rue de l’École, 75000 Paris", "Hébergeur SA, Lille"
    settings.CONTACT = "contact@example.fr"
    cache.clear()
    told = client.get("/mentions-legales/").content.decode()
    assert "pas encore renseigné" not in told
    assert "1 rue de l’École" in told
    assert "Hébergeur SA, Lille" in told
    assert told.count("mailto:contact@example.fr") == 2
    assert "mailto:contact@example.fr" in client.get("/accessibilite/").content.decode()
    assert "Contact: mailto:contact@example.fr" in client.get("/.well-known/security.txt").content.decode()


def test_scripts_travel_compressed(client: Client) -> None:
    response = client.get("/static/dsfr/dist/dsfr.module.min.js", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    sent = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(sent) < 40_000
    assert len(gzip.decompress(sent)) > 90_000


def test_the_site_says_of_itself_what_its_audit_found(client: Client) -> None:
    told = client.get("/accessibilite/").content.decode()
    assert f"<strong>{rgaa.DECLARATION}</strong>" in told
    assert f"{int(rgaa.taux(rgaa.decompte()) * 100)}&nbsp;%" in told
    for short in rgaa.MANQUES:
        assert short in told
    for mandatory in ("État de conformité", "Contenus non accessibles", "Établissement de cette déclaration"):
        assert f">{mandatory}</h2>" in told
    assert "Retour d’information et contact" in told
    assert "Défenseur des droits" in told
    assert f"Accessibilité&nbsp;: {rgaa.DECLARATION}" in client.get("/mentions-legales/").content.decode()


@pytest.mark.parametrize("path", ["/accessibilite/", "/mentions-legales/"])
def test_static_pages_need_no_database(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (BadRequest("x"), 400, "Nous n’avons pas compris"),
        (PermissionDenied("x"), 403, "ne vous est pas ouverte"),
        (RuntimeError("x"), 500, "Ce n’est pas votre faute"),
    ],
)
def test_an_error_has_a_page_that_needs_no_database(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str
) -> None:
    def fail(_day: dt.date) -> None:
        raise error

    monkeypatch.setattr(queries, "current_edition", fail)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == status
    assert words in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_a_missing_page_leads_back_home(client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()
    assert "Vous êtes connecté" not in response.content.decode()


@pytest.mark.django_db
def test_who_signed_in_with_another_address_is_told_which(client: Client) -> None:
    client.force_login(factories.person(TypeRole.NATIONAL, "prof@exemple.fr"))
    for address, status in (("/fiches/1/", 404), ("/documents/", 403)):
        response = client.get(address)
        assert response.status_code == status
        assert "Vous êtes connecté avec prof@exemple.fr." in response.content.decode()
