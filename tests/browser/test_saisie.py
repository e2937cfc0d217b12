"""What one types: on a phone with its keyboard, on a slow line, before signing in, beside another form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accroche.actions.models import Action, Commentaire
from accroche.comptes.models import DemandeRattachement
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fits, follow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Dialog, Page, Route
    from pytest_django.live_server_helper import LiveServer

    from accroche.comptes.models import User

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]

#: A phone of 640 pixels whose keyboard takes 290 of them, as it tells its pages.
KEYBOARD = """
const view = new EventTarget();
Object.assign(view, { offsetTop: 0, offsetLeft: 0, scale: 1, width: 360, height: 350 });
Object.defineProperty(window, "visualViewport", { value: view });
"""
#: Where something begins, from the top of the page.
PLACE = "(node) => Math.round(node.getBoundingClientRect().top + window.scrollY)"
#: Whether all of a list is in what is seen above the keyboard, with room for two suggestions.
SEEN = """(list) => {
  const box = list.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= 350 && box.height >= 100;
}"""
LONG = "(node) => { node.textContent = 'mot '.repeat(60); }"
TAPS = """(node) => {
  node.click();
  node.click();
  return new Promise((tell) => { setTimeout(() => tell(node.disabled)); });
}"""
SCROLL = "(node, block) => node.scrollIntoView({ block })"
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('accroche:fiche:'))"


#: Whether the same answers are known again, in the order in which a device keeps them.
KNOWN_AGAIN = """async (pairs) => {
  const { fingerprint } = await import('/static/commun/autosave.js');
  return fingerprint(pairs) === fingerprint([...pairs].reverse());
}"""


def sign_in(page: Page, person: User, address: str) -> None:
    """Sign ``person`` in in this browser, as the code of a mail does."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


def test_typed_on_a_phone_before_one_signs_in(live_server: LiveServer, open_page: Opener) -> None:
    where = factories.territory()
    for number in range(1, 6):
        factories.school(where, number, name=f"Collège Jean Moulin {number}")
    marie = factories.person(TypeRole.PORTEUR, "marie@example.fr", etablissement=factories.school(where, 9))
    with open_page(width=360) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        page.add_init_script(KEYBOARD)
        page.goto(f"{live_server.url}/declarer/")
        title, text = page.get_by_label("Titre de l’action"), page.get_by_label("Ce qui se passe")
        at = title.evaluate(PLACE)  # still: nothing was typed yet
        title.press_sequentially("Forum")
        page.locator("[data-etat]").filter(has_text="Saisie gardée").wait_for()
        assert title.evaluate(PLACE) == at, "the banner pushes nothing"  # still: it is told
        page.locator("[data-etat]").evaluate(LONG)  # still: it changes at once
        assert title.evaluate(PLACE) == at, "however long what it tells"  # still: the same

        # suggestions open above the keyboard, wherever the field was
        school = page.get_by_role("main").get_by_role("combobox")
        for block in ("end", "start"):
            school.evaluate(SCROLL, block)  # still: it moves at once
            school.fill("")
            school.press_sequentially("moulin")
            expect(page.get_by_role("option")).to_have_count(5)
            page.wait_for_function(f"({SEEN})(document.querySelector('main [role=listbox]'))")
        page.get_by_role("option").first.click()
        text.fill("Quatre métiers racontés par ceux qui les exercent.")
        page.get_by_label("Votre adresse électronique").fill("marie.privee@example.fr")
        page.wait_for_function(f"JSON.stringify({KEPT}).includes('métiers racontés')")
        held = json.dumps(page.evaluate(KEPT))  # still: it is there
        assert "marie.privee" not in held, "what is never published stays in the tab of who typed it"

        # in this very tab, it is offered to who signed in midway
        sign_in(page, marie, str(live_server.url))
        page.goto(f"{live_server.url}/declarer/")
        page.get_by_text("avant votre connexion").wait_for()
        accessible(page)
        fits(page, widths=(360,))
        page.set_viewport_size({"width": 360, "height": 640})
        page.get_by_role("button", name="Reprendre cette saisie").click()
        expect(title).to_have_value("Forum")
        expect(text).to_have_value("Quatre métiers racontés par ceux qui les exercent.")


def test_two_taps_on_a_slow_line(live_server: LiveServer, open_as: Opener) -> None:
    """The button is off while the form is on its way, one sheet is made, and coming back it is on again."""
    where = factories.territory()
    school = factories.school(where)
    marie = factories.person(TypeRole.PORTEUR, "marie@example.fr", etablissement=school)
    held_back: list[Route] = []

    def hold(route: Route) -> None:
        held_back.append(route)

    with open_as(marie, width=360) as page:
        page.goto(f"{live_server.url}/declarer/")
        page.get_by_label("Titre de l’action").fill("Forum")
        page.get_by_role("main").get_by_role("combobox").fill(school.uai)
        page.get_by_label("Ce qui se passe").fill("Quatre métiers racontés.")
        page.route("**/declarer/", hold)
        button = page.get_by_role("button", name="Enregistrer et continuer")
        with page.expect_request("**/declarer/"):
            # still: both taps before any answer, and what the button is then
            assert button.evaluate(TAPS)
        page.title()  # still: what is held back is told before this answer
        with page.expect_navigation():
            [first] = held_back
            first.continue_()
        made = Action.objects.get()
        expect(page).to_have_url(f"{live_server.url}{reverse('actions:modifier', args=[made.pk])}")
        page.unroute("**/declarer/")
        page.go_back()
        expect(page.get_by_role("button", name="Enregistrer et continuer")).to_be_enabled()


def test_what_a_visitor_left_is_nobodys_who_signs_in_later(
    live_server: LiveServer, open_page: Opener
) -> None:
    """On a shared computer: for half an hour, what is not private is offered; after that, nothing."""
    factories.territory()
    other = factories.user("paul@example.fr", "Paul Autre")
    with open_page(width=360) as page:
        page.goto(f"{live_server.url}/declarer/")
        page.get_by_label("Titre de l’action").press_sequentially("Projet de l’autre")
        page.wait_for_function(f"JSON.stringify({KEPT}).includes('Projet')")
        # what is private is kept apart, and comes last: it was told not to be saved after it was
        assert page.evaluate(KNOWN_AGAIN, [["email", "a@example.fr"], ["title", "Projet"]])  # still: a module
        later = page.context.new_page()
        sign_in(later, other, str(live_server.url))
        page.close()
        later.goto(f"{live_server.url}/declarer/")
        later.get_by_text("avant votre connexion").wait_for()
        later.evaluate(  # still: it is ours to change
            """() => {
              for (const key of Object.keys(localStorage).filter((one) => one.includes(":visiteur:"))) {
                const kept = JSON.parse(localStorage.getItem(key));
                localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 31 * 60_000 }));
              }
            }"""
        )
        later.reload()
        expect(later.locator("[data-garde]")).to_be_hidden()
        expect(later.get_by_label("Titre de l’action")).to_have_value("")


def test_typed_beside_another_button(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    action = factories.action(where, school)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    for name in ("dominique", "claude"):
        DemandeRattachement.objects.create(
            user=factories.user(f"{name}@example.fr", name.capitalize()),
            etablissement=school,
            asked_at=factories.NOW,
        )
    asked: list[str] = []
    answers = [False, True]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    with open_as(moderator) as page:
        # a message goes with whatever is decided next
        page.goto(f"{live_server.url}{reverse('relecture:fiche', args=[action.pk])}")
        page.get_by_label("Votre message").fill("Merci pour cette fiche.")
        page.get_by_text("Action remarquable").click()
        follow(page.get_by_role("button", name="Enregistrer la distinction"))
        page.get_by_text("Votre message est parti.").wait_for()
        page.get_by_label("Votre message").fill("Bravo.")
        follow(page.get_by_role("button", name="Publier", exact=True))
        page.get_by_text("C’est fait").wait_for()

        # what nothing else saves is asked about, before the page is left
        page.on("dialog", answer)
        page.goto(f"{live_server.url}{reverse('comptes:demandes')}")
        word = page.get_by_label("Un mot pour Claude")
        word.fill("Désolée, ce n’est pas votre collège.")
        accept = page.locator("form", has_text="Dominique souhaite").get_by_role("button", name="Accepter")
        accept.click()
        expect(word).to_be_focused()
        expect(word).to_have_value("Désolée, ce n’est pas votre collège.")
        follow(accept)
        assert len(asked) == 2  # still: the page that asked is left
        assert "Un mot pour Claude" in asked[0]
    assert sorted(Commentaire.objects.values_list("text", flat=True)) == ["Bravo.", "Merci pour cette fiche."]


def test_a_form_refused_for_its_fields_then_for_who_signed_in_in_another_tab_comes_back(
    live_server: LiveServer, open_page: Opener
) -> None:
    """It leads to its fields; then its token is refused: the page says what happened, and it is sent."""
    where = factories.territory()
    school = factories.school(where)
    marie = factories.person(TypeRole.PORTEUR, "marie@example.fr", etablissement=school)
    with open_page(width=360, may_refuse=True) as page:
        page.goto(f"{live_server.url}/declarer/")
        follow(page.get_by_role("button", name="Enregistrer et continuer"))
        expect(page).to_have_title("Erreur\N{NO-BREAK SPACE}: Déclarer une action – Accroche")
        summary = page.locator("[data-resume]")
        expect(summary).to_be_focused()
        accessible(page)
        fits(page, widths=(320, 360))
        summary.get_by_role("link", name="Ce qui se passe").click()
        expect(page.get_by_label("Ce qui se passe")).to_be_focused()

        page.get_by_label("Titre de l’action").fill("Forum")
        page.get_by_role("main").get_by_role("combobox").fill(school.uai)
        page.get_by_label("Ce qui se passe").fill("Quatre métiers racontés.")
        page.get_by_label("Votre adresse électronique").fill("marie.privee@example.fr")
        sign_in(page, marie, str(live_server.url))
        token = {"name": settings.CSRF_COOKIE_NAME, "value": "a" * 32, "url": str(live_server.url)}
        page.context.add_cookies([token])  # type: ignore[list-item]  # as signing in gives another one
        follow(page.get_by_role("button", name="Enregistrer et continuer"))
        page.get_by_text("Vous vous êtes connecté pendant que vous écriviez").wait_for()
        accessible(page)
        fits(page, widths=(320, 360))
        follow(page.get_by_role("button", name="Revoir le formulaire"))
        expect(page.get_by_label("Ce qui se passe")).to_have_value("Quatre métiers racontés.")
        expect(page.get_by_label("Titre de l’action")).to_have_value("Forum")
        follow(page.get_by_role("button", name="Enregistrer et continuer"))
        expect(page).to_have_url(
            f"{live_server.url}{reverse('actions:modifier', args=[Action.objects.get().pk])}"
        )
    assert Action.objects.get().declarant == marie
