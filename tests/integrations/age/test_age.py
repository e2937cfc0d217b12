"""What is encrypted to a public key opens with its private key alone, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from accroche.integrations import age
from accroche.integrations.age import AgeError


@pytest.fixture
def sent(tmp_path: Path) -> tuple[Path, str, bytes]:
    """An encrypted file, its private key, what it holds."""
    private, public = age.new_key()
    content = os.urandom(300_000)
    path = tmp_path / "file.age"
    with age.encrypting(path, [public, age.new_key()[1]]) as out:
        for start in range(0, len(content), 1000):
            out.write(content[start : start + 1000])
    return path, private, content


def opened(path: Path, private: str) -> bytes:
    found = b""
    with age.decrypting(path, private) as source:
        while chunk := source.read(65_536):
            found += chunk
    return found


def test_it_opens_with_the_private_key(sent: tuple[Path, str, bytes]) -> None:
    path, private, content = sent
    assert path.read_bytes().startswith(age.MAGIC)
    assert content[:100] not in path.read_bytes()
    assert opened(path, f"# a comment\n\n{private}\n") == content


@pytest.mark.parametrize(
    "key", ["", "# nothing\n", "AGE-SECRET-KEY-1", "hello", "-----BEGIN PRIVATE KEY-----"]
)
def test_what_is_no_private_key_opens_nothing(sent: tuple[Path, str, bytes], key: str) -> None:
    with pytest.raises(AgeError, match="no"):
        opened(sent[0], key)


def test_another_key_opens_nothing(sent: tuple[Path, str, bytes]) -> None:
    with pytest.raises(AgeError, match="No matching keys"):
        opened(sent[0], age.new_key()[0])


def test_a_file_that_is_cut_or_changed_is_told(sent: tuple[Path, str, bytes]) -> None:
    path, private, _ = sent
    whole = path.read_bytes()
    for bad in (whole[: len(whole) // 2], whole[:-1], whole[:-40] + bytes(40), whole[:50]):
        path.write_bytes(bad)
        with pytest.raises(AgeError):
            opened(path, private)


@pytest.mark.parametrize("key", ["age1", "ssh-ed25519 AAAA", "hello", ""])
def test_what_is_no_public_key_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(AgeError, match="not a public key"):
        age.check_public_key(key)
    with pytest.raises(AgeError), age.encrypting(tmp_path / "x", [key]):
        pass
    assert not (tmp_path / "x").exists()


def fail(stream: BinaryIO) -> None:
    raise ZeroDivisionError(stream.closed)


def test_the_failure_of_who_writes_or_reads_is_theirs(sent: tuple[Path, str, bytes]) -> None:
    path, private, _ = sent
    with pytest.raises(ZeroDivisionError), age.decrypting(path, private) as source:
        fail(source)
    with pytest.raises(ZeroDivisionError), age.encrypting(path, [age.new_key()[1]]) as out:
        fail(out)
