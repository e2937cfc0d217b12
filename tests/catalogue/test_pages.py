"""Public pages of an edition: who sees what, and how it is worded."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Semaine
from accroche.campagne.regles import Signataire, StatutSemaine
from accroche.catalogue.presentation import editions as presentation
from accroche.catalogue.provenance import Reponse
from accroche.catalogue.queries import editions as queries
from tests import factories
from tests.factories import NOW, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from accroche.campagne.models import Edition
    from accroche.dossier.dossier import EditionDossier
    from tests.factories import Territory

BASE = "/editions/2015-2016/"
LISTS = {
    "accueil": "/",
    "edition": BASE,
    "academies": f"{BASE}academies/",
    "plan": "/plan-du-site/",
}


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    content = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", content).replace("&nbsp;", "\u00a0")
    return re.sub(r"[ \n]+", " ", plain)


@pytest.mark.any_database
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_queries_with_one_row_and_with_three(
    client: Client,
    name: str,
    edition_of: Callable[..., Edition],
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    edition_of("Nice")
    with django_assert_max_num_queries(40) as first:
        client.get(LISTS[name])
    edition_of("Nice", "Rouen", "Dijon")
    with django_assert_num_queries(len(first)):
        client.get(LISTS[name])


def test_the_story_comes_before_the_facts_and_the_facts_before_the_rest(
    client: Client, edition_of: Callable[..., Edition]
) -> None:
    edition_of("Montpellier")
    semaine = text_of(client, f"{BASE}academies/montpellier/")
    order = [
        "À Montpellier, la MLDS",
        "Actions identifiées",
        "Premier degré \u00a0: non",
        "Des actions à découvrir",
    ]
    places = [semaine.index(words) for words in order]
    assert places == sorted(places)
    action = text_of(client, f"{BASE}academies/montpellier/actions/start-up-ruffie/")
    told, facts = action.index("Deux jours sans cours"), action.index("Esprit d’entreprendre")
    assert told < facts < action.index("Actions proches")


@pytest.mark.any_database
def test_a_semaine_costs_the_same_queries_with_one_action_and_with_three(
    client: Client,
    edition_of: Callable[..., Edition],
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    edition_of("Nice", "Rouen", actions=1)
    path = f"{BASE}academies/rouen/"
    with django_assert_max_num_queries(40) as first:
        client.get(path)
    edition_of("Nice", "Rouen", actions=3)
    with django_assert_num_queries(len(first)):
        client.get(path)


@pytest.mark.any_database
def test_an_action_costs_the_same_queries_with_two_neighbours_and_with_four(
    client: Client,
    edition_of: Callable[..., Edition],
    django_assert_max_num_queries: Any,
    django_assert_num_queries: Any,
) -> None:
    edition = edition_of("Rouen", actions=3)
    first_action = Action.objects.filter(semaine__edition=edition).order_by("position")[0]
    path = f"{BASE}academies/rouen/actions/{first_action.slug}/"
    with django_assert_max_num_queries(20) as first:
        client.get(path)
    edition_of("Rouen", actions=5)
    with django_assert_num_queries(len(first)):
        client.get(path)


@pytest.mark.any_database
def test_the_pages_of_the_edition_answer(client: Client, edition_2015: Edition) -> None:
    """Those of each académie, and of the first and the last of its sheets."""
    for path in (*LISTS.values(), "/accessibilite/", "/mentions-legales/"):
        assert client.get(path).status_code == 200
    for semaine in edition_2015.semaines.select_related("academie"):
        address = f"{BASE}academies/{semaine.academie.slug}/"
        assert client.get(address).status_code == 200
        slugs = list(semaine.actions.order_by("position").values_list("slug", flat=True))
        for slug in {*slugs[:1], *slugs[-1:]}:
            assert client.get(f"{address}actions/{slug}/").status_code == 200


def test_an_unpublished_edition_is_nowhere(client: Client, edition_of: Callable[..., Edition]) -> None:
    edition_of("Rouen", published=False)
    action = Action.objects.order_by("position").first()
    assert action is not None
    for path in (
        BASE,
        f"{BASE}academies/",
        f"{BASE}academies/rouen/",
        f"{BASE}academies/rouen/actions/{action.slug}/",
    ):
        assert client.get(path).status_code == 404
    assert "2015-2016" not in client.get("/plan-du-site/").content.decode()
    assert client.get("/academies/").headers["Location"] == "/"
    assert client.get("/edition/").headers["Location"] == "/"


def test_an_action_awaiting_moderation_is_nowhere(client: Client, edition_of: Callable[..., Edition]) -> None:
    edition_of("Rouen")
    waiting = Action.objects.order_by("position").first()
    assert waiting is not None
    Action.objects.filter(pk=waiting.pk).update(etat=Etat.SUBMITTED, remarkable=True)
    assert client.get(f"{BASE}academies/rouen/actions/{waiting.slug}/").status_code == 404
    for path in ("/", BASE, f"{BASE}academies/", f"{BASE}academies/rouen/"):
        assert waiting.slug not in client.get(path).content.decode()
    assert "4\u00a0récits" in text_of(client, f"{BASE}academies/")


def test_an_academie_without_actions_says_so(client: Client, edition_of: Callable[..., Edition]) -> None:
    edition_of("Rouen", actions=0)
    assert "Aucune action n’est encore racontée" in text_of(client, f"{BASE}academies/rouen/")
    assert "Elles ont été remarquées" not in text_of(client, "/")


@pytest.mark.any_database
def test_an_academie_that_told_nothing_of_a_closed_edition_prepares_nothing(
    client: Client, where: Territory
) -> None:
    address = f"/editions/{YEAR}/academies/dijon/"
    assert "prépare sa semaine" in text_of(client, address)
    where.semaine.edition.closed_at = NOW
    where.semaine.edition.save()
    page = text_of(client, address)
    assert "prépare" not in page
    assert "à venir" not in page
    assert "n’en a pas rendu compte" in page
    assert "Dates non communiquées" in page
    assert "dates à venir" not in text_of(client, f"/editions/{YEAR}/academies/")


@pytest.mark.parametrize(("today", "over"), [(19, False), (20, True)])
def test_a_semaine_is_told_in_the_past_the_day_after_its_last(today: int, *, over: bool) -> None:
    windows = ((dt.date(2027, 3, 15), dt.date(2027, 3, 19)), (dt.date(2027, 3, 1), dt.date(2027, 3, 2)))
    assert presentation.est_passee(windows, dt.date(2027, 3, today)) is over
    assert not presentation.est_passee((), dt.date(2027, 3, today))


@pytest.mark.usefixtures("edition_2015")
def test_an_unavailable_academie_keeps_its_page(client: Client) -> None:
    text = text_of(client, f"{BASE}academies/toulouse/")
    assert "Données non disponibles" in text
    assert "Du 11 au 15\u00a0avril 2016" in text
    assert "N.C." not in text


def test_what_was_signed_beside_published_sheets_denies_none_of_them() -> None:
    signed = Semaine(absence_by=Signataire.ACADEMIE, absence_on=dt.date(2027, 6, 1), absence_word="le SAIO")
    [(label, told)] = presentation.reperes(signed)
    assert label == "Compte rendu non disponible"
    assert told.startswith("Signé le")


@pytest.mark.usefixtures("edition_2015")
def test_nc_is_written_and_explained_not_counted_for_zero(client: Client) -> None:
    text = text_of(client, f"{BASE}academies/guyane/")
    assert "N.C." in text
    assert "Ce n’est pas zéro" in text


@pytest.mark.usefixtures("edition_2015")
def test_a_figure_shows_its_declarations(client: Client) -> None:
    besancon = text_of(client, f"{BASE}academies/besancon/")
    assert "il n’entre pas dans le total national" in besancon
    assert "Synthèse nationale 2015-2016" in besancon
    assert "31 + 58 soit 89\u00a0actions" in text_of(client, f"{BASE}academies/lyon/")
    assert "Note\u00a0: Nombre issu du document académique" in text_of(client, f"{BASE}academies/dijon/")
    # schools of the week may be among those of the year
    assert "14 + 70 soit au plus 84\u00a0écoles et établissements" in text_of(
        client, f"{BASE}academies/lyon/"
    )
    assert "non publiée" in text_of(client, f"{BASE}academies/guyane/")
    assert "transmise" not in text_of(client, f"{BASE}academies/guyane/")


def test_a_total_that_is_no_bound_says_so(client: Client, edition_2015: Edition) -> None:
    text = " ".join(text_of(client, BASE).split())
    assert "747 écoles et établissements (somme des nombres donnés)" in text
    assert "Lyon donne plusieurs nombres, où les mêmes peuvent se retrouver." in text
    assert "au moins 747" not in text


def test_levels_that_nobody_told_are_no_unticked_boxes(
    client: Client, edition_of: Callable[..., Edition]
) -> None:
    edition = edition_of("Rouen", actions=0)
    semaine = edition.semaines.get()
    assert "Niveaux concernés" in text_of(client, f"{BASE}academies/rouen/")
    type(semaine).objects.update(**dict.fromkeys(Niveau, False))
    text = text_of(client, f"{BASE}academies/rouen/")
    assert "Niveaux concernés Non précisés." in " ".join(text.split())
    listed = " ".join(text_of(client, f"{BASE}academies/?niveau=college").split())
    assert "On ne sait pas lesquelles correspondent. 1 académie dont les niveaux ne sont pas" in listed
    assert "0 académie" not in listed


def test_a_total_shows_its_rows(client: Client, edition_2015: Edition) -> None:
    html = client.get(BASE).content.decode()
    first_table = html.split("</table>")[0]
    assert first_table.count('<th scope="row">') == edition_2015.semaines.count()


@pytest.mark.parametrize("level", list(Niveau))
def test_the_level_filter_keeps_those_that_ticked_it(
    client: Client, edition_2015: Edition, level: Niveau
) -> None:
    kept = client.get(f"{BASE}academies/", {"niveau": level.value}).context["semaines"]
    expected = edition_2015.semaines.filter(**{level.value: True})
    assert [fiche.slug for fiche in kept] == [semaine.academie.slug for semaine in expected]


@pytest.mark.usefixtures("edition_2015")
def test_the_answer_filter_keeps_those_that_answered_so(client: Client) -> None:
    kept = client.get(f"{BASE}academies/", {"reponse": Reponse.NC.value}).context["semaines"]
    assert [fiche.name for fiche in kept] == ["Guyane", "La Réunion", "Orléans-Tours", "Reims"]
    both = {"reponse": Reponse.INDISPONIBLE.value, "niveau": Niveau.COLLEGE.value}
    response = client.get(f"{BASE}academies/", both)
    assert response.context["semaines"] == ()
    assert "Aucune académie ne répond" in response.content.decode()


def test_an_unknown_filter_is_ignored_not_an_error(client: Client, edition_2015: Edition) -> None:
    response = client.get(f"{BASE}academies/", {"niveau": "universite", "reponse": "'><script>"})
    assert response.status_code == 200
    assert len(response.context["semaines"]) == edition_2015.semaines.count()
    assert "'><script>" not in response.content.decode()


@pytest.mark.usefixtures("edition_2015")
def test_short_addresses_lead_to_the_current_edition(client: Client) -> None:
    assert client.get("/academies/").headers["Location"] == f"{BASE}academies/"
    assert client.get("/edition/").headers["Location"] == BASE
    assert client.get("/synthese/").headers["Location"] == f"{BASE}synthese/"


@pytest.mark.parametrize(
    "path",
    ["/editions/1999-2000/", "/editions/x/academies/", f"{BASE}academies/atlantide/"],
)
@pytest.mark.usefixtures("edition_2015")
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("edition_2015")
def test_pages_are_read_only(client: Client) -> None:
    assert client.post(f"{BASE}academies/").status_code == 405


@pytest.mark.usefixtures("edition_2015")
def test_a_page_is_asked_for_again_for_nothing(client: Client) -> None:
    first = client.get(f"{BASE}academies/")
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(f"{BASE}academies/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/editions/1999-2000/").headers["Cache-Control"] == "no-store, private"


def test_remarkable_actions_start_with_prizes_one_academie_each(edition_2015: Edition) -> None:
    chosen = queries.remarkable_actions(edition_2015, 4)
    assert [action.semaine.academie.name for action in chosen] == [
        "Aix-Marseille",
        "Bordeaux",
        "Caen",
        "Nice",
    ]
    assert [bool(action.prize) for action in chosen] == [True, True, False, False]


def test_neighbours_follow_the_alphabet_and_stop_at_its_ends(edition_2015: Edition) -> None:
    by_slug = {s.academie.slug: s for s in edition_2015.semaines.select_related("academie")}
    before, after = queries.neighbours(by_slug["amiens"])
    assert before is not None
    assert after is not None
    assert (before.slug, after.slug) == ("aix-marseille", "besancon")
    assert queries.neighbours(by_slug["aix-marseille"])[0] is None
    assert queries.neighbours(by_slug["versailles"])[1] is None


@pytest.mark.usefixtures("edition_2015")
def test_dates_open_with_a_capital_where_no_rank_is_given(client: Client) -> None:
    assert " Du 22 au 27" in text_of(client, f"{BASE}academies/strasbourg/").replace("\u00a0", " ")
    assert "Deuxième semaine de l’académie, le 30" in text_of(
        client, f"{BASE}academies/aix-marseille/"
    ).replace("\u00a0", " ")


def test_an_edition_names_the_academies_each_objective_and_each_tutoring_cite(
    client: Client, edition_2015: Edition, pack_2015: EditionDossier
) -> None:
    page = client.get(BASE)
    lists = re.findall(r'class="a-cites">(.*?)</p>', page.content.decode(), re.DOTALL)
    told = [re.findall(r">([^<>]+)</a>", one) for one in lists]
    assert told == [list(goal.academies) for goal in pack_2015.objectifs if goal.academies]
    bare = re.sub(r"<[^>]+>", "", page.content.decode())
    assert pack_2015.tutorats
    assert all(", ".join(group.academies) in bare for group in pack_2015.tutorats)


def test_a_synthesis_is_offered_once_there_is_something_in_it(client: Client, where: Territory) -> None:
    year = where.semaine.edition.year
    pages = (f"/editions/{year}/", "/plan-du-site/", "/", "/sitemap-editions.xml")
    link = f"/editions/{year}/synthese/"

    def offered() -> list[bool]:
        told = [client.get(page).content.decode() for page in pages]
        return [link in (page.partition("<main")[2] or page) for page in told]

    assert offered() == [False] * 4
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    assert offered() == [True] * 4
    sheet.delete()
    assert offered() == [False] * 4
    Semaine.objects.update(status=StatutSemaine.REPORTED)
    assert offered() == [True] * 4
