"""What keeps a sheet from being sent or published, with the place and how to mend it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions import controle
from accroche.actions.controle import (
    MOST_DIGITS,
    MOST_TOLD,
    missing,
    obstacles,
    private_addresses,
    telephones,
)
from accroche.actions.regles import Consentement, TypePiece
from accroche.actions.saisie import ActiviteSaisie, PieceDite
from tests.actions.gate import COMPLETE, YEAR, fiche, written


def test_a_complete_sheet_lacks_nothing() -> None:
    assert missing(COMPLETE) == obstacles(COMPLETE) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"porteurs": ()}, "etablissement"),
        ({"description": ""}, "description"),
        ({"levels": ()}, "levels"),
        ({"temporality": ""}, "temporality"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], field: str) -> None:
    (remark,) = missing(fiche(COMPLETE, **change))
    assert remark.field == field
    assert remark.message.endswith(".")


def test_somebody_answers_for_a_sheet() -> None:
    assert [remark.field for remark in missing(replace(COMPLETE, has_contact=False))] == ["private_email"]


def test_of_what_a_report_told_only_a_title_is_asked_and_nothing_private_passes() -> None:
    told = fiche(porteurs=(), description="", levels=(), temporality="")
    told = replace(told, declared=False, has_contact=False)
    assert missing(told) == obstacles(told) == ()
    assert [remark.field for remark in missing(fiche(told, title=" "))] == ["title"]
    assert obstacles(fiche(told, description="jean@gmail.com"))


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le 03 80 12 34 56.",
        "03.80.12.34.56",
        "0380123456",
        "+33 3 80 12 34 56",
        "06-12-34-56-78 (Mme Petit)",
        "0590 12 34 56",
        "0262 41 22 33",
        "06/12/34/56/78",
        "06_12_34_56_78",
        "06·12·34·56·78",
        "06\u202f12\u202f34\u202f56\u202f78",
        "+33 (0)6 12 34 56 78",
        "0612345678.pdf",
        "Nouméa : +687 27 12 34",
        "+508 41.12.34",
        "+689 40 12 34 56",
        "Appelez le 0612345678, et venez nous voir pendant toute la semaine, dès le 3 mars.",
    ],
)
def test_a_telephone_is_found(text: str) -> None:
    (found,) = telephones(text)
    assert found in text


@pytest.mark.parametrize(
    "text",
    [
        "1 153 actions dans 24 académies en 2015-2016",
        "21000 Dijon, UAI 0210001A",
        "du 14 au 18 mars 2016, de 8 h 30 à 17 h",
        "fiche 10485, 12 500 €",
        "le 14/03/2016 et le 15/03/2016",
        "6e, 5e, 4e et 3e ; 120 élèves",
        "départements 01, 02, 03, 04, 05 et 06",
        "IMG_20161124_093012.jpg",
        "SIRET 130 005 481 00010",
        "le 27.12.26, 40 12 34 56 élèves, + 687 271 élèves",
    ],
)
def test_other_numbers_are_no_telephone(text: str) -> None:
    assert telephones(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "jean.petit@gmail.com",
        "Écrire à jean@orange.fr.",
        "jean (at) orange.fr",
        "a.b@entreprise.com",
        "jean [arobase] gmail [point] com",
        "jean＠gmail.com",
    ],
)
def test_a_private_address_is_found(text: str) -> None:
    (found,) = private_addresses(text)
    assert found in text


def test_an_address_is_found_behind_the_name_of_a_platform() -> None:
    assert private_addresses("Sur M@gistere. jean@gmail.com répond.") == ["jean@gmail.com"]


@pytest.mark.parametrize(
    "text",
    [
        "ce.0210001a@ac-dijon.fr",
        "camille.petit@ac-dijon.fr",
        "bureau@education.gouv.fr",
        "contact@association.org",
        "secretariat@lycee-carnot.fr",
        "rendez-vous @ midi",
        "un point par élève",
        "Un parcours M@gistère. Au collège, il dure un an.",
        "m@gistere.fr",
    ],
)
def test_a_public_address_passes(text: str) -> None:
    assert private_addresses(text) == []


def test_each_obstacle_names_its_field_and_its_passage() -> None:
    told = fiche(
        description="Appelez Jean au 06 12 34 56 78 ou jean@gmail.com",
        starts=dt.date(2026, 7, 31),
        ends=dt.date(2026, 9, 2),
        activites=(ActiviteSaisie("Bilan", "", *YEAR),),
    )
    agreed = PieceDite("affiche.png", consent=Consentement.NOBODY)
    remarks = obstacles(replace(told, pieces=(PieceDite("fete.jpg"), agreed)))
    assert [(remark.field, remark.excerpt) for remark in remarks] == [
        ("pieces-1", ""),
        ("description", "06 12 34 56 78"),
        ("description", "jean@gmail.com"),
        ("starts", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Rendez-vous au lycée Carnot, 16 boulevard Thiers, 21000 Dijon.",
        "Au théâtre, 31 rue de la Liberté, 21000 Dijon",
        "12 rue des Roses, 21000 Dijon",
    ],
)
def test_where_one_meets_may_be_written(text: str) -> None:
    """A school's street cannot be told from a home's; a person's line or mailbox can."""
    assert obstacles(fiche(description=text)) == ()


PLACES = ("title", "classes", "audience_note", "activites-2", "partenaires-1", "liens-3", "porteurs-1")


@given(
    st.dictionaries(st.sampled_from(PLACES), st.sampled_from(["Bien", "06 12 34 56 78", "jean@gmail.com"])),
    st.lists(st.booleans(), max_size=4),
)
def test_each_wrong_place_is_told_and_no_other(texts: dict[str, str], consents: list[bool]) -> None:
    words = {True: Consentement.RECORDED, False: Consentement.PENDING}
    images = tuple(PieceDite(f"{n}.jpg", consent=words[may]) for n, may in enumerate(consents, 1))
    remarks = obstacles(written(texts, images))
    assert [remark.field for remark in remarks[: consents.count(False)]] == [
        f"pieces-{number}" for number, may in enumerate(consents, 1) if not may
    ]
    wrong = sorted(name for name, text in texts.items() if text != "Bien")
    assert sorted(remark.field for remark in remarks[consents.count(False) :]) == wrong
    assert all(remark.message.endswith(".") for remark in remarks)


def test_the_caption_and_the_name_of_a_piece_are_read() -> None:
    pieces = (
        PieceDite("06 12 34 56 78.pdf", TypePiece.DOCUMENT),
        PieceDite("a.pdf", "document", "jean@free.fr"),
    )
    assert [remark.field for remark in obstacles(written({}, pieces))] == ["pieces-1", "pieces-2"]


@given(st.text(max_size=200))
def test_no_text_crashes_the_gate_and_what_passes_holds_nothing_private(text: str) -> None:
    remarks = obstacles(fiche(description=text))
    assert all(remark.excerpt in text for remark in remarks)
    if not remarks:
        assert not telephones(text)
        assert not private_addresses(text)


@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["", " ", ".", "-"]))
def test_any_mobile_however_spaced_is_found(number: int, between: str) -> None:
    digits = f"06{number}"
    written = between.join(digits[i : i + 2] for i in range(0, 10, 2))
    assert telephones(f"Appelez le {written} le soir") or digits[2] not in "12345678"


def test_a_text_of_figures_is_refused_rather_than_searched() -> None:
    (remark,) = obstacles(fiche(description="12 " * MOST_DIGITS))
    assert (remark.field, remark.excerpt) == ("description", "")
    assert "c’est trop" in remark.message
    half = "12 " * (MOST_DIGITS // 3)
    assert obstacles(fiche(description=half, classes="4e A")) == ()
    texts = {f"activites-{number}": half for number in range(1, 4)} | {"classes": "4e A"}
    told = [remark.field for remark in obstacles(written(texts))]
    assert told == ["activites-2", "activites-3"], "a sheet of many texts costs no more than one"


def test_the_first_of_many_passages_are_told() -> None:
    many = " ".join(f"a{n}@gmail.com 06 12 34 {n:02} {n:02}," for n in range(50))
    remarks = obstacles(fiche(description=many))
    assert len(remarks) == 2 * MOST_TOLD
    assert remarks[0].excerpt == "06 12 34 00 00"
    assert remarks[-1].excerpt == "a19@gmail.com"


def test_a_text_is_searched_once_however_often_its_sheet_is_read() -> None:
    told = fiche(description="Appelez le 06 12 34 56 78. " + "mot " * 100)
    first = obstacles(told)
    before = controle._kept_private.cache_info()
    assert obstacles(fiche(told, title="Autre")) == first
    after = controle._kept_private.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)
