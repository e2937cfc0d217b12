"""A teacher takes up what another school did: from its page to the line that says whose idea it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations import move
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fits, follow, in_both_themes

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_teacher_takes_up_what_another_school_did(live_server: LiveServer, open_as: Opener) -> None:
    lyon = factories.territory("Lyon", "69", "2025-2026")
    source = factories.action(
        lyon,
        factories.school(lyon),
        Etat.PUBLISHED,
        title="Le café des parents",
        slug="le-cafe-des-parents",
        description="Chaque mois, les parents prennent un café au collège.",
        refaire="Une salle calme.",
        classes="4e Bérénice",
    )
    where = factories.territory()
    school = factories.school(where)
    teacher = factories.person(TypeRole.PORTEUR, "prof@exemple.fr", etablissement=school)
    moderator = factories.person(TypeRole.MODERATEUR, "relit@exemple.fr", academie=where.academie)
    address = f"{live_server.url}/editions/2025-2026/academies/lyon/actions/le-cafe-des-parents/"
    with open_as(teacher, width=360) as page:
        told: list[str] = []
        page.on("request", lambda request: told.append(request.url) if request.method == "POST" else None)
        page.goto(address)
        expect(page.get_by_role("heading", name="Pour la refaire chez vous")).to_be_visible()
        expect(page.get_by_role("button", name="Copier l’adresse")).to_be_visible()
        follow(page.get_by_role("link", name="Reprendre cette action"))
        expect(page.get_by_role("heading", name="Ce qui ne vient pas")).to_be_visible()
        accessible(page)
        assert told == [f"{address}vue/"], "one reading, told once"
        follow(page.get_by_role("link", name="Commencer mon brouillon"))
        expect(page.get_by_label("Titre de l’action")).to_have_value("Le café des parents")
        expect(page.get_by_text("Ni les noms, ni les photos")).to_be_visible()
        page.get_by_label("Titre de l’action").fill("Le café des familles")
        follow(page.get_by_role("button", name="Enregistrer et continuer"))
        expect(page.get_by_label("Pour la refaire ailleurs")).to_have_value("Une salle calme.")
        page.locator("label", has_text="Toute l’année").first.click()
        follow(page.get_by_role("button", name="Enregistrer et envoyer à l’académie"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Merci, votre fiche est envoyée")
        made = Action.objects.get(title="Le café des familles")
        assert (made.previous, made.classes) == (source, "")
        move(made, Step.PUBLISH, access=factories.access(moderator), at=factories.NOW)
        page.goto(address)
        expect(page.get_by_text("Reprise par 1 établissement.")).to_be_visible()
        follow(page.get_by_role("link", name="Voir comment l’idée a circulé"))
        expect(page.get_by_role("link", name="Le café des familles")).to_be_visible()
        in_both_themes(page)
        fits(page)
        follow(page.get_by_role("link", name="Le café des familles"))
        expect(page.get_by_text("Reprise de « Le café des parents »")).to_be_visible()
