"""A pair of tutoring from end to end, in a real browser: proposed, accepted, paused, left, assessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.models import User
from accroche.tutorat.binome import RHYTHM
from accroche.tutorat.models import Binome
from accroche.tutorat.operations.binome import ask_contacts
from tests.browser.look import accessible, fine, fits, follow, reads, unfold
from tests.tutorat.tutorats import scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def link_in_mail_to(person: User, what: str = "binomes") -> str:
    """The path of the link that was last mailed to somebody, under the site's part for steering."""
    body = Message.objects.filter(to=person.email).latest("pk").body
    return next(word for word in reversed(body.split()) if f"/{what}/" in word).partition("/pilotage")[2]


def propose(page: Page, site: str, year: str) -> None:
    """Read who needs help, have Lille accompany Dijon, and propose it to both."""
    page.goto(f"{site}/appui/{year}/")
    unfold(page)
    reads(page.locator(".a-page"), "Dijon", "Aucun appui proposé", "La semaine se prépare encore")
    fine(page)
    page.goto(f"{site}/tutorats/{year}/")
    follow(page.get_by_role("link", name="Arranger les binômes proposés"))
    reads(page.locator("h2").first, "Dijon, par le bureau national")
    page.locator("summary", has_text="Changer : Dijon").click()
    page.get_by_label("Qui accompagne Dijon").select_option("Lille")
    follow(page.get_by_role("button", name="Imposer"))
    reads(page.locator("h2").first, "Dijon, par Lille")
    fine(page)
    follow(page.get_by_role("button", name="Proposer les binômes cochés"))
    reads(page.locator(".a-binomes"), "Dijon, par Lille", "Réponse attendue de Lille et de Dijon")


def test_a_pair_is_proposed_accepted_paused_and_closed(live_server: LiveServer, open_as: Opener) -> None:
    found = scene()
    Edition.objects.update(published_at="2020-01-01T00:00:00Z")
    bureau, mentor, mentee = (
        User.objects.get(email=email)
        for email in ("drdie@example.fr", "cardie@ac-lille.fr", "cardie@ac-dijon.fr")
    )
    site, year = f"{live_server.url}/pilotage", found.edition.year
    with open_as(bureau) as page:
        propose(page, site, year)
    with open_as(mentor, width=360) as page:
        page.goto(f"{site}{link_in_mail_to(mentor)}")
        follow(page.get_by_role("button", name="Accepter"))
        reads(page.locator(".a-titre"), "Réponse attendue de Dijon")
    with open_as(mentee, width=360) as page:
        page.goto(f"{site}{link_in_mail_to(mentee)}")
        follow(page.get_by_role("button", name="Accepter"))
        page.get_by_label("Étape").fill("Relire le dossier de presse")
        follow(page.get_by_role("button", name="Ajouter l’étape"))
        follow(page.get_by_role("button", name="C’est fait"))
        reads(page.locator(".a-plan-binome"), "faite le")
        fine(page)
        # the mail of a month later, answered by one button
        Binome.objects.update(running_since=timezone.now() - RHYTHM)
        assert ask_contacts(at=timezone.now()) == 1
        page.goto(f"{site}{link_in_mail_to(mentee, 'contacts')}")
        fits(page)
        follow(page.get_by_role("button", name="Oui"))
        reads(page.locator("section", has=page.get_by_role("heading", name="Vos échanges")), "Échange du")
        follow(page.get_by_role("button", name="Mettre en pause"))
        reads(page.locator(".a-titre"), "En pause")
    with open_as(mentor) as page:
        page.goto(f"{site}{link_in_mail_to(mentor)}")
        follow(page.get_by_role("button", name="Reprendre"))
        page.get_by_text("Se retirer…").click()
        page.get_by_label("Raison").select_option("Nos services n’ont plus le temps nécessaire")
        page.get_by_label("Un mot pour l’autre académie").fill("Merci pour ces échanges.")
        follow(page.get_by_role("button", name="Se retirer"))
        reads(page.locator(".a-titre"), "Terminé", "Merci pour ces échanges.")
    with open_as(mentee) as page:
        page.goto(f"{site}{link_in_mail_to(mentee)}")
        reads(page.locator(".a-titre"), "nos services n’ont plus le temps nécessaire")
        page.get_by_label("Oui, un peu").check(force=True)
        follow(page.get_by_role("button", name="Enregistrer le bilan"))
        expect(page.get_by_role("heading", name="Bilans")).to_be_visible()
        accessible(page)
