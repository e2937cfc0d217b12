"""The vocabulary of editions: every code has its words, and says the same as ``docs/pack.md``."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from accroche.actions.regles import (
    NATURE_LABELS,
    TEMPORALITE_LABELS,
    THEME_LABELS,
    CodeTheme,
    Nature,
    Temporalite,
)
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne import regles
from tests.strictness import ROOT

DOCUMENT = (ROOT / "docs/pack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (regles.TypeTempsFort, regles.TEMPS_FORT_LABELS),
        (regles.TypeRessource, regles.RESSOURCE_LABELS),
        (regles.CodeAxe, regles.AXE_LABELS),
        (Temporalite, TEMPORALITE_LABELS),
        (Nature, NATURE_LABELS),
        (CodeTheme, THEME_LABELS),
    ],
)
def test_every_code_has_its_own_words(codes: type[StrEnum], labels: dict[StrEnum, str]) -> None:
    assert list(labels) == list(codes)
    assert len(set(labels.values())) == len(labels)
    assert all(bool(label) is bool(code) for code, label in labels.items())
    assert [getattr(code, "label", labels[code]) for code in codes] == list(labels.values())


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
