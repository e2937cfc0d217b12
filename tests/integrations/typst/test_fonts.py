from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.integrations.typst import printable, soft
from accroche.integrations.typst.fonts import coverage, fonts


def test_one_family_one_file_a_face() -> None:
    known = fonts().fonts()
    assert fonts().families() == ["Source Sans Pro"]
    assert sorted(font.weight for font in known) == [300, 400, 600, 700]


def test_the_family_has_what_french_needs() -> None:
    assert {ord(c) for c in "àâæçéèêëîïôœùûüÿÀÉÈŒ«»’–…\u00a0\u202f☐☑→"} <= coverage()


@given(st.text())
def test_any_text_becomes_printable(text: str) -> None:
    printed = printable(text)
    assert {ord(c) for c in printed} <= coverage()
    assert not any(unicodedata.category(c) == "Cc" for c in printed)
    assert printable(printed) == printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’école d’été", "L’école d’été"),
        ("e\u0301cole", "école"),
        ("a\r\n\tb", "a b"),
        ("10\u00a0%", "10\u00a0%"),
        ("1\u2009153", "1\u202f153"),
        ("\uf0b7 item", "• item"),
        ("non\u2011dit", "non-dit"),
        ("vu\u200b", "vu"),
        ("№ ²", "№ ²"),
        ("㎏", "kg"),
        ("bravo 😀", "bravo ?"),
    ],
)
def test_signs_the_family_lacks_are_written_with_those_it_has(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text(alphabet="abcdefghijé/._-?&= 0123456789", max_size=400))
def test_breaking_a_word_adds_and_loses_nothing(text: str) -> None:
    parts = soft(text)
    flat = (
        parts if isinstance(parts, str) else "".join(p if isinstance(p, str) else "".join(p) for p in parts)
    )
    assert flat == printable(text)


@given(st.text(alphabet="abcdef/._-?&=0123456789", min_size=27, max_size=400))
def test_no_piece_is_longer_than_a_narrow_column(text: str) -> None:
    parts = soft(text + "1")
    assert isinstance(parts, list)
    assert all(len(piece.rstrip("/_.,;:?&=#%+@~-")) <= 14 for part in parts for piece in part)


def test_words_of_letters_are_left_to_hyphenation() -> None:
    word = "anticonstitutionnellement"
    assert soft(word) == word
    assert soft("intergouvernementalisationnelle") == "intergouvernementalisationnelle"
