"""The siege in short: the same campaigns as ``make siege``, few and small, against a real server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.siege import campagnes
from benchmarks.siege.contexte import Contexte, Releve, schools
from benchmarks.siege.instance import Instance


@pytest.fixture(scope="module")
def contexte(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Contexte:
    """One seed for all: an instance of its own, on SQLite whatever the tests run on."""
    return Contexte(tmp_path_factory.mktemp("siege"), "", 1, demonstration)


@pytest.mark.parametrize("name", ["races", "silence", "text"])
def test_what_is_promised_is_held(contexte: Contexte, name: str) -> None:
    found = campagnes.ALL[name](contexte)
    assert found
    assert [row for row in found if not row.held] == []


def test_a_promise_that_is_not_held_is_told(contexte: Contexte, monkeypatch: pytest.MonkeyPatch) -> None:
    """The campaigns can fail: with limits nobody reaches, since nobody asks, all the races are lost."""
    monkeypatch.setattr("benchmarks.siege.campagnes.limites.together", lambda _calls, _do, _width: [])
    monkeypatch.setattr(Instance, "serve", lambda _instance, _count: [])
    monkeypatch.setattr(Instance, "run", lambda _instance, *_command: "")
    monkeypatch.setattr(
        "benchmarks.siege.campagnes.limites.limits",
        lambda _instance: dict.fromkeys(("DRAFTS_MAILBOX", "LINKS_MAILBOX", "CODES_MAILBOX"), 1),
    )
    told = campagnes.ALL["races"](contexte)
    assert len(told) == 3
    assert not any(row.held for row in told)


def test_instances_are_copies_of_one_seed(contexte: Contexte) -> None:
    with contexte.instance(ACCROCHE_ORGANISATION="Siège") as one:
        assert schools(one) == schools(contexte.seed) != []
        assert one.environ["ACCROCHE_DATA"] != contexte.seed.environ["ACCROCHE_DATA"]
        assert "ACCROCHE_ORGANISATION" not in os.environ


def test_rows_are_told_as_they_are() -> None:
    from benchmarks.siege.__main__ import as_table  # noqa: PLC0415 - a program, not a library

    table = as_table([Releve("a", "b", "c", held=True), Releve("d", "e", "f", held=False)])
    assert table.splitlines()[2:] == ["| a | b | c | yes |", "| d | e | f | **NO** |"]
