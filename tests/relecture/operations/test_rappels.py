"""The digests for real: who gets one, what it names, how seldom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from accroche.actions.cycle import Etat
from accroche.actions.models import LienAcces
from accroche.commun import journal
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.rappels import send_reminders
from accroche.relecture.queries.territoires import sans_moderateur
from tests import factories
from tests.factories import NOW
from tests.world import digest

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_a_moderator_is_told_what_waits_once_a_week_and_three_weeks_for_a_sheet(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    old = factories.action(where, school, submitted_at=NOW - 10 * DAY)
    factories.action(where, school, submitted_at=NOW - 2 * DAY)
    written = [day for day in range(40) if send_reminders(at=NOW + day * DAY, wait_days=7)]
    first = Message.objects.order_by("created_at", "pk").first()
    assert first
    assert first.to == moderator.email
    assert first.subject == "1 fiche à relire"
    assert f"/fiches/{old.pk}/" in first.body
    # the first sheet on days 0, 7 and 14; the second from day 5, seen with the mails of 7, 14 and 21
    assert written == [0, 7, 14, 21]
    assert journal.entries(old).filter(verb="remind_moderator").count() == 3


def test_one_mail_holds_all_that_awaits_one_person(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    factories.role(moderator, TypeRole.PORTEUR, etablissement=school)
    factories.role(moderator, TypeRole.NATIONAL)
    factories.territory("Lyon", "69")
    factories.action(where, school, submitted_at=NOW - 10 * DAY)
    factories.action(where, school, Etat.TO_COMPLETE, updated_at=NOW - 8 * DAY, private_email="")
    factories.action(where, school, Etat.DRAFT, updated_at=NOW - 15 * DAY, declarant=moderator)
    (rappel,) = send_reminders(at=NOW)
    assert rappel.subjects == [
        "1 fiche à relire",
        "1 fiche à compléter",
        "1 fiche à terminer",
        "1 académie sans modérateur",
    ]
    assert Message.objects.get().to == moderator.email


@pytest.mark.parametrize(
    ("etat", "rest", "told"),
    [
        (Etat.TO_COMPLETE, 6, False),
        (Etat.TO_COMPLETE, 7, True),
        (Etat.DRAFT, 13, False),
        (Etat.DRAFT, 14, True),
        (Etat.PUBLISHED, 100, False),
        (Etat.REFUSED, 100, False),
        (Etat.WITHDRAWN, 100, False),
    ],
)
def test_a_school_is_told_what_rests(
    where: Territory,
    school: Etablissement,
    etat: Etat,
    rest: int,
    told: bool,
) -> None:
    author = factories.user("prof@ac-dijon.fr")
    factories.action(where, school, etat, declarant=author, private_email="", updated_at=NOW - rest * DAY)
    assert [rappel.to for rappel in send_reminders(at=NOW)] == ([author.email] if told else [])


def test_an_address_nobody_confirmed_is_not_written_to(where: Territory, school: Etablissement) -> None:
    draft = factories.action(
        where, school, Etat.DRAFT, declarant_email="prof@example.fr", updated_at=NOW - 20 * DAY
    )
    assert send_reminders(at=NOW) == []
    LienAcces.objects.create(
        action=draft,
        email="prof@example.fr",
        token_hash=digest("x"),
        created_at=NOW,
        expires_at=NOW,
        used_at=NOW,
    )
    assert [rappel.to for rappel in send_reminders(at=NOW)] == ["prof@example.fr"]


def test_a_sheet_that_changed_is_recalled_again(where: Territory, school: Etablissement) -> None:
    author = factories.user("prof@ac-dijon.fr")
    sheet = factories.action(
        where, school, Etat.TO_COMPLETE, declarant=author, private_email="", updated_at=NOW - 8 * DAY
    )
    for week in range(5):
        send_reminders(at=NOW + 7 * week * DAY)
    assert Message.objects.count() == 3
    type(sheet).objects.filter(pk=sheet.pk).update(updated_at=NOW + 30 * DAY)
    assert send_reminders(at=NOW + 40 * DAY)


def test_a_dry_run_and_a_second_run_write_nothing(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    factories.action(where, school, submitted_at=NOW - 10 * DAY)
    assert [rappel.to for rappel in send_reminders(at=NOW, dry_run=True)] == [moderator.email]
    assert not Message.objects.exists()
    assert not JournalEntry.objects.exists()
    assert len(send_reminders(at=NOW)) == 1
    assert send_reminders(at=NOW) == []
    Message.objects.update(created_at=NOW - 30 * DAY)  # as two runs at once would see: none written yet
    assert send_reminders(at=NOW) == [], "the key of the week"
    assert Message.objects.count() == 1


def test_the_territories_without_a_moderator_are_told_to_the_bureau_every_week(where: Territory) -> None:
    away = factories.territory("Lyon", "69")
    factories.action(away, factories.school(away))
    bureau = factories.person(TypeRole.NATIONAL)
    ended = factories.user("ancien@ac-dijon.fr")
    factories.role(ended, TypeRole.MODERATEUR, academie=where.academie, ended_at=NOW - DAY)
    assert [(row.academie.name, row.waiting) for row in sans_moderateur(NOW)] == [("Lyon", 1), ("Dijon", 0)]
    for week in range(4):
        (rappel,) = send_reminders(at=NOW + 7 * week * DAY, wait_days=100)
        assert rappel.to == bureau.email
    assert "Lyon (1 fiche en attente)" in rappel.body
    factories.person(TypeRole.MODERATEUR, "m@ac-lyon.fr", academie=away.academie)
    assert [row.academie.name for row in sans_moderateur(NOW)] == ["Dijon"]


def test_the_command_says_who_is_written_to(
    where: Territory, moderator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.action(where, submitted_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    call_command("send_reminders", "--dry-run")
    told = capsys.readouterr().out
    assert f"{moderator.email} : 1 fiche à relire" in told
    assert "Rappels à écrire : 1." in told
    assert not Message.objects.exists()
    call_command("send_reminders", "--after", "30")
    assert Message.objects.count() == 1
    with pytest.raises(CommandError, match="1 ou plus"):
        call_command("send_reminders", "--after", "0")
