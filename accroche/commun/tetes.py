"""Answers to HEAD, as every server sends them: what GET would say above, and no body below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Site: TypeAlias = "Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]"


def without_body(site: Site) -> Site:
    """Keep the bodies of answers to HEAD back: Django leaves that to the server, and waitress to the site.

    On a connection that is kept, whoever stands in front would take a body for the next answer.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body: Any = site(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body  # type: ignore[no-any-return]
        if hasattr(body, "close"):
            body.close()
        return []

    return answer
