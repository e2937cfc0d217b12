"""Requests no text of ours can hold: refused with a 400 at the door, never a fault of the site.

What is refused at the door is refused alike at each: a few addresses tell. What goes on to a page is sent to
every address; on both databases when a page may look for it there: neither holds half a character.
"""

from __future__ import annotations

import io
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from django.urls import reverse
from PIL import Image

from tests.matrix import FORM_ONLY
from tests.matrix_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

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


#: Bodies that are refused at the door: type of content, then content.
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
#: Bodies some address may take, and look for in the database: only that they break nothing.
TAKEN: dict[str, tuple[str, bytes]] = {
    "half a character": (URLENCODED, f"title={SURROGATE}&email={SURROGATE}".encode()),
    "half a character in a part": (MULTIPART_CONTENT, part(named("title"), b"\xed\xa0\x80")),
    "JSON ten thousand deep in a field": (URLENCODED, f"title={quote(DEEP)}&version={quote(DEEP)}".encode()),
    "no content": ("", b""),
}
#: Others, which come to nothing there.
LEFT: dict[str, tuple[str, bytes]] = {
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
}
#: Where what is refused at the door is tried: a page without a form, one for all, one for few.
DOORS = ("portail:accueil", "actions:declarer", "imports:recensement")
METHOD_NOT_ALLOWED = 405


def addresses(world: World) -> dict[str, str]:
    return {name: reverse(name, kwargs=rule.arguments(world.own)) for name, rule in RULES.items()}


def that_take_forms(world: World) -> list[str]:
    """The addresses that take a POST: at the others a body is dropped with one answer for all, and unread."""
    client, to = world.browser("moderateur"), addresses(world)
    taking = []
    for name in RULES:
        # a method no page knows: the answer names those it takes, before anything is looked for
        answer = client.generic("BREW", to[name])
        if answer.status_code != METHOD_NOT_ALLOWED or "POST" in answer.headers["Allow"]:
            taking.append(name)
    assert len(taking) > 60, "the forms of the site"
    return taking


def sent(
    world: World, names: Iterable[str], bodies: dict[str, tuple[str, bytes]], *, each: int = 0
) -> dict[str, int]:
    """What each address answers to each body, or to ``each`` in turn; what they write is taken back."""
    client = world.browser("moderateur")
    client.raise_request_exception = False
    to, answers = addresses(world), {}
    turns = cycle(bodies.items())
    for name in names:
        for kind, (content_type, body) in islice(turns, each or len(bodies)):
            sid = transaction.savepoint()
            answers[f"{kind} to {name}"] = client.generic("POST", to[name], body, content_type).status_code
            transaction.savepoint_rollback(sid)
    return answers


@pytest.mark.any_database
def test_a_body_nobody_can_read_is_refused(world: World) -> None:
    answers = sent(world, DOORS, REFUSED) | sent(world, RULES, {"NUL": REFUSED["NUL in a value"]})
    assert {what: status for what, status in answers.items() if status != 400} == {}


@pytest.mark.parametrize(
    "bodies", [TAKEN, pytest.param(LEFT, marks=pytest.mark.any_database)], ids=["taken", "left"]
)
def test_a_body_some_page_may_take_breaks_nothing(world: World, bodies: dict[str, tuple[str, bytes]]) -> None:
    # of what takes no form, the first of the doors stands for all; what comes to nothing is read alike
    # wherever it comes, so that the doors meet all of it and every other address its share
    answers = sent(world, DOORS, bodies)
    answers |= sent(world, that_take_forms(world), bodies, each=0 if bodies is TAKEN else 3)
    assert {what: status for what, status in answers.items() if status >= 500} == {}


MANY = "&".join(f"a{number}=1" for number in range(5_000))


@pytest.mark.any_database
def test_an_address_nobody_can_read_is_refused(world: World) -> None:
    client = world.browser("moderateur")
    to = addresses(world)
    unread = ("?q=%00&page=%00&etablissement=%00", "?%00=1", f"?{MANY}", "%00", "%00/")
    asked = [to[name] + more for name in DOORS for more in unread] + [f"{path}?q=%00" for path in to.values()]
    answers = {address[:90]: client.get(address).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status != 400} == {}


def test_an_address_some_page_may_read_breaks_nothing(world: World) -> None:
    client = world.browser("moderateur")
    client.raise_request_exception = False
    huge = "9" * 5_000
    if connection.vendor == "sqlite":  # what comes to no database is read alike with either
        read = [
            f"?q={SURROGATE}&page={SURROGATE}&uai={SURROGATE}",
            f"?page={huge}&reprise={huge}&q={DEEP}",
            SURROGATE,
        ]
    else:
        read = [f"?q={SURROGATE}&uai={SURROGATE}&reprise={huge}"]
    wrong = []
    for name, address in addresses(world).items():
        rule = RULES[name]
        # who is refused, or asks for the page of a form, is answered before anything is read
        for more in read if "moderateur" in rule.own and rule.get != FORM_ONLY else read[2:]:
            status = client.get(address + more).status_code
            # what watches the site says 503 when something else is not ready
            if status >= 500 and (name, status) != ("exploitation:pret", 503):
                wrong.append(f"{name}{more[:60]}: {status}")
    assert not wrong


#: Headers a program reads, and cookies by their name.
HOSTILE = ("a\0b", "é".encode().decode("latin-1"), "\xff\xfe", "x" * 5_000, DEEP, '"\\000"', '"\\777"')


@pytest.mark.any_database
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
    for name in ("portail:accueil", "comptes:connexion"):
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
    stems = ("\ud800", "x" * 999, "..", ".", "a/b\\c", "é" * 300, "\u202e", "a\r\nb", "", "%00", "con")
    for stem in stems if connection.vendor == "sqlite" else stems[:2]:  # what a column may not hold
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
