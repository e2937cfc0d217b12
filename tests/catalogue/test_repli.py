"""The database's own answer to a search: what it reads, what it never shows, what it costs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from accroche.actions.cycle import ARRIVING, Etat
from accroche.actions.models import Action, ActionPartenaire, Lien, Theme
from accroche.actions.regles import CodeTheme, Nature
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Edition, Partenaire
from accroche.catalogue.criteres import Criteres, Point
from accroche.catalogue.queries import moteur, repli
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


def found(criteres: Criteres) -> list[int]:
    return [hit.action_pk for hit in repli.search(criteres).hits]


def rich(where: Territory, number: int = 1, **columns: Any) -> Action:
    """A published sheet with something for each filter."""
    school = factories.school(
        where,
        number,
        name=f"Collège Jean Jaurès {number}",
        commune="Nevers",
        insee="58194",
        latitude=46.99,
        longitude=3.16,
    )
    sheet = factories.action(where, school, Etat.PUBLISHED, nature=Nature.PREVENTION, **columns)
    sheet.themes.add(Theme.objects.get_or_create(code=CodeTheme.CULTURE)[0])
    partner, _ = Partenaire.objects.get_or_create(name="Club de lecture", kind="association")
    ActionPartenaire.objects.create(action=sheet, partenaire=partner, position=0)
    Lien.objects.create(action=sheet, url="https://youtu.be/abcdefgh", position=0)
    return sheet


def test_what_is_not_public_is_never_found(where: Territory) -> None:
    past = factories.territory("Dijon", "21", year="2025-2026")
    Edition.objects.filter(year="2025-2026").update(published_at=None)
    shown = factories.action(where, etat=Etat.PUBLISHED)
    for etat in Etat:
        if etat is Etat.MERGED:
            factories.action(where, etat=etat, merged_into=shown)
        else:
            factories.action(where if etat is not Etat.PUBLISHED else past, etat=etat)
    Action.with_arriving.filter(pk=factories.action(where).pk).update(etat=ARRIVING, arrivage=1)
    hidden = factories.action(where, etat=Etat.DRAFT)
    Action.objects.filter(pk=hidden.pk).update(unconfirmed=True)
    result = repli.search(Criteres())
    assert (result.total, [hit.action_pk for hit in result.hits]) == (1, [shown.pk])
    assert result.facettes["edition"] == {factories.YEAR: 1}
    assert repli.search(Criteres(q="forum")).total == 1
    assert repli.related(shown.pk, 5) == ()
    assert repli.related(hidden.pk, 5) == ()


def test_each_filter_reads_what_the_sheet_says(where: Territory) -> None:
    sheet = rich(where, prize="Prix du public", remarkable=True, starts=dt.date(2026, 11, 24), place="Halle")
    result = repli.search(Criteres())
    assert result.facettes == {
        "edition": {factories.YEAR: 1},
        "academie": {"dijon": 1},
        "departement": {"21": 1},
        "niveau": {"college": 1},
        "theme": {"culture": 1},
        "nature": {"prevention": 1},
        "temporalite": {"semaine": 1},
        "partenaire": {"association": 1},
        "distinction": {"remarquable": 1, "prix": 1},
        "video": {"1": 1},
    }
    of = sheet.porteurs.get().uai
    near = Point(47.1, 3.16, "Ailleurs")
    kept = (
        Criteres(etablissement=of or ""),
        Criteres(commune="58194"),
        Criteres(pres_de=near),
        Criteres(du=dt.date(2026, 11, 24), au=dt.date(2026, 11, 24)),
        *(
            Criteres(q=words)
            for words in ("jean jaures", "nevers", "club de lecture", "culture", "dijon", "4e", "halle")
        ),
    )
    assert [found(criteres) for criteres in kept] == [[sheet.pk]] * len(kept)
    lost = (
        Criteres(etablissement="0580031U"),
        Criteres(commune="21231"),
        Criteres(pres_de=near, rayon=5),
        Criteres(du=dt.date(2026, 11, 25)),
        Criteres(q="vie.scolaire"),
        Criteres(niveaux=("lycee",)),
    )
    assert [found(criteres) for criteres in lost] == [[]] * len(lost)
    assert repli.search(Criteres(pres_de=near)).hits[0].distance_km == pytest.approx(12.2, abs=0.1)


def test_a_carrier_without_a_school_stands_where_it_was_told(where: Territory) -> None:
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    cio = Porteur.objects.create(
        academie=where.academie, kind="cio", name="CIO", insee="97411", latitude=-20.9, longitude=55.4
    )
    sheet.portages.create(porteur=cio, position=0)
    assert repli.search(Criteres()).facettes["departement"] == {"974": 1}
    assert found(Criteres(commune="97411", pres_de=Point(-20.9, 55.4))) == [sheet.pk]


def test_a_passage_shows_the_words_and_nothing_of_a_page(where: Territory) -> None:
    told = "Un long récit. " * 10 + "Avec <b>l’orientation</b> & les MÉTIERS pour finir."
    factories.action(where, etat=Etat.PUBLISHED, description=told)
    (hit,) = repli.search(Criteres(q="orientation metier")).hits
    assert "<mark>&lt;b&gt;l’orientation&lt;/b&gt;</mark> &amp; les <mark>MÉTIERS</mark>" in hit.extrait
    assert hit.extrait.startswith("… ")
    assert repli.search(Criteres(q="forum")).hits[0].extrait == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("profesionnels", "professionnels"), ("profesionnels eleves", "professionnels eleves"), ("xyzxyz", "")],
)
def test_what_was_probably_meant_is_proposed(where: Territory, typed: str, meant: str) -> None:
    factories.action(where, etat=Etat.PUBLISHED)
    assert repli.search(Criteres(q=typed)).proposition == meant


def test_pages_follow_each_other_and_the_bound_is_told(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [factories.action(where, etat=Etat.PUBLISHED).pk for _ in range(5)][::-1]
    pages = [repli.search(Criteres(page=page), size=2) for page in (1, 2, 3, 4)]
    assert [[hit.action_pk for hit in page.hits] for page in pages] == [
        sheets[:2],
        sheets[2:4],
        sheets[4:],
        [],
    ]
    assert not pages[0].partial
    monkeypatch.setattr(repli, "BOUND", 4)
    assert (repli.search(Criteres()).total, repli.search(Criteres()).partial) == (4, True)


def test_a_search_costs_the_same_queries_with_one_sheet_and_with_three(
    where: Territory, django_assert_num_queries: Any
) -> None:
    rich(where)
    for more in ((2, 3), ()):
        with django_assert_num_queries(5):
            assert moteur.search(Criteres(q="forum")).total
        for number in more:
            rich(where, number)


def test_a_search_that_finds_nothing_reads_the_sheets_once(
    client: Client, where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many others it tries: of the same filters but for a school, a commune."""
    rich(where)
    read = mock.Mock(side_effect=repli.fiches)
    monkeypatch.setattr(repli, "fiches", read)
    address = "/actions/?q=introuvable&academie=dijon&niveau=lycee&theme=sport&remarquable=1&commune=58194"
    assert "introuvable" in client.get(address, follow=True).content.decode()
    assert read.call_count == 2, "with its commune, and without"


def test_related_sheets_share_themes_then_the_stage(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    about = rich(where, 1)
    other_theme = factories.action(where, etat=Etat.PUBLISHED)
    other_theme.themes.add(Theme.objects.get_or_create(code=CodeTheme.SPORT)[0])
    same = factories.action(lyon, etat=Etat.PUBLISHED, nature=Nature.PREVENTION)
    same_theme = factories.action(lyon, etat=Etat.PUBLISHED)
    for sheet in (same, same_theme):
        sheet.themes.add(Theme.objects.get(code=CodeTheme.CULTURE))
    assert moteur.related(about.pk, 3) == (same.pk, same_theme.pk)
    without = factories.action(lyon, etat=Etat.PUBLISHED)
    assert moteur.related(without.pk, 1) == (same_theme.pk,)
