"""The provider that tests of ProConnect sign in at, and codes as often as wanted."""

import pytest

from accroche.comptes.operations import codes
from tests.comptes.proconnect import proconnect, proconnect_process

__all__ = ["no_limits", "proconnect", "proconnect_process"]


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test ask for as many codes as it signs in."""
    monkeypatch.setattr(codes, "_limits", lambda *_args, **_known: [])
