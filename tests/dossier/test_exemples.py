"""Which sheets of a semaine are its examples: by what they are, then in order, within the limit."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.regles import SourceAction
from accroche.dossier.bilan import bilan
from accroche.dossier.dossier import ActionDossier, EditionDossier
from accroche.dossier.exemples import MOST, exemples
from tests.dossier.sample import DIJON

HERE = SourceAction.DECLARATION.value


def titles(*actions: ActionDossier, **changes: object) -> list[str]:
    semaine = replace(DIJON, actions=actions, **changes)  # type: ignore[arg-type]
    return [action.title for action in exemples(semaine)]


def here(title: str, **distinctions: object) -> ActionDossier:
    return ActionDossier(title, source=HERE, **distinctions)  # type: ignore[arg-type]


def test_remarkable_then_prized_then_chosen_in_the_order_of_the_semaine() -> None:
    told = titles(
        here("choisie 1", chosen=True),
        here("simple"),
        here("primée", prize="Prix du public"),
        here("remarquable 1", remarkable=True),
        here("choisie 2", chosen=True),
        here("remarquable et primée", remarkable=True, prize="Prix du jury"),
    )
    assert told == ["remarquable 1", "remarquable et primée", "primée", "choisie 1", "choisie 2"]


def test_what_a_report_told_is_an_example_whatever_the_limit() -> None:
    report = [ActionDossier(f"rapport {n}", source=SourceAction.CARDIE.value) for n in range(MOST + 3)]
    declared = here("remarquable", remarkable=True)
    assert titles(declared, *report) == [action.title for action in report]
    assert titles(declared, *report[:2]) == ["rapport 0", "rapport 1", "remarquable"]


def test_of_hundreds_the_first_are_shown() -> None:
    many = [here(f"choisie {n}", chosen=True) for n in range(300)]
    assert titles(*many) == [f"choisie {n}" for n in range(MOST)]
    last = here("remarquable", remarkable=True)
    assert titles(*many, last) == ["remarquable", *(f"choisie {n}" for n in range(MOST - 1))]


def test_a_version_frozen_before_keeps_them_all() -> None:
    many = [here(f"fiche {n}") for n in range(MOST + 5)]
    assert titles(*many) == []
    assert titles(*many, all_examples=True) == [action.title for action in many]


def test_no_example_of_the_reference_edition_is_dropped(pack_2015: EditionDossier) -> None:
    for semaine in pack_2015.semaines:
        assert exemples(semaine) == semaine.actions
    assert bilan(pack_2015).examples == 97


MARKS = st.tuples(st.booleans(), st.sampled_from(["", "Prix"]), st.booleans())


@given(st.lists(MARKS, max_size=40))
def test_the_limit_holds_and_nobody_passes_before_a_better_one(marks: list[tuple[bool, str, bool]]) -> None:
    actions = [
        here(str(at), remarkable=one, prize=prize, chosen=two) for at, (one, prize, two) in enumerate(marks)
    ]
    told = [int(title) for title in titles(*actions)]
    eligible = [at for at, mark in enumerate(marks) if any(mark)]
    assert len(told) == min(MOST, len(eligible))
    assert set(told) <= set(eligible)

    def rank(at: int) -> tuple[int, int]:
        return next(rank for rank, mark in enumerate(marks[at]) if mark), at

    assert told == sorted(told, key=rank)
    assert all(rank(kept) < rank(left) for kept in told for left in set(eligible) - set(told))
