"""Pages that tests use one after another: to make one costs as much as to visit three.

A new page has a new process, which reads, compiles and lays out again all that every page of the site has. So
who asks for a page gets one that another test has left, where nothing is left of that test.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from tests.strictness import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest
    from playwright.sync_api import Browser, Request

#: Milliseconds for what is expected to come, as for a click: five seconds are too few on a busy machine.
PATIENCE = 30_000
#: A file of the site where nothing happens, which most pages have shown: no script runs there.
QUIET = "/static/commun/accroche.svg"
#: The same for pages that are files: they share what they keep.
QUIET_FILE = (ROOT / "accroche" / "commun" / QUIET.removeprefix("/")).as_uri()
#: What a site keeps in a browser, beside cookies.
FORGET = """async () => {
  sessionStorage.clear();
  localStorage.clear();
  for (const { name } of await indexedDB.databases())
    await new Promise((done) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    });
}"""
#: The DSFR asks for a frame after each frame, for ever: a page at rest takes a twentieth of a core, as three
#: programs draw what has not changed. Here its turn comes ten times a second, and what changes is drawn.
FEWER_FRAMES = """{
  window.requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 100);
  window.cancelAnimationFrame = (number) => clearTimeout(number);
}"""
#: The names of this machine, which alone the browser knows: who asks for anything of another host fails. To
#: be told of each request instead, a score for a page, takes longer than to answer it.
HERE = ("localhost", "127.0.0.1")
NO_OTHER_HOST = f"--host-resolver-rules=MAP * ~NOTFOUND{''.join(f' , EXCLUDE {name}' for name in HERE)}"
#: What a test does to a page or its context, and what takes it back: told where, what it gave and was given.
UNDO: dict[str, Callable[..., object]] = {
    "on": lambda place, _none, event, listener: place.remove_listener(event, listener),
    "route": lambda place, *_given: place.unroute_all(behavior="ignoreErrors"),
    "set_offline": lambda context, *_given: context.set_offline(offline=False),
    # what was asked of the browser in its own words ends with who asked it
    "new_cdp_session": lambda _context, session, _page: session.detach(),
}
#: What a test does that nothing takes back: these are lent no more.
LASTING: dict[type, tuple[str, ...]] = {
    Page: (
        *("add_init_script", "add_locator_handler", "expose_binding", "expose_function", "once"),
        *("route_from_har", "route_web_socket", "set_default_timeout", "set_extra_http_headers"),
        "set_default_navigation_timeout",
    ),
    BrowserContext: (
        *("add_init_script", "expose_binding", "expose_function", "grant_permissions"),
        *("once", "route_from_har", "route_web_socket", "set_default_timeout"),
        *("set_extra_http_headers", "set_geolocation", "set_default_navigation_timeout"),
    ),
}


def failure(request: Request) -> list[str]:
    """Word a request that failed; a page left while it still asked for something is no failure.

    The browser aborts what a page asked for, an icon or a script's question, when another page is opened
    before it came. What a server breaks off, a policy refuses or a name hides fails with other words; and
    of another host (``NO_OTHER_HOST``) nothing may be asked at all.
    """
    given_up = (
        request.failure == "net::ERR_ABORTED"
        and not request.is_navigation_request()
        and urlsplit(request.url).hostname in {*HERE, None}
    )
    return [] if given_up else [f"failed: {request.url} ({request.failure})"]


@dataclass
class Lent:
    """A page, and what its browser said while a test had it."""

    page: Page
    #: An error or warning in the console, an exception in a script, a request that failed; in any tab.
    complaints: list[str] = field(default_factory=list)
    #: Whose pages were opened; none is the host of a file.
    hosts: set[str] = field(default_factory=set)
    #: Whether a page was a file.
    files: bool = False
    #: Whether the test did what nothing takes back.
    changed: bool = False
    #: What takes back the rest, and on which page or context it was done.
    undo: list[tuple[Page | BrowserContext, Callable[[], object]]] = field(default_factory=list)

    def watch(self) -> None:
        """Listen to the browser, for as long as the page is there."""
        context = self.page.context
        context.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("requestfailed", lambda request: self.complaints.extend(failure(request)))
        context.on("page", self._follow)
        self._follow(self.page)

    def _follow(self, page: Page) -> None:
        page.on("framenavigated", lambda frame: self._opened(frame.url))

    def _opened(self, address: str) -> None:
        parts = urlsplit(address)
        self.hosts.add(parts.netloc)
        self.files |= parts.scheme == "file"

    def put_back(self) -> bool:
        """Leave what is shown and forget what is kept; whether another test may have the page."""
        page, context = self.page, self.page.context
        hosts = self.hosts - {""}
        kept = [f"http://{host}{QUIET}" for host in hosts] + [QUIET_FILE] * self.files
        if self.changed or page.is_closed() or len(kept) != 1:
            context.close()
            return False
        for place, undo in self.undo:
            if place is context or place in context.pages:
                undo()
        for other in context.pages:
            if other != page:
                other.close()
        page.goto(kept[0])
        page.evaluate(FORGET)  # still: it waits itself
        page.mouse.move(-1, -1)  # it would point at something of the next page
        context.clear_cookies()
        return True


class Pages:
    """The pages of one browser, lent and put back."""

    def __init__(self, browser: Browser, patch: pytest.MonkeyPatch) -> None:
        """Notice from now on, until ``patch`` is undone, what tests do to pages for good."""
        self._browser = browser
        self._free: dict[str, list[Lent]] = {}
        self._lent: dict[BrowserContext, Lent] = {}
        for kind, names in LASTING.items():
            for name in names:
                patch.setattr(kind, name, self._noticed(getattr(kind, name)))
            for name in UNDO.keys() & set(dir(kind)):
                patch.setattr(kind, name, self._undone(getattr(kind, name), UNDO[name]))
        clock = Page.clock.fget  # type: ignore[attr-defined]
        patch.setattr(Page, "clock", property(self._noticed(clock)))

    def _noticed(self, does: Callable[..., Any]) -> Callable[..., Any]:
        def noticed(place: Page | BrowserContext, *given: Any, **options: Any) -> Any:
            lent = self._lent.get(place.context if isinstance(place, Page) else place)
            if lent:
                lent.changed = True
            return does(place, *given, **options)

        return noticed

    def _undone(self, does: Callable[..., Any], undo: Callable[..., object]) -> Callable[..., Any]:
        def undone(place: Page | BrowserContext, *given: Any, **options: Any) -> Any:
            made = does(place, *given, **options)
            lent = self._lent.get(place.context if isinstance(place, Page) else place)
            if lent:
                # who speaks to the browser does it of a page
                of = given[0] if given and isinstance(given[0], Page) else place
                lent.undo.append((of, lambda: undo(place, made, *given)))
            return made

        return undone

    @contextmanager
    def lend(
        self, *, width: int, theme: str, reduced_motion: str = "", own: bool = False, **options: Any
    ) -> Iterator[Lent]:
        """Lend a page: ``options`` of its context, such as ``java_script_enabled``.

        ``own``: one that nobody had before nor has after, for who sees another site.
        """
        free = self._free.setdefault(repr(sorted(options.items())), [])
        if free and not own:
            lent = free.pop()
        else:
            context = self._browser.new_context(locale="fr-FR", **options)
            context.add_init_script(FEWER_FRAMES)
            lent = Lent(context.new_page())
            lent.watch()
        page = lent.page
        lent.complaints, lent.hosts, lent.files = [], set(), False
        lent.undo = []
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(
            media="null",
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce" if reduced_motion else "null",
        )
        lent.changed = own
        self._lent[page.context] = lent
        try:
            yield lent
        except BaseException:
            page.context.close()
            raise
        finally:
            del self._lent[page.context]
        if lent.put_back():
            free.append(lent)
