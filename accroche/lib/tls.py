"""Encrypted connections that are closed at once when they end before they began."""

from __future__ import annotations

import errno
import ssl
from typing import Any


class Wrapped(ssl.SSLSocket):
    """What a context wraps connections in, as its ``sslsocket_class``.

    Python asks first whether the other side is still there. Where it is not, it raises and forgets the
    connection it has just taken over: nobody could close it any more.
    """

    def getpeername(self) -> Any:
        """Return the address of the other side. Raises ``ConnectionResetError``, closed, when it has left."""
        try:
            return super().getpeername()
        except OSError as error:
            self.close()
            raise ConnectionResetError(errno.ECONNRESET, "cut before TLS began") from error
