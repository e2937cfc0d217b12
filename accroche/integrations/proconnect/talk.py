"""A few questions to ProConnect over HTTP, bounded all in all: in time, in size, followed nowhere else."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import ConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from accroche.integrations.proconnect.errors import UnavailableError, UntrustedError
from accroche.lib import doors
from accroche.lib.deadline import Deadline
from accroche.lib.tls import Wrapped

#: The longest answer read, in bytes: its longest, the published keys, has some five thousand.
MAX_BYTES: Final = 256 * 1024
SERVER_ERROR: Final = 500
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: only ever with the status 200."""

    url: str
    kind: str
    body: bytes

    def mapping(self) -> dict[str, Any]:
        """The JSON object it is. Raises :class:`UntrustedError`."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise UntrustedError(f"{self.url}: no JSON.") from error
        if not isinstance(found, dict):
            raise UntrustedError(f"{self.url}: not what was expected.")
        return found


class Talk:
    """``timeout``: seconds without a byte; ``deadline``: when all of it is over, whatever comes."""

    def __init__(self, deadline: Deadline, timeout: float) -> None:
        """Ask nothing yet."""
        self._deadline, self._timeout = deadline, timeout

    def ask(self, method: str, url: str, **options: Any) -> Answer:
        """Ask one thing. Raises ``UnavailableError`` and ``UntrustedError``."""
        doors.passing("another machine is asked")
        try:
            with requests.Session() as session:
                for scheme in ("http://", "https://"):
                    session.mount(scheme, _Adapter(self._deadline))
                timeout = max(0.01, min(self._timeout, self._deadline.remaining))
                with session.request(
                    method, url, timeout=timeout, allow_redirects=False, stream=True, **options
                ) as got:
                    _check_status(url, got.status_code)
                    body = _bounded(url, got)
                    # a connection that was cut looks like the end of an answer that says no length
                    self._deadline.check()
                    return Answer(url, got.headers.get("Content-Type", "").partition(";")[0].strip(), body)
        except (requests.RequestException, OSError) as error:
            raise UnavailableError(f"{url}: no answer ({type(error).__name__}).") from error


def _check_status(url: str, status: int) -> None:
    if status >= SERVER_ERROR or status == TOO_MANY:
        raise UnavailableError(f"{url}: status {status}.")
    if status != requests.codes.ok:
        raise UntrustedError(f"{url}: status {status}.")


def _bounded(url: str, got: requests.Response) -> bytes:
    body = bytearray()
    for chunk in got.iter_content(8192):
        body += chunk
        if len(body) > MAX_BYTES:
            raise UntrustedError(f"{url}: an answer without end.")
    return bytes(body)


class _Adapter(HTTPAdapter):
    """Has each connection cut when the time is over: a timeout of requests is for each byte that comes."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Have TLS begin with a connection that is closed whatever happens."""
        context = create_urllib3_context()
        context.sslsocket_class = Wrapped
        super().init_poolmanager(*args, **options, ssl_context=context)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> ConnectionPool:
        pool: Any = super().get_connection_with_tls_context(*args, **options)
        pool.ConnectionCls = _watched(pool.ConnectionCls, self._deadline)
        return pool  # type: ignore[no-any-return]  # its class of connections is no public argument


def _watched(kind: Any, deadline: Deadline) -> Any:
    class Watched(kind):  # type: ignore[misc]  # HTTP or HTTPS
        def _new_conn(self) -> socket.socket:
            connection: socket.socket = super()._new_conn()
            deadline.watch(connection)  # before TLS, whose first words may drip too
            return connection

    return Watched
