"""Pages of schools, carriers, communes, départements and académies: what they list and never tell."""

from __future__ import annotations

import datetime as dt
import html
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Academie, Departement, Etablissement, Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition, Semaine, TempsFort
from accroche.catalogue.presentation.territoires import SITEMAP, carrier_address
from accroche.catalogue.queries import territoires as queries
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]

STATES = [Etat.PUBLISHED, Etat.PUBLISHED, Etat.DRAFT, Etat.SUBMITTED, Etat.WITHDRAWN, Etat.REFUSED]


@pytest.fixture
def there(db: None) -> Territory:
    found = factories.territory("Dijon", "58")
    Departement.objects.filter(code="58").update(name="Nièvre")
    found.departement.refresh_from_db()
    return found


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == status
    plain = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])
    return " ".join(html.unescape(plain).split())


def carrier(where: Territory, name: str, **columns: Any) -> Porteur:
    told = {"academie": where.academie, "kind": TypePorteur.CIO, "name": name}
    return Porteur.objects.create(**told | columns)


def carry(action: Action, *carriers: Porteur) -> Action:
    for position, porteur in enumerate(carriers, start=action.portages.count()):
        ActionPorteur.objects.create(action=action, porteur=porteur, position=position)
    return action


def test_each_place_lists_what_its_rows_say(there: Territory) -> None:
    """Against a walk over every sheet and every carrier, in Python."""
    chance = random.Random(16)  # noqa: S311 - nothing secret
    past = factories.territory("Dijon", "58", year="2025-2026")
    hidden = factories.territory("Dijon", "58", year="2024-2025")
    Edition.objects.filter(year="2024-2025").update(published_at=None)
    communes = ["58194", "58079", "58303", ""]
    carriers = [carrier(there, f"CIO {n}", insee=communes[n % 4], commune="Ici") for n in range(6)]
    for number in range(5):
        school = factories.school(there, number + 1, insee=communes[number % 4])
        # what its sheet says of the commune yields to the directory, which has moved it
        moved = {"insee": communes[(number + 1) % 4], "commune": "Là"}
        carriers.append(carrier(there, school.name, etablissement=school, kind=school.kind, **moved))
    for number in range(60):
        made = factories.action(
            chance.choice([there, past, hidden]), etat=chance.choice(STATES), slug=f"fiche-{number}"
        )
        carry(made, *chance.sample(carriers, chance.randint(0, 3)))

    def expected(is_there: Any) -> set[int]:
        return {
            action.pk
            for action in Action.objects.select_related("semaine__edition")
            if action.etat == Etat.PUBLISHED
            and action.semaine.edition.published_at
            and any(is_there(porteur) for porteur in action.porteurs.all())
        }

    def insee(porteur: Porteur) -> str:
        return (porteur.school.insee if porteur.school else "") or porteur.insee

    def listed(found: Any) -> set[int]:
        rows = list(found.values_list("pk", flat=True).order_by("pk"))
        assert len(rows) == len(set(rows)), "an action of two carriers is listed once"
        return set(rows)

    for code in communes[:3]:
        found = queries.published_of(queries.carriers_of_communes([code]))
        assert listed(found) == expected(lambda one, code=code: insee(one) == code), code
    in_nievre = queries.published_of(queries.carriers_of_departement(there.departement))
    assert listed(in_nievre) == expected(
        lambda one: (one.school and one.school.departement.code == "58") or insee(one)[:2] == "58"
    )
    nievre = tuple(queries.carriers_of_departement(there.departement))
    counts = queries.ActionsDuLieu(nievre).by_edition
    assert dict(counts).keys() <= {"2026-2027", "2025-2026"}
    assert sum(count for _, count in counts) == in_nievre.count()
    held = queries.held_by(nievre)
    assert held.by_edition == counts
    rows = queries.by_commune(held)
    assert {row.code: row.count for row in rows} == {
        code: len(expected(lambda one, code=code: insee(one) == code)) for code in communes[:3]
    }
    named, many = queries.by_carrier(queries.held_by(queries.carriers_of_communes(["58194"])), 2)
    assert len(named) == 2 < many
    everybody, _ = queries.by_carrier(queries.held_by(queries.carriers_of_communes(["58194"])), 50)
    assert {row.pk: count for row, count in everybody} == {
        one.pk: count
        for one in carriers
        if insee(one) == "58194" and (count := len(expected(lambda other, one=one: other.pk == one.pk)))
    }


@pytest.fixture
def nevers(there: Territory) -> dict[str, str]:
    """One published action of a school and of a CIO of Nevers; the addresses of the pages that tell it."""
    school = factories.school(there, 1, commune="Nevers", insee="58194", latitude=46.99, longitude=3.16)
    action = factories.action(there, school, Etat.PUBLISHED, title="Forum au collège")
    cio = carrier(there, "CIO de Nevers", commune="Nevers", insee="58194")
    carry(action, cio)
    return {
        "etablissement": f"/etablissements/{school.uai}/",
        "porteur": carrier_address(cio),
        "commune": "/communes/58194-nevers/",
        "departement": "/departements/58-nievre/",
        "academie": "/academies/dijon/",
    }


@pytest.mark.parametrize("kind", ["etablissement", "porteur", "commune", "departement", "academie"])
def test_a_page_lists_what_is_published_at_a_fixed_cost(
    client: Client, there: Territory, nevers: dict[str, str], kind: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            told.append(page(client, nevers[kind]))
        return len(captured)

    told: list[str] = []
    asked()
    one = asked()
    assert "Forum au collège" in told[0]
    assert "1 action est publiée" in told[0]
    school, cio = Etablissement.objects.get(), Porteur.objects.get(name="CIO de Nevers")
    past = factories.territory("Dijon", "58", year="2025-2026")
    for where, etat, title in (
        (there, Etat.PUBLISHED, "Deuxième"),
        (past, Etat.PUBLISHED, "Troisième"),
        *((there, etat, f"Caché {etat}") for etat in STATES if etat is not Etat.PUBLISHED),
    ):
        carry(factories.action(where, school, etat, title=title), cio)
    hidden = factories.territory("Dijon", "58", year="2024-2025")
    carry(factories.action(hidden, school, Etat.PUBLISHED, title="Caché d’une édition"), cio)
    Edition.objects.filter(year="2024-2025").update(published_at=None)
    assert asked() == one
    assert "Deuxième" in told[-1]
    assert told[-1].index("Deuxième") < told[-1].index("Troisième"), "the latest edition first"
    assert "3 actions sont publiées" in told[-1]
    assert "2 en 2026-2027 et 1 en 2025-2026" in told[-1]
    assert "Caché" not in told[-1]
    assert "2024-2025" not in told[-1]
    only = page(client, f"{nevers[kind]}?edition=2025-2026")
    assert "Troisième" in only
    assert "Deuxième" not in only
    assert "Il n’y a pas d’édition « 2024-2025 »" in page(client, f"{nevers[kind]}?edition=2024-2025")


@pytest.mark.any_database
def test_another_writing_of_an_address_leads_to_the_one_that_stays(
    client: Client, there: Territory, nevers: dict[str, str]
) -> None:
    uai = Etablissement.objects.get().uai
    for typed, kept in (
        (f"/etablissements/{uai.lower()}/", nevers["etablissement"]),
        (f"/annuaire/{uai.lower()}/", nevers["etablissement"]),
        (f"/porteurs/{Porteur.objects.get(etablissement_id=uai).pk}-autre/", nevers["etablissement"]),
        (f"/porteurs/{Porteur.objects.get(name='CIO de Nevers').pk}/", nevers["porteur"]),
        ("/communes/58194/?page=1", f"{nevers['commune']}?page=1"),
        ("/departements/58-yonne/", nevers["departement"]),
    ):
        response = client.get(typed)
        assert (response.status_code, response.headers["Location"]) == (301, kept)


@pytest.mark.any_database
def test_what_is_not_known_or_not_public_leads_on(client: Client, there: Territory) -> None:
    """A carrier of drafts alone, and its commune, are words that somebody typed: nobody is told of them."""
    secret = carrier(there, "Chez Mme Dupont", commune="Decize", insee="58095")
    carry(factories.action(there, etat=Etat.DRAFT), secret)
    typed = carrier(there, "Collège inconnu", etablissement_id=factories.make_uai(99, "058"))
    carry(factories.action(there, etat=Etat.SUBMITTED), typed)
    for address in (
        f"/porteurs/{secret.pk}/",
        f"/porteurs/{'9' * 30}/",
        "/porteurs/²/",
        "/communes/58095/",
        "/communes/x/",
        "/departements/00/",
        "/academies/atlantide/",
        f"/etablissements/{typed.uai}/",
        f"/etablissements/{'x' * 500}/",
    ):
        told = page(client, address, 404)
        assert "Chercher un établissement" in told
        assert "Dupont" not in told
    assert "Dupont" not in page(client, "/departements/58/")


@pytest.mark.any_database
def test_a_school_whose_commune_has_no_name_leads_to_no_page_of_it(client: Client, there: Territory) -> None:
    school = factories.school(there, 2, commune="", insee="58302")
    address = f"/etablissements/{school.uai}/"
    assert f"{school.name} Nièvre , académie de Dijon . UAI" in page(client, address)
    assert b"/communes/" not in client.get(address).content


@pytest.mark.any_database
def test_an_empty_place_names_the_nearest(client: Client, there: Territory, nevers: dict[str, str]) -> None:
    near = factories.school(there, 2, commune="Varennes", insee="58302", latitude=47.03, longitude=3.2)
    told = page(client, f"/etablissements/{near.uai}/")
    assert "Aucune action n’est encore publiée dans cet établissement" in told
    assert re.search(r"Collège Dijon 1, Dijon|Collège Dijon 1, Nevers", told)
    assert "à 5 km" in told
    assert "Déclarez-la" in told
    assert "Collège Dijon 1" in page(client, "/communes/58302-varennes/")
    far = factories.school(there, 3, commune="Château-Chinon", insee="58062")
    told = page(client, f"/etablissements/{far.uai}/")
    assert "Voyez ce que fait l’académie de Dijon" in told, "nobody knows where it is"


@pytest.mark.any_database
def test_a_closed_school_keeps_what_it_did_and_leads_on(client: Client, there: Territory) -> None:
    closed = dt.date(2025, 8, 31)
    school = factories.school(there, 1, commune="Nevers", insee="58194", closed_on=closed)
    school.anciens_noms.create(name="Collège de la Gare", replaced_on=dt.date(2024, 9, 1))
    factories.action(there, school, Etat.PUBLISHED, title="Forum d’hier")
    later = factories.school(there, 4, insee="58194", closed_on=dt.date(2999, 8, 31))
    new = factories.school(there, 2, name="Collège neuf", insee="58194", opened_on=dt.date(2025, 9, 1))
    factories.school(there, 3, name="Collège d’avant", insee="58194", opened_on=dt.date(1990, 9, 1))
    response = client.get(f"/etablissements/{school.uai}/")
    told = page(client, f"/etablissements/{school.uai}/")
    assert "fermé depuis le 31 août 2025" in told
    assert "Autrefois « Collège de la Gare »" in told
    assert "Forum d’hier" in told
    assert f"/etablissements/{new.uai}/" in response.content.decode()
    assert "Collège d’avant" not in told
    Action.objects.all().delete()
    assert "Vous y menez une action" not in page(client, f"/etablissements/{school.uai}/")
    told = page(client, f"/etablissements/{later.uai}/")
    assert "Vous y menez une action" in told
    assert "fermé" not in told, "it is to close one day"


@pytest.mark.any_database
def test_a_city_gathers_its_arrondissements_and_homonyms_are_told_apart(client: Client) -> None:
    paris = factories.territory("Paris", "75")
    school = factories.school(paris, 1, commune="Paris 18e Arrondissement", insee="75118")
    factories.action(paris, school, Etat.PUBLISHED, title="Forum du dix-huitième")
    told = client.get("/communes/75056-paris/").content.decode()
    assert "Forum du dix-huitième" in told
    assert "/communes/75118-paris-18e-arrondissement/" in told
    part = client.get("/communes/75118-paris-18e-arrondissement/").content.decode()
    assert "/communes/75056-paris/" in part
    reunion = factories.territory("La Réunion", "974")
    factories.school(reunion, 1, commune="Saint-Denis", insee="97411")
    creteil = factories.territory("Créteil", "93")
    factories.school(creteil, 1, commune="Saint-Denis", insee="93066")
    told = page(client, "/communes/93066-saint-denis/")
    assert "À ne pas confondre avec Saint-Denis (Département 974)" in told


@pytest.mark.any_database
def test_an_academie_that_ended_leads_to_the_one_that_follows(client: Client) -> None:
    caen = factories.territory("Caen", "14", year="2015-2016")
    Academie.objects.filter(slug="caen").update(valid_until=dt.date(2019, 12, 31))
    normandie = factories.territory("Normandie", "76")
    Academie.objects.filter(slug="normandie").update(valid_from=dt.date(2020, 1, 1))
    caen.academie.successors.add(normandie.academie)
    caen.departement.academies.add(normandie.academie)
    factories.action(caen, etat=Etat.PUBLISHED, title="Forum de Caen")
    TempsFort.objects.create(
        semaine=normandie.semaine, title="Grande journée", starts=NOW.date(), position=0, kind=""
    )
    old = client.get("/academies/caen/").content.decode()
    assert "Forum de Caen" in old
    assert "/academies/normandie/" in old
    assert "31\u00a0décembre 2019" in old
    new = client.get("/academies/normandie/").content.decode()
    assert "/editions/2015-2016/academies/caen/" in new
    assert "Grande journée" in new
    assert "déclarent jusqu’au" in new
    calvados = page(client, "/departements/14/")
    assert "Académie : Normandie" in calvados
    assert "Jusqu’au 31 décembre 2019 : Caen" in calvados


def test_the_map_of_the_site_lists_each_place_once_with_its_last_change(
    client: Client, there: Territory, nevers: dict[str, str]
) -> None:
    later = NOW + dt.timedelta(days=1)
    carry(factories.action(there, etat=Etat.PUBLISHED, updated_at=later), Porteur.objects.get(kind="cio"))
    secret = carrier(there, "Chez Mme Dupont", commune="Decize", insee="58095")
    withdrawn = factories.action(there, etat=Etat.PUBLISHED)
    carry(withdrawn, secret)
    Action.objects.filter(pk=withdrawn.pk).update(etat=Etat.DRAFT)
    found = {kind: list(places.pages()) for kind, places in SITEMAP.items()}
    assert [places.how_many() for places in SITEMAP.values()] == [len(rows) for rows in found.values()]
    assert found == {
        "etablissements": [(nevers["etablissement"], NOW)],
        "porteurs": [(nevers["porteur"], later)],
        "communes": [(nevers["commune"], later)],
        "departements": [(nevers["departement"], None)],
        "academies": [(nevers["academie"], None)],
    }
    for rows in found.values():
        for address, _ in rows:
            assert client.get(address).status_code == 200


@pytest.mark.any_database
def test_sheets_and_lists_lead_to_the_places_they_name(
    client: Client, there: Territory, nevers: dict[str, str]
) -> None:
    action = Action.objects.get()
    for address in (
        "/editions/2026-2027/academies/dijon/",
        f"/editions/2026-2027/academies/dijon/actions/{action.slug}/",
    ):
        told = client.get(address).content.decode()
        for kind in ("etablissement", "porteur", "commune", "academie"):
            assert f'href="{nevers[kind]}"' in told, (address, kind)
    told = client.get(nevers["etablissement"]).content.decode()
    for kind in ("commune", "departement", "academie"):
        assert f'href="{nevers[kind]}"' in told
    assert "(58)" in page(client, nevers["academie"]), "a code beside a name is no count of actions"
    uai = Etablissement.objects.get().uai
    assert f'href="/actions/?etablissement={uai}"' in told
    assert f'rel="canonical" href="http://127.0.0.1:8000{nevers["etablissement"]}"' in told
    assert 'href="/annuaire/"' in told, "the directory is found from every page"
    home = client.get("/").content.decode()
    assert 'name="ou"' in home, "what was done near a commune is looked for by its name"


@pytest.mark.any_database
def test_the_one_address_of_a_place_is_that_of_the_site(client: Client, there: Territory) -> None:
    """Whatever host it was asked under: the page may be kept for all."""
    body = client.get("/academies/dijon/?edition=2026-2027", headers={"host": "localhost"}).content.decode()
    links = re.findall('<link rel="canonical" href="([^"]*)">', body)
    assert links == ["http://127.0.0.1:8000/academies/dijon/"]


@pytest.mark.any_database
def test_a_semaine_that_nobody_may_know_of_opens_nothing(client: Client, there: Territory) -> None:
    assert "Les établissements déclarent" in page(client, "/academies/dijon/")
    before = client.get("/academies/dijon/").content
    Semaine.objects.update(begun=True)
    hidden = client.get("/academies/dijon/").content
    Semaine.with_begun.all().delete()
    assert hidden != before
    assert hidden == client.get("/academies/dijon/").content
