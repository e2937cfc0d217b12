"""No text of a report disappears in silence: it is a fact, a text that is kept, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from accroche.dossier import adaptateurs
from accroche.rapport.reading import read

MINI = (Path(__file__).parent / "fixtures" / "mini_rapport.txt").read_text(encoding="utf-8")
LINES = MINI.split("\n")
#: Words that nothing reads, and no other line holds.
STRAY = "Zorbule quindaine morflat vingt zibelines"


def told(text: str, stray: str) -> bool:
    """Whether a line is kept in the data, or named."""
    reading = read(text, "2015-2016")
    if stray in adaptateurs.of_edition().dump_json(reading.dossier).decode():
        return True
    number = text.split("\n").index(stray) + 1
    named = {one.line for one in (*reading.problems, *reading.leftovers)}
    return number in named or any(stray[:20] in one.excerpt for one in reading.leftovers)


def test_nothing_of_the_invented_report_is_lost() -> None:
    (rank,) = read(MINI, "2015-2016").leftovers  # what its conclusion says of an académie that did not answer
    assert (rank.academie, "déjà tenu une semaine" in rank.message) == ("Outre-Monts", True)


def test_a_line_that_comes_in_anywhere_is_kept_or_named() -> None:
    silent = []
    for place in range(0, len(LINES), 5):
        around = [STRAY] if place % 2 else ["", STRAY, ""]
        if not told("\n".join([*LINES[:place], *around, *LINES[place:]]), STRAY):
            silent.append((place + 1, LINES[max(0, place - 1) : place + 1]))
    assert silent == []


def test_what_a_second_conclusion_says_otherwise_is_named() -> None:
    again = "\n\nCONCLUSION\n\n" + STRAY + "\n"
    assert told(MINI + again, STRAY)


def test_the_reference_document_is_kept_whole(shared_dir: Path) -> None:
    path = shared_dir / "seeds" / "000_2ce074a5ed108ce0.txt"
    if not path.is_file():
        pytest.skip("the 2015-2016 synthesis is not beside this clone")
    reading = read(path.read_text(encoding="utf-8"), "2015-2016")
    assert [one for one in reading.leftovers if "nulle part" in one.message] == []
