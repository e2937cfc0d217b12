import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.uai import LETTERS, UaiError, check_letter, is_valid, joined, parse

DIRECTORY = Path(__file__).parents[3] / "shared" / "data" / "annuaire-composite.csv"
DIGITS = st.text(alphabet="0123456789", min_size=7, max_size=7)


@pytest.mark.parametrize(("digits", "letter"), [("0010001", "W"), ("0010002", "X"), ("001 0005", "A")])
def test_check_letter(digits: str, letter: str) -> None:
    assert check_letter(digits) == letter


@pytest.mark.parametrize("digits", ["", "001000", "00100011", "2B10001", "٠٠١٠٠٠١"])
def test_check_letter_needs_seven_digits(digits: str) -> None:
    with pytest.raises(UaiError, match="sept chiffres"):
        check_letter(digits)


@given(DIGITS)
def test_only_one_letter_fits(digits: str) -> None:
    assert [letter for letter in LETTERS if is_valid(digits + letter)] == [check_letter(digits)]


@given(DIGITS, st.integers(min_value=0, max_value=6), st.sampled_from("0123456789"))
def test_one_mistyped_digit_is_caught(digits: str, position: int, digit: str) -> None:
    changed = digits[:position] + digit + digits[position + 1 :]
    assert is_valid(changed + check_letter(digits)) is (changed == digits)


@pytest.mark.parametrize("uai", ["0010001w", "001 0001 W", " 0010001W\n", "001\u00a00001W"])
def test_parse_normalises_case_and_spaces(uai: str) -> None:
    assert not is_valid(uai)
    assert parse(uai) == "0010001W"


#: What each kind of wrong code is answered, whole.
NONE = (
    "« {} » n’est pas un code UAI : saisissez sept chiffres puis une lettre, comme 0010001W. Le code figure "
    "dans l’annuaire de l’Éducation nationale."
)
SHORT = "Il manque la lettre qui termine le code UAI « {} » : ajoutez-la."
WRONG = (
    "Les chiffres et la lettre du code UAI « {} » ne s’accordent pas : vérifiez chaque caractère dans "
    "l’annuaire de l’Éducation nationale."
)


@pytest.mark.parametrize(
    ("uai", "advice"),
    [
        ("", NONE),
        ("2B120", NONE),
        ("2B10001W", NONE),
        ("0010001", SHORT),
        ("0010001X", WRONG),
        ("0010001O", WRONG),
    ],
)
def test_parse_says_what_to_do(uai: str, advice: str) -> None:
    assert not is_valid(uai)
    with pytest.raises(UaiError) as told:
        parse(f" {uai}")
    assert str(told.value) == advice.format(uai)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Lycée Lapérouse (081 0124 V), Albi", "Lycée Lapérouse (0810124V), Albi"),
        ("0810124-V et 081.0124\u202fv", "0810124V et 0810124v"),
        ("le 08 10 12 40 33 v", "le 08 10 12 40 33 v"),
        ("x0810124 V, 081  0124 V", "x0810124 V, 081  0124 V"),
    ],
)
def test_a_code_copied_in_parts_is_one_word(text: str, whole: str) -> None:
    assert joined(text) == whole


@pytest.mark.skipif(not DIRECTORY.exists(), reason="the national directory is not beside this repository")
def test_every_school_of_the_directory_has_a_valid_code() -> None:
    with DIRECTORY.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["uai"] for row in csv.DictReader(file, delimiter=";")]
    assert len(codes) > 40_000
    assert [code for code in codes if not is_valid(code)] == []
