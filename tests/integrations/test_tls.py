"""Who is spoken to in secret proves its name, and what is cut right before TLS begins is closed."""

from __future__ import annotations

import gc
import select
import socket
import ssl
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from accroche.integrations.proconnect.errors import UnavailableError
from accroche.integrations.proconnect.talk import Talk
from accroche.integrations.smtp import Server, Session, Tls, UnreachableError
from accroche.lib.deadline import Deadline
from tests.commun.certificate import certificate_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AT_ONCE = struct.pack("ii", 1, 0)


def mail(port: int) -> None:
    with pytest.raises(UnreachableError):
        Session(Server("127.0.0.1", port, "site.test", tls=Tls.ALWAYS)).greet()


def ask(port: int) -> None:
    with Deadline(60) as deadline, pytest.raises(UnavailableError):
        Talk(deadline, 60).ask("GET", f"https://127.0.0.1:{port}/")


@pytest.fixture
def cutting(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a machine that resets each connection, which is waited for before TLS begins."""
    real = Deadline.watch

    def watch(self: Deadline, connection: socket.socket) -> None:
        there, _ = listener.accept()
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        there.close()
        arrival = select.poll()
        arrival.register(connection, select.POLLIN)
        assert arrival.poll()
        real(self, connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(Deadline, "watch", watch)
        yield int(listener.getsockname()[1])


@pytest.mark.parametrize("talk", [mail, ask])
def test_a_connection_cut_before_tls_begins_is_closed(talk: Callable[[int], None], cutting: int) -> None:
    talk(cutting)
    gc.collect()  # a socket left open is told here, as an error


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certificate_in(tmp_path)


@pytest.fixture
def proving(certificate: Path) -> Iterator[int]:
    """The port of a machine that shows this certificate to two, and answers who believes it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve() -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as told:
                told.recv(4096)
                told.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = threading.Thread(target=serve)
        serving.start()
        yield int(listener.getsockname()[1])
        serving.join()


def test_who_cannot_prove_its_name_is_asked_nothing(
    certificate: Path, proving: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnavailableError, match="SSLError"):
        told(f"https://127.0.0.1:{proving}/")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert told(f"https://127.0.0.1:{proving}/") == b"{}"


def test_a_proof_of_another_name_is_none(
    certificate: Path, proving: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    for _ in range(2):
        with pytest.raises(UnavailableError, match="SSLError"):
            told(f"https://localhost:{proving}/")


def told(url: str) -> bytes:
    with Deadline(60) as deadline:
        return Talk(deadline, 60).ask("GET", url).body
