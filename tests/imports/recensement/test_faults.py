"""Never a partial write: an import fails at each of its writes in turn, and all of it or nothing is there.

The suite fails every second write of one file. ``HYPOTHESIS_PROFILE=thorough`` tries thousands of files, each
failing anywhere in any way.
"""

from __future__ import annotations

import json
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, Theme
from accroche.actions.operations import arrivage
from accroche.catalogue.visible import VISIBLE
from accroche.commun import jobs
from accroche.commun.models import Job, JobState, JournalEntry, Revision
from accroche.commun.revision import revision
from accroche.imports.models import Depot
from accroche.imports.operations import depots, travaux
from accroche.imports.operations import recensement as writing
from accroche.imports.queries import confrontation
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.verdicts import Fate
from tests import factories
from tests.factories import NOW, make_uai
from tests.thorough import THOROUGH, examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
TABLE = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\W?(\w+)", re.IGNORECASE)
#: Tables the public sees every row of: hidden sheets may be the first to name a carrier or a partner.
SEEN_WHOLE = {apps.get_model(label)._meta.db_table for label, vue in VISIBLE.items() if not vue.counts}
FIELDS = (
    Champ.IDENTIFIANT,
    Champ.VERSION,
    Champ.TITRE,
    Champ.ETABLISSEMENT,
    Champ.UAI,
    Champ.DESCRIPTION,
    Champ.THEMES,
    Champ.PARTENAIRES,
    Champ.LIENS,
)


def shown() -> list[Any]:
    """Every sheet that anybody may see, and which version of it."""
    return list(Action.objects.order_by("pk").values_list("pk", "version", "etat"))


@dataclass
class Fault:
    """The write that fails, from 1, how, and whether those after it fail too."""

    at: int
    error: type[BaseException]
    lasting: bool
    met: int = 0
    #: Tables whose writing raised the public revision while all sheets were as before.
    told: set[str] = field(default_factory=set)
    shown: list[Any] = field(default_factory=list)

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        """Between Django and the database."""
        if WRITES.match(str(sql)):
            self.met += 1
            if self.met == self.at or (self.lasting and self.met > self.at):
                raise self.error("fault")
            before = revision()
            result = execute(sql, params, many, context)
            if revision() != before and shown() == self.shown:
                table = TABLE.match(str(sql))
                self.told.add(table[1] if table else str(sql))
            return result
        return execute(sql, params, many, context)


#: A full disk, a constraint, a value that does not fit, a bug, a worker told to end.
ERRORS: tuple[type[BaseException], ...] = (
    OperationalError,
    IntegrityError,
    DataError,
    ZeroDivisionError,
    KeyboardInterrupt,
)


def _row(kind: str, number: int, sheets: dict[str, Action]) -> list[Any]:
    """One row: new, new with all that hangs on a sheet, of a sheet that is there, or to correct."""
    uai, title = make_uai(1 + number % 2), f"Action {number}"
    if kind in sheets:
        held = sheets[kind]
        return [str(held.pk), str(held.version), held.title, "", make_uai(1), f"Écrit ici {number}"]
    lists = ["Orientation", f"CAF ; Ville {number}", f"https://exemple.fr/{number}"]
    return {
        "new": ["", "", title, "", uai, "Neuf"],
        "whole": ["", "", title, f"CIO {number} ; Collège Dijon 1", "", "Neuf", *lists],
        "refused": ["", "", "", "", uai],
    }[kind]


KINDS = ("new", "whole", "submitted", "published", "refused")


@pytest.fixture
def sheets(where: Territory) -> dict[str, Action]:
    """What the site holds already."""
    school = where.departement.etablissements.order_by("uai")[0]
    return {
        "submitted": factories.action(where, school, title="En attente"),
        "published": factories.action(where, school, Etat.PUBLISHED, title="Publiée"),
    }


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows at a time, and files kept from one trial to the next."""
    monkeypatch.setattr(writing, "SLICE", 2)
    monkeypatch.setattr(arrivage, "SLICE", 2)
    monkeypatch.setattr(arrivage, "PAUSE", 0)
    monkeypatch.setattr(confrontation, "BATCH", 2)
    monkeypatch.setattr(Depot, "forget_rows", lambda _depot: None)


def asked(where: Territory, person: User, rows: Sequence[list[Any]]) -> Depot:
    """A file of these rows, read, shown and confirmed; as the reader leaves it, without its process."""
    depot = Depot.objects.create(
        academie=where.academie,
        edition=where.semaine.edition,
        name="a.csv",
        size=1,
        token=secrets.token_hex(8),
        created_at=NOW,
    )
    depot.folder.mkdir(parents=True)
    grid = [[field.label for field in FIELDS], *rows]
    lines: list[Any] = [{"sheet": "", "visible": True, "csv": True}]
    lines += [[number, *cells] for number, cells in enumerate(grid, start=1)]
    depot.spool.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    access = factories.access(person)
    depots._ask(depot, depots.PREPARE, access, NOW)
    assert depot.job
    assert jobs.run(depot.job.pk, NOW)
    depot = Depot.objects.get(pk=depot.pk)
    depots.confirm(depot, {}, access=access, at=NOW)
    return depot


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row we hold, but those of jobs, which tell how it ended, and the words of our list of themes.

    The public revision is compared apart: what came and went leaves it another for ever.
    """
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model not in {Job, Theme, Revision} and model.__module__.startswith("accroche."):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - our own table
                found[model.__name__] = cursor.fetchall()
    return found


def trial(depot: Depot, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Write with a fault; return whether all was written, after checking that it was all or nothing."""

    def write(arguments: dict[str, Any], handle: jobs.Handle) -> None:
        with connection.execute_wrapper(fault):
            travaux.write(arguments["depot"], handle)

    monkeypatch.setitem(jobs._tasks, depots.WRITE, write)
    assert depot.job
    before, seen = everything(), revision()
    fault.shown = shown()
    with transaction.atomic():
        with suppress(KeyboardInterrupt):
            jobs.run(depot.job.pk, NOW)
        after, job = everything(), Job.objects.get(pk=depot.job.pk)
        written = job.state == JobState.DONE
        assert fault.told <= SEEN_WHOLE, "hidden sheets told the public something"
        if written:
            expected = depot.report["counts"]
            added = len(after["Action"]) - len(before["Action"])
            told = Depot.objects.get(pk=depot.pk)
            assert added == expected[Fate.NEW] == told.result["counts"][Fate.NEW]
            assert told.written_at
            imports = JournalEntry.objects.filter(verb="import").count()
            assert imports == added + (expected[Fate.NEW] + expected[Fate.CHANGED] > 0)
        else:
            assert shown() == fault.shown, "half of it is there"
            if fault.lasting:  # nothing could be taken away: the next worker does it, or the night
                Job.objects.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
                arrivage.clear(NOW)
                after = everything()
            assert after == before, "some of it stays hidden"
            assert revision() == seen or fault.told, "what was undone told the public something"
            killed = fault.error is KeyboardInterrupt
            assert job.state == (JobState.RUNNING if killed else JobState.FAILED)
            assert killed or re.search("rien n’(?:a été|est) écrit", job.error, re.IGNORECASE), job.error
        transaction.set_rollback(True)
    jobs.Handle(depot.job.pk).clean()
    return written


@pytest.mark.usefixtures("small_batches")
def test_an_import_that_fails_at_any_write_leaves_nothing(
    where: Territory, moderator: User, sheets: dict[str, Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second write here, each in one way in turn; all of them in all ways in the long campaign."""
    rows = [_row(kind, number, sheets) for number, kind in enumerate((*KINDS, "whole"))]
    depot = asked(where, moderator, rows)
    assert depot.report["counts"] | {Fate.NEW: 3, Fate.CHANGED: 2, Fate.REFUSED: 1} == depot.report["counts"]
    ways = [(error, lasting) for lasting in (True, False) for error in ERRORS]
    counted = Fault(0, ZeroDivisionError, lasting=False)
    assert trial(depot, counted, monkeypatch)
    assert counted.met > 20, "the file writes in every table"
    turn = cycle(ways)
    for at in range(1, counted.met + 1, 1 if THOROUGH else 2):
        for error, lasting in ways if THOROUGH else [next(turn)]:
            written = trial(depot, Fault(at, error, lasting), monkeypatch)
            # what somebody else wrote meanwhile is tried again, once
            again = error in {IntegrityError, OperationalError} and not lasting
            assert again or not written, (at, error, lasting)


@pytest.mark.usefixtures("small_batches")
@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=12),
    at=st.integers(1, 120),
    error=st.sampled_from(ERRORS),
    lasting=st.booleans(),
)
def test_any_file_that_fails_anywhere_is_all_there_or_not_at_all(
    where: Territory,
    moderator: User,
    sheets: dict[str, Action],
    monkeypatch: pytest.MonkeyPatch,
    kinds: list[str],
    at: int,
    error: type[BaseException],
    lasting: bool,
) -> None:
    rows = [_row(kind, number, sheets) for number, kind in enumerate(kinds)]
    depot = asked(where, moderator, rows)
    trial(depot, Fault(at, error, lasting), monkeypatch)
    Depot.objects.all().delete()
