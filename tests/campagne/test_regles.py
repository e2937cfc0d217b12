"""The vocabulary of editions: every code has its words, and says the same as ``docs/pack.md``."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

import pytest

from accroche.actions.regles import CodeCle, CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne import regles
from accroche.campagne.axes import CATALOGUE, AxeNational, completed
from accroche.lib.libelles import Libelle
from tests.strictness import ROOT

DOCUMENT = (ROOT / "docs/pack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "codes", [regles.TypeTempsFort, regles.TypeRessource, Temporalite, Nature, CodeTheme, CodeCle, Niveau]
)
def test_every_code_has_its_own_words(codes: type[Libelle]) -> None:
    labels = [code.label for code in codes]
    assert len(set(labels)) == len(labels)
    assert all(bool(code.label) is bool(code) for code in codes)


def test_every_axis_has_its_own_words() -> None:
    assert list(regles.AXE_LABELS) == list(regles.CodeAxe)
    assert len(set(regles.AXE_LABELS.values())) == len(regles.AXE_LABELS)


@pytest.mark.parametrize(
    ("table", "key", "codes"),
    [
        ("", "levels", Niveau),
        ("[[axes]]", "code", regles.CodeAxe),
        ("[[partenaires]]", "kind", regles.TypePartenaire),
        ("[[temps_forts]]", "kind", regles.TypeTempsFort),
        ("[[ressources]]", "kind", regles.TypeRessource),
        ("[[actions]]", "temporality", Temporalite),
        ("[[actions]]", "nature", Nature),
        ("[[actions]]", "themes", CodeTheme),
        ("[[actions.porteurs]]", "kind", TypePorteur),
        ("[[objectifs]]", "code", regles.CodeObjectif),
    ],
)
def test_the_pack_format_lists_every_code(table: str, key: str, codes: type[StrEnum]) -> None:
    begin = DOCUMENT.index(table) if table else 0
    described = re.search(rf"\n{key} = .*?(?=\n\w+ = |\n\[|\n```|\n\n)", DOCUMENT[begin:], re.DOTALL)
    assert described
    said = set(re.findall(r"[a-z_]+", described[0]))
    assert {code.value for code in codes} - {""} <= said


def test_every_axis_has_a_text_and_something_to_try() -> None:
    for axe in CATALOGUE.values():
        assert axe.text.endswith("."), axe.code
        assert len(axe.pistes) >= 2, axe.code
        assert all(piste.endswith(".") for piste in axe.pistes), axe.code


def test_an_edition_that_says_nothing_of_an_axis_gets_the_national_words() -> None:
    own = AxeNational("niveaux", "Le nôtre", pistes=("La nôtre.",))
    other = AxeNational("inconnu", "Autre")
    assert [*completed([own, other])] == [replace(own, text=CATALOGUE["niveaux"].text), other]
