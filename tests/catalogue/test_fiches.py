"""What goes with the public page of a sheet: sharing, code, poster, taking up, spread, readings."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, AncienneAdresse, Vues
from accroche.actions.operations import save, vues
from accroche.actions.operations.slugs import free_slugs
from accroche.actions.queries import content_of, public_address
from accroche.actions.queries.public import vues_of
from accroche.actions.saisie import PorteurSaisi
from accroche.catalogue.diffusion import Noeud, dessin, visible
from accroche.catalogue.robots import is_reader
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import html, signed_in
from tests.factories import NOW
from tests.races import at_once, at_once_or_never, passed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.factories import Territory

READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def where(db: None) -> Territory:
    assert db is None
    return factories.territory()


@pytest.fixture
def sheet(where: Territory) -> Action:
    return factories.action(where, etat=Etat.PUBLISHED, title="Café des parents", slug="cafe-des-parents")


def place(sheet: Action, name: str = "action") -> str:
    semaine = sheet.semaine
    return reverse(f"catalogue:{name}", args=[semaine.edition.year, semaine.academie.slug, sheet.slug])


# -- shared, printed -------------------------------------------------------------------------------


@pytest.mark.any_database
def test_a_public_sheet_is_shared_printed_and_taken_up_from_its_page(client: Client, sheet: Action) -> None:
    Action.objects.filter(pk=sheet.pk).update(refaire="Une salle calme.\n\nDeux adultes.")
    page = html(client, place(sheet))
    assert f'data-adresse="{public_address(sheet)}"' in page
    mail = re.search(r'href="mailto:\?([^"]*)"', page)
    assert mail
    assert public_address(sheet) in unquote(mail[1])
    for name in ("qr", "affiche", "reprendre", "vue"):
        assert place(sheet, name) in page, name
    assert "<p>Une salle calme.</p>" in page
    assert "Deux adultes." in page
    assert place(sheet, "diffusion") not in page, "nobody took it up: nothing to draw"
    order = [
        page.index(title) for title in (">Ce qui se passe<", ">Pour qui<", ">Pour la refaire chez vous<")
    ]
    assert order == sorted(order)


@pytest.mark.any_database
def test_the_code_and_the_poster_lead_to_the_page(client: Client, sheet: Action) -> None:
    code = client.get(place(sheet, "qr"))
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")
    assert "Café des parents" in code.content.decode()
    poster = client.get(place(sheet, "affiche"))
    assert poster.headers["Content-Type"] == "application/pdf"
    assert poster.headers["Content-Disposition"] == 'inline; filename="affiche-cafe-des-parents.pdf"'
    assert poster.content.startswith(b"%PDF")
    for etat in (Etat.SUBMITTED, Etat.WITHDRAWN, Etat.DRAFT):
        Action.objects.filter(pk=sheet.pk).update(etat=etat)
        for name in ("qr", "affiche", "reprendre", "diffusion"):
            assert client.get(place(sheet, name)).status_code == 404, (etat, name)
        assert client.post(place(sheet, "vue"), headers=READER).status_code == 404


# -- addresses -------------------------------------------------------------------------------------


def test_a_sheet_that_moved_keeps_its_former_addresses(where: Territory, client: Client) -> None:
    lyon = factories.territory("Lyon", "69")
    mine = factories.person(TypeRole.ADMINISTRATEUR)
    moved = factories.action(
        where, factories.school(where), Etat.DRAFT, title="Radio", slug="radio", submitted_at=NOW
    )
    before = place(moved)
    there = factories.school(lyon, 2)
    content = content_of(moved)
    told = replace(content, porteurs=(PorteurSaisi(there.uai),))
    save(moved, told, access=factories.access(mine), at=NOW)
    assert client.get(before).status_code == 404, "nothing is public yet"
    Action.objects.filter(pk=moved.pk).update(etat=Etat.PUBLISHED)
    answer = client.get(before)
    moved.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (301, place(moved))
    assert "must-revalidate" in answer.headers["Cache-Control"], "a merge may be undone"
    assert client.get(f"{before}qr.svg").headers["Location"] == place(moved), "a code on a wall leads on"
    # another sheet of that title has another address
    assert next(free_slugs(where.semaine, "Radio")) == "radio-2"
    assert AncienneAdresse.objects.count() == 1


# -- taken up --------------------------------------------------------------------------------------


@pytest.mark.any_database
def test_taking_up_says_what_comes_and_when(sheet: Action, where: Territory) -> None:
    client = Client()
    page = html(client, place(sheet, "reprendre"))
    assert f"{reverse('actions:declarer')}?reprise={sheet.pk}" in page
    assert "les contacts et les liens" in page
    assert "pas prévenu" in page
    edition = where.semaine.edition
    type(edition).objects.filter(pk=edition.pk).update(declaration_opens=None, declaration_closes=None)
    closed = html(client, place(sheet, "reprendre"))
    assert "déclarations sont fermées" in closed
    assert "?reprise=" not in closed


@pytest.mark.any_database
def test_one_s_own_is_taken_up_next_year(sheet: Action, where: Territory) -> None:
    school = factories.school(where, 7)
    own = factories.action(where, school, Etat.PUBLISHED, title="La mienne")
    client = signed_in(factories.person(TypeRole.PORTEUR, "prof@exemple.fr", etablissement=school))
    assert "il n’y a rien à reprendre" in html(client, place(own, "reprendre"))
    assert "Reprendre cette action" in html(client, place(sheet, "reprendre"))
    last = factories.territory(where.academie.name, "21", "2025-2026")
    before = factories.action(last, school, Etat.PUBLISHED, title="Celle d’avant")
    again = html(client, place(before, "reprendre"))
    assert "La reprendre en 2026-2027" in again
    assert "tout ce que dit la fiche" in again


def test_the_lineage_is_told_where_it_is_public(sheet: Action, where: Territory) -> None:
    client = Client()
    lyon = factories.territory("Lyon", "69")
    queries = []
    for number in range(3):
        child = factories.action(
            lyon, factories.school(lyon, number), Etat.PUBLISHED, title=f"Fille {number}", previous=sheet
        )
        if number != 1:
            with CaptureQueriesContext(connection) as asked:
                html(client, place(sheet, "diffusion"))
            queries.append(len(asked))
    assert queries[0] == queries[1], "as many for one as for three"
    hidden = factories.action(lyon, etat=Etat.SUBMITTED, title="Cachée", previous=sheet)
    factories.action(lyon, etat=Etat.DRAFT, title="Brouillon", previous=sheet)
    grandchild = factories.action(lyon, etat=Etat.PUBLISHED, title="Petite-fille", previous=hidden)
    page = html(client, place(sheet))
    assert "Reprise par 3\xa0établissements" in page
    assert place(sheet, "diffusion") in page
    below = html(client, place(child))
    assert "Reprise de" in below
    assert place(sheet) in below
    spread = html(client, place(child, "diffusion"))
    for title in ("Café des parents", "Fille 0", "Fille 1", "Fille 2", "Petite-fille"):
        assert title in spread
    assert "lignée n’est pas publiée" not in spread, "that a sheet waits is nobody's to know"
    bureau = signed_in(factories.person(TypeRole.NATIONAL))
    read = html(bureau, place(child, "diffusion"))
    assert "1\xa0autre fiche de cette lignée n’est pas publiée" in read, "a draft is nobody's to count"
    assert "Cachée" not in spread + html(client, place(grandchild))
    assert "Brouillon" not in spread
    Action.objects.filter(pk=sheet.pk).update(etat=Etat.WITHDRAWN)
    alone = html(client, place(child)) + html(client, place(child, "diffusion"))
    assert "Café des parents" not in alone
    assert client.get(place(sheet)).status_code == 404


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[Noeud], int | None, int]:
    """Sheets that take up any other, in circles too, over some editions; one to keep, a bound."""
    count = draw(st.integers(0, 14))
    numbers = st.none() | st.integers(1, max(count, 1))
    years = st.sampled_from(["2023-2024", "2024-2025", "2025-2026"])
    nodes = [Noeud(number, draw(years), draw(numbers)) for number in range(1, count + 1)]
    return nodes, draw(st.none() | st.integers(1, 15)), draw(st.integers(1, 16))


@given(forests())
def test_every_sheet_has_one_place_of_its_own(told: tuple[list[Noeud], int | None, int]) -> None:
    nodes, keep, most = told
    drawn = dessin(nodes, keep=keep, most=most)
    places = [(case.column, case.row) for case in drawn.cases]
    assert len(set(places)) == len(places)
    numbers = [case.number for case in drawn.cases]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) + sum(case.others for case in drawn.cases) <= len(nodes)
    if len(nodes) <= most:
        assert set(numbers) == {node.number for node in nodes}
    if keep in {node.number for node in nodes}:
        assert keep in numbers
    assert {case.row for case in drawn.cases} == set(range(drawn.rows))
    seen: set[int] = set()
    for case in drawn.cases:  # told after the one it comes from
        assert case.parent is None or case.parent in seen
        seen.add(case.number)


def test_what_is_hidden_ties_those_on_both_sides() -> None:
    parents: Mapping[int, int | None] = {1: None, 2: 1, 3: 2, 4: 5, 5: 4}
    assert visible(parents, [1, 3]) == {1: None, 3: 1}
    assert visible(parents, [3]) == {3: None}
    assert visible(parents, [4, 5]) in ({4: None, 5: 4}, {4: 5, 5: None})
    shown = dessin([Noeud(n, "2025-2026", 1 if n > 1 else None) for n in range(1, 42)], most=10)
    assert (shown.cases[0].others, len(shown.cases)) == (31, 10)


# -- readings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"DNT": "1"}, False),
        ({"Sec-GPC": "1"}, False),
        ({"Sec-Purpose": "prefetch;prerender"}, False),
        ({"Purpose": "prefetch"}, False),
        ({"User-Agent": ""}, False),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"User-Agent": "python-requests/2.32"}, False),
    ],
)
def test_people_are_counted_and_nobody_else(more: dict[str, str], counted: bool) -> None:
    assert is_reader(READER | more) is counted


def test_a_reading_is_a_number_and_is_shown_to_the_school_alone(sheet: Action, where: Territory) -> None:
    reader = Client(enforce_csrf_checks=True)
    for _ in range(3):
        answer = reader.post(place(sheet, "vue"), headers=READER)
        assert (answer.status_code, answer.cookies, answer.content) == (204, {}, b"")
    reader.post(place(sheet, "vue"), headers=READER | {"DNT": "1"})
    moderator = signed_in(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    moderator.post(place(sheet, "vue"), headers=READER)
    assert vues_of([sheet]) == {sheet.pk: 3}
    assert "vue 3\xa0fois" in html(moderator, reverse("relecture:fiche", args=[sheet.pk]))
    assert "vue 3" not in html(reader, place(sheet))


@pytest.mark.django_db(transaction=True)
def test_readings_of_one_moment_all_count() -> None:
    sheet = factories.action(factories.territory(), etat=Etat.PUBLISHED)
    assert passed(at_once(6, lambda _number: vues.count(sheet.pk, NOW.date())), RuntimeError) == 6
    assert vues_of([sheet]) == {sheet.pk: 6}


@pytest.mark.django_db(transaction=True)
def test_a_sheet_that_goes_meanwhile_takes_no_other_views_with_it(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Who deletes it waits, or is refused, or comes first: the others are counted."""
    where = factories.territory()
    gone, stays = (factories.action(where, etat=Etat.PUBLISHED) for _ in range(2))
    settings.VIEWS_DELAY = 3600
    for sheet in (gone, stays):
        vues.count(sheet.pk, NOW.date())
    add = vues._add

    def delete(_number: int) -> None:
        with at_once_or_never():
            Action.objects.filter(pk=gone.pk).delete()

    def meanwhile(rows: list[tuple[int, dt.date, int]]) -> None:
        refused.extend(at_once(1, delete))
        add(rows)

    refused: list[object] = []
    monkeypatch.setattr(vues, "_add", meanwhile)
    vues.write()
    assert [type(one) for one in refused] == [OperationalError]
    assert vues_of([stays]) == {stays.pk: 1}


def test_readings_gathered_are_added_and_months_are_one_number(sheet: Action, settings: Any) -> None:
    settings.VIEWS_DELAY = 3600
    today, old = NOW.date(), dt.date(2026, 3, 4)
    for day in (today, today, old, old + dt.timedelta(days=1)):
        vues.count(sheet.pk, day)
    vues.count(sheet.pk + 999, today)
    assert not Vues.objects.exists(), "in memory until the clock rings"
    vues.write()
    vues.count(sheet.pk, today)
    vues.write()
    vues.write()
    assert dict(Vues.objects.values_list("day", "count")) == {today: 3, old: 1, old + dt.timedelta(days=1): 1}
    assert vues.fold(NOW) == 2
    assert dict(Vues.objects.values_list("day", "count")) == {today: 3, dt.date(2026, 3, 1): 2}
    assert vues.fold(NOW) == 0
