"""The pages of an import: uploaded, corrected, shown, confirmed, written; and what stops on the way."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.models import JobState
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot, MemoireColonne
from accroche.imports.operations import depots, travaux
from accroche.imports.operations.recensement import InterruptedImportError
from accroche.imports.queries.memoire import remembered
from accroche.imports.queries.modele import COLUMNS
from accroche.imports.recensement.review import MISSING_SHOWN, RowsNamed
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.tables import from_json
from accroche.imports.recensement.verdicts import Fate, Verdict
from tests import factories
from tests.factories import NOW, make_uai
from tests.imports.recensement.nasty import PLAIN, TITLES, csv, xlsx

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

# the queries of these pages, the matrix asks of both databases
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def upload(client: Client, where: Territory, path: Path, content: bytes | None = None) -> Depot:
    """Send a file as the form does; return what was kept."""
    data = path.read_bytes() if content is None else content
    form: dict[str, Any] = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    form |= {"fichier": SimpleUploadedFile(path.name, data)}
    answer = client.post(reverse("imports:recensement"), form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Depot.objects.latest("pk")


def page(client: Client, depot: Depot) -> str:
    return client.get(reverse("imports:depot", args=[depot.pk])).content.decode()


def test_the_model_is_understood_as_it_is_filled(client: Client, where: Territory) -> None:
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("imports:modele")).content))
    assert len(book["Lisez-moi"]["B"]) > len(COLUMNS)
    book["Actions"].append(["Forum", None, make_uai(1), dt.date(2027, 3, 15), None, "Toute l’année"])
    book.save(filled := BytesIO())
    depot = upload(client, where, Path("modele.xlsx"), filled.getvalue())
    (table,) = from_json(depot.tables).tables
    assert tuple(column.champ for column in table.columns) == COLUMNS
    assert depot.report["counts"]["new"] == 1


def test_a_file_is_shown_before_it_is_written(client: Client, where: Territory, tmp_path: Path) -> None:
    path = tmp_path / "Recensement 2027.xlsx"
    xlsx((*PLAIN, ("Sans école", None, None, "30 février", None, None)))(path)
    depot = upload(client, where, path)
    told = page(client, depot)
    assert "Importer 3" in told
    assert "Il manque l’établissement" in told
    assert "D5" in told
    assert TITLES[0] in told
    assert not Action.objects.exists()
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert Action.objects.filter(etat=Etat.SUBMITTED).count() == 3
    depot.refresh_from_db()
    assert depot.written_at
    assert not depot.source.exists()
    assert not depot.spool.exists()
    assert "3\xa0fiches nouvelles attendent" in page(client, depot)
    again = client.post(reverse("imports:importer", args=[depot.pk]), follow=True)
    assert "déjà importé" in again.content.decode()
    assert Action.objects.count() == 3


def test_the_file_to_correct_imports_again(client: Client, where: Territory, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    xlsx((*PLAIN, ("Salon", None, make_uai(2), "30 février", None, 12)))(path)
    depot = upload(client, where, path)
    client.post(reverse("imports:importer", args=[depot.pk]))
    answer = client.get(reverse("imports:a_corriger", args=[depot.pk]))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    sheet: Any = book.active
    assert [cell.value for cell in sheet[1]] == [*PLAIN[0], "À corriger"]
    assert sheet.max_row == 2
    assert "n’existe pas" in sheet["G2"].value
    assert sheet.freeze_panes == "A2"
    sheet["D2"] = "14/03/2027"
    book.save(path)
    again = upload(client, where, path)
    assert again.report["counts"] | {"new": 1, "refused": 0} == again.report["counts"]
    client.post(reverse("imports:importer", args=[again.pk]))
    assert Action.objects.get(title="Salon").starts == dt.date(2027, 3, 14)


def test_what_the_whole_file_was_asked_is_in_its_rows_to_correct(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    told, bal = ("Titre", "UAI", "Date", "Moment"), ("Bal", None, "12/03/2027", "Toute l’année")
    xlsx((told, ("Salon", make_uai(2), "30 février", None), bal))(path)
    depot = upload(client, where, path)
    depot.answers = {"moment": "semaine", "niveaux": "Collège ; Lycée", "porteur": "Mairie de Nolay"}
    depot.save()
    answer = client.get(reverse("imports:a_corriger", args=[depot.pk]))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = [row[:-1] for row in book.active.values]  # type: ignore[union-attr]
    assert rows == [
        (*told, "Niveaux", "Établissement"),
        ("Salon", make_uai(2), "30 février", "Pendant la semaine", "Collège ; Lycée", None),
        (*bal, "Collège ; Lycée", "Mairie de Nolay"),
    ]
    book.save(path)
    again = upload(client, where, path)
    assert again.report["counts"] | {"new": 1, "refused": 1} == again.report["counts"]
    assert not again.answers


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((4, 4, 5), "lignes 4, 5"),
        ((4, 4), "ligne 4"),
        ((*range(1, MISSING_SHOWN), 12, 12), "lignes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
        ((*range(1, MISSING_SHOWN), 12, 13), "lignes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12…"),
    ],
)
def test_a_row_of_several_actions_is_named_once(numbers: tuple[int, ...], told: str) -> None:
    one = RowsNamed()
    for number in numbers:
        one.add(Verdict(Row("a", number, ()), Fate.NEW))
    assert one.where == f"{len(numbers)} fiches ({told})"
    html = render_to_string("imports/_lignes_dites.html", {"one": one.as_json(), "several_sheets": False})
    assert " ".join(html.split()) == f"({told}).".replace("…", ", …")


@pytest.mark.any_database
def test_columns_left_aside_are_named_in_sight(client: Client, where: Territory, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    headings = ("N°", *PLAIN[0], "Gymnase", "Titre de l’action", "Avis <b>du</b> conseil")
    csv((headings, *((7, *row, "oui", "autre", "favorable") for row in PLAIN[1:])))(path)
    told = page(client, upload(client, where, path))
    sight, _, _ = told.partition("<details")
    assert "3\xa0colonnes ne sont pas reprises" in sight
    named = [" ".join(text.split()) for text in re.findall("«&nbsp;(.*?\\(.\\))", sight)]
    assert named == [
        "Gymnase&nbsp;» (H)",
        "Titre de l’action&nbsp;» (I)",
        "Avis &lt;b&gt;du&lt;/b&gt; conseil&nbsp;» (J)",
    ]
    assert "d’en-tête" not in sight
    csv(((*PLAIN[0], "", ""), *((*row, "", "noté à part") for row in PLAIN[1:])))(path)
    sight, _, _ = page(client, upload(client, where, path)).partition("<details")
    assert "Une colonne n’a pas d’en-tête</strong>&nbsp;:\n    H." in sight
    assert "pas reprises" not in sight


@pytest.mark.any_database
def test_advice_is_told_once_for_all_its_rows_even_without_new_sheets(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    csv()(path)
    client.post(reverse("imports:importer", args=[upload(client, where, path).pk]))
    csv(
        (
            (*PLAIN[0], "Thèmes", "Classes"),
            *((*row, f"Orientation ; Rien {at}", "4e") for at, row in enumerate(PLAIN[1:])),
        )
    )(path)
    told = page(client, upload(client, where, path))
    assert "Fiches nouvelles" not in told
    assert [f"«\xa0Rien {at}\xa0» n’est pas un thème" in told for at in range(3)] == [True] * 3
    assert told.count("Thèmes possibles") == 1


@pytest.mark.any_database
def test_what_the_columns_still_have_to_say_is_said(client: Client, where: Territory, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    csv((("", "Établissement", "Dates"), ("Forum", "Collège Dijon 1", "14/03/2027")))(path)
    told = " ".join(page(client, upload(client, where, path)).split())
    assert "Aucune colonne ne donne le titre de l’action." in told
    assert "Une colonne n’a pas d’en-tête</strong>&nbsp;: A." in told
    assert "En-têtes lus à la ligne 1." in told


def test_a_writing_that_failed_may_be_asked_for_again(
    client: Client, where: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    csv()(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")

    def fail(*_: Any, **__: Any) -> None:
        raise InterruptedImportError("Quelqu’un a écrit les mêmes fiches. Recommencez.")

    with monkeypatch.context() as broken:
        broken.setattr(travaux, "import_rows", fail)
        client.post(reverse("imports:importer", args=[depot.pk]))
    told = page(client, depot)
    assert "L’import n’a pas abouti" in told
    assert "Importer 3" in told
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert Action.objects.count() == 3


@pytest.mark.any_database
def test_the_academie_is_asked_only_of_who_has_several(
    client: Client, where: Territory, moderator: User
) -> None:
    def asked() -> tuple[int, int]:
        told = client.get(reverse("imports:recensement")).content.decode()
        return told.count('<select name="academie"'), told.count('type="hidden" name="academie"')

    assert asked() == (0, 2)
    factories.role(moderator, TypeRole.MODERATEUR, academie=factories.territory("Lyon", "69").academie)
    assert asked() == (2, 0)


def test_columns_nobody_knows_are_asked_and_remembered(
    client: Client, where: Territory, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    csv((("Rouge", "Vert"), ("Forum", make_uai(1))))(path)
    depot = upload(client, where, path)
    told = page(client, depot)
    assert "Dites ce que contiennent les colonnes" in told
    assert "ne ressemble pas à une liste d’actions" in told
    assert "Forum" in told
    client.post(reverse("imports:colonnes", args=[depot.pk]), {"s0c0": "titre", "s0c1": "uai"})
    assert "Importer 1" in page(client, depot)
    # the codes of schools told what they are
    assert remembered(where.academie) == {"rouge": "titre"}
    assert "Importer 1" in page(client, upload(client, where, path))
    # said otherwise: forgotten when it is our own guess
    depot = upload(client, where, path)
    client.post(reverse("imports:colonnes", args=[depot.pk]), {"s0c0": "ignore", "s0c1": "uai"})
    assert not MemoireColonne.objects.exists()
    answer = client.post(reverse("imports:colonnes", args=[depot.pk]), {"s0c0": "rien"}, follow=True)
    assert "Choisissez pour chaque colonne" in answer.content.decode()
    # « Action 2 » left aside says nothing of « Action », in another file
    csv((("UAI", "Action 1", "Action 2"), (make_uai(1), "Forum", "Café"), (make_uai(2), "Bal", "Défi")))(path)
    depot = upload(client, where, path)
    chosen = {"s0c0": "uai", "s0c1": "titre", "s0c2": "ignore"}
    client.post(reverse("imports:colonnes", args=[depot.pk]), chosen)
    assert "Importer 2" in page(client, depot)
    assert not MemoireColonne.objects.exists()


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "une image"),
        (b"%PDF-1.4", "un PDF"),
        (b"PK\x03\x04", "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 10, "ancien format"),
    ],
)
def test_a_file_that_is_no_table_is_refused_on_its_page(
    client: Client, where: Territory, content: bytes, words: str
) -> None:
    depot = upload(client, where, Path("photo.xlsx"), content)
    told = page(client, depot)
    assert words in told
    assert "Déposer un autre fichier" in told
    assert not depot.folder.exists()


@pytest.mark.any_database
def test_an_upload_without_file_or_for_another_academie_is_refused(
    client: Client, where: Territory, settings: Any
) -> None:
    form = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    assert "Choisissez un fichier" in client.post(reverse("imports:recensement"), form).content.decode()
    other = factories.territory("Lyon", "69")
    form = {"academie": other.academie.pk, "edition": where.semaine.edition.pk}
    file = SimpleUploadedFile("a.csv", b"titre;uai\n")
    answer = client.post(reverse("imports:recensement"), form | {"fichier": file})
    assert answer.status_code == 200
    assert "Ce n’est pas une académie que vous relisez" in answer.content.decode()
    assert not Depot.objects.exists()


@pytest.mark.any_database
def test_a_file_too_large_is_refused_in_the_form(
    client: Client, where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depots, "MAX_BYTES", 10)
    form: dict[str, Any] = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    form |= {"fichier": SimpleUploadedFile("a.csv", b"titre;uai\nForum;0")}
    assert "partagez-le" in client.post(reverse("imports:recensement"), form).content.decode()
    assert not Depot.objects.exists()


def test_a_large_file_waits_for_a_worker_and_tells_how_far_it_is(
    client: Client, where: Territory, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WORKER = "separate"
    monkeypatch.setattr(depots, "AT_ONCE", 0)
    csv()(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")
    assert "Lecture du fichier" in page(client, depot)
    look = reverse("imports:avancement", args=[depot.pk])
    assert client.get(look).json() == {"over": False, "done": 0, "total": 0}
    call_command("work", once=True, stdout=StringIO())
    assert client.get(look).json()["over"] is True
    assert "Importer 3" in page(client, depot)
    client.post(reverse("imports:importer", args=[depot.pk]))
    assert "Écriture des fiches" in page(client, depot)
    call_command("work", once=True, stdout=StringIO())
    assert Action.objects.count() == 3


def test_giving_up_stops_the_work_and_erases_the_file(
    client: Client, where: Territory, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WORKER = "separate"
    monkeypatch.setattr(depots, "AT_ONCE", 0)
    csv()(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")
    client.post(reverse("imports:abandonner", args=[depot.pk]))
    depot.refresh_from_db()
    assert depot.job
    assert depot.job.state == JobState.CANCELLED
    assert not depot.folder.exists()
    assert "abandonné" in page(client, depot)
    call_command("work", once=True, stdout=StringIO())
    assert not Action.objects.exists()


def test_who_lost_the_role_meanwhile_writes_nothing(
    client: Client, where: Territory, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    csv()(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")
    settings.WORKER = "separate"
    monkeypatch.setattr(depots, "AT_ONCE", 0)
    client.post(reverse("imports:importer", args=[depot.pk]))
    Role.objects.update(ended_at=timezone.now())
    call_command("work", once=True, stdout=StringIO())
    depot.refresh_from_db()
    assert depot.job
    assert "plus le droit" in depot.job.error
    assert not Action.objects.exists()


def test_old_files_go(client: Client, where: Territory, tmp_path: Path) -> None:
    csv()(tmp_path / "r.csv")
    depot = upload(client, where, tmp_path / "r.csv")
    assert depots.purge(timezone.now()) == 0
    assert depot.source.exists()
    assert depots.purge(timezone.now() + depots.KEPT) == 1
    assert not depot.folder.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client: Client, where: Territory, moderator: User, rows: int
) -> None:
    for number in range(rows):
        Depot.objects.create(
            owner=moderator,
            academie=where.academie,
            edition=where.semaine.edition,
            name=f"{number}.csv",
            size=1,
            token=str(number),
            created_at=NOW,
        )
    with CaptureQueriesContext(connection) as captured:
        content = client.get(reverse("imports:recensement")).content.decode()
    assert content.count(".csv</a>") == rows
    assert len(captured) == 13


def test_an_academie_has_so_many_files_waiting(
    client: Client, where: Territory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xlsx"
    xlsx(PLAIN)(path)
    monkeypatch.setattr(depots, "MAX_WAITING", 1)
    depot = upload(client, where, path)
    assert depot.source.stat().st_mode & 0o777 == 0o600
    form = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    again = client.post(
        reverse("imports:recensement"), form | {"fichier": SimpleUploadedFile("s.xlsx", path.read_bytes())}
    )
    assert "L’académie a déjà 1 tableau sans décision" in again.content.decode()
    assert Depot.objects.get() == depot
    assert [folder.name for folder in Depot.root().iterdir() if folder.name == depot.token] == [depot.token]
    client.post(reverse("imports:importer", args=[depot.pk]))
    upload(client, where, path)


@pytest.mark.any_database
@pytest.mark.parametrize("place", ["little room", "written"])
def test_a_census_is_refused_in_plain_words_when_no_room_is_left(
    client: Client,
    where: Territory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    place: str,
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "r.xlsx"
    xlsx(PLAIN)(path)
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    form = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    with monkeypatch.context() as disk:
        if place == "written":
            disk.setattr("accroche.commun.stockage._bounded", full)
        else:
            disk.setattr("accroche.commun.disque.is_short", lambda *_: True)
        sent = SimpleUploadedFile("r.xlsx", path.read_bytes())
        answer = client.post(reverse("imports:recensement"), form | {"fichier": sent})
    assert "Le site manque de place" in answer.content.decode()
    assert not Depot.objects.exists()
    assert list(Depot.root().glob("*")) == []
    upload(client, where, path)
