"""Two services fill one grid at once; the bureau reads, asks and gets an answer; its last page is printed."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accroche.comptes.regles import TypeRole
from accroche.evaluation.models import Evaluation, Reponse
from accroche.evaluation.operations.evaluation import answer
from tests import factories
from tests.browser.look import accessible, fine, fits, follow
from tests.evaluation.operations.test_evaluation import HIGH
from tests.factories import YEAR
from tests.pilotage import grilles

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


READ_ONLINE = "Toutes celles qui ont été reçues se lisent en ligne."


def criterion(page: Page, code: str) -> Locator:
    """One criterion of the page."""
    return page.locator(f"#critere-{grilles.critere(code).pk}")


def fill(one: Page, two: Page) -> None:
    """Two people answer one page at once, each their own criterion, then the same ones."""
    fine(one)
    # each answers a criterion of its own: both are saved by themselves
    criterion(one, "1.2").get_by_label(READ_ONLINE).check(force=True)
    criterion(two, "1.4").get_by_label("Quelques-unes ont une description.").check(force=True)
    for page, code in ((one, "1.2"), (two, "1.4")):
        expect(criterion(page, code).locator("[data-etat]")).to_contain_text("Enregistré à")
    # one chose a level, the other writes beside it: both stay, nobody is asked
    criterion(two, "1.2").get_by_label("Commentaire").fill("La carte du SAIO.")
    expect(criterion(two, "1.2").get_by_label(READ_ONLINE)).to_be_checked()
    # both choose a level: one is asked, and nothing is lost
    criterion(one, "1.4").get_by_label("Une sur deux renvoie").check(force=True)
    conflict = criterion(one, "1.4").locator("[data-conflit]")
    expect(conflict).to_contain_text("a répondu entre-temps")
    accessible(one)
    conflict.get_by_role("button", name="Prendre la sienne").click()
    expect(criterion(one, "1.4").get_by_label("Quelques-unes ont une description.")).to_be_checked()

    # the line is cut: what is typed stays on the phone, and leaves when the line is back
    two.context.set_offline(True)
    criterion(two, "1.2").get_by_label("Commentaire").fill("La carte du SAIO, à jour.")
    expect(criterion(two, "1.2").locator("[data-etat]")).to_contain_text("gardée sur cet appareil")
    two.context.set_offline(False)
    expect(criterion(two, "1.2").locator("[data-etat]")).to_contain_text("Enregistré à")


def test_two_services_fill_one_grid_and_the_bureau_reads_it(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    where = factories.territory()
    # a day to come whenever this runs, or the page would say that it is late
    grilles.attached(where.semaine.edition, due_on=timezone.localdate() + dt.timedelta(days=30))
    people = [
        factories.person(TypeRole.MODERATEUR, f"{service}@ac-dijon.fr", academie=where.academie)
        for service in ("cardie", "saio")
    ]
    bureau = factories.person(TypeRole.NATIONAL, "drdie@education.example")
    place = f"{live_server.url}/pilotage/evaluation/{YEAR}/dijon/"

    with open_as(people[0], may_conflict=True) as one, open_as(people[1], width=360) as two:
        for page in (one, two):
            page.goto(f"{place}objectif/identifier_valoriser/")
        fill(one, two)

    held = {row.critere.code: row.dite.choice for row in Reponse.objects.select_related("critere")}
    assert held == {"1.2": "3", "1.4": "1"}
    assert Reponse.objects.get(critere__code="1.2").comment == "La carte du SAIO, à jour."

    with open_as(people[0]) as page:
        answer(
            where.semaine,
            grilles.critere("4.4"),
            HIGH,
            access=factories.access(people[1]),
            at=timezone.now(),
            version=0,
        )
        page.goto(place)
        accessible(page)
        follow(page.get_by_role("button", name="Signer au nom de l’académie"))
        page.get_by_role("heading", name="Ce que vous pouvez essayer ensuite").wait_for()
        fine(page)
        # printed on two sheets at most
        assert len(pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))) <= 2

    with open_as(bureau) as page:
        page.goto(f"{live_server.url}/pilotage/evaluation/?edition={YEAR}")
        accessible(page)
        follow(page.get_by_role("link", name="Ouvrir celle de Dijon"))
        page.get_by_label("À propos de").select_option(label="1.2 Une liste que chacun peut consulter")
        page.get_by_label("Votre question").fill("Où est cette liste ?")
        follow(page.get_by_role("button", name="Envoyer la question"))
        page.get_by_text("Sans réponse").wait_for()
        follow(page.get_by_role("button", name="Marquer comme lue"))

    with open_as(people[1]) as page:
        page.goto(f"{place}#echanges")
        page.get_by_label("Votre réponse").fill("Sur la page de la semaine.")
        follow(page.get_by_role("button", name="Envoyer la réponse"))
        page.get_by_text("Sur la page de la semaine.").wait_for()
        fits(page)
    assert Evaluation.objects.get().echanges.count() == 2
