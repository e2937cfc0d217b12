"""What can go wrong with a mail, by what it says of the mail and of the server."""

from __future__ import annotations


class SmtpError(Exception):
    """The mail did not leave, unless :class:`UncertainError` says otherwise."""


class UnreachableError(SmtpError):
    """The server cannot be talked to at all: no mail would fare better."""


class BrokenError(SmtpError):
    """The talk broke in the middle of this mail, before it was handed over."""


class RefusedError(SmtpError):
    """The server answered, and does not take this mail."""


class UncertainError(SmtpError):
    """All was said and the answer is missing: the server may have taken the mail, or not."""
