"""The steps of an edition's life and its calendar, and who may write what is told of it meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations import StaleEditionError, move_edition, open_edition, set_calendar
from accroche.campagne.vie import EtatEdition, GesteEdition, TypeEcheance
from accroche.commun.journal import entries
from accroche.comptes.permissions import ANONYMOUS, OPERATOR, Access
from accroche.comptes.regles import Right, TypeRole
from accroche.lib.dates import DateError
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

pytestmark = pytest.mark.django_db

#: A day after declarations, in the edition of the tests.
LATER = dt.datetime(2027, 7, 20, 9, 0, tzinfo=dt.UTC)
CLOSE, REOPEN, ARCHIVE, UNARCHIVE = GesteEdition
BILAN, SYNTHESE = TypeEcheance.BILAN, TypeEcheance.SYNTHESE
DAY = dt.date(2027, 6, 4)


@pytest.fixture
def bureau() -> Access:
    return factories.access(factories.person(TypeRole.NATIONAL))


def test_an_edition_is_closed_reopened_archived_and_taken_out(bureau: Access) -> None:
    edition = factories.edition()
    told = []
    for geste in (
        CLOSE,
        GesteEdition.REOPEN,
        CLOSE,
        GesteEdition.ARCHIVE,
        GesteEdition.UNARCHIVE,
    ):
        edition = move_edition(edition, geste, access=bureau, at=LATER)
        told.append(edition.etat_on(LATER.date()))
    assert told == [
        EtatEdition.CLOSE,
        EtatEdition.BILAN,
        EtatEdition.CLOSE,
        EtatEdition.ARCHIVE,
        EtatEdition.CLOSE,
    ]
    verbs = [entry.verb for entry in entries(edition)]
    assert sorted(verbs) == sorted(
        ["close_edition", "reopen_edition", "close_edition", "archive_edition", "unarchive_edition"]
    )
    assert {entry.actor_name for entry in entries(edition)} == {str(bureau.user)}


@pytest.mark.parametrize(
    ("geste", "at"),
    [
        (CLOSE, NOW),
        (GesteEdition.REOPEN, LATER),
        (GesteEdition.ARCHIVE, LATER),
        (GesteEdition.UNARCHIVE, LATER),
    ],
)
def test_a_step_from_another_state_is_refused(bureau: Access, geste: GesteEdition, at: dt.datetime) -> None:
    edition = factories.edition()
    with pytest.raises(StaleEditionError):
        move_edition(edition, geste, access=bureau, at=at)
    assert not entries(edition).exists()


@pytest.mark.parametrize("who", ["nobody", "moderator"])
def test_only_the_bureau_decides(who: str) -> None:
    where = factories.territory()
    access = (
        ANONYMOUS
        if who == "nobody"
        else factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    )
    edition = where.semaine.edition
    with pytest.raises(PermissionDenied):
        move_edition(edition, CLOSE, access=access, at=LATER)
    with pytest.raises(PermissionDenied):
        set_calendar(edition, {BILAN: DAY}, access=access, at=NOW)
    with pytest.raises(PermissionDenied):
        open_edition(
            "2027-2028", opens=dt.date(2027, 9, 1), closes=dt.date(2028, 6, 1), access=access, at=NOW
        )


def test_what_is_told_of_a_closed_edition_is_nobody_s_to_write(bureau: Access) -> None:
    where = factories.territory()
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    mine = Semaine.objects.within(moderator, Right.EDIT_SEMAINE)
    assert where.semaine.may(moderator, Right.EDIT_SEMAINE)
    assert list(mine) == [where.semaine]
    move_edition(where.semaine.edition, CLOSE, access=bureau, at=LATER)
    closed = Semaine.objects.get(pk=where.semaine.pk)
    assert not closed.may(moderator, Right.EDIT_SEMAINE)
    assert closed.may(moderator, Right.SEE_STEERING)
    assert not mine.all().exists()
    assert list(Semaine.objects.within(moderator, Right.SEE_STEERING)) == [closed]


def test_the_calendar_says_what_changed_and_only_that(bureau: Access) -> None:
    edition = factories.edition()
    assert set_calendar(edition, {BILAN: DAY, SYNTHESE: None}, access=bureau, at=NOW) == {
        "bilan": (None, "2027-06-04")
    }
    later = dt.date(2027, 6, 11)
    assert set_calendar(
        edition,
        {BILAN: None, SYNTHESE: later},
        opens=edition.declaration_opens,
        closes=later,
        access=bureau,
        at=NOW,
    ) == {
        "bilan": ("2027-06-04", None),
        "synthese": (None, "2027-06-11"),
        "declaration_closes": ("2027-07-15", "2027-06-11"),
    }
    assert {row.kind: row.day for row in edition.echeances.all()} == {SYNTHESE: later}
    assert edition.declaration_closes == later
    assert set_calendar(edition, {SYNTHESE: later}, access=bureau, at=NOW) == {}
    assert entries(edition).count() == 2


def test_days_that_make_no_sense_are_refused_and_nothing_is_written(bureau: Access) -> None:
    edition = factories.edition()
    with pytest.raises(DateError, match="avant le début de l’édition, le 1er\u00a0septembre 2026"):
        set_calendar(edition, {BILAN: dt.date(2026, 8, 31)}, access=bureau, at=NOW)
    with pytest.raises(DateError, match="avant d’ouvrir"):
        set_calendar(
            edition,
            {BILAN: DAY},
            opens=dt.date(2027, 1, 1),
            closes=dt.date(2026, 12, 1),
            access=bureau,
            at=NOW,
        )
    assert not edition.echeances.exists()
    assert not entries(edition).exists()


def test_a_report_has_deadlines_but_no_declarations(bureau: Access) -> None:
    edition = factories.edition("2015-2016", declaration_opens=None, declaration_closes=None)
    set_calendar(
        edition,
        {BILAN: dt.date(2016, 6, 30)},
        opens=dt.date(2015, 9, 1),
        closes=dt.date(2016, 6, 1),
        access=bureau,
        at=NOW,
    )
    assert edition.declaration_opens is None
    with pytest.raises(DateError, match="avant le début"):
        set_calendar(edition, {BILAN: dt.date(2014, 6, 30)}, access=bureau, at=NOW)


def test_the_calendar_of_a_closed_edition_stays(bureau: Access) -> None:
    edition = factories.edition()
    read = Edition.objects.get(pk=edition.pk)
    move_edition(edition, CLOSE, access=bureau, at=LATER)
    with pytest.raises(StaleEditionError):
        set_calendar(read, {BILAN: DAY}, access=bureau, at=LATER)
    assert not edition.echeances.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_one_does() -> None:
    edition = factories.edition()

    def close(_number: int) -> Edition:
        mine = Edition.objects.get(pk=edition.pk)
        return move_edition(mine, CLOSE, access=OPERATOR, at=LATER)

    assert passed(at_once(3, close), StaleEditionError) == 1
    assert entries(edition).count() == 1
