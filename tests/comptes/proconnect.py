"""Fixtures: the real provider of ``provider.py``, started once, told before each test what to do."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import requests

from accroche.integrations.proconnect import guard
from tests.strictness import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds that a registration waits here: on a busy machine a provider that is well takes its time too.
PATIENT = {"timeout": 60.0, "patience": 60.0}


@pytest.fixture(scope="session")
def proconnect_process() -> Iterator[str]:
    """Start the provider once for the session; give its address."""
    # its libraries warn of their own future: a process of its own, with its own rules
    command = [sys.executable, "-W", "ignore", str(ROOT / "tests" / "comptes" / "provider.py")]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        address = process.stdout.readline().strip()
        assert address, "the provider did not start"
        yield address
        process.stdin.close()
        process.terminate()


@pytest.fixture
def proconnect(proconnect_process: str) -> Iterator[Callable[..., str]]:
    """Return a function that tells the provider its fault and who signs in, and gives its address."""

    def tell(fault: str = "", person: dict[str, Any] | None = None) -> str:
        answer = requests.put(
            f"{proconnect_process}/fault", json={"fault": fault, "person": person or {}}, timeout=60
        )
        assert answer.ok
        return proconnect_process

    tell()
    guard.forget()  # what another test made it do
    yield tell
    tell()
