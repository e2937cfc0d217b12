"""An edition read back from the database, compared whole with what was written there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Chiffre, Edition, Semaine
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.dossier.comptage import COUNTED
from accroche.dossier.queries import actions
from accroche.dossier.queries.comptage import decomptes, figures_of, levels_of, public_dossier
from accroche.dossier.queries.dossier import action_dossier, dossier_of, edition_dossier
from accroche.imports.operations import load_dossier
from accroche.lib.chiffres import Kind
from tests import factories
from tests.dossier.sample import EDITION
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


def test_what_was_loaded_is_read_back_field_by_field() -> None:
    load_dossier(EDITION, origin="pack", publish_at=NOW)
    edition = Edition.objects.get()
    assert dossier_of(edition) == EDITION
    assert edition_dossier(edition) == replace(EDITION, semaines=(), previous_academies=())
    assert public_dossier(edition) == EDITION, "its figures are the académies’ own"


def test_an_action_never_takes_its_private_contact_along(where: Territory) -> None:
    action = factories.action(
        where,
        factories.school(where),
        Etat.SUBMITTED,
        private_contact="Camille",
        private_phone="0380000000",
        created_at=NOW - dt.timedelta(days=1),
    )
    told = action_dossier(Action.objects.get(pk=action.pk))
    assert (told.private_contact, told.private_email, told.private_phone) == ("", "", "")
    assert (told.declared, told.submitted) == (NOW - dt.timedelta(days=1), NOW)


def test_sheets_read_by_table_are_those_read_one_by_one(
    edition_2015: Edition, where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Action.objects.filter(semaine__edition=edition_2015)[0]
    elsewhere = factories.action(where, etat=Etat.PUBLISHED)
    for number in range(3):
        sheet = factories.action(where, factories.school(where, number + 1), etat=Etat.PUBLISHED)
        Action.objects.filter(pk=sheet.pk).update(
            previous=source if number else elsewhere, position=9 - number
        )
    factories.piece(sheet, "waits.jpg")
    monkeypatch.setattr(actions, "BATCH", 2)  # parts are asked for several times
    for edition in (edition_2015, where.semaine.edition):
        told = [action for semaine in dossier_of(edition).semaines for action in semaine.actions]
        rows = Action.objects.told().filter(semaine__edition=edition)
        assert told == [action_dossier(row) for row in rows.order_by("semaine__academie__slug", "position")]


@pytest.mark.any_database
def test_many_carriers_are_asked_for_at_once(where: Territory) -> None:
    """SQLite takes no thousand conditions one after the other."""
    made = Porteur.objects.bulk_create(
        Porteur(academie=where.academie, kind="association", name=f"Association {n}") for n in range(1100)
    )
    sheet = factories.action(where, etat=Etat.PUBLISHED)
    ActionPorteur.objects.bulk_create(
        ActionPorteur(action=sheet, porteur=one, position=n) for n, one in enumerate(made)
    )
    found = Action.objects.prefetch_related("portages__porteur").get(pk=sheet.pk)
    assert len([row.porteur.name for row in found.portages.all()]) == 1100
    assert len(dossier_of(where.semaine.edition).semaines[0].actions[0].porteurs) == 1100


def test_an_action_takes_along_the_attachments_the_public_may_see(where: Territory) -> None:
    action = factories.action(where, etat=Etat.PUBLISHED)
    assert action_dossier(action).pieces == ()
    for name, consent in (("seen.jpg", "recorded"), ("waits.jpg", "pending")):
        piece = factories.piece(action, name)
        action.pieces.filter(pk=piece.pk).update(consent=consent)
    assert [piece.name for piece in action_dossier(action).pieces] == ["seen.jpg"]


def test_earlier_academies_are_those_of_a_later_semaine() -> None:
    load_dossier(EDITION, origin="pack")
    edition = Edition.objects.get()
    for ordinal, earlier in ((None, ()), (1, ()), (2, ("Caen", "Dijon"))):
        Semaine.objects.update(ordinal=ordinal)
        assert dossier_of(edition).previous_academies == earlier


def test_a_semaine_is_counted_alone_or_with_the_others(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    factories.action(where, etat=Etat.PUBLISHED)
    edition, pk = where.semaine.edition, where.semaine.pk
    assert {number: compte.actions for number, compte in decomptes(edition).items()} == {
        pk: 1,
        lyon.semaine.pk: 0,
    }
    assert {number: one.actions for number, one in decomptes(edition, only=where.semaine).items()} == {pk: 1}


def test_levels_are_those_ticked_and_those_of_the_sheets(where: Territory) -> None:
    factories.action(where, etat=Etat.PUBLISHED, college=False, lycee=True)
    semaine = where.semaine
    semaine.premier_degre = True
    assert levels_of(semaine, decomptes(semaine.edition)) == (Niveau.PREMIER_DEGRE, Niveau.LYCEE)
    assert levels_of(semaine, {}) == (Niveau.PREMIER_DEGRE,)


@pytest.mark.parametrize(
    ("status", "announced"),
    [(StatutSemaine.REPORTED, [12]), (StatutSemaine.UNAVAILABLE, [12])],
)
def test_what_is_counted_stands_before_what_is_announced(
    where: Territory, status: StatutSemaine, announced: list[int]
) -> None:
    semaine = where.semaine
    semaine.status = status
    semaine.save()
    Chiffre.objects.create(
        semaine=semaine, indicateur=Indicateur.ACTIONS, position=0, kind=Kind.EXACT, value=12
    )
    assert [figure.value for figure in figures_of(semaine, Indicateur.ACTIONS, {})] == [12]
    factories.action(where, etat=Etat.PUBLISHED)
    figures = figures_of(semaine, Indicateur.ACTIONS, decomptes(semaine.edition))
    assert [(figure.value, figure.additive) for figure in figures] == [
        (1, True),
        *((value, False) for value in announced),
    ]
    assert figures[0].source == COUNTED


def test_one_that_did_not_answer_and_has_no_sheet_is_not_available(where: Territory) -> None:
    semaine = where.semaine
    kinds = {}
    for status in (StatutSemaine.PREPARING, StatutSemaine.UNAVAILABLE):
        semaine.status = status
        semaine.save()
        (figure,) = figures_of(semaine, Indicateur.ACTIONS, decomptes(semaine.edition))
        kinds[status] = figure.kind
    assert kinds == {
        StatutSemaine.PREPARING: Kind.NOT_COMMUNICATED,
        StatutSemaine.UNAVAILABLE: Kind.UNAVAILABLE,
    }
