"""The page where an académie writes its semaine, and its preview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.campagne.models import Edition, Semaine, TempsFort
from accroche.commun.models import JournalEntry
from accroche.comptes.regles import TypeRole
from accroche.pilotage.queries.semaine import semaine_content
from tests import factories
from tests.factories import NOW, YEAR
from tests.pilotage.test_semaine_form import sent

if TYPE_CHECKING:
    from accroche.dossier.dossier import SemaineDossier
    from tests.factories import Territory

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDRESS = f"/pilotage/semaines/{YEAR}/dijon/"
PREVIEW = f"/editions/{YEAR}/academies/dijon/apercu/"
PUBLIC = f"/editions/{YEAR}/academies/dijon/"


@pytest.fixture
def client(where: Territory) -> Client:
    person = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    found = Client()
    found.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def form_of(where: Territory, **typed: str) -> dict[str, list[str]]:
    where.semaine.refresh_from_db()
    version = str(where.semaine.version)
    return (
        sent(semaine_content(where.semaine))
        | {"version": [version]}
        | {name.replace("__", "-"): [value] for name, value in typed.items()}
    )


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_one_writes_and_the_public_reads(where: Territory, client: Client) -> None:
    assert "En préparation" in text_of(client, PUBLIC)
    typed = form_of(
        where,
        title="Dijon persévère",
        windows__0__starts="2027-03-15",
        windows__0__ends="2027-03-19",
        temps_forts__0__title="Le tour des lycées",
        temps_forts__0__stops="Nevers",
        actions_figures="une trentaine",
    )
    response = client.post(ADDRESS, typed)
    assert response.headers["Location"] == ADDRESS
    page = text_of(client, ADDRESS)
    assert "rubriques ont changé" in page
    assert "Compris ainsi" in page
    assert "environ 30" in page
    public = text_of(Client(), PUBLIC)
    for words in ("Dijon persévère", "15 au 19 mars 2027", "Le tour des lycées", "Nevers", "En préparation"):
        assert words in public
    assert "environ 30 annoncées par l’académie, aucune fiche publiée à ce jour" in public.lower()


def test_what_helps_to_fill_it_is_set_as_french_is(where: Territory, client: Client) -> None:
    page = client.get(f"/pilotage/semaines/{YEAR}/{where.academie.slug}/").content.decode()
    assert "«\u00a0plus de 30\u00a0»" in page  # no line of a phone ends with a guillemet


def test_a_refusal_gives_back_what_was_typed(where: Territory, client: Client) -> None:
    typed = form_of(where, narrative="Appelez le 06 12 34 56 78.", title="Un titre")
    page = client.post(ADDRESS, typed).content.decode()
    assert "Retirez ce numéro de téléphone" in page
    assert "Appelez le 06 12 34 56 78." in page
    assert "Un titre" in page
    assert Semaine.objects.get(pk=where.semaine.pk).version == 0


def test_a_button_of_a_list_writes_nothing(where: Territory, client: Client) -> None:
    typed = form_of(where, title="Un titre", partners__0__name="ONISEP") | {"ajouter": ["partners"]}
    page = client.post(ADDRESS, typed).content.decode()
    assert 'name="partners-1-name"' in page
    assert 'value="ONISEP"' in page
    assert 'value="Un titre"' in page
    assert Semaine.objects.get(pk=where.semaine.pk).title == ""


def test_two_writers_both_see_both_and_lose_nothing(where: Territory, client: Client) -> None:
    late = form_of(where, narrative="Ce que j’ai tapé.", title="Mon titre")
    assert client.post(ADDRESS, form_of(where, narrative="Écrit par un collègue.")).status_code == 302
    response = client.post(ADDRESS, late)
    assert response.status_code == 409
    page = response.content.decode()
    for words in ("Écrit par un collègue.", "Ce que j’ai tapé.", "Mon titre", "entre-temps"):
        assert words in page
    assert semaine_content(where.semaine).narrative == "Écrit par un collègue."
    # sent again from that page, it is meant
    assert client.post(ADDRESS, late | {"version": ["1"]}).status_code == 302
    assert semaine_content(where.semaine).narrative == "Ce que j’ai tapé."
    assert JournalEntry.objects.filter(subject=f"semaine:{where.semaine.pk}").count() == 2


def test_two_writers_choose_field_by_field(where: Territory, client: Client) -> None:
    """What one left alone is not imposed; what the site holds is kept where one says so."""
    read = form_of(where) | {"lu": [client.get(ADDRESS).context["form"]["lu"].value()]}
    theirs = form_of(where, narrative="Écrit par un collègue.", title="Leur titre")
    assert client.post(ADDRESS, theirs).status_code == 302
    mine = read | {"title": ["Mon titre"]}
    page = client.post(ADDRESS, mine).content.decode()
    checked = re.findall(r'id="(choix-\w+-\w+)"[^>]*\bchecked', page)
    assert checked == ["choix-title-saisie", "choix-narrative-site"]
    chosen = {"version": ["1"], "choix-title": ["saisie"], "choix-narrative": ["site"]}
    assert client.post(ADDRESS, mine | chosen).status_code == 302
    held = semaine_content(where.semaine)
    assert (held.title, held.narrative) == ("Mon titre", "Écrit par un collègue.")
    last = JournalEntry.objects.filter(subject=f"semaine:{where.semaine.pk}").latest("pk")
    assert last.changes == {"title": ["Leur titre", "Mon titre"]}


def test_the_journal_of_an_older_product_is_read_beside_the_new_one(where: Territory, client: Client) -> None:
    """It named fields by their labels, and held words."""
    subject = f"semaine:{where.semaine.pk}"
    former = {"Récit": ["", "Un récit."], "Où en est la semaine": ["Pas de bilan", "Bilan fait"]}
    JournalEntry.objects.create(subject=subject, at=NOW, actor_name="Une collègue", changes=former)
    assert client.post(ADDRESS, form_of(where, title="Un titre", pilot="La mission")).status_code == 302
    page = " ".join(text_of(client, ADDRESS).split())
    assert "Une collègue : récit, où en est la semaine" in page
    # PostgreSQL keeps the keys of JSON in an order of its own
    assert re.search("titre, service pilote|service pilote, titre", page)


def test_the_preview_shows_what_is_typed_and_writes_nothing(where: Territory, client: Client) -> None:
    typed = form_of(
        where,
        narrative="Un récit pas encore enregistré.",
        partners__0__name="ONISEP",
        help_asked="oui",
        help_text="Dit au bureau seul.",
    )
    page = client.post(PREVIEW, typed).content.decode()
    assert "Dit au bureau seul." not in page
    assert "Un récit pas encore enregistré." in page
    assert "Rien n’est enregistré" in page
    assert semaine_content(where.semaine).narrative == ""
    assert not JournalEntry.objects.filter(subject=f"semaine:{where.semaine.pk}").exists()
    assert "Un champ est à corriger" in client.post(PREVIEW, typed | {"ordinal": ["0"]}).content.decode()
    # somebody else wrote meanwhile: the preview still shows what is typed
    client.post(ADDRESS, form_of(where, title="Entre-temps"))
    assert "Un récit pas encore enregistré." in client.post(PREVIEW, typed).content.decode()


def test_the_semaine_of_an_edition_to_come_is_written_before_anybody_reads_it(
    where: Territory, client: Client
) -> None:
    Edition.objects.update(published_at=None)
    assert client.get(PUBLIC).status_code == 404
    assert client.post(ADDRESS, form_of(where, title="Bientôt")).status_code == 302
    assert "Bientôt" in client.get(PREVIEW).content.decode()
    Edition.objects.update(published_at=NOW)
    assert "Bientôt" in Client().get(PUBLIC).content.decode()


@pytest.mark.parametrize("address", [ADDRESS, PREVIEW, "/pilotage/semaines/"])
def test_a_page_asks_as_much_for_three_as_for_one(where: Territory, client: Client, address: str) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            position = TempsFort.objects.count()
            TempsFort.objects.create(
                semaine=where.semaine,
                title=f"T{number}",
                kind="forum",
                position=position,
                uid=f"forum-{position}",
            ).etapes.create(place="Nevers", position=0)
            factories.edition(f"20{30 + position}-20{31 + position}").semaines.create(
                academie=where.academie, status="preparing"
            )

    fill(1)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    fill(2)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).status_code == 200
    assert len(three) == len(one)


def test_the_dashboard_leads_there(client: Client) -> None:
    assert reverse("pilotage:semaines") in client.get(reverse("portail:tableau")).content.decode()


def test_of_a_closed_edition_the_page_says_so_and_gives_back_what_was_typed(
    where: Territory, client: Client
) -> None:
    typed = form_of(where, sponsor="Une marraine")
    Edition.objects.filter(year=YEAR).update(closed_at=NOW)
    answer = client.post(ADDRESS, typed)
    assert (answer.status_code, answer.context["close"]) == (409, True)
    assert "Une marraine" in answer.content.decode()
    assert Semaine.objects.get(pk=where.semaine.pk).sponsor == ""
    told = client.get(ADDRESS)
    assert (told.status_code, told.templates[0].name) == (200, "pilotage/semaine/close.html")


def test_of_an_edition_closed_while_the_page_is_sent_nothing_typed_is_lost(
    where: Territory, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def then_close(found: Semaine) -> SemaineDossier:
        Edition.objects.update(closed_at=NOW)
        return semaine_content(found)

    typed = form_of(where, sponsor="Une marraine de la semaine")
    for module, address in (("pilotage.views.semaine", ADDRESS), ("catalogue.views.editions", PREVIEW)):
        Edition.objects.update(closed_at=None)
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(f"accroche.{module}.semaine_content", then_close)
            answer = client.post(address, typed)
        assert (answer.status_code, "Une marraine de la semaine" in answer.content.decode()) == (409, True)
        assert answer.context.get("close", False) is (address == ADDRESS)  # there, in its own form
        assert semaine_content(where.semaine).sponsor == ""
    assert "Cette édition est close" in answer.content.decode()
    assert "Cette édition est close" in text_of(client, PREVIEW)


def test_a_preview_that_meets_a_writer_is_drawn(
    where: Territory, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def then_write(found: Semaine) -> SemaineDossier:
        Semaine.objects.update(version=7)
        return semaine_content(found)

    monkeypatch.setattr("accroche.catalogue.views.editions.semaine_content", then_write)
    assert "Une marraine" in client.post(PREVIEW, form_of(where, sponsor="Une marraine")).content.decode()
