"""What browsers and caches may keep: public pages, for who is nobody; nothing else, whatever the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.urls import reverse

from tests.caching import kept, may_be_kept
from tests.matrix import PEOPLE
from tests.matrix_rules import RULES
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from django.test import Client

    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NOTHING = "no-store, private"

#: Who may keep a page, and who may not; the long campaign asks for all.
ASKING = sorted(PEOPLE) if THOROUGH else ["anonymous", "moderateur"]


@pytest.mark.parametrize("who", ASKING)
def test_only_public_pages_are_kept_and_only_by_who_is_nobody(world: World, who: str) -> None:
    """Heads and forms; what everybody opens, the matrix has seen."""
    wrong = []
    client = world.browser(who)
    for name, rule in RULES.items():
        address = reverse(name, kwargs=rule.arguments(world.own))
        for method in ("head", "post"):
            sid = transaction.savepoint()
            response = getattr(client, method)(address)
            transaction.savepoint_rollback(sid)
            may = method == "head" and may_be_kept(who, rule, address, response)
            if kept(response) and not may:
                wrong.append(f"{method} {name}: {response.headers['Cache-Control']}")
        world.browser(who)  # as it was, for the next address
    assert not wrong


def test_an_unknown_address_and_a_refusal_are_kept_by_nobody(client: Client) -> None:
    assert client.get("/nulle-part/").headers["Cache-Control"] == NOTHING
    assert client.get("/?q=%00").headers["Cache-Control"] == NOTHING
    assert client.get("/mon-espace/").headers["Cache-Control"] == NOTHING


def test_files_that_never_change_are_kept(client: Client) -> None:
    response = client.get("/static/commun/accroche.css")
    assert "max-age" in response.headers["Cache-Control"]
    response.close()
