"""Reminding académies of their grid: at the right days, to the right people, never twice."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.evaluation.evaluation import Relance
from accroche.evaluation.models import RelanceGrille
from accroche.evaluation.operations.evaluation_relances import remind, send_grid_reminders
from tests import factories
from tests.evaluation.operations.test_evaluation import signed
from tests.factories import NOW
from tests.pilotage import grilles
from tests.races import at_once

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def service(where: Territory) -> Access:
    grilles.attached(where.semaine.edition)
    return factories.access(
        factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    )


def at(days_before: int) -> dt.datetime:
    return dt.datetime.combine(grilles.DUE - days_before * DAY, dt.time(7), dt.UTC)


def test_the_deadline_is_told_two_weeks_before_in_the_last_days_and_once_it_is_over(
    where: Territory, service: Access
) -> None:
    told = [
        (days, one.kind, one.to)
        for days in (30, 15, 14, 13, 8, 4, 3, 2, 0, -1, -2, -9, -15)
        for one in send_grid_reminders(at=at(days))
    ]
    to = ("cardie@ac-dijon.fr",)
    assert told == [(14, Relance.SOON, to), (3, Relance.LAST_DAYS, to), (-1, Relance.LATE, to)]
    assert Message.objects.count() == 3
    body = Message.objects.order_by("pk").values_list("body", flat=True)[0]
    assert "Critères renseignés : 0 sur 3." in body.replace("\u00a0", " ")
    assert "/pilotage/evaluation/2026-2027/dijon/" in body


def test_each_morning_one_command_writes_them_with_the_digests(
    where: Territory, service: Access, open_today: None, capsys: pytest.CaptureFixture[str]
) -> None:
    grilles.attached(where.semaine.edition, due_on=NOW.date() + 2 * DAY)
    call_command("send_reminders", "--dry-run")
    assert (
        "cardie@ac-dijon.fr : Dijon 2026-2027, grille (trois jours avant l’échéance)"
        in capsys.readouterr().out
    )
    assert not Message.objects.exists()
    call_command("send_reminders")
    assert Message.objects.filter(key__startswith="grille-relance").count() == 1


def test_who_signed_is_left_alone_and_a_dry_run_writes_nothing(where: Territory, service: Access) -> None:
    (told,) = send_grid_reminders(at=at(14), dry_run=True)
    assert told.to == ("cardie@ac-dijon.fr",)
    assert not RelanceGrille.objects.exists()
    signed(where, service)
    assert send_grid_reminders(at=at(14)) == []


def test_the_bureau_reminds_once_a_week_and_an_office_answers_for_who_has_nobody(
    where: Territory, service: Access
) -> None:
    lyon = factories.territory("Lyon", "69")
    edition, numbers = where.semaine.edition, [where.semaine.pk, lyon.semaine.pk]
    with pytest.raises(PermissionDenied):
        remind(edition, numbers, "Bonjour", access=service, at=NOW)
    with pytest.raises(ValueError, match="message"):
        remind(edition, numbers, " ", access=OPERATOR, at=NOW)
    assert [one.semaine for one in remind(edition, numbers, "C’est bientôt.", access=OPERATOR, at=NOW)] == [
        where.semaine
    ]
    lyon.academie.courriel = "bureau@ac-lyon.fr"
    lyon.academie.save()
    (other,) = remind(edition, numbers, "C’est bientôt.", access=OPERATOR, at=NOW + DAY)
    assert other.to == ("bureau@ac-lyon.fr",)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_mail(where: Territory, service: Access) -> None:
    done = at_once(2, lambda _n: len(send_grid_reminders(at=at(14))))
    assert sorted(done, key=str) == [0, 1]
    assert Message.objects.count() == 1


def test_nobody_is_reminded_of_what_cannot_be_signed_any_more(where: Territory, service: Access) -> None:
    Edition.objects.update(closed_at=NOW)
    assert send_grid_reminders(at=at(-1), dry_run=True) == send_grid_reminders(at=at(-1)) == []
    assert remind(where.semaine.edition, [where.semaine.pk], "Alors ?", access=OPERATOR, at=NOW) == []
    assert not Message.objects.exists()
