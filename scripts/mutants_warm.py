"""For ``mutants.py``: what every forked trial would do for itself comes before the fork; chance tries few."""

from __future__ import annotations

import hypothesis

#: A quarter of what the suite tries: each trial runs them again, and few changes hide from the first.
hypothesis.settings.register_profile(
    "mutants", max_examples=25, derandomize=True, deadline=None, database=None
)


def pytest_collection_finish() -> None:
    """Read what the first fixture of the suite asks for: the jobs of every app, seconds of imports."""
    from accroche.commun import jobs  # noqa: PLC0415 - after Django's setup

    jobs.register()
    hypothesis.settings.load_profile("mutants")
