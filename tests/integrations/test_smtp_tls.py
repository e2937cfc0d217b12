"""A mail server spoken to in secret: nothing is said to who cannot prove its name, and TLS has its time."""

from __future__ import annotations

import datetime as dt
import gc
import select
import socket
import ssl
import struct
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from accroche.integrations.smtp import Server, Session, Tls, UnreachableError
from tests.commun.sink import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commun.sink import Sink

CONTENT = b"Message-ID: <a@b>\r\nSubject: a\r\n\r\na\r\n"
USER, PASSWORD = "accroche", "secret"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as server:
        yield server


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that only who knows it trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this machine trust the certificate."""
    real = ssl.create_default_context

    def trust(*args: Any, **options: Any) -> ssl.SSLContext:
        context = real(*args, **options)
        context.load_verify_locations(certificate)
        return context

    monkeypatch.setattr(ssl, "create_default_context", trust)


@pytest.fixture(params=[Tls.START, Tls.ALWAYS])
def send(request: Any, sink: Sink, certificate: Path) -> Callable[[], None]:
    """Return a function that sends a mail, in both ways of encrypting."""
    sink.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    sink.tls.load_cert_chain(certificate)
    sink.tls_at_once = request.param is Tls.ALWAYS
    server = Server("127.0.0.1", sink.port, "site.test", USER, PASSWORD, request.param, patience=30)

    def sending() -> None:
        session = Session(server)
        try:
            for to in ("a@exemple.fr", "b@exemple.fr"):
                session.send("site@exemple.fr", to, CONTENT, hand_over=lambda: None)
        finally:
            session.close()

    return sending


@pytest.mark.usefixtures("trusted")
def test_mails_leave_over_one_encrypted_connection(sink: Sink, send: Callable[[], None]) -> None:
    send()
    assert [one.to for one in sink.received] == ["a@exemple.fr", "b@exemple.fr"]
    assert sink.signed_in == [f"\0{USER}\0{PASSWORD}"]
    assert sink.connections == 1


def test_who_cannot_prove_its_name_is_told_nothing(sink: Sink, send: Callable[[], None]) -> None:
    with pytest.raises(UnreachableError, match="certificate"):
        send()
    assert sink.signed_in == []
    assert sink.received == []


def test_a_server_that_hides_its_encryption_is_told_nothing(sink: Sink) -> None:
    server = Server("127.0.0.1", sink.port, "site.test", USER, PASSWORD, Tls.START)
    with pytest.raises(UnreachableError, match="STARTTLS"):
        Session(server).send("site@exemple.fr", "a@exemple.fr", CONTENT, hand_over=lambda: None)
    assert sink.signed_in == []


def test_a_greeting_that_drips_is_cut_in_time(sink: Sink) -> None:
    sink.raw = b"\x16\x03\x03\x40\x00\x02"
    server = Server("127.0.0.1", sink.port, "site.test", tls=Tls.ALWAYS, timeout=30, patience=0.3)
    with pytest.raises(UnreachableError, match="time given"):
        Session(server).send("site@exemple.fr", "a@exemple.fr", CONTENT, hand_over=lambda: None)


def test_a_connection_cut_before_tls_begins_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.create_connection

    def cut(address: tuple[str, int], timeout: float) -> socket.socket:
        connection = real(address, timeout)
        there, _ = listener.accept()
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        there.close()
        arrival = select.poll()
        arrival.register(connection, select.POLLIN)
        assert arrival.poll()
        return connection

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(socket, "create_connection", cut)
        server = Server("127.0.0.1", listener.getsockname()[1], "site.test", tls=Tls.ALWAYS)
        with pytest.raises(UnreachableError):
            Session(server).greet()
    gc.collect()  # a socket left open would be told here, as an error
