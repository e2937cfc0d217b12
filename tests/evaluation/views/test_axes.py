"""The pages of axes: what is suggested, chosen, said of those before, printed; who chose what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.annuaire.models import Academie
from accroche.campagne.axes import CATALOGUE
from accroche.campagne.models import AxeRetenu, Edition, Ressource, Semaine
from accroche.campagne.regles import Alliances, StatutSemaine
from accroche.comptes.regles import TypeRole
from accroche.evaluation.models import SuiviAxe
from accroche.evaluation.operations.axes import axes_of
from tests import factories
from tests.factories import NOW, YEAR

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ADDRESS = f"/pilotage/axes/{YEAR}/dijon/"


def browser(kind: TypeRole, **where: object) -> Client:
    found = Client()
    person = factories.person(kind, f"{kind}.axes@example.fr", **where)
    found.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def catalogue(edition: Edition) -> None:
    for position, axe in enumerate(CATALOGUE.values()):
        edition.axes.create(code=axe.code, label=axe.label, position=position)


@pytest.fixture
def client(where: Territory) -> Client:
    catalogue(where.semaine.edition)
    Semaine.objects.filter(pk=where.semaine.pk).update(
        alliances=Alliances.INTERNES, status=StatutSemaine.REPORTED, lycee=True
    )
    return browser(TypeRole.MODERATEUR, academie=where.academie)


def text_of(client: Client, address: str) -> str:
    return plain(client.get(address).content)


def plain(content: bytes) -> str:
    return re.sub(r"\s+", " ", content.decode().replace("&nbsp;", " ").replace("\u00a0", " "))


def typed(*axes: tuple[str, str], version: int = 0, **more: str) -> dict[str, str]:
    ranks = {"version": str(version)}
    for rank in range(1, 5):
        code, detail = axes[rank - 1] if rank <= len(axes) else ("", "")
        ranks |= {f"axe_{rank}": code, f"detail_{rank}": detail}
    return ranks | more


def test_an_academie_reads_why_chooses_and_prints(where: Territory, client: Client) -> None:
    page = text_of(client, ADDRESS)
    assert "Les alliances restent internes à l’Éducation nationale." in page
    assert "les voir et les compléter" in page
    assert CATALOGUE["dynamique"].pistes[0] in page
    begun = text_of(client, f"{ADDRESS}?depuis=propositions")
    assert '<option value="valorisation" selected>' in begun
    response = client.post(ADDRESS, typed(("partenaires", "Avec la Région."), ("", ""), ("niveaux", "")))
    assert response.headers["Location"] == ADDRESS
    assert [axe.code for axe in axes_of(where.semaine)] == ["partenaires", "niveaux"]
    told = text_of(client, ADDRESS)
    assert told.index("Qui a choisi quoi") < told.index(
        "1. Mobiliser davantage les partenaires de l’École – Avec"
    )
    printed = text_of(client, f"{ADDRESS}imprimer/")
    assert printed.index("1. Mobiliser davantage") < printed.index("2. Toucher tous les niveaux")
    assert "Avec la Région." in printed
    public = text_of(client, f"/editions/{YEAR}/academies/dijon/")
    assert "Avec la Région." in public


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (typed(), "Choisissez au moins un axe"),
        (typed(("niveaux", ""), ("niveaux", "")), "déjà choisi plus haut"),
        (typed(("", "Un mot seul")), "Choisissez l’axe dont parle ce texte"),
        (typed(("niveaux", "Appelez le 06 12 34 56 78")), "numéro de téléphone"),
        (typed(("zzz", "")), "Choisissez dans la liste"),
        (typed(("niveaux", "x" * 1501)), "raccourcissez-le"),
    ],
)
def test_what_cannot_be_kept_is_told_where_it_is(
    where: Territory, client: Client, form: dict[str, str], message: str
) -> None:
    response = client.post(ADDRESS, form)
    assert response.status_code == 200
    assert message in plain(response.content)
    assert axes_of(where.semaine) == ()


def test_two_who_choose_lose_nothing(where: Territory, client: Client) -> None:
    client.post(ADDRESS, typed(("niveaux", "Les écoles.")))
    response = client.post(ADDRESS, typed(("animation", "Un forum.")))
    page = plain(response.content)
    assert response.status_code == 409
    assert "Vous avez enregistré entre-temps, dans un autre onglet" in page
    assert "Les écoles." in page
    assert "Un forum." in page
    assert [axe.code for axe in axes_of(where.semaine)] == ["niveaux"]
    again = typed(("animation", "Un forum."), version=1)
    client.post(ADDRESS, again | {"choix-axes": "site"})
    assert [axe.code for axe in axes_of(where.semaine)] == ["niveaux"]
    client.post(ADDRESS, again | {"choix-axes": "saisie"})
    assert [axe.code for axe in axes_of(where.semaine)] == ["animation"]


def test_readers_and_the_bureau_read_only(where: Territory, client: Client) -> None:
    client.post(ADDRESS, typed(("niveaux", "Les écoles.")))
    for kind, more in ((TypeRole.LECTEUR, {"academie": where.academie}), (TypeRole.NATIONAL, {})):
        reader = browser(kind, **more)
        page = text_of(reader, ADDRESS)
        assert "Les écoles." in page
        assert 'name="axe_1"' not in page
        assert reader.post(ADDRESS, typed(("animation", ""))).status_code == 403
        assert reader.post(f"{ADDRESS}suivi/", {}).status_code == 403
    assert [axe.code for axe in axes_of(where.semaine)] == ["niveaux"]


@pytest.fixture
def before(where: Territory) -> Semaine:
    """Lyon's semaine of two editions ago, whose académie Dijon follows, with its axes."""
    old = factories.territory("Lyon", "69", "2024-2025")
    catalogue(old.semaine.edition)
    old.academie.successors.add(where.academie)
    Semaine.objects.filter(pk=old.semaine.pk).update(
        alliances=Alliances.INTERNES, status=StatutSemaine.REPORTED, lycee=True
    )
    for position, code in enumerate(["partenaires", "niveaux"]):
        axe = old.semaine.edition.axes.get(code=code)
        AxeRetenu.objects.create(semaine=old.semaine, axe=axe, detail=f"Détail {code}", position=position)
    return old.semaine


def test_what_became_of_the_axes_of_those_one_follows(
    where: Territory, client: Client, before: Semaine
) -> None:
    Semaine.objects.filter(pk=where.semaine.pk).update(
        alliances=Alliances.INTERNES_EXTERNES, premier_degre=True
    )
    page = text_of(client, ADDRESS)
    assert "Que sont devenus les axes de 2024-2025 ?" in page
    assert "L’académie est issue de Lyon" in page
    assert "Académie de Lyon : Détail partenaires" in page
    assert page.count("il n’est plus proposé") == 1
    assert page.count("ne le proposent pas") == 1, "nobody had counted anything then"
    assert "en plus : Premier degré" in page
    told = {"code": "niveaux", "version": "0", "mot": "fait", "comment": "Dix écoles sont venues."}
    assert client.post(f"{ADDRESS}suivi/", told).headers["Location"] == ADDRESS
    assert "Fait</strong>, dit l’académie. Dix écoles sont venues." in text_of(client, ADDRESS)
    assert "</strong> Fait, dit l’académie." in text_of(client, f"{ADDRESS}imprimer/")
    stale = client.post(f"{ADDRESS}suivi/", told | {"mot": "pas_encore"})
    assert stale.status_code == 409
    assert "Une autre réponse a été enregistrée entre-temps" in plain(stale.content)
    assert SuiviAxe.objects.get().said == "fait"
    assert "Dites où vous en êtes" in plain(client.post(f"{ADDRESS}suivi/", told | {"mot": ""}).content)
    assert client.post(f"{ADDRESS}suivi/", told | {"code": "animation"}).status_code == 404


def test_whom_to_look_at_has_something_to_open(where: Territory, client: Client) -> None:
    other = factories.territory("Caen", "14")
    Semaine.objects.filter(pk=other.semaine.pk).update(status=StatutSemaine.REPORTED)
    Ressource.objects.create(
        semaine=other.semaine,
        title="Le dossier de presse de Caen",
        published=True,
        kind="dossier_presse",
        url="https://www.ac-caen.fr/dossier",
        position=0,
    )
    page = text_of(client, ADDRESS)
    assert '<a class="a-cible" href="https://www.ac-caen.fr/dossier" rel="external">' in page
    assert "Académie de Caen" in page


def test_the_bureau_reads_who_chose_what(where: Territory, client: Client) -> None:
    factories.territory("Lyon", "69")
    client.post(ADDRESS, typed(("niveaux", "")))
    bureau = browser(TypeRole.NATIONAL)
    address = f"/pilotage/axes/{YEAR}/"
    assert address in text_of(bureau, "/pilotage/axes/")
    with CaptureQueriesContext(connection) as few:
        page = text_of(bureau, address)
    assert "1 académie a choisi" in page
    places = [page.index(words) for words in ("Toucher tous", ">Dijon</a>", "N’ont pas encore", ">Lyon</a>")]
    assert places == sorted(places)
    for name, code in (("Caen", "14"), ("Nice", "06"), ("Lille", "59")):
        factories.territory(name, code)
    with CaptureQueriesContext(connection) as many:
        text_of(bureau, address)
    assert len(many) == len(few)
    assert client.get(address).status_code == 403


def test_an_academie_finds_its_semaines_in_its_tools(where: Territory, client: Client) -> None:
    assert "/pilotage/axes/" in text_of(client, reverse("portail:tableau"))
    assert ADDRESS in text_of(client, "/pilotage/axes/")
    Academie.objects.filter(pk=where.academie.pk).update(valid_until=NOW.date())
    Semaine.objects.all().delete()
    assert "Aucune édition n’a encore de semaine ici" in text_of(client, "/pilotage/axes/")


def test_the_page_of_an_academie_asks_as_much_whatever_the_others(
    where: Territory, client: Client, before: Semaine
) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for name, code in (("Caen", "14"), ("Nice", "06")):
        factories.territory(name, code)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few)


def test_the_list_asks_as_much_for_one_semaine_as_for_three(where: Territory, client: Client) -> None:
    address = "/pilotage/axes/"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for year in ("2025-2026", "2024-2025"):
        factories.territory(year=year)
    with CaptureQueriesContext(connection) as many:
        assert text_of(client, address).count("Académie de Dijon") == 3
    assert len(many) == len(few)
