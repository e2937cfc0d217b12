"""A large import beside everybody else: nobody waits longer than a slice, nobody sees what is on its way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Arrivage
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.operations import declare
from accroche.actions.operations.livraison import Livraison
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire, Semaine
from accroche.commun import jobs
from accroche.commun.models import JobState, JournalEntry
from accroche.comptes.permissions import ANONYMOUS
from accroche.comptes.regles import TypeRole
from accroche.imports.operations import recensement as writing
from accroche.imports.queries import confrontation
from accroche.imports.queries.confrontation import held_marks
from accroche.relecture.queries.file import counts
from accroche.relecture.queries.reconnaissance import to_recognise
from tests import factories
from tests.factories import NOW
from tests.imports.recensement.concurrence import Meanwhile, confirmed, deposited, hidden
from tests.imports.recensement.nasty import PLAIN, csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

ROWS, AT_ONCE = 1200, 200
FILE = (PLAIN[0], *((f"Action {n}", "", PLAIN[1][2], "", "", "") for n in range(ROWS)))


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many slices as a far larger file would have."""
    for module, name in ((writing, "SLICE"), (arrivages, "SLICE"), (confrontation, "BATCH")):
        monkeypatch.setattr(module, name, AT_ONCE)


def declarer(where: Territory) -> Callable[[int], Action]:
    """Declare as a person of a school does."""
    school = where.departement.etablissements.order_by("uai")[0]
    access = factories.access(factories.user())
    porteur = PorteurSaisi(school.uai, school.kind, school.name, school.commune)

    def call(number: int) -> Action:
        content = Contenu(title=f"Voisine {number}", porteurs=(porteur,), description="Un forum.")
        return declare(content, edition=where.semaine.edition, access=access, at=NOW)

    return call


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_slices")
def test_who_declares_passes_between_any_two_slices(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two begin while a slice is written; both are served before the next one begins."""
    depot = deposited(where, moderator, csv(FILE), tmp_path)
    job = confirmed(depot, moderator)
    call = declarer(where)
    waiting: list[Meanwhile] = []
    served: list[Any] = []
    write, note = Livraison.write, arrivages.count

    def in_a_slice(*arguments: Any) -> None:
        note(*arguments)
        waiting.extend(Meanwhile(partial(call, len(served) + n)) for n in range(2))

    def slice_by_slice(livraison: Livraison, batch: Any) -> int:
        done = write(livraison, batch)
        while waiting:
            served.append(waiting.pop().result())
        assert Action.objects.count() == len(served), "others see each other, and nothing of the file"
        return done

    monkeypatch.setattr(arrivages, "count", in_a_slice)
    monkeypatch.setattr(Livraison, "write", slice_by_slice)
    assert jobs.run(job.pk, NOW)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert [type(one).__name__ for one in served] == ["Action"] * 2 * (ROWS // AT_ONCE)
    assert Action.objects.count() == ROWS + len(served)
    imported = Action.objects.filter(title__startswith="Action ", etat=Etat.SUBMITTED)
    assert imported.count() == ROWS
    titles = imported.order_by("position").values_list("title", flat=True)
    assert list(titles) == [row[0] for row in FILE[1:]], "in the order of the file"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_slices")
def test_who_declares_passes_while_an_import_is_taken_away(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot = deposited(where, moderator, csv(FILE), tmp_path)
    job = confirmed(depot, moderator)
    call = declarer(where)
    served: list[Any] = []

    def others_pass() -> None:
        served.append(Meanwhile(partial(call, len(served))).result())

    def refuse(_handle: jobs.Handle) -> None:
        raise jobs.Cancelled

    monkeypatch.setattr(jobs.Handle, "finish", refuse)
    monkeypatch.setattr(arrivages, "let_others_pass", others_pass)
    assert jobs.run(job.pk, NOW)
    assert [type(one).__name__ for one in served] == ["Action"] * (2 * ROWS // AT_ONCE), (
        "on its way in, and out"
    )
    assert Action.with_arriving.count() == len(served)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.django_db
def test_no_query_counts_what_has_not_arrived(where: Territory) -> None:
    made = hidden(where)
    assert Action.with_arriving.count() == 3
    assert not Action.objects.exists()
    assert not where.semaine.actions.exists()
    assert not any(porteur.actions.exists() for porteur in Porteur.objects.order_by("pk"))
    assert not held_marks(where.semaine)
    assert not any(counts(Action.objects.all()).values())
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    assert not to_recognise(access).exists()
    assert arrivages.reveal(made) == 3
    assert Action.objects.count() == len(held_marks(where.semaine)) == 3
    assert to_recognise(access).count() == 1


@pytest.mark.django_db
def test_what_is_taken_away_leaves_what_others_use(where: Territory) -> None:
    before = Porteur.objects.count(), Partenaire.objects.count(), Semaine.objects.count()
    made = hidden(where)
    porteur = Porteur.objects.get(name="Collège que nul ne connaît")
    theirs = factories.action(where)
    theirs.portages.create(porteur=porteur, position=0)
    arrivages.take_away(made)
    arrivages.take_away(made)  # again changes nothing
    assert list(Action.with_arriving.order_by("pk")) == [theirs]
    assert not JournalEntry.objects.exists()
    after = Porteur.objects.count(), Partenaire.objects.count(), Semaine.objects.count()
    assert after == (before[0] + 1, *before[1:])
    with pytest.raises(arrivages.AbandonedError):
        arrivages.reveal(made)
    with pytest.raises(arrivages.AbandonedError):
        arrivages.count(made, 1)


@pytest.mark.django_db
def test_a_semaine_that_was_opened_for_nothing_is_closed_again(where: Territory) -> None:
    Semaine.objects.filter(pk=where.semaine.pk).delete()
    made = hidden(where)
    assert made.opened_semaine
    arrivages.take_away(made)
    assert not Semaine.objects.filter(academie=where.academie).exists()


@pytest.mark.django_db
def test_only_what_nobody_brings_any_more_is_cleared(where: Territory) -> None:
    running = jobs.add("x", {}, owner=None, at=NOW)
    type(running).objects.filter(pk=running.pk).update(state=JobState.RUNNING, attempts=2)
    over = jobs.add("x", {}, owner=None, at=NOW)
    type(over).objects.filter(pk=over.pk).update(state=JobState.FAILED, attempts=1)
    person = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    kept = hidden(where, person, job=running.pk, attempt=2), hidden(where, person)
    for gone in ({"job": running.pk, "attempt": 1}, {"job": over.pk, "attempt": 1}):
        hidden(where, person, **gone)
    assert arrivages.clear(NOW) == 2
    assert set(Arrivage.objects.order_by("pk")) == set(kept)
    assert Action.with_arriving.count() == 6
    assert arrivages.clear(NOW + arrivages.SILENT) == 1, "a command that did not end in a day was killed"


@pytest.mark.django_db
def test_who_does_not_moderate_brings_nothing(where: Territory) -> None:
    made = arrivages.begin(where.semaine.edition, where.academie, at=NOW)
    with pytest.raises(PermissionDenied):
        Livraison(made, access=ANONYMOUS, at=NOW)


@pytest.mark.django_db
def test_the_database_knows_no_sheet_that_half_arrived(where: Territory) -> None:
    with pytest.raises(Exception, match="action_arriving_with_others"):
        factories.action(where, arrivage=3)
    assert connection.needs_rollback
