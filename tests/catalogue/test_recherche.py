"""The page of search: what it finds, proposes and tells, and what it never shows."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import PieceJointe, Theme
from accroche.actions.regles import CodeTheme, Consentement
from accroche.annuaire.models import Departement, Etablissement
from accroche.campagne.models import Edition, Ressource
from accroche.catalogue.communes import Communes
from accroche.catalogue.criteres import LAST_PAGE, Criteres, Point
from accroche.catalogue.presentation import recherche as presentation
from accroche.catalogue.queries import lieux, liste
from accroche.catalogue.queries import recherche as queries
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from accroche.actions.models import Action
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/actions/"
SUGGESTIONS = "/recherche/suggestions/"
NEVERS = {"insee": "58194", "latitude": 46.99, "longitude": 3.16, "commune": "Nevers"}


def text_of(client: Client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " "))


@pytest.fixture
def nievre(where: Territory) -> Territory:
    """The académie of Dijon, whose schools are in the Nièvre."""
    Departement.objects.filter(pk=where.departement.pk).update(code="58", name="Nièvre")
    where.departement.refresh_from_db()
    return where


def sheet(where: Territory, number: int = 1, title: str = "Forum des métiers", **columns: Any) -> Action:
    school = factories.school(where, number, **{"name": f"Collège Adam {number}"} | NEVERS | columns)
    return factories.action(where, school, Etat.PUBLISHED, title=title)


def test_the_address_is_the_state_and_stays_short(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    typed = f"{LIST}?q=&ou=&rayon=30&niveau=college&du=&au=&edition="
    assert client.get(typed).headers["Location"] == f"{LIST}?niveau=college"
    page = client.get(f"{LIST}?niveau=college")
    assert page.status_code == 200
    assert (
        '<link rel="canonical" href="http://127.0.0.1:8000/actions/?niveau=college">' in page.content.decode()
    )
    assert '<meta name="robots" content="noindex, follow">' in page.content.decode()
    assert "noindex" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}?utm_source=lettre").status_code == 200
    assert client.get(f"{LIST}?page=7").headers["Location"] == LIST


def test_one_finds_by_a_word_and_takes_filters_away(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    sheet(nievre, 2, "Jardin partagé")
    found = text_of(client, f"{LIST}?q=metiers&academie=dijon&niveau=college")
    assert "1 action trouvée pour « metiers »" in found
    assert "Forum des métiers" in found
    assert "Jardin partagé" not in found
    assert "Supprimer le filtre Dijon" in found
    assert "Supprimer le filtre Collège" in found
    assert "Tout effacer" in found
    page = client.get(f"{LIST}?q=metiers&academie=dijon&niveau=college").content.decode()
    assert 'href="/actions/?q=metiers&amp;niveau=college"' in page
    assert 'href="/carte/?q=metiers&amp;academie=dijon&amp;niveau=college"' in page
    assert 'href="/agenda/?q=metiers&amp;academie=dijon&amp;niveau=college"' in page
    assert "2 actions publiées" in text_of(client, LIST)


def test_a_place_typed_by_its_name_is_near(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    moved = client.get(f"{LIST}?q=&ou=nevers&rayon=20").headers["Location"]
    assert moved == f"{LIST}?pres=46.99,3.16&lieu=Nevers+%2858%29&rayon=20"
    found = text_of(client, moved)
    assert "1 action trouvée à moins de 20 km de Nevers (58)" in found
    assert "tout près" in found
    # the field as it came keeps the place, emptied it takes it away
    kept = "pres=46.99,3.16&lieu=Nevers+%2858%29"
    assert client.get(f"{LIST}?{kept}&ou=Nevers+(58)").headers["Location"] == f"{LIST}?{kept}"
    assert client.get(f"{LIST}?{kept}&ou=").headers["Location"] == LIST
    assert "Aucune commune connue ne s’appelle « Xyzzy »" in text_of(client, f"{LIST}?ou=Xyzzy")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("près de Nevers", ""),
        ("Forum tout près de nevers", "q=Forum&"),
        ("aux alentours de Nevers", ""),
        ("forum à proximité de NEVERS", "q=forum&"),
        ("forum autour de Nevers", "q=forum&"),
        ("atelier autour du jeu près de Nevers", "q=atelier+autour+du+jeu&"),
    ],
)
def test_a_place_told_among_the_words_is_a_place(
    client: Client, nievre: Territory, typed: str, kept: str
) -> None:
    sheet(nievre)
    moved = client.get(LIST, {"q": typed, "ou": ""}).headers["Location"]
    assert moved == f"{LIST}?{kept}pres=46.99,3.16&lieu=Nevers+%2858%29"


def test_what_no_commune_is_called_stays_words_and_a_seat_leads_to_its_departement(
    client: Client, nievre: Territory
) -> None:
    sheet(nievre, commune="Decize")
    lieux.forget()  # a school of this very number was elsewhere in another test
    assert "« autour de la lecture »" in text_of(client, f"{LIST}?q=autour+de+la+lecture")
    # Le Jardin, La Couture and Contes are communes as well
    assert "« autour de nevers »" in text_of(client, f"{LIST}?q=autour+de+nevers")
    assert "près de Neverss" in text_of(client, f"{LIST}?q=pr%C3%A8s+de+Neverss")
    told = text_of(client, f"{LIST}?q=xyzzy+pr%C3%A8s+de+Nevers")
    assert "Aucun établissement connu n’est à Nevers" in told
    assert "Aucune action trouvée pour « xyzzy »" in told


@pytest.mark.any_database
def test_a_distance_of_one_s_own_is_offered_among_the_others(client: Client) -> None:
    page = client.get(f"{LIST}?pres=47.30,3.16&rayon=37").content.decode()
    offered = re.findall(r'<option value="(\d+)"\s+(selected)?>', page)
    assert offered == [(str(km), "selected" if km == 37 else "") for km in (5, 10, 20, 30, 37, 50, 100, 200)]


def test_days_typed_the_other_way_round_are_exchanged_and_told(client: Client, nievre: Territory) -> None:
    school = factories.school(nievre)
    factories.action(nievre, school, Etat.PUBLISHED, title="Bal", starts=dt.date(2026, 3, 1))
    told = text_of(client, f"{LIST}?du=2027-05-01&au=2026-01-01")
    assert "les deux dates ont été échangées" in told
    assert "Bal" in told


def test_one_chooses_among_communes_of_one_name(client: Client, nievre: Territory) -> None:
    other = factories.territory("Lyon", "69")
    sheet(nievre, commune="Saint-Denis")
    factories.school(other, 1, commune="Saint-Denis", insee="69204", latitude=45.7, longitude=4.7)
    found = text_of(client, f"{LIST}?ou=St-Denis&niveau=college")
    assert "De quelle commune parlez-vous" in found
    assert "Saint-Denis (58)" in found
    page = client.get(f"{LIST}?ou=St-Denis&niveau=college").content.decode()
    assert "niveau=college&amp;pres=45.70,4.70&amp;lieu=Saint-Denis" in page
    assert "lieu=Saint-Denis" in client.get(f"{LIST}?ou=69000+Saint-Denis").headers["Location"]


def test_nothing_found_proposes_the_nearest(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    assert "Vouliez-vous dire métiers ?" in text_of(client, f"{LIST}?q=m%C3%A9teirs")
    dropped = text_of(client, f"{LIST}?q=metiers&niveau=lycee&nature=prevention")
    assert "1 action sans aucun filtre" in dropped
    assert "sans le filtre" not in dropped
    assert "1 action sans le filtre « Niveau »" in text_of(client, f"{LIST}?q=metiers&niveau=lycee")
    far = text_of(client, f"{LIST}?pres=47.30,3.16&lieu=Donzy&rayon=10")
    assert "Les actions les plus proches : Nevers (à 34 km environ)" in far
    assert "1 action à moins de 50 km" in far
    assert "1 action dans toute la France" in text_of(
        client, f"{LIST}?pres=47.30,3.16&rayon=10&niveau=college"
    )


def test_filters_that_contradict_say_so(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    factories.territory("Lyon", "69")
    told = text_of(client, f"{LIST}?academie=lyon&departement=58")
    assert "Nièvre (58) n’est pas dans l’académie de Lyon." in told
    late = text_of(client, f"{LIST}?edition={factories.YEAR}&du=2030-01-01")
    assert f"en dehors de l’année scolaire {factories.YEAR}" in late


@pytest.mark.parametrize("remembered", [lieux.REMEMBERED, 0])
def test_schools_territories_and_documents_answer_too(
    client: Client, nievre: Territory, remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether documents are few enough to be remembered, or asked for each time."""
    monkeypatch.setattr(lieux, "REMEMBERED", remembered)
    sheet(nievre)
    assert "Établissement Collège Adam 1" in text_of(client, f"{LIST}?q=college+adam")
    assert "Département Nièvre (58)" in text_of(client, f"{LIST}?q=nievre")
    assert "Académie Dijon" in text_of(client, f"{LIST}?q=dijon")
    assert "Commune Nevers (58)" in text_of(client, f"{LIST}?q=nevers")
    for position, shown in enumerate((True, False)):
        Ressource.objects.create(
            semaine=nievre.semaine,
            title=f"Plaquette {position}",
            url="https://exemple.fr/",
            published=shown,
            position=position,
        )
    found = text_of(client, f"{LIST}?q=plaquette")
    assert "Document Plaquette 0" in found
    assert "Plaquette 1" not in found
    Edition.objects.update(published_at=None)
    assert "Document" not in text_of(client, f"{LIST}?q=plaquette")


def test_suggestions_name_places_then_actions_then_schools(client: Client, nievre: Territory) -> None:
    sheet(nievre)
    factories.action(nievre, etat=Etat.SUBMITTED, title="Nevers en attente")
    found = client.get(f"{SUGGESTIONS}?q=neve").json()["suggestions"]
    assert [(row["genre"], row["label"]) for row in found] == [
        ("Commune", "Nevers (58)"),
        ("Action", "Forum des métiers"),
        ("Établissement", "Collège Adam 1"),
    ]
    only = client.get(f"{SUGGESTIONS}?q=neve&genre=commune").json()["suggestions"]
    assert [row["genre"] for row in only] == ["Commune"]
    assert client.get(f"{SUGGESTIONS}?q=n").json() == {"suggestions": []}


def test_what_is_not_public_is_nowhere(client: Client, nievre: Territory) -> None:
    shown = sheet(nievre)
    for etat in (Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.WITHDRAWN):
        factories.action(nievre, etat=etat, title=f"Secret {etat}")
    factories.action(nievre, etat=Etat.MERGED, title="Secret fusionné", merged_into=shown)
    past = factories.territory("Dijon", "58", year="2024-2025")
    Edition.objects.filter(year="2024-2025").update(published_at=None)
    factories.action(past, etat=Etat.PUBLISHED, title="Secret d’une autre édition")
    piece = factories.piece(shown)
    for path in (LIST, f"{LIST}?q=secret", f"{SUGGESTIONS}?q=secret", f"{LIST}?academie=dijon"):
        page = (
            client.get(path, follow=True).content.decode().replace("q=secret", "").replace("« secret »", "")
        )
        assert "Secret" not in page, path
        assert "2024-2025" not in page, path
        assert f"/pieces/{piece.pk}" not in page, path
    # an image is shown once its consent is recorded, and light
    PieceJointe.objects.filter(pk=piece.pk).update(consent=Consentement.NOBODY, state="ready")
    assert queries.cards([shown.pk])[0].pieces.count() == 1
    assert f'src="/pieces/{piece.pk}' in client.get(LIST).content.decode()
    PieceJointe.objects.filter(pk=piece.pk).update(size=liste.LIGHT + 1)
    assert f'src="/pieces/{piece.pk}' not in client.get(LIST).content.decode()


@pytest.mark.parametrize("path", [LIST, f"{LIST}?q=forum&niveau=college", f"{SUGGESTIONS}?q=forum"])
def test_a_list_costs_the_same_queries_with_one_row_and_with_three(
    client: Client,
    nievre: Territory,
    path: str,
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    sheet(nievre)
    client.get(path)
    with django_assert_max_num_queries(30) as first:
        client.get(path)
        once = len(first)
    sheet(nievre, 2)
    sheet(nievre, 3)
    client.get(path)
    with django_assert_num_queries(once):
        client.get(path)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=" + "a" * 10_000, "trop longue"),
        ("&".join(f"academie=a{n}" for n in range(500)), "choix ont été retenus"),
        ("page=1000000000", "précisez votre recherche"),
        ("pres=1,2&rayon=-1", "30 km ont été retenus"),
        ("ou=" + "z" * 10_000, "Aucune commune"),
        ("q=a%1fb", "Aucune action trouvée pour « a b »"),
    ],
)
def test_abuse_is_bounded_and_told(client: Client, nievre: Territory, query: str, told: str) -> None:
    sheet(nievre)
    assert told in text_of(client, f"{LIST}?{query}")


@pytest.mark.parametrize("query", ["q=%00", "q=" + "%ED%A0%80", "niveau=%00", "genre=%00&q=ab%00"])
def test_what_no_text_holds_is_refused_or_read_as_nothing(
    client: Client, where: Territory, query: str
) -> None:
    assert where.semaine.pk
    for path in (LIST, SUGGESTIONS):
        assert client.get(f"{path}?{query}", follow=True).status_code in {200, 400}


def test_deep_pages_end_with_a_way_on() -> None:
    last = presentation.feuilletage(Criteres(page=LAST_PAGE), 10_000, LIST)
    assert (last.pages, last.after, last.cut) == (LAST_PAGE, "", True)
    middle = presentation.feuilletage(Criteres(q="a", page=2), 41, LIST)
    assert (middle.before, middle.after, middle.pages, middle.cut) == (
        f"{LIST}?q=a",
        f"{LIST}?q=a&page=3",
        3,
        False,
    )


def test_words_of_a_page() -> None:
    day = dt.date(2026, 3, 1)
    assert presentation.periode(Criteres(du=day)) == "à partir du 1er\u00a0mars 2026"
    assert presentation.periode(Criteres(au=day)) == "jusqu’au 1er\u00a0mars 2026"
    assert presentation.distance(1.2) == "tout près"
    assert (
        presentation.titre(Criteres(q="a", page=2), 40)
        == "40\u00a0actions trouvées pour «\u00a0a\u00a0», page 2"
    )
    assert presentation.phrase(Criteres(), 0) == "Aucune action publiée"
    albi = Criteres(pres_de=Point(43.93, 2.15, "Albi (81)"))
    assert presentation.phrase(albi, 0) == "Aucune action trouvée à moins de 30\u00a0km d’Albi (81)"


COMMUNES = Communes(
    [
        ("Nevers", "58", "58194", 47.0, 3.2),
        ("Nevers", "58", "58194", 46.9, 3.1),
        ("Paris  1er  Arrondissement", "75", "75101", 48.86, 2.34),
        ("Paris 20e Arrondissement", "75", "75120", 48.86, 2.40),
        ("Saint-Étienne", "42", "42218", 45.4, 4.4),
        ("L’Île-d’Yeu", "85", "85113", 46.7, -2.3),
        ("Val-de-Reuil", "27", "27701", 49.3, 1.2),
        ("...", "01", "01001", 46.0, 5.0),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nevers", ["Nevers (58)"]),
        ("58000 Nevers", ["Nevers (58)"]),
        ("Nevers (75)", ["Nevers (58)"]),
        ("neverss", ["Nevers (58)"]),
        ("Paris", ["Paris (75)"]),
        ("st etienne", ["Saint-Étienne (42)"]),
        ("l'ile d'yeu", ["L’Île-d’Yeu (85)"]),
        ("val de", ["Val-de-Reuil (27)"]),
        ("xyz", []),
        ("...", []),
        ("", []),
    ],
)
def test_a_commune_is_found_from_what_people_type(typed: str, found: list[str]) -> None:
    assert [place.label for place in COMMUNES.named(typed, 5)] == found


def test_a_commune_stands_in_the_middle_of_its_schools() -> None:
    (nevers,) = COMMUNES.begun("neve", 5)
    assert (round(nevers.lat, 2), round(nevers.lon, 2), len(COMMUNES)) == (46.95, 3.15, 5)
    assert COMMUNES.of_insee("75120") is None
    paris = COMMUNES.of_insee("75101")
    assert paris is not None
    assert paris.point.label == "Paris (75)"
    assert Etablissement.objects.count() == 0


def test_a_sheet_leads_to_those_that_resemble_it_elsewhere(client: Client, nievre: Territory) -> None:
    lyon = factories.territory("Lyon", "69", year="2025-2026")
    read, like = sheet(nievre), factories.action(lyon, etat=Etat.PUBLISHED, title="Salon des métiers")
    factories.action(nievre, etat=Etat.SUBMITTED, title="Métiers en attente")
    theme, _ = Theme.objects.get_or_create(code=CodeTheme.DECOUVERTE_METIERS)
    for action in (read, like):
        action.themes.add(theme)
    page = f"/editions/{factories.YEAR}/academies/dijon/actions/{read.slug}/"
    found = text_of(client, page)
    assert "Actions proches Lyon Salon des métiers" in found
    assert "en attente" not in found
    assert (
        f'href="/editions/2025-2026/academies/lyon/actions/{like.slug}/"' in client.get(page).content.decode()
    )
