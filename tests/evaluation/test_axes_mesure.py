"""What the rules are worth, recomputed: the figures of the documentation, and how they are measured."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.campagne.regles import CodeAxe
from accroche.dossier.dossier import EditionDossier
from accroche.evaluation.axes_mesure import Accord, Regain, agreement, lignes, measure
from accroche.evaluation.axes_regles import REGLEMENTS, reglement_of
from accroche.evaluation.faits import Faits, faits_of
from tests.strictness import ROOT

pytestmark = pytest.mark.any_database

axes = st.frozensets(st.sampled_from(CodeAxe))


@pytest.fixture(scope="module")
def rows(pack_2015: EditionDossier) -> list[tuple[Faits, frozenset[CodeAxe]]]:
    told = sorted(pack_2015.semaines, key=lambda one: one.academie)
    return [(faits_of(one), frozenset(CodeAxe(axe.code) for axe in one.axes)) for one in told if one.axes]


def test_the_documentation_tells_what_is_measured(rows: list[tuple[Faits, frozenset[CodeAxe]]]) -> None:
    found = measure(reglement_of("2015-2016"), rows)
    (told,) = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / "axes.md").read_text("utf-8"), re.DOTALL)
    assert told.splitlines() == lignes(found)
    assert found.academies == 28
    assert found.in_sample.f1 >= 0.85
    assert found.left_out.f1 >= 0.75
    assert found.shuffled.high < found.left_out_range.low, "facts say more than chance"


def blind(faits: Faits, *facts: str) -> Faits:
    """The same facts as if nobody had told some of them."""
    return replace(faits, **{one.name: one.default for one in fields(Faits) if one.name in facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("untold", "words"),
    [
        ((), "all facts"),
        (("alliances", "portage", "appel", "bassins"), "who weaves them and bassins"),
        (("medias_linked",), "without media told with their link"),
    ],
)
def test_the_documentation_tells_what_each_fact_brings(
    rows: list[tuple[Faits, frozenset[CodeAxe]]], untold: tuple[str, ...], words: str
) -> None:
    found = measure(
        REGLEMENTS[0],
        [(blind(faits, *untold), kept) for faits, kept in rows],
        draws=40,
        shuffles=40,
        shuffles_left_out=1,
    )
    told = " ".join((ROOT / "docs" / "axes.md").read_text("utf-8").split())
    assert f"{words} {found.in_sample.f1:.2f} and {found.left_out.f1:.2f}" in told


def test_nobody_is_judged_by_what_they_alone_support(
    rows: list[tuple[Faits, frozenset[CodeAxe]]],
) -> None:
    """One académie chose consolidation: without it, nothing keeps its clause."""
    trial = Regain(REGLEMENTS[0], [faits for faits, _ in rows])
    kept = [axes for _, axes in rows]
    (alone,) = [place for place, axes in enumerate(kept) if CodeAxe.CONSOLIDATION in axes]
    assert "consolidation.installee" in trial.earned(kept)
    assert "consolidation.installee" not in trial.earned(kept, without=alone)
    assert CodeAxe.CONSOLIDATION not in trial.left_out(kept)[alone][0]


@given(axes, axes)
def test_agreement_counts_each_axis_once(suggested: frozenset[CodeAxe], kept: frozenset[CodeAxe]) -> None:
    found = agreement(suggested, kept)
    assert found.found + found.extra == len(suggested)
    assert found.found + found.missed == len(kept)
    assert found.f1 == agreement(kept, suggested).f1
    assert (found.f1 == 1) == (suggested == kept)


def test_nothing_to_find_and_nothing_suggested_agree() -> None:
    assert Accord().f1 == 1
