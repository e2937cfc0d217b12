"""One teacher, one phone, from the first word to the published page: what is typed, asked, answered, told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import move
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fits, follow, reads
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]

#: A line of the countryside: bytes a second.
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 120_000, "uploadThroughput": 60_000}
ASKED, ANSWER = "Combien d’élèves viennent", "Environ 120, de 4e."
# a build without windows has nobody to ask who may copy
PHONE = {"width": 360, "has_touch": True, "is_mobile": True, "permissions": ["clipboard-write"]}


def slowed(page: Page) -> None:
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)


def sign_in(page: Page, address: str) -> None:
    """By the code of a mail, wherever one was led from."""
    page.get_by_label("Votre adresse électronique").fill(address)
    follow(page.get_by_role("button", name="Recevoir un code"))
    code = re.match(r"\d{4} \d{4}", Message.objects.filter(to=address).latest("pk").subject)
    assert code
    page.get_by_label("Code à huit chiffres").fill(code[0])
    follow(page.get_by_label("Code à huit chiffres"), "Enter")


def link_of(to: str, path: str) -> str:
    """The address of the site that the last mail to somebody tells, from its root."""
    found = re.findall(rf"https?://[^/\s]+({path})", Message.objects.filter(to=to).latest("pk").body)
    assert found
    return str(found[0])


def comfortable(page: Page) -> None:
    accessible(page)
    fits(page, widths=(360,))


def declare_signing_in_midway(page: Page, uai: str, address: str) -> None:
    """What is typed as a visitor is there once signed in; what would block publication is told at once."""
    if THOROUGH:  # all of it on a slow line, pages and sign-in; else the double tap alone
        slowed(page)
    page.get_by_label("Titre de l’action").fill("Forum des métiers")
    page.get_by_label("Établissement qui la porte").fill(uai)
    page.get_by_label("Ce qui se passe").fill("Les élèves préparent leurs questions. Tél. 06 12 34 56 78")
    reads(page.locator("[data-etat]"), "Saisie gardée")
    follow(page.get_by_role("link", name="Connectez-vous"))  # one has an account after all
    sign_in(page, address)
    page.get_by_role("button", name="Reprendre cette saisie").tap()
    expect(page.get_by_label("Titre de l’action")).to_have_value("Forum des métiers")
    page.get_by_text("Pendant la semaine", exact=True).tap()
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    told = page.locator("#id_description_remarques")
    reads(told, "Retirez ce numéro de téléphone", "06 12 34 56 78")
    comfortable(page)
    page.get_by_label("Ce qui se passe").fill("Les élèves préparent leurs questions.")
    expect(told).to_have_count(0)
    # two taps on a slow line are one
    slowed(page)
    page.get_by_role("button", name="Envoyer à l’académie").first.dblclick()
    page.wait_for_url("**/envoyee/")


def answer(page: Page) -> None:
    """The request comes first, on the sheet and in its form; what is answered on one is on the other."""
    request = page.get_by_role("region", name="L’académie vous demande")
    reads(request, ASKED)
    comfortable(page)
    request.get_by_label("Votre réponse").fill(ANSWER)
    follow(request.get_by_role("button", name="Compléter la fiche"))
    reads(page.get_by_role("region", name="L’académie vous demande"), ASKED)
    expect(page.get_by_label("Votre réponse")).to_have_value(ANSWER)
    comfortable(page)
    page.get_by_text("Public, nature et thèmes").tap()
    # told as one types, though nothing is written before one says so
    page.get_by_label("Classes", exact=False).first.fill("4e A, tél. 06 12 34 56 78")
    reads(page.locator("#id_classes_remarques"), "06 12 34 56 78")
    page.get_by_label("Classes", exact=False).first.fill("4e A")
    expect(page.locator("#id_classes_remarques")).to_have_count(0)
    page.get_by_label("Nombre d’élèves").fill("120")
    follow(page.get_by_role("button", name="Enregistrer et renvoyer à l’académie"))
    page.wait_for_url("**/envoyee/")


def test_a_teacher_declares_signs_in_midway_answers_and_finds_the_published_page(
    live_server: LiveServer, open_page: Opener
) -> None:
    where = factories.territory()
    school = factories.school(where, name="Collège Félix Tisserand", commune="Nuits-Saint-Georges")
    owner = factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    site = live_server.url
    with open_page(**PHONE) as page:
        page.goto(f"{site}/declarer/")
        declare_signing_in_midway(page, school.uai, owner.email)
    action = Action.objects.get()
    assert (action.etat, action.declarant) == (Etat.SUBMITTED, owner)

    move(action, Step.ASK, access=factories.access(moderator), at=timezone.now(), reason=f"{ASKED} ?")
    with open_page(**PHONE) as page:  # a week later, where nobody is signed in
        page.goto(f"{site}{link_of(owner.email, '/fiches/[0-9]+/')}")
        sign_in(page, owner.email)
        answer(page)
    action.refresh_from_db()
    assert (action.etat, action.audience_size, action.reponse) == (Etat.SUBMITTED, 120, "")
    assert ANSWER in Message.objects.filter(to=moderator.email).latest("pk").body

    move(action, Step.PUBLISH, access=factories.access(moderator), at=timezone.now())
    public = link_of(owner.email, "/editions/[^\\s]+/")
    with open_page(**PHONE) as page:
        page.goto(f"{site}{public}")  # whoever is given the address reads it
        expect(page.get_by_role("heading", level=1)).to_have_text("Forum des métiers")
        page.goto(f"{site}{reverse('comptes:connexion')}?next={reverse('portail:tableau')}")
        sign_in(page, owner.email)
        named = page.get_by_role("link", name="Page publique : Forum des métiers")
        expect(named).to_have_attribute("href", re.compile(re.escape(public)))
        page.get_by_role("button", name="Copier l’adresse").tap()
        reads(page.locator("[data-copie]"), "Adresse copiée")
        comfortable(page)
        page.goto(f"{site}{reverse('relecture:fiche', args=[action.pk])}")
        reads(page.get_by_role("region", name="En ligne"), public)
        comfortable(page)
        follow(page.get_by_role("button", name="Se déconnecter"))
        expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
