"""Opening an edition to declarations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accroche.annuaire.operations import load_reference
from accroche.campagne.models import Edition
from accroche.campagne.operations import ReportedEditionError, open_edition
from accroche.campagne.regles import AXE_LABELS, StatutSemaine
from accroche.commun.journal import entries
from accroche.lib.dates import DateError
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

OPENS, CLOSES = dt.date(2026, 9, 1), dt.date(2027, 7, 5)


def test_each_academie_of_the_day_gets_its_semaine() -> None:
    load_reference()
    edition, created = open_edition("2026-2027", opens=OPENS, closes=CLOSES, at=NOW)
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
    edition, _ = open_edition("2026-2027", opens=OPENS, closes=CLOSES, at=NOW)
    assert [axe.label for axe in edition.axes.all()] == ["Une dynamique à nous"]
    assert [(o.label, o.conclusion) for o in edition.objectifs.all()] == [("Communiquer", "")]


def test_a_first_edition_starts_from_the_usual_axes() -> None:
    edition, _ = open_edition("2026-2027", opens=OPENS, closes=CLOSES, at=NOW)
    assert [axe.code for axe in edition.axes.all()] == list(AXE_LABELS)


def test_again_only_the_days_follow() -> None:
    factories.territory()
    open_edition("2026-2027", opens=OPENS, closes=CLOSES, at=NOW)
    later = CLOSES - dt.timedelta(days=30)
    edition, created = open_edition("2026-2027", opens=OPENS, closes=later, at=NOW + dt.timedelta(days=1))
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
        open_edition("2026-2027", opens=opens, closes=closes, at=NOW)
    assert not Edition.objects.exists()


def test_nobody_declares_in_an_edition_told_by_a_report() -> None:
    factories.edition("2015-2016", declaration_opens=None, declaration_closes=None)
    with pytest.raises(ReportedEditionError, match="vient d’un rapport"):
        open_edition("2015-2016", opens=dt.date(2015, 9, 1), closes=dt.date(2016, 7, 5), at=NOW)


def test_the_command_takes_the_days_of_the_school_year() -> None:
    call_command("open_edition", "2026-2027")
    edition = Edition.objects.get()
    assert (edition.declaration_opens, edition.declaration_closes) == (OPENS, CLOSES)


def test_the_command_says_what_a_day_should_look_like() -> None:
    with pytest.raises(CommandError, match="2026-09-01"):
        call_command("open_edition", "2026-2027", "--opens", "hier")
