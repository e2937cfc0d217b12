"""What nobody keeps is packed at once, all else as small as can be; told of as Django tells it."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from accroche.commun.middleware import Packing

WORDS = " ".join(f"<li>{number * 7919 % 1009} écluses</li>" for number in range(900)).encode()
HTML = "text/html; charset=utf-8"


def packed(layer: Any, body: bytes, *, kept: bool, asked: str, **headers: str) -> HttpResponse:
    def page(_request: Any) -> HttpResponse:
        response = HttpResponse(body, headers={"Content-Type": HTML, "Vary": "Cookie"} | headers)
        if kept:
            response.tenue = object()  # type: ignore[attr-defined]
        return response

    answer: HttpResponse = layer(page)(RequestFactory().get("/", headers={"accept-encoding": asked}))
    return answer


@pytest.mark.parametrize("asked", ["gzip, br", "br", ""])
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("body", [WORDS, WORDS[:150], b""])
@pytest.mark.parametrize(
    "headers",
    [{}, {"ETag": '"abc"'}, {"ETag": 'W/"abc"'}, {"Content-Encoding": "br"}, {"Content-Type": "image/png"}],
)
def test_it_is_django_s_answer(asked: str, kept: bool, body: bytes, headers: dict[str, str]) -> None:
    mine, wanted = (
        packed(layer, body, kept=kept, asked=asked, **headers) for layer in (Packing, GZipMiddleware)
    )
    told = [
        {name: value for name, value in one.items() if name != "Content-Length"} for one in (mine, wanted)
    ]
    assert told[0] == told[1]
    if mine.get("Content-Encoding") == "gzip":
        assert gzip.decompress(mine.content) == body
        assert mine["Content-Length"] == str(len(mine.content))


def test_a_page_of_a_moment_is_a_little_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a fifth: a slow line would lose what the processor gains."""
    monkeypatch.setattr(GZipMiddleware, "max_random_bytes", 1)
    moment, kept = (len(packed(Packing, WORDS, kept=kept, asked="gzip").content) for kept in (False, True))
    assert kept < moment < kept * 1.2


def test_what_grows_is_left_as_it_is() -> None:
    body = bytes(range(256))
    assert packed(Packing, body, kept=False, asked="gzip").content == body
