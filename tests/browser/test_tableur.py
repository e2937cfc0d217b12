"""A moderator's census: dropped in, corrected offline, dropped in again; on a computer and on a phone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from accroche.actions.models import Action
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import THEMES, accessible, fits
from tests.factories import make_uai
from tests.imports.recensement.nasty import PLAIN, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("theme", THEMES)
def test_a_census_is_dropped_in_corrected_and_dropped_in_again(
    live_server: LiveServer,
    open_as: Callable[..., AbstractContextManager[Page]],
    tmp_path: Path,
    theme: str,
) -> None:
    where = factories.territory()
    for number in (1, 2):
        factories.school(where, number)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    path = tmp_path / "Recensement 2027.xlsx"
    xlsx((*PLAIN, ("Salon", None, make_uai(2), "30 février", None, 12)))(path)
    with open_as(moderator, theme=theme) as page:
        page.goto(f"{live_server.url}/imports/recensement/")
        accessible(page)
        fits(page)
        page.get_by_label("Votre tableau").set_input_files(path)
        page.get_by_role("button", name="Lire ce fichier").click()
        page.get_by_role("heading", name="À corriger").wait_for()
        page.get_by_text("Ce que contiennent les colonnes").click()
        accessible(page)
        fits(page)
        page.get_by_role("button", name="Importer 3").click()
        page.get_by_text("L’import est terminé").wait_for()
        accessible(page)
        link = page.get_by_role("link", name="Télécharger les lignes à corriger").get_attribute("href")
        book = openpyxl.load_workbook(BytesIO(page.request.get(f"{live_server.url}{link}").body()))
        sheet: Any = book.active
        sheet["D2"] = "du 14 au 18 mars 2027"
        corrected = tmp_path / "corrigé.xlsx"
        book.save(corrected)
        page.goto(f"{live_server.url}/imports/recensement/")
        page.get_by_label("Votre tableau").set_input_files(corrected)
        page.get_by_role("button", name="Lire ce fichier").click()
        page.get_by_role("button", name="Importer 1").click()
        page.get_by_text("L’import est terminé").wait_for()
    assert sorted(Action.objects.values_list("title", flat=True)) == sorted(
        [*(row[0] for row in PLAIN[1:]), "Salon"]
    )
