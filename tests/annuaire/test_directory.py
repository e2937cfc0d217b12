"""Writing the directory: created, renamed, closed, reopened; twice changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from accroche.annuaire.fermetures import DoubtfulClosuresError
from accroche.annuaire.lecture import Record
from accroche.annuaire.models import Academie, Bassin, Etablissement, HistoriqueEtablissement
from accroche.annuaire.operations import load_directory, load_reference
from accroche.annuaire.operations.directory import Doubtful
from accroche.annuaire.queries import find_schools
from accroche.annuaire.regles import Mouvement, Precision, Secteur, TypePorteur
from tests.factories import make_uai

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 2, 1, 9, 0, tzinfo=dt.UTC)

CARNOT = Record(
    line=2,
    uai=make_uai(1),
    kind=TypePorteur.COLLEGE,
    name="Collège Carnot",
    sector=Secteur.PUBLIC,
    commune="Dijon",
    insee="21231",
    postal_code="21000",
    departement="21",
    email="ce.0210001@ac-dijon.fr",
    latitude=47.3,
    longitude=5.0,
    precision=Precision.ETABLISSEMENT,
    opened_on=dt.date(1970, 9, 1),
    is_open=True,
    bassin=("15001", "DIJON"),
    circonscription=("", ""),
)


@pytest.fixture(autouse=True)
def _reference() -> None:
    load_reference()


def test_a_school_gets_its_territories_and_its_academie_of_each_day() -> None:
    assert load_directory([replace(CARNOT, departement="14")], at=AT).created == 1
    school = Etablissement.objects.get()
    assert school.bassin is not None
    assert school.bassin.academie.name == "Normandie"
    assert str(school.academie_on(dt.date(2016, 3, 14))) == "Caen"
    assert str(school.academie_on(AT.date())) == "Normandie"
    caen = Academie.objects.get(name="Caen")
    assert list(Etablissement.objects.of_academie(caen)) == [school]


def test_a_bassin_takes_the_name_of_the_latest_file() -> None:
    load_directory([CARNOT], at=AT)
    load_directory([replace(CARNOT, bassin=("15001", "Dijon"))], at=LATER)
    assert [bassin.name for bassin in Bassin.objects.all()] == ["Dijon"]


def test_the_same_file_twice_changes_nothing() -> None:
    load_directory([CARNOT], at=AT)
    again = load_directory([CARNOT], at=LATER)
    assert (again.unchanged, again.created, again.changed) == (1, 0, 0)
    assert HistoriqueEtablissement.objects.count() == 1


def test_a_new_name_keeps_the_old_one_and_says_when() -> None:
    load_directory([CARNOT], at=AT)
    load_directory([replace(CARNOT, name="Collège Simone Veil")], at=LATER)
    school = Etablissement.objects.get()
    assert school.name == "Collège Simone Veil"
    old = school.anciens_noms.get()
    assert (old.name, old.replaced_on) == ("Collège Carnot", LATER.date())
    line = school.historique.first()
    assert line is not None
    assert line.changes == {"name": ["Collège Carnot", "Collège Simone Veil"]}


def test_capitals_do_not_replace_a_well_written_name() -> None:
    load_directory([CARNOT], at=AT)
    assert load_directory([replace(CARNOT, name="COLLEGE CARNOT")], at=LATER).unchanged == 1
    assert Etablissement.objects.get().name == "Collège Carnot"


def test_what_a_file_does_not_tell_stays() -> None:
    load_directory([CARNOT], at=AT)
    silent = replace(CARNOT, email="", latitude=None, longitude=None, postal_code="", bassin=("", ""))
    assert load_directory([silent], at=LATER).unchanged == 1
    assert Etablissement.objects.get().email == "ce.0210001@ac-dijon.fr"


def test_a_school_closes_and_opens_again() -> None:
    load_directory([CARNOT], at=AT)
    assert load_directory([replace(CARNOT, is_open=False)], at=LATER).closed == 1
    assert not Etablissement.objects.open_on(LATER.date()).exists()
    assert Etablissement.objects.open_on(AT.date()).exists()
    assert load_directory([CARNOT], at=LATER).reopened == 1
    kinds = list(HistoriqueEtablissement.objects.values_list("kind", flat=True))
    assert kinds == [Mouvement.REOPENED, Mouvement.CLOSED, Mouvement.CREATED]


@pytest.mark.parametrize("complete", [True, False])
def test_only_a_complete_file_closes_what_it_leaves_out(complete: bool) -> None:
    elsewhere = replace(CARNOT, uai=make_uai(1, "069"), departement="69")
    gone = replace(CARNOT, uai=make_uai(2))
    load_directory([CARNOT, gone, elsewhere], at=AT)
    report = load_directory([CARNOT], at=LATER, complete=complete)
    assert report.closed == int(complete)
    closed = Etablissement.objects.filter(closed_on__isnull=False)
    assert [row.uai for row in closed] == ([gone.uai] if complete else [])


ECOLE = replace(CARNOT, uai=make_uai(3), kind=TypePorteur.ECOLE, name="École Pasteur")
PRIVATE = replace(CARNOT, uai=make_uai(4), sector=Secteur.PRIVATE, name="Collège Saint-Joseph")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ([CARNOT, PRIVATE], "21 : École public, 1 sur 1"),
        ([CARNOT, ECOLE], "21 : Collège privé, 1 sur 1"),
        # half of a few may well close, most of many do not
        ([CARNOT, ECOLE, PRIVATE], "21 : Collège public, 11 sur 12"),
    ],
)
def test_a_complete_file_does_not_close_kinds_it_does_not_hold(file: list[Record], told: str) -> None:
    others = [replace(CARNOT, uai=make_uai(number)) for number in range(10, 21)]
    held = [CARNOT, PRIVATE, ECOLE, *(others if "12" in told else ())]
    load_directory(held, at=AT)
    with pytest.raises(DoubtfulClosuresError, match=told):
        load_directory([*file, replace(CARNOT, uai=make_uai(99))], at=LATER, complete=True)
    assert Etablissement.objects.filter(closed_on=None).count() == len(held)
    kept = load_directory(file, at=LATER, complete=True, doubtful=Doubtful.KEEP)
    assert (kept.closed, kept.kept_open) == (0, len(held) - len(file))
    assert load_directory(file, at=LATER, complete=True, doubtful=Doubtful.CLOSE).closed == len(held) - len(
        file
    )


def test_the_command_says_what_a_complete_file_would_close_and_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = replace(CARNOT, uai=make_uai(1, "069"), departement="69")
    load_directory([CARNOT, replace(CARNOT, uai=make_uai(2)), ECOLE, elsewhere], at=AT)
    path = tmp_path / "colleges.csv"
    path.write_text(
        "uai;nom;type;secteur;commune;code_commune;code_departement\n"
        f"{CARNOT.uai};Collège Carnot;collège;public;Dijon;21231;21\n",
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match=r"École public, 1 sur 1\n.*--doubtful keep"):
        call_command("import_annuaire", path, "--complete")
    call_command("import_annuaire", path, "--complete", "--doubtful", "keep")
    said = capsys.readouterr().out
    assert "ne cite pas, laissés tels quels : 69." in said
    assert "1 fermés, 1 inchangés, 1 absents du fichier et laissés ouverts" in said
    assert set(Etablissement.objects.filter(closed_on=None).values_list("uai", flat=True)) == {
        CARNOT.uai,
        ECOLE.uai,
        elsewhere.uai,
    }


@pytest.mark.parametrize(
    ("code", "number", "academies"),
    [
        ("975", "9750001C", ["Caen", "Normandie"]),
        ("977", "9711340E", ["Guadeloupe", "Guadeloupe"]),
        ("978", "9711087E", ["Guadeloupe", "Guadeloupe"]),
        ("986", "9870032W", [None, None]),
        ("987", "9840519S", [None, None]),
        ("988", "9830735G", [None, None]),
    ],
)
def test_a_school_of_a_collectivity_is_known(code: str, number: str, academies: list[str | None]) -> None:
    assert load_directory([replace(CARNOT, uai=number, departement=code)], at=AT).created == 1
    school = Etablissement.objects.get()
    days = (dt.date(2016, 3, 14), AT.date())
    assert [academie and academie.name for academie in map(school.academie_on, days)] == academies


def test_an_unknown_departement_is_told() -> None:
    report = load_directory([replace(CARNOT, departement="99")], at=AT)
    assert not Etablissement.objects.exists()
    assert "« 99 » inconnu" in report.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "carnot",
        "CARNOT dijon",
        "colege carno",
        "21000 carnot",
        make_uai(1),
        make_uai(1).lower(),
        "clg carnot",
        "vieux",
    ],
)
def test_a_school_is_found(text: str) -> None:
    load_directory([replace(CARNOT, name="Collège du Vieux Pont")], at=AT)
    load_directory([CARNOT, replace(CARNOT, uai=make_uai(2), name="École Pasteur")], at=LATER)
    assert [s.name for s in find_schools(text, at=LATER.date())] == ["Collège Carnot"]


@pytest.mark.parametrize("text", ["", "  ", "zzzzzz", "carnot lyon", "’"])
def test_nothing_is_found_where_nothing_answers(text: str) -> None:
    load_directory([CARNOT], at=AT)
    assert find_schools(text, at=AT.date()) == []


def test_one_s_own_academie_comes_first_and_closed_schools_last() -> None:
    lyon = replace(CARNOT, uai=make_uai(1, "069"), departement="69", commune="Lyon")
    closed = replace(CARNOT, uai=make_uai(3), is_open=False)
    load_directory([closed, CARNOT, lyon], at=AT)
    academie = Academie.objects.get(name="Lyon")
    found = find_schools("carnot", at=LATER.date(), academie=academie)
    assert [s.uai for s in found] == [lyon.uai, CARNOT.uai, closed.uai]


def test_the_command_tells_what_it_did_and_writes_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "annuaire.csv"
    file.write_text(
        "uai;nom;type;secteur;commune;code_commune;code_departement\n"
        f"{make_uai(1)};Collège Carnot;collège;public;Dijon;21231;21\n"
        "0210001X;Faux;collège;public;Dijon;21231;21\n",
        encoding="utf-8",
    )
    call_command("import_annuaire", file, report=tmp_path / "points.csv")
    assert "1 créés. Points à vérifier : 1." in capsys.readouterr().out
    assert (tmp_path / "points.csv").read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n"])
def test_the_command_refuses_another_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "autre.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_annuaire", file)
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("import_annuaire", tmp_path / "absent.csv")
