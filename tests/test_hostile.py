"""Forms filled by who means harm, or by a broken program: each is answered, none breaks the site.

Every form of every page is found where it is drawn, and sent with hostile values: numbers no database
holds, digits that are none, the NUL character PostgreSQL refuses, nothing at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.urls import reverse

from tests.matrix_rules import RULES

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

#: The NUL character is refused at the door, whatever the form: each address meets it once.
DOOR = "\0"
HOSTILE = ("²", "9" * 25)
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


def sent(form: Form) -> list[dict[str, str]]:
    """What is sent: all hostile; only what is typed; only what is chosen; nothing."""
    usual = {name: value for name, (kind, value) in form.fields.items() if kind != "file"}
    typed = {name for name, (kind, _) in form.fields.items() if kind in TYPED}
    found: list[dict[str, str]] = [{}, usual]
    for value in HOSTILE:
        found.append(dict.fromkeys(usual, value))
        found.append(usual | dict.fromkeys(typed, value))
        found.append(dict.fromkeys(typed, "mot") | dict.fromkeys(usual.keys() - typed, value))
    return found


@pytest.mark.parametrize(
    "who",
    ["moderateur", *(pytest.param(who, marks=pytest.mark.any_database) for who in ("porteur", "anonymous"))],
)
def test_no_form_breaks_the_site(world: World, who: str) -> None:
    client = world.browser(who)
    client.raise_request_exception = False
    forms: dict[tuple[str, tuple[str, ...]], Form] = {}
    names: set[str] = set()
    only_sent = []
    for name, rule in RULES.items():
        if who not in rule.own:
            continue
        address = reverse(name, kwargs=rule.arguments(world.own))
        only_sent.append(address)
        response = client.get(address)
        if response.streaming or "html" not in response.headers["Content-Type"]:
            continue
        page = Forms(address)
        page.feed(response.content.decode())
        for form in page.forms:
            key = (re.sub(r"\d+", "0", form.action), tuple(sorted(form.fields)))
            forms.setdefault(key, form)
            names |= form.fields.keys()
    assert len(forms) > 3
    tried = [(form.action, data) for form in forms.values() for data in sent(form)]
    if who == "moderateur":  # who may send the most
        values = (HOSTILE[0], DOOR)
        tried += [(address, dict.fromkeys(names, value)) for address in only_sent for value in values]
    tried += [(reverse(name), data) for name, data in UNDRAWN.items()]
    broken, forms_refused = set(), set[str]()
    for address, data in tried:
        sid = transaction.savepoint()
        status = 0 if address in forms_refused else client.post(address, data).status_code
        if status == METHOD_NOT_ALLOWED:  # whatever the form holds: it is not read
            forms_refused.add(address)
        if status >= 500:
            broken.add((address, str({name: value[:12] for name, value in data.items()})[:300]))
        transaction.savepoint_rollback(sid)
    assert not broken
