"""Public pages that are kept, while many read and somebody writes: real threads, real transactions."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.test import Client

from accroche.campagne.models import Edition, Semaine
from accroche.catalogue.queries import editions
from tests import factories
from tests.races import at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept", "open_today")]


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    """Keep pages, and forget them after the test."""
    settings.PAGES_KEPT = 100
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def text(response: Any) -> bytes:
    """What is read of an answer."""
    return gzip.decompress(response.content) if "Content-Encoding" in response.headers else response.content


@pytest.fixture
def panoramas(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What happens in the middle of the page of an edition, each time one is made."""
    seen: list[Callable[[], None]] = []
    read = editions.panorama

    def slow(edition: Edition) -> Any:
        found = read(edition)
        seen.append(lambda: None)
        for act in seen[:1]:
            act()
        return found

    monkeypatch.setattr(editions, "panorama", slow)
    return seen


def test_a_crowd_has_a_page_made_once(panoramas: list[Callable[[], None]]) -> None:
    factories.territory()
    answers = at_once(6, lambda _number: Client().get("/editions/2026-2027/"))
    assert {getattr(answer, "status_code", answer) for answer in answers} == {200}
    assert len({text(answer) for answer in answers}) == 1
    assert len(panoramas) == 1


def test_what_changes_while_a_page_is_made_is_not_missed(panoramas: list[Callable[[], None]]) -> None:
    semaine = factories.territory().semaine
    panoramas.append(lambda: None)

    def change() -> None:
        at_once(1, lambda _number: Semaine.objects.filter(pk=semaine.pk).update(title="Autre titre"))

    panoramas[0] = change
    made = Client().get("/editions/2026-2027/")
    panoramas[0] = lambda: None
    times = len(panoramas)
    again = Client().get("/editions/2026-2027/", headers={"if-none-match": made.headers["ETag"]})
    assert again.status_code == 200
    assert len(panoramas) == times + 1, "made again: somebody wrote meanwhile"
    assert Client().get("/editions/2026-2027/").headers["ETag"] == again.headers["ETag"]
    assert len(panoramas) == times + 1
