"""The tables are made at first use, and never changed behind an operator's back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accroche.commun.schema import ensure_schema
from tests.instances import SAID, accroche, first_command

if TYPE_CHECKING:
    from pathlib import Path


def names(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        found = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    return found


NONE_YET = "Édition « 2015-2016 » inconnue (éditions en base : aucune)"


def test_two_first_commands_at_once_make_the_tables_once(tables: Path) -> None:
    """Those of the whole run: they made the tables that other tests copy."""
    said = json.loads(tables.with_name(SAID).read_text(encoding="utf-8"))
    assert [(status, NONE_YET in errors, "Traceback" in errors) for status, errors in said] == [
        (1, True, False)
    ] * 2
    assert {"annuaire_academie", "campagne_edition", "actions_action"} <= names(tables)


def test_a_database_that_is_behind_is_left_as_it_is(tmp_path: Path, tables: Path) -> None:
    shutil.copy(tables, tmp_path)
    with closing(sqlite3.connect(tmp_path / "accroche.sqlite3")) as database:
        database.execute(
            "INSERT INTO annuaire_academie (name, slug, courriel, valid_from) "
            "VALUES ('Dijon', 'dijon', '', '1972-01-01')"
        )
        database.execute("DELETE FROM django_migrations WHERE app = 'publications'")
        database.commit()
    before = (tmp_path / "accroche.sqlite3").read_bytes()
    done = first_command(tmp_path)
    assert done.returncode == 1
    assert "attend une mise à jour. Sauvegardez-la, puis : accroche migrate" in done.stderr
    assert (tmp_path / "accroche.sqlite3").read_bytes() == before


def test_tables_left_unfinished_by_an_interruption_are_finished(tmp_path: Path, tables: Path) -> None:
    """By steps; where there is none, all are made at once or none (``upgrade/test_steps.py``)."""
    shutil.copy(tables, tmp_path)
    whole = names(tmp_path / "accroche.sqlite3")
    with closing(sqlite3.connect(tmp_path / "accroche.sqlite3")) as database:
        database.execute("DROP TABLE django_session")
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        database.commit()
    assert names(tmp_path / "accroche.sqlite3") == whole - {"django_session"} < whole
    assert NONE_YET in first_command(tmp_path).stderr
    assert names(tmp_path / "accroche.sqlite3") == whole


@pytest.mark.parametrize(
    "database",
    [
        "sqlite:///{folder}/absent/accroche.sqlite3",
        "sqlite:///{folder}/text.sqlite3",
        "postgresql://nobody@127.0.0.1:1/accroche",
    ],
)
def test_a_database_out_of_reach_is_told_without_a_traceback(tmp_path: Path, database: str) -> None:
    (tmp_path / "text.sqlite3").write_text("no database\n" * 1000, encoding="utf-8")
    done = accroche(tmp_path, "load_edition", "2015-2016", database=database.format(folder=f"/{tmp_path}"))
    assert done.returncode == 1
    assert "La base de données ne répond pas" in done.stderr
    assert "Vérifiez DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_database(tmp_path: Path) -> None:
    done = accroche(tmp_path, "load_edition", "--help", database="postgresql://nobody@127.0.0.1:1/x")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Charge une édition fournie" in done.stdout


@pytest.mark.django_db
def test_a_database_up_to_date_is_only_read() -> None:
    with CaptureQueriesContext(connection) as queries:
        ensure_schema()
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT"}


@pytest.mark.django_db
def test_a_database_that_stops_answering_is_told() -> None:
    gone = OperationalError("server closed the connection")
    with (
        mock.patch.object(connection.introspection, "table_names", side_effect=gone),
        pytest.raises(CommandError, match=r"ne répond pas : server closed the connection\. Vérifiez"),
    ):
        ensure_schema()
