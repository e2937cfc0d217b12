"""Forms filled by who means harm, or by a broken program: each is answered, none breaks the site.

Every form of every page is found where it is drawn, and sent with hostile values: numbers no database
holds, digits that are none, nothing at all. What is refused at the door, as the NUL character, is sent to
every address in ``tests/test_unreadable.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.matrix_rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

#: Digits that are none, and a number no database holds. Only the second comes as far as a database.
HOSTILE = ("²", "9" * 25)
#: Who fills the forms, the one who meets the most of them first: who comes after fills what they add.
FILLING = ("moderateur", "porteur", "anonymous")
METHOD_NOT_ALLOWED = 405
#: What is typed freely; the rest is chosen among what the page offers.
TYPED = frozenset({"text", "email", "url", "tel", "number", "date", "search", "textarea", "datetime-local"})
#: Forms whose fields no page of an empty world draws.
UNDRAWN = {
    "relecture:lot": {"choix": "publish", "fiche": f"{'9' * 25}:1", "confirmer": "1"},
    "pilotage:inviter": {"subject": "Objet", "text": "Texte", "numeros": "9" * 18, "envoyer": "1"},
}


@dataclass
class Form:
    """A form as a page draws it: where it is sent, and the kind and first value of each field."""

    action: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.select = address, list[Form](), ""
        self.form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form" and held.get("method", "").lower() == "post":
            self.form = Form(held.get("action") or self.address)
            self.forms.append(self.form)
        if self.form is None:
            return
        name, value = held.get("name", ""), held.get("value", "")
        if tag in {"input", "button"} and name:
            kind = held.get("type", "text" if tag == "input" else "submit")
            self.form.fields.setdefault(name, (kind, value))
        elif tag == "textarea" and name:
            self.form.fields.setdefault(name, ("textarea", ""))
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and value:
            self.form.fields.setdefault(self.select, ("select", value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = ""


def sent(form: Form) -> Iterator[dict[str, str]]:
    """What is sent: nothing, what is drawn; all hostile, only what is typed, only what is chosen."""
    usual = {name: value for name, (kind, value) in form.fields.items() if kind != "file"}
    typed = {name for name, (kind, _) in form.fields.items() if kind in TYPED}
    if connection.vendor == "sqlite":  # asks nothing of a database
        yield {}
    yield usual
    for value in HOSTILE if connection.vendor == "sqlite" else HOSTILE[1:]:
        yield dict.fromkeys(usual, value)
        yield usual | dict.fromkeys(typed, value)
        yield dict.fromkeys(typed, "mot") | dict.fromkeys(usual.keys() - typed, value)


def test_no_form_breaks_the_site(world: World) -> None:
    broken, told = set(), set[tuple[str, tuple[str, ...]]]()
    for who in FILLING if connection.vendor == "sqlite" else FILLING[:1]:
        client = world.browser(who)
        client.raise_request_exception = False
        found, addresses = forms(client, world, who)
        assert len(found) > 3
        tried = [(form.action, data) for key, form in found.items() if key not in told for data in sent(form)]
        told |= found.keys()
        if who == FILLING[0]:
            names = dict.fromkeys((name for form in found.values() for name in form.fields), HOSTILE[0])
            tried += [(address, names) for address in addresses]
            tried += [(reverse(name), data) for name, data in UNDRAWN.items()]
        forms_refused = set[str]()
        for address, data in tried:
            sid = transaction.savepoint()
            status = 0 if address in forms_refused else client.post(address, data).status_code
            if status == METHOD_NOT_ALLOWED:  # whatever the form holds: it is not read
                forms_refused.add(address)
            if status >= 500:
                broken.add((address, str({name: value[:12] for name, value in data.items()})[:300]))
            transaction.savepoint_rollback(sid)
    assert not broken


def forms(
    client: Client, world: World, who: str
) -> tuple[dict[tuple[str, tuple[str, ...]], Form], list[str]]:
    """The forms somebody meets, each once by where it goes and what it asks; and the addresses they open."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    addresses = []
    for name, rule in RULES.items():
        # what nobody in particular may open, nobody in particular is asked for, and who meets the most
        if who not in rule.own or (who == "porteur" and "anonymous" in rule.own):
            continue
        address = reverse(name, kwargs=rule.arguments(world.own))
        addresses.append(address)
        response = client.get(address)
        if response.streaming or "html" not in response.headers["Content-Type"]:
            continue
        page = Forms(address)
        page.feed(response.content.decode())
        for form in page.forms:
            found.setdefault((re.sub(r"\d+", "0", form.action), tuple(sorted(form.fields))), form)
    return found, addresses
