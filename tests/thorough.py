"""The long campaigns, and the short version of each that the suite runs."""

from __future__ import annotations

import os

#: Whether ``HYPOTHESIS_PROFILE=thorough`` asks for the long ones.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def examples(short: int, long: int = 2000) -> int:
    """How many examples a costly property is tried with: ``short`` in the suite, ``long`` in a campaign.

    A quarter of them on PostgreSQL: dice that do not roll give it those that SQLite has seen.
    """
    if THOROUGH:
        return long
    return max(min(short, 5), short // 4) if os.environ.get("DATABASE_URL") else short
