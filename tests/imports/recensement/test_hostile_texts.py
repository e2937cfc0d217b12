"""A census file full of text made to cost is read as fast as another of its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accroche.imports.recensement.tables import LeftOutRows, rows_of, tables_of
from accroche.integrations.tableur import RefusedError, unpack
from tests.growth import at_most, seconds_of

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "2026-2027"
HEAD = "Titre;Établissement;Commune;Dates;Partenaires;Contact;Liens;Description"
#: Characters of each file.
LENGTH = 200_000
ROW = "Forum;Collège Carnot;Dijon;14/03/2027;CIO, mairie;a@ac-dijon.fr;https://a.fr/x;Ce qui se passe.\n"
CELLS = ("1 ", " a", "a@", "(", "et ", "collège ")
TIMES = 6


def seconds(folder: Path, text: str) -> float:
    """The processor time of reading a CSV, its tables and its rows; nothing for one that is refused."""
    source, spool = folder / "liste.csv", folder / "liste.spool"
    source.write_text(text, encoding="utf-8")
    try:
        unpack(source, spool)
    except RefusedError:
        return 0

    def read() -> None:
        tables = tables_of(spool)
        assert tables.tables
        for _ in rows_of(spool, tables.tables, EDITION, LeftOutRows()):
            pass

    # what was read is kept by its words: the first time is the one that counts
    with at_most(20):
        return seconds_of(read)


def test_a_hostile_file_costs_what_its_length_costs(tmp_path: Path) -> None:
    usual = seconds(tmp_path, f"{HEAD}\n" + ROW * (LENGTH // len(ROW)))
    slow: dict[tuple[str, str], float] = {}
    for cell in CELLS:
        long = cell * (LENGTH // 8 // len(cell))
        inside = seconds(tmp_path, f"{HEAD}\n{ROW}" + ";".join([long] * 8) + "\n")
        heading = cell * (LENGTH // 4 // len(cell))
        above = seconds(tmp_path, f"{heading};{HEAD}\n{heading};{ROW}")
        slow |= {
            (where, cell): round(taken / usual, 1)
            for where, taken in (("cells", inside), ("heading", above))
            if taken > TIMES * usual
        }
    assert not slow
