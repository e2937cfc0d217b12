"""The same step for many sheets of a file: gate, version, journal, races, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat, Step, TransitionError
from accroche.actions.models import Action
from accroche.actions.operations import cycle
from accroche.actions.operations.cycle import Held, Moved, StaleError, move, move_many
from accroche.commun import journal
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.edition import publish_edition
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

PRIVATE = "Appelez-moi au 06 12 34 56 78."


def told(where: Territory, porteur: Etablissement | None = None, **columns: Any) -> Action:
    """A sheet as a report tells it: nobody to ask, no level, no day."""
    loaded = {
        "loaded_from": "rapport",
        "submitted_at": None,
        "private_email": "",
        "temporality": "",
        "college": False,
        "description": "",
    }
    return factories.action(where, porteur, **loaded | columns)


def publish(**options: Any) -> Moved:
    return move_many(Action.objects.waiting(), Step.PUBLISH, access=OPERATOR, at=NOW, **options)


@pytest.mark.django_db
def test_what_the_gate_holds_back_is_listed_and_the_others_are_out(where: Territory) -> None:
    fine, held = told(where, title="Forum"), told(where, title="Salon", description=PRIVATE)
    (told_held,) = (moved := publish(actor_name="accroche essai", note="Relue")).held
    assert (moved.count, told_held.number, told_held.title) == (1, held.pk, "Salon")
    assert [(r.field, r.excerpt) for r in told_held.remarks] == [("description", "06 12 34 56 78")]
    assert str(told_held) == (
        f"n°\xa0{held.pk}, «\xa0Salon\xa0» : Retirez ce numéro de téléphone : il serait public."
    )
    fine.refresh_from_db()
    held.refresh_from_db()
    assert (fine.etat, fine.version, fine.updated_at) == (Etat.PUBLISHED, 1, NOW)
    assert (held.etat, held.version) == (Etat.SUBMITTED, 0)
    (line,) = JournalEntry.objects.all()
    assert (line.subject, line.verb, line.at) == (journal.subject_of(fine), "publish", NOW)
    assert (line.actor, line.actor_name, line.note) == (None, "accroche essai", "Relue")
    assert line.changes == {"etat": ["submitted", "published"]}
    assert publish() == Moved(0, (Held(held.pk, "Salon", told_held.remarks),))


@pytest.mark.django_db
def test_it_writes_what_the_same_step_one_by_one_writes(where: Territory, school: Etablissement) -> None:
    one, other = told(where, school), told(where, school)
    move(one, Step.PUBLISH, access=OPERATOR, at=NOW)
    publish()
    lines = [
        {
            f.attname: getattr(line, f.attname)
            for f in line._meta.concrete_fields
            if f.name not in {"id", "subject"}
        }
        for line in JournalEntry.objects.order_by("pk")
    ]
    assert lines[0] == lines[1]
    one.refresh_from_db()
    other.refresh_from_db()
    for name in ("etat", "version", "updated_at", "submitted_at", "merged_into_id"):
        assert getattr(one, name) == getattr(other, name), name


@pytest.mark.django_db
def test_nobody_is_mailed_of_what_nobody_declared(where: Territory, school: Etablissement) -> None:
    factories.person(TypeRole.PORTEUR, "principal@ac-dijon.fr", etablissement=school)
    told(where, school)
    assert publish().count == 1
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [{"loaded_from": ""}, {"submitted_at": NOW}],
)
def test_who_declared_a_sheet_is_owed_a_word_of_their_own(where: Territory, columns: dict[str, Any]) -> None:
    told(where)
    declared = told(where, **columns)
    with pytest.raises(ValueError, match=str(declared.pk)):
        publish()
    assert not Action.objects.filter(etat=Etat.PUBLISHED).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("step", [Step.SUBMIT, Step.ASK, Step.REFUSE, Step.REMOVE])
def test_a_step_that_owes_a_word_or_is_a_schools_is_not_made_for_many(where: Territory, step: Step) -> None:
    told(where)
    with pytest.raises(ValueError, match=step):
        move_many(Action.objects.all(), step, access=OPERATOR, at=NOW)


@pytest.mark.django_db
def test_it_asks_the_table_and_the_right(where: Territory) -> None:
    away = factories.territory("Lyon", "69")
    told(where)
    lyon = factories.person(TypeRole.MODERATEUR, academie=away.academie)
    with pytest.raises(PermissionDenied):
        move_many(Action.objects.all(), Step.PUBLISH, access=factories.access(lyon), at=NOW)
    Action.objects.update(etat=Etat.REFUSED)
    with pytest.raises(TransitionError):
        move_many(Action.objects.all(), Step.PUBLISH, access=OPERATOR, at=NOW)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_sheets_of_several_versions_make_the_step_together(where: Territory) -> None:
    for version in (0, 3, 3):
        told(where, version=version)
    assert publish().count == 3
    assert sorted(Action.objects.values_list("version", flat=True)) == [1, 4, 4]
    assert JournalEntry.objects.count() == 3


@pytest.mark.django_db
def test_who_writes_a_sheet_meanwhile_keeps_it(where: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, other = told(where), told(where)
    read = cycle._read
    told_once: list[bool] = []

    def interrupted(*args: Any) -> list[Action]:
        sheets = read(*args)
        if not told_once:
            told_once.append(True)
            Action.objects.filter(pk=taken.pk).update(version=1, title="Autre")
        return sheets

    monkeypatch.setattr(cycle, "_read", interrupted)
    edition = where.semaine.edition
    assert publish_edition(edition, at=NOW).count == 1
    taken.refresh_from_db()
    other.refresh_from_db()
    assert (taken.etat, taken.version, other.etat) == (Etat.SUBMITTED, 1, Etat.PUBLISHED)
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_sheets_that_others_write_without_end_are_given_up(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = told(where)
    read = cycle._read

    def interrupted(*args: Any) -> list[Action]:
        sheets = read(*args)
        Action.objects.filter(pk=sheet.pk).update(version=sheets[0].version + 1)
        return sheets

    monkeypatch.setattr(cycle, "_read", interrupted)
    with pytest.raises(StaleError):
        publish()
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_publish_each_sheet_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cycle, "BATCH", 4)
    where = factories.territory()
    for _ in range(10):
        told(where)
    edition = where.semaine.edition
    results = at_once(2, lambda number: publish_edition(edition, at=NOW + dt.timedelta(hours=number)).count)
    assert passed(results, StaleError) >= 1
    if passed(results, StaleError) == 2:
        assert sum(count for count in results if isinstance(count, int)) == 10
    assert Action.objects.published().count() == 10
    assert JournalEntry.objects.count() == 10
    assert set(Action.objects.values_list("version", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_moderator_and_the_command_at_once_decide_each_sheet_once() -> None:
    where = factories.territory()
    sheets = [told(where, slug=f"s{number}") for number in range(6)]
    held = Action.objects.get(pk=sheets[3].pk)

    def act(number: int) -> Any:
        if number:
            return publish_edition(where.semaine.edition, at=NOW)
        return move(held, Step.REFUSE, access=OPERATOR, at=NOW, reason="Hors sujet")

    results = at_once(2, act)
    assert passed(results, StaleError) >= 1
    assert JournalEntry.objects.filter(subject=journal.subject_of(held)).count() == 1
    assert Action.objects.filter(etat=Etat.PUBLISHED).count() in {5, 6}


def cost(where: Territory, sheets: int, school: Etablissement) -> int:
    for _ in range(sheets):
        told(where, school, description="Une rencontre.")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert publish().count == sheets
    return len(queries)


@pytest.mark.django_db
def test_a_batch_takes_as_many_queries_whatever_it_holds(where: Territory, school: Etablissement) -> None:
    one = cost(where, 1, school)
    assert cost(where, 30, school) == one <= 20


@pytest.mark.django_db
def test_the_command_lists_what_is_held_back(where: Territory, capsys: pytest.CaptureFixture[str]) -> None:
    told(where, title="Forum")
    held = [told(where, title=f"Salon {n}", description=PRIVATE) for n in range(25)]
    call_command("publish_edition", where.semaine.edition.year)
    said = capsys.readouterr().out
    assert "actions publiées : 1." in said
    assert "25 actions ne sont pas publiées. Corrigez-les" in said
    for sheet in held:
        assert f"«\xa0{sheet.title}\xa0» : Retirez ce numéro de téléphone" in said


@pytest.mark.django_db
def test_a_sheet_somebody_takes_up_owes_all_that_a_declared_one_does(
    where: Territory, school: Etablissement
) -> None:
    owner = factories.access(factories.person(TypeRole.PORTEUR, etablissement=school))
    sheet = move(told(where, school), Step.TAKE_BACK, access=owner, at=NOW)
    assert sheet.is_declared
    with pytest.raises(cycle.NotReadyError, match="Cochez au moins un niveau"):
        move(sheet, Step.SUBMIT, access=owner, at=NOW)
