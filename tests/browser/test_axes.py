"""An académie reads why axes are suggested, chooses its own on a phone, and prints the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.campagne.axes import CATALOGUE
from accroche.campagne.models import Semaine
from accroche.campagne.regles import Alliances, StatutSemaine
from accroche.comptes.regles import TypeRole
from accroche.evaluation.operations.axes import axes_of
from tests import factories
from tests.browser.look import fits, follow, in_both_themes

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]


def test_an_academie_picks_its_axes_and_prints_the_page(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    where = factories.territory()
    Semaine.objects.filter(pk=where.semaine.pk).update(
        status=StatutSemaine.REPORTED, alliances=Alliances.INTERNES, lycee=True
    )
    for position, axe in enumerate(CATALOGUE.values()):
        where.semaine.edition.axes.create(code=axe.code, label=axe.label, position=position)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/pilotage/axes/")
        follow(page.get_by_role("link", name="Académie de Dijon"))
        expect(page.get_by_text("Les alliances restent internes")).to_be_visible()
        in_both_themes(page)
        fits(page)
        # it begins from the suggestions, puts its own first, and says what it will do
        follow(page.get_by_role("link", name="Partir des axes suggérés"))
        first, second = (page.get_by_label(f"Axe n° {rank} (facultatif)", exact=True) for rank in (1, 2))
        expect(first).to_have_value("valorisation")
        expect(second).to_have_value("partenaires")
        first.select_option(label=CATALOGUE["partenaires"].label)
        second.select_option(label=CATALOGUE["niveaux"].label)
        page.get_by_label("Ce que nous ferons (axe n° 1)").fill("Inviter la Région au comité.")
        follow(page.get_by_role("button", name="Enregistrer vos axes"))
        expect(page.get_by_text("vos axes sont choisis")).to_be_visible()
        assert [axe.code for axe in axes_of(where.semaine)] == ["partenaires", "niveaux"]
        follow(page.get_by_role("link", name="La page à imprimer"))
        in_both_themes(page)
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="1. Mobiliser davantage")).to_be_visible()
        expect(page.get_by_text("Inviter la Région au comité.")).to_be_visible()
        expect(page.get_by_text("Imprimez cette page")).to_be_hidden()
