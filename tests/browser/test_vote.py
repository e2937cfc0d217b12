"""A vote: by mail link from a phone, the jury's mark, the close, the publication, the results seen."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.votes.models import Bulletin, Candidature, Scrutin
from tests import factories
from tests.browser.look import fine, follow, reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_vote() -> Scrutin:
    """An open vote with two candidates, whenever the test is run."""
    where = factories.territory()
    now = timezone.now()
    scrutin = Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug="innover",
        title="Innover contre le décrochage",
        presentation="Votez pour l’action qui vous a le plus marqué.",
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=1),
    )
    for number, title in enumerate(("Forum des métiers", "Atelier vélo")):
        school = factories.school(where, number + 1)
        action = factories.action(where, school, Etat.PUBLISHED, title=title)
        Candidature.objects.create(scrutin=scrutin, action=action, position=number)
    return scrutin


def test_a_vote(live_server: LiveServer, open_page: Opener, open_as: Opener) -> None:
    scrutin = make_vote()
    juror = factories.user("jury@ac-dijon.fr", "Dominique Roy")
    scrutin.jury.add(juror)
    address = f"{live_server.url}/innovation/innover/"
    with open_page(width=360) as page:
        page.goto(address)
        fine(page)
        page.get_by_label("Atelier vélo").check(force=True)
        page.get_by_label("Votre adresse électronique").fill("parent@example.fr")
        follow(page.get_by_role("button", name="Recevoir le courriel"))
        page.get_by_text("Plus qu’un geste").wait_for()
        fine(page)
        link = re.search(r"/innovation/vote/[\w-]+/", Message.objects.get().body)
        assert link
        page.goto(f"{live_server.url}{link[0]}")
        assert not Bulletin.objects.exclude(confirmed_at=None).exists(), "a mail scanner votes for nobody"
        reads(page.locator("main"), "Atelier vélo")
        fine(page)
        follow(page.get_by_role("button", name="Confirmer mon vote"))
        page.get_by_text("Merci, votre voix est comptée").wait_for()
    with open_as(juror, width=360) as page:
        page.goto(f"{address}jury/")
        fine(page)
        part = page.get_by_role("region", name="Atelier vélo")
        part.get_by_label("Note").fill("17")
        follow(page.get_by_role("button", name="Enregistrer mes notes"))
        page.get_by_text("Note enregistrée").wait_for()
    with open_as(factories.person(TypeRole.MODERATEUR, academie=scrutin.academie), width=360) as page:
        for path in ("candidatures/", "organiser/"):
            page.goto(f"{address}{path}")
            fine(page)
        page.get_by_text("1 personne a voté").wait_for()
        Scrutin.objects.update(closes_at=timezone.now())
        page.reload()
        page.get_by_label("Prix : Atelier vélo").fill("Prix du public")
        follow(page.get_by_role("button", name="Enregistrer les prix"))
        page.get_by_text("Les prix sont enregistrés").wait_for()
        fine(page)
        follow(page.get_by_role("button", name="Publier les résultats"))
        page.get_by_text("Les résultats sont publiés").wait_for()
    with open_page(width=360) as page:
        page.goto(address)
        first = page.locator(".a-resultat").first
        reads(first, "Atelier vélo", "1 voix", "17 sur 20", "Prix du public")
        fine(page)
        follow(page.get_by_role("link", name="Atelier vélo"))
        reads(page.locator("main"), "Prix du public")
