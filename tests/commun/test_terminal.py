"""What commands say on the terminal, and where they may write."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management.base import CommandError

from accroche.commun import terminal

if TYPE_CHECKING:
    from pathlib import Path


class Screen(io.StringIO):
    """A terminal someone looks at."""

    def isatty(self) -> bool:
        return True


def test_progress_is_silent_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = io.StringIO()
    monkeypatch.setattr("sys.stderr", errors)
    with terminal.progress("Édition") as step:
        step(1, 2)
    assert errors.getvalue() == ""


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = Screen()
    monkeypatch.setattr("sys.stderr", errors)
    with terminal.progress("Édition") as step:
        step(1, 2)
        step(2, 2)
    assert "Édition" in errors.getvalue()
    assert "2/2" in errors.getvalue()


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, []), (2, ["0", "1"]), (3, ["0", "1", "2"]), (5, ["0", "1", "2", "… et 2 autres."])],
)
def test_long_lists_are_cut(count: int, said: list[str]) -> None:
    assert list(terminal.shortened([str(n) for n in range(count)], shown=3)) == said


def test_a_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    assert terminal.writable_folder(folder) == folder
    assert terminal.writable_folder(folder).is_dir()


def test_a_folder_cannot_take_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("file", "file/under"):
        with pytest.raises(CommandError, match=r"Impossible de créer le dossier .*Choisissez un autre"):
            terminal.writable_folder(tmp_path / place)


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    terminal.write_file(tmp_path / "made/é.json", "{}\n")
    assert (tmp_path / "made/é.json").read_bytes() == b"{}\n"


def test_a_file_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "edition.json").write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        terminal.write_file(tmp_path / "edition.json", "after")
    assert [path.name for path in tmp_path.iterdir()] == ["edition.json"]
    assert (tmp_path / "edition.json").read_text(encoding="utf-8") == "before"
