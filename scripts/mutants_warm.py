"""For ``mutants.py``: what every forked trial would import for itself is imported before the fork, once."""

from __future__ import annotations


def pytest_collection_finish() -> None:
    """Read what the first fixture of the suite asks for: the jobs of every app, seconds of imports."""
    from accroche.commun import jobs  # noqa: PLC0415 - after Django's setup

    jobs.register()
