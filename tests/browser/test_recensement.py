"""One sheet through every hand: declared by keyboard without an account, completed, published and counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.lib.dates import edition_of
from tests import factories
from tests.browser.look import accessible, fits, follow, reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from accroche.comptes.models import User

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "prof@ac-dijon.fr"
LINK = re.compile(r"https?://[^/\s]+(/declarer/lien/\S+)")


def link_for(address: str) -> str:
    """The path of the latest link mailed to ``address``."""
    body = Message.objects.filter(to=address).latest("pk").body
    found = LINK.search(body)
    assert found, body
    return found[1]


def fine(phone: Page) -> None:
    accessible(phone)
    fits(phone, widths=(360,))


def declare_by_keyboard(phone: Page, site: str) -> None:
    phone.goto(f"{site}/")
    follow(phone.get_by_role("link", name="Déclarer une action").first)
    fine(phone)
    phone.get_by_label("Titre de l’action").focus()
    phone.keyboard.type("Le forum des anciens")
    phone.keyboard.press("Tab")
    phone.keyboard.insert_text("tiserand")  # at once: half a word would be answered too, in its own time
    phone.get_by_role("option").first.wait_for()
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")  # « Mon établissement n’y est pas »
    phone.keyboard.press("Tab")
    phone.keyboard.type("Quinze anciens élèves racontent leur chemin aux 3e.")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")  # « Pendant la semaine »
    phone.keyboard.press("Tab")
    phone.keyboard.type(ADDRESS)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/modifier/")
    reads(phone.locator("main"), "Il ne manque rien")
    fine(phone)
    phone.get_by_label("Collège", exact=True).check(force=True)
    phone.locator("[data-manque] button").press("Enter")
    phone.wait_for_url("**/envoyee/")
    reads(phone.locator("main"), "Plus qu’un geste", ADDRESS)
    fine(phone)
    assert Action.with_unconfirmed.get().etat == Etat.DRAFT


def confirm_by_the_link_of_the_mail(phone: Page, site: str, moderator: User) -> None:
    """On another device, where one is nobody yet."""
    phone.goto(f"{site}{link_for(ADDRESS)}")
    fine(phone)
    phone.keyboard.press("Tab")
    phone.get_by_role("button", name="Confirmer et envoyer").press("Enter")
    phone.get_by_role("heading", name="Merci").wait_for()
    fine(phone)
    phone.goto(f"{site}/mes-fiches/")
    reads(phone.locator("main"), "En attente de relecture")
    fine(phone)
    assert Action.objects.get().etat == Etat.SUBMITTED
    assert Message.objects.filter(to=moderator.email).count() == 1


def ask_to_complete(desk: Page, site: str) -> None:
    desk.goto(f"{site}/mon-espace/")
    follow(desk.get_by_role("link", name=re.compile("fiche à relire")).first)
    follow(desk.get_by_role("link", name="Le forum des anciens").first)
    desk.get_by_text("Demander un complément…").click()
    desk.get_by_label("Avec vos mots").first.fill("Combien d’élèves y participent ?")
    follow(desk.get_by_role("button", name="Demander un complément"))
    desk.get_by_text("C’est fait").wait_for()
    accessible(desk)


def complete_by_the_link_of_the_mail(phone: Page, site: str) -> None:
    phone.goto(f"{site}{link_for(ADDRESS)}")
    follow(phone.get_by_role("button", name="Confirmer et ouvrir la fiche"))
    reads(phone.locator("main"), "Combien d’élèves")
    accessible(phone)
    phone.get_by_text("Public, nature et thèmes").click()
    phone.get_by_role("spinbutton", name="Nombre d’élèves").fill("180")
    follow(phone.get_by_role("button", name="Renvoyer à l’académie", exact=True))
    phone.get_by_role("heading", name="Merci").wait_for()


def publish(desk: Page) -> None:
    desk.reload()
    follow(desk.get_by_role("button", name="Publier"))
    desk.get_by_text("C’est fait").wait_for()


def test_a_sheet_goes_from_a_phone_to_the_synthesis(
    live_server: LiveServer, open_page: Opener, open_as: Opener
) -> None:
    where = factories.territory(year=edition_of(timezone.localdate()))
    school = factories.school(where, name="Collège Félix Tisserand", commune="Nuits-Saint-Georges")
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    site = str(live_server.url)
    edition = f"{site}/editions/{where.semaine.edition.year}/"
    with open_page(width=360) as phone:
        declare_by_keyboard(phone, site)
    assert Action.with_unconfirmed.get().porteurs.get().etablissement == school
    with open_page(width=360, theme="dark") as phone:
        confirm_by_the_link_of_the_mail(phone, site, moderator)
        with open_as(moderator) as desk:
            ask_to_complete(desk, site)
            complete_by_the_link_of_the_mail(phone, site)
            publish(desk)
        phone.goto(edition)
        reads(phone.locator("main"), "1\xa0action")
        phone.goto(f"{edition}academies/dijon/")
        follow(phone.get_by_role("link", name="Le forum des anciens"))
        reads(phone.locator("main"), "Collège Félix Tisserand", "180")
        assert ADDRESS not in phone.content()  # still: the page is loaded
        accessible(phone)
        fits(phone)
        phone.goto(f"{edition}synthese/")
        reads(phone.locator("main"), "1\xa0action")
