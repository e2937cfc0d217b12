"""That a semaine has no data is signed by somebody, on somebody's word, and taken back the same way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations import AbsenceError, lift_absence, sign_absence
from accroche.campagne.phrases import absence_told
from accroche.campagne.regles import Signataire, StatutSemaine
from accroche.commun import journal
from accroche.comptes.permissions import OPERATOR
from accroche.comptes.regles import TypeRole
from accroche.dossier.queries.dossier import dossier_of
from accroche.pilotage.forms.semaine import Page
from accroche.pilotage.operations.semaine import write_semaine
from accroche.pilotage.queries.semaine import semaine_content
from tests import factories
from tests.factories import NOW
from tests.pilotage.test_semaine_form import sent
from tests.races import at_once, passed

WORD = "la cheffe du SAIO, par téléphone"


def signed(semaine: Semaine) -> str:
    return absence_told(Signataire(semaine.absence_by), semaine.absence_on, semaine.absence_word)


@pytest.mark.django_db
def test_the_bureau_signs_and_takes_back_and_the_journal_says_who() -> None:
    semaine = factories.territory().semaine
    person = factories.person(TypeRole.NATIONAL)
    access = factories.access(person)
    sign_absence(semaine, f"  {WORD} ", access=access, at=NOW)
    assert semaine.status == StatutSemaine.UNAVAILABLE
    told = signed(semaine).replace("\u00a0", " ")
    assert told == f"signé le 24 novembre 2026 par le bureau national, d’après {WORD}"
    kept = dossier_of(semaine.edition).semaines[0]
    assert (kept.absence_by, kept.absence_on, kept.absence_word) == (
        Signataire.BUREAU,
        NOW.date(),
        WORD,
    )
    lift_absence(semaine, "le recteur", access=access, at=NOW)
    assert (semaine.status, signed(semaine), semaine.version) == (StatutSemaine.PREPARING, "", 2)
    lines = journal.entries(semaine)
    assert [(line.verb, line.actor, line.note) for line in lines] == [
        ("lift_absence", person, "le recteur"),
        ("sign_absence", person, WORD),
    ]
    assert lines[1].changes["absence_by"] == ["", "bureau"]


@pytest.mark.django_db
def test_an_academie_signs_its_own_and_no_other() -> None:
    dijon, lyon = factories.territory(), factories.territory("Lyon", "69")
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=dijon.academie))
    sign_absence(dijon.semaine, WORD, access=access, at=NOW)
    assert dijon.semaine.absence_by == Signataire.ACADEMIE
    for act in (sign_absence, lift_absence):
        with pytest.raises(PermissionDenied):
            act(lyon.semaine, WORD, access=access, at=NOW)
    reader = factories.access(factories.person(TypeRole.LECTEUR, academie=lyon.academie))
    with pytest.raises(PermissionDenied):
        sign_absence(lyon.semaine, WORD, access=reader, at=NOW)


def _reported(semaine: Semaine) -> None:
    Semaine.objects.filter(pk=semaine.pk).update(status=StatutSemaine.REPORTED)


def _closed(semaine: Semaine) -> None:
    Edition.objects.filter(pk=semaine.edition_id).update(closed_at=NOW)


def _signed(semaine: Semaine) -> None:
    sign_absence(semaine, "quelqu’un d’autre", access=OPERATOR, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "word", "says"),
    [
        (None, "  ", "d’après qui"),
        (_reported, WORD, "a rendu compte"),
        (_closed, WORD, "close"),
        (_signed, WORD, "vient de signer"),
    ],
)
def test_what_cannot_be_signed(before: Callable[[Semaine], None] | None, word: str, says: str) -> None:
    semaine = factories.territory().semaine
    if before:
        before(semaine)
    kept = Semaine.objects.values("absence_word", "status").get()
    with pytest.raises(AbsenceError, match=says):
        sign_absence(semaine, word, access=OPERATOR, at=NOW)
    assert Semaine.objects.values("absence_word", "status").get() == kept


@pytest.mark.django_db
def test_nothing_is_taken_back_of_a_semaine_with_data() -> None:
    semaine = factories.territory().semaine
    with pytest.raises(AbsenceError, match="Rien à annuler"):
        lift_absence(semaine, WORD, access=OPERATOR, at=NOW)


@pytest.mark.django_db
def test_half_a_signature_is_no_row() -> None:
    semaine = factories.territory().semaine
    with pytest.raises(IntegrityError), transaction.atomic():
        Semaine.objects.filter(pk=semaine.pk).update(absence_on=NOW.date())


@pytest.mark.django_db(transaction=True)
def test_two_sign_at_once_and_one_signature_stands() -> None:
    semaine = factories.territory().semaine

    def sign(number: int) -> None:
        sign_absence(Semaine.objects.get(pk=semaine.pk), f"personne {number}", access=OPERATOR, at=NOW)

    assert passed(at_once(3, sign), AbsenceError) == 1
    assert journal.entries(semaine).count() == 1


@pytest.mark.django_db
def test_the_page_of_the_semaine_neither_signs_nor_takes_back() -> None:
    where = factories.territory()
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    before = semaine_content(where.semaine)

    def typed(status: str) -> Page:
        found = Semaine.objects.get(pk=where.semaine.pk)
        content = semaine_content(found)
        data = sent(content) | {"status": [status], "version": [str(found.version)]}
        return Page(content, edition=found.edition.year, version=found.version, data=data)

    assert typed("reported").is_valid()
    assert "se signe" in str(typed("unavailable").form.errors if not typed("unavailable").is_valid() else "")
    sign_absence(where.semaine, WORD, access=access, at=NOW)
    page = typed("reported")
    assert not page.is_valid()
    assert typed("unavailable").is_valid()  # the rest of the page may still be written
    with pytest.raises(PermissionDenied):  # whatever the form let through
        write_semaine(where.semaine, before, access=access, at=NOW, version=where.semaine.version)
