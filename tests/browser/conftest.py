"""A real Chromium in front of the real site."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.lending import NO_OTHER_HOST, PATIENCE, Pages
from tests.comptes.proconnect import proconnect, proconnect_process  # noqa: F401 - fixtures
from tests.conftest import PUBLISHED_AT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from accroche.campagne.models import Edition
    from accroche.comptes.models import User
    from accroche.dossier.dossier import EditionDossier

#: The headless build of Chromium draws the same pages at half the cost of the one with windows.
BUILDS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = Path(os.environ.get("CHROMIUM") or next(filter(os.path.exists, BUILDS), BUILDS[-1]))
#: How many times slower than this machine a page runs: ``BROWSER_SLOWDOWN=6`` shows what looks too early.
SLOWDOWN = int(os.environ.get("BROWSER_SLOWDOWN", "1"))
#: Semaines with a number, with two, with none, without an answer, and the fullest.
FEW = ("Versailles", "Lyon", "Guyane", "Toulouse", "Montpellier")
ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # pages live for seconds: optimizing their scripts, axe above all, costs more than it saves
    "--js-flags=--no-opt --no-maglev",
    "--renderer-process-limit=1",
    NO_OTHER_HOST,
)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start one browser for these tests; the others run as if there had been none."""
    if not CHROMIUM.exists():
        pytest.skip(
            f"NO BROWSER: {CHROMIUM} is not installed, so no page was looked at "
            "(apt install chromium-headless-shell)"
        )
    # Playwright's synchronous interface runs an event loop in this thread, which Django takes for
    # asynchronous code, even when it empties the tables after a test. Our tests only use the database
    # between two calls to the browser.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    try:
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGS))
            except Error as error:
                pytest.fail(f"{CHROMIUM} is there but does not start: {error}")
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def pages(chromium: Browser) -> Iterator[Pages]:
    """Return the pages of the browser, to lend."""
    with pytest.MonkeyPatch.context() as patch:
        yield Pages(chromium, patch)


@pytest.fixture(scope="package", autouse=True)
def _served_as_by_an_instance(django_db_setup: None) -> Iterator[None]:
    """Have browsers keep files, and threads their connections, as they do with an instance.

    Django's own server says of no file how long it may be kept, so that a browser asks again for those of a
    fresh clone every few seconds. And a thread that opens the database for one page reads all its tables,
    indexes and triggers first.
    """
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 - needs settings
    from django.db import connection  # noqa: PLC0415 - the same

    serve = StaticFilesHandler.get_response

    def kept(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = serve(handler, request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "get_response", kept)
        # each ends with the connection of its browser
        patch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
        yield


@pytest.fixture
def site(live_server: LiveServer, edition_2015: Edition) -> str:
    """Return the address of the site, with the 2015-2016 edition on it."""
    assert edition_2015.year == "2015-2016"
    return str(live_server.url)


@pytest.fixture
def small_site(live_server: LiveServer, pack_2015: EditionDossier) -> str:
    """Return the address of the site with a few semaines of each kind: its synthesis is not 78 pages long."""
    from accroche.imports.operations import load_dossier  # noqa: PLC0415 - needs configured settings

    few = tuple(semaine for semaine in pack_2015.semaines if semaine.academie in FEW)
    assert len(few) == len(FEW)
    load_dossier(replace(pack_2015, semaines=few), origin="pack", publish_at=PUBLISHED_AT)
    return str(live_server.url)


@pytest.fixture
def open_page(pages: Pages) -> Callable[..., AbstractContextManager[Page]]:
    """Return a function that lends a page, and fails the test on any complaint of the browser in any tab.

    Complaints: an error or warning in the console (our policy refusing something shows there), an
    exception in a script, a request to another host or one that fails.
    """

    @contextmanager
    def opener(
        *,
        width: int = 1280,
        theme: str = "light",
        may_miss: bool = False,
        may_conflict: bool = False,
        may_be_busy: bool = False,
        may_refuse: bool = False,
        **options: Any,
    ) -> Iterator[Page]:
        with pages.lend(width=width, theme=theme, **options) as lent:
            if SLOWDOWN != 1:
                session = lent.page.context.new_cdp_session(lent.page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
            yield lent.page
        complaints = lent.complaints
        if may_miss:  # the browser itself reports the page that is not found
            complaints = [text for text in complaints if "404" not in text]
        if may_conflict:  # the same for a page that says somebody was faster
            complaints = [text for text in complaints if "409" not in text]
        if may_be_busy:  # and for one that says to come back in a moment
            complaints = [text for text in complaints if "503" not in text]
        if may_refuse:  # for what comes too often, whose link is dead, or what the page says
            complaints = [text for text in complaints if not {"403", "410", "422", "429"} & set(text.split())]
        assert not complaints
        assert len(lent.hosts - {""}) <= 1, lent.hosts

    return opener


@pytest.fixture
def open_as(
    open_page: Callable[..., AbstractContextManager[Page]], live_server: LiveServer
) -> Callable[..., AbstractContextManager[Page]]:
    """Return a function that opens a page already signed in as a person, and watched like any other."""
    from django.conf import settings  # noqa: PLC0415 - needs configured settings
    from django.test import Client  # noqa: PLC0415 - the same

    @contextmanager
    def opener(person: User, **options: Any) -> Iterator[Page]:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        with open_page(**options) as page:
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": str(live_server.url)}]
            )
            yield page

    return opener
