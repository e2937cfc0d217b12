"""What an edition adds up to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.bilan import bilan
from accroche.dossier.dossier import AxeRetenu, EditionDossier, RessourceDossier, SemaineDossier
from accroche.lib.chiffres import format_etendue, parse
from accroche.publications.visuels import level_chart
from tests.dossier.sample import DIJON, EDITION

if TYPE_CHECKING:
    from accroche.campagne.models import Edition

DAY = dt.date(2016, 3, 14)


def semaine(
    name: str, actions: str = "", status: str = "reported", ordinal: int | None = None
) -> SemaineDossier:
    return SemaineDossier(name, ((DAY, DAY),), ordinal, StatutSemaine(status), actions_figures=parse(actions))


def edition(*semaines: SemaineDossier) -> EditionDossier:
    return replace(EDITION, semaines=semaines)


def test_the_real_edition(pack_2015: EditionDossier) -> None:
    found = bilan(pack_2015)
    assert found.actions.added == 1153
    assert (len(found.actions.counted), found.actions.answered) == (24, 28)
    assert found.actions.missing == ("Guyane", "La Réunion", "Orléans-Tours", "Reims")
    assert found.actions.unavailable == ("Strasbourg", "Toulouse")
    assert not found.actions.is_exact
    assert format_etendue(found.actions, "académie", "académies").replace("\u00a0", " ").startswith("24 ")
    assert found.etablissements.missing == ("Créteil", "Guyane", "Reims", "Rouen", "Versailles")
    assert found.etablissements.uncounted_all == ("La Réunion",)
    assert found.etablissements.added == sum(
        figure.value or 0
        for one in pack_2015.semaines
        for figure in one.etablissements_figures
        if figure.additive
    )
    assert found.etablissements.is_approximate
    assert found.etablissements.is_open_ended
    assert found.examples == 97
    assert len(found.reported) == 28
    assert found.unavailable == ("Strasbourg", "Toulouse")
    assert len(found.first) == 20
    assert found.later == (
        ("Aix-Marseille", 2),
        ("Bordeaux", 2),
        ("Clermont-Ferrand", 2),
        ("Créteil", 2),
        ("Grenoble", 2),
        ("Nancy-Metz", 2),
        ("Poitiers", 2),
        ("Versailles", 4),
    )


@pytest.mark.django_db
def test_the_database_adds_up_to_the_same(pack_2015: EditionDossier, edition_2015: Edition) -> None:
    from accroche.dossier.queries.dossier import dossier_of  # noqa: PLC0415 - needs models

    assert bilan(dossier_of(edition_2015)) == bilan(pack_2015)


@pytest.mark.parametrize(
    ("figures", "lower_bound", "missing", "unavailable"),
    [
        (["12", "30"], 42, (), ()),
        (["12", "N.C."], 12, ("B",), ()),
        (["12", ""], 12, (), ("B",)),
        (["N.C.", ""], 0, ("A",), ("B",)),
        (["31 actions pendant la semaine\n58 actions toute l’année", "environ 40"], 129, (), ()),
    ],
)
def test_what_was_not_said_is_never_zero(
    figures: list[str], lower_bound: int, missing: tuple[str, ...], unavailable: tuple[str, ...]
) -> None:
    found = bilan(edition(*(semaine(name, text) for name, text in zip("AB", figures, strict=True))))
    assert found.actions.added == lower_bound
    assert found.actions.missing == missing
    assert found.actions.unavailable == unavailable


def test_schools_may_stand_in_two_numbers_of_one_answer_and_actions_may_not() -> None:
    both = parse("31 pendant la semaine\n58 toute l’année")
    found = bilan(edition(replace(semaine("A"), actions_figures=both, etablissements_figures=both)))
    assert (found.actions.added, found.actions.overlapping) == (89, ())
    assert (found.etablissements.added, found.etablissements.overlapping) == (89, ("A",))


def test_an_ordinal_nobody_gave_is_in_neither_list() -> None:
    found = bilan(edition(semaine("A", ordinal=1), semaine("B"), semaine("C", ordinal=3)))
    assert found.first == ("A",)
    assert found.later == (("C", 3),)


def test_an_academie_that_did_not_answer_is_told_apart() -> None:
    found = bilan(edition(semaine("B", status="unavailable"), semaine("A", "3")))
    assert found.reported == ("A",)
    assert found.unavailable == ("B",)


def test_levels_and_axes_name_the_academies_in_the_order_of_the_report() -> None:
    found = bilan(
        edition(
            replace(semaine("B"), levels=frozenset({Niveau.COLLEGE}), axes=(AxeRetenu("niveaux"),)),
            replace(
                semaine("A"), levels=frozenset({Niveau.COLLEGE, Niveau.LYCEE}), axes=(AxeRetenu("niveaux"),)
            ),
        )
    )
    assert found.levels == {
        Niveau.PREMIER_DEGRE: (),
        Niveau.COLLEGE: ("B", "A"),
        Niveau.LYCEE: ("A",),
        Niveau.LYCEE_PROFESSIONNEL: (),
    }
    assert found.axes == {"structuration": (), "niveaux": ("B", "A")}


def test_a_level_nobody_can_tell_is_counted_among_those_that_say() -> None:
    college = frozenset({Niveau.COLLEGE})
    unsure = replace(semaine("A"), levels=college, levels_unknown=(Niveau.LYCEE,))
    found = bilan(edition(unsure, replace(semaine("B"), levels=college | {Niveau.LYCEE}), semaine("C")))
    assert (found.levels_told, found.levels_known[Niveau.LYCEE]) == (("A", "B"), ("B",))
    chart = level_chart(found)
    assert chart.caption == "Académies qui touchent chaque niveau, parmi celles qui le disent"
    assert [bar.text.replace("\xa0", " ") for bar in chart.bars] == [
        "0 académie sur 2",
        "2 académies sur 2",
        "1 académie sur 1",
        "0 académie sur 2",
    ]


def test_resources_events_and_examples_are_counted() -> None:
    kept = RessourceDossier("Bilan", "bilan", published=False)
    untold = RessourceDossier("Bilan", "bilan")
    found = bilan(edition(replace(DIJON, ressources=(*DIJON.ressources, kept, untold)), DIJON))
    assert (found.resources, found.resources_unpublished) == (2 * len(DIJON.ressources) + 2, 1)
    assert (found.examples, found.temps_forts) == (4, 4)


def test_an_edition_without_semaine_counts_nothing() -> None:
    found = bilan(edition())
    assert (found.actions.added, found.actions.answered, found.examples) == (0, 0, 0)
    assert found.reported + found.unavailable + found.first == ()
    assert found.later == ()


SEMAINES = st.lists(
    st.builds(
        semaine,
        st.sampled_from("ABCDEF"),
        st.sampled_from(["", "N.C.", "0", "7", "environ 40", "plus de 30"]),
        st.sampled_from(["reported", "unavailable"]),
        st.sampled_from([None, 1, 2]),
    ),
    max_size=6,
    unique_by=lambda one: one.academie,
)


@given(SEMAINES)
def test_every_academie_is_counted_once(semaines: list[SemaineDossier]) -> None:
    found = bilan(edition(*semaines))
    names = sorted(one.academie for one in semaines)
    assert sorted(found.reported + found.unavailable) == names
    total = found.actions
    assert sorted(total.counted + total.missing + total.uncounted_all + total.unavailable) == names


@given(SEMAINES, SEMAINES)
def test_two_halves_add_up_to_the_whole(left: list[SemaineDossier], right: list[SemaineDossier]) -> None:
    one, other, whole = bilan(edition(*left)), bilan(edition(*right)), bilan(edition(*left, *right))
    assert whole.actions.added == one.actions.added + other.actions.added
    assert whole.actions.answered == one.actions.answered + other.actions.answered
