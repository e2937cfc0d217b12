"""Separators nobody types never come in: each door by which texts enter makes spaces or line ends of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from accroche.actions.models import Action
from accroche.annuaire.lecture import read_directory
from accroche.imports.pack import read_pack
from accroche.lib.tableur.cellules import line_of, text_of
from accroche.lib.texte import plain_data, plain_separators
from accroche.rapport.lines import split_lines
from accroche.rapport.problems import Problems
from tests import factories

if TYPE_CHECKING:
    from pathlib import Path

PARTS_LINES = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
SEPARATORS = PARTS_LINES + "\x1f"
EACH = [pytest.param(sign, id=f"U+{ord(sign):04X}") for sign in SEPARATORS]


@pytest.mark.parametrize("sign", EACH)
def test_a_line_stays_a_line_and_lines_stay_lines(sign: str) -> None:
    assert plain_separators(f"Forum{sign}des métiers") == "Forum des métiers"
    apart = "\n" if sign in PARTS_LINES else " "
    assert plain_separators(f"Un{sign}deux.\r\nTrois.") == f"Un{apart}deux.\r\nTrois."


def test_what_needs_nothing_is_left_alone() -> None:
    for text in ("", "Forum", "Un\ttableau\nde deux lignes\r\n", "L’élève « dit »\u00a0: oui\u202f!"):
        assert plain_separators(text) == text
    assert plain_separators("Fo\0rum") == "Fo rum"
    assert plain_data({"a": ["b\x0bc", 1, None, {"d": "e\u2028f"}]}) == {"a": ["b c", 1, None, {"d": "e f"}]}


def clean(text: str) -> bool:
    return not any(sign in text for sign in SEPARATORS)


@pytest.mark.django_db
@pytest.mark.any_database
def test_forms_and_addresses() -> None:
    where = factories.territory()
    school = factories.school(where)
    visitor = Client()
    sent = {
        "title": f"Forum{SEPARATORS}des métiers",
        "etablissement": school.uai,
        "description": f"Un{SEPARATORS}deux\r\ntrois",
        "email": "camille@ac-dijon.fr",
    }
    assert visitor.post(reverse("actions:declarer"), sent).status_code == 302
    action = Action.with_unconfirmed.get()
    assert action.title == "Forum des métiers"
    assert action.description == "Un\n\n\n\n\n\n\n\n deux\ntrois"
    told = visitor.get("/recherche/", {"q": f"forum{SEPARATORS}"}).wsgi_request.GET["q"]
    assert told == "forum" + " " * len(SEPARATORS)


@pytest.mark.parametrize("sign", EACH)
def test_cells(sign: str) -> None:
    assert line_of(f"Forum{sign}des métiers") == "Forum des métiers"
    # in a text of several lines, U+000B is the line break of Word
    between = "\n" if sign == "\x0b" else " "
    assert text_of(f"Forum{sign}des métiers") == f"Forum{between}des métiers"


@pytest.mark.parametrize("sign", EACH)
def test_reports(sign: str) -> None:
    (line,) = split_lines(f"Forum{sign}des métiers\n", Problems())
    assert line.text == "Forum des métiers"


def test_directories() -> None:
    head = "uai;nom;type;secteur;commune;code_commune;code_departement\n"
    row = f"{factories.make_uai(1)};Collège{SEPARATORS}Carnot;collège;public;Dijon;21231;21\n"
    (record,), _ = read_directory(io.StringIO(head + row, newline=""))
    assert record.name == "Collège Carnot"


def test_packs(tmp_path: Path) -> None:
    folder = tmp_path / "2015-2016" / "academies"
    folder.mkdir(parents=True)
    written = "".join(f"\\u{ord(sign):04X}" for sign in SEPARATORS)
    (folder.parent / "edition.toml").write_text(
        f'edition = "2015-2016"\ntitle = "Semaine{written}de"\nnotes = ["Une{written}note"]\n',
        encoding="utf-8",
    )
    dossier = read_pack("2015-2016", tmp_path)
    assert clean(dossier.title)
    assert clean(dossier.notes[0])
