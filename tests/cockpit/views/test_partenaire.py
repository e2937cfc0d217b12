"""What a partner reads of its own part: what the public reads, over the editions, and nothing else."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import ActionPartenaire, Theme
from accroche.campagne.models import Partenaire, SemainePartenaire
from accroche.campagne.regles import TypePartenaire
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.cockpit.steering import client_of

if TYPE_CHECKING:
    from django.test import Client

    from accroche.actions.models import Action

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/pilotage/partenaire/"


@pytest.fixture
def client() -> Client:
    return client_of(factories.person(TypeRole.PARTENAIRE, organisation="ONISEP"))


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return " ".join(re.sub("<[^>]+>", " ", html.unescape(content.decode())).split())


def taking_part(
    partner: Partenaire, etat: Etat = Etat.PUBLISHED, name: str = "Dijon", year: str = "2026-2027"
) -> Action:
    where = factories.territory(name, name[:2], year)
    action = factories.action(where, None, etat, title=f"Action {name} {year} {etat.label}")
    ActionPartenaire.objects.create(action=action, partenaire=partner, position=0)
    return action


def test_public_sheets_alone_whatever_the_spelling(client: Client) -> None:
    partner = Partenaire.objects.create(name="ONISEP", kind=TypePartenaire.OPERATEUR)
    other = Partenaire.objects.create(name="Onisep", internal=True)
    action = taking_part(partner)
    theme, _ = Theme.objects.get_or_create(code="orientation")
    action.themes.add(theme)
    taking_part(other, name="Lyon", year="2025-2026")
    taking_part(partner, Etat.SUBMITTED)
    taking_part(Partenaire.objects.create(name="ONISEP Bourgogne"), name="Nice")
    hidden = factories.edition("2024-2025", published_at=None)
    taking_part(partner, name="Caen", year=hidden.year)
    SemainePartenaire.objects.create(
        semaine=factories.territory("Paris", "75").semaine, partenaire=partner, position=0
    )
    page = read(client)
    assert "2 actions publiées dans 3 académies, sur 2 éditions" in page
    assert "Académies : Dijon, Lyon et Paris" in page
    assert "Orientation" in page
    for absent in ("En attente", "Nice", "Caen"):
        assert absent not in page
    file = read(client, f"{PAGE}fichier/")
    assert "Action Dijon 2026-2027 Publiée" in file
    assert "En attente" not in file
    assert b"".join(client.get(f"{PAGE}fichier/?format=xlsx").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_one_without_any_is_told_so(client: Client) -> None:
    assert "Aucune fiche publiée" in read(client)
    assert "Aucune fiche publiée" in read(client_of(factories.person(TypeRole.ADMINISTRATEUR)))


def test_the_page_asks_as_much_for_three_as_for_one(client: Client) -> None:
    partner = Partenaire.objects.create(name="ONISEP")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    taking_part(partner)
    one = asked()
    taking_part(partner, name="Lyon")
    taking_part(partner, name="Nice", year="2025-2026")
    assert asked() == one
