"""One format of changes: fields by their code, JSON values, worded when they are read, whatever their age."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from accroche.actions.regles import CodeCle, Consentement
from accroche.commun import journal
from accroche.commun.changements import LigneJournal, Vocabulaire, lignes
from accroche.commun.models import JournalEntry
from accroche.pilotage.presentation.semaine import VOCABULAIRE as SEMAINE
from accroche.relecture.presentation.fiche import VOCABULAIRE as SHEET
from tests import factories
from tests.factories import NOW


def entry(**changes: list[Any]) -> JournalEntry:
    return JournalEntry(subject="semaine:1", at=NOW, actor_name="Une collègue", verb="write", changes=changes)


def told(ligne: LigneJournal) -> list[tuple[str, str, str]]:
    """Each change of a line: its label, what was, what is."""
    return [
        (
            change.label,
            "".join(part.text for part in change.passages if part.kind != "inserted"),
            "".join(part.text for part in change.passages if part.kind != "deleted"),
        )
        for change in ligne.changes
    ]


def test_a_line_is_worded_by_the_vocabulary_of_its_subject() -> None:
    [ligne] = lignes(
        [
            entry(
                status=["preparing", "reported"], levels=[[], ["lycee"]], ordinal=[None, 2], title=["A", "B"]
            )
        ],
        SEMAINE,
    )
    assert (ligne.at, ligne.who, ligne.verb, ligne.note) == (NOW, "Une collègue", "write", "")
    labels = [label for label, *_ in told(ligne)]
    assert labels == ["Où en est la semaine", "Rang", "Titre", "Niveaux"]
    assert "preparing" not in str(ligne)
    assert told(ligne)[1:] == [("Rang", "", "2"), ("Titre", "A", "B"), ("Niveaux", "", "Lycée")]


def test_fields_are_told_in_the_order_of_their_form_whatever_the_database_keeps() -> None:
    """PostgreSQL keeps the keys of JSON by their length."""
    changes: dict[str, list[Any]] = {
        "title": ["A", "B"],
        "status": ["preparing", "reported"],
        "ordinal": [None, 2],
        "x": ["", "y"],
    }
    for fields in (changes, dict(reversed(changes.items()))):
        [ligne] = lignes([entry(**fields)], SEMAINE)
        assert [label for label, *_ in told(ligne)] == ["Où en est la semaine", "Rang", "Titre", "x"]


def test_a_line_of_the_former_format_reads_as_before() -> None:
    """The page of a semaine used to write labels and words."""
    former = entry(**{"Où en est la semaine": ["Pas de bilan", "Bilan fait"], "Niveaux": ["", "lycée"]})
    [ligne] = lignes([former], SEMAINE)
    assert told(ligne) == [
        ("Où en est la semaine", "Pas de bilan", "Bilan fait"),
        ("Niveaux", "", "lycée"),
    ]


def test_codes_of_a_sheet_are_told_by_their_names_and_what_is_for_machines_is_not_told() -> None:
    [ligne] = lignes([entry(etat=["draft", "submitted"], version=[1, 2], themes=[["sport"], []])], SHEET)
    assert told(ligne) == [("Thèmes", "Sport", "")]


CONSENTS = [one.label for one in Consentement]
ACCOUNT = "Les élèves de troisième accueillent les parents et leur montrent ce qu’ils ont fait toute l’année."


@pytest.mark.parametrize(
    ("field", "before", "after", "whole"),
    [
        *(("pieces", was, now, True) for was, now in permutations(CONSENTS, 2)),
        # the same story told anew shares its articles alone
        (
            "description",
            ACCOUNT,
            "Un forum des métiers réunit les entreprises de la ville et le lycée.",
            True,
        ),
        ("description", ACCOUNT, ACCOUNT.replace("troisième", "quatrième"), False),
        ("description", "Fête", ACCOUNT, True),
        ("title", "Forum", "Forum des métiers", False),
        ("starts", "2026-11-12", "2026-11-13", True),
        ("temporality", "semaine", "annee", True),
        ("audience_size", 120, 1200, True),
    ],
)
def test_words_are_compared_only_where_a_reader_sees_what_moved(
    field: str, before: object, after: object, whole: bool
) -> None:
    [ligne] = lignes([entry(**{field: [before, after]})], SHEET)
    (change,) = ligne.changes
    assert (change.whole is not None) is whole
    if field in {"pieces", "description"} and whole:
        assert change.whole == (before, after)


def test_what_is_picked_from_a_list_comes_and_goes_whole() -> None:
    keys = [["collectifs", "jeune"], ["adultes", "jeune"]]
    [ligne] = lignes([entry(cles=keys)], SHEET)
    (change,) = ligne.changes
    assert [(part.kind.value, part.text) for part in change.passages] == [
        ("deleted", CodeCle.COLLECTIFS.label),
        ("inserted", CodeCle.ADULTES.label),
        ("same", f"\n{CodeCle.JEUNE.label}"),
    ]


def test_a_vocabulary_says_what_it_can() -> None:
    plain = Vocabulaire(lambda name: name)
    [ligne] = lignes([entry(a=[None, True], b=[["x", "y"], {"z": 1}])], plain)
    assert told(ligne) == [("a", "", "oui"), ("b", "x\ny", "z : 1")]


@pytest.mark.django_db
def test_the_journal_refuses_words_for_a_field() -> None:
    where = factories.territory()
    with pytest.raises(ValueError, match="Où en est la semaine"):
        journal.record(where.semaine, "write", at=NOW, changes={"Où en est la semaine": ("", "Bilan")})
    with pytest.raises(ValueError, match="Où en est la semaine"):
        journal.record_many([("semaine:1", "")], "write", at=NOW, changes={"Où en est la semaine": ("", "")})
    written = journal.record(where.semaine, "write", at=NOW, changes={"status": ("preparing", "reported")})
    assert written.changes == {"status": ["preparing", "reported"]}
