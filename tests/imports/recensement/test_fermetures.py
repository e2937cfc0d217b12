"""A school that closed before the school year carries no new sheet: the one that follows it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accroche.actions.models import Action
from accroche.annuaire.models import Etablissement, Succession
from accroche.imports.queries.memoire import answer_read
from accroche.imports.recensement.answers import AnswerError
from tests import factories
from tests.imports.recensement.nasty import csv
from tests.imports.test_recensement_pages import page, upload

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HEADINGS = ("Titre", "UAI", "Établissement", "Commune")


def read(client: Client, where: Territory, path: Path) -> str:
    """The words of the preview of a file."""
    return " ".join(strip_tags(page(client, upload(client, where, path))).split())


def test_a_row_of_a_closed_school_is_refused_with_the_one_that_follows_unless_its_sheet_holds_it(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    gone = factories.school(where, 7, name="Collège du Parc", commune="Dijon")
    path = tmp_path / "r.csv"
    csv((HEADINGS, ("Forum", gone.uai, "", "")))(path)
    client.post(reverse("imports:importer", args=[upload(client, where, path).pk]))
    assert Action.objects.count() == 1
    heir = factories.school(where, 8, name="Collège du Lac", commune="Dijon")
    Etablissement.objects.filter(pk=gone.pk).update(closed_on=dt.date(2026, 9, 1))
    rows = (
        ("Forum", gone.uai, "", ""),
        ("Salon", gone.uai, "", ""),
        ("Bal", "", "Collège du Parc", "Dijon"),
        ("Jeux", heir.uai, "", ""),
    )
    csv((HEADINGS, *rows))(path)
    told = read(client, where, path)
    assert told.count("a fermé en 2026. Écrivez l’UAI de l’établissement d’aujourd’hui.") == 2
    assert "Importer 1 fiche" in told  # and the sheet of before is there as it is
    Succession.objects.create(uai=gone.uai, successeur=heir, since=dt.date(2021, 8, 31))
    told = read(client, where, path)
    assert f"« Collège du Parc, Dijon ({gone.uai}) » a fermé en 2026 ; son successeur : {heir}" in told
    assert "Écrivez son UAI si c’est le vôtre." in told


def test_who_carries_all_rows_is_a_school_of_today_of_the_academie(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    gone = factories.school(where, 7, name="Collège du Parc", commune="Dijon", closed_on=dt.date(2026, 9, 1))
    heir = factories.school(where, 8, name="Collège du Lac", commune="Dijon")
    Succession.objects.create(uai=gone.uai, successeur=heir, since=dt.date(2026, 9, 1))
    csv((("Titre", "Description"), ("Forum", "Un forum")))(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")
    page(client, depot)
    address = reverse("imports:porteurs", args=[depot.pk])

    def said(code: str) -> str:
        return " ".join(strip_tags(client.post(address, {"porteur": code}).content.decode()).split())

    closed = f"« Collège du Parc, Dijon » ({gone.uai}) a fermé ; son successeur : {heir} ({heir.uai})."
    assert closed in said(gone.uai)
    unknown = factories.make_uai(9)
    assert f"L’annuaire ne connaît pas le code « {unknown} »." in said(unknown)
    assert (
        answer_read(where.academie, "2026-2027", heir.uai),
        answer_read(where.academie, "2025-2026", gone.uai),
    ) == (heir.uai, gone.uai)
    with pytest.raises(AnswerError, match="a fermé"):
        answer_read(where.academie, "2026-2027", gone.uai)
    client.post(address, {"porteur": heir.uai})
    depot.refresh_from_db()
    assert depot.answers == {"porteur": heir.uai}


def test_a_row_that_names_a_closed_school_is_of_the_one_that_follows_and_says_so(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    closed = dt.date(2026, 9, 1)
    gone = factories.school(where, 7, name="Collège du Parc", commune="Dijon", closed_on=closed)
    heir = factories.school(where, 8, name="Collège du Lac", commune="Dijon")
    Succession.objects.create(uai=gone.uai, successeur=heir, since=closed)
    path = tmp_path / "r.csv"
    csv((HEADINGS, ("Bal", "", "Collège du Parc", "Dijon")))(path)
    told = read(client, where, path)
    assert f"Bal Collège du Lac, Dijon ({heir.uai})" in told
    assert "« Collège du Parc » : fermé en 2026, repris par « Collège du Lac », qui est retenu." in told
