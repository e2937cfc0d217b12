"""Encryption with age (https://age-encryption.org), to a public key: who writes cannot read.

What is written here opens with the ``age`` program as well, on any machine, without Accroche.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyrage

#: How a file of this format begins.
MAGIC: Final = b"age-encryption.org/"


class AgeError(Exception):
    """A key cannot be used, or a file does not open with it."""


def new_key() -> tuple[str, str]:
    """Make a key pair: the private key to keep away, the public one to encrypt to."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def check_public_key(text: str) -> None:
    """Raise :class:`AgeError` unless ``text`` is a public key of age, or of SSH."""
    _recipient(text)


@contextmanager
def encrypting(path: Path, public_keys: Sequence[str]) -> Iterator[BinaryIO]:
    """Give a file to write to; what is written arrives at ``path`` encrypted, whole when the block ends well.

    Raises :class:`AgeError` and ``OSError``.
    """
    recipients = [_recipient(key) for key in public_keys]
    with path.open("wb") as target:
        source, writer = _pipe()
        with _meanwhile(lambda: pyrage.encrypt_io(source, target, recipients), source), writer:
            yield writer


@contextmanager
def decrypting(path: Path, private_keys: str) -> Iterator[BinaryIO]:
    """Give what ``path`` holds to read. ``private_keys``: the text of a key file of age, or of SSH.

    Raises :class:`AgeError` when it does not open, at the end of the block at the latest.
    """
    identities = _identities(private_keys)
    with path.open("rb") as encrypted:
        reader, target = _pipe()
        with _meanwhile(lambda: pyrage.decrypt_io(encrypted, target, identities), target), reader:
            yield reader


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    """The end to read from, and the end to write to."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextmanager
def _meanwhile(work: Callable[[], Any], end: BinaryIO) -> Iterator[None]:
    """Do ``work`` beside the block, and close its end of the pipe; its failure is ours."""
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told below, in the thread that asked
            failures.append(error)
        finally:
            with suppress(OSError):  # nobody reads the other end any more
                end.close()

    thread = threading.Thread(target=run, name="age", daemon=True)
    thread.start()
    try:
        yield
    except Exception as error:
        thread.join()
        # a pipe that broke, an archive that ends too early: the reason is on the other side
        if failures and not isinstance(failures[0], BrokenPipeError):
            raise AgeError(str(failures[0])) from error
        raise
    thread.join()
    if failures:
        raise AgeError(str(failures[0])) from failures[0]


def _recipient(text: str) -> Any:
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise AgeError(f"not a public key: {text[:20]}…") from error


def _identities(text: str) -> list[Any]:
    try:
        if "PRIVATE KEY-----" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = [line.strip() for line in text.splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise AgeError("not a private key") from error
    if not found:
        raise AgeError("no private key in this file")
    return found
