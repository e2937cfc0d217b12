"""A webmaster embeds the map of an académie: on a site of their own, in a narrow column."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from tests import factories
from tests.browser.look import accessible, fits, in_both_themes, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site: its address, and where its pages lie."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webmaster_embeds_a_map(
    live_server: LiveServer,
    open_page: Callable[..., Any],
    chromium: Browser,
    elsewhere: tuple[str, Path],
    settings: Any,
) -> None:
    settings.SITE_URL = live_server.url
    where = factories.territory()
    nevers = factories.school(where, 11, latitude=46.9896, longitude=3.159, commune="Nevers")
    sheet = factories.action(where, nevers, Etat.PUBLISHED, title="Rallye des écluses")
    with open_page() as page:
        page.goto(f"{live_server.url}/carte/?academie={where.academie.slug}")
        page.get_by_role("link", name="Intégrer à mon site").click()
        ready(page)
        fits(page, widths=(1280, 360))
        in_both_themes(page)
        pasted = page.get_by_role(
            "textbox", name=re.compile("^Le cadre")
        ).input_value()  # still: made with the page
        follows = page.get_by_label("Pour que la hauteur suive").input_value()  # still: made with the page
        expect(page.frame_locator("iframe").get_by_role("heading", name="Carte des actions")).to_be_visible()
    site, folder = elsewhere
    own = (
        '<!doctype html><html lang="fr"><title>Le collège</title><h1>Le collège</h1><div style="width:280px">'
    )
    (folder / "page.html").write_text(f"{own}{pasted}</div>{follows}")
    # as WordPress shows what a provider it does not know gives: alone in a sandbox, told of by a secret
    boxed = pasted.replace("<iframe", '<iframe sandbox="allow-scripts"').replace("/carte/", "/actions/")
    boxed = boxed.replace(f'academie={where.academie.slug}"', f'academie={where.academie.slug}#?secret=abc"')
    script = "onmessage = ({data}) => document.querySelector('p').append(JSON.stringify(data))"
    told = f"<p></p><script>{script}</script>"
    (folder / "boxed.html").write_text(f"{own}{told}{boxed}</div>")
    context = chromium.new_context(viewport={"width": 360, "height": 900}, locale="fr-FR")
    complaints: list[str] = []
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page = context.new_page()
    page.goto(f"{site}/page.html")
    frame = page.frame_locator("iframe")
    place = frame.locator(".a-geo__carte").get_by_role("button", name="1 action à Nevers", exact=True)
    expect(place).to_be_visible()
    # the height follows what is shown: nothing scrolls within, and it comes to rest
    inside, within = page.frames[1], "document.documentElement.scrollHeight <= window.innerHeight"
    height = "Number.parseInt(document.querySelector('iframe').style.height)"
    page.wait_for_function(f"{height} > 0")
    inside.wait_for_function(within)
    page.evaluate(f"before = {height}")  # still: nothing asks for more
    frame.get_by_text("Les actions de cette vue").click()
    expect(frame.get_by_role("link", name="Rallye des écluses")).to_be_visible()
    page.wait_for_function(f"{height} > before")
    inside.wait_for_function(within)
    inside.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
    # a sheet opens beside, whole, and knows nothing of the page it was opened from
    with context.expect_page() as opened:
        frame.get_by_role("link", name="Rallye des écluses").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(sheet.title)
    opened.value.wait_for_function("window.opener === null")
    expect(page).to_have_url(f"{site}/page.html")
    alone_in_a_sandbox(page, f"{site}/boxed.html", live_server.url)
    assert not context.cookies()
    by_itself(page, f"{live_server.url}/integre/actions/")
    assert not complaints
    context.close()


def alone_in_a_sandbox(page: Page, address: str, site: str) -> None:
    """It opens nothing itself: it tells the page around, which follows links to this site."""
    page.goto(address)
    said = page.locator("p")
    expect(said).to_contain_text('"message":"height"')
    page.frame_locator("iframe").get_by_role("link", name="Rallye des écluses").click()
    expect(said).to_contain_text(f'"message":"link","value":"{site}/editions/')


def by_itself(page: Page, address: str) -> None:
    """A page like any other to who cannot see it, as narrow as a column."""
    page.set_viewport_size({"width": 280, "height": 900})
    page.goto(address)
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    accessible(page)
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
