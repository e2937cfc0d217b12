"""Requests no text of ours can hold, sent to every address: refused with a 400, never a fault of the site.

Both databases: PostgreSQL refuses the NUL character, SQLite keeps it; neither holds half a character.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from django.urls import reverse
from PIL import Image

from tests.test_matrix import RULES

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

URLENCODED = "application/x-www-form-urlencoded"
#: What half a character looks like once it is written as bytes, by who means harm.
SURROGATE = "%ED%A0%80"
DEEP = "[" * 10_000 + "]" * 10_000


def part(head: str, body: bytes = b"x") -> bytes:
    """One form part, whose head is written as it is given."""
    return b"".join(
        (f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode("latin-1"), body, f"\r\n--{BOUNDARY}--\r\n".encode())
    )


def named(name: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}'


#: Bodies that are refused whoever receives them: type of content, then content.
REFUSED: dict[str, tuple[str, bytes]] = {
    "NUL in a value": (URLENCODED, b"title=a%00b&email=%00&version=%00&etablissement=%00"),
    "NUL in a name": (URLENCODED, b"ti%00tle=a"),
    "NUL in a part": (MULTIPART_CONTENT, part(named("title"), b"a\0b")),
    "NUL in the name of a part": (MULTIPART_CONTENT, part(named("ti\0tle"))),
    "another encoding": (f"{URLENCODED}; charset=utf-16", "title=a".encode("utf-16")),
    "an encoding that is no text": (f"{MULTIPART_CONTENT}; charset=base64", part(named("title"))),
    "an encoding that escapes": (
        f"{MULTIPART_CONTENT}; charset=unicode_escape",
        part(named("title"), rb"\ud800\x00"),
    ),
    "half a character in UTF-7": (f"{MULTIPART_CONTENT}; charset=utf-7", part(named("title"), b"+2AA-")),
    "parts without a boundary": ("multipart/form-data", b"title=a"),
    "a boundary that is none": ("multipart/form-data; boundary=é".encode().decode("latin-1"), b"x"),
}
#: The same, tried on a few addresses: each takes a while to make.
HEAVY: dict[str, tuple[str, bytes]] = {
    "too many fields": (URLENCODED, b"&".join(b"a%d=1" % number for number in range(5_000))),
    "too much text": (URLENCODED, b"title=" + b"x" * 3_000_000),
    "too many files": (
        MULTIPART_CONTENT,
        b"".join(
            part(named(f"f{n}", '; filename="a.txt"')).removesuffix(b"--\r\n") + b"\r\n" for n in range(200)
        )
        + f"--{BOUNDARY}--\r\n".encode(),
    ),
}
#: Bodies some address may take: only that they break nothing.
HARMLESS: dict[str, tuple[str, bytes]] = {
    "half a character": (URLENCODED, f"title={SURROGATE}&email={SURROGATE}".encode()),
    "half a character in a part": (MULTIPART_CONTENT, part(named("title"), b"\xed\xa0\x80")),
    "Latin-1": (URLENCODED, b"title=%E9t%E9"),
    "NUL in the name of a file": (MULTIPART_CONTENT, part(named("file", "; filename*=utf-8''a%00.jpg"))),
    "base64 that is none": (
        MULTIPART_CONTENT,
        part(named("title") + "\r\nContent-Transfer-Encoding: base64", b"!a"),
    ),
    "an unknown encoding": ("text/plain; charset=inconnu", b"x"),
    "half a character in the name of a file": (
        MULTIPART_CONTENT,
        part(named("file", "; filename*=utf-8''%ED%A0%80.jpg")),
    ),
    "a name of file in base64": (MULTIPART_CONTENT, part(named("file", "; filename*=base64''AAAA"))),
    "a head that never ends": (MULTIPART_CONTENT, part("Content-Disposition: form-data; " + "a=b; " * 500)),
    "a part that never ends": (MULTIPART_CONTENT, f"--{BOUNDARY}\r\n{named('title')}\r\n\r\nx".encode()),
    "JSON ten thousand deep": ("application/json", DEEP.encode()),
    "JSON with NUL and half a character": ("application/json", rb'{"title": "\u0000\ud800"}'),
    "JSON that is none": ("application/json", b"\xff{"),
    "XML": ("text/xml", b"<a>"),
    "JSON ten thousand deep in a field": (URLENCODED, f"title={quote(DEEP)}&version={quote(DEEP)}".encode()),
    "no content": ("", b""),
}


def addresses(world: World) -> dict[str, str]:
    return {name: reverse(name, kwargs=rule.arguments(world.own)) for name, rule in RULES.items()}


def test_a_body_nobody_can_read_is_refused(world: World) -> None:
    client = world.browser("moderateur")
    client.raise_request_exception = False
    wrong = []
    for name, address in addresses(world).items():
        heavy = HEAVY if name in {"portail:accueil", "actions:declarer", "imports:recensement"} else {}
        for kind, (content_type, body) in (REFUSED | heavy | HARMLESS).items():
            sid = transaction.savepoint()
            status = client.generic("POST", address, body, content_type).status_code
            transaction.savepoint_rollback(sid)
            if status >= 500 or (kind not in HARMLESS and status != 400):
                wrong.append(f"{kind} to {name}: {status}")
    assert not wrong


def test_an_address_nobody_can_read_is_refused(world: World) -> None:
    client = world.browser("moderateur")
    client.raise_request_exception = False
    many = "&".join(f"a{number}=1" for number in range(5_000))
    wrong = []
    for name, address in addresses(world).items():
        for kind, query, expected in (
            ("NUL", "q=%00&page=%00&etablissement=%00", {400}),
            ("NUL in a name", "%00=1", {400}),
            ("half a character", f"q={SURROGATE}&page={SURROGATE}&uai={SURROGATE}", None),
            ("too many", many, {400}),
            ("digits", f"page={'9' * 5_000}&reprise={'9' * 5_000}&q=1", None),
            ("JSON", f"q={DEEP}", None),
        ):
            status = client.get(f"{address}?{query}").status_code
            # what watches the site says 503 when something else is not ready
            broken = status >= 500 and (name, status) != ("exploitation:pret", 503)
            if broken or (expected and status not in expected):
                wrong.append(f"{kind} in the query of {name}: {status}")
        for kind, path in (
            ("NUL", f"{address}%00"),
            ("NUL", f"{address}%00/"),
            ("half", address + SURROGATE),
        ):
            status = client.get(path).status_code
            if status >= 500 or (kind == "NUL" and status != 400):
                wrong.append(f"{kind} in the path of {name}: {status}")
    assert not wrong


#: Headers a program reads, and cookies by their name.
HOSTILE = ("a\0b", "é".encode().decode("latin-1"), "\xff\xfe", "x" * 5_000, DEEP, '"\\000"', '"\\777"')


@pytest.mark.parametrize("value", HOSTILE)
def test_a_header_or_a_cookie_breaks_nothing(world: World, value: str) -> None:
    headers = (
        "accept",
        "accept-language",
        "accept-encoding",
        "user-agent",
        "referer",
        "origin",
        "cookie",
        "if-none-match",
        "if-modified-since",
        "x-requested-with",
        "x-forwarded-for",
        "range",
        "host",
    )
    cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME, "autre")
    wrong = []
    for name in ("portail:accueil", "portail:tableau", "actions:declarer", "comptes:connexion"):
        address = reverse(name)
        for header in headers:
            given: dict[str, Any] = {f"HTTP_{header.upper().replace('-', '_')}": value}
            status = Client(raise_request_exception=False).get(address, **given).status_code
            if status >= 500 or ("\0" in value and status != 400):
                wrong.append(f"{header} at {name}: {status}")
        for cookie in cookies:
            client = Client(raise_request_exception=False, HTTP_COOKIE=f"{cookie}={value}")
            status = max(client.get(address).status_code, client.post(address, {"a": "b"}).status_code)
            if status >= 500:
                wrong.append(f"cookie {cookie} at {name}: {status}")
    assert not wrong


def test_an_upload_whose_name_no_disk_holds_breaks_nothing(world: World) -> None:
    client = world.browser("moderateur")
    client.raise_request_exception = False
    image = io.BytesIO()
    Image.new("RGB", (8, 8)).save(image, "JPEG")
    wrong = []
    for stem in ("\ud800", "x" * 999, "..", ".", "a/b\\c", "é" * 300, "\u202e", "a\r\nb", "", "%00", "con"):
        for field, content, ending in (
            ("fichiers", image.getvalue(), ".jpg"),
            ("fichier", b"a;b\n1;2", ".csv"),
        ):
            for address in (
                reverse("actions:pieces", args=[world.own.waiting.pk]),
                reverse("imports:recensement"),
            ):
                name = (stem + ending).encode("utf-8", "surrogatepass").decode("latin-1")
                body = part(named(field, f'; filename="{name}"'), content)
                sid = transaction.savepoint()
                status = client.generic("POST", address, body, MULTIPART_CONTENT).status_code
                transaction.savepoint_rollback(sid)
                if status >= 500:
                    wrong.append((stem, address))
    assert not wrong
