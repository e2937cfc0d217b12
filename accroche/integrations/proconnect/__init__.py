"""ProConnect, the State's sign-in for professionals: OpenID Connect, as its documentation asks for it."""

from accroche.integrations.proconnect.client import Attempt, Identity, ProConnect, Registration
from accroche.integrations.proconnect.errors import (
    BusyError,
    ProConnectError,
    UnavailableError,
    UntrustedError,
)

__all__ = [
    "Attempt",
    "BusyError",
    "Identity",
    "ProConnect",
    "ProConnectError",
    "Registration",
    "UnavailableError",
    "UntrustedError",
]
