"""Who carries the action of a row: schools, organisations, whom somebody said once, or nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accroche.actions.models import Action
from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.models import Departement, Porteur, ReponseReconnaissance
from accroche.annuaire.operations.reponses import remember
from accroche.annuaire.regles import TypePorteur
from accroche.comptes.regles import TypeRole
from accroche.imports.operations.porteurs import Reponse, remember_answers, remember_told
from accroche.imports.operations.recensement import examine, import_rows
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.porteurs import tell_name
from accroche.imports.recensement.review import Review
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.tables import Tables
from accroche.imports.recensement.verdicts import Fate
from tests import factories
from tests.factories import NOW
from tests.imports.recensement.nasty import csv
from tests.imports.recensement.test_import import confronted
from tests.races import at_once

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

HEAD = ("Titre", "Structure", "Commune")
POLE = "Le Pôle jeunesse"


@pytest.fixture(name="read")
def _read(tmp_path: Path, where: Territory, moderator: User) -> Any:
    def read(*rows: tuple[str, ...], **told: Any) -> Review:
        fresh = confronted(tmp_path, rows, where, factories.access(moderator))()
        [table] = fresh.tables.tables
        at = rows[0].index("Lieu") if "Lieu" in rows[0] else None
        chosen = {} if at is None else {at: Champ.ETABLISSEMENT}
        fresh = replace(fresh, tables=Tables((table.with_fields(chosen),), ()))
        return examine(replace(fresh, **told))

    return read


def remarks(report: Review) -> list[str]:
    return [
        f"{remark['message']} {remark['suggestion']}"
        for row in report.rows.get(Fate.REFUSED, [])
        for remark in row["remarks"]
    ]


def carriers(report: Review) -> list[list[str]]:
    return [row["carriers"] for row in report.rows[Fate.NEW]]


@pytest.mark.django_db
def test_nothing_is_glued_to_the_name_of_an_organisation(read: Any) -> None:
    report = read(
        ("Titre", "Type d’établissement", "Structure", "Commune"),
        ("Nettoyage", "Ramassage de déchets", "Mairie de Nolay", ""),
        ("Forum", "Association", "Les Amis du livre", "Dijon"),
        ("Salon", "Collège", "Dijon 1", ""),
        ("Stage", "Collège", "CIO", "Dijon"),
    )
    assert carriers(report) == [
        ["Mairie de Nolay"],
        ["Les Amis du livre, Dijon"],
        [f"Collège Dijon 1, Dijon ({factories.make_uai(1)})"],
        ["CIO, Dijon"],
    ]


@pytest.mark.django_db
def test_a_name_is_asked_about_once_and_remembered_for_the_academie(
    read: Any, where: Territory, moderator: User, tmp_path: Path
) -> None:
    rows = (HEAD, ("Forum", POLE, "Dijon"), ("Salon", POLE.upper(), "Beaune"), ("Débat", "Lycée Zzyzx", ""))
    report = read(*rows)
    asked = report.carriers["asked"]
    assert [(one["name"], one["count"], one["communes"], one["is_schoolish"]) for one in asked] == [
        (POLE, 2, ["Dijon", "Beaune"], False),
        ("Lycée Zzyzx", 1, [], True),
    ]
    given = [Reponse(POLE, TypePorteur.ASSOCIATION.value, "Dijon")]
    assert not remember_answers(where.academie, given, at=NOW, by=moderator)
    report = read(*rows)
    assert [one["name"] for one in report.carriers["asked"]] == ["Lycée Zzyzx"]
    assert [(one["name"], one["answer"]) for one in report.carriers["told"]] == [(POLE, "association")]
    import_rows(confronted(tmp_path, rows, where, factories.access(moderator)), source="a.csv")
    written = Action.objects.order_by("position").values_list("porteurs__kind", "porteurs__name")
    assert [*written] == [("association", POLE), ("association", POLE.upper())]
    # another académie has its own Pôle jeunesse, which may be the town's
    lyon = factories.territory("Lyon", "69")
    factories.role(moderator, TypeRole.MODERATEUR, academie=lyon.academie)
    elsewhere = examine(confronted(tmp_path, rows, lyon, factories.access(moderator))())
    assert POLE in {one["name"] for one in elsewhere.carriers["asked"]}


@pytest.mark.django_db
def test_a_name_can_be_a_school_and_a_carrier_known_already_is_not_asked_about(
    read: Any, where: Territory, moderator: User
) -> None:
    school = factories.make_uai(1)
    remember_answers(where.academie, [Reponse(POLE, school, "Dijon")], at=NOW, by=moderator)
    Porteur.objects.create(academie=where.academie, kind=TypePorteur.TERRITOIRE, name="Le Grand Autunois")
    report = read(HEAD, ("Forum", POLE, "Dijon"), ("Salon", "Le Grand Autunois", ""))
    assert carriers(report) == [[f"Collège Dijon 1, Dijon ({school})"], ["Le Grand Autunois"]]
    # the school of one commune is not that of another
    assert read(HEAD, ("Forum", POLE, "Beaune")).carriers["asked"]
    said = Reponse(POLE, TypePorteur.ASSOCIATION.value, "Dijon", shown=school)
    assert not remember_answers(where.academie, [said], at=NOW, by=moderator)
    assert carriers(read(HEAD, ("Forum", POLE, "Dijon"))) == [[f"{POLE}, Dijon"]]
    taken_back = Reponse(POLE, "", "Dijon", shown=TypePorteur.ASSOCIATION.value)
    assert remember_answers(where.academie, [replace(taken_back, shown=school)], at=NOW, by=moderator) == [
        POLE
    ]
    remember_told(where.academie, {POLE: school}, at=NOW)
    assert len(carriers(read(HEAD, ("Forum", POLE, "Dijon"), ("Salon", POLE, "Beaune")))) == 2
    told = {POLE: TypePorteur.ASSOCIATION.value}
    assert carriers(read(HEAD, ("Forum", POLE, "Dijon"), organismes=told)) == [[f"{POLE}, Dijon"]]
    assert not remember_answers(where.academie, [replace(taken_back, shown=school)], at=NOW, by=moderator)
    # nobody has answered then: it is not that the directory holds none
    assert not ReponseReconnaissance.objects.filter(etablissement=None, kind="").exists()


@pytest.mark.django_db
def test_no_school_of_a_long_list_is_lost(read: Any, where: Territory) -> None:
    names = [f"{first}{last}" for first in ("Mont", "Val", "Roch", "Font", "Bois") for last in
             ("igny", "ac", "eville", "court", "oise", "anges", "elles")]  # fmt: skip
    for number, name in enumerate(names, start=10):
        factories.school(where, number, name=f"Collège {name}", commune=f"{name}-la-Ville")
    cell = " ; ".join(f"Clg {name}, {name}-la-Ville" for name in names)
    [told] = carriers(read(HEAD, ("Forum", cell, "")))
    assert len({*told}) == len(names) == 35


@pytest.mark.django_db
def test_a_cell_that_is_a_text_or_a_whole_directory_costs_and_tells_little(read: Any) -> None:
    many = " ; ".join(f"Collège Inventé {number}" for number in range(60))
    told = remarks(read(HEAD, ("Forum", many, "")))
    assert len(told) == 11
    assert told[-1].startswith("D’autres mots de cette case")
    told = remarks(read(HEAD, ("Forum", " ; ".join(f"Lycée {number}" for number in range(201)), "")))
    said = "Cette case nomme 201 porteurs, 200 au plus."
    assert told == [f"{said} Écrivez l’UAI de chacun, ou nommez l’organisme qui les réunit."]
    report = read(HEAD, ("Forum", "Contrat local de santé " * 9, ""))
    [long] = remarks(report)
    assert (long.endswith("par des points-virgules."), report.carriers["asked"]) == (True, [])


@pytest.mark.django_db
@pytest.mark.parametrize("porteur", ["Mairie de Nolay", factories.make_uai(1), "Collège Dijon 1, Dijon"])
def test_a_list_that_names_no_carrier_takes_one_for_the_whole_file(read: Any, porteur: str) -> None:
    rows = (("Titre", "Date"), ("Forum", "10/03/2027"), ("Salon", "11/03/2027"))
    report = read(*rows)
    assert report.carriers["without"] == len(remarks(report)) == 2
    assert "dites qui porte toutes les lignes" in remarks(report)[0]
    assert len(carriers(read(*rows, answers={"porteur": porteur}))) == 2


@pytest.mark.django_db
def test_a_place_that_is_no_school_carries_nothing(read: Any) -> None:
    rows = (
        ("Titre", "Lieu", "UAI"),
        ("Forum", "Salle des fêtes", ""),
        ("Salon", "Médiathèque", ""),
        ("Portes ouvertes", "Collège Dijon 1, Dijon", ""),
    )
    report = read(*rows)
    assert [row["title"] for row in report.rows[Fate.NEW]] == ["Portes ouvertes"]
    assert "« Médiathèque » est un lieu" in remarks(report)[1]
    assert not report.carriers["asked"]
    told = read(*rows, answers={"porteur": "Mairie de Nolay"})
    assert carriers(told)[:2] == [["Mairie de Nolay"], ["Mairie de Nolay"]]
    assert not told.advice, "it is kept as the place: see test_lieux.py"


@pytest.mark.django_db
def test_an_official_name_that_holds_a_comma_is_one_school(read: Any, where: Territory) -> None:
    name = "Section d’enseignement professionnel, Lycée polyvalent Albert Einstein"
    school = factories.school(where, 7, name=name, commune="Auxonne", kind=TypePorteur.LYCEE_PROFESSIONNEL)
    factories.school(
        where, 8, name="Lycée polyvalent Albert Einstein", commune="Auxonne", kind=TypePorteur.LYCEE
    )
    report = read(
        (*HEAD, "UAI"),
        ("Avec son UAI", name, "Auxonne", school.uai),
        ("Sans", name, "Auxonne", ""),
        ("En une case", f"{name}, Auxonne ; CIO", "", ""),
        ("En abrégé", "SEP, LPO Albert Einstein", "Auxonne", ""),
        ("Un organisme", "Collège Dijon 1, mairie d’Auxonne", "Dijon", ""),
        ("Deux", "Collège Dijon 1, Lycée polyvalent Albert Einstein", "", ""),
        ("Un autre nom", "Collège Dijon 1", "Dijon", school.uai),
    )
    whole = f"{name}, Auxonne ({school.uai})"
    assert carriers(report) == [
        [whole],
        [whole],
        [whole, "CIO"],
        [whole],
        [f"Collège Dijon 1, Dijon ({factories.make_uai(1)})", "mairie d’Auxonne"],
        [f"Collège Dijon 1, Dijon ({factories.make_uai(1)})", str_of(where, 8)],
        [whole],
    ]
    assert "l’UAI est suivi" in report.advice[0]["message"]


def str_of(where: Territory, number: int) -> str:
    school = where.departement.etablissements.get(uai=factories.make_uai(number))
    return f"{school.name}, {school.commune} ({school.uai})"


@pytest.mark.django_db
def test_a_school_of_another_academie_is_named_as_such(read: Any, where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    factories.school(lyon, 1, name="Lycée Marc Bloch", commune="Bron", kind=TypePorteur.LYCEE)
    far = Departement.objects.create(code="988", name="Nouvelle-Calédonie")
    columns = {"name": "Lycée Lapérouse", "commune": "Nouméa", "kind": TypePorteur.LYCEE}
    factories.school(lyon, 2, departement=far, bassin=None, **columns)
    report = read(
        (*HEAD, "Académie"),
        ("Par son nom", "Lycée Marc Bloch", "Bron", ""),
        ("En une case", "Lycée Marc Bloch, Bron", "", "ac-dijon"),
        ("Par la colonne", "Lycée Marc Bloch", "", "Académie de Lyon"),
        ("La colonne seule", "Mairie de Bron", "", "LYON"),
        ("Un vice-rectorat", "Lycée Lapérouse", "Nouméa", ""),
        ("D’ici", "Collège Dijon 1", "Dijon", "Dijon"),
    )
    bloch = f"« Lycée Marc Bloch, Bron ({factories.make_uai(1, '069')}) » est de l’académie de Lyon."
    advice = "Retirez la ligne, ou confiez-la à son académie."
    assert remarks(report)[:4] == [f"{bloch} {advice}"] * 3 + [
        f"Cette ligne est de l’académie de Lyon. {advice}"
    ]
    assert "est de Nouvelle-Calédonie, qui relève d’un vice-rectorat" in remarks(report)[4]
    assert not report.carriers["asked"]
    assert [row["title"] for row in report.rows[Fate.NEW]] == ["D’ici"]


@pytest.mark.django_db
def test_a_namesake_in_another_town_is_asked_about(read: Any, where: Territory) -> None:
    """A school the directory does not hold, in a town it may not know, is not taken for one far away."""
    lyon = factories.territory("Lyon", "69")
    factories.school(lyon, 1, name="Lycée Marc Bloch", commune="Bron", kind=TypePorteur.LYCEE)
    report = read(HEAD, ("Ailleurs", "Lycée Marc Bloch", "Trifouilly"))
    assert report.carriers["asked"]
    [remark] = remarks(report)
    assert remark.startswith("« Lycée Marc Bloch » n’est pas reconnu à coup sûr dans l’annuaire.")
    assert remark.endswith("Sinon, vérifiez la commune, ou écrivez l’UAI.")


def test_a_name_that_commas_part_is_told_to_be_taken_for_one() -> None:
    told = []
    for name in ("Le Lien, le Cresna, Les Petits Débrouillards", "Mairie, Nolay"):
        row = Row("", 2, ())
        tell_name(row, PorteurSaisi(kind=TypePorteur.ASSOCIATION, name=name))
        told.append([(one.message, one.blocks) for one in row.remarks])
    message = "« Le Lien, le Cresna, Les Petits Débrouillards » est pris pour un seul porteur."
    assert told == [[(message, False)], []]


@pytest.mark.django_db
def test_half_a_name_that_says_no_school_is_asked_about(read: Any, where: Territory) -> None:
    factories.school(where, 7, name="Collège Champ-Lumière", commune="Selongey", kind=TypePorteur.COLLEGE)
    factories.school(where, 8, name="Collège François Verdier", commune="Leguevin", kind=TypePorteur.COLLEGE)
    named = ("Champ social", "Françoise", "Champ Lumière", "Collège du Champ Lumiere")
    report = read(HEAD, *((f"Action {number}", name, "") for number, name in enumerate(named)))
    assert carriers(report) == [[str_of(where, 7)]] * 2
    assert [one["name"] for one in report.carriers["asked"]] == ["Champ social", "Françoise"]
    assert remarks(report)[0].endswith("Écrivez son UAI. Sinon, dites une fois ce que c’est.")


@pytest.mark.django_db
def test_that_no_school_of_the_name_is_in_the_commune_written_is_told_first(
    read: Any, where: Territory
) -> None:
    towns = ("Montbard", "Quetigny", "Nolay")
    names = (*["Collège Jean Rostand"] * 2, "Collège Edgar Faure")
    for number, (name, town) in enumerate(zip(names, towns, strict=True), 11):
        factories.school(where, number, name=name, commune=town, kind=TypePorteur.COLLEGE)
    report = read(
        HEAD,
        ("Le nom de deux", names[0], "Dijon"),
        ("En une case", f"{names[0]}, Dijon", ""),
        ("Sans commune", names[0], ""),
        ("Le nom d’un seul", names[2], "Dijon"),
        ("Le bon", names[2], "Nolay"),
    )
    asked = [one.split(" dans l’annuaire. ")[1].split(", Montbard")[0] for one in remarks(report)]
    none = "Aucun établissement de ce nom dans la commune"
    assert asked == [
        f"{none} « Dijon » : vérifiez-la. Sinon, est-ce {names[0]}",
        f"{none} écrite : vérifiez-la. Sinon, est-ce {names[0]}",
        f"Est-ce {names[0]}",
    ]
    told = [[remark["message"][-32:] for remark in row["remarks"]] for row in report.rows[Fate.NEW]]
    assert told == [["la commune écrite est une autre."], []]


@pytest.mark.django_db
def test_the_command_lists_the_names_takes_answers_and_keeps_them(
    where: Territory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    csv((HEAD, ("Forum", POLE, "Dijon"), ("Salon", "", "")))(path)
    options = ["import_recensement", str(path), "--academie", "dijon", "--edition", "2026-2027"]
    told = [f"--organisme={POLE}=association", "--organisme=Zzz=autre", "--porteur=Mairie de Nolay"]
    call_command(*options, "--dry-run")
    assert f'--organisme "{POLE}=association"   (1 ligne, d’abord la 2)' in capsys.readouterr().out
    call_command(*options, *told, "--dry-run")
    said = capsys.readouterr().out
    assert "2 fiches nouvelles" in said
    assert "« Zzz » : ce porteur n’est pas dans le fichier" in said
    assert not ReponseReconnaissance.objects.exists()
    with pytest.raises(CommandError, match="ni un genre d’organisme"):
        call_command(*options, f"--organisme={POLE}=college")
    with pytest.raises(CommandError, match="ne connaît pas le code"):
        call_command(*options, f"--porteur={factories.make_uai(9)}")
    call_command(*options, told[0])
    assert ReponseReconnaissance.objects.get().kind == TypePorteur.ASSOCIATION
    call_command(*options)
    assert "1 déjà sur le site" in capsys.readouterr().out
    csv((("Titre", "Date"), ("Forum", "12/03/2027")))(path)
    call_command(*options, "--dry-run")
    assert "Aucune colonne ne donne ni l’établissement" in capsys.readouterr().out
    call_command(*options, told[2], "--dry-run")
    assert "Aucune colonne" not in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_told(where: Territory, moderator: User) -> None:
    kinds = [TypePorteur.ASSOCIATION.value, TypePorteur.COLLECTIVITE.value]

    def answer(number: int) -> tuple[str, list[str]]:
        given = [Reponse(POLE, kinds[number])]
        return kinds[number], remember_answers(where.academie, given, at=NOW, by=moderator)

    told: Any = at_once(2, answer)
    held = ReponseReconnaissance.objects.get()
    assert dict(told) == {kind: [] if kind == held.kind else [POLE] for kind in kinds}
    # who was shown the answer may change it
    other = next(kind for kind in kinds if kind != held.kind)
    again = [Reponse(POLE, other, shown=held.kind)]
    assert not remember_answers(where.academie, again, at=NOW, by=moderator)
    assert ReponseReconnaissance.objects.get().kind == other
    remember(where.academie, POLE, "", None, at=NOW, by=moderator)
    assert ReponseReconnaissance.objects.get().kind == ""
