"""Counted figures: the table of what stands beside a count, with why, and what never enters a total."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.dossier.bilan import bilan
from accroche.dossier.comptage import (
    COUNTED,
    Decompte,
    counted_figures,
    decompte_of,
    etendue,
    is_counted,
    with_counts,
)
from accroche.dossier.dossier import ActionDossier, PorteurSaisi
from accroche.lib.chiffres import Chiffre, Kind, counted, format_chiffres, format_total, parse, total
from tests.dossier.sample import CAEN, DIJON, EDITION, FORUM

ACTIONS = Indicateur.ACTIONS
MORE = "la différence peut venir d’actions non déclarées ou pas encore publiées"
FEWER = "des fiches ont sans doute été publiées depuis, ou portent sur l’année et non sur la seule semaine"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("declared", "count", "printed", "why"),
    [
        # nobody announced anything
        ("", 143, "143", ""),
        ("", 0, "N.C.", "aucune fiche publiée à ce jour"),
        # the académie says the same
        ("143", 143, "143", ""),
        ("Environ 140", 143, "143", ""),
        ("Plus de 30", 31, "31", ""),
        ("0", 0, "0", ""),
        # it announces more
        (
            "160",
            143,
            "143 ; hors total : 160 (annoncées par l’académie)",
            f"143 recensées ici, 160 annoncées par l’académie : {MORE}",
        ),
        (
            "Plus de 30",
            30,
            "30 ; hors total : plus de 30 (annoncées par l’académie)",
            f"30 recensées ici, plus de 30 annoncées par l’académie : {MORE}",
        ),
        # it announces fewer
        (
            "1",
            2,
            "2 ; hors total : 1 (annoncée par l’académie)",
            f"2 recensées ici, 1 annoncée par l’académie : {FEWER}",
        ),
        # it announces a number and nothing is published
        (
            "160",
            0,
            "N.C. ; hors total : 160 (annoncées par l’académie)",
            "160 annoncées par l’académie, aucune fiche publiée à ce jour",
        ),
        # two perimeters: their sum is what is weighed
        ("31 dans la semaine et 58 toute l’année", 89, "89", ""),
        # it answers without a number
        (
            "N.C.",
            12,
            "12",
            "l’académie n’a pas communiqué de nombre, celui-ci est compté sur les fiches publiées",
        ),
        ("N.C.", 0, "N.C.", "aucune fiche publiée à ce jour"),
        ("Toutes", 12, "12", "l’académie répond « tous », sans nombre"),
    ],
)
def test_what_stands_beside_a_count_and_why(declared: str, count: int, printed: str, why: str) -> None:
    figures = counted_figures(ACTIONS, parse(declared), Decompte(actions=count))
    assert plain(format_chiffres(figures)) == printed
    assert plain(figures[0].note) == why
    assert figures[0].source == COUNTED


def test_an_academie_without_data_keeps_saying_so_until_a_sheet_is_published() -> None:
    silent = (Chiffre(Kind.UNAVAILABLE),)
    assert counted_figures(ACTIONS, silent, Decompte(), unavailable=True) == silent
    assert counted_figures(ACTIONS, (), Decompte(), unavailable=True) == silent
    assert counted(counted_figures(ACTIONS, silent, Decompte(actions=1), unavailable=True)) == 1


def test_another_perimeter_stays_apart_with_its_source() -> None:
    told = Chiffre(Kind.EXACT, 144, "sur Expérithèque", source="Bilan", additive=False)
    figures = counted_figures(ACTIONS, (told,), Decompte(actions=3))
    assert figures[1] == told
    assert counted(figures) == 3


def test_schools_agree_in_gender() -> None:
    figures = counted_figures(Indicateur.ETABLISSEMENTS, parse("3"), Decompte(etablissements=2))
    assert plain(figures[0].note).startswith("2 recensés ici, 3 annoncés par l’académie")


def school(name: str, uai: str = "", kind: TypePorteur = TypePorteur.COLLEGE) -> PorteurSaisi:
    return PorteurSaisi(uai, kind, name, "Dijon")


def test_a_school_counts_once_and_who_is_no_school_does_not() -> None:
    told = (
        ActionDossier("A", porteurs=(school("Le Parc", "0210001A"), school("CIO", kind=TypePorteur.CIO))),
        ActionDossier("B", porteurs=(school("Collège Le Parc", "0210001A"), school("Les Lentillères"))),
        ActionDossier("C", porteurs=(school("Les Lentillères"),), levels=(Niveau.COLLEGE,)),
    )
    assert decompte_of(told) == Decompte(3, 2, frozenset({Niveau.COLLEGE}))
    assert decompte_of(()) == Decompte()


def test_an_edition_counts_what_it_holds() -> None:
    edition = with_counts(EDITION)
    caen, dijon = edition.semaines
    assert counted(dijon.actions_figures) == 2
    assert counted(dijon.etablissements_figures) == 1
    assert counted(caen.actions_figures) is None
    assert dijon.levels == DIJON.levels | set(FORUM.levels)
    sums = bilan(edition)
    assert is_counted(sums.actions)
    assert plain(format_total(sums.actions)) == "au moins 2 actions"
    assert plain(etendue(sums.actions)) == "les fiches publiées de 1 académie sur 2"
    # the académies' own figures keep their own words
    assert not is_counted(bilan(EDITION).actions)
    assert plain(etendue(bilan(EDITION).actions)) == "l’unique académie dont les données sont disponibles"


def test_an_edition_without_a_sheet_says_so() -> None:
    sums = bilan(with_counts(replace(EDITION, semaines=(CAEN,))))
    assert not sums.actions.has_number
    assert etendue(sums.actions) == "aucune fiche publiée à ce jour"


NUMBERS = st.integers(min_value=0, max_value=10_000)
KINDS = st.sampled_from([Kind.EXACT, Kind.ABOUT, Kind.MORE_THAN, Kind.AT_LEAST])
GIVEN = st.builds(Chiffre, kind=KINDS, value=NUMBERS, additive=st.booleans())
SILENT = st.builds(Chiffre, kind=st.sampled_from([Kind.ALL, Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE]))
DECLARED = st.lists(GIVEN | SILENT, max_size=3).map(tuple)


@given(st.lists(st.tuples(DECLARED, NUMBERS, st.booleans()), max_size=6))
def test_a_total_is_the_sum_of_its_counts_whatever_was_announced(
    rows: list[tuple[tuple[Chiffre, ...], int, bool]],
) -> None:
    answers = [
        counted_figures(ACTIONS, declared, Decompte(actions=count), unavailable=silent)
        for declared, count, silent in rows
    ]
    result = total([(str(n), figures) for n, figures in enumerate(answers)])
    assert result.added == sum(count for _, count, _ in rows)
    # no count is added twice, nor made approximate by what is announced beside it
    assert not result.is_approximate
    assert not result.is_open_ended
    for (_, count, _), figures in zip(rows, answers, strict=True):
        assert (counted(figures) or 0) == count


@given(DECLARED, NUMBERS)
def test_what_is_announced_is_never_lost(declared: tuple[Chiffre, ...], count: int) -> None:
    figures = counted_figures(ACTIONS, declared, Decompte(actions=count))
    for figure in declared:
        if figure.value is not None and not figure.additive:
            assert any(kept.value == figure.value and kept.kind == figure.kind for kept in figures)
    assert figures[0].additive
    assert all(not figure.additive for figure in figures[1:])


def test_status_does_not_hide_a_published_sheet() -> None:
    silent = replace(CAEN, status=StatutSemaine.UNAVAILABLE, actions=(FORUM,))
    (semaine,) = with_counts(replace(EDITION, semaines=(silent,))).semaines
    assert counted(semaine.actions_figures) == 1
