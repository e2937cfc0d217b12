"""A référent sees who has not declared, previews and invites, from a phone and without a script of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.pilotage.operations.invitation import stop_token
from tests import factories
from tests.browser.look import fine, follow, reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_referent_filters_previews_and_invites(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    Edition.objects.update(declaration_opens="2020-09-01", declaration_closes="2090-07-15")
    declared = factories.school(where, 1, name="Collège Carnot")
    factories.action(where, declared, Etat.PUBLISHED)
    started = factories.school(where, 2, name="Lycée Montchapet", kind=TypePorteur.LYCEE)
    factories.action(where, started, Etat.DRAFT)
    mute = factories.school(where, 3, name="École Éluard", kind=TypePorteur.ECOLE, email="")
    factories.school(factories.territory("Lyon", "69"), 4, name="Collège de Lyon")
    referent = factories.person(TypeRole.REFERENT, bassin=where.bassin)
    with open_as(referent, width=360) as page:
        page.goto(f"{live_server.url}/mon-espace/")
        follow(page.get_by_role("link", name="Couverture de votre territoire"))
        reads(page.locator(".a-chapeau"), "33")
        fine(page)
        follow(page.get_by_role("link", name="Voir les 2 établissements"))
        expect(page.locator(".a-ecoles > li")).to_have_count(2)
        fine(page)
        page.get_by_label("Étape").select_option("Brouillon commencé")
        follow(page.get_by_role("button", name="Filtrer"))
        expect(page.locator(".a-ecoles > li")).to_have_count(1)
        page.get_by_label("Étape").select_option("N’ont pas déclaré")
        follow(page.get_by_role("button", name="Filtrer"))
        follow(page.get_by_role("button", name="Inviter toute la liste"))
        reads(page.get_by_role("row", name="adresse électronique"), mute.name)
        page.get_by_label("Message").fill("Bonjour {etablissement}, c’est par ici : {lien}")
        follow(page.get_by_role("button", name="Voir l’aperçu"))
        reads(page.locator(".a-lettre"), f"?etablissement={started.uai}")
        fine(page)
        follow(page.get_by_role("button", name="Envoyer à 1 établissement"))
        page.get_by_text("1 invitation part dans les minutes qui viennent").wait_for()
        reads(page.locator(".a-ecoles"), "invité le")
        page.goto(f"{live_server.url}/pilotage/invitations/{stop_token(started)}/")
        fine(page)
    assert Message.objects.get().to == started.email
