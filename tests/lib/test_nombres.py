import pytest

from accroche.lib.nombres import MAX_WORDS, in_words, spelt, value_of


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
        ("mille un", 1001),
        ("deux mille", 2000),
        ("deux mille une", 2001),
        ("zero", 0),
        ("trois cent mille un", 300_001),
    ],
)
def test_value_of(words: str, value: int) -> None:
    assert value_of(words.split()) == value


@pytest.mark.parametrize(
    "words",
    [
        "",
        "action",
        "un cent",
        "un mille",
        "mille zéro",
        "zéro mille",
        "vingt dix",
        "mille mille",
        "zéro mille un",
        "un mille un",
        "action mille",
        "mille action",
        "deux mille zéro",
    ],
)
def test_what_is_no_number(words: str) -> None:
    assert value_of(words.split()) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (16, "seize"),
        (19, "dix-neuf"),
        (20, "vingt"),
        (21, "vingt et un"),
        (22, "vingt deux"),
        (29, "vingt neuf"),
        (30, "trente"),
        (41, "quarante et un"),
        (59, "cinquante neuf"),
        (60, "soixante"),
        (61, "soixante et un"),
        (69, "soixante neuf"),
        (70, "soixante dix"),
        (71, "soixante et onze"),
        (72, "soixante douze"),
        (79, "soixante dix-neuf"),
        (80, "quatre-vingt"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (100, "cent"),
        (101, "cent un"),
        (199, "cent quatre-vingt-dix-neuf"),
        (200, "deux cent"),
        (201, "deux cent un"),
        (999, "neuf cent quatre-vingt-dix-neuf"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert spelt(number) == words


def test_every_number_below_a_thousand_is_read_back_and_none_is_longer_than_told() -> None:
    written = [spelt(number).replace("-", " ").split() for number in range(1000)]
    assert [value_of(words) for words in written] == list(range(1000))
    longest = max(written, key=len)
    assert value_of([*longest, "mille", *longest]) is not None
    assert 2 * len(longest) + 1 == MAX_WORDS


@pytest.mark.parametrize(
    ("number", "masculine", "feminine"),
    [
        (1, "un", "une"),
        (2, "deux", "deux"),
        (11, "onze", "onze"),
        (21, "vingt et un", "vingt et une"),
        (28, "vingt-huit", "vingt-huit"),
        (71, "soixante et onze", "soixante et onze"),
        (77, "soixante-dix-sept", "soixante-dix-sept"),
        (80, "quatre-vingts", "quatre-vingts"),
        (99, "quatre-vingt-dix-neuf", "quatre-vingt-dix-neuf"),
        (81, "quatre-vingt-un", "quatre-vingt-une"),
        (100, "cent", "cent"),
        (101, "cent un", "cent une"),
        (200, "deux cents", "deux cents"),
        (280, "deux cent quatre-vingts", "deux cent quatre-vingts"),
    ],
)
def test_in_words(number: int, masculine: str, feminine: str) -> None:
    assert (in_words(number), in_words(number, feminine=True)) == (masculine, feminine)
