from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.signes import ILLISIBLE, escaped, lisible


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Facture \u202efdp.exe", "Facture fdp.exe"),
        ("a\u2066b\u2069\u200ec\u061cd", "abcd"),
        ("vu\u200b, mé\xadtier\ufeff, \u2060fin", "vu, métier, fin"),
        ("\uf0b7 une puce \ue123", f"• une puce {ILLISIBLE}"),
        ("seul \ud83d", f"seul {ILLISIBLE}"),
        ("une\u2028deux\x0btrois", "une\ndeux\ntrois"),
        ("rien\u3164\u2800 ici\x07", "rien ici"),
        ("\U000e0041\U000e0042caché", "caché"),
        # what writes a script, or a picture, stays
        ("می\u200cخواهم et a\u200cb", "می\u200cخواهم et ab"),
        ("👩\u200d🏫 ❤\ufe0f 1\ufe0f\u20e3 a\ufe0f", "👩\u200d🏫 ❤\ufe0f 1\ufe0f\u20e3 a"),
        ("L’été à\u00a01\u202f153 km –\ttab\nligne", "L’été à\u00a01\u202f153 km –\ttab\nligne"),
    ],
)
def test_a_text_is_shown_as_it_is(typed: str, shown: str) -> None:
    assert lisible(typed) == shown


@given(st.text())
def test_nothing_misleads_and_data_keep_all(text: str) -> None:
    shown = lisible(text)
    assert lisible(shown) == shown
    hidden = {c for c in shown if unicodedata.category(c) in {"Cc", "Co", "Cs"} or c in "\u202e\u2067\u200b"}
    assert hidden <= set("\n\t\r")
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    written.encode()


def test_a_text_without_such_signs_is_the_same_object() -> None:
    text = "Élèves d’Orléans : 12\u00a0%"
    assert lisible(text) is text
