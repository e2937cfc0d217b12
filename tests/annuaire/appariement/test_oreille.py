"""Words that sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.appariement.oreille import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jores", "jaures"),
        ("josef", "joseph"),
        ("pol", "paul"),
        ("roke", "roque"),
        ("germin", "germain"),
        ("bleriau", "bleriot"),
        ("hugo", "ugo"),
        ("villard", "vilars"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("mermoz", "marmont"), ("zola", "sand"), ("moulin", "molière")])
def test_unlike(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=14))
def test_every_word_has_a_sound(word: str) -> None:
    assert bool(sound(word)) == bool(word)


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("ab", "ab"),
        ("a1b", "a1b"),
        ("jaures", "jor"),
        ("joseph", "josef"),
        ("chaussee", "cho"),
        ("gymnase", "jimna"),
        ("guy", "ji"),
        ("pascal", "paskal"),
        ("science", "sian"),
        ("nation", "nason"),
        ("leon", "leon"),
        ("agnes", "agn"),
        ("eau", "eau"),
        ("hugo", "ugo"),
        ("philippe", "fili"),
        ("zoe", "zoe"),
        ("villard", "vilar"),
        ("th", "th"),
        ("bb", "bb"),
        ("quiche", "kich"),
        ("ceinture", "sintur"),
        ("orgeat", "orj"),
        ("ancienne", "ansien"),
        ("immense", "iman"),
        ("christian", "kristian"),
    ],
)
def test_how_a_word_is_heard(word: str, heard: str) -> None:
    assert sound(word) == heard
