"""A coordinator's day: the queue by keyboard, a request and its answer, two colleagues on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations import describe_piece
from accroche.actions.operations.cycle import move
from accroche.actions.regles import Consentement
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.attaching import SMALL, add
from tests.browser.look import accessible, fine, fits, follow, in_both_themes

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 360, "height": 740}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_moderator_works_with_the_keyboard_alone(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    sheets = [factories.action(where, school, starts=factories.NOW.date()) for _ in range(3)]
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    with open_as(moderator) as page:
        page.goto(f"{live_server.url}/moderation/")
        press = page.keyboard.press
        press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        accessible(page)
        press("Escape")
        for key in ("j", "x", "j", "j", "k", "j", "x"):  # the first and the third
            press(key)
        expect(page.get_by_text("2 fiches cochées")).to_be_visible()
        page.get_by_text("Filtrer").first.click()
        sought = page.get_by_role("main").get_by_label("Chercher")
        sought.press_sequentially("jxp?")  # typing is only typing
        expect(sought).to_have_value("jxp?")
        page.locator(".a-ligne__lien").first.focus()
        press("p")
        page.wait_for_url("**/moderation/lot/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Publier : 2 fiches")
        assert not Action.objects.accepted().exists()
        follow(page.locator("button:focus"), "Enter")  # the button to confirm has the focus
        expect(page.get_by_role("heading", level=1)).to_contain_text("fait pour 2 fiches")
        follow(page.locator("a:focus"), "Enter")
        page.wait_for_url("**/moderation/?")
        press("j")
        press("o")
        page.wait_for_url(f"**/fiches/{sheets[1].pk}/")
    assert set(Action.objects.accepted()) == {sheets[0], sheets[2]}


def test_the_queue_shows_work_before_its_tools(live_server: LiveServer, open_as: Opener) -> None:
    """The first sheets are on the screen at a desk and on a phone; the bar comes with the first tick."""
    where = factories.territory()
    school = factories.school(where)
    for _ in range(6):
        factories.action(where, school, starts=factories.NOW.date())
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    with open_as(moderator) as page:
        lines = page.locator(".a-ligne")
        first = page.locator("[name=fiche]").first
        publish = page.get_by_role("button", name="Publier…")
        for filters in ("", "?etat=toutes&niveau=college"):
            page.goto(f"{live_server.url}/moderation/{filters}")
            expect(lines).to_have_count(6)
            for size, seen in ((DESK, 4), (PHONE, 2)):
                page.set_viewport_size(size)
                # still: the lines are there
                box = lines.nth(seen - 1).locator(".a-ligne__lien").bounding_box()
                assert box
                assert box["y"] + box["height"] <= size["height"], (size, filters, box)
                expect(publish).to_be_hidden()
                first.check(force=True)
                expect(publish).to_be_in_viewport()
                expect(page.get_by_text("1 fiche cochée")).to_be_visible()
                first.uncheck(force=True)
        page.get_by_role("link", name="Retirer le filtre Niveau").click()
        page.wait_for_url("**/moderation/?etat=toutes")
    with open_as(moderator, java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/moderation/")
        expect(page.get_by_role("button", name="Publier…")).to_be_visible()


def test_a_sheet_is_asked_for_more_completed_and_published(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    sheet = factories.action(where, school)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    owner = factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)
    address = f"{live_server.url}/fiches/{sheet.pk}/"
    with open_as(moderator) as page:
        page.goto(address)
        page.get_by_text("Demander un complément…").click()
        expect(page.get_by_label("Dates à préciser"), "what the page noticed is ticked").to_be_checked()
        page.locator("#id_ask_precision").fill("Et la salle ?")
        follow(page.get_by_role("button", name="Demander un complément", exact=True))
        expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("C’est fait")
        expect(page.get_by_role("button", name="Annuler", exact=True)).to_be_visible()
    with open_as(owner, width=360) as page:
        page.goto(address)
        expect(page.get_by_text("Et la salle ?").first).to_be_visible()
        page.get_by_label("Votre réponse").fill("Salle polyvalente.")
        follow(page.get_by_role("button", name="Renvoyer sans rien changer d’autre"))
        expect(page.get_by_text("En attente de relecture")).to_be_visible()
    with open_as(moderator) as page:
        page.goto(address)
        expect(page.get_by_text("Salle polyvalente.").first).to_be_visible()
        expect(page.get_by_text("elle dit ce qu’elle disait")).to_be_visible()
        follow(page.get_by_role("button", name="Publier", exact=True))
        expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("sur le site")
    assert Action.objects.published().get() == sheet


def test_from_the_queue_to_the_decision(
    live_server: LiveServer, open_as: Opener, tmp_path: Path, settings: Any
) -> None:
    """A photograph is seen, the public page too, a double is dismissed, a note is left, and one decides.

    On a phone; what is looked at is looked at on a desk too.
    """
    settings.MEDIA_ROOT = tmp_path
    where = factories.territory()
    school = factories.school(where)
    sheet = factories.action(where, school, title="La chaîne humaine", starts=factories.NOW.date())
    other = factories.action(where, school, title="Chaîne humaine", starts=factories.NOW.date())
    owner = factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)
    photo = add(sheet, factories.access(owner), SMALL)
    describe_piece(
        photo,
        caption="Des mains jointes dans la cour",
        consent=Consentement.NOBODY,
        access=factories.access(owner),
        at=factories.NOW,
    )
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    with open_as(moderator) as page:
        page.set_viewport_size(PHONE)
        page.goto(f"{live_server.url}/moderation/")
        follow(page.get_by_role("link", name="La chaîne humaine"))
        image = page.get_by_role("img", name="Des mains jointes")
        warning = page.get_by_text("peut-être déjà déclarée")
        publish = page.get_by_role("button", name="Publier", exact=True)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            image.scroll_into_view_if_needed()
            expect(image).to_have_js_property("complete", value=True)
            expect(image).not_to_have_js_property("naturalWidth", value=0)
            expect(page.get_by_text("Personne n’est reconnaissable (réponse du")).to_be_visible()
            # still: both are on the page that came
            above, below = warning.bounding_box(), publish.bounding_box()
            assert above, size
            assert below, size
            assert above["y"] < below["y"], size
            in_both_themes(page)
        follow(page.get_by_role("link", name="Voir la page comme le public"))
        expect(page.get_by_role("heading", level=1)).to_have_text("La chaîne humaine")
        expect(page.get_by_role("heading", name="Aperçu")).to_be_visible()
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            in_both_themes(page)
        follow(page.get_by_role("link", name="Revenir à la fiche"))
        follow(page.get_by_role("button", name="Ce sont deux actions"))
        expect(page.get_by_text("C’est noté")).to_be_visible()
        expect(warning).to_have_count(0)
        # typed, and not sent by its own button: it goes with the decision
        page.get_by_label("Votre message").fill("Photo vue, elle est belle.")
        # by a key: the photograph above comes late and moves what a pointer aims at
        page.get_by_label("Note interne").press("Space")
        expect(page.get_by_label("Note interne")).to_be_checked()
        follow(publish)
        expect(page.get_by_text("Photo vue, elle est belle.")).to_be_visible()
        expect(page.get_by_text("C’est fait")).to_contain_text("sur le site")
        page.goto(f"{live_server.url}/fiches/{other.pk}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Chaîne humaine")
        expect(warning).to_have_count(0)
        fits(page)
    assert Action.objects.published().get() == sheet


def test_two_moderators_on_one_sheet(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    sheet = factories.action(where, factories.school(where))
    first = factories.person(TypeRole.MODERATEUR, "a@ac-dijon.fr", academie=where.academie)
    second = factories.person(TypeRole.MODERATEUR, "b@ac-dijon.fr", academie=where.academie)
    with open_as(second, theme="dark", may_conflict=True) as page:
        page.goto(f"{live_server.url}/fiches/{sheet.pk}/")
        move(Action.objects.get(pk=sheet.pk), Step.PUBLISH, access=factories.access(first), at=factories.NOW)
        page.get_by_text("Refuser…").click()
        page.locator("#id_refuse_precision").fill("Trop loin du sujet.")
        follow(page.get_by_role("button", name="Refuser", exact=True))
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("l’a publiée")
        expect(alert).to_contain_text("Trop loin du sujet.")
        accessible(page)
    assert Action.objects.get(pk=sheet.pk).etat == Etat.PUBLISHED


def test_the_pages_of_moderation_hinder_nobody(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    factories.territory("Lyon", "69")
    sheet = factories.action(where, school, title="PORTES OUVERTES " * 4, description="Au 03 80 12 34 56")
    factories.action(where, None, description="")
    admin = factories.person(TypeRole.ADMINISTRATEUR)
    with open_as(admin) as page:
        for address in (
            f"/fiches/{sheet.pk}/",
            "/moderation/",
            "/moderation/?q=zzz",
            "/moderation/territoires/",
        ):
            page.goto(f"{live_server.url}{address}")
            for summary in page.locator("summary").all():  # still: they are of the page as it came
                summary.click()
            fine(page)
            page.set_viewport_size(DESK)
        page.goto(f"{live_server.url}/moderation/")
        page.get_by_role("button", name="Tout cocher").click()
        page.get_by_role("button", name="Refuser…").click()
        page.wait_for_url("**/moderation/lot/")
        fine(page)
        page.set_viewport_size(DESK)
        page.get_by_label("Hors sujet").check(force=True)
        follow(page.get_by_role("button", name="Refuser : confirmer"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("fait pour 2 fiches")
        fine(page)
