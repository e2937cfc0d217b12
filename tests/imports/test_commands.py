"""The console: loading, importing, publishing and comparing an edition."""

from __future__ import annotations

import argparse
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Academie, Porteur
from accroche.campagne.models import Edition, Semaine
from accroche.commun.commande import Commande
from accroche.dossier.comparaison import Difference
from accroche.imports.management.commands.diff_edition import shown
from accroche.imports.management.commands.import_recensement import _refused
from accroche.imports.recensement.review import Review
from accroche.imports.recensement.verdicts import Fate

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

pytestmark = pytest.mark.django_db

#: Without ``migrate``: it is Django's, options and words, but for a new instance.
OURS = sorted(
    {name for name, app in get_commands().items() if str(app).startswith("accroche.")} - {"migrate"}
)


def run(name: str, *arguments: str, **options: object) -> str:
    said = io.StringIO()
    call_command(name, *arguments, stdout=said, **options)
    return said.getvalue()


# -- help -----------------------------------------------------------------------------------------------


def command(name: str) -> BaseCommand:
    return load_command_class(get_commands()[name], name)


def own_arguments(name: str) -> list[argparse.Action]:
    """Return the arguments the command adds to Django's."""
    django = {action.dest for action in BaseCommand().create_parser("accroche", name)._actions}
    parser = command(name).create_parser("accroche", name)
    return [action for action in parser._actions if action.dest not in django]


#: These serve an instance whose tables wait for an update: they save it, put it back, look at it.
WITHOUT_TABLES = {"backup", "backup_key", "doctor", "restore"}


def is_french(text: str) -> bool:
    words = set(re.findall(r"[a-zàâçéèêëîïôûùœ’]+", text.lower()))
    english = {"the", "of", "and", "with", "file", "folder", "year", "write", "load", "when", "default"}
    french = {"le", "la", "les", "une", "un", "l’édition", "des", "sa", "ses", "par", "où", "à", "sans"}
    french |= {"du", "base", "parmi", "d’abord", "fournies", "est", "de", "et", "ce", "qui", "au"}
    french |= {"ou", "tel", "entre", "dont", "aussi"}
    return bool(words & french) and not words & english


def test_every_command_of_the_house_is_there() -> None:
    assert {"load_edition", "import_rapport", "diff_edition", "export_edition", "publish_edition"} <= set(
        OURS
    )
    assert {"build_synthese", "demo"} <= set(OURS)


@pytest.mark.parametrize("name", OURS)
def test_help_is_there_and_french(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(command(name), Commande) == (name not in WITHOUT_TABLES)
    with pytest.raises(SystemExit) as left:
        command(name).run_from_argv(["accroche", name, "--help"])
    assert left.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    # argparse may break a line after a hyphen
    assert command(name).help.replace("- ", "-") in printed.replace("- ", "-")
    for text in (command(name).help, *(action.help or "" for action in own_arguments(name))):
        assert is_french(text), text


@pytest.mark.parametrize("text", ["The whole edition, with the figures", "Output path", ""])
def test_english_help_would_be_found(text: str) -> None:
    assert not is_french(text)


# -- load_edition ---------------------------------------------------------------------------------------


def test_load_edition_twice(pack_2015: EditionDossier) -> None:
    actions = sum(len(semaine.actions) for semaine in pack_2015.semaines)
    rows = 1 + len(pack_2015.semaines) + actions
    assert f"{rows} enregistrements créés, 0 mis à jour, 0 inchangé, 0 champ gardé" in run(
        "load_edition", "2015-2016"
    )
    published = Edition.objects.get().published_at
    assert published is not None
    Semaine.objects.filter(academie__name="Dijon").update(narrative="Nos mots.")
    assert f"0 enregistrement créé, 0 mis à jour, {rows} inchangés" in run("load_edition", "2015-2016")
    assert Semaine.objects.get(academie__name="Dijon").narrative == "Nos mots."
    assert Edition.objects.get().published_at == published


def test_load_edition_tells_what_it_kept(pack_2015: EditionDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    run("load_edition", "2015-2016")
    Edition.objects.update(title="Notre semaine")
    monkeypatch.setattr(
        "accroche.imports.management.commands.load_edition.read_pack",
        lambda _: replace(pack_2015, title="Autre titre", notes=()),
    )
    said = run("load_edition", "2015-2016")
    assert "Gardé tel qu’il est en base — Édition 2015-2016 : title" in said
    assert "1 mis à jour" in said
    assert "1 champ gardé." in said
    assert Edition.objects.get().notes == []


@pytest.mark.parametrize("edition", ["2031-2032", "../2015-2016", ""])
def test_load_edition_says_which_editions_there_are(edition: str) -> None:
    with pytest.raises(CommandError, match=r"Aucun dossier d’édition .*2015-2016"):
        run("load_edition", edition)
    assert not Edition.objects.exists()


# -- import_rapport -------------------------------------------------------------------------------------


@pytest.fixture
def rapport(tmp_path: Path) -> Path:
    """Return the invented report, its académies given real names."""
    source = Path(__file__).parents[1] / "rapport/fixtures/mini_rapport.txt"
    text = source.read_text(encoding="utf-8").replace("Valmont", "Dijon").replace("Outre-Monts", "Amiens")
    path = tmp_path / "rapport.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_import_waits_for_moderation_then_is_published(rapport: Path) -> None:
    said = run("import_rapport", str(rapport), edition="2015-2016")
    assert re.search(r"Lu : \d+ académies, \d+ actions", said)
    edition = Edition.objects.get(year="2015-2016")
    waiting = Action.objects.filter(etat=Etat.SUBMITTED).count()
    assert waiting == Action.objects.count() > 0
    assert edition.published_at is None

    assert f"actions publiées : {waiting}" in run("publish_edition", "2015-2016")
    assert Action.objects.published().count() == waiting
    assert "actions publiées : 0" in run("publish_edition", "2015-2016")


@pytest.mark.parametrize("again", [False, True])
def test_a_rehearsal_tells_what_the_import_then_does_and_writes_nothing(rapport: Path, again: bool) -> None:
    text = rapport.read_text(encoding="utf-8").replace("14 – 18 Mars 2016", "14 – 18 Marsouin 2016")
    text = text.replace("cité.  ", "cité. Un forum s’est tenu à Nuits le 12 janvier 2016.  ")
    rapport.write_text(text, encoding="utf-8")
    if again:  # over what somebody changed since
        run("import_rapport", str(rapport), edition="2015-2016")
        Semaine.objects.filter(academie__name="Dijon").update(narrative="Nos mots.")
        Action.objects.filter(semaine__academie__name="Dijon").delete()
        rapport.write_text(text.replace("La première édition", "La toute première édition"), encoding="utf-8")
    tables: list[Any] = [Edition, Semaine, Action, Porteur, Academie]
    before = [list(model.objects.values()) for model in tables]
    tried = run("import_rapport", str(rapport), edition="2015-2016", dry_run=True).splitlines()
    assert [list(model.objects.values()) for model in tables] == before
    done = run("import_rapport", str(rapport), edition="2015-2016").splitlines()
    assert tried[:-1] == done[:-1]
    assert (tried[-1], done[-1][:20]) == ("Essai : rien n’a été écrit.", "Rien n’est publié. A")
    assert "Ligne 20 (Dijon) : " in done[0]
    event = "(Dijon) : Temps fort lu dans cette phrase : Forum – le 12 janvier 2016 – Nuits. Vérifiez-le."
    assert event in "".join(done).replace("\u00a0", " ").replace("\u202f", " ")
    assert ("Gardé tel qu’il est en base" in "".join(done)) is again


def test_a_rehearsal_is_refused_as_the_import_is(rapport: Path) -> None:
    """All that the database says, not only what is looked at before."""
    text = rapport.read_text(encoding="utf-8")
    rapport.write_text(text.replace("Prix du public", "Prix du public " + "x" * 220), encoding="utf-8")
    refused = []
    for rehearsal in (True, False):
        with pytest.raises(CommandError) as caught:
            run("import_rapport", str(rapport), edition="2015-2016", dry_run=rehearsal)
        refused.append(str(caught.value))
        assert not Edition.objects.exists()
    assert refused[0] == refused[1]
    assert "Texte trop long" in refused[0]
    assert "Il est dans la fiche de Dijon, qui commence ligne " in refused[0]


def test_an_import_names_the_academies_nobody_knows() -> None:
    source = Path(__file__).parents[1] / "rapport/fixtures/mini_rapport.txt"
    with pytest.raises(CommandError, match=r"Académie inconnue : .*Valmont"):
        run("import_rapport", str(source), edition="2015-2016")
    assert not Edition.objects.exists()


def test_an_import_says_what_to_do_about_an_academie_of_another_time(rapport: Path) -> None:
    text = rapport.read_text(encoding="utf-8")
    rapport.write_text(text.replace("Académie d’Amiens", "Académie de Normandie"), encoding="utf-8")
    said = run("import_rapport", str(rapport), edition="2015-2016")
    assert re.search(
        r"^Ligne \d+ \(Normandie\) : cette académie n’existe que depuis le 1er\sjanvier\s2020 ; "
        r"en 2015-2016, c’étaient Caen et Rouen\. Sa fiche est reprise sous ce nom\. Vérifiez l’année",
        said,
        re.MULTILINE,
    )
    rapport.write_text(text.replace("Académie d’Amiens", "Académie d’Amien"), encoding="utf-8")


def test_a_sheet_whose_academie_nobody_knows_is_left_aside_and_told(rapport: Path) -> None:
    text = rapport.read_text(encoding="utf-8")
    rapport.write_text(text.replace("Académie d’Amiens", "Académie d’Amien"), encoding="utf-8")
    said = run("import_rapport", str(rapport), edition="2015-2016")
    assert re.search(
        r"^Ligne \d+ \(Amien\) : aucune académie ne porte ce nom : sa fiche n’est pas reprise, les autres le "
        r"sont\. Voulez-vous dire « Amiens » \?",
        said,
        re.MULTILINE,
    )
    assert sorted(Semaine.objects.values_list("academie__name", flat=True)) == ["Dijon", "La Réunion"]


def test_a_name_that_a_conclusion_cites_stops_nothing(rapport: Path) -> None:
    text = rapport.read_text(encoding="utf-8")
    assert "\u00a0Amiens)" in text or "Amiens)" in text
    rapport.write_text(text.replace("Amiens)", "Atlantis)"), encoding="utf-8")
    said = run("import_rapport", str(rapport), edition="2015-2016", dry_run=True)
    assert "« Atlantis » : la conclusion cite ce nom" in said


@pytest.mark.parametrize("edition", ["2014-2015", "2016-2017"])
def test_the_report_of_another_edition_is_refused(edition: str, rapport: Path) -> None:
    with pytest.raises(CommandError, match=f"en dehors de l’édition {edition} : vérifiez --edition"):
        run("import_rapport", str(rapport), edition=edition)
    assert not Edition.objects.exists()


def test_what_was_read_is_counted_in_french(rapport: Path) -> None:
    said = run("import_rapport", str(rapport), edition="2015-2016", dry_run=True)
    assert "; 0 point à vérifier." in said
    text = rapport.read_text(encoding="utf-8").replace("14 – 18 Mars 2016", "14 – 18 Marsouin 2016")
    text = text.replace("cité.  ", "cité. Un forum s’est tenu à Nuits le 12 janvier 2016.  ")
    rapport.write_text(text, encoding="utf-8")
    said = run("import_rapport", str(rapport), edition="2015-2016", dry_run=True)
    assert "; 1 point à vérifier." in said
    rapport.write_text(re.sub("[\uf0d8\uf0fe\uf06f]", "", text), encoding="utf-8")
    said = run("import_rapport", str(rapport), edition="2015-2016", dry_run=True)
    assert said.startswith("Ligne 1 : Aucune action")
    assert "«  »" not in said


@pytest.mark.parametrize("edition", ["2014", "2014-2016", "abc"])
def test_an_edition_is_two_years_that_follow(edition: str, rapport: Path) -> None:
    with pytest.raises(CommandError, match="n’est pas une édition : écrivez deux années"):
        run("import_rapport", str(rapport), "--edition", edition)


def test_an_import_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=re.escape("absent.txt")):
        run("import_rapport", str(tmp_path / "absent.txt"), edition="2014-2015")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(CommandError):
        run("import_rapport", str(tmp_path / "empty.txt"), edition="2014-2015")


def test_publishing_an_unknown_edition_says_which_there_are() -> None:
    with pytest.raises(CommandError, match="« 2014-2015 » inconnue"):
        run("publish_edition", "2014-2015")


# -- diff_edition ---------------------------------------------------------------------------------------


def test_the_database_and_its_pack_tell_the_same(edition_2015: Edition) -> None:
    assert run("diff_edition", edition_2015.year, "pack") == "Mêmes faits : aucune différence.\n"


@pytest.mark.parametrize(("ordinals", "count"), [(1, "1 différence."), (2, "2 différences.")])
def test_differences_are_told_and_exit_with_one(
    edition_2015: Edition, ordinals: int, count: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Lyon", "Nice"][:ordinals]
    Semaine.objects.filter(edition=edition_2015, academie__name__in=names).update(status="unavailable")
    with pytest.raises(SystemExit) as left:
        call_command("diff_edition", "2015-2016", "pack")
    assert left.value.code == 1
    said = capsys.readouterr().out
    assert "Lyon, statut\n  base : Données non disponibles\n  pack : L’académie a rendu compte\n" in said
    assert said.endswith(count + "\n")


@pytest.mark.parametrize(
    ("source", "message"),
    [("base", "« 2015-2016 » inconnue"), ("absent.txt", "absent.txt")],
)
def test_a_source_that_cannot_be_read_is_no_difference(source: str, message: str) -> None:
    with pytest.raises(CommandError, match=message) as caught:
        run("diff_edition", "2015-2016", "pack", "--with", source)
    assert caught.value.returncode == 2


def test_the_report_and_the_pack_tell_the_same_facts(shared_dir: Path) -> None:
    (source,) = (shared_dir / "seeds").glob("*.txt")
    assert "Mêmes faits" in run("diff_edition", "2015-2016", str(source), "--with", "pack")


def test_what_a_report_leaves_in_doubt_is_told_beside_what_differs(
    rapport: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import_rapport", str(rapport), edition="2015-2016")
    text = rapport.read_text(encoding="utf-8")
    rapport.write_text(re.sub("[\uf0fe\uf06f]", "", text), encoding="utf-8")  # the signs of boxes are lost
    with pytest.raises(SystemExit):
        call_command("diff_edition", "2015-2016", str(rapport))
    said = capsys.readouterr().out
    assert re.search(r"^Ligne \d+ \(Dijon\) : ", said, re.MULTILINE)
    assert "Dijon, niveaux\n  base : Premier degré et Lycée\n" in said


def test_long_texts_are_shown_from_where_they_part() -> None:
    text = "mot " * 200
    told = shown(Difference("", "", f"{text}ici et {text}", f"{text}là"))
    assert [one.replace("mot ", "") for one in told][1] == "… là"
    assert "ici et" in told[0]
    assert max(map(len, told)) < 250
    assert shown(Difference("", "", "ici", "là")) == ("ici", "là")


def test_the_file_of_an_export_is_a_source(edition_2015: Edition, tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    run("export_edition", "2015-2016", out=path)
    assert run("diff_edition", "2015-2016", str(path), "--textes") == "Mêmes faits : aucune différence.\n"


def test_cells_refused_for_the_same_reason_are_told_together() -> None:
    cells = ("15/01/2023", "15/01/2023", "x" * 60, *(f"0{n}/02/2023" for n in range(1, 8)))
    rows = [
        {
            "number": number,
            "remarks": [
                {
                    "blocks": True,
                    "column": "A",
                    "message": f"« {cell} » est loin.",
                    "suggestion": "Vérifiez.",
                },
                {"blocks": number == 2, "column": "", "message": "Rien.", "suggestion": ""},
            ],
        }
        for number, cell in enumerate(cells, 2)
    ]
    where = "Lignes 2 A, 3 A, 4 A, 5 A, 6 A, 7 A, 8 A, 9 A… et 2 autres"
    others = f"« {'x' * 48}… », « 01/02/2023 », « 02/02/2023 », « 03/02/2023 », « 04/02/2023 »… et 3 autres"
    told = f"{where} : « 15/01/2023 » est loin. Vérifiez. De même {others}."
    assert list(_refused(Review(rows={Fate.REFUSED: rows}))) == [told, "Ligne 2 : Rien."]
