"""A mail server of one's own on loopback: it takes mails, or keeps silent, or drips, as it is told."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Boite:
    """What arrived, in order; ``silent``: it takes connections and says nothing."""

    mails: list[EmailMessage] = field(default_factory=list)
    silent: bool = False
    port: int = 0

    def to(self, address: str) -> list[EmailMessage]:
        """The mails an address received."""
        return [mail for mail in self.mails if address in str(mail["To"])]

    def twice(self) -> int:
        """How many mails arrived more than once."""
        return sum(count - 1 for count in Counter(str(mail["Message-ID"]) for mail in self.mails).values())


#: Seconds a mail may take to arrive on a loaded machine.
ARRIVES = 60.0
_CODE = re.compile(r"\b(\d{4}[ \u00a0\u202f]?\d{4})\b")


def code_for(boite: Boite, address: str, *, after: int = 0) -> str:
    """Wait for the code an address receives after its first ``after`` mails."""
    until = time.monotonic() + ARRIVES
    while time.monotonic() < until:
        for mail in reversed(boite.to(address)[after:]):
            if found := _CODE.search(mail.get_content()):
                return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"No code came for {address}.")


class _Dialogue(socketserver.StreamRequestHandler):
    timeout = 120

    def handle(self) -> None:
        boite: Boite = self.server.boite  # type: ignore[attr-defined]
        if boite.silent:
            with self.connection as held:
                held.settimeout(self.timeout)
                with suppress(OSError):
                    while held.recv(1024):
                        pass
            return
        with suppress(ConnectionError):  # who spoke was killed
            self._talk(boite)

    def _talk(self, boite: Boite) -> None:
        self.wfile.write(b"220 postier\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                parts = []
                for part in self.rfile:
                    if part in {b".\r\n", b".\n"}:
                        break
                    parts.append(part.removeprefix(b".") if part.startswith(b"..") else part)
                parsed = email.message_from_bytes(b"".join(parts), policy=email.policy.default)
                boite.mails.append(parsed)
                self.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            elif word == b"EHLO":
                self.wfile.write(b"250-postier\r\n250 8BITMIME\r\n")
            else:
                self.wfile.write(b"250 ok\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def postier() -> Iterator[Boite]:
    """Run one on a port of its own."""
    with _Server(("127.0.0.1", 0), _Dialogue) as server:
        boite = Boite(port=server.server_address[1])
        server.boite = boite  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield boite
        finally:
            server.shutdown()


@contextmanager
def muet() -> Iterator[int]:
    """A port that takes connections and never says a word; yield it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
        yield int(door.getsockname()[1])
