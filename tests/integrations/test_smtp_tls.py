"""A mail server spoken to in secret: nothing is said to who cannot prove its name, and TLS has its time."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest

from accroche.integrations.smtp import Server, Session, Tls, UnreachableError
from tests.commun.certificate import certificate_in
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
    return certificate_in(tmp_path)


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
