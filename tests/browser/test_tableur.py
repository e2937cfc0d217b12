"""A moderator's census: dropped in, corrected offline, dropped in again; on a computer and on a phone.

Each state of the pages is looked at once, in both themes.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.db.models import F
from playwright.sync_api import expect

from accroche.actions.models import Action
from accroche.commun import jobs
from accroche.commun.models import JobState
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot
from accroche.imports.operations import depots
from accroche.imports.recensement.review import SHOWN
from accroche.imports.recensement.verdicts import Fate
from tests import factories
from tests.browser.look import fine, follow, reads
from tests.factories import make_uai
from tests.imports.recensement.nasty import PLAIN, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_census_is_dropped_in_corrected_and_dropped_in_again(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]], tmp_path: Path
) -> None:
    where = factories.territory()
    for number in (1, 2):
        factories.school(where, number)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    path = tmp_path / "Recensement 2027.xlsx"
    xlsx((*PLAIN, ("Salon", None, make_uai(2), "30 février", None, 12)))(path)
    with open_as(moderator) as page:
        page.goto(f"{live_server.url}/imports/recensement/")
        fine(page)
        page.get_by_label("Votre tableau").set_input_files(path)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        page.get_by_role("heading", name="À corriger").wait_for()
        page.get_by_text("Ce que contiennent les colonnes", exact=True).click()
        fine(page)
        expect(page.get_by_role("button", name="Relire avec ces colonnes")).to_have_css("height", "44px")
        follow(page.get_by_role("button", name="Importer 3"))
        page.get_by_text("L’import est terminé").wait_for()
        fine(page)
        # still: the import is over, the page is its last
        link = page.get_by_role("link", name="Télécharger les lignes à corriger").get_attribute("href")
        book = openpyxl.load_workbook(BytesIO(page.request.get(f"{live_server.url}{link}").body()))
        sheet: Any = book.active
        sheet["D2"] = "du 14 au 18 mars 2027"
        corrected = tmp_path / "corrigé.xlsx"
        book.save(corrected)
        follow(page.get_by_role("link", name="Déposer un autre fichier"))
        page.get_by_label("Votre tableau").set_input_files(corrected)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        follow(page.get_by_role("button", name="Importer 1"))
        page.get_by_text("L’import est terminé").wait_for()
    assert sorted(Action.objects.values_list("title", flat=True)) == sorted(
        [*(row[0] for row in PLAIN[1:]), "Salon"]
    )


def test_both_changed_a_sheet_and_each_choice_is_kept(
    live_server: LiveServer,
    open_as: Callable[..., AbstractContextManager[Page]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where = factories.territory()
    school = factories.school(where)
    titles = ("Chaîne humaine", "Lettre à moi-même", "Procès des diplômes", "Salon")
    for title in titles:
        factories.action(where, school, title=title, classes="4e")
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    monkeypatch.setitem(SHOWN, Fate.CHANGED, 2)
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/imports/recensement/")
        form = page.locator("form", has=page.get_by_role("button", name="Télécharger"))
        # still: the page is loaded
        address = form.evaluate("form => `${form.action}?${new URLSearchParams(new FormData(form))}`")
        path = tmp_path / "relecture.xlsx"
        path.write_bytes(page.request.get(address).body())  # a click would show as a failed request
        book = openpyxl.load_workbook(path)
        sheet: Any = book["Fiches"]
        column = next(cell.column for cell in sheet[1] if cell.value == "Classes")
        for row in range(2, 6):
            sheet.cell(row, column).value = "3e"
        book.save(path)
        # meanwhile, on the site, all but the last
        Action.objects.exclude(title="Salon").update(classes="5e", version=F("version") + 1)
        page.get_by_label("Votre tableau").set_input_files(path)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        page.get_by_role("heading", name="Différences avec le site").wait_for()
        fine(page)
        expect(page.get_by_text("Conflit", exact=True)).to_have_count(2)
        page.get_by_role("group", name="Classes, ligne 3").get_by_text("Prendre le fichier").click()
        page.get_by_role("group", name="Pour la case suivante").get_by_text("Prendre le fichier").click()
        follow(page.get_by_role("button", name="Importer 4"))
        page.get_by_text("L’import est terminé").wait_for()
        fine(page)
    assert [*Action.objects.order_by("pk").values_list("classes", flat=True)] == ["5e", "3e", "3e", "3e"]


def test_a_long_reading_tells_how_far_it_is_and_is_stopped(
    live_server: LiveServer,
    open_as: Callable[..., AbstractContextManager[Page]],
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.WORKER = "separate"  # and none runs: the test says how far it is
    monkeypatch.setattr(depots, "AT_ONCE", 0)
    where = factories.territory()
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    path = tmp_path / "Recensement.xlsx"
    xlsx()(path)
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/imports/recensement/")
        page.get_by_label("Votre tableau").set_input_files(path)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        page.get_by_text("En attente de son tour").wait_for()
        fine(page)
        depot = Depot.objects.get()
        assert depot.job
        jobs.Handle(depot.job.pk).tick(12_500, 40_000)
        page.get_by_text("12\u202f500 lignes faites sur 40\u202f000").wait_for()
        expect(page.get_by_role("progressbar")).to_have_js_property("value", 12_500)
        expect(page.get_by_role("progressbar")).to_have_js_property("max", 40_000)
        follow(page.get_by_role("button", name="Arrêter et abandonner"))
        page.get_by_text("rien n’a été écrit").wait_for()
        follow(page.get_by_role("link", name="Recensement.xlsx"))
        page.get_by_text("Cet import est abandonné").wait_for()
        fine(page)
    depot.refresh_from_db()
    assert depot.job.state == JobState.CANCELLED
    assert not depot.folder.exists()


def test_a_file_too_large_is_told_before_it_is_sent_and_no_table_after(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]], tmp_path: Path
) -> None:
    where = factories.territory()
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    factories.edition("2025-2026")
    heavy, light = tmp_path / "Gros.xlsx", tmp_path / "liste.csv"
    heavy.touch()
    os.truncate(heavy, 40 * 1024 * 1024 + 1)  # a hole: nothing on the disk
    light.write_text("Rouge;Vert\nForum;bleu\n", encoding="utf-8")
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/imports/recensement/")
        form = page.locator("form", has=page.get_by_role("button", name="Lire ce fichier"))
        field = form.get_by_label("Votre tableau")
        form.get_by_label("Édition").select_option(label="2025-2026")
        field.set_input_files(heavy)
        told = form.get_by_role("alert")
        reads(told, "« Gros.xlsx » pèse 40,1 Mo, 40 Mo au plus.", "Retirez-en les images")
        assert field.evaluate("field => field.files.length") == 0  # still: said after it is done
        fine(page)
        expect(form.get_by_label("Édition").locator("option:checked")).to_have_text("2025-2026")
        field.set_input_files(light)
        expect(told).to_have_count(0)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        page.get_by_role("heading", name="Dites ce que contiennent les colonnes").wait_for()
        fine(page)
        follow(page.get_by_role("button", name="Abandonner"))
        light.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        page.get_by_label("Votre tableau").set_input_files(light)
        follow(page.get_by_role("button", name="Lire ce fichier"))
        page.get_by_role("heading", name="Ce fichier ne peut pas être lu").wait_for()
        fine(page)
    assert [*Depot.objects.values_list("edition__year", flat=True)] == ["2026-2027", "2025-2026"]
