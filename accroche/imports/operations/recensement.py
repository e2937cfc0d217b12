"""The two operations of a census sheet: saying what would be written, and writing it, all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Self, TextIO, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, connection, transaction

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, Arrivage
from accroche.actions.operations import StaleError, move
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.operations.arrivage import SLICE, AbandonedError
from accroche.actions.operations.cycle import NotReadyError
from accroche.actions.operations.declaration import DeclarationError, Ecriture, ready, write
from accroche.actions.operations.livraison import Livraison, Nouvelle
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of
from accroche.commun import journal
from accroche.commun.jobs import Handle
from accroche.comptes.regles import Place, Right
from accroche.imports.queries.confrontation import Confrontation
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.compte_rendu import note_row
from accroche.imports.recensement.differences import merged
from accroche.imports.recensement.review import Review, note_refused, rows_to
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.verdicts import Fate, Verdict, chosen

logger = logging.getLogger(__name__)

Written = TypeVar("Written")

#: Once more when somebody wrote the same sheet meanwhile: it is then found there.
ATTEMPTS: Final = 2
#: How often a slice, or the end, is asked for again when SQLite was busy for as long as it waits.
PATIENCE: Final = 5
#: Stands in ``choices`` for the cells nobody was shown; the others are named by ``Verdict.key_of``.
OTHERS: Final = "*"
BUSY: Final = (
    "La base de données est occupée ou indisponible : rien n’a été écrit. Recommencez dans quelques minutes."
)


class InterruptedImportError(RuntimeError):
    """The import could not be finished, and wrote nothing; the message is French and says what to do."""


def examine(
    confrontation: Confrontation, *, refused: Path | None = None, everything: Path | None = None
) -> Review:
    """Return what an import would do, and write nothing.

    ``refused``: where rows to correct are kept; ``everything``: where all are, see ``compte_rendu``.
    """
    _check(confrontation)
    report = Review()
    with rows_to(refused) as out, rows_to(everything) as told:
        for verdict in confrontation.verdicts():
            report.add(verdict)
            if out and verdict.fate is Fate.REFUSED:
                note_refused(verdict, out)
            if told:
                note_row(verdict, told)
    report.close(confrontation.skipped, confrontation.tables.notes, confrontation.carriers)
    return report


def import_rows(
    fresh: Callable[[], Confrontation],
    *,
    source: str,
    choices: Mapping[str, bool] | None = None,
    shown: Mapping[str, int] | None = None,
    refused: Path | None = None,
    everything: Path | None = None,
    actor_name: str = "",
    handle: Handle | None = None,
    conclude: Callable[[Review], None] = lambda _report: None,
) -> Review:
    """Write what a file adds and changes, all or nothing; return what was done.

    New sheets are written slice by slice, hidden, so that nobody waits for a large file; one short
    transaction then changes the others and shows all. See ``actions.operations.arrivage``.

    ``fresh`` makes the confrontation, again if need be. ``source``: the name of the file, for the journal.
    ``choices``: by cell, whether the file wins where the site changed too; not named, the site is kept,
    unless the row was not shown and :data:`OTHERS` says otherwise.
    ``shown``: by row, the version of the sheet the person was shown when they chose: a choice about another
    version is none. ``refused``, ``everything``: see :func:`examine`.
    ``handle``: the job that writes, None: a command. ``conclude``: what else is certain together with the
    sheets, in the last transaction; what it raises stops everything.
    New sheets wait for moderation; a published sheet that changes goes back to the queue.

    Raises :class:`InterruptedImportError` and ``PermissionDenied``; nothing is then written.
    """
    for attempt in range(1, ATTEMPTS + 1):
        confrontation = fresh()
        _check(confrontation)
        writing = _Ecriture(
            confrontation, source, _Choices(choices or {}, shown or {}), actor_name, handle, conclude
        )
        try:
            return writing.run(refused, everything)
        except AbandonedError:
            raise
        except (IntegrityError, StaleError) as error:
            if attempt == ATTEMPTS:
                raise InterruptedImportError(
                    "Quelqu’un a écrit les mêmes fiches pendant l’import : rien n’a été écrit. Recommencez."
                ) from error
        except OperationalError as error:  # two imports that wait for each other, or no room left
            logger.warning("import of %s: %s", source, error)
            if attempt == ATTEMPTS or not connection.is_usable():
                raise InterruptedImportError(BUSY) from error
        except DataError as error:
            raise InterruptedImportError(f"La base refuse une valeur, rien n’est écrit : {error}") from error
    raise AssertionError


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the person chose, and about what: see :func:`import_rows`."""

    by_cell: Mapping[str, bool]
    shown: Mapping[str, int]

    def file_wins(self, verdict: Verdict) -> frozenset[Champ]:
        """The cells where the file wins though the site changed too; a remark says when nobody was asked."""
        if not verdict.has_conflict:
            return frozenset()
        if self.shown.get(verdict.key, verdict.version) != verdict.version:
            verdict.row.note(
                Champ.ETAT,
                "La fiche a changé sur le site après l’aperçu : là où elle a changé, le site est gardé.",
                "Déposez de nouveau le fichier pour choisir.",
                blocks=False,
            )
            return frozenset()
        unseen = verdict.key not in self.shown and self.by_cell.get(OTHERS, False)
        return frozenset(
            one.champ
            for one in verdict.differences
            if one.conflict and self.by_cell.get(verdict.key_of(one.champ), unseen)
        )


def _check(confrontation: Confrontation) -> None:
    place = Place(academie=confrontation.academie.pk)
    if not confrontation.access.allows(Right.MODERATE, place):
        raise PermissionDenied


@dataclass(slots=True)
class _Ecriture:
    """One attempt to write a file."""

    confrontation: Confrontation
    source: str
    choices: _Choices
    actor_name: str
    handle: Handle | None
    conclude: Callable[[Review], None]
    report: Review = field(default_factory=Review)
    changed: list[tuple[Verdict, tuple[Champ, ...]]] = field(default_factory=list)
    changes: list[_Changement] = field(default_factory=list)

    def run(self, refused: Path | None, everything: Path | None) -> Review:
        """Bring the new sheets, then make everything certain; or take them away again."""
        one = self.confrontation
        begin = partial(
            arrivages.begin,
            one.edition,
            one.academie,
            at=one.at,
            job=self.handle.pk if self.handle else None,
            attempt=self.handle.attempt if self.handle else 0,
        )
        arrivage = _patiently(begin)
        try:
            livraison = Livraison(arrivage, access=one.access, at=one.at, actor_name=self.actor_name)
            with rows_to(refused) as out, rows_to(everything) as told:
                self._bring(livraison, out, told)
            self._prepare()
            self.report.close(one.skipped, one.tables.notes, one.carriers)
            _patiently(partial(self._settle, arrivage))
        except BaseException:
            _take_away(arrivage)
            raise
        return self.report

    def _bring(self, livraison: Livraison, refused: TextIO | None, everything: TextIO | None) -> None:
        """Read every row: new sheets are written as they come, what changes others is kept for the end."""
        waiting: list[Nouvelle] = []
        for verdict in self.confrontation.verdicts():
            file = self.choices.file_wins(verdict)
            self.report.add(verdict)
            self.report.taken += len(file)
            if verdict.content:
                note = f"{self.source}, ligne {verdict.row.number}"
                waiting.append(Nouvelle(verdict.content, verdict.slug, note))
            elif verdict.fate is Fate.CHANGED and (champs := chosen(verdict, file=file)):
                self.changed.append((verdict, champs))
            elif refused and verdict.fate is Fate.REFUSED:
                note_refused(verdict, refused)
            if everything:
                note_row(verdict, everything, file)
            if len(waiting) >= SLICE:
                _patiently(partial(livraison.write, waiting))
                arrivages.let_others_pass()
                waiting = []
        if waiting:
            _patiently(partial(livraison.write, waiting))

    def _prepare(self) -> None:
        """Make ready what changes the sheets that are there, while nobody waits."""
        for first in range(0, len(self.changed), SLICE):
            some = self.changed[first : first + SLICE]
            there = _there(verdict.action or 0 for verdict, _ in some)
            self.changes += [
                _Changement.of(verdict, champs, there.get(verdict.action or 0), self.confrontation)
                for verdict, champs in some
            ]
        self.changed.clear()

    @transaction.atomic
    def _settle(self, arrivage: Arrivage) -> None:
        """What is certain together, while everybody waits."""
        for change in self.changes:
            _change(change, self.confrontation)
        arrivages.reveal(arrivage)
        if self.report.counts[Fate.NEW] or self.report.counts[Fate.CHANGED]:
            journal.record(
                arrivage.semaine,
                "import",
                at=self.confrontation.at,
                actor=self.confrontation.access.user,
                actor_name=self.actor_name,
                note=f"{self.source} : {self.report.summary()}",
            )
        self.conclude(self.report)


def _patiently(write: Callable[[], Written]) -> Written:
    """Write one transaction, again when others kept the database busy: a job can wait, people before it."""
    for _ in range(PATIENCE - 1):
        try:
            return write()
        except OperationalError as error:
            if not connection.is_usable():
                raise
            logger.info("again after: %s", error)
    return write()


def _take_away(arrivage: Arrivage) -> None:
    """Remove what did not arrive; what cannot be removed now stays hidden for ``arrivage.clear``."""
    try:
        arrivages.take_away(arrivage)
    except DatabaseError:
        logger.exception("%s stays hidden until it is cleared", arrivage)


def _there(numbers: Iterable[int]) -> dict[int, Action]:
    """The sheets to change with all that is asked of them, in a few queries."""
    sheets = Action.objects.select_related("semaine__academie", "semaine__edition")
    return sheets.prefetch_related(*CONTENT_PARTS, "porteurs__etablissement").in_bulk(list(numbers))


@dataclass(slots=True)
class _Changement:
    """A sheet to change: what is ready to be written, or how to make it of a sheet that is published."""

    row: Row
    published: Action | None
    make: Callable[[Action], Ecriture]
    made: Ecriture | None = None

    @classmethod
    def of(
        cls,
        verdict: Verdict,
        champs: tuple[Champ, ...],
        action: Action | None,
        confrontation: Confrontation,
    ) -> Self:
        """Take the chosen cells of a row; a published sheet has to leave the site before it is written."""
        if action is None or action.version != verdict.version:
            raise StaleError

        def make(sheet: Action) -> Ecriture:
            content = merged(content_of(sheet), verdict.row, champs, verdict.porteurs)
            at, access = confrontation.at, confrontation.access
            return ready(sheet, content, access=access, at=at, version=sheet.version)

        found = cls(verdict.row, action if action.etat == Etat.PUBLISHED else None, make)
        if found.published is None:
            with _told(verdict.row):
                found.made = make(action)
        return found


def _change(change: _Changement, confrontation: Confrontation) -> None:
    """Write a sheet that is there."""
    at, access = confrontation.at, confrontation.access
    with _told(change.row):
        made = change.made
        if change.published:  # an import never publishes, not even a comma
            made = change.make(move(change.published, Step.UNPUBLISH, access=access, at=at))
        if made:
            write(made, access=access, at=at)


@contextmanager
def _told(row: Row) -> Iterator[None]:
    """Say which row stops everything."""
    try:
        yield
    except (DeclarationError, NotReadyError) as error:
        raise InterruptedImportError(
            f"Ligne {row.number}, « {row.title} » : {error} Rien n’a été écrit."
        ) from error
