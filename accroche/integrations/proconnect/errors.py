"""What can go wrong with ProConnect: what waiting mends, and what it does not."""

from __future__ import annotations


class ProConnectError(Exception):
    """Nobody is identified."""


class UnavailableError(ProConnectError):
    """Temporary: no answer, an answer too late, or a server that says it is in trouble."""


class BusyError(UnavailableError):
    """Temporary: enough others wait for an answer. Nothing was asked: what was to be used still serves."""


class UntrustedError(ProConnectError):
    """Permanent: an answer that cannot be believed, or that refuses us; trying again gives the same."""
