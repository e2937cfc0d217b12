"""A ProConnect that says nothing, or a byte now and then: the site goes on, and remembers it."""

from __future__ import annotations

import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
import requests
from django.urls import reverse

from accroche.integrations.proconnect import (
    Attempt,
    BusyError,
    ProConnect,
    Registration,
    UnavailableError,
    UntrustedError,
    guard,
)
from tests import processes

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 30
#: Fewer than a server has by default.
THREADS = 4
#: Visitors who press the button at the same time.
VISITORS = 8


class Provider(socketserver.ThreadingTCPServer):
    """Says ``first``, then ``byte`` again and again; nothing at all when there is none."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.first, self.byte = b"", b""
        self.over = threading.Event()
        self.asked = threading.Semaphore(0)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.BaseRequestHandler):
    server: Provider

    def handle(self) -> None:
        self.request.recv(65536)
        self.server.asked.release()
        try:
            self.request.sendall(self.server.first)
            while not self.server.over.wait(0.02 if self.server.byte else WAIT):
                self.request.sendall(self.server.byte)
        except OSError:  # cut off, as it should be
            return


class Memory(dict[str, Any]):
    """What a client remembers."""

    def set(self, key: str, value: Any, timeout: int) -> None:  # noqa: ARG002 - nothing lasts here
        self[key] = value


@pytest.fixture
def provider() -> Iterator[Provider]:
    guard.forget()
    with Provider() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield made
        made.over.set()
        made.shutdown()


def client(provider: Provider, **seconds: float) -> ProConnect:
    return ProConnect(Registration(provider.issuer, "accroche", "s" * 40, **seconds), Memory())


@pytest.mark.django_db(transaction=True)
def test_pages_are_served_while_proconnect_is_silent(provider: Provider) -> None:
    registered = {
        "ACCROCHE_PROCONNECT_URL": provider.issuer,
        "ACCROCHE_PROCONNECT_CLIENT_ID": "accroche",
        "ACCROCHE_PROCONNECT_CLIENT_SECRET": "s" * 40,
        "ACCROCHE_WORKER": "separate",
    }
    with (
        processes.served(threads=THREADS, **registered) as site,
        ThreadPoolExecutor(VISITORS) as visitors,
    ):

        def press(_number: int) -> int:
            url = f"{site}{reverse('comptes:proconnect')}"
            return requests.get(url, allow_redirects=False, timeout=2 * WAIT).status_code

        answers = [visitors.submit(press, number) for number in range(VISITORS)]
        try:
            for _ in range(guard.AT_ONCE):
                assert provider.asked.acquire(timeout=WAIT)
            # they wait; nobody else does
            assert requests.get(f"{site}/robots.txt", timeout=WAIT).status_code == 200
            refused = list(islice(as_completed(answers, WAIT), VISITORS - guard.AT_ONCE))
            assert {answer.result() for answer in refused} == {503}
            assert sum(answer.done() for answer in answers) == VISITORS - guard.AT_ONCE
            assert not provider.asked.acquire(blocking=False), "no more than those"
        finally:
            provider.over.set()
        assert [answer.result(WAIT) for answer in answers] == [503] * VISITORS


@pytest.mark.parametrize(
    ("first", "byte"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nA: ", b"a"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{", b" "),
    ],
    ids=["status", "header", "body without length", "body"],
)
def test_an_answer_that_drips_is_cut(provider: Provider, first: bytes, byte: bytes) -> None:
    provider.first, provider.byte = first, byte
    with pytest.raises(UnavailableError):
        client(provider, timeout=WAIT, patience=0.3).authorization_url(Attempt.new(), "http://a/")


def test_a_tls_greeting_that_drips_is_cut(provider: Provider) -> None:
    provider.first, provider.byte = b"\x16\x03\x03\x40\x00", b"\x02"
    own = Registration(provider.issuer.replace("http:", "https:"), "a", "s", timeout=WAIT, patience=0.3)
    with pytest.raises(UnavailableError):
        ProConnect(own, Memory()).authorization_url(Attempt.new(), "http://a/")


def test_a_silent_answer_is_not_waited_for(provider: Provider) -> None:
    with pytest.raises(UnavailableError):
        client(provider, timeout=0.2, patience=WAIT).authorization_url(Attempt.new(), "http://a/")


def test_an_answer_without_end_is_refused(provider: Provider) -> None:
    provider.first = b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 300_000
    with pytest.raises(UntrustedError, match="without end"):
        client(provider, timeout=WAIT, patience=WAIT).authorization_url(Attempt.new(), "http://a/")


def test_what_does_not_answer_is_left_alone_longer_and_longer_then_tried_by_one() -> None:
    now = [0.0]
    made = guard.Guard(lambda: now[0])

    def fails() -> None:
        with made.turn():
            raise UnavailableError

    for pause in (*guard.PAUSES, guard.PAUSES[-1]):
        with pytest.raises(UnavailableError, match=r"^$"):
            fails()
        now[0] += pause - 1
        with pytest.raises(UnavailableError, match="a moment ago"):
            fails()
        now[0] += 1
    # one tries, for all
    with made.turn(), pytest.raises(UnavailableError, match="a moment ago"):
        fails()
    assert not made.is_suspect
    with made.turn(), made.turn():
        pass


def test_few_wait_at_once_and_what_began_together_counts_once() -> None:
    made = guard.Guard(lambda: 0.0)
    with made.turn(), made.turn(), made.turn():
        with pytest.raises(BusyError), made.turn():
            pass
        assert not made.is_suspect

    def both_fail() -> None:
        with made.turn():
            with suppress(UnavailableError), made.turn():
                raise UnavailableError
            raise UnavailableError

    with pytest.raises(UnavailableError):
        both_fail()
    assert made._failures == 1


def test_an_answer_that_cannot_be_believed_is_an_answer() -> None:
    made = guard.Guard()
    for error in (UntrustedError, ZeroDivisionError):
        with pytest.raises(error), made.turn():
            raise error
    assert not made.is_suspect
    assert made._talking == 0
