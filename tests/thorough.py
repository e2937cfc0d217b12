"""The long campaigns, and the short version of each that the suite runs."""

from __future__ import annotations

import os

#: Whether ``HYPOTHESIS_PROFILE=thorough`` asks for the long ones.
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"


def examples(short: int) -> int:
    """How many examples a costly property is tried with: ``short`` in the suite."""
    return 2000 if THOROUGH else short
