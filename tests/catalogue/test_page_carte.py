"""The map: what the public sees of it, what it counts, and what it answers to what makes no sense."""

from __future__ import annotations

import datetime as dt
import json
import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Departement, Etablissement
from accroche.annuaire.operations import load_reference
from accroche.campagne.models import Edition
from accroche.catalogue.presentation.carte import at
from accroche.catalogue.territoires import OUTLINES, outre_mer
from accroche.commun import dessins
from tests import factories, indexing

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

FRANCE = "-5,41,10,51"
POINTS = f"/carte/points/?bbox={FRANCE}&zoom=6"
NEVERS = {"latitude": 46.9896, "longitude": 3.159, "commune": "Nevers", "insee": "58194"}


def points(client: Client, address: str = POINTS) -> list[list[Any]]:
    response = client.get(address)
    assert response.status_code == 200
    found: list[list[Any]] = json.loads(response.content)["grappes"]
    return found


def published(where: factories.Territory, school: Etablissement | None, count: int = 1) -> list[Action]:
    return [factories.action(where, school, Etat.PUBLISHED) for _ in range(count)]


def test_a_pile_at_one_point_opens_as_a_list_and_what_has_no_place_is_told(client: Client) -> None:
    where = factories.territory()
    pile = published(where, factories.school(where, 1, **NEVERS), 3)
    published(where, factories.school(where, 2, latitude=47.0, longitude=3.2, commune="Coulanges"))
    published(where, factories.school(where, 3, commune="Ailleurs"))
    assert "La carte a besoin de JavaScript" in client.get("/carte/").content.decode()
    # together from afar, apart from near
    (far,) = points(client)
    assert far[2:4] == [4, "4 actions, dont une à Coulanges"]
    assert far[4] == [3.159, 46.9896, 3.2, 47.0]
    near = points(client, "/carte/points/?bbox=3.1,46.9,3.3,47.1&zoom=13")
    assert sorted([count, words, frame] for _lat, _lon, count, words, frame in near) == [
        [1, "1 action à Coulanges", None],
        [3, "3 actions à Nevers", None],
    ]
    here = client.get("/carte/actions/?bbox=3.15899,46.98959,3.15901,46.98961").content.decode()
    assert [title for title in (action.title for action in pile) if title in here] == [
        action.title for action in pile
    ]
    assert here.count("<li>") == 3
    page = " ".join(client.get("/carte/").content.decode().replace("\xa0", " ").split())
    assert "1 action sans position" in page
    assert "5 actions publiées" in page
    assert f'href="/carte/?departement={where.departement.code}"' in page


@pytest.mark.parametrize("address", ["/carte/", POINTS, f"/carte/actions/?bbox={FRANCE}"])
def test_it_costs_the_same_queries_with_one_row_and_with_three(
    client: Client, address: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    where = factories.territory()
    published(where, factories.school(where, 1, **NEVERS))
    with django_assert_max_num_queries(20) as first:
        client.get(address)
    for number in (2, 3):
        published(where, factories.school(where, number, latitude=44.0 + number, longitude=1.0))
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_nothing_that_is_not_public_is_counted_or_named(client: Client) -> None:
    where = factories.territory()
    school = factories.school(where, 1, **NEVERS)
    for etat in set(Etat) - {Etat.PUBLISHED, Etat.MERGED}:
        factories.action(where, school, etat)
    kept = factories.action(where, None, Etat.SUBMITTED)
    factories.action(where, school, Etat.MERGED, merged_into=kept)
    factories.action(where, school, Etat.DRAFT, unconfirmed=True, declarant=None)
    hidden = factories.territory(year="2027-2028")
    published(hidden, school)
    Edition.objects.filter(year="2027-2028").update(published_at=None)
    assert points(client) == []
    assert "<li>" not in client.get(f"/carte/actions/?bbox={FRANCE}").content.decode()
    assert "Aucune action n’est encore publiée" in client.get("/carte/").content.decode()


def test_the_list_of_a_long_search_fills_no_memory(client: Client) -> None:
    where = factories.territory()
    published(where, factories.school(where, 1, **NEVERS))
    kept = []
    for place in ("Nevers", "N" * 150, "O" * 150):
        page = client.get(f"/carte/?pres=46.99,3.16&lieu={place}").content.decode()
        assert f"departement={where.departement.code}&amp;pres=" in page
        kept.append([pieces.cache_info().currsize for pieces in (dessins._draw, dessins._mould)])
    assert kept[0] == kept[1] == kept[2]


def test_the_filters_of_the_search_are_those_of_the_map(client: Client) -> None:
    where = factories.territory()
    school = factories.school(where, 1, **NEVERS)
    factories.action(where, school, Etat.PUBLISHED, title="Ciné-débat", college=False, lycee=True)
    factories.action(where, school, Etat.PUBLISHED, starts=dt.date(2026, 11, 25))
    assert [found[2] for found in points(client, f"{POINTS}&niveau=lycee")] == [1]
    # a page is of a list: the map shows all of it
    assert [found[2] for found in points(client, f"{POINTS}&niveau=lycee&page=3")] == [1]
    assert (
        'data-points="/carte/points/?niveau=lycee"'
        in client.get("/carte/?niveau=lycee&page=3").content.decode()
    )
    told = client.get(f"/carte/actions/?bbox={FRANCE}&niveau=lycee").content.decode()
    assert "Ciné-débat" in told
    assert told.count("<li>") == 1
    page = client.get("/carte/?niveau=lycee").content.decode()
    # the script asks under the same filters, and the map opens where the answer is
    assert 'data-points="/carte/points/?niveau=lycee"' in page
    assert 'data-cadre="3.159,46.99,3.159,46.99"' in page
    nothing = client.get("/carte/?niveau=premier_degre").content.decode()
    assert "ne répond à ces filtres" in nothing
    assert "data-carte" not in nothing


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("", "cadre"),
        ("bbox=NaN,0,1,1&zoom=6", "cadre"),
        (f"bbox={'9' * 10_000}&zoom=6", "cadre"),
        (f"bbox={FRANCE}&zoom=99", "zoom"),
        (f"bbox={FRANCE}", "zoom"),
    ],
)
def test_what_makes_no_sense_is_a_400_that_says_why(client: Client, query: str, word: str) -> None:
    response = client.get(f"/carte/points/?{query}")
    assert response.status_code == 400
    assert word in response.json()["message"]
    assert "public" not in response.headers["Cache-Control"]


def test_the_whole_world_at_the_nearest_zoom_is_few_markers(client: Client) -> None:
    where = factories.territory()
    for number in range(1, 6):
        published(where, factories.school(where, number, latitude=40.0 + number, longitude=1.0 * number))
    found = points(client, "/carte/points/?bbox=-9999,-90,9999,90&zoom=17".replace("9999", "900"))
    assert sum(count for _lat, _lon, count, *_ in found) == 5


def test_no_page_opens_itself_to_another_host_but_for_the_tiles_of_the_instance(
    client: Client, settings: Any
) -> None:
    published(factories.territory(), None)
    assert "https:" not in client.get("/carte/").headers["Content-Security-Policy"]
    settings.TILES = {
        "url": "https://tuiles.example.fr/{z}/{x}/{y}.png",
        "credit": "© Exemple",
        "origin": "https://tuiles.example.fr",
    }
    response = client.get("/carte/")
    policy = response.headers["Content-Security-Policy"]
    assert "img-src https://tuiles.example.fr 'self'" in policy
    assert policy.count("https:") == 1
    assert 'data-credit="© Exemple"' in response.content.decode()
    assert "https:" not in client.get("/plan-du-site/").headers["Content-Security-Policy"]


def test_each_departement_has_its_outline_and_they_are_light() -> None:
    load_reference()
    outlines = json.loads(OUTLINES.read_text())
    assert {found.code for found in Departement.objects.all()} <= set(outlines)
    assert OUTLINES.stat().st_size < 90_000
    # Nevers is in the Nièvre's frame, Mamoudzou in Mayotte's
    mayotte = next(place for place in outre_mer({"976"}) if place.name == "Mayotte")
    assert mayotte.cadre.holds(-12.78, 45.23)
    assert len(outre_mer(())) == 5
    assert "Wallis-et-Futuna" in {place.name for place in outre_mer({"986"})}


@pytest.mark.parametrize(
    ("commune", "words"),
    [
        ("Nevers", "à Nevers"),
        ("Le Havre", "au Havre"),
        ("Les Abymes", "aux Abymes"),
        ("La Rochelle", "à La Rochelle"),
    ],
)
def test_a_commune_is_named_as_one_says_it(commune: str, words: str) -> None:
    assert at(commune) == words


def test_the_index_counts_as_the_database_does(
    client: Client, settings: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    """The same markers and lists, whatever the frame and the filter; and nothing that was withdrawn since."""
    where = factories.territory()
    chance = Random(16)  # noqa: S311 - places of a test
    sheets = []
    for number in range(1, 31):
        at_sea = {"latitude": chance.gauss(46.5, 2), "longitude": chance.gauss(2.5, 2)}
        far = {"latitude": -17.5 - number / 100, "longitude": 179.9 if number % 2 else -179.9}
        school = factories.school(where, number, **(far if number > 24 else at_sea))
        sheets += published(where, school, 1 + number % 3)
        Action.objects.filter(pk__gt=sheets[-1].pk - number % 2).update(lycee=True)
    addresses = [
        f"/carte/{name}/?bbox={bbox}&zoom={zoom}{filters}"
        for name in ("points", "actions")
        for bbox, zoom in ((FRANCE, 5), (FRANCE, 6), ("1,46,4,48", 9), ("178,-20,182,-15", 7))
        for filters in ("", "&niveau=lycee", "&edition=2025-2026")
    ]

    def told() -> list[Any]:
        answers = [client.get(address) for address in addresses]
        markers = [
            sorted((n, round(lat, 3), round(lon, 3), name, frame) for lat, lon, n, name, frame in found)
            for found in (answer.json()["grappes"] for answer in answers[:12])
        ]
        lists = [sorted(re.findall('href="([^"]+)"', answer.content.decode())) for answer in answers[12:]]
        return [*markers, *lists]

    by_database, page = told(), client.get("/carte/").content
    settings.INDEX = tmp_path / "index"
    indexing.fill(settings.INDEX)
    assert told() == by_database
    assert client.get("/carte/").content == page
    assert any(len(found) > 5 for found in by_database[:12])
    with django_assert_num_queries(1):
        client.get(POINTS)
    # the index is not told yet
    Action.objects.update(etat=Etat.WITHDRAWN)
    assert {words for *_, words, _frame in points(client)} <= {f"{n} actions" for n in range(100)} | {
        "1 action"
    }
    assert "href" not in client.get(f"/carte/actions/?bbox={FRANCE}").content.decode()
