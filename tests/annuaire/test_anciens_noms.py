"""Former names and successions: files of renamings, directories of other years, what is found by them."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.appariement import Decision
from accroche.annuaire.listes import ListError
from accroche.annuaire.models import Etablissement, Succession
from accroche.annuaire.operations import load_directory, load_reference, load_renommages
from accroche.annuaire.queries import Matcher
from accroche.annuaire.queries.succession import heirs
from accroche.annuaire.renommages import Renommage, is_renommages, read_renommages
from tests.annuaire.test_directory import AT, CARNOT, LATER
from tests.factories import make_uai

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

TODAY = LATER.date()
ONE, TWO, THREE = make_uai(1), make_uai(2), make_uai(3)
RENTREE = dt.date(2019, 9, 1)


def read(text: str, encoding: str = "utf-8") -> tuple[list[Renommage], list[str]]:
    """What a file tells, and what is wrong with it."""
    found, problems = read_renommages(text.encode(encoding), TODAY)
    return found, [f"{problem.line} {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"uai;ancien_nom;annee\n{ONE};Collège Carnot;2019\n", "utf-8"),
        (f"Année,Ancien nom,Code UAI\n2018-2019,Collège Carnot,{ONE.lower()}\n", "utf-8-sig"),
        (f"UAI\tformer name\tyear\n{ONE}\t Collège  Carnot \t01/09/2019\n", "cp1252"),
        (f"{ONE};Collège Carnot;2019-09-01", "utf-16"),
        (f"\ufeff{ONE};Collège Carnot;2019\n\n;;\n", "utf-8"),
    ],
)
def test_a_file_of_renamings_is_read_whoever_wrote_it(text: str, encoding: str) -> None:
    assert is_renommages(text.encode(encoding)) or "2019-09-01" in text
    assert read(text, encoding) == (
        [Renommage(1 + ("uai" in text.lower()), ONE, "Collège Carnot", RENTREE)],
        [],
    )


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("0210001Z;Collège Carnot;2019;", "lettre"),
        (f"{ONE};;2019;", "L’ancien nom manque"),
        (f"{ONE};{'x' * 201};2019;", "dépasse 200 caractères"),
        (f"{ONE};Collège Carnot;l’an dernier;", "n’est pas une année"),
        (f"{ONE};Collège Carnot;2031;", "2031 n’est pas possible"),
        (f"{ONE};Collège Carnot;1066;", "1066 n’est pas possible"),
        (f"{ONE};Collège Carnot;2019;{ONE}", "pas à lui-même"),
        (f"{ONE};Collège Carnot", "n’est pas une année"),
    ],
)
def test_a_bad_line_is_refused_and_told(line: str, wrong: str) -> None:
    found, problems = read(f"uai;ancien_nom;annee;successeur\n{line}\n{TWO};Collège du Parc;2020;\n")
    assert [one.uai for one in found] == [TWO]
    assert len(problems) == 1
    assert problems[0].startswith("2 ")
    assert wrong in problems[0]


@given(st.binary(max_size=200) | st.text(alphabet=f'{ONE};,\t\n2019é"', max_size=120).map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(ListError):
        read_renommages(content, TODAY)
    assert is_renommages(content) in {True, False}


@pytest.fixture
def schools(db: None) -> None:
    load_reference()
    load_directory(
        [
            replace(CARNOT, name="Collège Simone Veil"),
            replace(CARNOT, uai=TWO, name="Collège Gaston Roupnel", is_open=False),
        ],
        at=AT,
    )


@pytest.mark.usefixtures("schools")
def test_a_renaming_is_kept_once_and_recognised_by() -> None:
    told = [
        Renommage(2, ONE, "Collège Carnot", RENTREE),
        Renommage(3, ONE, "COLLEGE  SIMONE-VEIL", RENTREE),
        Renommage(4, THREE, "Collège Perdu", RENTREE),
    ]
    found = load_renommages(told, at=LATER)
    assert (found.names, found.known) == (1, 1)
    assert [(problem.line, problem.uai) for problem in found.problems] == [(4, THREE)]
    assert "Anciens noms : 1 ajoutés, 1 déjà connus" in found.summary
    again = load_renommages([replace(told[0], name="collège CARNOT")], at=LATER)
    assert (again.names, again.known) == (0, 1)
    match = Matcher.for_directory().match("Dijon", "Clg Carnot", "Dijon")
    assert (match.decision, match.uais) == (Decision.AUTO, (ONE,))
    assert "ancien nom, jusqu’en 2019" in match.candidates[0].reason


@pytest.mark.usefixtures("schools")
def test_a_closed_school_answers_through_its_successor_and_leads_to_it(client: Client) -> None:
    told = [
        Renommage(2, TWO, "", RENTREE, ONE),
        Renommage(3, THREE, "Collège du Parc", RENTREE, ONE),
        # it would come back to where it began
        Renommage(4, ONE, "", RENTREE, TWO),
        Renommage(5, TWO, "", RENTREE, THREE),
    ]
    found = load_renommages(told, at=LATER)
    assert (found.successions, found.names) == (2, 1)
    assert [problem.line for problem in found.problems] == [5, 4]
    matcher = Matcher.for_directory()
    match = matcher.match("Dijon", "Collège Gaston Roupnel", "Dijon")
    assert (match.decision, match.uais) == (Decision.AUTO, (ONE,))
    assert match.candidates[0].reason.endswith("fermé en 2019, repris par « Collège Simone Veil »")
    # what closed before the directory began is a former name of who took its place
    assert matcher.match("Dijon", "Collège du Parc", "Dijon").uais == (ONE,)
    assert matcher.match("Dijon", f"Collège {THREE}").uais == (ONE,)
    page = client.get(f"/etablissements/{TWO}/").content.decode()
    assert f"/etablissements/{ONE}/" in page
    assert "a pris sa suite" in page
    assert load_renommages(told[:2], at=LATER).successions == 0


@pytest.mark.usefixtures("schools")
def test_the_last_of_a_chain_takes_the_place_of_all() -> None:
    load_directory([replace(CARNOT, uai=THREE, name="Collège Rameau")], at=AT)
    load_renommages(
        [Renommage(2, TWO, "", RENTREE, ONE), Renommage(3, ONE, "", dt.date(2024, 9, 1), THREE)], at=LATER
    )
    assert {uai: (heir.uai, heir.since) for uai, heir in heirs().items()} == {
        TWO: (THREE, 2019),
        ONE: (THREE, 2024),
    }


@pytest.mark.usefixtures("schools")
def test_the_directory_tells_whom_a_school_absorbed() -> None:
    record = replace(CARNOT, name=f"LYCEE CARNOT (A ABSORBE L'UAI {THREE} EN 2022)")
    load_directory([record], at=LATER)
    assert [(one.uai, one.successeur.uai, one.since.year) for one in Succession.objects.all()] == [
        (THREE, ONE, 2022)
    ]
    assert load_directory([record], at=LATER).unchanged == 1


COMPOSITE = "uai;nom;type;secteur;commune;code_commune;code_departement\n"


@pytest.mark.usefixtures("schools")
def test_the_command_knows_a_file_of_renamings_and_a_directory_of_another_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamings = tmp_path / "renommages.csv"
    lines = (f"{ONE};Collège Carnot;2019", f"{ONE};Collège;hier", "=1+1;Collège;2019")
    renamings.write_text("\n".join(("uai;ancien_nom;annee", *lines)), "utf-8")
    report = tmp_path / "points.csv"
    call_command("import_annuaire", str(renamings), "--report", str(report))
    told = capsys.readouterr().out
    assert "Anciens noms : 1 ajoutés. Points à vérifier : 2." in told
    assert "Ligne 3" in told
    assert "n’est pas une année" in report.read_text("utf-8")
    assert "\n4;'=1+1;" in report.read_text("utf-8").replace("\r", "")  # no formula for a spreadsheet
    older = tmp_path / "annuaire-2016.csv"
    line = "collège;public;Dijon;21231;21"
    rows = (f"{ONE};Collège du Port", f"{THREE};Collège Perdu", f"{TWO};COLLEGE GASTON ROUPNEL")
    older.write_text(COMPOSITE + "".join(f"{row};{line}\n" for row in rows), "utf-8")
    with pytest.raises(CommandError, match="donnez l’année"):
        call_command("import_annuaire", str(older), "--anciens-noms", "16")
    call_command("import_annuaire", str(older), "--anciens-noms", "2016")
    assert "1 ajoutés, 1 déjà connus ou inchangés, 1 d’établissements que" in capsys.readouterr().out
    school = Etablissement.objects.get(uai=ONE)
    assert school.name == "Collège Simone Veil"
    assert [(one.name, one.replaced_on.year) for one in school.anciens_noms.all()] == [
        ("Collège Carnot", 2019),
        ("Collège du Port", 2016),
    ]


@pytest.mark.usefixtures("schools")
def test_a_name_written_otherwise_is_no_former_name() -> None:
    load_directory([replace(CARNOT, name="Clg. Simone-Veil")], at=LATER)
    assert not Etablissement.objects.get(uai=ONE).anciens_noms.exists()
