from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from accroche.integrations.typst import lost, printable, soft
from accroche.integrations.typst.cmap import code_points
from accroche.integrations.typst.fonts import FAMILY, coverage, families, fonts


def test_one_file_a_face_and_behind_it_what_it_lacks() -> None:
    known = [font for font in fonts().fonts() if font.family == FAMILY]
    assert sorted(font.weight for font in known) == [300, 400, 600, 700]
    assert families()[:2] == (FAMILY, "Noto Sans")
    assert families()[-1] == "Noto Emoji"
    assert {"Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Symbols"} < set(families())


@pytest.mark.parametrize("name", ["NotoEmoji", "NotoSansHebrew", "NotoSansArabic"])
def test_the_characters_of_a_font_are_read_as_its_makers_tools_do(name: str) -> None:
    spec = find_spec("manimgx_fonts")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / f"{name}[wght].ttf"
    assert code_points(path.read_bytes()) == set(TTFont(path).getBestCmap())


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Fête 🎉 ❤️ 👩‍🏫, عربي, שלום, Ελληνικά", ""),
        ("Un cours de 中文", "" if find_spec("manimgx_fonts_cjk") else "中文"),
        ("\ue123 et 𐎀𐎀", "𐎀\ufffd"),
        ("① ★ ✗ ➔ ﬁn ？", ""),
    ],
)
def test_what_no_font_has_is_named(text: str, missing: str) -> None:
    assert lost(text) == missing
    assert ("?" in printable(text).replace(" ?", "")) is bool(missing.replace("\ufffd", ""))


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
        ("bravo 😀", "bravo 😀"),
        ("Ugarit 𐎀", "Ugarit ?"),
        ("fdp\u202e.exe", "fdp.exe"),
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
