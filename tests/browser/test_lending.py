"""A page that is lent again has nothing of who had it before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.look import reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

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
        page.on("dialog", lambda dialog: dialog.accept())
    with open_page() as page:
        assert page != had, "what a test listens to is not taken back"
