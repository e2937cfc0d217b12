"""A talk with the mail server, kept open from one message to the next.

``smtplib`` says the commands. What is ours is their order at the end: the whole message is sent without the
dot that ends it, the caller writes down that it changes hands, and only then the dot leaves. A program killed
before that moment has sent nothing: the server throws away what has no end.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from accroche.integrations.smtp.errors import BrokenError, RefusedError, UncertainError, UnreachableError
from accroche.lib import doors
from accroche.lib.deadline import Deadline
from accroche.lib.tls import Wrapped

OK = 250
FORWARDED = 251
GO_ON = 354
#: The server is about to leave: this message is not to blame.
LEAVING = 421


class Tls(StrEnum):
    """When the talk is encrypted."""

    NONE = "none"
    START = "starttls"
    ALWAYS = "smtps"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails go, and as whom. Seconds: ``timeout`` for one answer, ``patience`` for a whole message."""

    host: str
    port: int
    own_name: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = Tls.NONE
    timeout: float = 10.0
    patience: float = 60.0


class _Lines:
    """What the server says, in whole lines: « 2 » of a « 250 » that was cut is no answer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readline(self, limit: int) -> bytes:
        line = self._file.readline(limit)
        return line if line.endswith(b"\n") or len(line) >= limit else b""

    def close(self) -> None:
        self._file.close()


class _Smtp(smtplib.SMTP):
    """Also keeps the bare connection, so that TLS itself can be cut when the time is over."""

    def __init__(self, server: Server, deadline: Deadline) -> None:
        self._server, self._deadline = server, deadline
        self.bare: socket.socket | None = None
        # our own name is given: looking it up may take as long as a name server likes
        try:
            super().__init__(server.host, server.port, local_hostname=server.own_name, timeout=server.timeout)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((host, port), timeout)
        self.bare = connection.dup()
        self._deadline.watch(connection)
        if self._server.tls is Tls.ALWAYS:
            return _secret().wrap_socket(connection, server_hostname=host)
        return connection

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock.makefile("rb"))
        return super().getreply()

    def close(self) -> None:
        super().close()
        if self.bare is not None:
            self.bare.close()


class Session:
    """One connection at most, opened for the first message and again when it broke."""

    def __init__(self, server: Server) -> None:
        """Talk to nobody yet."""
        self._server = server
        self._smtp: _Smtp | None = None

    def send(self, sender: str, to: str, content: bytes, *, hand_over: Callable[[], None]) -> None:
        """Send one message (``content``: its bytes, lines ending in CRLF) to one address.

        ``hand_over`` is called once, right before the server may take it; what it raises stops all, and
        nothing has left then. Raises ``SmtpError``: after :class:`UncertainError` alone the message may
        have left.
        """
        doors.passing("a mail is sent")
        with Deadline(self._server.patience) as deadline:
            smtp = self._envelope(sender, to, deadline)
            try:
                smtp.send(_quoted(content))
                hand_over()
                deadline.check()
            except (OSError, smtplib.SMTPException) as error:
                self.drop()
                raise BrokenError(_words(error, deadline)) from error
            except BaseException:
                self.drop()
                raise
            try:
                smtp.send(b".\r\n")
                code, reply = smtp.getreply()
            except (OSError, smtplib.SMTPException) as error:
                self.drop()
                raise UncertainError(_words(error, deadline)) from error
        if code != OK:
            self._refused(smtp, code, reply)

    def greet(self) -> None:
        """Connect and sign in, sending nothing. Raises :class:`UnreachableError`."""
        with Deadline(self._server.patience) as deadline:
            self._open(deadline)

    def close(self) -> None:
        """Say good bye, without waiting for long."""
        if self._smtp is not None:
            with Deadline(self._server.timeout) as deadline, suppress(OSError, smtplib.SMTPException):
                if self._smtp.bare is not None:
                    deadline.watch(self._smtp.bare)
                self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Leave without a word."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _open(self, deadline: Deadline) -> _Smtp:
        server = self._server
        try:
            self._smtp = smtp = _Smtp(server, deadline)
            if server.tls is Tls.START:
                smtp.starttls(context=_secret())
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            self.drop()
            raise UnreachableError(_words(error, deadline)) from error
        return smtp

    def _envelope(self, sender: str, to: str, deadline: Deadline) -> _Smtp:
        """Say from whom and to whom, up to where the server waits for the message."""
        smtp, is_new = self._smtp, self._smtp is None
        try:
            if smtp is not None and smtp.bare is not None:
                deadline.watch(smtp.bare)
                try:
                    code, reply = smtp.mail(sender)
                except smtplib.SMTPServerDisconnected:  # it had enough of us since the last message
                    code, reply = LEAVING, b""
                if code == LEAVING and not deadline.has_expired:
                    self.drop()
                    is_new = True
            if smtp is None or is_new:
                smtp = self._open(deadline)
                code, reply = smtp.mail(sender)
            if code != OK:
                self._refused(smtp, code, reply)
            code, reply = smtp.rcpt(to)
            if code not in {OK, FORWARDED}:
                self._refused(smtp, code, reply)
            code, reply = smtp.docmd("data")
            if code != GO_ON:
                self._refused(smtp, code, reply)
        except ValueError as error:  # an address the commands cannot carry
            self.drop()
            raise RefusedError(str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            raise BrokenError(_words(error, deadline)) from error
        return smtp

    def _refused(self, smtp: _Smtp, code: int, reply: bytes) -> None:
        """Raise what a refusal means; the connection serves again for the next message."""
        words = f"{code} {reply.decode(errors='replace')}"
        if code == LEAVING:
            self.drop()
            raise BrokenError(words)
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.drop()
        raise RefusedError(words)


def _secret() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.sslsocket_class = Wrapped
    return context


def _quoted(content: bytes) -> bytes:
    """The message as it travels, without the dot that ends it."""
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _words(error: Exception, deadline: Deadline) -> str:
    if deadline.has_expired:
        return "no end of it within the time given"
    return f"{type(error).__name__}: {error}"
