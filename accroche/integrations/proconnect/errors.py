"""What can go wrong with ProConnect: what waiting mends, and what it does not."""

from __future__ import annotations


class ProConnectError(Exception):
    """Nobody is identified."""


class UnavailableError(ProConnectError):
    """Temporary: no answer, an answer too late, or a server that says it is in trouble."""


class UntrustedError(ProConnectError):
    """Permanent: an answer that cannot be believed, or that refuses us; trying again gives the same."""
