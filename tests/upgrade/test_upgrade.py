"""An instance that an older product filled is brought up to date: nothing is lost, and all of it still works.

``fill.py`` makes it with the tables of then, ``look.py`` uses it the day after.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from tests.exploitation.conftest import Instance
from tests.instances import database_of_its_own, program
from tests.processes import database_url
from tests.upgrade.shape import of_postgresql, of_sqlite

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

#: What the links and voices of the recorded rows are keyed with.
KEY: Final = {"ACCROCHE_SECRET_KEY": "clé des lignes enregistrées, qui ne protège rien"}
#: Django's own, which an upgrade adds to, and what tells the search to read all again after one.
GROWING: Final = frozenset(
    {"auth_permission", "django_content_type", "django_migrations", "catalogue_aindexer", "commun_revision"}
)
#: What an upgrade changed on purpose, column by column, and why.
CHANGED: Final[dict[str, str]] = {
    "actions_action.slug": "a draft under an unconfirmed address takes none from others",
}

#: What is called otherwise in a table that was changed than in one that is made: two constraints PostgreSQL
#: or Django names, and the width of the numbers of a table of Django's that no model of its own tells.
OTHERWISE: Final = {
    ("campagne_tempsfort", "campagne_tempsfort_uid_a85f58e2_uniq"): "campagne_tempsfort_uid_key",
    ("dsfr_dsfrconfig", "dsfr_dsfrconfig_notice_not_null"): "dsfr_dsfrconfig_notice_title_not_null",
    ("auth_group_permissions", "id bigint NO BY DEFAULT"): "id integer NO BY DEFAULT",
}

#: What a visitor opens.
PAGES: Final = (
    "/",
    "/editions/2015-2016/",
    "/editions/2015-2016/academies/dijon/",
    "/editions/2015-2016/academies/dijon/actions/forum-des-metiers/",
    "/editions/2015-2016/synthese/1/",
    "/editions/2026-2027/academies/dijon/actions/action-6/",
    "/innovation/",
    "/innovation/ancien-vote/",
    "/innovation/journee-de-l-innovation-dijon-2026-2027/",
)

Rows = dict[str, list[dict[str, str]]]


def held(instance: Instance) -> Rows:
    """Every row of every table, by the names of its columns."""
    listing = (
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        if instance.database
        else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    opened: Any = (
        psycopg.connect(instance.database)
        if instance.database
        else sqlite3.connect(instance.folder / "accroche.sqlite3")
    )
    with closing(opened):
        found: Rows = {}
        for (name,) in opened.execute(listing).fetchall():
            cursor = opened.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - a name the database gave
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, map(repr, row), strict=True)) for row in cursor.fetchall()]
            found[name] = sorted(rows, key=lambda row: sorted(row.items()))
        return found


def told_then(after: Rows, before: Rows) -> Rows:
    """What the tables of then hold now, in the columns of then."""
    kept: Rows = {}
    for name, rows in before.items():
        columns = rows[0] if rows else {}
        now = [{column: row.get(column, "gone") for column in columns} for row in after.get(name, [])]
        kept[name] = sorted(now, key=lambda row: sorted(row.items()))
    return kept


@dataclass(frozen=True)
class Upgrade:
    """An instance before and after, its archive from just before, and what the command said of it twice."""

    instance: Instance
    archive: Path | None
    before: Rows
    after: Rows
    said: list[str]


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgrade]:
    folder = tmp_path_factory.mktemp("upgrade")
    with database_of_its_own() as database:
        instance = Instance(folder / "data", database)
        done = program(instance.folder, "tests.upgrade.fill", database=database)
        assert done.returncode == 0, done.stderr
        before, archive = held(instance), None
        if not database or shutil.which("pg_dump"):
            done = instance.run("backup", "--to", str(folder / "backups"))
            assert done.returncode == 0, done.stderr
            [archive] = (folder / "backups").glob("accroche-*")
        said = []
        for _ in range(2):
            done = instance.run("migrate", "--no-color")
            assert done.returncode == 0, done.stderr
            said.append(done.stdout)
        yield Upgrade(instance, archive, before, held(instance), said)


def test_the_recorded_instance_uses_every_table(upgrade: Upgrade) -> None:
    ours = ("actions", "annuaire", "campagne", "commun", "comptes", "imports", "pilotage", "publications")
    empty = [name for name, rows in upgrade.before.items() if name.split("_")[0] in ours and not rows]
    assert empty == [], "what holds nothing proves nothing"


def test_every_row_is_what_it_was(upgrade: Upgrade) -> None:
    was = {
        name: [
            {column: value for column, value in row.items() if f"{name}.{column}" not in CHANGED}
            for row in rows
        ]
        for name, rows in upgrade.before.items()
        if name not in GROWING
    }
    was = told_then(was, was)  # in the order of the columns that are compared
    assert told_then(upgrade.after, was) == was
    for name in GROWING & upgrade.before.keys():
        assert [row for row in upgrade.before[name] if row not in upgrade.after[name]] == []


def test_the_second_time_there_is_nothing_left_to_do(upgrade: Upgrade) -> None:
    assert ["No migrations to apply." in said for said in upgrade.said] == [False, True]


def test_its_tables_are_those_of_a_new_instance(upgrade: Upgrade, request: pytest.FixtureRequest) -> None:
    """Made step by step, or at once from the models: columns, constraints and indexes."""
    if upgrade.instance.database:
        if request.config.getoption("nomigrations"):
            pytest.skip("the tables of the tests come from the models: --migrations compares")
        upgraded = of_postgresql(upgrade.instance.database)
        new = of_postgresql(database_url())  # the tests of PostgreSQL run on what ``accroche migrate`` makes
    else:
        upgraded = of_sqlite(upgrade.instance.folder / "accroche.sqlite3")
        new = of_sqlite(request.getfixturevalue("tables"))
    for (table, then), now in OTHERWISE.items():
        upgraded = {(name, told.replace(then, now) if name == table else told) for name, told in upgraded}
    assert upgraded == new
    assert len(new) > 800, "what looks at nothing proves nothing"


def test_all_of_it_works_the_day_after(upgrade: Upgrade) -> None:
    done = program(
        upgrade.instance.folder, "tests.upgrade.look", *PAGES, database=upgrade.instance.database, **KEY
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {
        "pages": dict.fromkeys(PAGES, 200),
        "votes": {
            "ancien-vote": [["Le grand forum des métiers", "Prix du public", 3, []]],
            "journee-de-l-innovation-dijon-2026-2027": [
                ["Forum des métiers 6", "", 1, [17]],
                ["Une radio au lycée", "", 0, [0]],
            ],
        },
        "constraints": {
            "a second voice": "IntegrityError",
            "a second mark": "IntegrityError",
            "a mark of 21": "IntegrityError",
            "a candidate twice": "IntegrityError",
            "a vote that closes first": "IntegrityError",
        },
        "content_types": {"missing": [], "stale": [], "rows lost": []},
        "mails": {
            "turnout": [1, 2],
            "again": "VoteError",
            "sheet": ["Forum des métiers 3", "submitted", True],
        },
        "merge": {"kept": [[1, 1, "3e"], [0, 0, ""]], "parted": ["submitted", 1, "3e"]},
        "load": {"created": 0, "updated": 0, "kept": [], "title": "Le grand forum des métiers"},
        "work": {
            "jobs": [
                ["pieces.prepare", "done", ""],
                ["recensement.write", "failed", "Interrompu."],
                ["recensement.prepare", "done", ""],
                ["recensement.prepare", "done", ""],
                ["recensement.write", "done", ""],
                ["recensement.clear", "done", ""],
                ["retrouver", "done", ""],
            ],
            "pieces": [["ready", True], ["ready", True], ["broken", False]],
            "read": {"new": 1, "same": 0, "changed": 0, "twice": 0, "refused": 0, "advice": 0, "left_out": 0},
            "written": "submitted",
            "on their way": 0,
            "links sent": 1,
        },
    }


def test_a_backup_of_then_is_put_back_by_the_product_of_today(upgrade: Upgrade, tmp_path: Path) -> None:
    if upgrade.archive is None:
        pytest.skip("no pg_dump here: sudo apt install postgresql-client")
    with database_of_its_own() as database:
        there = Instance(tmp_path / "there", database)
        done = there.run("restore", str(upgrade.archive))
        assert done.returncode == 0, done.stderr
        assert "accroche migrate, puis accroche send_mails --hold" in done.stdout
        assert held(there) == upgrade.before


def test_what_several_did_not_find_becomes_one_row_and_loses_nobody(tmp_path: Path) -> None:
    """One row, what anyone told of the school, every address, and each of their words."""
    with database_of_its_own() as database:
        done = program(tmp_path / "data", "tests.upgrade.absents", database=database)
    assert done.returncode == 0, done.stderr
    tellers = [["a@exemple.fr", "Le mien.\n\nToujours pas."], ["b@exemple.fr", ""]]
    assert json.loads(done.stdout) == [
        ["Collège du Lac", "21000", "0210001A", False, tellers],
        ["Collège du Lac", "", "", True, [["c@exemple.fr", ""]]],
        ["Collège du Pré", "", "", False, [["a@exemple.fr", ""]]],
    ]
