import re
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.texte import (
    _UNIFIED,
    _WORDS,
    OrdinalError,
    _word_byte,
    accentuees,
    capitale,
    comparable,
    counts,
    de,
    en_lettres,
    liste,
    nombre,
    normalised,
    ordinal_feminin,
    parse_ordinal,
    plain_data,
    plain_separators,
    pluriel,
    slug,
    typographie,
)

FRENCH = st.text(alphabet="aéLœ'’ \u00a0\u202f\n«»\"“”:;!?.,-–()5/h", max_size=40)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("l'école", "l’école"),
        ("« Tous\u00a0mobilisés »", '"Tous mobilisés"'),
        ("“Boite Sonore”", '"Boite Sonore"'),
        ("14 – 18 mars", "14 - 18 mars"),
        ("mise en œuvre", "mise  en\noeuvre"),
        ("thème\u202f:", "thème:"),
        ("etc…", "etc..."),
        ("E\u0301cole", "École"),
        ("persé\u00advérance", "persévérance"),
        ("e\u200d\u0301", "é"),
    ],
)
def test_comparable_unifies_what_sources_write_differently(left: str, right: str) -> None:
    assert comparable(left) == comparable(right)


@pytest.mark.parametrize(("left", "right"), [("Semaine", "semaine"), ("élève", "eleve"), ("12", "1 2")])
def test_comparable_keeps_what_makes_a_difference(left: str, right: str) -> None:
    assert comparable(left) != comparable(right)


@pytest.mark.parametrize(
    ("raw", "accented"),
    [
        ("Ecole élémentaire d’Epinay, Services de l’Etat", "École élémentaire d’Épinay, Services de l’État"),
        ("A chacun son talent", "À chacun son talent"),
        ("Fini. A vous : « A demain »", "Fini. À vous : « À demain »"),
        ("Lycée A. Daudet, plan A puis B", "Lycée A. Daudet, plan A puis B"),
        ("http://a.fr/Ecole Emmanuel Elisabeth", "http://a.fr/Ecole Emmanuel Elisabeth"),
    ],
)
def test_capitals_are_accented(raw: str, accented: str) -> None:
    assert accentuees(raw) == accented
    assert accentuees(accented) == accented
    assert comparable(raw) == comparable(accented)


@given(st.text(max_size=60))
def test_comparable_is_idempotent(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)


@pytest.mark.parametrize(
    ("raw", "typeset"),
    [
        ("l'élève d'Amiens", "l’élève d’Amiens"),
        ("le prix «Boite sonore»", "le prix «\u00a0Boite sonore\u00a0»"),
        ("l'« oser »", "l’«\u00a0oser\u00a0»"),
        ("Pourquoi ? Ici : là ; non !", "Pourquoi\u00a0? Ici\u00a0: là\u00a0; non\u00a0!"),
        ("Vraiment?!", "Vraiment\u00a0?!"),
        ("à 14:30", "à 14:30"),
        ("http://a.fr/x?y=1;z : voir", "http://a.fr/x?y=1;z : voir"),
        ("À d'orbigny.l'aine@ac-dijon.fr !", "À d'orbigny.l'aine@ac-dijon.fr !"),
    ],
)
def test_typographie(raw: str, typeset: str) -> None:
    assert typographie(raw) == typeset


@pytest.mark.parametrize("raw", ["<b>Nièvre</b>", "<b>l'été</b>"])
def test_what_is_typeset_is_plain_text_again(raw: str) -> None:
    """A template escapes it: that its text was held for safe before says nothing of it."""

    class Safe(str):
        __slots__ = ()

    assert type(typographie(Safe(raw))) is str


@given(FRENCH)
def test_typographie_is_idempotent_and_changes_no_fact(text: str) -> None:
    once = typographie(text)
    assert typographie(once) == once
    # Line ends inside guillemets are collapsed by one and kept by the other.
    assert re.sub(r"\s", "", comparable(once)) == re.sub(r"\s", "", comparable(text))


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["Guyane"], "Guyane"), (["A", "B"], "A et B"), (["A", "B", "C"], "A, B et C")],
)
def test_liste(items: list[str], text: str) -> None:
    assert liste(items) == text


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (999, "999"), (1153, "1\u202f153"), (1234567, "1\u202f234\u202f567")]
)
def test_nombre(n: int, text: str) -> None:
    assert nombre(n) == text


@pytest.mark.parametrize(("n", "form"), [(0, "action"), (1, "action"), (2, "actions"), (1153, "actions")])
def test_pluriel_counts_zero_and_one_as_singular(n: int, form: str) -> None:
    assert pluriel(n, "action", "actions") == form


@pytest.mark.parametrize(
    ("n", "text"), [(1, "première"), (2, "deuxième"), (4, "quatrième"), (20, "vingtième"), (21, "21e")]
)
def test_ordinal_feminin(n: int, text: str) -> None:
    assert ordinal_feminin(n) == text


@pytest.mark.parametrize(
    ("text", "rank"),
    [("seconde", 2), ("Première", 1), ("premier", 1), ("2nde", 2), ("3ème", 3), ("1re", 1), ("4 e", 4)],
)
def test_parse_ordinal(text: str, rank: int) -> None:
    assert parse_ordinal(text) == rank


@given(st.integers(min_value=1, max_value=9999))
def test_ordinals_read_back(n: int) -> None:
    assert parse_ordinal(ordinal_feminin(n)) == n


@pytest.mark.parametrize("text", ["", "tierce", "0e", "-1"])
def test_parse_ordinal_refuses_what_is_no_rank(text: str) -> None:
    with pytest.raises(OrdinalError, match="n’est pas un rang"):
        parse_ordinal(text)


def test_no_ordinal_below_one() -> None:
    with pytest.raises(OrdinalError):
        ordinal_feminin(0)


@pytest.mark.parametrize(
    ("nom", "text"),
    [
        ("Aix-Marseille", "d’Aix-Marseille"),
        ("Orléans-Tours", "d’Orléans-Tours"),
        ("Île-de-France", "d’Île-de-France"),
        ("Lyon", "de Lyon"),
        ("La Réunion", "de La Réunion"),
        ("Guadeloupe", "de Guadeloupe"),
        ("Le Havre", "du Havre"),
        ("Les Ulis", "des Ulis"),
        ("L’Isle-Adam", "de L’Isle-Adam"),
        ("Hérault", "d’Hérault"),
        ("Haute-Savoie", "de Haute-Savoie"),
        ("Yvetot", "d’Yvetot"),
        ("Yaoundé", "de Yaoundé"),
        ("", "de "),
    ],
)
def test_de(nom: str, text: str) -> None:
    assert de(nom) == text


@pytest.mark.parametrize(
    ("text", "address"),
    [("La Réunion", "la-reunion"), ("Cœur d’école — 2016 !", "coeur-d-ecole-2016"), ("«»", "")],
)
def test_slug(text: str, address: str) -> None:
    assert slug(text) == address


@given(st.text(max_size=60))
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))


@given(
    st.text(st.one_of(st.sampled_from("éÀñ\u0301\u034f\u0323\u05b0\u3099ﬁ"), st.characters()), max_size=60)
    | st.text(st.characters(max_codepoint=255) | st.just("’"), max_size=60)
)
def test_a_slug_drops_accents_of_any_script_and_nothing_else(text: str) -> None:
    apart = normalised(text.translate(_UNIFIED), "NFKD")
    plain = "".join(c for c in apart if not unicodedata.combining(c)).lower()
    assert slug(text) == re.sub("[^a-z0-9]+", "-", plain).strip("-")


@pytest.mark.parametrize(("text", "expected"), [("", ""), ("été à Évry", "Été à Évry"), ("CIO", "CIO")])
def test_only_the_first_letter_takes_a_capital(text: str, expected: str) -> None:
    assert capitale(text) == expected


@given(st.text(max_size=40), st.sampled_from(["NFC", "NFKD"]))
def test_what_is_no_pile_of_accents_is_normalised_as_ever(text: str, form: Literal["NFC", "NFKD"]) -> None:
    assert normalised(text, form) == unicodedata.normalize(form, text)
    assert normalised(f"é\u0316{text}", form) == unicodedata.normalize(form, f"é\u0316{text}")


def test_of_piled_accents_four_are_kept() -> None:
    assert normalised("a" + "\u0301" * 100_000) == "\u00e1" + "\u0301" * 3


def test_what_did_not_happen_is_not_told() -> None:
    assert counts([(3, "créés"), (0, "modifiés"), (1, "fermés")]) == "3 créés, 1 fermés"
    assert counts([(0, "créés")]) == counts([]) == "rien"


@pytest.mark.parametrize(
    ("n", "words"),
    [(-1, nombre(-1)), (0, "zéro"), (1, "une"), (2, "deux"), (19, "dix-neuf"), (20, "vingt"),
     (21, "vingt et une"), (22, "vingt-deux"), (60, "soixante"), (70, "soixante-dix"),
     (71, "soixante et onze"), (72, "soixante-douze"), (80, "quatre-vingts"), (81, "quatre-vingt-une"),
     (91, "quatre-vingt-onze"), (99, "quatre-vingt-dix-neuf"), (100, "100")],
)  # fmt: skip
def test_a_number_is_spelt_out(n: int, words: str) -> None:
    assert en_lettres(n, "une") == words


def test_one_is_masculine_unless_told() -> None:
    assert (en_lettres(1), en_lettres(31)) == ("un", "trente et un")


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a\u2028b", "a b"), ("a\u2028b\nc", "a\nb\nc"), ("a\u2028b\rc", "a\nb\rc"), ("a\x00b", "a b")],
)
def test_what_parts_lines_or_words_is_plain_in_all_a_file_holds(text: str, plain: str) -> None:
    assert plain_separators(text) == plain
    assert plain_data({text: [text, 1, {"a": text}], "b": None}) == {
        text: [plain, 1, {"a": plain}],
        "b": None,
    }


def test_what_each_letter_is_in_an_address_is_written_once() -> None:
    assert b"".join(_word_byte(chr(number)) for number in range(256)) == _WORDS
    assert (_word_byte("É"), _word_byte("’"), _word_byte("a")) == (b"e", b" ", b"a")
