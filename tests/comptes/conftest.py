"""The provider that tests of ProConnect sign in at; also for those in a browser."""

from tests.comptes.proconnect import proconnect, proconnect_process

__all__ = ["proconnect", "proconnect_process"]
