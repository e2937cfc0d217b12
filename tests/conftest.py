"""Fixtures every test may use; ``settings.py`` says what they run on, ``strictness.py`` what they refuse."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import hypothesis
import pytest

from tests import statements
from tests.strictness import ROOT, sheets_read_apart_refused, unordered_rows_reversed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model

    from accroche.annuaire.models import Etablissement
    from accroche.campagne.models import Edition
    from accroche.comptes.models import User
    from accroche.dossier.dossier import EditionDossier
    from tests.factories import Territory
    from tests.world import World

# The same examples in every run: a red test means the change, not the dice. More are tried with
# HYPOTHESIS_PROFILE=thorough, whose dice roll.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("thorough", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

#: When the 2015-2016 edition became public, for the tests.
PUBLISHED_AT = dt.datetime(2016, 9, 1, 8, 0, tzinfo=dt.UTC)

#: Where Debian puts what Java lost after version 8 and veraPDF still asks for.
JAXB = Path("/usr/share/java/jaxb-runtime.jar")

Made = TypeVar("Made")

#: Rows of a table: its column names, then one tuple a row.
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of the second run of ``scripts/test``."""
    parser.addoption("--database-only", action="store_true", help="only the tests that may use the database")


def pytest_configure() -> None:
    """Collect garbage less often than Python would: it is a twentieth of the processor's time.

    What a test forgets to close is still told, a little later.
    """
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_finish() -> None:
    """Look no more at what stays for the whole run."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes alike: those of an archive hold the second they were made in, workers must find one name."""
    return "octets" if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, when asked, what could not reach the database if it tried, or says nothing of it.

    Or sends it no statement that other tests do not send: see ``tests/statements.py``.

    Those in a browser come first: they wait half of their time, for other programs, in which a worker beside
    them has something to do; at the end, where tests that commit are put, it would have nothing left.

    A test named after an address of memory is refused: no two workers would know it by the same name.
    """
    items.sort(key=lambda item: not item.get_closest_marker("browser"))
    if nameless := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"give ids to the parameters of {nameless[0]}")
    if not config.getoption("--database-only"):
        return
    database = {"db", "transactional_db", "live_server"}
    listing = config.pluginmanager.has_plugin(statements.NAME)
    chosen: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        uses = item.get_closest_marker("django_db") or database & set(getattr(item, "fixturenames", ()))
        alike = item.get_closest_marker("any_database") or (not listing and statements.is_listed(item.nodeid))
        (chosen if uses and not alike else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


@pytest.fixture(autouse=True)
def _unordered_rows_reversed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from unordered_rows_reversed(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _sheets_read_apart_refused() -> Iterator[None]:
    yield from sheets_read_apart_refused()


@pytest.fixture(scope="session", autouse=True)
def _tasks_registered() -> None:
    """Do what the first job does in a program: a test that puts its own work in the place of one keeps it."""
    from accroche.commun import jobs  # noqa: PLC0415 - after Django's setup

    jobs.register()


@pytest.fixture(scope="session", autouse=True)
def _emptied_of_rows() -> None:
    """After a test that committed, take away its rows and no more: ten times faster than Django's own way."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - after Django's setup

    from tests.emptying import emptied  # noqa: PLC0415 - the same

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _directory_forgotten() -> None:
    """What is made from the directory is kept until an import; each test has a directory of its own."""
    from accroche.annuaire.queries import recherche, reconnaissance  # noqa: PLC0415 - after Django's setup

    recherche._kept.clear()
    reconnaissance._kept.clear()


def made_once(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """Give what ``make`` writes to all the tests of a file, and take it back after the last.

    ``blocker``: the fixture ``django_db_blocker``; the database has to be set up.
    """
    from django.db import transaction  # noqa: PLC0415 - needs configured settings
    from django.test import override_settings  # noqa: PLC0415 - the same

    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: nobody waits for it
    with blocker.unblock(), override_settings(MAIL_ENABLED=False), block:
        yield make()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Make one world for all the tests of a file: it takes longer than most of them."""
    from tests.world import make_world  # noqa: PLC0415 - needs configured settings

    yield from made_once(django_db_blocker, make_world)


@pytest.fixture
def world(_world: World, db: None) -> World:
    """Return two territories and a person of each role; what the test writes is taken back after it."""
    return _world


@pytest.fixture
def open_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand on the day of the factories, when their edition is open."""
    from tests import factories  # noqa: PLC0415 - needs configured settings

    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)


@pytest.fixture
def where(db: None) -> Territory:
    """Return the académie of Dijon with a département, a bassin and the running semaine."""
    from tests import factories  # noqa: PLC0415 - needs configured settings

    return factories.territory()


@pytest.fixture
def school(where: Territory) -> Etablissement:
    """Return a school of it."""
    from tests import factories  # noqa: PLC0415 - needs configured settings

    return factories.school(where)


@pytest.fixture
def moderator(where: Territory) -> User:
    """Return who moderates it."""
    from accroche.comptes.regles import TypeRole  # noqa: PLC0415 - needs configured settings
    from tests import factories  # noqa: PLC0415 - the same

    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of reference documents beside the repository, which a clone alone lacks."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of reference documents is not beside this clone")
    return folder


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all the processes of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


@pytest.fixture(scope="session")
def tables(run_folder: Path) -> Path:
    """Return a SQLite file with the tables of an instance, to copy."""
    from tests.instances import tables_made_once  # noqa: PLC0415 - needs configured settings

    return tables_made_once(run_folder)


@pytest.fixture(scope="session")
def demonstration(run_folder: Path, tables: Path) -> Path:
    """Return the folder of an instance with the editions of the demonstration, to copy."""
    from tests.instances import demonstration_made_once  # noqa: PLC0415 - needs configured settings

    return demonstration_made_once(run_folder, tables)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Keep beside the tables of the tests a copy that no test touches; give its name, empty without one.

    On PostgreSQL, where they are made as an instance makes them: it is the template of instances to fill.
    """
    from django.db import connection  # noqa: PLC0415 - needs configured settings

    if connection.vendor == "sqlite" or request.config.getoption("nomigrations"):
        yield ""
        return
    name = f"{connection.settings_dict['NAME']}_kept"
    connection.close()  # nobody may be connected to what is copied
    # as Django makes the databases of tests
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    yield name
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def java() -> str:
    """Return the path of a Java with the JAXB of Debian beside it."""
    path = shutil.which("java")
    if not path or not JAXB.exists():
        pytest.skip("no Java with JAXB here: sudo apt install default-jre-headless libjaxb-java")
    return path


@pytest.fixture(scope="session")
def pack_2015() -> EditionDossier:
    """Return the 2015-2016 edition as plain data, without any database."""
    from accroche.imports.pack import read_pack  # noqa: PLC0415 - needs configured settings

    return read_pack("2015-2016")


@pytest.fixture(scope="session")
def _edition_2015_rows() -> Rows:
    """Hold what the first load wrote, for the tests that follow it in the same process."""
    return {}


@pytest.fixture
def edition_2015(db: None, pack_2015: EditionDossier, _edition_2015_rows: Rows) -> Edition:
    """Load the whole 2015-2016 edition, published.

    The first test of a process loads it through the real operation, which takes seconds; the next ones
    get the same rows put back, which takes hundredths. Works with ``transactional_db`` and
    ``live_server`` as well.
    """
    from accroche.annuaire.models import Academie  # noqa: PLC0415 - needs configured settings
    from accroche.campagne.models import Edition  # noqa: PLC0415 - the same
    from accroche.imports.operations import load_dossier  # noqa: PLC0415 - the same

    empty = not Academie.objects.exists()
    if empty and _edition_2015_rows:
        _put_back(_edition_2015_rows)
    else:
        load_dossier(pack_2015, origin="pack", publish_at=PUBLISHED_AT)
        if empty:
            _edition_2015_rows.update(_all_rows())
    return Edition.objects.get(year="2015-2016")


WRITTEN_BY_TRIGGERS = {"Revision", "AIndexer", "ComptageSemaine", "PresencePorteur"}


def _models() -> list[type[Model]]:
    from django.apps import apps  # noqa: PLC0415 - needs configured settings

    models = apps.get_models(include_auto_created=True)
    # what triggers write comes with the rows that are put back
    return [
        m for m in models if m.__module__.startswith("accroche.") and m.__name__ not in WRITTEN_BY_TRIGGERS
    ]


def _all_rows() -> Rows:
    from django.db import connection  # noqa: PLC0415 - needs configured settings

    rows: Rows = {}
    with connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own table
            rows[table] = ([column[0] for column in cursor.description or ()], cursor.fetchall())
    return rows


def _put_back(rows: Rows) -> None:
    from django.core.management.color import no_style  # noqa: PLC0415 - needs configured settings
    from django.db import connection, transaction  # noqa: PLC0415 - the same

    quote = connection.ops.quote_name
    # Foreign keys are only checked at the end of the transaction: tables come in any order.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", values)  # noqa: S608
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
