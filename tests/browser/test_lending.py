"""A page that is lent again has nothing of who had it before, and tells who else was asked for something."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tests.browser.lending import failure
from tests.browser.look import reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page, Request
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.lending import Pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: A line that is cut in the words of the browser.
CUT = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
KEEP = """() => {
  sessionStorage.setItem("a", "1");
  localStorage.setItem("a", "1");
  document.cookie = "a=1";
  return new Promise((done) => { indexedDB.open("a", 1).onsuccess = () => done(); });
}"""
KEPT = """async () => ["a" in sessionStorage, "a" in localStorage, (await indexedDB.databases()).length > 0,
  document.cookie.includes("a=1"), ...["(width: 1280px)", "(prefers-color-scheme: light)", "screen"]
    .map((query) => !matchMedia(query).matches)]"""


def test_nothing_of_a_test_is_left_in_the_page_it_had(
    live_server: LiveServer, open_page: Callable[..., AbstractContextManager[Page]]
) -> None:
    heard: list[str] = []
    with open_page(width=360, theme="dark") as page:
        page.goto(live_server.url)
        page.evaluate(KEEP)  # still: it waits itself
        page.emulate_media(media="print")
        had = page
    with open_page() as page:
        assert page == had
        assert not page.context.cookies()
        page.goto(live_server.url)
        reads(page.locator("main"), "load_edition")
        # still: what a page begins with
        assert page.evaluate(KEPT) == [False] * 7
        page.on("response", lambda response: heard.append(response.url))
        page.context.on("request", lambda request: heard.append(request.url))
        page.route("**/aide/", lambda route: route.abort())
        page.context.route("**/plan-du-site/", lambda route: route.abort())
        page.context.set_offline(True)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", CUT)
    heard.clear()
    with open_page() as page:
        assert page == had
        for address in ("/", "/aide/", "/plan-du-site/"):
            page.goto(live_server.url + address)
        assert not heard
        page.add_init_script("window.mark = 1")
    with open_page() as page:
        assert page != had, "what every page begins with from now on is not taken back"


def test_files_share_what_they_keep_with_no_other_test(
    open_page: Callable[..., AbstractContextManager[Page]], tmp_path: Path
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.html").write_text("<!doctype html><title>Page</title>", encoding="utf-8")
    with open_page() as page:
        page.goto((tmp_path / "a.html").as_uri())
        page.evaluate("localStorage.setItem('a', '1')")  # still: it is done at once
        had = page
    with open_page() as page:
        assert page == had
        page.goto((tmp_path / "b.html").as_uri())
        assert page.evaluate("'a' in localStorage") is False  # still: what a page begins with


def test_what_is_asked_of_another_host_is_told(pages: Pages, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>Page</title>", encoding="utf-8")
    address = "https://192.0.2.1/a.png"
    with pages.lend(width=1280, theme="light") as lent:
        lent.page.goto((tmp_path / "a.html").as_uri())
        with lent.page.expect_event("requestfailed"):
            lent.page.set_content(f"<img src='{address}'>")
    assert lent.complaints[0] == f"failed: {address} (net::ERR_NAME_NOT_RESOLVED)"


@pytest.mark.parametrize(("host", "told"), [("localhost:8000", 0), ("exemple.fr", 1), ("localhost.fr", 1)])
def test_a_page_that_is_left_may_have_asked_its_own_host_alone(host: str, told: int) -> None:
    given_up = SimpleNamespace(
        failure="net::ERR_ABORTED", url=f"http://{host}/a.png", is_navigation_request=lambda: False
    )
    assert len(failure(cast("Request", given_up))) == told
