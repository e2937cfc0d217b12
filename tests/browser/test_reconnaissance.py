"""A moderator recognises the schools of a week with one key each, and without a script of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accroche.actions.models import ActionPorteur
from accroche.annuaire.models import Porteur, ReponseReconnaissance
from accroche.annuaire.regles import TypePorteur
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import fine, follow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_key_one_school(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    right = factories.school(where, 1, name="Collège Félix Tisserand", commune="Nuits-Saint-Georges")
    factories.school(
        where, 2, name="LYCEE PROFESSIONNEL FELIX TISSERAND LYCEE DES METIERS DU VIN", commune="BEAUNE",
        kind=TypePorteur.LYCEE_PROFESSIONNEL,
    )  # fmt: skip
    for name in ("Félix Tisserand", "Clg Tissrand", "Collège du Parc"):
        made = Porteur.objects.create(academie=where.academie, kind=TypePorteur.COLLEGE, name=name)
        ActionPorteur.objects.create(action=factories.action(where), porteur=made, position=0)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/mon-espace/")
        follow(page.get_by_role("link", name="Les reconnaître"))
        page.get_by_role("heading", name="Félix Tisserand").wait_for()
        fine(page)
        with page.expect_navigation():
            page.keyboard.press("p")
        page.get_by_role("heading", name="Clg Tissrand").wait_for()
        page.get_by_label("Un autre établissement").press("1")  # writing is no answer
        page.get_by_role("heading", name="Clg Tissrand").click()
        with page.expect_navigation():
            page.keyboard.press("1")
        page.get_by_text("« Clg Tissrand » : Collège Félix Tisserand").wait_for()
        page.get_by_role("heading", name="Collège du Parc").wait_for()
        fine(page)
        with page.expect_navigation():
            page.keyboard.press("0")
        page.get_by_role("heading", name="Félix Tisserand").wait_for()
    with open_as(moderator, width=360, java_script_enabled=False) as page:
        page.goto(f"{live_server.url}/reconnaissance/")
        follow(page.get_by_role("button", name="Nuits-Saint-Georges"))
        page.get_by_text("sont reconnus").wait_for()
    with open_as(moderator, width=360) as page:
        page.goto(f"{live_server.url}/reconnaissance/")
        fine(page)
    assert Porteur.objects.get(etablissement=right).portages.count() == 2
    assert ReponseReconnaissance.objects.count() == 3
