"""Who is in no directory is found as schools are, once something of theirs is published."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.chefs_lieux import CHEFS_LIEUX, departement_of_seat
from accroche.annuaire.models import Departement, Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.catalogue.queries import porteurs
from accroche.catalogue.queries.territoires import published_carriers
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LIST = "/actions/"
TONNERRE = {"commune": "Tonnerre", "insee": "89418", "latitude": 47.863, "longitude": 3.974}


def carried(where: Territory, etat: Etat = Etat.PUBLISHED, **columns: Any) -> Action:
    """A sheet of a carrier that no directory holds."""
    told = {"kind": TypePorteur.COLLEGE, "name": "Collège Abel Minard", **TONNERRE}
    porteur = Porteur.objects.create(academie=where.academie, **told | columns)
    sheet = factories.action(where, None, etat, title="Cordées")
    ActionPorteur.objects.create(action=sheet, porteur=porteur, position=0)
    return sheet


def suggested(client: Client, typed: str, genre: str = "") -> list[tuple[str, str]]:
    found = client.get("/recherche/suggestions/", {"q": typed, "genre": genre}).json()["suggestions"]
    return [(one["genre"], one["label"]) for one in found]


def shown(client: Client, address: str) -> str:
    content = html.unescape(client.get(address, follow=True).content.decode())
    return " ".join(content.replace("\u00a0", " ").split())


def another_transaction() -> None:
    """PostgreSQL raises the revision once a transaction, and a test is one; SQLite at each row."""
    if connection.vendor == "postgresql":
        porteurs.forget()


def test_what_a_transaction_reads_of_itself_is_not_kept(where: Territory) -> None:
    """It may write more under the same revision, which others would then read as it was before."""
    porteurs.forget()
    with transaction.atomic():
        carried(where)
        assert [name for _, _, name, *_ in porteurs.hors_annuaire().rows] == ["Collège Abel Minard"]
        assert not porteurs._kept
    porteurs.hors_annuaire()
    assert porteurs._kept


def test_a_carrier_of_published_sheets_answers_as_a_school_does(client: Client, where: Territory) -> None:
    sheet = carried(where, Etat.SUBMITTED)
    for typed in ("abel minard", "tonnerre"):
        assert suggested(client, typed) == [], "nobody is told of who published nothing"
        assert suggested(client, typed, "commune") == []
    Action.objects.filter(pk=sheet.pk).update(etat=Etat.PUBLISHED)
    another_transaction()
    college = ("Collège", "Collège Abel Minard")
    assert college in suggested(client, "abel minard")
    assert college in suggested(client, "abel minar")
    assert {("Commune", "Tonnerre (89)"), college} <= set(suggested(client, "tonnerre"))
    assert suggested(client, "tonn", "commune") == [("Commune", "Tonnerre (89)")]
    assert "1 action trouvée à moins de 30 km de Tonnerre (89)" in shown(client, f"{LIST}?ou=tonnerre")
    assert "Collège Abel Minard" in shown(client, f"{LIST}?q=abel+minard")


def test_a_school_whose_code_the_directory_lacks_answers_too(client: Client, where: Territory) -> None:
    sheet = carried(where)
    Porteur.objects.update(etablissement_id=factories.make_uai(1))
    assert ("Collège", "Collège Abel Minard") in suggested(client, "minard")
    # once the directory holds it, it answers there, and once
    factories.school(where, 1, name="Collège Abel Minard", **TONNERRE)
    another_transaction()
    assert [label for _, label in suggested(client, "minard")].count("Collège Abel Minard") == 1
    assert sheet.pk


def test_a_place_of_which_nothing_is_known_leads_to_its_departement(client: Client, where: Territory) -> None:
    Departement.objects.filter(pk=where.departement.pk).update(code="58", name="Nièvre")
    factories.action(where, factories.school(where), Etat.PUBLISHED)
    assert suggested(client, "nevers") == [("Département", "Nièvre (58)")]
    found = shown(client, f"{LIST}?q=nevers")
    assert "/departements/58-nievre/" in found
    assert "Vous cherchez un lieu ?" not in found
    near = shown(client, f"{LIST}?ou=N%C3%A8vers")
    assert "Aucun établissement connu n’est à Nevers : la recherche porte sur tout le département" in near
    assert "de la Nièvre" in near
    # of a place that is nowhere, all départements with actions
    nowhere = shown(client, f"{LIST}?q=clamecy")
    assert "Vous cherchez un lieu ? Par département" in nowhere.partition("voyez toutes les actions")[2]
    assert "?departement=58" in nowhere
    assert "Nièvre (58)" in nowhere


def test_each_seat_is_told_by_its_name() -> None:
    assert {departement_of_seat(name) for name in CHEFS_LIEUX.values()} == set(CHEFS_LIEUX)
    assert departement_of_seat("le puy en velay") == "43"
    assert not departement_of_seat("Clamecy")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by statistics")
def test_carriers_are_asked_what_they_carry_and_not_all_sheets_who_carries_them(where: Territory) -> None:
    """Seventy times as long with ten thousand sheets, and with the square of what there is."""
    carried(where)
    plan = published_carriers().explain()
    assert "porteur_id=?" in plan
    assert "etat=?" not in plan
