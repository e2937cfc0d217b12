"""Which addresses lead people somewhere."""

from __future__ import annotations

import pytest

from accroche.lib.adresses import is_near, is_public


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True),
        ("essai.localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("10.0.0.5", True),
        ("192.0.2.1", True),
        ("8.8.8.8", False),
        ("site.example.fr", False),
        ("localhost.example.fr", False),
        ("*", False),
        ("", False),
    ],
)
def test_what_is_near(host: str, near: bool) -> None:
    assert is_near(host) is near


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://10.1.2.3", False),
        ("https://site.example.fr", True),
        ("", False),
    ],
)
def test_what_may_be_printed(url: str, public: bool) -> None:
    assert is_public(url) is public
