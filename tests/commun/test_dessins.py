"""Pieces of pages: drawn once for the same facts, and for no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.template import engines
from django.urls import set_script_prefix
from django.utils.safestring import SafeString

from accroche.annuaire.models import Academie
from accroche.commun import dessins
from accroche.commun.chemins import here

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The templates that are asked for, each of which tells one fact."""
    found: list[str] = []
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = engine.from_string("<b>{{ told }}</b>")

    def get_template(name: str) -> object:
        found.append(name)
        return template

    monkeypatch.setattr(engine, "get_template", get_template)
    dessins._draw.cache_clear()
    yield found
    dessins._draw.cache_clear()


def test_drawn_once_for_the_same(asked: list[str]) -> None:
    assert [dessins.drawn("a.html", told="<i>") for _ in range(3)] == ["<b>&lt;i&gt;</b>"] * 3
    assert isinstance(dessins.drawn("a.html", told="<i>"), SafeString)
    assert asked == ["a.html"]
    assert dessins.drawn("a.html", told="j") == "<b>j</b>"
    dessins.drawn("b.html", told="j")
    assert asked == ["a.html", "a.html", "b.html"]


def test_what_could_change_unseen_is_no_fact(asked: list[str]) -> None:
    with pytest.raises(TypeError):
        dessins.drawn("a.html", told=["a list"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="row"):
        dessins.drawn("a.html", told=Academie(pk=1))
    assert not asked


def test_a_site_that_is_mounted_elsewhere_has_pieces_of_its_own(asked: list[str]) -> None:
    dessins.drawn("a.html", told="i")
    set_script_prefix("/ailleurs/")
    try:
        dessins.drawn("a.html", told="i")
        assert asked == ["a.html"] * 2
    finally:
        set_script_prefix("/")


def test_tables_that_each_sheet_changes_fill_no_memory(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dessins, "_tables", set())
    dessins.drawn("card.html", told="a card")
    for number in range(dessins.MOST_TABLES + 2):
        dessins.drawn("table.html", told=f"{number}" * dessins.LONG)
    assert dessins._draw.cache_info().currsize == 2
    assert dessins._draw_table.cache_info().currsize == dessins.MOST_TABLES
    asked.clear()
    for told in ("a card", "another"):
        dessins.drawn("card.html", told=told)
    dessins.drawn("table.html", told=f"{number}" * dessins.LONG)
    assert asked == ["card.html"]
    dessins._draw_table.cache_clear()


@pytest.mark.usefixtures("asked")
def test_equal_facts_of_two_types_are_drawn_apart() -> None:
    told = (1, True, 1.0, SafeString("<i>"), "<i>", SafeString("<i>"), True)
    drawn = ["1", "True", "1,0", "<i>", "&lt;i&gt;", "<i>", "True"]
    assert [dessins.drawn("a.html", told=one) for one in told] == [f"<b>{one}</b>" for one in drawn]


def test_who_writes_templates_sees_them_as_they_are(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEBUG", True)
    for _ in range(2):
        dessins.drawn("a.html", told="j")
    assert asked == ["a.html"] * 2


def test_each_of_many_is_drawn_as_it_is_alone(asked: list[str]) -> None:
    alone = dessins.drawn("a.html", told="i")
    asked.clear()
    assert dessins.drawn_each("a.html", "told", ["i", "j", "i"]) == f"{alone}<b>j</b>{alone}"
    assert asked == ["a.html"]
    assert dessins.drawn_each("a.html", "told", []) == ""
    with pytest.raises(TypeError, match="row"):
        dessins.drawn_each("a.html", "told", [Academie(pk=1)])


def moulds(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    template = engines["django"].engine.from_string(words)  # type: ignore[attr-defined]
    monkeypatch.setattr(engines["django"].engine, "get_template", lambda _name: template)  # type: ignore[attr-defined]
    dessins._mould.cache_clear()


def test_texts_are_put_where_a_template_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    moulds(monkeypatch, "<b id='{{ a }}'>100 % {{ b }}{% if c %}!{% endif %}</b>{{ a }}")
    hostile = ["Ærø & <i>", '"100 %" s', "%s %(x)s", "", SafeString("<b>é</b>"), "\ue0fe", "a\0b"]
    for told in (hostile, hostile[:-1]):
        rows = [*zip(told, reversed(told), [True, False] * 4, strict=False)]
        wanted = "".join(dessins._drawn("x", here(), a=a + "", b=b + "", c=c) for a, b, c in rows)
        assert dessins.filled((dessins.mould("x", "a", "b", c=c), (a, b)) for a, b, c in rows) == wanted
    assert dessins._mould.cache_info().misses == 2
    assert dessins.filled([]) == ""
    dessins._mould.cache_clear()


@pytest.mark.parametrize(
    "shown",
    ["{{ a }}", "{{ a }}{{ b|upper }}", "{{ a }}{{ b|slugify }}", "{{ a }}{{ b|truncatechars:4 }}{{ b }}"],
)
def test_what_a_template_changes_is_not_put_there(shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moulds(monkeypatch, "{{ a }}" + shown)
    with pytest.raises(ValueError, match="a, b"):
        dessins.mould("x", "a", "b")
