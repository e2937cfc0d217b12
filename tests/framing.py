"""Which pages other sites may show in a frame: those made for it, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

#: Made to be shown in a frame on the pages of others.
FRAMED = frozenset(f"catalogue:integre_{name}" for name in ("actions", "carte", "agenda", "selection"))


def framed_rightly(name: str, response: HttpResponseBase) -> bool:
    """Whether an answer of a route says so: all of it, or none."""
    policy = response.headers["Content-Security-Policy"]
    told = {
        response.headers.get("X-Frame-Options") != "DENY",
        "frame-ancestors *" in policy,
        "frame-ancestors 'none'" not in policy,
    }
    return told == {name in FRAMED and response.status_code == 200}
