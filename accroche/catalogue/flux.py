"""What a feed tells of something new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntreeDeFlux:
    """Something new: ``identifiant`` never changes, ``path`` is its page."""

    identifiant: str
    title: str
    summary: str
    path: str
    published: dt.datetime
    updated: dt.datetime
    author: str
