"""The index follows the database: whatever happens, in whatever order, whoever is killed, it is the same."""

from __future__ import annotations

import datetime as dt
import math
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Fenetre
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.emplacement import Emplacement, Verrou
from accroche.catalogue.operations import indexation
from accroche.catalogue.operations.veille import Veilleur
from accroche.catalogue.queries import lecteur, moteur
from accroche.exploitation.queries import sante
from accroche.integrations.tantivy import BrokenIndexError, Interrogation, Snapshot
from accroche.integrations.tantivy.index import IndexWriter
from tests import factories, thorough
from tests.factories import NOW, Territory


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Emplacement:
    """An empty folder for the index of this node."""
    settings.INDEX = tmp_path / "index"
    return Emplacement(settings.INDEX)


def feed() -> int:
    return indexation.feed(lambda: NOW)


def rebuild() -> int:
    return indexation.rebuild(lambda: NOW)


def word_of(action: Action) -> str:
    return f"mot{action.pk}x{action.version}"


def sheet(where: Territory) -> Action:
    """A published sheet whose title holds a word of its own, another one after each edit."""
    action = factories.action(where, etat=Etat.PUBLISHED)
    return edited(action)


def edited(action: Action) -> Action:
    action.version += 1
    Action.with_unconfirmed.filter(pk=action.pk).update(title=word_of(action), version=action.version)
    return action


def moved(action: Action, etat: Etat) -> int:
    return Action.objects.filter(pk=action.pk).update(etat=etat)


def indexed() -> set[int]:
    """What is in the index, whatever the database says of it."""
    index = lecteur.snapshot()
    assert index is not None
    total, found = index.find(Interrogation(), 1000)
    assert total == len(found)
    return {key for key, _ in found}


def agree() -> None:
    """The index is what the public sees: the same sheets, as they are written now."""
    public = list(Action.objects.published())
    assert indexed() == {action.pk for action in public}
    for action in public:
        result = moteur.search(Criteres(q=f'"{word_of(action)}" '))
        assert (result.source, [hit.action_pk for hit in result.hits]) == ("index", [action.pk])


@pytest.mark.django_db(transaction=True)  # on PostgreSQL, what a transaction wrote is news until it ends
def test_what_changes_is_followed(place: Emplacement) -> None:
    where = factories.territory()
    one, two = sheet(where), sheet(where)
    assert feed() == 2  # there was none: made
    agree()
    first = place.current()
    assert feed() == 0
    edited(one)
    Action.objects.filter(pk=two.pk).update(etat=Etat.WITHDRAWN)
    assert feed() == 2
    agree()
    assert place.current() == first
    Edition.objects.update(published_at=None)
    feed()
    assert indexed() == set()
    Edition.objects.update(published_at=NOW)
    feed()
    agree()
    # what each sheet may be found by changes at once: all are read again, in another index
    Academie.objects.filter(pk=where.academie.pk).update(name="Bourgogne")
    feed()
    assert [hit.action_pk for hit in moteur.search(Criteres(q="bourgogne")).hits] == [one.pk]
    assert place.current() != first
    assert not place.folder(first).exists()


@pytest.mark.django_db(transaction=True)
def test_what_visitors_counted_is_counted_again_by_who_follows_and_as_it_is_then(
    place: Emplacement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lecteur, "PATIENCE", math.inf)
    where = factories.territory()
    lecteur.ask_again()  # there is none yet
    sheet(where)
    feed()
    assert moteur.search(Criteres()).total == 1
    for turn in (2, 3):
        made = sheet(where)
        if turn == 3:  # all are read again, in another index
            Academie.objects.update(name="Bourgogne")
        feed()
        lecteur.ask_again()
        state = lecteur.snapshot()
        assert state is not None
        with monkeypatch.context() as context:
            context.setattr(state, "_searcher", None)
            found = moteur.search(Criteres())
        assert (found.source, found.total, found.facettes["academie"]) == (
            "index",
            turn,
            {where.academie.slug: turn},
        )
        assert made.pk in {hit.action_pk for hit in found.hits}
    edited(made)
    feed()
    monkeypatch.setattr(Snapshot, "ask_again", mock.Mock(side_effect=BrokenIndexError("no more")))
    with pytest.raises(BrokenIndexError):  # the thread looks less often while this lasts
        lecteur.ask_again()
    assert place.is_broken(place.current())


@pytest.mark.django_db
def test_who_waits_while_another_reads_a_new_state_takes_that_one(
    where: Territory, place: Emplacement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would make one of its own otherwise, and let go of what was asked of the other."""
    lock, first = lecteur._lock, []

    @contextmanager
    def after_another() -> Iterator[None]:
        monkeypatch.setattr(lecteur, "_lock", lock)
        first.append(lecteur.snapshot())
        with lock:
            yield

    for _ in range(2):  # one that was opened already, then the same moved
        made = sheet(where)
        feed()
        monkeypatch.setattr(lecteur, "_lock", after_another())
        assert lecteur.snapshot() is first[-1] is not None
        assert made.pk in indexed()
    assert first[0] is not first[1]


@pytest.mark.django_db
def test_it_is_made_again_when_it_has_to_be(where: Territory, place: Emplacement) -> None:
    sheet(where)
    feed()
    harms: list[Callable[[str], object]] = [
        place.tell_broken,
        lambda name: place.answer_from(f"0123456789ab-{name}"),
        lambda _name: place.pointer.unlink(),
        lambda name: place.folder(name).rename(place.root / "elsewhere"),
        lambda name: (place.root / f"{name}.repere").unlink(),
        lambda name: (place.root / f"{name}.repere").write_text("[]"),
        # of another database, older or put back
        lambda name: (place.root / f"{name}.repere").write_text(
            (place.root / f"{name}.repere").read_text().replace("[", "[9", 1)
            if connection.vendor == "sqlite"
            else '["900000000:900000000:", "postgresql", "2026-11-24T09:00:00+00:00"]'
        ),
    ]
    for number, harm in enumerate(harms):
        before = place.current()
        harm(before)
        feed()
        assert place.current() not in {before, ""}, number
        agree()
    (place.folder(place.current()) / "meta.json").write_text("{")
    assert moteur.search(Criteres()).source == "base"
    feed()
    agree()


@pytest.mark.django_db
def test_a_rebuild_leaves_the_old_one_to_answer(where: Territory, place: Emplacement) -> None:
    """What changes meanwhile is in both, what interrupts it leaves nothing."""
    one, two = sheet(where), sheet(where)
    feed()
    before = place.current()
    fill = indexation._fill

    def meanwhile(index: Any) -> int:
        size = fill(index)
        agree()  # the old one answers
        edited(one)
        Action.objects.filter(pk=two.pk).update(etat=Etat.WITHDRAWN)
        assert feed() == 2
        agree()
        assert rebuild() == 0  # one at a time
        return size

    with mock.patch.object(indexation, "_fill", meanwhile):
        call_command("rebuild_index")
    assert place.current() != before
    agree()
    with mock.patch.object(indexation, "_fill", side_effect=RuntimeError), pytest.raises(RuntimeError):
        rebuild()
    agree()
    assert len([path for path in place.root.iterdir() if path.is_dir()]) == 2
    rebuild()
    assert [path.name for path in place.root.iterdir() if path.is_dir()] == [place.current()]


@pytest.mark.django_db
@pytest.mark.each_database
def test_who_writes_and_looks_at_once_misses_nothing(where: Territory, place: Emplacement) -> None:
    """Even when somebody else, who began later, has ended meanwhile."""
    one = sheet(where)
    feed()
    if connection.vendor == "postgresql":
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        beside.close()
    # once what nobody told yet is told, all that follows is of this transaction
    feed()
    edited(one)
    assert feed() == 1
    agree()


@pytest.mark.django_db
def test_one_program_writes_at_a_time(where: Territory, place: Emplacement, settings: Any) -> None:
    sheet(where)
    with place.alone(Verrou.FEED) as held:
        assert held
        assert feed() == 0
    with place.alone(Verrou.REBUILD), pytest.raises(CommandError, match="Un autre programme"):
        call_command("rebuild_index")
    settings.INDEX = None
    assert (feed(), rebuild()) == (0, 0)
    with pytest.raises(CommandError, match="ACCROCHE_INDEX"):
        call_command("rebuild_index")


#: Where a program is killed: what it does there, and by whom.
INSTANTS = {
    "before it wrote anything": (IndexWriter, "replace"),
    "before the index is certain": (IndexWriter, "commit"),
    "once it is, before that is remembered": (Emplacement, "remember"),
    "before the new one answers": (Emplacement, "answer_from"),
    "before the old one goes": (Emplacement, "tidy"),
}


def killed_at(instant: str, act: Callable[[], object]) -> None:
    """Do something in a program that is killed at that instant, by a signal that nobody can catch."""
    connection.close()
    child = os.fork()
    if child == 0:
        holder, name = INSTANTS[instant]
        killed = mock.Mock(side_effect=lambda *_args: os.kill(os.getpid(), signal.SIGKILL))
        with mock.patch.object(holder, name, killed):
            try:
                act()
            finally:
                os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) in {0, signal.SIGKILL}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_by_a_kill(place: Emplacement) -> None:
    """At each instant of a feeding and of a rebuild that could lose something."""
    where = factories.territory()
    sheets = [sheet(where), sheet(where)]
    feed()
    for instant in INSTANTS:
        for act in (feed, rebuild):
            edited(sheets[0])
            sheets.append(sheet(where))
            moved(sheets[1], Etat.WITHDRAWN if act is feed else Etat.PUBLISHED)
            killed_at(instant, act)
            feed()
            agree()


ACTS = st.one_of(
    st.tuples(
        st.sampled_from(["publish", "edit", "withdraw", "show", "rename", "feed", "rebuild"]),
        st.integers(0, 3),
    ),
    st.tuples(st.sampled_from(["feed killed", "rebuild killed"]), st.sampled_from(list(INSTANTS))),
)


@pytest.mark.django_db(transaction=True)
@given(acts=st.lists(ACTS, min_size=3, max_size=9))
@profile(
    max_examples=thorough.examples(4, long=1000),  # a third of a second of processor each
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_after_any_walk_the_index_is_the_database(
    acts: list[tuple[str, Any]], settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.INDEX = tmp_path_factory.mktemp("index")
    where = factories.territory()
    Action.with_unconfirmed.all().delete()
    sheets = [sheet(where)]
    does: dict[str, Callable[[Any], object]] = {
        "publish": lambda _number: sheets.append(sheet(where)),
        "edit": lambda number: edited(sheets[number % len(sheets)]),
        "withdraw": lambda number: moved(sheets[number % len(sheets)], Etat.WITHDRAWN),
        "show": lambda number: moved(sheets[number % len(sheets)], Etat.PUBLISHED),
        "rename": lambda number: Academie.objects.filter(pk=where.academie.pk).update(name=f"Dijon {number}"),
        "feed": lambda _number: feed(),
        "rebuild": lambda _number: rebuild(),
        "feed killed": lambda instant: killed_at(instant, feed),
        "rebuild killed": lambda instant: killed_at(instant, rebuild),
    }
    for act, told in acts:
        does[act](told)
    feed()
    agree()


@pytest.mark.django_db(transaction=True)
def test_the_thread_of_a_web_process_follows(place: Emplacement) -> None:
    """It makes the index, feeds it, goes on after a failure, and stops when it is told to."""
    where = factories.territory()
    one = sheet(where)
    told = [RuntimeError("once"), indexation.feed, indexation.feed]
    done = mock.Mock()

    def fed(now: Any) -> int:
        act = told.pop(0) if told else indexation.feed
        if isinstance(act, Exception):
            raise act
        found = int(act(now))  # type: ignore[operator]
        done()
        return found

    twice = threading.Event()
    done.side_effect = lambda: twice.set() if done.call_count > 1 else None
    with (
        mock.patch("accroche.catalogue.operations.veille.EVERY", 0.001),
        mock.patch("accroche.catalogue.operations.veille.indexation.feed", fed),
        mock.patch("accroche.catalogue.operations.veille.lecteur.ask_again") as asked_again,
    ):
        watcher = Veilleur()
        watcher.start()
        watcher.start()
        assert twice.wait(30)
        watcher.stop()
    assert indexed() == {one.pk}
    # each time, after what changed was taken over
    assert asked_again.call_count == done.call_count


@pytest.mark.django_db(transaction=True)
def test_an_operator_is_told_how_it_stands(place: Emplacement, settings: Any) -> None:
    """It is never in the way of serving: the database answers without it."""
    where = factories.territory()
    sheet(where)

    def told(at: dt.datetime = NOW) -> tuple[str, str]:
        constat = sante.index(at)
        return constat.etat.value, constat.words

    assert told()[0] == "warning"
    feed()
    assert told() == ("ok", "à jour")
    sheet(where)
    assert told() == ("ok", "1 fiche à relire")
    assert told(NOW + dt.timedelta(hours=1)) == ("warning", "que personne ne tient à jour")
    feed()
    place.tell_broken(place.current())
    assert told()[0] == "warning"
    settings.INDEX = None
    assert told()[0] == "ok"


@pytest.mark.django_db
def test_no_word_of_what_was_withdrawn_is_proposed(place: Emplacement, where: Territory) -> None:
    """The engine's dictionary keeps it until it tidies up."""
    for title in ("Jardin partagé", "Forum des métiers", "Xylophonistes anonymes"):
        last = factories.action(where, etat=Etat.PUBLISHED, title=title)
    rebuild()
    slip = Criteres(q="xylophonites")
    assert moteur.search(slip).proposition == "xylophonistes"
    Action.objects.filter(pk=last.pk).update(etat=Etat.WITHDRAWN)
    feed()
    assert (moteur.search(slip).total, moteur.search(slip).proposition) == (0, "")
    # nor is it one that somebody knows, of which nothing would be proposed
    Action.objects.exclude(pk=last.pk).filter(title="Jardin partagé").update(title="Xylophonists et jardin")
    feed()
    assert moteur.search(Criteres(q="xylophonistes")).proposition == "xylophonists"


@pytest.mark.django_db
def test_a_sheet_without_a_day_follows_the_window_of_its_semaine(
    place: Emplacement, where: Territory
) -> None:
    sheet(where)
    rebuild()
    day = dt.date(2027, 3, 1)
    Fenetre.objects.create(semaine=where.semaine, starts=day, ends=day)
    assert feed() == 1
