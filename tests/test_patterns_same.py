"""Patterns written anew so that they cost no more than their text find what the plain ones found."""

from __future__ import annotations

import re
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.actions import controle
from accroche.annuaire.appariement import mention, oreille, plusieurs
from accroche.imports.recensement import columns, ecriture, liens, rows, words
from accroche.integrations.proconnect import client
from accroche.integrations.tableur import lecteur
from accroche.lib import texte
from accroche.lib.chiffres import affichage
from accroche.lib.tableur import cellules
from accroche.publications.renderers import figures
from accroche.rapport import sections
from tests.thorough import examples

_PIECES = [
    *(" ", "  ", "\n", "\t", ",", ";", ":", "/", "+", "-", "–", "(", ")", "[", "]", "@", ".", "'", '"', "<"),
    *("a", "b1", "12", "é", "et", "Et", "college", "lycée", "école", "les", "la", "mme", "x", "st", "_", "&"),
    *("http://", "https://a.fr", "a@b.fr", "a@b", "Académie de ", "D’", "c", "ss", "?", "#", "|", ">"),
]
TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)

#: Separators that follow one another, with and without blanks.
CLOSE = st.lists(st.sampled_from(" \n,;/+-–&|()@.aé1"), max_size=10).map("".join)

#: Ours, the plain pattern, and how both are used.
SAME: dict[str, tuple[re.Pattern[Any], str, str]] = {
    "segments": (mention._SEGMENT, r"\s*[,;()\n]\s*|\s+[-–—]\s+|\s*/\s*", "split"),
    "beside": (
        mention._BESIDE,
        r"\S+@\S+|(?<!\d)0[1-9](?:[ .-]?\d\d){4}(?!\d)|[,;/(–-]\s*(?:mme|mlle|mr|m\.)\s+[^\W\d_][^,;/()]*",
        "split",
    ),
    "ending heard": (oreille._SOUNDS[11][1], r"[stdxpez]+$", "split"),
    "hard": (plusieurs._HARD, r"\s*[;\n|]\s*", "split"),
    "firm": (plusieurs._FIRM, r"\s*\+\s*|\s+/\s+", "split"),
    "soft": (plusieurs._SOFT, r"\s+(?:et|&)\s+|\s*[/+,]\s*|\s+[-–]\s+", "split"),
    "comma": (plusieurs._COMMA, r"\s*,\s*", "split"),
    "and": (plusieurs._AND, r"\s+(?:et|&)\s+", "split"),
    "joins": (plusieurs._JOINS, r"\s*[+&]\s*", "split"),
    "bars": (plusieurs._BARS, r"\s+/\s+", "split"),
    "heading of a sheet": (
        sections._HEADING,
        r"Acad[ée]mie (?:de |d['’] ?|du |DE |D['’] ?|DU )(?P<name>[^\W\d_][^\W\d_’' –-]*.*)",
        "fullmatch",
    ),
    "e-mail of a cell": (rows._EMAIL, r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-zA-Z]{2,}", "findall"),
    "address of a cell": (liens._URL, r"https?://[^\s/$.?#][^\s]*\.[^\s]{2,}", "fullmatch"),
    "mentions": (
        words._AND,
        rf"\s*(?:,|\bet\b|&|\+)\s+(?=(?:le |la |l['’]|les )?{words._SCHOOL_WORD})",
        "split",
    ),
    "provider's address": (client.ADDRESS, r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+", "fullmatch"),
    "several": (cellules._SEVERAL, r"\s*[;\n|•●▪]\s*|\s+/\s+", "split"),
    "inner": (affichage._INNER, r"\s*\(([^()]*)\)", "split"),
    "addresses of a text": (texte._ADDRESS, r"(https?://\S+|\S+@\S+)", "split"),
    "qualified": (figures._QUALIFIED, r"(?P<words>[^\d]{3,}?)\s*(?P<number>\d.*)", "fullmatch"),
}


@pytest.mark.parametrize("name", SAME)
@settings(max_examples=examples(150))
@given(text=TEXTS | CLOSE)
def test_what_is_found_is_the_same(name: str, text: str) -> None:
    ours, plain, use = SAME[name]
    found = getattr(ours, use)(text)
    wanted = getattr(re.compile(plain, ours.flags), use)(text)
    if isinstance(found, re.Match):
        assert wanted
        assert (found.span(), found.groupdict()) == (wanted.span(), wanted.groupdict())
    else:
        assert found == wanted


def normal_before(heading: str) -> str:
    brackets = re.compile(r"[(\[][^)\]]*[)\]]|[(\[].*$")
    inside = ecriture._HUMP.sub(" ", brackets.sub(" ", ecriture._AGREEMENT.sub("", heading)))
    heading = ecriture._HUMP.sub(" ", heading)
    words = texte.slug(inside if texte.slug(inside) else heading).replace("-", " ")
    return ecriture.PLURAL.sub("", re.sub(r"^(?:\d+ )+|(?: \d+)+$", "", words)).strip()


@given(st.lists(st.sampled_from([*_PIECES, "1 ", " 2", "3"]), max_size=14).map("".join))
def test_a_heading_is_compared_as_before(text: str) -> None:
    line = " ".join(text.split())
    assert columns.normal.__wrapped__(line) == normal_before(line)


@given(st.lists(st.sampled_from(["<col ", 'hidden="1"', " ", ">", "/>", '<row r="1" ', "<a>"]), max_size=12))
def test_what_is_hidden_is_counted_as_before(pieces: list[str]) -> None:
    # no « < » stands inside a mark of an XML that says what it means
    marks = "".join(pieces).replace("<", "><").encode()
    for ours in (lecteur._HIDDEN_COLUMN, lecteur._HIDDEN_ROW):
        plain = re.compile(ours.pattern.replace(rb"[^<>]", rb"[^>]"))
        assert len(ours.findall(marks)) == len(plain.findall(marks))


def telephones_before(text: str) -> list[str]:
    """All the library finds, given the whole text for each region."""
    found: dict[str, None] = {}
    for region in controle.REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            if len(re.findall(r"\d", match.raw_string)) >= controle.TELEPHONE_DIGITS:
                found[match.raw_string] = None
    for pairs in controle._PAIRS.finditer(text):
        if not any(pairs[0] in other or other in pairs[0] for other in found):
            found[pairs[0]] = None
    return list(found)


_NUMBERS = [
    *("06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "0590 12 34 56", "01/02/03/04/05", "0210001A"),
    *("+44 20 7946 0958", "0033612345678", "(0)6 12", "12", "1", "2026", "21000", "8h30", "14/03/2026", "+"),
    *(" ", ", ", "\n", "-", ".", " ext. ", "tél. ", "mot ", "mot " * 12, "%", "€", "(", ")", "/", ":30"),
    "03.80.12.34.56",
]


@given(st.lists(st.sampled_from(_NUMBERS), max_size=12).map("".join))
def test_the_same_telephones_are_found(text: str) -> None:
    assert set(controle.telephones(text)) == set(telephones_before(text))


def addresses_before(text: str) -> list[str]:
    plain = re.compile(
        rf"[\w.+-]+\s?{controle._SIGN}\s?[\w-]+(?:\s?{controle._DOT}\s?[\w-]+)+", re.IGNORECASE
    )
    return [found[0] for found in plain.finditer(text)]


_SIGNS = [
    *(
        "jean",
        "a",
        "-",
        ".",
        "+",
        "_",
        " ",
        "  ",
        "\n",
        ",",
        "é",
        "1",
        "@",
        "＠",
        "(at)",
        "[at]",
        "(arobase)",
    ),
    *("arobase", "fr", "com", ".fr", "point", "(point)", "[dot]", "@gmail.com", "mot "),
]


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(_SIGNS), max_size=16).map("".join))
def test_the_same_addresses_are_found(text: str) -> None:
    found = list(controle._addresses(text))
    assert found == addresses_before(text)
    assert controle._has_sign(text) or not found, "and are looked for"


_FEW_DIGITS = st.sampled_from("0123456789٣१𝟙０²½é’…œ\u202f ")


@given(st.text(st.characters() | _FEW_DIGITS, max_size=40))
def test_as_many_digits_are_counted(text: str) -> None:
    assert controle._digits_in(text) == len(controle._DIGITS.findall(text))


def test_no_digit_is_written_with_the_bytes_of_other_letters() -> None:
    others = [chr(number) for number in (*range(0x80, 0x300), *range(0x2000, 0x3000))]
    assert not any(controle._DIGITS.findall("".join(others)))
    assert not "".join(others).encode().translate(None, controle._WITHOUT_OTHERS)
