"""Photographs belong to the first pass: chosen with the rest, kept on the phone, sent, seen by who reads."""

from __future__ import annotations

import functools
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.commun import jobs
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import signed_in
from tests.browser.look import accessible, fits, follow, reads
from tests.integrations.images.test_reencode import phone_exif

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import FilePayload, Locator, Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]
#: A line of the countryside: bytes a second.
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 120_000, "uploadThroughput": 100_000}
#: A town again: what is under way comes through at once.
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
HELD = """() => new Promise((resolve) => {
  const asked = indexedDB.open("accroche-photos", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("photos").objectStore("photos").getAll();
    all.onsuccess = () => { resolve(all.result.map((one) => one.file.name)); asked.result.close(); };
  };
})"""


def sent(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": content}


@functools.cache
def photograph() -> FilePayload:
    """What a phone takes, with where it stood."""
    noise = Image.effect_noise((3000, 2250), 12).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=92, exif=phone_exif())
    return sent("IMG_2041.jpg", out.getvalue()) | {"mimeType": "image/jpeg"}


def row(page: Page, name: str) -> Locator:
    """A file that waits on the page."""
    return page.locator("[data-photo]").filter(has_text=name)


def caption(place: Locator) -> Locator:
    return place.get_by_label("Ce que montre l’image")


def chosen(page: Page, address: str, school: str) -> None:
    """What is chosen with the rest is described at once; what the site would refuse does not even leave."""
    page.goto(address)
    page.get_by_label("Titre de l’action").fill("Forum des métiers")
    page.get_by_label("Établissement qui la porte").fill(school)
    page.get_by_label("Images et documents").set_input_files(
        [photograph(), sent("IMG_2.HEIC", b"\0\0\0\x18ftypheic\0\0"), sent("Lettre.rtf", b"{\\rtf1 }")]
    )
    reads(row(page, "IMG_2.HEIC"), "Pas joint", "HEIC", "Envoyez-la en JPEG")
    # what saves itself while one types never carries a file
    expect(page.get_by_label("Images et documents")).to_have_js_property("value", "")
    first = row(page, "IMG_2041.jpg")
    reads(first, "Gardé sur cet appareil")
    caption(first).fill("Un stand dans la cour")
    first.get_by_text("Personne n’est reconnaissable").click()
    expect(page.locator("[data-photo]")).to_have_count(3)
    accessible(page)
    fits(page, widths=(320, 360))


def taken_up(page: Page, address: str) -> None:
    """Another page of the same phone offers what was typed, and what was chosen."""
    page.goto(address)
    page.get_by_role("button", name="Reprendre cette saisie").click()
    expect(page.get_by_label("Titre de l’action")).to_have_value("Forum des métiers")
    reads(page.locator("[data-photos-gardees]"), "2 fichiers choisis")
    page.get_by_role("button", name="Les reprendre ici").click()
    expect(caption(row(page, "IMG_2041.jpg"))).to_have_value("Un stand dans la cour")
    page.get_by_label("Ce qui se passe").fill("Les élèves rencontrent des professionnels.")
    page.get_by_text("Pendant la semaine", exact=True).click()
    page.get_by_label("Votre adresse électronique").fill("prof@example.fr")


def sent_slowly(page: Page) -> None:
    """The text goes first; its files follow by themselves, each told, and the sheet leaves once they have."""
    line = page.context.new_cdp_session(page)
    line.send("Network.emulateNetworkConditions", SLOW)
    follow(page.get_by_role("button", name="Enregistrer et continuer"))
    reads(row(page, "IMG_2041.jpg"), "Envoi en cours")
    page.get_by_label("Titre de l’action").fill("Forum des métiers et des talents")
    page.get_by_role("button", name="Enregistrer et envoyer à l’académie").first.click()
    reads(page.locator("[data-photos-envoi]"), "partent d’abord")
    line.send("Network.emulateNetworkConditions", FAST)
    refused = row(page, "Lettre.rtf")
    reads(refused, "Pas joint", "C’est un document RTF")
    expect(caption(page.locator("[data-piece]"))).to_have_value("Un stand dans la cour")
    expect(page.get_by_label("Titre de l’action")).to_have_value("Forum des métiers et des talents")
    accessible(page)
    refused.get_by_role("button", name="Retirer Lettre.rtf").click()
    follow(page.get_by_role("button", name="Enregistrer et envoyer à l’académie").first)
    page.wait_for_url("**/envoyee/")
    # nothing of it stays on the device
    page.wait_for_function(f"async () => (await ({HELD})()).length === 0")


def test_a_teacher_declares_with_a_photograph_on_a_slow_line(
    live_server: LiveServer, open_page: Opener, open_as: Opener, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path / "media", tmp_path, "separate"
    where = factories.territory()
    school = factories.school(where)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    begin = f"{live_server.url}{reverse('actions:declarer')}"
    with open_page(width=360, has_touch=True, is_mobile=True, may_refuse=True) as page:
        chosen(page, begin, school.uai)
        page.close()  # the phone rings, the page is gone
        later = page.context.new_page()
        taken_up(later, begin)
        sent_slowly(later)

    action, piece = Action.with_unconfirmed.get(), PieceJointe.objects.get()
    assert (piece.caption, piece.consent) == ("Un stand dans la cour", "nobody")
    jobs.run_waiting()
    alone = f"{live_server.url}{reverse('actions:piece', args=[piece.pk])}"
    with open_as(moderator, may_miss=True) as page:
        page.goto(alone)
        reads(page.locator("body"), "Erreur 404")  # nobody reads what is not confirmed
    link = re.findall(r"/declarer/lien/[\w-]+/", Message.objects.get().body)[0]
    with open_page(width=360) as page:
        page.goto(f"{live_server.url}{link}")
        follow(page.get_by_role("button", name="Confirmer et envoyer"))
    action.refresh_from_db()
    assert (action.etat, action.title) == (Etat.SUBMITTED, "Forum des métiers et des talents")
    with open_as(moderator) as page:
        page.goto(f"{live_server.url}{reverse('relecture:fiche', args=[action.pk])}")
        image = page.get_by_role("img", name="Un stand dans la cour")
        image.scroll_into_view_if_needed()
        # still: it waits for the image, which is upright
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1500
        reads(page.locator("main"), "Personne n’est reconnaissable")
    piece.refresh_from_db()
    with piece.file.open("rb") as kept:
        assert not dict(Image.open(kept).getexif())


def test_signing_in_midway_keeps_a_photograph_and_signing_out_leaves_none(
    live_server: LiveServer, open_page: Opener
) -> None:
    where = factories.territory()
    person = factories.person(TypeRole.PORTEUR, etablissement=factories.school(where))
    with open_page(width=360) as page:
        page.goto(f"{live_server.url}{reverse('actions:declarer')}")
        page.get_by_label("Images et documents").set_input_files([photograph()])
        caption(row(page, "IMG_2041.jpg")).fill("Un stand dans la cour")
        follow(page.get_by_role("link", name="Connectez-vous"))
        client = signed_in(person)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}{reverse('actions:declarer')}")
        expect(caption(row(page, "IMG_2041.jpg"))).to_have_value("Un stand dans la cour")
        page.goto(f"{live_server.url}{reverse('comptes:mon_compte')}")
        follow(page.locator("form[data-sortie] button[type=submit]").last)
        page.wait_for_function(f"async () => (await ({HELD})()).length === 0")
