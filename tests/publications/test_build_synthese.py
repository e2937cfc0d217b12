"""``accroche build_synthese``: its files, its words, its refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Semaine
from accroche.commun.revision import revision
from accroche.publications.models import Synthese

pytestmark = [pytest.mark.usefixtures("edition_2015"), pytest.mark.any_database]

EVERY_FILE = {
    "synthese.pdf",
    "synthese.docx",
    "synthese.html",
    "donnees/datapackage.json",
    "donnees/donnees.json",
    "donnees/donnees.xlsx",
    *(
        f"donnees/{name}.csv"
        for name in (
            "totaux",
            "chiffres",
            "semaines",
            "axes",
            "temps_forts",
            "ressources",
            "partenaires",
            "strategie",
            "medias",
            "actions",
            "porteurs",
            "partenaires_actions",
            "grille",
        )
    ),
}


def run(*args: object, **options: object) -> str:
    out = io.StringIO()
    call_command("build_synthese", *args, stdout=out, **options)
    return out.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_format_twice_the_same_bytes(tmp_path: Path) -> None:
    said = run("2015-2016", out=tmp_path / "one")
    run("2015-2016", out=tmp_path / "two")
    first, second = tree(tmp_path / "one"), tree(tmp_path / "two")
    assert set(first) == EVERY_FILE
    assert first == second
    assert "synthese.pdf" in said
    assert first["synthese.pdf"].startswith(b"%PDF-")
    assert first["synthese.docx"].startswith(b"PK")


def test_it_is_the_short_name_of_a_document(tmp_path: Path) -> None:
    run("2015-2016", out=tmp_path / "short", formats="html,data")
    arguments = ("synthese", "2015-2016")
    call_command(
        "build_document", *arguments, out=tmp_path / "long", formats="html,data", stdout=io.StringIO()
    )
    assert tree(tmp_path / "long") == tree(tmp_path / "short")


@pytest.mark.any_database
def test_a_page_that_was_kept_offers_what_was_just_built(tmp_path: Path) -> None:
    before = revision()
    call_command(
        "build_document", "synthese", "2015-2016", out=tmp_path, formats="data", stdout=io.StringIO()
    )
    assert revision() != before


def test_an_unknown_document_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="synthese"):
        call_command("build_document", "affiche", "2015-2016", out=tmp_path)


def test_only_the_formats_asked_for(tmp_path: Path) -> None:
    run("2015-2016", out=tmp_path, formats="html")
    assert set(tree(tmp_path)) == {"synthese.html"}


@pytest.mark.parametrize("formats", ["pdf,odt", "", " , "])
def test_an_unknown_format_is_refused(tmp_path: Path, formats: str) -> None:
    with pytest.raises(CommandError, match="Formats possibles : pdf, docx, html, data"):
        run("2015-2016", out=tmp_path, formats=formats)
    assert tree(tmp_path) == {}


def test_an_unknown_edition_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="accroche load_edition 1999-2000"):
        run("1999-2000", out=tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="Impossible de créer le dossier"):
        run("2015-2016", out=tmp_path / "file" / "below", formats="html")


def test_no_version_is_settled_for_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="Impossible de créer le dossier"):
        run("2015-2016", out=tmp_path / "file", formats="html", freeze=True)
    assert not Synthese.objects.exists()


def test_freeze_then_correct_then_show_the_difference(tmp_path: Path) -> None:
    run("2015-2016", out=tmp_path / "v1", formats="html,data", freeze=True)
    Semaine.objects.filter(academie__name="Lyon").update(sponsor="Une marraine")
    said = run("2015-2016", out=tmp_path / "work", formats="html")
    assert "Différences avec la version 1 : 1." in said
    assert "Lyon, parrainage" in said
    run("2015-2016", out=tmp_path / "again", formats="html,data", frozen=1)
    assert tree(tmp_path / "again") == tree(tmp_path / "v1")
    assert b"Une marraine" in (tmp_path / "work" / "synthese.html").read_bytes()


def test_an_unknown_version(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="pas de version 3"):
        run("2015-2016", out=tmp_path, frozen=3)


def test_waiting_actions_are_told(tmp_path: Path) -> None:
    Action.objects.update(etat=Etat.SUBMITTED)
    said = run("2015-2016", out=tmp_path, formats="html")
    assert "97 actions attendent la modération" in said
    assert "accroche publish_edition 2015-2016" in said
    Action.objects.exclude(pk=Action.objects.latest("pk").pk).update(etat=Etat.PUBLISHED)
    said = run("2015-2016", out=tmp_path, formats="html")
    assert "1 action attend la modération et n’y figure pas." in said


def test_two_people_freezing_at_once_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accroche.publications.operations.versions.ATTEMPTS", 0)
    with pytest.raises(CommandError, match="recommencez dans un instant"):
        run("2015-2016", out=tmp_path, formats="data", freeze=True)
