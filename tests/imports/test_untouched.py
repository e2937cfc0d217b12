"""An export nobody touched comes back and changes nothing, whatever the sheets hold and whatever saved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from openpyxl.utils.escape import unescape

from accroche.actions.cycle import Etat
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    Activite,
    Lien,
    Theme,
)
from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Partenaire
from accroche.comptes.permissions import OPERATOR
from accroche.imports.operations.recensement import examine, import_rows
from accroche.imports.queries.confrontation import Confrontation
from accroche.imports.queries.export import TableauFiches, csv_of, workbook_of
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.review import Review
from accroche.imports.recensement.round_trip import COLUMNS, same_cell
from accroche.imports.recensement.tables import tables_of
from accroche.imports.recensement.verdicts import Fate
from accroche.integrations.tableur import lecteur
from accroche.integrations.tableur.controle import FileKind
from tests import factories
from tests.factories import NOW, Territory
from tests.imports.recensement.nasty import ods

#: Texts that spreadsheets change, or that look like something else.
ODD = (
    "Total des actions", "Nombre d’actions", "Sous-total",
    "007", "0612345678", "12345678901234567890", "3,50", "1/2", "=1+1", "'=1+1", "-",
    "+33 1", "@tous", "oui", "a ; b", "Nature", "Titre de l’action", "_x000D_ et _x0041_",
    "  deux  espaces ", "e\u0301a\u0300", "l'apostrophe", "😀 forum", "2027-03-14", "14/03/2027", "mars 2027",
    "#REF!", "TRUE", "\N{NO-BREAK SPACE}: fin", "lycée et collège", "Moyenne", "n.c.", "« Le 12 »",
)  # fmt: skip
LONG = "Un récit long. \n" * 2400  # more than a cell of a workbook takes


def carried(sheet: Action, *names: tuple[str, str, str]) -> None:
    """Have other organisations carry a sheet as well."""
    for position, (kind, name, commune) in enumerate(names, start=1):
        porteur, _ = Porteur.objects.get_or_create(
            academie=sheet.semaine.academie, kind=kind, name=name, commune=commune
        )
        ActionPorteur.objects.create(action=sheet, porteur=porteur, position=position)


def sheets() -> Territory:
    """Sheets of every shape: states, texts, several carriers and partners, what is unknown, what is long."""
    where = factories.territory()
    schools = [factories.school(where, number) for number in (1, 2)]
    states = [Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED, Etat.DRAFT, Etat.REFUSED]
    for number, text in enumerate(ODD):
        sheet = factories.action(
            where,
            schools[number % 2],
            states[number % len(states)],
            title=text if number % 2 else f"{text} {number}",
            description=f"{text}\n\n{text}",
            place=text,
            classes=text,
            audience_note=text,
            authority=text,
            public_contact=text,
            private_contact=f"Mme {text} nom{number}@ac-dijon.fr",
            private_phone=text[:30],
            private_email="" if number % 3 else "autre@ac-dijon.fr",
            refaire=text,
            temporality=[*Temporalite][number % len(Temporalite)],
            nature=[*Nature][number % len(Nature)],
            starts=dt.date(2027, 3, number % 27 + 1) if number % 3 else None,
            ends=dt.date(2027, 4, 2) if number % 6 == 1 else None,
            audience_size=[None, 0, 7, 1200][number % 4],
            college=bool(number % 2),
            lycee=not number % 5,
            prize="Prix" if number % 2 else "",
            remarkable=not number % 4,
        )
        partner, _ = Partenaire.objects.get_or_create(name=text)
        ActionPartenaire.objects.create(
            action=sheet, partenaire=partner, position=0, role="finance", part=text
        )
        Lien.objects.create(action=sheet, position=0, url="https://exemple.org/a;b", label=text)
        Lien.objects.create(action=sheet, position=1, url=f"https://exemple.org/{number}?q=%20")
        Activite.objects.create(action=sheet, position=0, title=text, description=text)
        sheet.themes.set(
            Theme.objects.get_or_create(code=code)[0] for code in [*CodeTheme][number % 5 : number % 9]
        )
    several = factories.action(where, schools[0], Etat.PUBLISHED, title="À plusieurs", description=LONG)
    carried(
        several,
        (TypePorteur.COLLEGE, "Collège et lycée X, annexe ; site B", "Nulle part"),
        (TypePorteur.AUTRE, "Les Amis de l’école, et d’ailleurs", ""),
    )
    carried(factories.action(where, title="Sans école", lycee=True), (TypePorteur.CIO, "CIO", "Dijon"))
    # once written by another rule than today's
    factories.action(where, schools[1], title="", college=False, temporality="", private_email="")
    return where


def spooled(path: Path) -> Path:
    """What is read of a file, by the reader itself: its bounded process says nothing here."""
    spool = path.with_suffix(".lignes")
    kind = FileKind(path.suffix[1:])
    told = lecteur._csv(path) if kind is FileKind.CSV else lecteur._workbook(path, kind)
    with spool.open("w", encoding="utf-8") as out:
        lecteur._write(told, out)
    return spool


def confrontation(where: Territory, path: Path) -> Confrontation:
    spool = spooled(path)
    return Confrontation(spool, tables_of(spool), where.semaine.edition, where.academie, OPERATOR, NOW)


@dataclass
class Exported:
    """The file of each format, of every sheet; the workbook is read once."""

    where: Territory
    folder: Path

    @cached_property
    def cells(self) -> list[list[Any]]:
        with closing(openpyxl.load_workbook(self.write("xlsx"), read_only=True)) as book:
            return [[_seen(cell) for cell in row] for row in book["Fiches"].iter_rows(values_only=True)]

    def write(self, form: str) -> Path:
        path = self.folder / f"fiches.{form}"
        tableau = TableauFiches(Action.objects.order_by("pk"), COLUMNS, "Fiches")
        if form == "csv":
            path.write_text("".join(csv_of(tableau)), encoding="utf-8", newline="")
        else:
            workbook_of(path, tableau)
        return path

    def grid(self, change: Callable[[Any], Any] = lambda cell: cell) -> list[list[Any]]:
        """The cells of the workbook, as another program holds them."""
        head, *rows = self.cells
        return [[*head], *([change(cell) for cell in row] for row in rows)]


def _seen(cell: Any) -> Any:
    return unescape(cell) if isinstance(cell, str) else cell


def saved(path: Path) -> Path:
    """Opened and saved as it is by another program, which keeps the hidden sheet."""
    openpyxl.load_workbook(path).save(path)
    return path


def written(path: Path, grid: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in grid:
        # what looks like one of its own escapes, or like a formula, is a text
        sheet.append([cell.replace("_x", "_x005F_x") if isinstance(cell, str) else cell for cell in row])
        for cell in sheet[sheet.max_row]:
            if cell.data_type in {"f", "e"}:
                cell.data_type = "s"
    book.save(path)
    return path


def as_ods(one: Exported) -> Path:
    path = one.folder / "autre.ods"
    ods(one.grid(lambda cell: cell.date() if isinstance(cell, dt.datetime) else cell))(path)
    return path


def retyped(cell: Any) -> Any:
    """Dates as texts or numbers, numbers as floats or without their zeros, spaces around texts."""
    if isinstance(cell, dt.datetime):
        zero = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has none
        return f"{cell:%d/%m/%Y}" if cell.day % 2 else (cell - zero).days
    if isinstance(cell, int):
        return float(cell)
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return int(cell) if len(cell) < 16 else f"{float(cell):.5E}".replace(".", ",")
    return f" {cell} " if isinstance(cell, str) and len(cell) < 30_000 else cell


PROGRAMS: dict[str, Callable[[Exported], Path]] = {
    "xlsx": lambda one: one.write("xlsx"),
    "csv": lambda one: one.write("csv"),
    "saved": lambda one: saved(one.write("xlsx")),
    "ods": as_ods,
    "retyped": lambda one: written(one.folder / "retapees.xlsx", one.grid(retyped)),
}


def counts(report: Review) -> dict[str, int]:
    return {name: count for name, count in report.as_json()["counts"].items() if count}


def held() -> dict[str, list[Any]]:
    """All that the database holds of sheets, and its journal."""
    models = [*apps.get_app_config("actions").get_models(), *apps.get_app_config("commun").get_models()]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.django_db
@pytest.mark.any_database
def test_an_export_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    where = sheets()
    exported = Exported(where, tmp_path)
    everything = {Fate.SAME: Action.objects.count()}
    before = held()
    for program, make in PROGRAMS.items():
        path = make(exported)
        one = confrontation(where, path)
        report = examine(one)
        assert counts(report) == everything, (program, report.rows, report.advice, report.left_out)
        assert not any(one.carriers.values()), "nobody is asked who carries what is on the site"
        if program == "xlsx":
            import_rows(lambda path=path: confrontation(where, path), source="a")  # type: ignore[misc]
            assert held() == before


@dataclass
class Edited:
    """The workbook of two sheets in somebody's hands: cells are changed by the heading of their column."""

    exported: Exported

    def __post_init__(self) -> None:
        self.rows = self.exported.grid()

    def at(self, champ: Champ) -> int:
        return self.rows[0].index(champ.label)

    def set(self, row: int, **cells: Any) -> None:
        for name, value in cells.items():
            self.rows[row][self.at(Champ(name))] = value

    def report(self) -> Review:
        path = written(self.exported.folder / "rendu.xlsx", self.rows)
        return examine(confrontation(self.exported.where, path))


@pytest.fixture
def edited(tmp_path: Path, db: None) -> Edited:
    assert db is None
    where = factories.territory()
    first = factories.action(where, factories.school(where, 1), Etat.PUBLISHED, title="Forum", lycee=True)
    factories.action(where, factories.school(where, 2), title="Théâtre")
    codes = (CodeTheme.MATHEMATIQUES, CodeTheme.SPORT, CodeTheme.LANGUE)
    first.themes.set(Theme.objects.get_or_create(code=code)[0] for code in codes)
    for position, name in enumerate(("CAF", "Mission locale")):
        partner = Partenaire.objects.create(name=name)
        ActionPartenaire.objects.create(action=first, partenaire=partner, position=position)
        Lien.objects.create(action=first, position=position, url=f"https://exemple.org/{position}")
    return Edited(Exported(where, tmp_path))


@pytest.mark.any_database
def test_the_order_of_a_list_says_nothing(edited: Edited) -> None:
    for champ in (Champ.THEMES, Champ.NIVEAUX, Champ.PARTENAIRES, Champ.LIENS):
        told = edited.rows[1][edited.at(champ)].split(" ; ")
        assert len(told) > 1
        edited.set(1, **{champ: " ; ".join(reversed(told))})
    report = edited.report()
    assert counts(report) == {Fate.SAME: 2}
    edited.set(1, partenaires="CAF")
    assert counts(edited.report()) == {Fate.SAME: 1, Fate.CHANGED: 1}


@pytest.mark.any_database
def test_a_row_whose_identifier_was_emptied_is_the_same_sheet(edited: Edited) -> None:
    edited.set(1, identifiant=None)
    report = edited.report()
    assert counts(report) == {Fate.SAME: 2, "advice": 1}
    assert "L’identifiant est vide" in report.advice[0]["message"]
    edited.set(1, classes="5e", courriel=None)
    [row] = edited.report().rows[Fate.CHANGED]
    assert [(one["label"], one["file"], one["conflict"]) for one in row["differences"]] == [
        ("Classes", "5e", False),
        ("Courriel", "(vide)", False),
    ]


@pytest.mark.any_database
def test_so_is_one_whose_carriers_nobody_recognises(edited: Edited) -> None:
    sheet = Action.objects.get(title="Théâtre")
    carried(sheet, (TypePorteur.AUTRE, "Les Amis de tout, et d’ailleurs", "Nulle part"))
    edited.rows = Exported(edited.exported.where, edited.exported.folder).grid()
    edited.set(2, identifiant=None)
    assert counts(edited.report()) == {Fate.SAME: 2, "advice": 1}


@pytest.mark.any_database
def test_a_row_copied_with_its_identifier_is_told(edited: Edited) -> None:
    edited.rows.append([*edited.rows[1]])
    report = edited.report()
    assert counts(report) == {Fate.SAME: 2, Fate.TWICE: 1, "advice": 1}
    assert report.advice[0]["message"] == "Même identifiant que la ligne 2."
    # a copy that says something else would be lost
    edited.set(3, titre="Forum du soir")
    [row] = edited.report().rows[Fate.REFUSED]
    assert row["remarks"][0]["message"].startswith("Même identifiant que la ligne 2, qui ne dit pas")


@pytest.mark.any_database
def test_what_a_file_changes_in_vain_is_told(edited: Edited) -> None:
    edited.set(1, etat="Brouillon", prix="Premier prix", etablissement="Collège Autre, Ailleurs")
    report = edited.report()
    assert counts(report) == {Fate.SAME: 2, "advice": 3}
    assert {one["label"] for one in report.advice} == {"État", "Prix", "Établissement"}


@pytest.mark.any_database
def test_a_text_that_a_workbook_cut_is_not_written_over_the_whole(edited: Edited) -> None:
    Action.objects.filter(title="Forum").update(description=LONG)
    edited.rows = Exported(edited.exported.where, edited.exported.folder).grid()
    told = edited.rows[1][edited.at(Champ.DESCRIPTION)]
    edited.set(1, description=told.replace("Un récit", "Un grand récit", 1))
    [row] = edited.report().rows[Fate.REFUSED]
    assert "Le tableur a coupé ce texte" in row["remarks"][0]["message"]
    edited.set(1, description="Tout autre chose.")
    assert counts(edited.report()) == {Fate.SAME: 1, Fate.CHANGED: 1}


@pytest.mark.parametrize(
    ("cell", "ours", "alike"),
    [
        ("0612345678", "0612345678", True),
        (612345678, "0612345678", True),
        ("1,23457E+19", "12345678901234567890", True),
        ("1,23458E+19", "12345678901234567890", False),
        (1.2345678901234567e19, "12345678901234567890", True),
        (613, "0612", False),
        (3.5, "3,50", True),
        (3.5, "3,51", False),
        ("'-", "-", True),
        ("=1\n'=1", "'=1\n'=1", True),
        ("=1\n=1", "'=1\n'=1", False),
        ("=1", "'=1", True),
        ("'-1", "-1", True),
        ("-1", "1", False),
        (46460, dt.date(2027, 3, 14), True),
        (dt.datetime(2027, 3, 14), dt.date(2027, 3, 14), True),  # noqa: DTZ001 - a cell has none
        ("", None, True),
        (" a\r\nb ", "a\nb", True),
        ("a b", "a\nb", False),
        (30.0, 30, True),
        ("30", 30, True),
        (None, 0, False),
        (dt.date(2026, 4, 3), "3/4", True),
        ("03-avr", "3/4", True),
        (dt.date(2026, 4, 3), "3/5", False),
        (dt.date(2026, 3, 1), "3", False),
        (dt.date(2027, 3, 1), "mars 2027", True),
        ("02/03/2027", "2027-03-02", True),
        (dt.date(2026, 4, 3), "3 classes", False),
        (dt.date(2026, 4, 3), "2026", False),
        ("9" * 5000, "9" * 5001, False),
    ],
)
def test_what_is_still_the_cell_we_wrote(cell: Any, ours: Any, alike: bool) -> None:
    assert same_cell(cell, ours) is alike
