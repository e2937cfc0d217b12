"""Every nasty file has the outcome its table says: read as expected, or refused with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accroche.imports.recensement.fichier import Suite, Tables, rows_of, tables_of
from accroche.integrations.tableur import RefusedError, unpack
from tests.imports.recensement.corpus import HONEST, Case
from tests.imports.recensement.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.imports.recensement.lignes import Ligne

EDITION = "2026-2027"


def read(case: Case, folder: Path) -> tuple[Tables, list[Ligne], Suite]:
    """Build, unpack and read a file whole."""
    source, spool = folder / "fichier", folder / "spool"
    case.build(source)
    unpack(source, spool)
    tables, suite = tables_of(spool), Suite()
    return tables, list(rows_of(spool, tables.tables, EDITION, suite)), suite


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_what_people_send_is_read(case: Case, tmp_path: Path) -> None:
    if case.refused:
        with pytest.raises(RefusedError, match=case.refused):
            read(case, tmp_path)
        return
    tables, rows, suite = read(case, tmp_path)
    assert tuple(row.title for row in rows) == case.titles
    assert sum(row.is_blocked for row in rows) == case.blocked, [row.remarks for row in rows]
    assert len(suite.left_out) == case.left_out
    told = " ".join([*tables.notes, *(remark.message for row in rows for remark in row.remarks)])
    assert case.told.lower() in told.lower()
    assert {name: getattr(rows[0], name) for name in case.seen} == case.seen


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
