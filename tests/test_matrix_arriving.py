"""Every address again while an import brings sheets: nobody sees any before all of them are there."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse

from accroche.actions.models import Theme
from accroche.actions.operations import arrivage
from tests.imports.recensement.concurrence import hidden
from tests.test_matrix import HEALTH, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.world import World

pytestmark = pytest.mark.django_db

LOOKING = ("anonymous", "moderateur", "national")
#: Who is enough to ask each page's queries of another database.
FEW = ("moderateur",)
#: Pages that must change once the sheets are there, or the test sees nothing.
TOLD = ("relecture:file", "relecture:reconnaissance", "portail:tableau")
#: Tells when a person last signed in, and what they did: who brings the sheets knows of them.
OWN = "portail:mes_donnees"
#: What differs from one answer to the next whatever the database holds.
FLEETING = re.compile(rb"(csrfmiddlewaretoken|cle_envoi)\" value=\"[^\"]*\"")


def told(answer: Any) -> bytes:
    """What an answer says, without what differs each time; of a workbook, without when it was made."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            parts = [(name, book.read(name)) for name in book.namelist() if name != "docProps/core.xml"]
        return repr(parts).encode()
    return FLEETING.sub(b"", body)


def pages(world: World, names: Iterable[str] = RULES) -> dict[tuple[str, str], bytes]:
    """What addresses answer to each person who may open them."""
    found = {}
    for who in LOOKING if connection.vendor == "sqlite" else FEW:
        client = world.browser(who)
        for name in names:
            rule = RULES[name]
            if name not in {OWN, HEALTH} and who in rule.own and 200 in rule.get:
                found[name, who] = told(client.get(reverse(name, kwargs=rule.arguments(world.own))))
    return found


def test_no_page_shows_what_has_not_arrived(world: World) -> None:
    """Every page to everybody: the same before and while sheets arrive, another once they are there."""
    Theme.objects.get_or_create(code="orientation")
    before = pages(world)
    arriving = hidden(world.own.where, world.people["moderateur"])
    while_arriving = pages(world)
    assert [key for key in before if before[key] != while_arriving[key]] == []
    arrivage.reveal(arriving)
    there = pages(world, TOLD)
    assert {name for (name, _), body in there.items() if body != before[name, _]} == set(TOLD)
