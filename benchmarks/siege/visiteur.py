"""A visitor with a browser's manners: cookies, CSRF tokens, an address of their own behind the proxy."""

from __future__ import annotations

import re
from typing import Any

import requests

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
#: Longer than anything the site may take, so that slowness is seen and not hidden.
PATIENCE = 150.0


class Visiteur:
    """One browser. ``address``: what the proxy says of where it comes from."""

    def __init__(self, url: str, address: str = "192.0.2.1") -> None:
        """Open nothing yet."""
        self.url = url
        self.browser = requests.Session()
        self.browser.headers["X-Forwarded-For"] = address

    def get(self, path: str, **options: Any) -> requests.Response:
        """Read a page."""
        return self.browser.get(f"{self.url}{path}", timeout=PATIENCE, **options)

    def post(
        self,
        path: str,
        data: dict[str, Any],
        *,
        form: str = "",
        files: Any = None,
        page: requests.Response | None = None,
    ) -> requests.Response:
        """Send a form as its page gives it.

        ``form``: the address of the page that holds it, ``path`` unless told; ``page``: that page, where it
        was opened before.
        """
        page = page or self.get(form or path)
        token = _TOKEN.search(page.text)
        sent = {"csrfmiddlewaretoken": token[1] if token else "", **data}
        return self.browser.post(
            f"{self.url}{path}", data=sent, files=files, timeout=PATIENCE, allow_redirects=False,
            headers={"Referer": f"{self.url}{form or path}"},
        )  # fmt: skip

    def declare(
        self,
        school: str,
        email: str,
        title: str,
        description: str = "",
        *,
        page: requests.Response | None = None,
    ) -> requests.Response:
        """Begin a sheet without an account; ``page``: the form, where it was opened before."""
        return self.post(
            "/declarer/",
            {
                "title": title,
                "etablissement": school,
                "description": description or "Les élèves rencontrent des professionnels.",
                "temporality": "semaine",
                "email": email,
            },
            page=page,
        )

    def ask_code(self, email: str) -> requests.Response:
        """Ask for a code to sign in."""
        return self.post("/comptes/connexion/", {"email": email})

    def give_code(self, code: str) -> requests.Response:
        """Give a code back, in the browser that asked for it."""
        return self.post("/comptes/connexion/code/", {"code": code})
