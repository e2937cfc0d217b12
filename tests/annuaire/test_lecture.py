"""Reading the directory's files: each format, and what each mistake leads to."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.lecture import (
    DirectoryFormatError,
    Problem,
    Record,
    departement_told,
    kind_of,
    read_directory,
    readable,
)
from accroche.annuaire.regles import Precision, Secteur, TypePorteur
from accroche.lib.terre import distance
from tests.factories import make_uai

if TYPE_CHECKING:
    from pathlib import Path

COMPOSITE = "uai;nom;type;secteur;commune;code_commune;code_departement;latitude;longitude;precision"
OFFICIAL = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;Statut_public_prive;Nom_commune;"
    "Code_commune;Code_departement;Code_postal;Mail;date_ouverture;etat;libelle_nature;latitude;longitude;"
    "code_bassin_formation;libelle_bassin_formation;code_circonscription;nom_circonscription"
)
GEO = (
    "numero_uai;appellation_officielle;secteur_public_prive_libe;libelle_commune;code_commune;"
    "code_departement;code_postal_uai;nature_uai_libe;etat_etablissement_libe;date_ouverture;latitude;longitude"
)


def read(*lines: str) -> tuple[list[Record], list[Problem]]:
    return read_directory(io.StringIO("\n".join(lines) + "\n", newline=""))


def composite(number: int = 1, latitude: object = 47.3, longitude: object = 5.0, **cells: str) -> str:
    told = {"uai": make_uai(number), "nom": f"Collège {number}", "departement": "21"} | cells
    return (
        f"{told['uai']};{told['nom']};collège;public;Dijon;21231;{told['departement']};"
        f"{latitude};{longitude};établissement"
    )


def test_the_composite_is_read() -> None:
    (record,), problems = read(COMPOSITE, composite())
    assert problems == []
    assert (record.uai, record.name, record.kind) == (make_uai(1), "Collège 1", TypePorteur.COLLEGE)
    assert (record.departement, record.insee, record.sector) == ("21", "21231", Secteur.PUBLIC)
    assert (record.latitude, record.longitude, record.precision) == (47.3, 5.0, Precision.ETABLISSEMENT)
    assert record.is_open


@pytest.mark.parametrize(
    ("told", "sector"),
    [
        ("Public", Secteur.PUBLIC),
        ("Privé", Secteur.PRIVATE),
        ("privé sous contrat", Secteur.PRIVATE),
        ("PRIVE HORS CONTRAT", Secteur.PRIVATE),
        ("", Secteur.UNKNOWN),
    ],
)
def test_who_runs_a_school_is_read_however_it_is_said(told: str, sector: Secteur) -> None:
    (record,), _ = read(COMPOSITE, composite().replace(";public;", f";{told};"))
    assert record.sector is sector


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("ALBI", "Albi"),
        ("VILLENEUVE-DE-BERG / LE HAVRE", "Villeneuve-de-Berg / Le Havre"),
        ("L'ISLE-D'ABEAU", "L'Isle-d'Abeau"),
        ("Val d’Oise", "Val d’Oise"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_is_made_readable(told: str, name: str) -> None:
    assert readable(told) == name


def test_the_official_directory_is_read_with_its_bassin_and_mark_of_order() -> None:
    row = (
        f"{make_uai(2)};École les Acacias;Ecole;Public;Dijon;21231;021;21000;CE.0210002@AC-DIJON.FR;"
        "1970-09-01;OUVERT;ECOLE DE NIVEAU ELEMENTAIRE;47.3;5.0;15001;DIJON;0210099X;Dijon Sud"
    )
    (record,), problems = read("\ufeff" + OFFICIAL, row)
    assert problems == []
    assert record.kind is TypePorteur.ECOLE
    assert record.departement == "21"
    assert record.email == "ce.0210002@ac-dijon.fr"
    assert record.bassin == ("15001", "Dijon")
    assert record.circonscription == ("0210099X", "Dijon Sud")
    assert record.opened_on is not None
    assert record.opened_on.year == 1970


def test_the_other_official_format_is_read_and_tells_what_closed() -> None:
    row = f"{make_uai(3)};LP du Port;Public;Dijon;21231;021;21000;LYCEE PROFESSIONNEL;FERME;1999-01-01;47;5"
    (record,), problems = read(GEO, row)
    assert problems == []
    assert record.kind is TypePorteur.LYCEE_PROFESSIONNEL
    assert not record.is_open


@pytest.mark.parametrize(
    ("text", "code"),
    [("031", "31"), ("01", "01"), ("02A", "2A"), ("2b", "2B"), ("971", "971"), ("021", "21"), ("001", "01")],
)
def test_a_departement_is_written_as_the_reference_writes_it(text: str, code: str) -> None:
    assert departement_told(text) == code


def test_a_commune_of_saint_martin_is_not_of_guadeloupe() -> None:
    told = [departement_told("971", insee) for insee in ("97101", "97701", "97801", "")]
    assert told == ["971", "977", "978", "971"]


@pytest.mark.parametrize(
    ("nature", "name", "kind"),
    [
        ("LYCEE POLYVALENT Lycée", "Lycée Carnot", TypePorteur.LYCEE),
        ("lycée", "LYCEE PROFESSIONNEL ALEXANDRE BERARD", TypePorteur.LYCEE_PROFESSIONNEL),
        ("lycée", "LP Eiffel", TypePorteur.LYCEE_PROFESSIONNEL),
        ("SECTION D ENSEIGNEMENT PROFESSIONNEL Lycée", "SEP", TypePorteur.LYCEE_PROFESSIONNEL),
        ("ECOLE MATERNELLE Ecole", "Les Lilas", TypePorteur.ECOLE),
        ("CENTRE D INFORMATION ET D ORIENTATION", "CIO", TypePorteur.CIO),
        ("INSTITUT MEDICO-EDUCATIF Médico-social", "IME", TypePorteur.AUTRE),
        ("EREA", "EREA", TypePorteur.AUTRE),
        ("", "?", TypePorteur.AUTRE),
    ],
)
def test_a_nature_tells_the_kind(nature: str, name: str, kind: TypePorteur) -> None:
    assert kind_of(nature, name) is kind


def neighbours() -> list[str]:
    return [composite(number, 47.3, 5.0) for number in range(10, 15)]


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept", "words"),
    [
        (47.4, 5.1, (47.4, 5.1), None),
        (5.1, 47.4, (47.4, 5.1), "interverties"),
        (44.0, 1.4, (None, None), "km de son département"),
        (470.0, 5.1, (None, None), "hors de la Terre"),
        ("", "", (None, None), None),
        ("nan", "inf", (None, None), None),
        (47.4, "", (None, None), None),
    ],
)
def test_a_position_is_kept_mended_or_dropped_never_its_school(
    latitude: object, longitude: object, kept: tuple[float | None, float | None], words: str | None
) -> None:
    records, problems = read(COMPOSITE, *neighbours(), composite(1, latitude, longitude))
    (record,) = [r for r in records if r.uai == make_uai(1)]
    assert (record.latitude, record.longitude) == kept
    assert [words in p.message for p in problems] == ([True] if words else []) if words else not problems


def test_guyane_is_wide() -> None:
    records, problems = read(
        COMPOSITE,
        *(composite(n, 4.9, -52.3, departement="973") for n in range(5)),
        composite(9, 3.9, -54.0, departement="973"),
    )
    assert problems == []
    assert all(record.latitude for record in records)


def test_a_wrong_letter_a_duplicate_and_a_nameless_line_are_told_by_line() -> None:
    good = composite(1)
    records, problems = read(
        COMPOSITE, good, composite(2, uai="0210001X"), good, composite(3, nom=""), "", composite(4)
    )
    assert [r.uai for r in records] == [make_uai(1), make_uai(4)]
    assert [p.line for p in problems] == [3, 4, 5]
    assert "lettre" in problems[0].message
    assert "ligne 2" in problems[1].message


@pytest.mark.parametrize("text", ["", "\n", "a;b;c\n1;2;3\n", "\x00\x01\x02", "uai;nom\n"])
def test_another_file_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(DirectoryFormatError, match="fr-en-annuaire-education"):
        read_directory(io.StringIO(text))


def test_an_endless_cell_is_refused_and_the_next_line_read() -> None:
    records, problems = read(COMPOSITE, composite(1, nom="x" * 20_000), composite(2))
    assert [r.uai for r in records] == [make_uai(2)]
    assert "démesurée" in problems[0].message
    csv.field_size_limit(10_000_000)  # as libraries that read tables do for the whole process
    with pytest.raises(DirectoryFormatError):
        read(COMPOSITE, composite(1, nom="x" * 1_000_000))


@given(st.text(max_size=300))
def test_no_text_crashes_the_reading(text: str) -> None:
    try:
        records, _ = read(COMPOSITE, text, composite(1))
    except DirectoryFormatError:
        return
    assert all(record.name for record in records)


def test_distances_are_those_of_the_earth() -> None:
    assert distance((48.8566, 2.3522), (45.764, 4.8357)) == pytest.approx(392, abs=2)
    assert distance((0, 0), (0, 180)) == pytest.approx(20015, abs=2)


def test_the_school_283_km_away_is_found(shared_dir: Path) -> None:
    path = shared_dir / "data" / "fr-en-annuaire-education_occitanie_2024.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        records, problems = read_directory(file)
    assert len(records) > 6200
    assert "km de son département" in next(p.message for p in problems if p.uai == "0121517J")
    assert [r.latitude for r in records if r.uai == "0121517J"] == [None]
