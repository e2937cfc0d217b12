"""An edition declared here, from open to a frozen, published synthesis, without a console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.campagne.models import Semaine
from accroche.commun import jobs
from accroche.comptes.regles import TypeRole
from accroche.publications.models import Synthese
from tests import factories
from tests.browser.look import fine, follow
from tests.factories import YEAR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def _written(page: Page, site: str) -> None:
    """One text of the report, with a sentence of the evidence, from the page of the edition."""
    page.goto(f"{site}/pilotage/editions/{YEAR}/")
    follow(page.get_by_role("link", name="Construire, arrêter et publier la synthèse"))
    expect(page.get_by_text("sans vos textes")).to_be_visible()
    page.goto(f"{site}/editions/{YEAR}/redaction/introduction/")
    page.locator("textarea[name=texte]").fill("Trois semaines, **un seul élan**. ")
    page.locator("[data-preuve=premieres]").get_by_role("button", name="Insérer la phrase").click()
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()


def _built(page: Page, site: str) -> None:
    """Built while one waits, and read page by page on a phone."""
    page.goto(f"{site}/editions/{YEAR}/redaction/")
    follow(page.get_by_role("link", name="Construire, arrêter et publier la synthèse"))
    follow(page.get_by_role("button", name="Construire la synthèse"))
    expect(page.get_by_text("En attente de son tour")).to_be_visible()
    fine(page)
    jobs.run_waiting()
    # the page that waits finds out by itself
    expect(page.get_by_text("Rien n’a changé depuis.")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    follow(page.get_by_role("link", name="Relire les"))
    first = page.get_by_role("img", name="Page 1 sur")
    expect(first).to_be_visible()
    expect(first).to_have_js_property("complete", value=True)
    fine(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    follow(page.get_by_role("link", name="Atelier", exact=True))


def _frozen_and_published(page: Page) -> None:
    page.get_by_label("Nom de la version").fill("Version pour le cabinet")
    follow(page.get_by_role("button", name="Arrêter cette version"))
    jobs.run_waiting()
    expect(page.get_by_role("heading", name="Version 1 : Version pour le cabinet")).to_be_visible()
    expect(page.get_by_text("Pour le bureau seul.")).to_be_visible()
    fine(page)
    follow(page.get_by_role("button", name="Publier la version 1"))
    expect(page.get_by_text("Le public lit la version 1")).to_be_visible()
    fine(page)


def test_from_an_open_edition_to_a_published_synthesis(
    live_server: LiveServer,
    open_as: Callable[..., AbstractContextManager[Page]],
    open_page: Callable[..., AbstractContextManager[Page]],
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.OUTPUTS_ROOT, settings.DATA, settings.WORKER = tmp_path / "outputs", tmp_path, "separate"
    settings.SITE_URL = "https://accroche.example.fr"
    site = str(live_server.url)
    for name, code in (("Dijon", "21"), ("Lille", "59"), ("Lyon", "69")):
        where = factories.territory(name, code)
        factories.action(
            where, factories.school(where), Etat.PUBLISHED, title=f"Forum de {name}", chosen=True
        )
    Semaine.objects.filter(academie__name="Lyon").update(ordinal=1)
    with open_as(factories.person(TypeRole.NATIONAL)) as page:
        _written(page, site)
        _built(page, site)
        with open_page(may_miss=True) as visitor:
            visitor.goto(f"{site}/editions/{YEAR}/synthese/")
            expect(visitor.get_by_text("Le bureau national écrit sa synthèse")).to_be_visible()
            expect(visitor.get_by_text("un seul élan")).to_have_count(0)
        _frozen_and_published(page)
    with open_page() as visitor:
        visitor.goto(f"{site}/editions/{YEAR}/synthese/")
        expect(visitor.get_by_text("un seul élan")).to_be_visible()
        expect(visitor.get_by_text("est la première pour l’académie de Lyon").first).to_be_visible()
        with visitor.expect_download() as download:
            visitor.get_by_role("link", name="La synthèse, mise en page").first.click()
        assert download.value.suggested_filename == f"synthese-{YEAR}-v1.pdf"
    assert Synthese.objects.get().name == "Version pour le cabinet"
