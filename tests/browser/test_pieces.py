"""Attachments from a phone, a video after consent, and a double found while typing, then merged."""

from __future__ import annotations

import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.actions.models import Lien
from accroche.campagne.models import Edition
from accroche.commun import jobs
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.attaching import LARGE
from tests.browser.look import accessible, fits, follow, in_both_themes, reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = (320, 768)
DECODED = "image => image.decode().then(() => image.naturalWidth)"


def photograph() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG")
    return out.getvalue()


def test_a_photograph_is_sent_described_and_agreed_to_from_a_phone(
    live_server: LiveServer, open_as: Callable[..., Any], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    where = factories.territory()
    school = factories.school(where)
    action = factories.action(where, school, Etat.DRAFT)
    owner = factories.person(TypeRole.PORTEUR, etablissement=school)
    address = f"{live_server.url}{reverse('actions:pieces', args=[action.pk])}"
    with open_as(owner, width=360, has_touch=True, is_mobile=True) as page:
        page.goto(address)
        expect(page.get_by_label("Ou prendre une photo")).to_be_visible()
        photo, heavy = tmp_path / "photo.jpg", tmp_path / "Film.pdf"
        photo.write_bytes(photograph())
        heavy.touch()
        os.truncate(heavy, 10 * 1024 * 1024 + 1)  # told before it is sent; the other file stays chosen
        field = page.get_by_label("Images et documents")
        field.set_input_files([photo, heavy])
        reads(page.get_by_role("alert"), "Film.pdf", "L’autre fichier reste choisi")
        # still: what is said is said after it is done
        assert field.evaluate("field => [...field.files].map((file) => file.name)") == ["photo.jpg"]
        accessible(page)
        page.get_by_label("Images et documents").set_input_files(
            [
                {"name": "fête.jpg", "mimeType": "image/jpeg", "buffer": photograph()},
                {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic\0\0\0\0"},
            ]
        )
        follow(page.get_by_role("button", name="Ajouter à la fiche"))
        page.get_by_text("format HEIC des iPhone").wait_for()
        page.get_by_text("Une image attend votre réponse").wait_for()
        accessible(page)
        page.get_by_label("Ce que montre l’image").fill("Un stand dans la cour")
        page.get_by_text("Personne n’est reconnaissable").click()
        follow(page.get_by_role("button", name="Enregistrer"))
        page.get_by_text("C’est enregistré").wait_for()
        image = page.get_by_role("img", name="Un stand dans la cour")
        image.scroll_into_view_if_needed()
        assert image.evaluate(DECODED) == 400  # still: it waits for the image
        page.emulate_media(color_scheme="dark")
        accessible(page)
        fits(page, widths=NARROW)
    assert action.pieces.get().consent == "nobody"


def test_an_image_shows_itself_once_prepared_and_what_is_typed_meanwhile_stays(
    live_server: LiveServer, open_as: Callable[..., Any], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path / "media", tmp_path, "separate"
    where = factories.territory()
    school = factories.school(where)
    action = factories.action(where, school, Etat.DRAFT)
    owner = factories.person(TypeRole.PORTEUR, etablissement=school)
    with open_as(owner, width=360) as page:
        page.goto(f"{live_server.url}{reverse('actions:pieces', args=[action.pk])}")
        large = {"name": "Une grande photo.png", "mimeType": "image/png", "buffer": LARGE}
        page.get_by_label("Images et documents").set_input_files([large])
        follow(page.get_by_role("button", name="Ajouter à la fiche"))
        page.get_by_text("Cette image est en préparation").wait_for()
        accessible(page)
        fits(page, widths=NARROW)
        page.get_by_label("Ce que montre l’image").fill("Un stand")
        jobs.run_waiting()
        image = page.get_by_role("img", name="Une grande photo.jpg")
        image.wait_for()
        image.scroll_into_view_if_needed()
        assert image.evaluate(DECODED) == 2000  # still: it waits for the image
        expect(page.get_by_label("Ce que montre l’image")).to_have_value("Un stand")
        expect(page.locator("[data-annonce]")).to_contain_text("Une grande photo.jpg : prête")
        expect(page.get_by_text("en préparation")).to_have_count(0)
        accessible(page)


def test_a_video_asks_nothing_of_anyone_before_the_click(live_server: LiveServer, chromium: Browser) -> None:
    where = factories.territory()
    action = factories.action(where, factories.school(where), Etat.PUBLISHED)
    Lien.objects.create(action=action, url="https://youtu.be/abc123", label="Le film", position=0)
    semaine = action.semaine
    path = reverse("catalogue:action", args=[semaine.edition.year, semaine.academie.slug, action.slug])
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}{path}")
    button = page.get_by_role("button", name="Afficher la vidéo (YouTube recevra votre adresse IP)")
    button.wait_for()
    in_both_themes(page)
    assert all(url.startswith(live_server.url) for url in asked)
    expect(page.locator("iframe")).to_have_count(0)
    context.set_offline(True)  # what is asked for is seen, and goes nowhere
    with page.expect_request("https://www.youtube-nocookie.com/embed/abc123"):
        button.click()
    expect(page.locator("iframe")).to_have_attribute("title", "Vidéo\u00a0: Le film")
    fits(page, widths=NARROW)
    context.close()


def test_a_double_is_told_while_typing_then_merged_and_parted(
    live_server: LiveServer, open_as: Callable[..., Any]
) -> None:
    where = factories.territory()
    # the page asks what is declared today, whatever day that is
    Edition.objects.update(declaration_opens="2020-01-01", declaration_closes="2100-01-01")
    school = factories.school(where)
    held = factories.action(where, school, title="La chaîne humaine")
    double = factories.action(where, school, title="Chaîne humaine du collège")
    owner = factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)
    with open_as(owner, width=360) as page:
        page.goto(f"{live_server.url}{reverse('actions:declarer')}")
        page.locator("[name=etablissement]").fill(school.uai)
        page.locator("[name=title]").fill("chaine humaine")
        page.get_by_text("2 fiches ressemblantes existent déjà").wait_for()
        expect(page.get_by_role("link", name="La chaîne humaine")).to_be_visible()
        page.locator("[name=title]").fill("Tournoi d’échecs")
        page.get_by_text("fiches ressemblantes existent déjà").wait_for(state="detached")
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    with open_as(moderator) as page:
        page.goto(f"{live_server.url}{reverse('relecture:fiche', args=[double.pk])}")
        follow(page.get_by_role("link", name="Comparer avec « La chaîne humaine »"))
        in_both_themes(page)
        fits(page, widths=NARROW)
        page.get_by_text("A : Chaîne humaine du collège").click()
        follow(page.get_by_role("button", name="Réunir les deux fiches"))
        page.get_by_text("est réunie à cette fiche").wait_for()
        follow(page.get_by_role("link", name="Comparer avec une autre fiche"))
        accessible(page)
        follow(page.get_by_role("link", name="ou défaire la fusion"))
        follow(page.get_by_role("button", name="Défaire la fusion"))
        page.get_by_text("La fusion est défaite").wait_for()
    held.refresh_from_db()
    assert held.etat == Etat.SUBMITTED
