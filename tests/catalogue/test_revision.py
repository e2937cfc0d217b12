"""The revision, and what the index is told, while several write at once: nothing is missed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from accroche.annuaire.models import Academie
from accroche.campagne.models import Semaine
from accroche.catalogue.models import AIndexer
from accroche.catalogue.operations.aindexer import purge
from accroche.catalogue.queries.aindexer import KEPT, here, since
from accroche.commun.models import Revision
from accroche.commun.revision import is_settled, raise_revision, revision, revisions
from tests import factories
from tests.races import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)

NOW = factories.NOW


class Writer:
    """A transaction in a thread of its own, which stays open until it is told to end."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act, self._written, self._end = act, threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._written.wait(30)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self._act()
                self._written.set()
                assert self._end.wait(30)
        finally:
            connection.close()

    def commit(self) -> None:
        """End it, and wait until it has ended."""
        self._end.set()
        self._thread.join()


def published(semaine: Semaine, name: str) -> int:
    """Write a published sheet."""
    made = semaine.actions.create(slug=name, position=1, title=name, etat="published")
    return int(made.pk)


def test_what_ends_later_is_another_revision_again() -> None:
    semaine = factories.territory().semaine
    seen = [revision()]
    first = Writer(lambda: published(semaine, "un"))
    seen.append(revision())
    assert seen[0] == seen[1], "nobody sees it before its end"
    if connection.vendor == "postgresql":  # SQLite has one writer
        second = Writer(lambda: published(semaine, "deux"))
        second.commit()
        seen.append(revision())
    # a page made now, of what the second wrote, is out of date once the first ends
    first.commit()
    seen.append(revision())
    assert len(set(seen)) == len(seen) - 1
    assert revision() == revisions().whole, "asked alone or with its parts"


def test_the_index_misses_no_sheet_whoever_ends_first() -> None:
    semaine = factories.territory().semaine
    repere = here(NOW)
    late = Writer(lambda: published(semaine, "tard"))
    if connection.vendor == "postgresql":
        Writer(lambda: published(semaine, "tot")).commit()
        look = since(repere, NOW)
        assert [semaine.actions.get(pk=pk).slug for pk in look.actions] == ["tot"]
        repere = look.repere
    assert not since(repere, NOW)
    late.commit()
    look = since(repere, NOW)
    assert [semaine.actions.get(pk=pk).slug for pk in look.actions] == ["tard"]
    # another node looks for itself; one that was killed looks again
    assert since(repere, NOW).actions == look.actions
    assert not since(look.repere, NOW)


def test_many_at_once_all_raise_it_and_none_is_missed() -> None:
    semaine = factories.territory().semaine
    start, before = here(NOW), revision()
    seen: list[int] = []

    def write(number: int) -> int:
        made = [published(semaine, f"fiche-{number}-{turn}") for turn in range(5)]
        seen.append(revision())
        return len(made)

    results = at_once(4, write)
    assert results == [5] * 4
    assert before not in seen
    assert len(since(start, NOW).actions) == 20


def test_what_is_undone_leaves_no_trace_and_its_number_never_comes_back() -> None:
    semaine = factories.territory().semaine
    before, inside = revision(), 0
    with transaction.atomic():
        published(semaine, "un")
        inside = revision()
        assert not is_settled()
        transaction.set_rollback(True)
    assert is_settled()
    assert revision() == before != inside
    with transaction.atomic():
        published(semaine, "deux")
        assert revision() not in {before, inside}
        # undone within, raised within all the same
        with transaction.atomic():
            published(semaine, "trois")
            transaction.set_rollback(True)
    assert revision() not in {before, inside}


def test_undone_within_it_is_raised_by_what_comes_after() -> None:
    semaine = factories.territory().semaine
    before = revision()
    with transaction.atomic():
        with transaction.atomic():
            published(semaine, "un")
            transaction.set_rollback(True)
        assert revision() == before
        published(semaine, "deux")
    assert revision() != before


def test_it_stays_one_short_read() -> None:
    """Rows are put together by who writes, and say the same before and after."""
    factories.territory()
    seen = set()
    for _ in range(300):
        raise_revision()
        seen.add(revision())
    assert len(seen) == 300
    assert Revision.objects.count() < 200


def test_without_djangos_connection_it_is_the_same() -> None:
    factories.territory()
    asked = revision()
    connection.close()
    assert revision() == asked
    with transaction.atomic():
        Academie.objects.update(name="Bourgogne")
        assert revision() != asked


def test_the_index_is_told_for_a_week() -> None:
    semaine = factories.territory().semaine
    start = here(NOW)
    kept = published(semaine, "un")
    assert since(start, NOW).actions == {kept}
    for unknown in ("", "{}", '["1","another","x"]'):
        assert since(unknown, NOW).everything
    later = NOW + KEPT
    assert since(start, later).everything
    AIndexer.objects.update(at=NOW - KEPT)
    count = AIndexer.objects.count()
    assert purge(later) == count - 1
    assert AIndexer.objects.exists(), "numbers go on from the last"
