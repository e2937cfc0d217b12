"""Answering, signing, opening again, asking: rights, races, and who is told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.campagne.models import Edition
from accroche.campagne.operations.grille import ReplacedError
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.evaluation.evaluation import EtatEvaluation, ReponseDite, Sans
from accroche.evaluation.models import EchangeGrille, Evaluation, Reponse
from accroche.evaluation.operations.evaluation import (
    ClosedEvaluationError,
    IncompleteError,
    StaleEvaluationError,
    StaleReponseError,
    answer,
    mark_read,
    reopen,
    sign,
)
from accroche.evaluation.operations.evaluation_echanges import UnsignedError, ask, reply
from tests import factories
from tests.factories import NOW
from tests.pilotage import grilles
from tests.races import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

HIGH, LOW = ReponseDite(3, comment="Une carte."), ReponseDite(1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def service(where: Territory) -> Access:
    grilles.attached(where.semaine.edition)
    return _service(where, "cardie@ac-dijon.fr")


@pytest.fixture
def bureau(service: Access) -> Access:
    return factories.access(factories.person(TypeRole.NATIONAL, "drdie@education.example"))


def _service(where: Territory, email: str) -> Access:
    return factories.access(factories.person(TypeRole.MODERATEUR, email, academie=where.academie))


def filled(where: Territory, access: Access) -> Evaluation:
    for code in grilles.KEPT:
        answer(where.semaine, grilles.critere(code), HIGH, access=access, at=NOW, version=0)
    return Evaluation.objects.select_related("semaine__academie", "semaine__edition").get()


def signed(where: Territory, access: Access) -> Evaluation:
    evaluation = filled(where, access)
    return sign(where.semaine, access=access, at=NOW, version=evaluation.version)


def mails(prefix: str) -> list[str]:
    return list(Message.objects.filter(key__startswith=prefix).order_by("to").values_list("to", flat=True))


def test_an_answer_has_a_version_of_its_own(where: Territory, service: Access) -> None:
    critere, other = grilles.critere("1.2"), grilles.critere("1.4")
    first = answer(where.semaine, critere, LOW, access=service, at=NOW, version=0)
    assert first is not None
    assert (first.version, first.by, first.dite) == (1, service.user, LOW)
    assert answer(where.semaine, other, HIGH, access=service, at=NOW, version=0) is not None
    # the same again is no change, whatever was read; another is refused to who read an older one
    assert answer(where.semaine, critere, LOW, access=service, at=NOW, version=7) == first
    with pytest.raises(StaleReponseError) as late:
        answer(where.semaine, critere, HIGH, access=service, at=NOW, version=0)
    assert late.value.held == first
    second = answer(where.semaine, critere, HIGH, access=service, at=NOW, version=1)
    assert second is not None
    assert second.version == 2
    assert (
        answer(where.semaine, grilles.critere("4.4"), ReponseDite(), access=service, at=NOW, version=0)
        is None
    )
    assert {row.critere.code: row.version for row in Reponse.objects.select_related("critere")} == {
        "1.2": 2,
        "1.4": 1,
    }
    assert where.semaine.edition.grille_edition.answered_at is None  # what was read before
    where.semaine.edition.grille_edition.refresh_from_db()
    assert where.semaine.edition.grille_edition.answered_at == NOW


def test_the_journal_keeps_what_was_replaced_and_no_pause_of_who_types(
    where: Territory, service: Access
) -> None:
    critere, colleague = grilles.critere("1.2"), _service(where, "saio@ac-dijon.fr")
    for version, words in enumerate(("Une", "Une carte", "Une carte en ligne")):
        answer(where.semaine, critere, ReponseDite(3, comment=words), access=service, at=NOW, version=version)
    answer(where.semaine, critere, ReponseDite(2, comment="Non"), access=colleague, at=NOW, version=3)
    told = [entry.changes for entry in journal.entries(Evaluation.objects.get()).order_by("pk")]
    assert told == [{"choice": ["", "3"]}, {"choice": ["3", "2"], "comment": ["Une carte en ligne", "Non"]}]


@pytest.mark.parametrize("kind", [TypeRole.LECTEUR, TypeRole.NATIONAL])
def test_who_reads_does_not_answer(where: Territory, service: Access, kind: TypeRole) -> None:
    place: dict[str, Any] = {"academie": where.academie} if kind is TypeRole.LECTEUR else {}
    reader = factories.access(factories.person(kind, **place))
    with pytest.raises(PermissionDenied):
        answer(where.semaine, grilles.critere("1.2"), LOW, access=reader, at=NOW, version=0)
    with pytest.raises(PermissionDenied):
        sign(where.semaine, access=reader, at=NOW, version=0)
    assert not Evaluation.objects.exists()


def test_nobody_answers_before_the_grid_is_open(where: Territory) -> None:
    access = _service(where, "cardie@ac-dijon.fr")
    grilles.attached(where.semaine.edition)
    early = NOW - dt.timedelta(days=30)
    with pytest.raises(ClosedEvaluationError):
        answer(where.semaine, grilles.critere("1.2"), LOW, access=access, at=early, version=0)


def test_signing_asks_for_every_criterion_and_a_word_where_there_is_no_level(
    where: Territory, service: Access
) -> None:
    unsaid = ReponseDite(sans=Sans.UNKNOWN)
    for code, told in (("1.2", HIGH), ("1.4", unsaid)):
        answer(where.semaine, grilles.critere(code), told, access=service, at=NOW, version=0)
    with pytest.raises(IncompleteError) as refused:
        sign(where.semaine, access=service, at=NOW, version=2)
    assert [(one.code, one.lacks) for one in refused.value.missing] == [
        ("1.4", "« Nous ne savons pas » demande un mot d’explication"),
        ("4.4", "pas encore de réponse"),
    ]
    assert Evaluation.objects.get().etat is EtatEvaluation.OPEN
    assert not mails("grille-signee")


def test_the_bureau_is_told_once_reads_asks_and_gets_an_answer(
    where: Territory, service: Access, bureau: Access
) -> None:
    evaluation = filled(where, service)
    with pytest.raises(UnsignedError):
        ask(evaluation, None, "Où en êtes-vous ?", access=bureau, at=NOW)
    with pytest.raises(StaleEvaluationError):
        sign(where.semaine, access=service, at=NOW, version=evaluation.version - 1)
    evaluation = sign(where.semaine, access=service, at=NOW, version=evaluation.version)
    assert mails("grille-signee") == ["drdie@education.example"]
    with pytest.raises(ClosedEvaluationError, match="signée"):
        answer(where.semaine, grilles.critere("1.2"), LOW, access=service, at=NOW, version=1)
    with pytest.raises(PermissionDenied):
        mark_read(evaluation, access=service, at=NOW, version=evaluation.version)
    mark_read(evaluation, access=bureau, at=NOW, version=evaluation.version)
    assert mails("grille-lue") == ["cardie@ac-dijon.fr"]
    question = ask(evaluation, grilles.critere("1.2"), " Quelle carte ? ", access=bureau, at=NOW)
    assert ask(evaluation, grilles.critere("1.2"), "Quelle carte ?", access=bureau, at=NOW) == question
    assert mails("grille-question") == ["cardie@ac-dijon.fr"]
    with pytest.raises(PermissionDenied):
        reply(question, "Celle-ci.", access=bureau, at=NOW)
    told = reply(question, "Celle du site.", access=service, at=NOW)
    assert reply(question, "Celle du site.", access=service, at=NOW + MINUTE) == told
    assert mails("grille-reponse") == ["drdie@education.example"]
    with pytest.raises(ValueError, match="question"):
        reply(told, "Encore.", access=service, at=NOW)
    assert EchangeGrille.objects.count() == 2


def test_opened_again_it_tells_the_other_side_and_is_signed_anew(
    where: Territory, service: Access, bureau: Access
) -> None:
    evaluation = signed(where, service)
    with pytest.raises(ValueError, match="mot"):
        reopen(evaluation, " ", access=service, at=NOW, version=evaluation.version)
    reopen(evaluation, "Un oubli.", access=service, at=NOW, version=evaluation.version)
    assert mails("grille-rouverte") == ["drdie@education.example"]
    answer(where.semaine, grilles.critere("1.2"), LOW, access=service, at=NOW, version=1)
    evaluation.refresh_from_db()
    again = sign(where.semaine, access=service, at=NOW, version=evaluation.version)
    assert again.etat is EtatEvaluation.SIGNED
    assert len(mails("grille-signee")) == 2
    reopen(again, "Précisez le critère 1.4.", access=bureau, at=NOW, version=again.version)
    assert mails("grille-rouverte") == ["cardie@ac-dijon.fr", "drdie@education.example"]


@pytest.mark.django_db(transaction=True)
def test_two_services_at_once_lose_no_answer(where: Territory, service: Access) -> None:
    """The first answers of a grid, all at the same moment: two of them to one criterion."""
    people = [service, _service(where, "saio@ac-dijon.fr"), _service(where, "mlds@ac-dijon.fr")]
    asked = [("1.2", LOW), ("1.4", HIGH), ("1.4", LOW)]
    done = at_once(
        3,
        lambda n: answer(
            where.semaine, grilles.critere(asked[n][0]), asked[n][1], access=people[n], at=NOW, version=0
        ),
    )
    (late,) = [one for one in done if not isinstance(one, Reponse)]
    assert isinstance(late, StaleReponseError)
    held = {row.critere.code: row for row in Reponse.objects.select_related("critere")}
    assert late.held == held["1.4"]
    assert {row.pk for row in held.values()} == {one.pk for one in done if isinstance(one, Reponse)}
    assert Evaluation.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_who_signs_while_a_colleague_answers_signs_what_was_read(where: Territory, service: Access) -> None:
    colleague, evaluation = _service(where, "saio@ac-dijon.fr"), filled(where, service)
    critere = grilles.critere("1.2")

    def act(number: int) -> object:
        if number:
            return answer(where.semaine, critere, LOW, access=colleague, at=NOW, version=1)
        return sign(where.semaine, access=service, at=NOW, version=evaluation.version)

    done = at_once(2, act)
    evaluation.refresh_from_db()
    held = Reponse.objects.get(critere=critere)
    (refused,) = [one for one in done if isinstance(one, Exception)]
    if isinstance(refused, StaleEvaluationError):  # the answer came first: one looks again before signing
        assert (evaluation.etat, held.dite) == (EtatEvaluation.OPEN, LOW)
    else:
        assert isinstance(refused, ClosedEvaluationError)
        assert (evaluation.etat, held.dite) == (EtatEvaluation.SIGNED, HIGH)


def test_nobody_answers_nor_opens_again_in_an_edition_that_is_closed(
    where: Territory, service: Access
) -> None:
    evaluation, edition = signed(where, service), where.semaine.edition
    edition.closed_at = NOW
    edition.save()
    evaluation.semaine.edition.refresh_from_db()
    with pytest.raises(PermissionDenied):
        reopen(evaluation, "Trop tard.", access=service, at=NOW, version=evaluation.version)
    with pytest.raises(PermissionDenied):
        answer(where.semaine, grilles.critere("1.2"), LOW, access=service, at=NOW, version=1)


def test_whoever_read_an_edition_that_is_closed_since_writes_nothing(
    where: Territory, service: Access, bureau: Access
) -> None:
    evaluation = signed(where, service)
    asked = ask(evaluation, None, "Et les lycées ?", access=bureau, at=NOW)
    before = Message.objects.count()
    Edition.objects.update(closed_at=NOW)  # what was read says that it is open
    writes: list[Callable[[], object]] = [
        lambda: answer(where.semaine, grilles.critere("1.2"), LOW, access=service, at=NOW, version=1),
        lambda: sign(where.semaine, access=service, at=NOW, version=evaluation.version),
        lambda: reply(asked, "Bientôt.", access=service, at=NOW),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
    # the académie could not answer what the bureau would ask
    for step in (
        lambda: reopen(evaluation, "Un doute.", access=bureau, at=NOW, version=evaluation.version),
        lambda: ask(evaluation, None, "Et les écoles ?", access=bureau, at=NOW),
    ):
        with pytest.raises(ClosedEvaluationError):
            step()
    evaluation.refresh_from_db()
    assert evaluation.etat is EtatEvaluation.SIGNED
    assert Message.objects.count() == before


def test_a_grid_replaced_meanwhile_is_told_to_who_begins_to_answer(
    where: Territory, service: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced(*_args: object, **_more: object) -> None:
        raise ReplacedError("La grille a changé.")

    monkeypatch.setattr("accroche.evaluation.operations.evaluation.begin_answers", replaced)
    with pytest.raises(ClosedEvaluationError, match="a changé"):
        answer(where.semaine, grilles.critere("1.2"), LOW, access=service, at=NOW, version=0)


def test_a_mail_writes_the_name_of_the_academie_as_it_is(where: Territory, service: Access) -> None:
    signed(where, service)
    factories.person(TypeRole.NATIONAL, "drdie@education.example")
    evaluation = Evaluation.objects.select_related("semaine__academie", "semaine__edition").get()
    reopen(evaluation, "Une erreur.", access=service, at=NOW, version=evaluation.version)
    (body,) = Message.objects.filter(key__startswith="grille-rouverte").values_list("body", flat=True)
    assert "L’académie de Dijon a rouvert" in body
