"""Out, edited offline, and back: nothing lost, every difference shown, what the site changed kept."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.queries import content_of
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot
from accroche.imports.operations.recensement import OTHERS
from accroche.imports.queries.export import Contenance, TableauFiches, columns_for, exported
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import letter
from accroche.imports.recensement.review import SHOWN
from accroche.imports.recensement.round_trip import COLUMNS
from accroche.imports.recensement.verdicts import Fate
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx
from accroche.lib.tableur.cellules import neutral
from tests import factories
from tests.factories import make_uai
from tests.thorough import examples

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Territory:
    found = factories.territory()
    first = factories.school(found, 1)
    factories.action(found, first, title="Forum", classes="4e", starts=dt.date(2027, 3, 14), audience_size=30)
    factories.action(found, first, title="=HYPERLINK(1)", description="+33 1\n@a", etat=Etat.TO_COMPLETE)
    factories.action(found, first, title="Publiée", etat=Etat.PUBLISHED)
    factories.action(found, first, title="Brouillon", etat=Etat.DRAFT)
    return found


def export(client: Client, where: Territory, form: str = "xlsx", what: str = "file") -> bytes:
    asked: dict[str, Any] = {
        "academie": where.academie.pk,
        "edition": where.semaine.edition.pk,
        "contenu": what,
        "format": form,
    }
    answer: Any = client.get(reverse("imports:export"), asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def back(client: Client, where: Territory, content: bytes, name: str = "fiches.xlsx") -> Depot:
    form = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    client.post(reverse("imports:recensement"), form | {"fichier": SimpleUploadedFile(name, content)})
    return Depot.objects.latest("pk")


def opened(content: bytes) -> tuple[Any, Any]:
    book = openpyxl.load_workbook(BytesIO(content))
    return book, book["Fiches"]


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet: Any, champ: Champ) -> int:
    return next(int(cell.column) for cell in sheet[1] if cell.value == champ.label)


def test_the_workbook_is_typed_frozen_filtered_and_explained(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where))
    assert book.sheetnames == ["Fiches", "origine", "Lisez-moi"]
    assert book["origine"].sheet_state == "veryHidden"
    assert sheet.max_row == 3  # neither the published nor the draft
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:{letter(len(COLUMNS) - 1)}3")
    assert sheet.cell(2, column(sheet, Champ.DEBUT)).value == dt.datetime(2027, 3, 14)  # noqa: DTZ001 - a cell has none
    assert sheet.cell(2, column(sheet, Champ.EFFECTIF)).value == 30
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}  # « f » would be a formula
    assert sheet.cell(3, column(sheet, Champ.TITRE)).quotePrefix
    told = [row[0].value for row in book["Lisez-moi"]]
    assert Champ.THEMES.label in told
    text = export(client, where, "csv").decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in text
    assert "\"'+33 1" in text


def test_private_columns_are_for_who_moderates_there(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    other = factories.access(factories.person(TypeRole.MODERATEUR, academie=lyon.academie))
    own = factories.access(factories.person(TypeRole.MODERATEUR, "a@ac-dijon.fr", academie=where.academie))
    assert Champ.COURRIEL in columns_for(where.academie, own)
    assert not {Champ.COURRIEL, Champ.TELEPHONE, Champ.CONTACT} & set(columns_for(where.academie, other))
    edition = where.semaine.edition
    assert exported(where.academie, edition, Contenance.FILE, own).count() == 2
    assert not exported(where.academie, edition, Contenance.FILE, other).exists()
    assert exported(where.academie, edition, Contenance.CATALOGUE, other).count() == 1


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_that_comes_back_untouched_changes_nothing(
    client: Client, where: Territory, form: str
) -> None:
    for what, count in (("file", 2), ("catalogue", 1)):
        depot = back(client, where, export(client, where, form, what), f"a.{form}")
        assert depot.report["counts"] == {
            "new": 0, "same": count, "changed": 0, "twice": 0, "refused": 0, "advice": 0, "left_out": 0
        }  # fmt: skip


def test_what_the_file_changes_is_shown_cell_by_cell_then_written(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where))
    sheet.cell(2, column(sheet, Champ.CLASSES)).value = None
    sheet.cell(2, column(sheet, Champ.EFFECTIF)).value = 45
    sheet.append([None] * 3 + ["Salon", None, make_uai(1)])
    depot = back(client, where, saved(book))
    [row] = depot.report["rows"]["changed"]
    assert [(one["label"], one["before"], one["site"], one["file"]) for one in row["differences"]] == [
        ("Classes", "4e", "4e", "(vide)"),
        ("Nombre d’élèves", "30", "30", "45"),
    ]
    assert not row["conflict"]
    client.post(reverse("imports:importer", args=[depot.pk]))
    forum = Action.objects.get(title="Forum")
    assert (forum.classes, forum.audience_size, forum.etat) == ("", 45, Etat.SUBMITTED)
    assert Action.objects.filter(title="Salon", etat=Etat.SUBMITTED).exists()


@pytest.mark.any_database
@pytest.mark.parametrize(("choice", "classes"), [("", "3e"), ("site", "3e"), ("file", "5e")])
def test_what_the_site_changed_meanwhile_is_kept_unless_chosen(
    client: Client, where: Territory, choice: str, classes: str
) -> None:
    book, sheet = opened(export(client, where))
    sheet.cell(2, column(sheet, Champ.CLASSES)).value = "5e"
    sheet.cell(2, column(sheet, Champ.EFFECTIF)).value = 45
    # the site: another class, and a description that the file does not touch
    Action.objects.filter(title="Forum").update(classes="3e", description="Autre.", version=7)
    depot = back(client, where, saved(book))
    [row] = depot.report["rows"]["changed"]
    assert [
        (one["label"], one["before"], one["site"], one["file"], one["conflict"]) for one in row["differences"]
    ] == [
        ("Classes", "4e", "3e", "5e", True),
        ("Nombre d’élèves", "30", "30", "45", False),
    ]
    assert "Conflit" in client.get(reverse("imports:depot", args=[depot.pk])).content.decode()
    key = f"choix:{row['differences'][0]['key']}"
    client.post(reverse("imports:importer", args=[depot.pk]), {key: choice} if choice else {})
    forum = Action.objects.get(title="Forum")
    assert (forum.classes, forum.audience_size, forum.description) == (classes, 45, "Autre.")


@pytest.mark.any_database
def test_each_cell_in_conflict_is_chosen_by_itself(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where))
    sheet.cell(2, column(sheet, Champ.CLASSES)).value = "5e"
    sheet.cell(2, column(sheet, Champ.DESCRIPTION)).value = "Fichier."
    sheet.cell(3, column(sheet, Champ.CLASSES)).value = "5e"
    Action.objects.exclude(etat=Etat.PUBLISHED).update(classes="3e", description="Site.", version=7)
    depot = back(client, where, saved(book))
    page = reverse("imports:depot", args=[depot.pk])
    told = client.get(page).content.decode()
    keys = [one["key"] for row in depot.report["rows"]["changed"] for one in row["differences"]]
    assert [key.rpartition(":")[2] for key in keys] == ["classes", "description", "classes"]
    assert all(f'name="choix:{key}"' in told for key in keys)
    assert "3&nbsp;cases en conflit" in told or "3 cases en conflit" in told
    # all at once without a script: a link ticks them, nothing is written
    everywhere = client.get(page, {"conflits": "fichier"}).content.decode()
    ticked = [" ".join(text.split()).count('value="file" checked') for text in (told, everywhere)]
    assert ticked == [0, 3]
    client.post(reverse("imports:importer", args=[depot.pk]), {f"choix:{keys[1]}": "file"})
    first, second = Action.objects.order_by("pk")[:2]
    assert (first.classes, first.description, second.classes) == ("3e", "Fichier.", "3e")
    ended = " ".join(client.get(page).content.decode().split())
    assert "3 cases étaient en conflit&nbsp;: le fichier est pris pour 1, le site gardé pour 2." in ended


@pytest.mark.any_database
@pytest.mark.parametrize(("choice", "classes"), [("", "3e"), ("site", "3e"), ("file", "5e")])
def test_one_choice_settles_the_conflicts_that_are_not_shown(
    client: Client, where: Territory, monkeypatch: pytest.MonkeyPatch, choice: str, classes: str
) -> None:
    monkeypatch.setitem(SHOWN, Fate.CHANGED, 1)
    book, sheet = opened(export(client, where))
    for row in (2, 3):
        sheet.cell(row, column(sheet, Champ.CLASSES)).value = "5e"
    Action.objects.filter(etat__in=[Etat.SUBMITTED, Etat.TO_COMPLETE]).update(classes="3e", version=7)
    depot = back(client, where, saved(book))
    told = client.get(reverse("imports:depot", args=[depot.pk])).content.decode()
    assert "Pour la case suivante en conflit" in told
    assert told.count("fr-fieldset i-choix") == 2
    client.post(reverse("imports:importer", args=[depot.pk]), {"autres": choice} if choice else {})
    # the row that was shown was answered by nobody: the site is kept there
    assert [one.classes for one in Action.objects.order_by("pk")[:2]] == ["3e", classes]


def test_a_choice_about_no_row_is_left_aside(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where))
    sheet.cell(2, column(sheet, Champ.EFFECTIF)).value = 45
    depot = back(client, where, saved(book))
    answer = client.post(reverse("imports:importer", args=[depot.pk]), {"choix:Nulle part:99": "file"})
    assert answer.status_code == 302
    depot.refresh_from_db()
    assert depot.choices == {"Nulle part:99": True, OTHERS: False}
    assert Action.objects.get(title="Forum").audience_size == 45


def test_what_another_tab_read_again_is_shown_before_it_is_written(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where))
    sheet.cell(2, column(sheet, Champ.CLASSES)).value = "5e"
    Action.objects.filter(title="Forum").update(classes="3e", version=7)
    depot = back(client, where, saved(book))
    page = reverse("imports:depot", args=[depot.pk])
    first = client.get(page).context["depot"].job_id
    key = depot.report["rows"]["changed"][0]["differences"][0]["key"]
    # the site changes again, and another tab has the file read again
    Action.objects.filter(title="Forum").update(classes="2de", version=8)
    client.post(reverse("imports:reponses", args=[depot.pk]), {"moment": "semaine"})
    form = {"lecture": str(first), f"choix:{key}": "file"}
    answer = client.post(reverse("imports:importer", args=[depot.pk]), form, follow=True)
    told = answer.content.decode()
    assert "Ce fichier a été relu depuis" in told
    assert Action.objects.get(title="Forum").classes == "2de"
    assert f'name="lecture" value="{answer.context["depot"].job_id}"' in told
    form["lecture"] = str(answer.context["depot"].job_id)
    client.post(reverse("imports:importer", args=[depot.pk]), form)
    assert Action.objects.get(title="Forum").classes == "5e"


def test_a_csv_of_an_older_version_is_a_conflict(client: Client, where: Territory) -> None:
    text = export(client, where, "csv").decode("utf-8-sig").replace(";4e;", ";5e;")
    Action.objects.filter(title="Forum").update(version=3)
    depot = back(client, where, text.encode(), "a.csv")
    [row] = depot.report["rows"]["changed"]
    assert [(one["before"], one["conflict"]) for one in row["differences"]] == [(None, True)]


def test_a_published_sheet_that_changes_goes_back_to_the_queue(client: Client, where: Territory) -> None:
    book, sheet = opened(export(client, where, what="catalogue"))
    sheet.cell(2, column(sheet, Champ.CLASSES)).value = "5e"
    depot = back(client, where, saved(book))
    client.post(reverse("imports:importer", args=[depot.pk]))
    found = Action.objects.get(title="Publiée")
    assert (found.classes, found.etat) == ("5e", Etat.SUBMITTED)


def test_a_number_of_another_academie_is_refused(client: Client, where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    alien = factories.action(lyon, factories.school(lyon))
    book, sheet = opened(export(client, where))
    sheet.cell(2, 1).value = alien.pk
    depot = back(client, where, saved(book))
    [row] = depot.report["rows"]["refused"]
    assert "Aucune fiche de cette semaine" in row["remarks"][0]["message"]


TEXT = st.text(max_size=25)


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXT,
    description=TEXT,
    classes=st.sampled_from(["", "4e A", "=1+1", "'=x", "- 3e", "\t"]),
    note=TEXT,
    size=st.none() | st.integers(0, 10**5),
)
@pytest.mark.any_database
def test_import_of_an_export_is_the_identity(
    client: Client,
    where: Territory,
    title: str,
    description: str,
    classes: str,
    note: str,
    size: int | None,
) -> None:
    """Whatever people wrote, exporting it and importing it back writes nothing."""
    printable = "".join(letter for letter in title if letter.isprintable()).strip() or "Titre"
    Action.objects.filter(title__isnull=False, etat=Etat.SUBMITTED).update(
        title=printable,
        description=description.replace("\0", ""),
        classes=classes,
        audience_note=note.replace("\0", ""),
        audience_size=size,
    )
    before = [content_of(action) for action in Action.objects.order_by("pk")]
    depot = back(client, where, export(client, where, "csv"), "a.csv")
    assert depot.report["counts"]["changed"] == 0, depot.report["rows"]
    assert depot.report["counts"]["new"] == 0
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert [content_of(action) for action in Action.objects.order_by("pk")] == before


def test_sheets_are_exported_in_a_fixed_number_of_queries(
    where: Territory, moderator: User, django_assert_num_queries: Any
) -> None:
    access = factories.access(moderator)
    champs = columns_for(where.academie, access)
    for extra in (0, 3):
        for number in range(extra):
            factories.action(where, title=f"A {number}")
        with django_assert_num_queries(10):
            actions = exported(where.academie, where.semaine.edition, Contenance.FILE, access)
            list(TableauFiches(actions, champs, "").rows())


@given(st.text())
def test_no_cell_of_ours_is_a_formula(text: str) -> None:
    [_, line] = csv_lines(["a"], [[text]])
    assert not line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))


def test_days_of_a_csv_are_read_alike_by_programs_of_all_languages() -> None:
    paris = dt.datetime(2027, 3, 2, 9, tzinfo=dt.UTC)
    [_, line] = csv_lines(["a", "b"], [[dt.date(2027, 3, 2), paris]])
    assert line.strip() == "2027-03-02;2027-03-02"


def test_names_of_sheets_that_excel_refuses_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    names = ["Collèges/Lycées : 2016 [a]*?", "", "History", "a" * 40, "A" * 40]
    write_xlsx(
        path, [Feuille(name, ["t"], [["=1"], [None], [10**20], [dt.date(1850, 1, 1)]]) for name in names]
    )
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 5
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert neutral("=1") == "'=1"
