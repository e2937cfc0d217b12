"""The bureau opens a number, asks about a past day, reminds; an académie and a partner read theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import fine, follow, in_both_themes, reads
from tests.cockpit.steering import PAST, campagne

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_bureau_reads_asks_about_a_day_and_reminds(live_server: LiveServer, open_as: Opener) -> None:
    made = campagne()
    factories.person(TypeRole.MODERATEUR, "cardie@ac-lyon.fr", academie=made.lyon.academie)
    with open_as(factories.person(TypeRole.NATIONAL)) as page:
        page.goto(f"{live_server.url}/mon-espace/")
        follow(page.get_by_role("link", name="Le cockpit"))
        fine(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        published = page.locator(".a-cle", has_text="fiches publiées")
        reads(published, "3")
        follow(published.get_by_role("link"))
        expect(page.locator("tbody tr")).to_have_count(3)
        fine(page)
        page.go_back()
        page.get_by_label("Où en était-on le").fill(f"{PAST}")
        follow(page.get_by_role("button", name="Afficher"))
        reads(page.locator(".fr-alert"), "Tel qu’au 10 novembre 2026")
        reads(page.locator(".a-cle", has_text="fiches publiées"), "1")
        follow(page.get_by_role("link", name="Revenir à aujourd’hui"))
        follow(page.get_by_role("link", name="1 n’a pas encore publié de fiche"))
        page.get_by_label("Votre mot").fill("Nous pouvons vous aider.")
        follow(page.get_by_role("button", name="Voir l’aperçu"))
        reads(page.locator(".a-lettre"), "l’académie de Lyon", "Nous pouvons vous aider.")
        fine(page)
        follow(page.get_by_role("button", name="Relancer 1 académie"))
        page.get_by_text("1 académie va recevoir votre relance").wait_for()
        page.goto(f"{live_server.url}/pilotage/academies/2026-2027/dijon/")
        fine(page)
    assert Message.objects.get().to == "cardie@ac-lyon.fr"
    with open_as(factories.person(TypeRole.PARTENAIRE, organisation="Onisep"), width=360) as page:
        page.goto(f"{live_server.url}/mon-espace/")
        follow(page.get_by_role("link", name="La part de votre organisation"))
        reads(page.locator(".a-chapeau"), "2 actions publiées dans 1 académie")
        in_both_themes(page)
