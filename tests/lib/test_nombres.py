import pytest

from accroche.lib.nombres import value_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zéro", 0),
        ("une", 1),
        ("dix sept", 17),
        ("vingt et une", 21),
        ("soixante et onze", 71),
        ("soixante dix neuf", 79),
        ("quatre vingts", 80),
        ("quatre vingt un", 81),
        ("quatre vingt onze", 91),
        ("cent", 100),
        ("deux cents", 200),
        ("neuf cent quatre vingt dix neuf", 999),
        ("mille", 1000),
        ("mille cent cinquante trois", 1153),
        ("deux mille", 2000),
        ("trois cent mille un", 300_001),
    ],
)
def test_value_of(words: str, value: int) -> None:
    assert value_of(words.split()) == value


@pytest.mark.parametrize(
    "words", ["", "action", "un cent", "un mille", "mille zéro", "zéro mille", "vingt dix", "mille mille"]
)
def test_what_is_no_number(words: str) -> None:
    assert value_of(words.split()) is None
