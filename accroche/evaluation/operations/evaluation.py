"""Answering the grid of an edition, criterion by criterion, and signing it: every write about an evaluation.

Who answers and who signs change the row of the evaluation first: the one waits for the other, and what is
signed is what its académie last read.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.campagne.models import Critere, GrilleEdition, Semaine
from accroche.campagne.operations import begin_answers, check_writing, hold_open, hold_writing
from accroche.campagne.operations.grille import ReplacedError
from accroche.commun import journal, plafonds
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import (
    OPEN_STATES,
    PAS,
    EtatEvaluation,
    Incomplete,
    PasEvaluation,
    ReponseDite,
    incomplete,
)
from accroche.evaluation.models import Evaluation, Reponse
from accroche.evaluation.operations.evaluation_avis import tell_read, tell_reopened, tell_signed


class ClosedEvaluationError(ValueError):
    """The evaluation does not stand where what was asked for is possible; the message says why."""


class StaleReponseError(RuntimeError):
    """Somebody else answered this criterion meanwhile: ``held`` is what is there now."""

    def __init__(self, held: Reponse) -> None:
        """Keep it."""
        super().__init__()
        self.held = held


class StaleEvaluationError(RuntimeError):
    """An answer changed since the page that was signed or read: show it before deciding."""


class IncompleteError(ValueError):
    """Criteria are missing before a signature; ``missing`` says which."""

    def __init__(self, missing: tuple[Incomplete, ...]) -> None:
        """Keep them."""
        super().__init__()
        self.missing = missing


CLOSED: Final = (
    "Cette auto-évaluation est signée : rouvrez-la pour changer une réponse. Ce que vous avez écrit est "
    "encore ici."
)


#: Nobody could answer, so that nothing is asked for.
OVER: Final = "L’édition est close : l’académie ne pourrait plus répondre."


def used_grid(semaine: Semaine, at: dt.datetime) -> GrilleEdition:
    """The grid its edition uses. Raise :class:`ClosedEvaluationError` when it has none open yet."""
    found = GrilleEdition.objects.select_related("grille").filter(
        edition=semaine.edition_id, opened_at__lte=at
    )
    if (held := found.first()) is None:
        raise ClosedEvaluationError("Le bureau national n’a pas encore ouvert la grille de cette édition.")
    return held


@transaction.atomic
def answer(
    semaine: Semaine, critere: Critere, told: ReponseDite, *, access: Access, at: dt.datetime, version: int
) -> Reponse | None:
    """Answer one criterion; return what is there then, None for nothing over nothing.

    ``version``: that of the answer the person read, 0 where there was none. The same again changes nothing,
    whatever its version. Raises ``PermissionDenied``, :class:`StaleReponseError`,
    :class:`ClosedEvaluationError` and ``LimitError``.
    """
    hold_writing(semaine, access)
    used = used_grid(semaine, at)
    if critere.objectif.grille_id != used.grille_id:
        raise ClosedEvaluationError("Ce critère n’est pas de la grille de cette édition : rechargez la page.")
    held = Reponse.objects.filter(evaluation__semaine=semaine, critere=critere).first()
    if (told.is_empty and held is None) or (held is not None and held.dite == told):
        return held
    evaluation = _begun(semaine, used, at)
    opened = Evaluation.objects.filter(pk=evaluation.pk, state__in=OPEN_STATES)
    if not opened.update(version=F("version") + 1):
        raise ClosedEvaluationError(CLOSED)
    row = _written(evaluation, critere, told, access=access, at=at, version=version)
    _journal(evaluation, critere, held, told, access=access, at=at)
    take(access.counted(plafonds.ANSWERS_PERSON), at=at)
    return row


def _begun(semaine: Semaine, used: GrilleEdition, at: dt.datetime) -> Evaluation:
    """The evaluation of a semaine, begun if it was not."""
    found = Evaluation.objects.filter(semaine=semaine).first()
    if found:
        return found
    evaluation, created = Evaluation.objects.get_or_create(semaine=semaine, defaults={"begun_at": at})
    if created:
        try:
            begin_answers(semaine.edition, used.grille, at=at)
        except ReplacedError as error:
            raise ClosedEvaluationError(str(error)) from error
    return evaluation


def _written(
    evaluation: Evaluation,
    critere: Critere,
    told: ReponseDite,
    *,
    access: Access,
    at: dt.datetime,
    version: int,
) -> Reponse:
    row = Reponse.objects.filter(evaluation=evaluation, critere=critere)
    values = {"level": told.level, "sans": told.sans, "comment": told.comment, "at": at, "by": access.user}
    if version:
        if not row.filter(version=version).update(version=F("version") + 1, **values):
            raise StaleReponseError(row.get())
        return row.get()
    try:
        with transaction.atomic():
            return Reponse.objects.create(evaluation=evaluation, critere=critere, **values)
    except IntegrityError as error:
        raise StaleReponseError(row.get()) from error


def _journal(
    evaluation: Evaluation,
    critere: Critere,
    held: Reponse | None,
    told: ReponseDite,
    *,
    access: Access,
    at: dt.datetime,
) -> None:
    """Keep what an answer replaced: another choice, or a colleague's words; not each pause of who types."""
    before = held.dite if held else ReponseDite()
    mine = held is None or held.by_id == (access.user.pk if access.user else None)
    changes = {}
    if before.choice != told.choice:
        changes["choice"] = (before.choice, told.choice)
    if before.comment != told.comment and not mine:
        changes["comment"] = (before.comment, told.comment)
    if changes:
        journal.record(
            evaluation, "answer_grid", at=at, actor=access.user, note=critere.code, changes=changes
        )


@transaction.atomic
def sign(semaine: Semaine, *, access: Access, at: dt.datetime, version: int) -> Evaluation:
    """Sign for the académie: the bureau reads it, and is told once.

    ``version``: that of the evaluation the person read. Raises ``PermissionDenied``,
    :class:`IncompleteError`, :class:`StaleEvaluationError` and :class:`ClosedEvaluationError`.
    """
    hold_writing(semaine, access)
    used = used_grid(semaine, at)
    evaluation = _begun(semaine, used, at)
    # the row is taken first: an answer on its way waits here, then finds it signed
    _step(
        evaluation,
        PasEvaluation.SIGN,
        version=version,
        at=at,
        access=access,
        signed_at=at,
        signed_by=access.user,
    )
    answers = {row.critere.code: row.dite for row in evaluation.reponses.select_related("critere")}
    criteres = Critere.objects.filter(objectif__grille=used.grille)
    if missing := incomplete(criteres.values_list("code", "title"), answers):
        raise IncompleteError(missing)
    tell_signed(evaluation, at=at)
    return evaluation


@transaction.atomic
def reopen(evaluation: Evaluation, why: str, *, access: Access, at: dt.datetime, version: int) -> None:
    """Let a signed evaluation be answered again, and tell the other side why.

    The académie or the bureau may. Raises ``PermissionDenied``, ``ValueError`` without a word,
    :class:`StaleEvaluationError` and :class:`ClosedEvaluationError`.
    """
    by_bureau = not evaluation.may(access, Right.EDIT_SEMAINE)
    if by_bureau and not evaluation.may(access, Right.STEER):
        check_writing(evaluation.semaine, access)  # refused: of who might, because the edition is closed
    words = why.strip()
    if not words:
        raise ValueError("Dites en un mot pourquoi la rouvrir.")
    if not hold_open(evaluation.semaine.edition_id):
        raise ClosedEvaluationError(OVER)
    _step(evaluation, PasEvaluation.REOPEN, version=version, at=at, access=access, note=words)
    tell_reopened(evaluation, words, by_bureau=by_bureau, at=at)


@transaction.atomic
def mark_read(evaluation: Evaluation, *, access: Access, at: dt.datetime, version: int) -> None:
    """Say that the bureau has read it; the académie is told once.

    Raises ``PermissionDenied``, :class:`StaleEvaluationError` and :class:`ClosedEvaluationError`.
    """
    if not evaluation.may(access, Right.STEER):
        raise PermissionDenied
    _step(
        evaluation, PasEvaluation.READ, version=version, at=at, access=access, read_at=at, read_by=access.user
    )
    tell_read(evaluation, at=at)


def _step(
    evaluation: Evaluation,
    pas: PasEvaluation,
    *,
    version: int,
    at: dt.datetime,
    access: Access,
    note: str = "",
    **columns: object,
) -> None:
    sources, target = PAS[pas]
    here = Evaluation.objects.filter(pk=evaluation.pk)
    moved = here.filter(state__in=sources, version=version)
    if not moved.update(state=target, version=F("version") + 1, **columns):
        evaluation.refresh_from_db()
        if evaluation.etat in sources:
            raise StaleEvaluationError
        raise ClosedEvaluationError(_stands(evaluation.etat))
    before = evaluation.state
    evaluation.refresh_from_db()
    journal.record(
        evaluation, pas, at=at, actor=access.user, note=note, changes={"state": (before, evaluation.state)}
    )


def _stands(etat: EtatEvaluation) -> str:
    return f"Cela ne se peut plus : l’auto-évaluation est « {etat.label} »."
