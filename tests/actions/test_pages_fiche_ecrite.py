"""Writing a sheet in its form: conflicts, lines, published sheets, and saving while one types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.queries import content_of
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import begin, fields, html, sheet_address, signed_in

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("open_today"),
]


@pytest.fixture
def client() -> Client:
    return signed_in(factories.user())


@pytest.fixture
def sheet(client: Client, school: Etablissement) -> Action:
    return begin(client, school)


# -- two people, or two tabs -----------------------------------------------------------------------------


def test_two_tabs_lose_nothing_and_one_chooses_field_by_field(client: Client, sheet: Action) -> None:
    read = fields(client, sheet)
    client.post(sheet_address(sheet), read | {"title": "Du premier onglet", "classes": "4e A"})
    mine = read | {"title": "Du second onglet", "authority": "La rectrice"}
    page = client.post(sheet_address(sheet), mine).content.decode()
    assert "modifiée pendant que vous écriviez" in page
    for words in ("Du premier onglet", "Du second onglet", "4e A", "La rectrice"):
        assert words in page
    sheet.refresh_from_db()
    assert (sheet.title, sheet.version) == ("Du premier onglet", 1), "nothing is overwritten"
    assert 'name="version" value="1"' in page

    settled = mine | {"version": "1", "choix-title": "saisie", "choix-classes": "site"}
    response: Any = client.post(sheet_address(sheet), settled)
    assert response.status_code == 302
    sheet.refresh_from_db()
    assert (sheet.title, sheet.classes, sheet.authority) == ("Du second onglet", "4e A", "La rectrice")


def test_what_one_left_alone_is_not_imposed_on_who_changed_it(client: Client, sheet: Action) -> None:
    read = fields(client, sheet)
    client.post(sheet_address(sheet), read | {"classes": "4e A", "title": "Le leur"})
    page = client.post(sheet_address(sheet), read | {"title": "Le mien"}).content.decode()
    checked = re.findall(r'id="(choix-\w+-\w+)"[^>]*\bchecked', page)
    assert checked == ["choix-title-saisie", "choix-classes-site"]


def test_a_third_writing_meanwhile_is_shown_again(client: Client, sheet: Action) -> None:
    read = fields(client, sheet)
    Action.objects.filter(pk=sheet.pk).update(version=5, title="Encore un autre")
    page = client.post(sheet_address(sheet), read | {"version": "1", "choix-title": "saisie"})
    assert "Encore un autre" in page.content.decode()
    assert 'name="version" value="5"' in page.content.decode()


# -- lines -----------------------------------------------------------------------------------------------


def test_a_line_is_added_without_scripts_and_without_judging(client: Client, sheet: Action) -> None:
    typed = fields(client, sheet) | {"title": "", "ajouter": "liens", "classes": "4e A"}
    page = client.post(sheet_address(sheet), typed).content.decode()
    assert 'name="liens-0-url"' in page
    assert 'value="4e A"' in page
    assert "fr-error-text" not in page
    sheet.refresh_from_db()
    assert sheet.version == 0


def test_a_wrong_line_is_shown_in_its_open_section_with_all_that_was_typed(
    client: Client, sheet: Action
) -> None:
    typed = fields(client, sheet) | {
        "liens-TOTAL_FORMS": "2",
        "liens-0-url": "https://a.example",
        "liens-1-url": "pas une adresse",
        "authority": "La rectrice",
    }
    page = client.post(sheet_address(sheet), typed).content.decode()
    assert "pas une adresse" in page
    assert "Cette adresse est incomplète" in page
    assert "La rectrice" in page
    opened = page[: page.index("pas une adresse")].rindex("<details")
    assert " open" in page[opened : page.index(">", opened)]
    assert not sheet.liens.exists()


def test_a_form_opened_before_an_upgrade_still_posts(
    client: Client, sheet: Action, school: Etablissement
) -> None:
    """By names that pages, and what devices keep, have held since the first of them."""
    opened = {
        "version": "0",
        "title": "Forum des métiers",
        "etablissement": school.uai,
        "description": "Les élèves rencontrent des professionnels.",
        "activites-TOTAL_FORMS": "2",
        "activites-INITIAL_FORMS": "0",
        "activites-0-title": "Le matin",
        "activites-0-starts": "2026-11-23",
        "activites-0-number": "",
        "activites-1-title": "",
        "partenaires-TOTAL_FORMS": "1",
        "partenaires-INITIAL_FORMS": "0",
        "partenaires-0-name": "La mission locale",
        "partenaires-0-role": "finance",
        "partenaires-0-part": "",
        "porteurs-TOTAL_FORMS": "1",
        "porteurs-INITIAL_FORMS": "0",
        "porteurs-0-name": "Le lycée voisin",
        "porteurs-0-kind": "lycee",
        "porteurs-0-commune": "Dijon",
        "liens-TOTAL_FORMS": "1",
        "liens-INITIAL_FORMS": "0",
        "liens-0-url": "https://a.example",
        "liens-0-label": "Le programme",
    }
    assert client.post(sheet_address(sheet), opened).status_code == 302
    held = content_of(Action.objects.get(pk=sheet.pk))
    assert [str(row) for row in held.activites] == ["Le matin – le 23\u00a0novembre 2026"]
    assert [str(row) for row in held.partenaires] == ["La mission locale – finance"]
    assert [row.name for row in held.porteurs][1:] == ["Le lycée voisin"]
    assert [str(row) for row in held.liens] == ["Le programme : https://a.example"]


def test_a_row_is_removed_and_what_is_typed_stays_without_scripts(client: Client, sheet: Action) -> None:
    typed = fields(client, sheet) | {
        "liens-TOTAL_FORMS": "2",
        "liens-0-url": "https://a.example",
        "liens-1-url": "https://b.example",
        "classes": "4e A",
        "retirer": "liens-0",
    }
    page = client.post(sheet_address(sheet), typed).content.decode()
    assert "https://a.example" not in page
    assert 'value="https://b.example"' in page
    assert 'value="4e A"' in page
    assert not sheet.liens.exists()


# -- who else writes -------------------------------------------------------------------------------------


def test_a_moderator_mends_a_published_sheet_in_place(where: Territory, school: Etablissement) -> None:
    published = factories.action(where, school, Etat.PUBLISHED)
    moderator = signed_in(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    assert "se voit aussitôt" in html(moderator, sheet_address(published))
    wrong = fields(moderator, published) | {"description": "Appelez le 06 12 34 56 78."}
    page = moderator.post(sheet_address(published), wrong).content.decode()
    assert "ne pourrait pas rester publique" in page
    assert 'href="#id_description"' in page
    published.refresh_from_db()
    assert published.version == 0
    moderator.post(sheet_address(published), wrong | {"description": "Appelez le collège."})
    published.refresh_from_db()
    assert (published.description, published.etat) == ("Appelez le collège.", Etat.PUBLISHED)
    assert Message.objects.get().to == "vie.scolaire@ac-dijon.fr"


@pytest.mark.parametrize("etat", [Etat.PUBLISHED, Etat.WITHDRAWN, Etat.REFUSED])
def test_an_owner_is_led_to_the_sheet_that_is_not_written_any_more(
    where: Territory, school: Etablissement, etat: Etat
) -> None:
    sheet = factories.action(where, school, etat)
    owner = signed_in(factories.person(TypeRole.PORTEUR, etablissement=school))
    for response in (owner.get(sheet_address(sheet)), owner.post(sheet_address(sheet), {"title": "A"})):
        assert (response.status_code, response.headers["Location"]) == (302, f"/fiches/{sheet.pk}/")
    answer = owner.post(reverse("actions:enregistrer", args=[sheet.pk]), {"title": "A"})
    assert answer.status_code == 403


@pytest.mark.any_database
def test_what_was_sent_back_is_not_told_to_lack_nothing(where: Territory, school: Etablissement) -> None:
    sheet = factories.action(where, school, Etat.TO_COMPLETE)
    owner = signed_in(factories.person(TypeRole.PORTEUR, etablissement=school))
    page = html(owner, sheet_address(sheet))
    assert "Il ne manque rien" not in page
    assert "Renvoyer à l’académie" in page


# -- saved while one types -------------------------------------------------------------------------------


def test_a_draft_is_saved_while_one_types(client: Client, sheet: Action) -> None:
    address = reverse("actions:enregistrer", args=[sheet.pk])
    assert address in html(client, sheet_address(sheet))
    read = fields(client, sheet)
    answer = client.post(address, read | {"temporality": "annee"})
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert "Il ne manque rien" in answer.json()["manque"]
    # the answer was lost on the way: the same again is no conflict
    assert client.post(address, read | {"temporality": "annee"}).json()["version"] == 1
    assert client.post(address, read | {"title": "D’un autre onglet"}).status_code == 409
    assert [entry.verb for entry in journal.entries(sheet)] == ["declare"]


def test_a_line_saved_a_moment_ago_stays_when_another_is_added(client: Client, sheet: Action) -> None:
    address = reverse("actions:enregistrer", args=[sheet.pk])
    read = fields(client, sheet)
    typed = read | {"liens-TOTAL_FORMS": "1", "liens-0-url": "https://a.example"}
    version = str(client.post(address, typed).json()["version"])
    more = {"liens-TOTAL_FORMS": "2", "liens-1-url": "https://b.example", "version": version}
    assert client.post(address, typed | more).status_code == 200
    assert [row.url for row in sheet.liens.all()] == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Titre de l’action : Donnez un titre"),
        ({"liens-TOTAL_FORMS": "1", "liens-0-url": "x y"}, "Liens : Cette adresse est incomplète"),
        ({"etablissement": "0219999Z"}, "Établissement qui la porte : "),
        ({"liens-TOTAL_FORMS": "x"}, "rechargez"),
    ],
)
def test_what_cannot_be_saved_yet_is_told(
    client: Client, sheet: Action, typed: dict[str, str], words: str
) -> None:
    address = reverse("actions:enregistrer", args=[sheet.pk])
    answer = client.post(address, fields(client, sheet) | typed)
    assert answer.status_code == 422
    assert words in answer.json()["message"]


def test_what_others_read_is_not_saved_before_one_says_so(
    where: Territory, school: Etablissement, client: Client
) -> None:
    person = factories.person(TypeRole.PORTEUR, "p@ac-dijon.fr", etablissement=school)
    referent = factories.person(TypeRole.REFERENT, "r@ac-dijon.fr", bassin=where.bassin)
    draft, waiting = (factories.action(where, school, etat) for etat in (Etat.DRAFT, Etat.SUBMITTED))
    for who, sheet, alone in ((person, draft, True), (person, waiting, False), (referent, draft, False)):
        page = html(signed_in(who), sheet_address(sheet))
        assert ("data-adresse" in page) is alone
    assert client.post(reverse("actions:enregistrer", args=[draft.pk]), {}).status_code == 404


def test_a_refused_form_leads_to_each_answer_and_offers_no_sending(client: Client, sheet: Action) -> None:
    wrong = {"starts": "2016-03-19", "ends": "2016-03-10", "private_email": "x@"}
    page = client.post(sheet_address(sheet), fields(client, sheet) | wrong).content.decode()
    for anchor in ("id_ends", "id_private_email"):
        assert f'<a href="#{anchor}">' in page
        assert f'id="{anchor}"' in page
    assert re.search(r"data-manque hidden", page)
    assert not re.search(r"data-manque hidden", client.get(sheet_address(sheet)).content.decode())
