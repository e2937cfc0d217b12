"""Accents encoded twice, or more, become what was written; right ones stay."""

from __future__ import annotations

import pytest

from accroche.lib.mojibake import mended

WRITTEN = (
    "Lycée", "Collège Félix Tisserand, à Évreux", "Cœur — « l’été » : 5 €, où ça ?", "ÎLE DU MAÏS", "№ 1 – ✓",
)  # fmt: skip


def twice(text: str) -> str:
    """As a program that takes UTF-8 for Windows-1252 writes it."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize("text", WRITTEN)
def test_accents_encoded_twice_are_mended(text: str) -> None:
    assert mended(text) == text
    assert mended(twice(text)) == text
    assert mended(f"été, {twice('été')}") == "été, été", "a cell may hold both"
    assert mended(twice(twice("Lycée"))) == "Lycée"


@pytest.mark.parametrize("text", ["SÃO PAULO", "Ângela", "Åland", "âgé", "CAFÉ«", "Ã", "â€"])
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mended(text) == text
