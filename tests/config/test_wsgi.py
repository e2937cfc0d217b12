"""The site as a server runs it, with its own worker inside."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

from accroche.commun.models import Message
from tests import processes
from tests.commun.sink import sink

if TYPE_CHECKING:
    from tests.commun.sink import Sink

__all__ = ["sink"]

WAIT = 30


def after_heads(site: str) -> bytes:
    """What comes first after answers to HEAD on one connection: their bodies, were there any."""
    port = urlsplit(site).port
    asked = [("HEAD", "/"), ("HEAD", "/"), ("HEAD", "/static/commun/accroche.css"), ("GET", "/robots.txt")]
    with socket.create_connection(("127.0.0.1", port), WAIT) as line, line.makefile("rb") as told:
        for verb, path in asked:
            line.sendall(f"{verb} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert told.readline().startswith(b"HTTP/1.1 200")
            while told.readline().strip():
                pass
        return told.read(10)


@pytest.mark.django_db(transaction=True)
def test_a_code_leaves_by_itself_and_no_page_waits_for_the_mail_server(sink: Sink) -> None:
    called, answers, left = threading.Event(), threading.Event(), threading.Event()

    def silent_at_first(step: str, _who: str, _to: str) -> str | None:
        if step == "connect":
            called.set()
            assert answers.wait(WAIT)
        elif step == "reply":
            left.set()
        return None

    sink.on = silent_at_first
    mail_url = f"smtp://127.0.0.1:{sink.port}"
    with processes.served(threads=4, ACCROCHE_MAIL_URL=mail_url, ACCROCHE_WORKER="embedded") as site:
        try:
            with requests.Session() as browser:
                page = f"{site}/comptes/connexion/"
                browser.get(page, timeout=WAIT)
                told = {"email": "a@exemple.fr", "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
                answer = browser.post(page, told, timeout=WAIT, allow_redirects=False)
            assert answer.status_code == 302
            assert called.wait(WAIT)
            assert requests.get(f"{site}/robots.txt", timeout=WAIT).status_code == 200
            assert after_heads(site) == b"User-agent"
            assert not left.is_set()
            answers.set()
            assert left.wait(WAIT)
        finally:
            answers.set()
    assert [one.to for one in sink.received] == ["a@exemple.fr"]
    assert Message.objects.get().handed_at
