"""The provider that tests of ProConnect sign in at, and codes as often as wanted."""

from typing import Any

import pytest

from tests.comptes.proconnect import proconnect, proconnect_process

__all__ = ["no_limits", "proconnect", "proconnect_process"]


@pytest.fixture
def no_limits(settings: Any) -> None:
    """Let a test ask for as many codes as it signs in."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
