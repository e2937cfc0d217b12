"""Whatever people do with sheets, in any order: nothing unread is public, nothing is lost, all is told once.

Random walks of the real operations. What is public is compared with a shadow kept by the test: the content
that a moderator has read, sheet by sheet.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step, TransitionError, steps_from
from accroche.actions.models import Action, Activite
from accroche.actions.operations import move
from accroche.actions.queries import CONTENT_PARTS, content_of
from accroche.commun import journal
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.permissions import Access
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.fusion import FusionError, merge, split
from tests import factories
from tests.factories import NOW
from tests.thorough import examples

SHEETS = 3
#: One thing somebody does: a step on a sheet (which of those its state allows), a merge of one into another,
#: its undoing, or writing.
MOVES = st.one_of(
    st.tuples(st.just("step"), st.integers(0, SHEETS - 1), st.integers(0, len(Step) - 1)),
    st.tuples(st.just("write"), st.integers(0, SHEETS - 1)),
    st.tuples(st.just(Step.SPLIT), st.integers(0, SHEETS - 1)),
    st.tuples(st.just(Step.MERGE), st.integers(0, SHEETS - 1), st.integers(0, SHEETS - 1)),
)


class World:
    """Three sheets of one académie, the school and the moderator who work on them."""

    def __init__(self) -> None:
        where = factories.territory()
        self.moderator = factories.access(
            factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
        )
        self.owners: list[Access] = []
        self.sheets: list[int] = []
        for number in range(SHEETS):
            school = factories.school(where, number + 1)
            person = factories.person(TypeRole.PORTEUR, f"p{number}@ac-dijon.fr", etablissement=school)
            self.owners.append(factories.access(person))
            etat = (Etat.DRAFT, Etat.SUBMITTED, Etat.PUBLISHED)[number]
            self.sheets.append(
                factories.action(
                    where,
                    school,
                    etat,
                    title=f"Action {number}",
                    private_email="",
                    declarant=person,
                    description=f"récit {number}",
                ).pk
            )
        self.written = {f"récit {number}" for number in range(SHEETS)}
        #: passages a moderator published, or that were on the site with their knowledge
        self.read = {"récit 2"}
        self.clock = NOW

    def sheet(self, number: int) -> Action:
        return Action.objects.get(pk=self.sheets[number])

    def later(self) -> dt.datetime:
        self.clock += dt.timedelta(minutes=1)
        return self.clock

    def passages(self, action: Action) -> set[str]:
        text = str(content_of(action))
        return {passage for passage in self.written if passage in text}

    def told(self) -> dict[int, set[str]]:
        """The passages of each sheet, as the database has them now."""
        rows = Action.objects.prefetch_related(*CONTENT_PARTS).in_bulk()
        assert rows.keys() == set(self.sheets), "none came, none is gone"
        return {pk: self.passages(row) for pk, row in rows.items()}

    def write(self, number: int) -> None:
        """What a school writes while it may."""
        action = self.sheet(number)
        if Etat(action.etat).is_editable:
            passage = f"ajout {len(self.written)}."
            Activite.objects.create(action=action, position=1000 + len(self.written), title=passage)
            self.written.add(passage)

    def do(self, what: Any) -> tuple[Action, Step] | None:
        """Do one thing for real; return the sheet whose state moved, and by which step."""
        kind, number, *more = what
        action = self.sheet(number)
        if kind == "write":
            self.write(number)
            return None
        try:
            if kind is Step.MERGE:
                merge(action, self.sheet(more[0]), access=self.moderator, at=self.later())
            elif kind is Step.SPLIT:
                split(action, access=self.moderator, at=self.later())
            else:
                allowed = [s for s in steps_from(Etat(action.etat)) if s not in {Step.MERGE, Step.SPLIT}]
                if not allowed:
                    return None
                kind = allowed[more[0] % len(allowed)]
                side = TRANSITIONS[kind].side
                access = self.moderator if side is Side.MODERATOR else self.owners[number]
                move(action, kind, access=access, at=self.later(), reason="Parce que")
                if kind is Step.PUBLISH:
                    self.read |= self.passages(action)
        except (FusionError, TransitionError):
            return None
        return action, kind


class Walks(TestCase):
    """Any walk of at most fifteen things."""

    @settings(max_examples=examples(25))
    @given(st.lists(MOVES, max_size=15))
    def test_nothing_unread_is_public_nothing_is_lost_and_all_is_told_once(self, walk: list[Any]) -> None:
        world = World()
        now = world.told()
        for what in walk:
            before = now
            entries = set(JournalEntry.objects.values_list("pk", flat=True))
            mails = set(Message.objects.values_list("pk", flat=True))
            moved = world.do(what)
            new = Message.objects.exclude(pk__in=mails)
            told = JournalEntry.objects.exclude(pk__in=entries)
            now = world.told()
            # what is public was read
            for pk in Action.objects.published().values_list("pk", flat=True):
                assert now[pk] <= world.read, what
            # nothing is lost: each passage is in a sheet still, and leaves one only when two part
            for pk in world.sheets:
                assert before[pk] <= now[pk] or what[0] is Step.SPLIT, what
            assert set().union(*now.values()) == world.written
            if moved is None:
                assert not new.exists()
                assert not told.exists()
                continue
            action, step = moved
            action.refresh_from_db()
            assert action.etat == TRANSITIONS[step].target
            # the journal of the sheet tells the step, once
            assert [e.verb for e in journal.entries(action).exclude(pk__in=entries)] == [step]
            # the other side is told, once
            addresses = list(new.values_list("to", flat=True))
            number = world.sheets.index(action.pk)
            owner, moderator = f"p{number}@ac-dijon.fr", "cardie@ac-dijon.fr"
            other = owner if TRANSITIONS[step].side is Side.MODERATOR else moderator
            assert addresses.count(other) == 1, what
            assert len(addresses) == len(set(addresses)), "nobody is told twice"
