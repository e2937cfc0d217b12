"""What stands beside a count, word by word: singular and plural, what it covers, and what is not added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.dossier.comptage import ANNOUNCED, Decompte, counted_figures, etendue, with_counts
from accroche.dossier.dossier import ActionDossier
from accroche.lib.chiffres import Chiffre, Kind, total
from tests.dossier.sample import CAEN, EDITION


def exact(value: int, perimeter: str = "") -> Chiffre:
    return Chiffre(Kind.EXACT, value, perimeter=perimeter)


@pytest.mark.parametrize(
    ("announced", "count", "note", "perimeter"),
    [
        (exact(1), 2, "2 recensées ici, 1 annoncée par l’académie", "annoncée par l’académie"),
        (exact(3), 1, "1 recensée ici, 3 annoncées par l’académie", "annoncées par l’académie"),
        (exact(0), 1, "1 recensée ici, 0 annoncée par l’académie", "annoncée par l’académie"),
        (
            exact(3, "des lycées"),
            1,
            "1 recensée ici, 3 annoncées par l’académie",
            "annoncées par l’académie, des lycées",
        ),
    ],
)
def test_what_is_announced_is_worded_and_never_added(
    announced: Chiffre, count: int, note: str, perimeter: str
) -> None:
    first, beside = counted_figures(Indicateur.ACTIONS, (announced,), Decompte(actions=count))
    assert first.note.split("\u00a0: ")[0].replace("\u00a0", " ") == note
    assert beside == replace(announced, perimeter=perimeter, source=ANNOUNCED, additive=False)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((), "aucune fiche publiée à ce jour"),
        ((4,), "les fiches publiées de 1\u00a0académie sur 3"),
        ((4, 5), "les fiches publiées de 2\u00a0académies sur 3"),
    ],
)
def test_how_much_a_total_covers(counts: tuple[int, ...], words: str) -> None:
    rows = [
        (str(number), counted_figures(Indicateur.ACTIONS, (), Decompte(actions=count)))
        for number, count in enumerate((*counts, *[0] * (3 - len(counts))))
    ]
    assert etendue(total(rows)) == words


def test_one_that_did_not_answer_keeps_saying_so_until_it_has_a_sheet() -> None:
    silent = replace(CAEN, status=StatutSemaine.UNAVAILABLE)
    kinds = {}
    for name, actions in (("none", ()), ("one", (ActionDossier("Forum"),))):
        (told,) = with_counts(replace(EDITION, semaines=(replace(silent, actions=actions),))).semaines
        kinds[name] = [figures[0].kind for figures in (told.actions_figures, told.etablissements_figures)]
    assert kinds == {
        "none": [Kind.UNAVAILABLE, Kind.UNAVAILABLE],
        "one": [Kind.EXACT, Kind.UNAVAILABLE],
    }


def test_what_is_apart_is_said_to_be_announced() -> None:
    apart = replace(exact(144), additive=False)
    assert counted_figures(Indicateur.ACTIONS, (apart,), Decompte(actions=2))[1:] == (
        replace(apart, source=ANNOUNCED),
    )
    told = replace(apart, source="Synthèse")
    assert counted_figures(Indicateur.ACTIONS, (told,), Decompte(actions=2))[1:] == (told,)
