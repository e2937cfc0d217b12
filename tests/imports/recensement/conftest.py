"""What the tests of imports side by side share."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def no_other_worker(settings: Any) -> None:
    """Only the workers of the test: a page would start one more."""
    settings.WORKER = "separate"
