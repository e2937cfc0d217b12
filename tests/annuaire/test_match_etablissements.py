"""``accroche match_etablissements``: one line per line read, in the same order, whatever the spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accroche.annuaire.lecture import read_directory
from accroche.annuaire.management.commands.match_etablissements import moment
from accroche.annuaire.models import Academie, Etablissement, ReponseReconnaissance
from accroche.annuaire.operations import load_directory, load_reference
from accroche.annuaire.queries import Matcher

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 2, 1, 9, 0, tzinfo=dt.UTC)
SCHOOLS = Path(__file__).parent / "appariement" / "schools.csv"
FELIX, GUYOT = "0210038C", "0210001M"
LIST = """academie;mention;commune;note
Dijon;Collège Félix Tisserand;Nuits-Saint-Georges;à garder
Dijon;Collèges Félix Tisserand, Nuits-Saint-Georges / Claude Guyot, Arnay-le-Duc;;
Lyon;Collège Jean Moulin;;été
Dijon;CIO;Dijon;
"""


@pytest.fixture(autouse=True)
def _directory() -> None:
    load_reference()
    with SCHOOLS.open(encoding="utf-8", newline="") as file:
        load_directory(*read_directory(file), at=AT)


def run(folder: Path, content: bytes, *options: str) -> list[list[str]]:
    """Run the command on a file and return the lines of the one it wrote."""
    source, out = folder / "liste.csv", folder / "trouve.csv"
    source.write_bytes(content)
    call_command("match_etablissements", str(source), "--out", str(out), *options)
    text = out.read_text(encoding="utf-8")
    delimiter = max(";,\t", key=text.split("\n")[0].count)
    return list(csv.reader(text.splitlines(), delimiter=delimiter))


def test_columns_order_and_what_else_was_there(tmp_path: Path) -> None:
    lines = run(tmp_path, LIST.encode())
    assert lines[0] == ["academie", "mention", "commune", "note", "uai", "score", "decision"]
    assert [line[3] for line in lines[1:]] == ["à garder", "", "été", ""]
    assert [line[6] for line in lines[1:]] == ["auto", "auto", "to_review", "none"]
    assert [line[4] for line in lines[1:3]] == [FELIX, f"{FELIX}|{GUYOT}"]
    assert lines[4][4:6] == ["", "0.000"]
    assert all(0 <= float(line[5]) <= 1 for line in lines[1:])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f"Académie{delimiter}MENTION\r\nDijon{delimiter}Collège Félix Tisserand\r\n"
    lines = run(tmp_path, text.encode(encoding))
    assert lines[1] == ["Dijon", "Collège Félix Tisserand", FELIX, lines[1][3], "auto"]


def test_short_and_empty_lines(tmp_path: Path) -> None:
    lines = run(tmp_path, b'academie,mention,commune\nDijon,"Coll\xc3\xa8ge\nClaude Guyot"\n,,\n')
    assert len(lines) - 1 >= 2
    assert lines[-1] == ["", "", "", "", "0.000", "none"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "vide"),
        (b"nom;ville\nX;Y\n", "La colonne « academie » manque"),
        (b"academie;mention;uai\nDijon;X;\n", "« uai » est déjà"),
        (b"academie,mention,commune\nDijon,Clg X, Y, Dijon\n", "Ligne 2 : 4 cellules pour 3 titres"),
        (b"PK\x03\x04\x00\x00\x00\x00", "n’est pas du texte"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(tmp_path, content)
    assert not (tmp_path / "trouve.csv").exists()


def test_an_unknown_file_and_an_empty_directory(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("match_etablissements", "nulle-part.csv", "--out", str(tmp_path / "o.csv"))
    Etablissement.objects.all().delete()
    with pytest.raises(CommandError, match="L’annuaire est vide"):
        run(tmp_path, LIST.encode())


def test_moments() -> None:
    assert moment("2015-2016") == moment("2016") == dt.date(2016, 7, 5)
    assert moment("2016-03-14") == dt.date(2016, 3, 14)
    with pytest.raises(CommandError, match="ni une édition ni une date"):
        moment("l’an dernier")


def test_a_closed_school_is_found_in_its_time_and_a_renamed_one_by_its_old_name(tmp_path: Path) -> None:
    with SCHOOLS.open(encoding="utf-8", newline="") as file:
        held = {record.uai: record for record in read_directory(file)[0]}
    load_directory([replace(held[GUYOT], name="Collège Simone Veil")], at=LATER)
    load_directory([replace(held[FELIX], is_open=False)], at=LATER)
    matcher = Matcher.for_directory()
    assert matcher.match("Dijon", "Collège Claude Guyot").uais == (GUYOT,)
    assert "ancien nom" in matcher.match("Dijon", "Collège Claude Guyot").candidates[0].reason
    assert Matcher.for_directory(dt.date(2016, 3, 14)).match("Dijon", "Collège Félix Tisserand").score > 0.9
    assert "fermé" in matcher.match("Dijon", "Collège Félix Tisserand").candidates[0].reason
    lines = run(tmp_path, LIST.encode(), "--edition", "2015-2016")
    assert lines[1][4:] == [FELIX, lines[1][5], "auto"]


def test_an_answer_comes_first_and_lasts() -> None:
    lyon = Academie.objects.get(name="Lyon")
    matcher = Matcher.for_directory()
    assert matcher.match("Lyon", "Clg J. Moulin").decision == "to_review"
    school = Etablissement.objects.get(uai="0690099H")
    ReponseReconnaissance.objects.create(
        academie=lyon, mention="college j moulin", commune="", etablissement=school, at=AT
    )
    ReponseReconnaissance.objects.create(academie=lyon, mention="college du parc", commune="lyon", at=AT)
    matcher = Matcher.for_directory()
    found = matcher.match("académie de LYON", "Collège J. MOULIN")
    assert (found.uais, found.score, found.decision) == (("0690099H",), 1.0, "auto")
    assert found.candidates[0].reason == "confirmé par une personne le 24\N{NO-BREAK SPACE}novembre 2026"
    assert matcher.match("Lyon", "Clg du Parc", "LYON").decision == "none"
