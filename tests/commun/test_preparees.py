"""Queries made once: they find what the same query finds, for any values, in any thread."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet, prefetch_related_objects

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur, Lien, Theme
from accroche.actions.regles import CodeTheme
from accroche.commun import preparees
from accroche.commun.preparees import NotPreparableError, Parties, PartiesDeListe, prepared
from tests import factories

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


def by_number(numbers: tuple[int, ...], etat: str, least: int) -> QuerySet[Action]:
    found = Action.objects.filter(pk__in=numbers, etat=etat, version__gte=least).order_by("-pk")
    return found.select_related("semaine__academie").only("title", "semaine__academie__slug")


@pytest.fixture
def sheets(where: Territory) -> list[Action]:
    """Five sheets of one school, the last of which is withdrawn."""
    states = [Etat.PUBLISHED] * 4 + [Etat.WITHDRAWN]
    return [factories.action(where, etat=etat) for etat in states]


def test_it_finds_what_it_would_find(sheets: list[Action], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    whole = preparees._Made.__init__

    def counted(self: Any, *args: Any) -> None:
        made.append(1)
        whole(self, *args)

    monkeypatch.setattr(preparees._Made, "__init__", counted)
    ask, numbers = prepared(by_number), [one.pk for one in sheets]
    for size in (5, 3, 4, 1, 5, 3):
        for etat in (Etat.PUBLISHED, Etat.WITHDRAWN, "nowhere"):
            told = (tuple(numbers[:size]), str(etat), 0)
            found, wanted = ask(*told), list(by_number(*told))
            assert found == wanted
            assert [vars(one).keys() for one in found] == [vars(one).keys() for one in wanted]
            assert [one.semaine.academie.slug for one in found] == ["dijon"] * len(found)
    assert len(made) == 3, "of one, of four and of eight numbers"
    sheets[0].delete()
    assert sheets[0] not in ask(tuple(numbers), Etat.PUBLISHED.value, 0)


def test_the_rows_of_a_page_are_a_query_of_their_own(
    sheets: list[Action], django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(etat: str, rows: range) -> QuerySet[Action, int]:
        found = Action.objects.filter(etat=etat).order_by("-pk").values_list("pk", flat=True)
        return found[rows.start : rows.stop]

    monkeypatch.setattr(preparees, "MOST", 2)
    ask, numbers = prepared(page), [one.pk for one in sheets[3::-1]]
    for rows in (range(3), range(3, 6), range(3), range(1, 2), range(9, 12)):
        assert ask("published", rows) == numbers[rows.start : rows.stop]
    with django_assert_num_queries(0):
        assert ask("published", range(3, 3)) == []


def test_pages_that_hold_many_values_are_not_all_kept(
    sheets: list[Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def page(those: tuple[int, ...], rows: range) -> QuerySet[Action, int]:
        made.append(rows.start)
        found = Action.objects.filter(pk__in=those).order_by("pk").values_list("pk", flat=True)
        return found[rows.start : rows.stop]

    monkeypatch.setattr(preparees, "MOST_VALUES", 12)
    ask, numbers = prepared(page), tuple(one.pk for one in sheets[:4])
    for start in (0, 1, 0, 2, 2, 0):
        assert ask(numbers, range(start, start + 1)) == [numbers[start]]
    assert made == [0, 1, 2, 0]


def test_nothing_asked_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert prepared(by_number)((), "published", 0) == []


def test_values_that_a_query_holds_otherwise_are_refused() -> None:
    """« contains » puts signs around its value, a sum reckons with it: neither could be told later."""

    def inside(text: str) -> QuerySet[Action]:
        return Action.objects.filter(title__contains=text)

    def forgotten(_number: int) -> QuerySet[Action]:
        return Action.objects.all()

    def reckoned(number: int) -> QuerySet[Action]:
        return Action.objects.filter(version=F("position") + (number + 1))

    with pytest.raises(NotPreparableError):
        prepared(inside)("Forum")
    for build in (forgotten, reckoned):
        with pytest.raises(NotPreparableError):
            prepared(build)(1)


@pytest.mark.parametrize("value", [None, True, factories.NOW, 1.5])
def test_a_value_that_the_database_would_be_told_otherwise_is_refused(value: Any) -> None:
    """« = NULL » finds nothing; a moment is no day; and which of them is known to its first asking alone."""

    def of(told: Any) -> QuerySet[Action]:
        return Action.objects.filter(previous=told)

    ask = prepared(of)
    assert ask(1) == []
    with pytest.raises(NotPreparableError):
        ask(value)


def test_less_of_what_was_read_with_a_row_is_never_of_another(where: Territory) -> None:
    """As what Django prefetches: of the row and of what was asked with it, in whatever order."""
    mine, other = (factories.action(where, etat=Etat.PUBLISHED) for _ in range(2))
    for row, names in ((mine, "ab-"), (other, "xy")):
        for position, name in enumerate(names):
            Lien.objects.create(action=row, url=f"https://exemple.fr/{name}", label=name, position=position)
    one = Parties(Action, liens=lambda row: row.liens.exclude(label="-")).read(mine)
    PartiesDeListe(Action, liens=lambda pks: Lien.objects.filter(action__in=pks).exclude(label="-")).read(
        [many := Action.objects.get(pk=mine.pk)]
    )
    for read in (one, many):
        assert [lien.label for lien in read.liens.order_by("-label")] == ["b", "a"]
        assert read.liens.filter(label__in="a-xy").count() == 1
        assert (read.liens.count(), len(read.liens.all()[1:])) == (2, 1)
        assert read.liens.order_by("pk").last() == read.liens.get(label="b")


def test_parts_are_those_that_django_prefetches(where: Territory, django_assert_num_queries: Any) -> None:
    school = factories.school(where)
    rows = [factories.action(where, school, Etat.PUBLISHED) for _ in range(3)]
    theme, _ = Theme.objects.get_or_create(code=next(iter(CodeTheme)).value)
    rows[0].themes.add(theme)
    for position, name in enumerate("ba"):
        Lien.objects.create(
            action=rows[0], url=f"https://exemple.fr/{name}", label=name, position=1 - position
        )
    parts = Parties(
        Action,
        liens=lambda row: row.liens.all(),
        themes=lambda row: row.themes.all(),
        portages=lambda row: row.portages.select_related("porteur"),
    )
    suites = PartiesDeListe(
        Action,
        liens=lambda pks: Lien.objects.filter(action__in=pks),
        portages=lambda pks: ActionPorteur.objects.filter(action__in=pks).select_related("porteur"),
    )
    wanted = list(Action.objects.order_by("pk"))
    prefetch_related_objects(wanted, "liens", "themes", "portages__porteur")
    for row, known in zip(Action.objects.order_by("pk"), wanted, strict=True):
        with django_assert_num_queries(3):
            assert parts.read(row) is row
        with django_assert_num_queries(0):
            assert told(row) == told(known)
            assert list(row.themes.all()) == list(known.themes.all())
            assert all(one.action is row for one in row.liens.all())
            assert all(one.action is row for one in row.portages.all())
    listed = list(Action.objects.order_by("pk"))
    with django_assert_num_queries(2):
        suites.read(listed)
    with django_assert_num_queries(0):
        assert [told(row) for row in listed] == [told(row) for row in wanted]
        assert all(one.action is row for row in listed for one in row.portages.all())
        suites.read([])


def told(row: Action) -> tuple[list[str], list[str]]:
    return [one.label for one in row.liens.all()], [one.porteur.name for one in row.portages.all()]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(where: Territory) -> None:
    ask = prepared(by_number)
    made = factories.action(where, etat=Etat.PUBLISHED)
    found: list[Any] = [ask((made.pk,), "published", 0)]

    def elsewhere() -> None:
        try:
            found.append(ask((made.pk,), "published", 0))
        finally:
            connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(30)
    assert found == [[made], [made]]


def test_days_are_told_as_the_database_writes_them(where: Territory) -> None:
    day = factories.NOW.date()
    made = factories.action(where, etat=Etat.PUBLISHED, starts=day)

    def since(first: dt.date, etat: str) -> QuerySet[Action]:
        return Action.objects.filter(starts__gte=first, etat=etat)

    ask = prepared(since)
    for after in (-1, 0, 1):
        first = day + dt.timedelta(days=after)
        assert ask(first, "published") == list(since(first, "published"))
    assert ask(day, "published") == [made]
