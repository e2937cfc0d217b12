"""Limits: what passes, what is refused, until when, and that nobody slips through at once."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.commun import plafonds
from accroche.commun.limites import Limite, LimitError, purge, take
from accroche.commun.models import Compteur
from tests.factories import NOW
from tests.strictness import ROOT

HOUR = dt.timedelta(hours=1)
FIVE = Limite("essai", 5, HOUR)
TWO = Limite("reseau", 2, dt.timedelta(minutes=10))


def passes(*uses: tuple[Limite, str], at: dt.datetime = NOW, cost: int = 1) -> bool:
    try:
        take(uses, at=at, cost=cost)
    except LimitError:
        return False
    return True


@pytest.mark.django_db
def test_as_many_as_allowed_pass_then_none_until_the_period_is_over() -> None:
    assert [passes((FIVE, "a")) for _ in range(7)] == [True] * 5 + [False] * 2
    assert not passes((FIVE, "a"), at=NOW + HOUR - dt.timedelta(microseconds=1))
    assert [passes((FIVE, "a"), at=NOW + HOUR) for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.django_db
def test_keys_and_limits_do_not_count_for_each_other() -> None:
    assert all(passes((FIVE, "a")) for _ in range(5))
    assert passes((FIVE, "b"))
    assert passes((TWO, "a"))


@pytest.mark.django_db
def test_a_refusal_says_which_limit_and_until_when() -> None:
    take([(TWO, "x")], at=NOW, cost=2)
    with pytest.raises(LimitError) as refused:
        take([(TWO, "x")], at=NOW + dt.timedelta(minutes=3))
    assert refused.value.limite == TWO
    assert refused.value.retry_at == NOW + TWO.period


@pytest.mark.django_db
def test_a_refusal_counts_nothing_anywhere() -> None:
    take([(TWO, "x")], at=NOW, cost=2)
    assert not any(passes((FIVE, "a"), (TWO, "x")) for _ in range(9))
    assert all(passes((FIVE, "a")) for _ in range(5))


@pytest.mark.django_db
def test_more_than_a_limit_ever_allows_is_refused() -> None:
    assert not passes((TWO, "x"), cost=3)
    assert passes((TWO, "x"), cost=2)


@pytest.mark.django_db
def test_what_is_taken_back_is_not_counted() -> None:
    with transaction.atomic():
        take([(TWO, "x")], at=NOW, cost=2)
        transaction.set_rollback(True)
    assert passes((TWO, "x"), cost=2)


@pytest.mark.django_db
def test_no_address_stands_in_the_table() -> None:
    take([(FIVE, "jeanne@exemple.fr")], at=NOW)
    row = Compteur.objects.get()
    assert (row.name, row.count, row.ends_at) == ("essai", 1, NOW + HOUR)
    assert "jeanne" not in row.key


@pytest.mark.django_db
def test_purging_keeps_what_still_counts() -> None:
    take([(FIVE, "a"), (TWO, "a")], at=NOW)
    assert purge(NOW + TWO.period) == 1
    assert Compteur.objects.get().name == FIVE.name


class Counting(TestCase):
    """Whatever the moments, no period holds more than its limit."""

    @given(st.lists(st.integers(0, 90), max_size=40))
    def test_no_period_holds_more_than_its_limit(self, minutes: list[int]) -> None:
        Compteur.objects.all().delete()
        passed: list[int] = []
        began = None
        for minute in sorted(minutes):
            expected_new = began is None or minute >= began + 60
            held = 0 if expected_new else sum(began <= one for one in passed)  # type: ignore[operator]
            assert passes((FIVE, "a"), at=NOW + dt.timedelta(minutes=minute)) == (held < FIVE.most)
            if held < FIVE.most:
                began = minute if expected_new else began
                passed.append(minute)


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_share_one_count() -> None:
    start, passed = threading.Barrier(12), []

    def ask(number: int) -> None:
        try:
            start.wait()
            # the same two limits, named in either order
            uses = [(FIVE, "a"), (Limite("tous", 50, HOUR), "")]
            passed.append(passes(*(uses if number % 2 else reversed(uses))))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 7 + [True] * 5
    assert sorted(Compteur.objects.values_list("name", "count")) == [("essai", 5), ("tous", 5)]


def test_the_documentation_tells_every_limit_as_it_is() -> None:
    words = {plafonds.MINUTE: "a minute", plafonds.HOUR: "an hour", plafonds.DAY: "a day"}
    text = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    told = [tuple(cell.strip() for cell in line.split("|")[1:4]) for line in text.splitlines() if "|" in line]
    expected = [
        (limite.name, f"{limite.most:_}".replace("_", " "), words[limite.period])
        for limite in plafonds.table()
    ]
    assert expected
    start = told.index(("limit", "at most", "within")) + 2
    assert told[start : start + len(expected)] == expected
    assert len({limite.name for limite in plafonds.table()}) == len(expected), "two limits of one name"


def test_a_refusal_says_when_to_come_back_in_words() -> None:
    late = dt.datetime(2026, 11, 24, 22, 58, 30, tzinfo=dt.UTC)
    assert str(LimitError(FIVE, late)).endswith("Réessayez à partir de 23\u00a0h\u00a059 (heure de Paris).")
    a_day = Limite("jour", 1, dt.timedelta(days=1), "Assez.")
    told = "Assez. Réessayez à partir du 24\u00a0novembre à 23\u00a0h\u00a059 (heure de Paris)."
    assert str(LimitError(a_day, late)) == told


def test_every_limit_is_one_that_something_counts_against() -> None:
    words = Counter(
        word
        for path in (ROOT / "accroche").rglob("*.py")
        for word in re.findall(r"\b[A-Z]\w+\b", path.read_text(encoding="utf-8"))
    )
    names = [name for name, value in vars(plafonds).items() if isinstance(value, Limite)]
    assert not [name for name in names if words[name] < 2]


#: Who may count rows and then write, and why nobody slips in between.
COUNTED_UNDER_A_LOCK = {
    "accroche/comptes/operations/demandes.py": "requests to join that wait: the row of the limit is held",
    "accroche/actions/operations/pieces.py": "files of a sheet: the sheet is claimed first",
    "accroche/evaluation/operations/grille.py": "criteria of an objective: the grid is claimed first",
}


def test_nothing_else_counts_rows_and_then_writes() -> None:
    """Requests at once pass a limit that reads how many there are: ``limites.take`` is the one door."""
    counting = re.compile(r"\.count\(\)\s*(?:>=?|<=?)")
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "accroche").rglob("*.py")
        if "operations" in path.parts or path.stem == "operations"
        if counting.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(COUNTED_UNDER_A_LOCK)
