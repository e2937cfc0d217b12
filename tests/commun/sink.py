"""A mail server of our own on loopback: it keeps what it takes, and misbehaves when told to.

``on`` is asked at each step (``connect``, ``ehlo``, ``mail``, ``rcpt``, ``data``, ``content`` at its first
line, ``taking`` before the message is taken and ``dot`` after, ``reply`` once that was said), with the name
the sender gave itself and the address. It returns another reply, or raises :class:`Cut` to hang up, or takes
its time, or has the reply drip (:data:`DRIP`) until ``over``.
"""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message

#: A reply without end, a byte now and then.
DRIP = "drip"


class Cut(Exception):  # noqa: N818 - what the server does
    """Hang up."""


@dataclass(frozen=True)
class Received:
    """One message the server took."""

    to: str
    by: str
    message: Message


class Sink(socketserver.ThreadingTCPServer):
    """The server; ``received`` is all it ever took."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[Received] = []
        self.connections = 0
        #: Encrypts: at once, or when asked to. ``raw``: what is said instead of anything, then drips.
        self.tls: ssl.SSLContext | None = None
        self.tls_at_once = False
        self.raw = b""
        self.signed_in: list[str] = []
        self.over = threading.Event()
        self.dripping = threading.Event()
        self.on: Callable[[str, str, str], str | None] = lambda _step, _who, _to: None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def ids(self) -> list[str]:
        return [str(one.message["Message-ID"]) for one in self.received]


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.who = self.to = ""
        self.server.connections += 1
        try:
            if self.server.raw:
                self.wfile.write(self.server.raw)
                self.drip()
            if self.server.tls_at_once:
                self.encrypt()
            self.say("connect", "220 sink")
            while line := self.rfile.readline():
                self.command(line.decode().strip())
        except (Cut, OSError):
            return
        finally:
            self.connection.close()

    def command(self, line: str) -> None:
        verb = line[:4].upper()
        if verb in {"EHLO", "HELO"}:
            self.who = line[5:]
            more = "250-sink\r\n250-STARTTLS\r\n250 AUTH PLAIN" if self.server.tls else "250 sink"
            self.say("ehlo", more)
        elif verb == "STAR" and self.server.tls:
            self.say("starttls", "220 go on")
            self.encrypt()
        elif verb == "AUTH":
            self.server.signed_in.append(base64.b64decode(line.split()[2]).decode())
            self.say("auth", "235 welcome")
        elif verb == "MAIL":
            self.to = ""
            self.say("mail", "250 ok")
        elif verb == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
            self.say("rcpt", "250 ok")
        elif verb == "DATA":
            if self.say("data", "354 go on").startswith("354"):
                self.content()
        elif verb == "QUIT":
            self.say("quit", "221 bye")
            raise Cut
        else:
            self.say("rset", "250 ok")

    def content(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:  # no end: nothing was sent
                raise Cut
            if not lines:
                self.server.on("content", self.who, self.to)
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self.server.on("taking", self.who, self.to)
        if answer is None:
            message = message_from_bytes(b"".join(lines))
            self.server.received.append(Received(self.to, self.who, message))
        self.say("dot", answer or "250 taken")
        self.server.on("reply", self.who, self.to)

    def drip(self) -> None:
        self.server.dripping.set()
        while not self.server.over.wait(0.02):
            self.wfile.write(b"2")
        raise Cut

    def encrypt(self) -> None:
        assert self.server.tls
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def say(self, step: str, usual: str) -> str:
        answer = self.server.on(step, self.who, self.to) or usual
        if answer == DRIP:
            self.drip()
        self.wfile.write(f"{answer}\r\n".encode())
        return answer


@contextmanager
def running() -> Iterator[Sink]:
    """Serve until the end of the block."""
    with Sink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield sink
        sink.over.set()
        sink.shutdown()


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Return a running server, the one of the site."""
    with running() as server:
        settings.MAIL_ENABLED = True
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
