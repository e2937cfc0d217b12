"""Every nasty file has the outcome its table says: read as expected, or refused with words."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from accroche.imports.recensement.tables import LeftOutRows, Tables, rows_of, tables_of
from accroche.integrations.tableur import RefusedError, lecteur, unpack
from accroche.integrations.tableur.controle import MEGABYTE
from tests.imports.recensement.corpus import HONEST, Case
from tests.imports.recensement.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accroche.imports.recensement.row import Row

EDITION = "2026-2027"


#: What the process that reads may take, in megabytes: twice what the heaviest of these files takes. And the
#: process that asks for it, which keeps nothing of the file.
READER_MEMORY = 900
OUR_MEMORY = 4
#: Starts a command from a small process: what a process took begins with what its parent held.
LAUNCHER = """
import json, os, subprocess, sys
started = subprocess.Popen(sys.argv[2:])
_, status, spent = os.wait4(started.pid, 0)
with open(sys.argv[1], "w") as out:
    json.dump([spent.ru_maxrss // 1024, spent.ru_utime + spent.ru_stime], out)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""


@pytest.fixture(autouse=True)
def _bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Measure each process that reads, and hold it to its bounds."""
    real, told = subprocess.run, tmp_path / "spent"

    def run(command: list[str], **options: Any) -> Any:
        return real([sys.executable, "-S", "-c", LAUNCHER, str(told), *command], **options)

    monkeypatch.setattr(subprocess, "run", run)
    yield
    if told.exists():
        megabytes, seconds = json.loads(told.read_text())
        assert megabytes < READER_MEMORY
        assert seconds <= lecteur.SECONDS


def read(case: Case, folder: Path) -> tuple[Tables, list[Row], LeftOutRows]:
    """Build, unpack and read a file whole."""
    source, spool = folder / "fichier", folder / "spool"
    case.build(source)
    tracemalloc.start()
    try:
        unpack(source, spool)
    finally:
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert held < OUR_MEMORY * MEGABYTE
    tables, skipped = tables_of(spool), LeftOutRows()
    return tables, list(rows_of(spool, tables.tables, EDITION, skipped)), skipped


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_what_people_send_is_read(case: Case, tmp_path: Path) -> None:
    if case.refused:
        with pytest.raises(RefusedError, match=case.refused):
            read(case, tmp_path)
        return
    tables, rows, skipped = read(case, tmp_path)
    assert tuple(row.title for row in rows) == case.titles
    assert sum(row.is_blocked or not (row.codes or row.mentions) for row in rows) == case.blocked, [
        row.remarks for row in rows
    ]
    assert len(skipped.left_out) == case.left_out
    told = " ".join([*tables.notes, *(remark.message for row in rows for remark in row.remarks)])
    assert case.told.lower() in told.lower()
    assert {name: getattr(rows[0], name) for name in case.seen} == case.seen
    assert {name: getattr(rows[-1], name) for name in case.last_seen} == case.last_seen


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_what_must_not_pass_is_refused_with_words(case: Case, tmp_path: Path) -> None:
    """Or read as nothing: never a crash, never more than the bounds of the process that reads."""
    try:
        _, rows, _ = read(case, tmp_path)
    except RefusedError as error:
        assert case.refused in str(error)  # noqa: PT017 - some may as well be read as nothing
        assert not (tmp_path / "spool").exists()
    else:
        assert not case.refused
        assert not [row for row in rows if not row.is_blocked]


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(HONEST) + len(HOSTILE) >= 40
    assert len({case.name for case in HONEST + HOSTILE}) == len(HONEST) + len(HOSTILE)
