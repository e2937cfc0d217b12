"""Two editions side by side, on their pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.comptes.regles import TypeRole
from accroche.lib.chiffres import Kind
from tests import factories

pytestmark = pytest.mark.django_db

DE, A = "2015-2016", "2016-2017"


def client_of(kind: TypeRole, **territory: Any) -> Client:
    found = Client()
    found.force_login(factories.person(kind, **territory), backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def told(year: str, name: str, actions: int | None) -> Semaine:
    """What an académie reported in an edition told by reports."""
    edition = factories.edition(year, declaration_opens=None, declaration_closes=None)
    academie, _ = Academie.objects.get_or_create(
        slug=name.lower(), defaults={"name": name, "valid_from": dt.date(1900, 1, 1)}
    )
    semaine = Semaine.objects.create(edition=edition, academie=academie, status=StatutSemaine.REPORTED)
    semaine.chiffres.create(
        indicateur=Indicateur.ACTIONS,
        position=0,
        kind=Kind.EXACT if actions is not None else Kind.NOT_COMMUNICATED,
        value=actions,
    )
    return semaine


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(page.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def test_academies_that_merged_are_read_together() -> None:
    caen, rouen = told(DE, "Caen", 22).academie, told(DE, "Rouen", 7).academie
    normandie = told(A, "Normandie", 40).academie
    for gone in (caen, rouen):
        gone.valid_until = dt.date(2016, 8, 31)
        gone.save()
        gone.successors.add(normandie)
    client = client_of(TypeRole.LECTEUR, academie=normandie)
    page = text_of(client, f"/pilotage/comparaison/normandie/?de={DE}&a={A}")
    assert f"En {DE}, c’étaient les académies de Caen et de Rouen : leurs réponses sont réunies." in page
    assert "11 de plus" in page
    told(A, "Lyon", 8)
    national = text_of(client, f"/pilotage/comparaison/?de={DE}&a={A}")
    assert "Actions, l’académie dont les données sont disponibles les deux fois" in national


def test_an_academie_reads_two_editions_from_before_it_was_one() -> None:
    normandie = Academie.objects.create(slug="normandie", name="Normandie", valid_from=dt.date(2020, 1, 1))
    for name, before, after in (("Caen", 22, 30), ("Rouen", 7, 9)):
        told(DE, name, before)
        gone = told(A, name, after).academie
        gone.valid_until = dt.date(2019, 12, 31)
        gone.save()
        gone.successors.add(normandie)
    client = client_of(TypeRole.LECTEUR, academie=normandie)
    page = text_of(client, f"/pilotage/comparaison/normandie/?de={DE}&a={A}")
    assert f"En {DE} comme en {A}, c’étaient les académies de Caen et de Rouen" in page
    assert "10 de plus" in page


def test_another_academie_is_not_found_and_an_unknown_edition_neither() -> None:
    dijon, lyon = told(DE, "Dijon", 5).academie, told(DE, "Lyon", 6).academie
    told(A, "Dijon", 8)
    told(A, "Lyon", 8)
    client = client_of(TypeRole.LECTEUR, academie=dijon)
    assert client.get(f"/pilotage/comparaison/{lyon.slug}/").status_code == 404
    assert client.get("/pilotage/comparaison/?de=1999-2000").status_code == 404
    assert "3 de plus" in text_of(client, f"/pilotage/comparaison/{dijon.slug}/")


def test_an_axis_that_is_not_chosen_yet_is_not_one_given_up() -> None:
    for year, name, label in (
        (DE, "Dijon", "Animer"),
        (DE, "Lyon", "Recenser"),
        (A, "Dijon", "Animer"),
        (A, "Lyon", ""),
    ):
        semaine = told(year, name, 5)
        if label:
            axe = semaine.edition.axes.create(code=label.lower(), label=label, position=len(name))
            semaine.axes_retenus.create(axe=axe, position=0)
    page = text_of(client_of(TypeRole.NATIONAL), f"/pilotage/comparaison/?de={DE}&a={A}")
    assert "1 académie a choisi des axes aux deux éditions" in page
    assert "Retenus les deux fois" in page
    assert "Recenser" not in page


def test_what_cannot_be_compared_says_why() -> None:
    dijon = told(DE, "Dijon", 5).academie
    client = client_of(TypeRole.NATIONAL)
    assert "il n’y en a encore qu’une" in text_of(client, "/pilotage/comparaison/")
    told(A, "Lyon", 8)
    assert "il n’y a rien à comparer" in text_of(client, f"/pilotage/comparaison/{dijon.slug}/")
    assert "Choisissez deux éditions différentes" in text_of(client, f"/pilotage/comparaison/?de={DE}&a={DE}")
    # whatever the order of the address, the earlier comes first
    assert f"De {DE} à {A}." in text_of(client, f"/pilotage/comparaison/?de={A}&a={DE}")


@pytest.mark.parametrize("count", [1, 3])
def test_the_country_takes_the_same_queries_whatever_it_holds(
    count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        for year in (DE, A):
            told(year, f"Ville{number}", number)
    client = client_of(TypeRole.NATIONAL)
    client.get("/pilotage/comparaison/")
    with django_assert_num_queries(16):  # type: ignore[operator]
        client.get("/pilotage/comparaison/")
    assert Edition.objects.count() == 2
