"""What the gate says, word for word, and the bounds at which it begins to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from accroche.actions.controle import (
    MOST_DIGITS,
    TOO_MANY_DIGITS,
    Remark,
    edition_days,
    has_too_many_digits,
    mark_of,
    missing,
    obstacles,
)
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
from accroche.actions.saisie import ActiviteSaisie, Contenu, PieceDite
from tests.actions.gate import COMPLETE, YEAR, fiche, written


def test_all_that_is_missing_from_an_empty_sheet() -> None:
    empty = replace(COMPLETE, content=Contenu(title=" "), has_contact=False)
    assert missing(empty) == (
        Remark("title", "Donnez un titre à l’action."),
        Remark("etablissement", "Choisissez l’établissement qui porte l’action."),
        Remark("description", "Dites en quelques phrases ce qui se passe."),
        Remark("levels", "Cochez au moins un niveau."),
        Remark("temporality", "Dites si l’action a lieu pendant la semaine ou toute l’année."),
        Remark("private_email", "Laissez une adresse pour les questions de l’académie."),
    )


def test_what_is_private_is_told_with_what_to_do() -> None:
    told = obstacles(written({"description": "Au 06 12 34 56 78, ou lea@exemple.org"}))
    assert told == (
        Remark("description", "Retirez ce numéro de téléphone : il serait public.", "06 12 34 56 78"),
        Remark(
            "description",
            "Retirez cette adresse personnelle, ou donnez celle de l’établissement.",
            "lea@exemple.org",
        ),
    )


def test_a_day_out_of_the_year_is_told_where_it_is() -> None:
    words = "Cette date sort de l’année scolaire, du 1er\u00a0août 2026 au 31\u00a0août 2027."
    late = ActiviteSaisie("Bilan", starts=dt.date(2027, 9, 1))
    inside = ActiviteSaisie("Début", starts=dt.date(2026, 8, 1), ends=dt.date(2027, 8, 31))
    assert obstacles(fiche(activites=(inside, late))) == (Remark("activites-2", words),)
    assert obstacles(fiche(starts=dt.date(2026, 7, 31))) == (Remark("starts", words),)


def test_whether_an_image_can_be_seen_is_told_before_any_agreement() -> None:
    pieces = (
        PieceDite("a.jpg", state=EtatPiece.PREPARING),
        PieceDite("b.jpg", state=EtatPiece.BROKEN, consent=Consentement.RECORDED),
        PieceDite("c.jpg", consent=Consentement.RECORDED),
        PieceDite("d.jpg"),
        PieceDite("e.pdf", TypePiece.DOCUMENT, state=EtatPiece.BROKEN),
    )
    waiting, *others = told = obstacles(replace(COMPLETE, pieces=pieces))
    assert told == (
        Remark(
            "pieces-1",
            "L’image « a.jpg » est en préparation : attendez qu’elle soit prête, ou retirez-la.",
            passes=True,
        ),
        Remark("pieces-2", "L’image « b.jpg » ne s’ouvre pas : retirez-la."),
        Remark(
            "pieces-4",
            "Dites si les personnes visibles sur « d.jpg » ont donné leur accord, ou retirez-la.",
        ),
    )
    assert mark_of((waiting,)) == mark_of(()) == ""
    assert mark_of(told) == mark_of(tuple(others))
    marks = {mark_of(some) for some in ((others[0],), (others[1],), tuple(others))}
    assert [len(mark) for mark in marks] == [16, 16, 16]
    assert [remark.place for remark in (waiting, Remark("title", ""))] == [("pieces", 1), ("title", 0)]


def test_the_days_of_an_edition_are_from_an_august_to_the_next() -> None:
    assert edition_days("2026-2027") == YEAR


def test_digits_are_counted_over_all_texts_and_a_number_is_needed() -> None:
    full = "1" * MOST_DIGITS
    assert not has_too_many_digits(full)
    assert has_too_many_digits(f"{full}2")
    assert not has_too_many_digits("a" * 2 * MOST_DIGITS)
    # eight digits hold no number; nine may, with a country, and are not searched for once there are too many
    for digits, told in (("1" * 8, ()), ("1" * 9, (Remark("classes", TOO_MANY_DIGITS),))):
        found = obstacles(written({"description": full, "classes": digits}))
        assert tuple(one for one in found if one.field == "classes") == told
