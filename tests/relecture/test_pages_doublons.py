"""Near-duplicates as one types, the comparison of two sheets, merging and its undoing from pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.regles import TypeRole
from accroche.relecture.queries.doublons import doublons_of
from tests import factories

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TITLE = "La chaîne humaine"


@pytest.fixture
def where() -> factories.Territory:
    return factories.territory()


@pytest.fixture
def school(where: factories.Territory) -> Etablissement:
    return factories.school(where)


@pytest.fixture
def moderator(where: factories.Territory) -> User:
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


def client_of(person: User | None = None) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def found(client: Client, school: Etablissement, title: str = TITLE, **more: Any) -> list[dict[str, str]]:
    data = {"title": title, "etablissement": school.uai} | more
    answer = client.get(reverse("relecture:doublons"), data)
    assert answer.status_code == 200
    return list(answer.json()["fiches"])


def test_a_visitor_is_told_of_public_sheets_alone(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    public = factories.action(where, school, Etat.PUBLISHED, title="Chaîne humaine")
    waiting = factories.action(where, school, title="La chaîne humaine du collège")
    factories.action(where, school, Etat.REFUSED, title=TITLE)
    factories.action(where, school, Etat.PUBLISHED, title="Forum des métiers")
    (told,) = found(client_of(), school)
    assert told["titre"] == "Chaîne humaine"
    assert told["raison"].startswith("Même établissement")
    assert told["adresse"].endswith(f"/actions/{public.slug}/")
    both = found(client_of(moderator), school)
    assert {fiche["adresse"] for fiche in both} == {
        reverse("relecture:fiche", args=[action.pk]) for action in (public, waiting)
    }
    assert len(found(client_of(moderator), school, fiche=waiting.pk)) == 1


@pytest.mark.parametrize(
    "data", [{}, {"title": "Chaîne"}, {"title": "x", "etablissement": "nulle part"}, {"fiche": "x"}]
)
def test_what_is_not_known_yet_resembles_nothing(data: dict[str, str]) -> None:
    answer = client_of().get(reverse("relecture:doublons"), data)
    assert answer.json() == {"fiches": []}


def test_elsewhere_only_the_same_title_counts(where: factories.Territory, school: Etablissement) -> None:
    other = factories.school(where, 2)
    factories.action(where, other, Etat.PUBLISHED, title=TITLE)
    factories.action(where, other, Etat.PUBLISHED, title="Chaîne de solidarité humaine")
    away = factories.territory("Lyon", "69")
    factories.action(away, factories.school(away), Etat.PUBLISHED, title=TITLE)
    (told,) = found(client_of(), school)
    assert told["raison"] == "Même commune, même titre."


def test_as_many_queries_for_one_sheet_as_for_many(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    mine = factories.action(where, school, title=TITLE)
    access = factories.access(moderator)

    def count() -> int:
        fresh = Action.objects.get(pk=mine.pk)
        with CaptureQueriesContext(connection) as captured:
            shown = [close.schools for close in doublons_of(fresh, access)]
        assert shown
        return len(captured)

    factories.action(where, school, title=TITLE)
    one = count()
    for number in range(6):
        factories.action(where, factories.school(where, number + 2), title=f"{TITLE} {number}")
    assert count() == one


def compare(one: Action, other: Action) -> str:
    return reverse("relecture:comparer", args=[one.pk, other.pk])


def test_two_sheets_are_shown_with_what_differs(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    one = factories.action(where, school, title=TITLE, classes="4e B")
    other = factories.action(where, school, Etat.PUBLISHED, title="Chaîne humaine", classes="3e A")
    answer = client_of(moderator).get(compare(one, other))
    rows = {row.label: row for row in answer.context["lignes"]}
    assert rows["Classes"].values == ("4e B", "3e A")
    assert rows["Classes"].differs
    assert not rows["Ce qui se passe"].differs
    html = answer.content.decode()
    assert "n’a pas encore été relue" in html
    assert answer.context["form"].initial["garder"] == other.pk, (
        "the public one is kept unless told otherwise"
    )


def test_merging_and_parting_from_the_page(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    one, other = (factories.action(where, school, title=title) for title in (TITLE, "Chaîne humaine"))
    client = client_of(moderator)
    versions = client.get(compare(one, other)).context["form"].initial["versions"]
    answer = client.post(compare(one, other), {"garder": other.pk, "versions": versions}, follow=True)
    assert answer.redirect_chain == [(reverse("relecture:fiche", args=[other.pk]), 302)]
    one.refresh_from_db()
    assert one.merged_into == other
    joined = client.get(reverse("relecture:fiche", args=[one.pk])).content.decode()
    assert f'href="{compare(one, other)}"' in joined, "the way back"
    assert "distinction-titre" not in joined
    assert "Défaire la fusion" in client.get(compare(one, other)).content.decode()
    listed = client.get(reverse("relecture:fusionner", args=[other.pk])).content.decode()
    assert compare(one, other) in listed
    answer = client.post(compare(other, one), follow=True)
    assert "La fusion est défaite" in answer.content.decode()
    one.refresh_from_db()
    assert one.etat == Etat.SUBMITTED


def test_a_stale_comparison_merges_nothing_and_says_so(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    one, other = (factories.action(where, school) for _ in range(2))
    Action.objects.filter(pk=one.pk).update(version=7)
    client = client_of(moderator)
    data = {"garder": one.pk, "versions": "6-0", "mot": "Tapé avec soin"}
    answer = client.post(compare(one, other), data)
    html = answer.content.decode()
    assert "a changé entre-temps" in html
    assert "Tapé avec soin" in html
    assert not Action.objects.filter(etat=Etat.MERGED).exists()


def test_what_cannot_be_merged_says_why(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    one, draft = factories.action(where, school), factories.action(where, school, Etat.DRAFT)
    client = client_of(moderator)
    answer = client.post(compare(one, draft), {"garder": draft.pk, "versions": "0-0"})
    assert "La fiche à garder est «\u00a0Brouillon\u00a0»" in answer.content.decode()
    assert client.post(compare(one, draft), {"garder": "999", "versions": "x"}).status_code == 200
    assert client.get(compare(one, one)).status_code == 404


def test_the_list_of_close_sheets_and_the_way_to_another(
    where: factories.Territory, school: Etablissement, moderator: User
) -> None:
    one = factories.action(where, school, title=TITLE)
    address = reverse("relecture:fusionner", args=[one.pk])
    client = client_of(moderator)
    assert "Aucune fiche" in client.get(address).content.decode()
    other = factories.action(where, school, title="Chaîne humaine")
    assert compare(one, other) in client.get(address).content.decode()
    for written in (f"{other.pk}", f"https://site.example/fiches/{other.pk}/"):
        assert client.get(address, {"avec": written}).headers["Location"] == compare(one, other)
    for wrong in ("", "abc", "0", f"{one.pk}", "99999"):
        assert "fr-error-text" in client.get(address, {"avec": wrong}).content.decode()
