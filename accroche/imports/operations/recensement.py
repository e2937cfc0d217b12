"""The two operations of a census sheet: saying what would be written, and writing it, all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations import StaleError, move
from accroche.actions.operations.cycle import NotReadyError
from accroche.actions.operations.declaration import DeclarationError, save, semaine_of
from accroche.actions.operations.lot import Nouvelle, declare_many
from accroche.actions.queries.contenu import content_of
from accroche.commun import journal
from accroche.comptes.regles import Place, Right
from accroche.imports.queries.confrontation import BATCH, Confrontation
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.compte_rendu import CompteRendu, note_refused, refused_rows_to
from accroche.imports.recensement.examen import Sort, Verdict, chosen, content_of_row, merged

logger = logging.getLogger(__name__)

#: Once more when somebody wrote the same sheet meanwhile: it is then found there.
ATTEMPTS: Final = 2
#: Stands in ``choices`` for the rows nobody was shown; rows are named « sheet:number ».
OTHERS: Final = "*"
BUSY: Final = (
    "La base de données est occupée ou indisponible : rien n’a été écrit. Recommencez dans quelques minutes."
)


class InterruptedImportError(RuntimeError):
    """The import could not be finished, and wrote nothing; the message is French and says what to do."""


def examine(confrontation: Confrontation, *, refused: Path | None = None) -> CompteRendu:
    """Return what an import would do, and write nothing; ``refused``: where rows to correct are kept."""
    _check(confrontation)
    report = CompteRendu()
    with refused_rows_to(refused) as out:
        for verdict in confrontation.verdicts():
            report.add(verdict)
            if out and verdict.sort is Sort.REFUSED:
                note_refused(verdict, out)
    report.close(confrontation.suite, confrontation.tables.notes)
    return report


def import_rows(
    fresh: Callable[[], Confrontation],
    *,
    source: str,
    choices: Mapping[str, bool] | None = None,
    shown: Mapping[str, int] | None = None,
    refused: Path | None = None,
    actor_name: str = "",
) -> CompteRendu:
    """Write what a file adds and changes, in one transaction; return what was done.

    ``fresh`` makes the confrontation, again if need be. ``source``: the name of the file, for the journal.
    ``choices``: by row, whether the file wins where the site changed too; not named, the site is kept, unless
    the row was not shown and :data:`OTHERS` says otherwise.
    ``shown``: by row, the version of the sheet the person was shown when they chose: a choice about another
    version is none.
    New sheets wait for moderation; a published sheet that changes goes back to the queue.

    Raises :class:`InterruptedImportError` and ``PermissionDenied``; nothing is then written.
    """
    for attempt in range(1, ATTEMPTS + 1):
        confrontation = fresh()
        _check(confrontation)
        try:
            with transaction.atomic():
                return _write(
                    confrontation, source, _Choices(choices or {}, shown or {}), refused, actor_name
                )
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

    by_row: Mapping[str, bool]
    shown: Mapping[str, int]

    def file_wins(self, verdict: Verdict) -> bool:
        """Whether the file wins where the site changed too; a remark says when nobody was asked."""
        if not verdict.has_conflict:
            return False
        if self.shown.get(verdict.key, verdict.version) != verdict.version:
            verdict.row.note(
                Champ.ETAT,
                "La fiche a changé sur le site après l’aperçu : là où elle a changé, le site est gardé.",
                "Déposez de nouveau le fichier pour choisir.",
                blocks=False,
            )
            return False
        unseen = verdict.key not in self.shown and self.by_row.get(OTHERS, False)
        return self.by_row.get(verdict.key, unseen)


def _check(confrontation: Confrontation) -> None:
    place = Place(academie=confrontation.academie.pk)
    if not confrontation.access.allows(Right.MODERATE, place):
        raise PermissionDenied


def _write(
    confrontation: Confrontation,
    source: str,
    choices: _Choices,
    refused: Path | None,
    actor_name: str,
) -> CompteRendu:
    report = CompteRendu()
    at, access = confrontation.at, confrontation.access
    semaine = semaine_of(confrontation.edition, confrontation.academie)

    def batches() -> Iterator[list[Nouvelle]]:
        waiting: list[Nouvelle] = []
        with refused_rows_to(refused) as out:
            for verdict in confrontation.verdicts():
                file = choices.file_wins(verdict)
                report.add(verdict)
                if verdict.sort is Sort.NEW:
                    note = f"{source}, ligne {verdict.row.number}"
                    content = content_of_row(verdict.row, verdict.porteurs)
                    waiting.append(Nouvelle(content, verdict.slug, note))
                elif verdict.sort is Sort.CHANGED:
                    _change(verdict, confrontation, file=file)
                elif out and verdict.sort is Sort.REFUSED:
                    note_refused(verdict, out)
                if len(waiting) >= BATCH:
                    yield waiting
                    waiting = []
        if waiting:
            yield waiting

    declare_many(batches(), semaine=semaine, access=access, at=at, actor_name=actor_name)
    report.close(confrontation.suite, confrontation.tables.notes)
    if report.counts[Sort.NEW] or report.counts[Sort.CHANGED]:
        journal.record(
            semaine,
            "import",
            at=at,
            actor=access.user,
            actor_name=actor_name,
            note=f"{source} : {report.summary()}",
        )
    return report


def _change(verdict: Verdict, confrontation: Confrontation, *, file: bool) -> None:
    """Write the chosen cells of a sheet that is there."""
    champs = chosen(verdict, file=file)
    if not champs:
        return
    at, access = confrontation.at, confrontation.access
    there = Action.objects.select_related("semaine__academie", "semaine__edition")
    action = there.filter(pk=verdict.action or 0).first()
    if action is None or action.version != verdict.version:
        raise StaleError
    try:
        if action.etat == Etat.PUBLISHED:  # an import never publishes, not even a comma
            action = move(action, Step.UNPUBLISH, access=access, at=at)
        content = merged(content_of(action), verdict.row, champs, verdict.porteurs)
        save(action, content, access=access, at=at, version=action.version)
    except (DeclarationError, NotReadyError) as error:
        raise InterruptedImportError(
            f"Ligne {verdict.row.number}, « {verdict.row.title} » : {error} Rien n’a été écrit."
        ) from error
