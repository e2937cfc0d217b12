"""The index's answer to a search: that of the database, found by better words; nothing that is not public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Activite, Theme
from accroche.actions.regles import CodeTheme
from accroche.campagne.models import Edition
from accroche.catalogue.criteres import FACETTES, Criteres, Ordre, Point
from accroche.catalogue.emplacement import Emplacement
from accroche.catalogue.grappes import Cadre, cellule
from accroche.catalogue.queries import agenda, lecteur, moteur, repli
from accroche.catalogue.queries.extraits import passage
from tests import factories, indexing
from tests.factories import Territory

pytestmark = pytest.mark.django_db

NEVERS = Point(46.99, 3.16, "Nevers")


@pytest.fixture
def fill(settings: Any, tmp_path: Path) -> Callable[[], Emplacement]:
    """Makes an index of what the public sees at that moment."""
    settings.INDEX = tmp_path / "index"
    return lambda: indexing.fill(settings.INDEX)


def found(**asked: Any) -> list[int]:
    result = moteur.search(Criteres(**asked))
    assert result.source == "index"
    assert result.total >= len(result.hits)
    return [hit.action_pk for hit in result.hits]


def sheet(where: Territory, number: int, **columns: Any) -> Action:
    """A published sheet of a school of its own, a little further east each time."""
    school = factories.school(
        where, number, commune="Nevers", insee="58194", latitude=46.99, longitude=3.16 + number / 50
    )
    return factories.action(where, school, Etat.PUBLISHED, **columns)


def test_every_filter_answers_as_the_database_does(
    edition_2015: Edition, fill: Callable[[], Emplacement], django_assert_num_queries: Any
) -> None:
    """Some choices of each filter, within two themes: the same sheets, the same counts."""
    fill()
    whole = moteur.search(Criteres(), size=1)
    assert whole.facettes == repli.search(Criteres(), size=1).facettes
    for facette in FACETTES:
        for code in sorted(whole.facettes[facette.name])[:5]:
            value: Any = True if facette.name == "video" else code if facette.single else (code,)
            asked = Criteres(themes=("orientation", "culture"))
            asked = replace(asked, **{facette.field: value})
            mine, theirs = (one.search(asked, size=200) for one in (moteur, repli))
            assert mine.source == "index"
            assert {hit.action_pk for hit in mine.hits} == {hit.action_pk for hit in theirs.hits}, asked
            assert mine.facettes == theirs.facettes, asked
    with django_assert_num_queries(2):
        assert moteur.search(Criteres(q="orientation")).total > 10


def test_words_and_what_was_meant(where: Territory, fill: Callable[[], Emplacement]) -> None:
    radio = sheet(where, 1, title="La radio des élèves", description="Un micro & une <antenne> au collège.")
    garden = sheet(where, 2, title="Le jardin", description="On y sème. " * 40 + "Puis vient la récolte.")
    Activite.objects.create(action=garden, position=0, title="Atelier", description="Des épouvantails")
    fill()
    assert found(q="radio micro") == [radio.pk]
    assert found(q="antenne nevers") == [radio.pk, garden.pk]  # both words, then one
    hit = moteur.search(Criteres(q="antenne")).hits[0]
    assert hit.extrait == "Un micro &amp; une &lt;<mark>antenne</mark>&gt; au collège."
    assert "Puis vient la <mark>récolte</mark>." in moteur.search(Criteres(q="recoltes")).hits[0].extrait
    assert "Des <mark>épouvantails</mark>" in moteur.search(Criteres(q="épouvantail")).hits[0].extrait
    assert moteur.search(Criteres(q="recotle")).proposition == "récolte"
    assert moteur.search(Criteres(q="la recolt")).proposition == ""
    # no sheet says both: those that say one
    assert set(found(q="jardin radio")) == {radio.pk, garden.pk}
    for odd in ('"', "* AND :", "x" * 10_000, "titre:[a TO b]", "\x00", "é" * 200, "\U0001f600", "'", "((("):
        moteur.search(Criteres(q=odd))


def test_what_is_not_public_any_more_is_nowhere(where: Territory, fill: Callable[[], Emplacement]) -> None:
    """Even while the index does not know yet."""
    day = dt.date(2026, 11, 24)
    kept, gone = sheet(where, 1, starts=day), sheet(where, 2, starts=day)
    fill()
    assert set(found(q="forum")) == {kept.pk, gone.pk}
    Action.objects.filter(pk=gone.pk).update(etat=Etat.WITHDRAWN)
    told = agenda.moisson(Criteres(), day, day, 9)
    assert (told.total, [event.uid for event in told.events]) == (1, [f"action-{kept.pk}"])
    assert told.resultats.source == "index"
    result = moteur.search(Criteres(q="forum"))
    assert ([hit.action_pk for hit in result.hits], result.total) == ([kept.pk], 1)
    frame = Cadre(3.0, 46.0, 4.0, 48.0)
    assert moteur.au_point(Criteres(), frame, 9) == (kept.pk,)
    assert moteur.related(kept.pk, 5) == ()
    Edition.objects.update(published_at=None)
    assert found(q="forum") == []


def test_near_a_place(where: Territory, fill: Callable[[], Emplacement]) -> None:
    near, far = sheet(where, 1), sheet(where, 30)
    nowhere = factories.action(where, etat=Etat.PUBLISHED)
    fill()
    assert found(pres_de=NEVERS, rayon=100, tri=Ordre.DISTANCE) == [near.pk, far.pk]
    assert found(pres_de=NEVERS, rayon=10) == [near.pk]
    hit = moteur.search(Criteres(pres_de=NEVERS)).hits[0]
    assert hit.distance_km == pytest.approx(1.5, abs=0.1)
    assert set(found()) == {near.pk, far.pk, nowhere.pk}
    second = moteur.search(Criteres(pres_de=NEVERS, rayon=100, page=2), size=1)
    assert ([one.action_pk for one in second.hits], second.total) == ([far.pk], 2)
    assert moteur.au_point(Criteres(pres_de=NEVERS, rayon=100), Cadre(3.5, 46.0, 4.0, 48.0), 9) == (far.pk,)
    cells = moteur.cellules(Criteres(), 1, None)
    assert cells is not None
    assert {cell.number for cell in cells} == {cellule(46.99, 3.18), cellule(46.99, 3.76)}


def test_days(where: Territory, fill: Callable[[], Emplacement]) -> None:
    day = dt.date(2026, 11, 24)
    one = sheet(where, 1, starts=day)
    week = sheet(where, 2, starts=day - dt.timedelta(3), ends=day + dt.timedelta(3))
    undated = sheet(where, 3)
    fill()
    assert set(found(du=day, au=day)) == {one.pk, week.pk}
    assert found(du=day + dt.timedelta(1)) == [week.pk]
    assert found() == [one.pk, week.pk, undated.pk]


def test_what_resembles_a_sheet(where: Territory, fill: Callable[[], Emplacement]) -> None:
    """Never itself nor its own lineage, and of another lineage one alone; in a fixed number of queries."""
    theme = Theme.objects.get_or_create(code=CodeTheme.CULTURE)[0]
    made: list[Action] = []
    for number in range(6):
        action = sheet(where, number + 1, title=f"Le théâtre des élèves {number}")
        action.themes.add(theme)
        made.append(action)
    itself, follower, before, again, alone, other = made
    Action.objects.filter(pk=follower.pk).update(previous=itself)
    Action.objects.filter(pk=again.pk).update(previous=before)
    Action.objects.filter(pk=other.pk).update(title="Tout autre chose", description="Rien de semblable.")
    other.themes.clear()
    fill()
    found = moteur.related(itself.pk, 5)
    assert not {itself.pk, follower.pk} & set(found)
    assert len({before.pk, again.pk} & set(found)) == 1
    assert alone.pk in found[:2]
    assert moteur.related(0, 5) == ()


def test_without_an_index_the_database_answers(
    where: Territory, fill: Callable[[], Emplacement], settings: Any
) -> None:
    shown = sheet(where, 1)
    assert moteur.search(Criteres(q="forum")).source == "base"
    assert moteur.cellules(Criteres(), 1, None) is None
    place = fill()
    assert found(q="forum") == [shown.pk]
    # cut short behind the back of who reads it: found out, told to who makes it again, answered all the same
    folder = place.folder(place.current())
    (folder / "meta.json").write_text("{")
    result = moteur.search(Criteres(q="forum"))
    assert ([hit.action_pk for hit in result.hits], result.source) == ([shown.pk], "base")
    assert place.is_broken(place.current())
    place.answer_from("of-another-version")
    assert lecteur.snapshot() is None
    settings.INDEX = None
    assert moteur.related(shown.pk, 3) == ()


@pytest.mark.parametrize(
    ("text", "marked", "drawn"),
    [
        ("un mot", ["mot"], "un <mark>mot</mark>"),
        ("<b> & mot", ["mot"], "&lt;b&gt; &amp; <mark>mot</mark>"),
        ("rien", [], ""),
        ("mot", ["mot"], "<mark>mot</mark>"),
        ("<a>\0<b> mot & \0", ["mot"], "&lt;a&gt;\0&lt;b&gt; <mark>mot</mark> &amp; \0"),
    ],
)
@pytest.mark.any_database
def test_a_passage(text: str, marked: list[str], drawn: str) -> None:
    marks = [(text.index(word), text.index(word) + len(word)) for word in marked]
    assert passage([(text, marks)]) == drawn


@pytest.mark.any_database
def test_a_passage_tells_the_most_of_what_was_looked_for() -> None:
    long = "loin " * 100 + "deux et trois ensemble " + "encore " * 100
    at = [(long.index(word), long.index(word) + len(word)) for word in ("loin", "deux", "trois")]
    shown = passage([("un seul loin", [(8, 12)]), (long, at)])
    assert shown.startswith("… ")
    assert "<mark>deux</mark> et <mark>trois</mark> ensemble" in shown
    assert shown.endswith(" …")
    assert len(shown) < 300


def test_queries_are_as_many_for_three_as_for_one(
    where: Territory, fill: Callable[[], Emplacement], django_assert_num_queries: Any
) -> None:
    day = dt.date(2026, 11, 24)
    for number in range(3):
        sheet(where, number + 1, starts=day)
    fill()
    for size in (1, 3):
        with django_assert_num_queries(2):
            assert len(moteur.search(Criteres(q="forum", pres_de=NEVERS), size=size).hits) == size
        # of an agenda: the sheets, who carries them, and what académies hold
        with django_assert_num_queries(4):
            assert len(agenda.moisson(Criteres(), day, day, size).events) == size


def test_the_page_says_how_it_was_understood_and_who_answers(
    where: Territory, fill: Callable[[], Emplacement], client: Client
) -> None:
    sheet(where, 1, title="Les mathématiques au jardin")
    address = reverse("catalogue:recherche")
    soon = "L’index de recherche est en cours de préparation"
    page = client.get(address, {"q": "jardin"}).content.decode()
    assert soon in page
    assert "Voici ce qui répond" not in page
    fill()
    page = client.get(address, {"q": "matematiqes jardin"}).content.decode()
    assert "Les mathématiques au jardin" in page
    assert "Voici ce qui répond à" in page
    assert "?q=math%C3%A9matiques+jardin" in page
    assert soon not in page
    assert "Voici ce qui répond" not in client.get(address, {"q": "jardin"}).content.decode()
