"""The mail server: one message at a time, with the moment it changes hands told before it does."""

from accroche.integrations.smtp.errors import (
    BrokenError,
    RefusedError,
    SmtpError,
    UncertainError,
    UnreachableError,
)
from accroche.integrations.smtp.session import Server, Session, Tls

__all__ = [
    "BrokenError",
    "RefusedError",
    "Server",
    "Session",
    "SmtpError",
    "Tls",
    "UncertainError",
    "UnreachableError",
]
