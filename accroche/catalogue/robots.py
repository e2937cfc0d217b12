"""Who is no reader: programs that say so, and browsers that fetch a page before anybody asked for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

#: What programs call themselves; most of them run no script, and never come here.
_ROBOT: Final = re.compile(
    "bot|crawl|spider|slurp|headless|preview|monitor|lighthouse|pagespeed|scan|fetch|python|curl|wget|java/|go-http",
    re.IGNORECASE,
)
#: Headers by which a browser asks that nothing be counted of it.
_REFUSALS: Final = ("DNT", "Sec-GPC")


def is_reader(headers: Mapping[str, str]) -> bool:
    """Whether a request was sent by a page that somebody reads, and that agrees to be counted."""
    agent = headers.get("User-Agent", "")[:500]
    if not agent or _ROBOT.search(agent):
        return False
    if any(headers.get(name) == "1" for name in _REFUSALS):
        return False
    if "prefetch" in f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')}".lower():
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
