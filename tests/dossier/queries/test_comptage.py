"""The count of a running edition, in the database: the same as on plain data, and published sheets alone."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, ActionPorteur
from accroche.actions.operations import move
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Chiffre, Edition, Texte
from accroche.campagne.regles import Indicateur
from accroche.comptes.regles import TypeRole
from accroche.dossier.comptage import Decompte, decompte_of
from accroche.dossier.queries.comptage import decomptes, public_dossier
from accroche.lib.chiffres import Kind
from accroche.publications.queries import working_document
from accroche.publications.renderers.data import render
from accroche.publications.renderers.html import render_body
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.factories import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Territory:
    factories.territory("Lyon", "69")
    return factories.territory()


def carried_by_a_cio(action: Action) -> None:
    porteur = Porteur.objects.create(academie=action.semaine.academie, kind=TypePorteur.CIO, name="CIO")
    ActionPorteur.objects.create(action=action, porteur=porteur, position=1)


def test_only_published_sheets_count_and_each_school_once(
    where: Territory, django_assert_num_queries: Any
) -> None:
    first, second = factories.school(where, 1), factories.school(where, 2, kind=TypePorteur.LYCEE)
    carried_by_a_cio(factories.action(where, first, Etat.PUBLISHED))
    factories.action(where, first, Etat.PUBLISHED, college=False, lycee=True)
    factories.action(where, second, Etat.PUBLISHED)
    unseen = (Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.WITHDRAWN, Etat.REFUSED)
    for number, etat in enumerate(unseen, start=10):
        factories.action(where, factories.school(where, number), etat)
    edition = where.semaine.edition
    with django_assert_num_queries(2):
        found = decomptes(edition)
    assert found[where.semaine.pk] == Decompte(3, 2, frozenset({Niveau.COLLEGE, Niveau.LYCEE}))
    semaines = {semaine.academie: semaine for semaine in public_dossier(edition).semaines}
    assert decompte_of(semaines["Dijon"].actions) == found[where.semaine.pk]
    assert sorted(decompte.actions for decompte in found.values()) == [0, 3]


def test_a_past_edition_keeps_the_figures_of_its_report(edition_2015: Edition) -> None:
    assert decomptes(edition_2015) == {}
    sources = {figure.source for s in public_dossier(edition_2015).semaines for figure in s.actions_figures}
    assert sources == {"Synthèse nationale 2015-2016"}


def synthesis(edition: Edition) -> tuple[str, dict[str, Any]]:
    """The synthesis as a page, and the totals of its data by what they count."""
    document = working_document(edition)
    told = json.loads(render(document)["donnees.json"])
    tables = {table["nom"]: table["lignes"] for table in told["tables"]}
    totals = {row["indicateur"]: row for row in tables["totaux"]}
    return render_body(document, render_to_string), totals | {"actions_listed": len(tables["actions"])}


def test_a_sheet_published_here_enters_the_synthesis_and_leaves_it_when_withdrawn(where: Territory) -> None:
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    school = factories.school(where)
    sheet = factories.action(where, school, title="La chaîne humaine", remarkable=True)
    factories.action(where, school, Etat.PUBLISHED)
    edition = Edition.objects.get(pk=where.semaine.edition_id)
    page, totals = synthesis(edition)
    assert "La chaîne humaine" not in page
    assert (totals["actions"]["borne_inferieure"], totals["actions_listed"]) == (1, 1)

    sheet = move(sheet, Step.PUBLISH, access=moderator, at=NOW)
    page, totals = synthesis(edition)
    assert "La chaîne humaine" in page
    assert (totals["actions"]["borne_inferieure"], totals["actions_listed"]) == (2, 2)
    assert totals["etablissements"]["borne_inferieure"] == 1
    assert totals["actions"]["non_communique"] == "Lyon"
    assert "Compté sur les fiches publiées" in page

    move(sheet, Step.REMOVE, access=moderator, at=NOW + dt.timedelta(hours=1), reason="En double.")
    page, totals = synthesis(edition)
    assert "La chaîne humaine" not in page
    assert (totals["actions"]["borne_inferieure"], totals["actions_listed"]) == (1, 1)


def test_what_the_academie_announces_stands_beside_and_is_not_added(where: Territory, tmp_path: Path) -> None:
    factories.action(where, factories.school(where), Etat.PUBLISHED)
    factories.action(where, None, Etat.SUBMITTED)
    Chiffre.objects.create(
        semaine=where.semaine, indicateur=Indicateur.ACTIONS, position=0, kind=Kind.EXACT, value=160
    )
    page, totals = synthesis(where.semaine.edition)
    assert totals["actions"]["borne_inferieure"] == 1
    assert "160 annoncées par l’académie" in page
    said = io.StringIO()
    call_command("export_edition", factories.YEAR, out=tmp_path / "edition.json", stdout=said)
    data = json.loads((tmp_path / "edition.json").read_text())
    dijon = next(semaine for semaine in data["semaines"] if semaine["academie"] == "Dijon")
    told = [(figure["value"], figure["additive"]) for figure in dijon["chiffres"]["actions"]]
    assert told == [(1, True), (160, False)]
    assert data["totals"]["actions"]["lower_bound"] == 1
    assert len(dijon["actions"]) == 1
    assert "1 action attend la modération : ce fichier ne les contient pas." in said.getvalue()
    assert "bureau national" not in said.getvalue()
    Texte.objects.create(edition=where.semaine.edition, section="messages", position=0, text="En chantier.")
    call_command("export_edition", factories.YEAR, out=tmp_path / "edition.json", stdout=said)
    assert "Les textes du bureau national y figurent, même ceux qu’il n’a pas publiés." in said.getvalue()
