"""What machines read beside the pages: pictures of links, data of events, the map of the site."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from PIL import Image

from accroche.actions.cycle import Etat
from accroche.campagne.models import Edition
from accroche.catalogue.presentation import plan
from accroche.integrations.images.vignette import SIZE, draw_vignette
from accroche.integrations.typst import printable
from accroche.pilotage.operations.invitation import stop_token
from tests import factories
from tests.catalogue.test_page_agenda import DAY, fort, sheet

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "http://127.0.0.1:8000"


def data_of(client: Client, path: str) -> dict[str, Any]:
    page = client.get(path).content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.DOTALL)
    found = json.loads(told)
    assert found["@context"] == "https://schema.org"
    return {one["@type"]: one for one in found["@graph"]}


def page_of(where: Territory, slug: str = "") -> str:
    return f"/editions/{factories.YEAR}/academies/{where.academie.slug}/{slug and f'actions/{slug}/'}"


def test_a_dated_sheet_is_an_event(client: Client, where: Territory) -> None:
    title = "Jardin </script><b>& co"
    action = sheet(where, title=title)
    told = data_of(client, page_of(where, action.slug))
    event = told["Event"]
    assert event["name"] == title
    assert (event["startDate"], event["endDate"]) == (
        DAY.isoformat(),
        (DAY + dt.timedelta(days=2)).isoformat(),
    )
    # what engines ask for, and what they recommend
    assert event.keys() >= {
        "location",
        "eventStatus",
        "eventAttendanceMode",
        "organizer",
        "image",
        "url",
        "description",
    }
    assert event["location"]["address"]["@type"] == "PostalAddress"
    assert event["location"]["name"] == event["organizer"]["name"] == "Collège Dijon 1"
    assert event["url"] == f"{SITE}{page_of(where, action.slug)}"
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert steps[-1]["item"] == event["url"]


def test_an_event_is_where_it_is_told_and_held_by_who_carries_it(client: Client, where: Territory) -> None:
    action = sheet(where, place="Salle des fêtes")
    event = data_of(client, page_of(where, action.slug))["Event"]
    assert (event["location"]["name"], event["organizer"]["name"]) == ("Salle des fêtes", "Collège Dijon 1")


def test_a_sheet_without_days_is_no_event(client: Client, where: Territory) -> None:
    action = sheet(where, starts=None, ends=None)
    assert data_of(client, page_of(where, action.slug)).keys() == {"BreadcrumbList"}


def test_a_semaine_tells_its_dated_temps_forts(client: Client, where: Territory) -> None:
    fort(where)
    fort(where, "Sans date", starts=None)
    assert data_of(client, page_of(where))["Event"]["name"] == "Forum de l’orientation"


def test_each_page_has_one_address_and_a_picture(client: Client, where: Territory) -> None:
    action = sheet(where)
    for path, picture in (
        (page_of(where, action.slug), f"{page_of(where, action.slug)}vignette.png"),
        (page_of(where), f"{page_of(where)}vignette.png"),
        ("/carte/", "/vignette.png"),
    ):
        page = client.get(f"{path}?utm_source=lettre").content.decode()
        assert page.count('rel="canonical"') == 1
        assert f'<link rel="canonical" href="{SITE}{path}">' in page
        assert f'content="{SITE}{picture}"' in page
        drawn = client.get(picture)
        assert drawn.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(drawn.content)).size == SIZE


@pytest.mark.parametrize(
    "title",
    [
        "",
        "A",
        "Forum des métiers " * 12,
        "Anticonstitutionnellement" * 30,
        "\u202eabc مرحبا 漢字 🌳",
        "\x00\n",
    ],
)
def test_any_title_is_drawn(title: str) -> None:
    text = printable(title)
    drawn = draw_vignette(text, text, text)
    assert drawn == draw_vignette.__wrapped__(text, text, text)
    assert Image.open(io.BytesIO(drawn)).size == SIZE
    assert len(drawn) < 100_000


def locs(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_the_map_of_the_site_leads_to_every_public_page(client: Client, where: Territory) -> None:
    shown, hidden = sheet(where), sheet(where, 2, Etat.SUBMITTED)
    parts = locs(client, "/sitemap.xml")
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()
    found = [address for part in parts for address in locs(client, part.removeprefix(SITE))]
    assert len(found) == len(set(found))
    for path in ("/", "/actions/", "/agenda/", page_of(where), page_of(where, shown.slug)):
        assert f"{SITE}{path}" in found
    assert f"{SITE}{page_of(where, hidden.slug)}" not in found
    assert any("/etablissements/" in address for address in found)
    assert all(client.get(address.removeprefix(SITE)).status_code == 200 for address in found)
    Edition.objects.update(published_at=None)
    left = [
        address for part in locs(client, "/sitemap.xml") for address in locs(client, part.removeprefix(SITE))
    ]
    assert not [address for address in left if "/editions/" in address or "/etablissements/" in address]


def test_parts_are_read_by_ranges(client: Client, where: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "SHEETS", 2)
    pages = {f"{SITE}{page_of(where, sheet(where, number).slug)}" for number in range(1, 5)}
    parts = [part for part in locs(client, "/sitemap.xml") if "/sitemap-fiches-" in part]
    found = [address for part in parts for address in locs(client, part.removeprefix(SITE))]
    assert len(found) == len(pages)
    assert set(found) == pages
    for unknown in ("fiches-x", "rien-0", "fiches-00", "fiches-9999999", "fiches"):
        assert client.get(f"/sitemap-{unknown}.xml").status_code == 404


def test_a_page_that_its_address_opens_is_not_told_to_be_kept(client: Client, where: Territory) -> None:
    token = stop_token(factories.school(where))
    html = client.get(reverse("pilotage:ne_plus_inviter", args=[token])).content.decode()
    assert "canonical" not in html
    assert token not in html
    assert 'rel="canonical"' in client.get("/agenda/").content.decode()
