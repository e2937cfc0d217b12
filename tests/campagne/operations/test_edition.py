"""Opening an edition to declarations."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from accroche.annuaire.operations import load_reference
from accroche.campagne.axes import CATALOGUE
from accroche.campagne.models import Edition, Grille, GrilleEdition
from accroche.campagne.operations import OpenedEditionError, ReportedEditionError, open_edition
from accroche.campagne.regles import StatutSemaine
from accroche.campagne.vie import TypeEcheance
from accroche.commun.journal import entries
from accroche.comptes.permissions import OPERATOR
from accroche.lib.dates import DateError
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

pytestmark = pytest.mark.django_db

OPENS, CLOSES = dt.date(2026, 9, 1), dt.date(2027, 7, 5)


def test_each_academie_of_the_day_gets_its_semaine() -> None:
    load_reference()
    edition, created = open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW)
    names = set(edition.semaines.values_list("academie__name", flat=True))
    assert created
    assert {"Normandie", "Mayotte"} <= names
    assert not {"Caen", "Rouen"} & names
    assert set(edition.semaines.values_list("status", flat=True)) == {StatutSemaine.PREPARING}
    assert edition.is_counted
    assert edition in Edition.objects.declaring_on(OPENS)


def test_the_catalogue_is_a_copy_of_the_latest_edition_s() -> None:
    before = factories.edition("2025-2026")
    before.axes.create(code="dynamique", label="Une dynamique à nous", position=0)
    before.objectifs.create(code="communiquer", label="Communiquer", position=0, conclusion="Bien")
    edition, _ = open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW)
    (axe,) = edition.axes.all()
    assert axe.label == "Une dynamique à nous"
    assert axe.as_told() == replace(CATALOGUE["dynamique"], label=axe.label), "nobody had said what to try"
    assert [(o.label, o.conclusion) for o in edition.objectifs.all()] == [("Communiquer", "")]


def test_a_first_edition_starts_from_the_usual_axes() -> None:
    edition, _ = open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW)
    assert [axe.as_told() for axe in edition.axes.all()] == list(CATALOGUE.values())


def test_again_only_the_days_follow() -> None:
    factories.territory()
    open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW)
    later = CLOSES - dt.timedelta(days=30)
    edition, created = open_edition(
        "2026-2027", opens=OPENS, closes=later, access=OPERATOR, at=NOW + dt.timedelta(days=1)
    )
    assert not created
    assert (edition.declaration_closes, edition.published_at) == (later, NOW - dt.timedelta(days=30))
    assert edition.semaines.count() == 1
    assert not entries(edition).exists()  # the factory had opened it


@pytest.mark.parametrize(
    ("opens", "closes", "message"),
    [
        (CLOSES, OPENS, "avant d’ouvrir"),
        (dt.date(2025, 9, 1), CLOSES, "pas dans l’année scolaire"),
        (OPENS, dt.date(2027, 9, 1), "pas dans l’année scolaire"),
    ],
)
def test_days_that_make_no_sense_are_refused(opens: dt.date, closes: dt.date, message: str) -> None:
    with pytest.raises(DateError, match=message):
        open_edition("2026-2027", opens=opens, closes=closes, access=OPERATOR, at=NOW)
    assert not Edition.objects.exists()


def test_nobody_declares_in_an_edition_told_by_a_report() -> None:
    factories.edition("2015-2016", declaration_opens=None, declaration_closes=None)
    with pytest.raises(ReportedEditionError, match="vient d’un rapport"):
        open_edition(
            "2015-2016", opens=dt.date(2015, 9, 1), closes=dt.date(2016, 7, 5), access=OPERATOR, at=NOW
        )


def test_the_command_takes_the_days_of_the_school_year() -> None:
    call_command("open_edition", "2026-2027")
    edition = Edition.objects.get()
    assert (edition.declaration_opens, edition.declaration_closes) == (OPENS, CLOSES)


def test_the_command_says_what_a_day_should_look_like() -> None:
    with pytest.raises(CommandError, match="2026-09-01"):
        call_command("open_edition", "2026-2027", "--opens", "hier")


def test_deadlines_and_grid_are_those_of_the_edition_before_a_year_later() -> None:
    before = factories.edition("2025-2026")
    before.echeances.create(kind=TypeEcheance.BILAN, day=dt.date(2026, 6, 5))
    grille = Grille.objects.create(code="une", name="Une grille", created_at=NOW, updated_at=NOW)
    GrilleEdition.objects.create(edition=before, grille=grille, opened_at=NOW, due_on=dt.date(2026, 6, 12))
    edition, _ = open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW)
    assert {row.kind: row.day for row in edition.echeances.all()} == {
        TypeEcheance.BILAN: dt.date(2027, 6, 4)  # a Friday, both
    }
    assert (edition.grille_edition.grille, edition.grille_edition.due_on) == (grille, dt.date(2027, 6, 11))


def test_deadlines_that_are_given_are_the_only_ones() -> None:
    factories.edition("2025-2026").echeances.create(kind=TypeEcheance.BILAN, day=dt.date(2026, 6, 5))
    wanted = {TypeEcheance.AXES: dt.date(2027, 6, 18), TypeEcheance.BILAN: None}
    edition, _ = open_edition(
        "2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW, echeances=wanted
    )
    assert [(row.kind, row.day) for row in edition.echeances.all()] == [
        (TypeEcheance.AXES, dt.date(2027, 6, 18))
    ]


def test_a_deadline_before_the_edition_opens_nothing() -> None:
    wanted = {TypeEcheance.AXES: OPENS - dt.timedelta(days=1)}
    with pytest.raises(DateError, match="avant le début de l’édition"):
        open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW, echeances=wanted)
    assert not Edition.objects.exists()


def test_who_opens_anew_what_is_open_is_told() -> None:
    open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW, anew=True)
    with pytest.raises(OpenedEditionError, match="déjà ouverte"):
        open_edition("2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW, anew=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_at_once_one_does() -> None:
    load_reference()
    found = at_once(
        2,
        lambda _number: open_edition(
            "2026-2027", opens=OPENS, closes=CLOSES, access=OPERATOR, at=NOW, anew=True
        ),
    )
    assert passed(found, OpenedEditionError) == 1
    edition = Edition.objects.get()
    assert entries(edition).count() == 1
    assert edition.semaines.count() == edition.semaines.values("academie").distinct().count()
