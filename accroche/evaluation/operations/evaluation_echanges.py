"""What the bureau asks of an evaluation, and what its académie answers."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.campagne.models import Critere
from accroche.campagne.operations import hold_open, hold_writing
from accroche.commun import journal, plafonds
from accroche.commun.echanges import words_of, written_just_now
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.models import EchangeGrille, Evaluation
from accroche.evaluation.operations.evaluation import OVER, ClosedEvaluationError
from accroche.evaluation.operations.evaluation_avis import tell_answer, tell_question


class UnsignedError(ValueError):
    """The bureau asks about what it has been given to read, not before."""


@transaction.atomic
def ask(
    evaluation: Evaluation, critere: Critere | None, text: str, *, access: Access, at: dt.datetime
) -> EchangeGrille:
    """Ask the académie about a criterion, or about the whole (None); it is told once.

    Raises ``PermissionDenied``, ``ValueError`` without a word, :class:`UnsignedError`,
    :class:`ClosedEvaluationError` in an edition that is closed, and ``LimitError``.
    """
    if not evaluation.may(access, Right.STEER):
        raise PermissionDenied
    if evaluation.signed_at is None:
        raise UnsignedError("L’académie n’a pas encore signé : rien n’est à lire.")
    words = words_of(text)
    if not hold_open(evaluation.semaine.edition_id):
        raise ClosedEvaluationError(OVER)
    asked = {"critere": critere, "question": None, "text": words, "author": access.user}
    if again := written_just_now(evaluation.echanges.all(), at=at, **asked):
        return again
    written = evaluation.echanges.create(critere=critere, text=words, author=access.user, at=at)
    code = critere.code if critere else ""
    journal.record(evaluation, "ask_about_grid", at=at, actor=access.user, note=code)
    take(access.counted(plafonds.COMMENTS_PERSON), at=at)
    tell_question(written, at=at)
    return written


@transaction.atomic
def reply(question: EchangeGrille, text: str, *, access: Access, at: dt.datetime) -> EchangeGrille:
    """Answer a question of the bureau; who asked is told once.

    Raises ``PermissionDenied``, ``ValueError`` without a word or for what is no question, and ``LimitError``.
    """
    hold_writing(question.evaluation.semaine, access)
    if question.question_id is not None:
        raise ValueError("On répond à une question du bureau.")
    words = words_of(text)
    if again := written_just_now(question.reponses.all(), at=at, text=words, author=access.user):
        return again
    written = EchangeGrille.objects.create(
        evaluation=question.evaluation,
        critere=question.critere,
        question=question,
        text=words,
        author=access.user,
        at=at,
    )
    code = question.critere.code if question.critere else ""
    journal.record(question.evaluation, "answer_question", at=at, actor=access.user, note=code)
    take(access.counted(plafonds.COMMENTS_PERSON), at=at)
    tell_answer(written, at=at)
    return written
