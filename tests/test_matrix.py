"""Every address × every role × own and other territory: who may open what, and that nobody else writes.

What a cache may keep of each answer is looked at in passing (``tests/test_log_output.py`` has the rest).

An address this file does not know fails the test: a new page has to say here who may open it. What is
expected comes from the table below and from ``RIGHTS``, never from the code that decides.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accroche.comptes.decorators import rule_of
from accroche.portail.http import page_above
from tests.caching import kept, may_be_kept
from tests.framing import framed_rightly
from tests.matrix import (
    FEW,
    FORM_ONLY,
    PEOPLE,
    SIGNED_IN,
)
from tests.matrix_rules import RULES
from tests.thorough import THOROUGH
from tests.world import leaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import Side, World

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

#: Tells how the machine is, which changes from one moment to the next.
HEALTH = "exploitation:pret"
#: Who, refused, also asks for the head alone: nobody, an account without a role, and one about a place. The
#: long campaign asks for all.
HEADS = PEOPLE if THOROUGH else ("anonymous", "no_role", "moderateur")
#: Who is asked about the other side as well: who has a place, or had one, and who has all. Of the others, one
#: side is as the other.
PLACED = frozenset(PEOPLE) if THOROUGH else frozenset(PEOPLE) - {"anonymous", "no_role", "national"}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            name = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, name)
        else:
            yield f"{prefix}{pattern.name}", pattern


def places(world: World, name: str) -> Iterator[tuple[Side, frozenset[str], str]]:
    """Each side, who may open the address about it, and the address; once when it is about no place."""
    rule = RULES[name]
    own, other = (reverse(name, kwargs=rule.arguments(side)) for side in (world.own, world.other))
    yield world.own, rule.own, own
    if (other, rule.other) != (own, rule.own):
        yield world.other, rule.other, other


def rows() -> dict[str, int | str]:
    """What the database holds, table by table, but for what reading writes: sessions."""
    found: dict[str, int | str] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.app_label == "sessions":
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
            found[table] = repr(cursor.fetchall())
    return found


@pytest.fixture(scope="module")
def untouched(_world: World) -> Iterator[None]:
    """See that nothing of what was refused stays, whatever took it back: once, for reading all is slow."""
    before = rows()
    yield
    assert rows() == before


def test_every_address_is_known_and_says_who_may_open_it() -> None:
    known = dict(addresses())
    assert set(known) == set(RULES), "an address without a rule in this file, or a rule without address"
    silent = [name for name, pattern in known.items() if rule_of(pattern.callback) is None]
    assert not silent, "these views carry neither @public, @signed_in nor @requires"


@pytest.mark.parametrize("name", RULES)
def test_who_may_open_it(world: World, name: str) -> None:
    """Also: HEAD opens no more than GET, no page tells a secret of elsewhere, caches keep only the public.

    And no other site frames a page, but those made for it.
    """
    rule = RULES[name]
    wrong = []
    # of another database only the queries of a page are asked: who is refused asks none, those of elsewhere
    # are the same; and what is open to everybody is nobody's territory: every role meets it once
    there = list(places(world, name))
    for side, allowed, address in there if connection.vendor == "sqlite" else there[:1]:
        everybody = rule.own == rule.other == frozenset(PEOPLE)
        met = frozenset(PEOPLE)
        if side is world.other:
            met = PLACED & FEW if everybody and not THOROUGH else PLACED
        for who in sorted(met) if connection.vendor == "sqlite" else allowed & FEW:
            sid = transaction.savepoint()
            client = world.browser(who)
            response = client.get(address)
            status = response.status_code
            if who in allowed:
                fine = status in rule.get
            elif who in SIGNED_IN:
                fine = status in {403, 404} | (FORM_ONLY & rule.get)
            else:  # sent to the sign-in page, or told there is nothing
                fine = status in {302, 403, 404} | (FORM_ONLY & rule.get)
            if not fine:
                wrong.append(f"{who} on {side.name}: {status} at {address}")
            if kept(response) and not may_be_kept(who, rule, address, response):
                wrong.append(f"{who}: {response.headers['Cache-Control']} at {address}")
            if who not in allowed and who in HEADS and client.head(address).status_code != status:
                wrong.append(f"{who} on {side.name}: HEAD is not GET at {address}")
            wrong += [f"{who} reads {leak} at {address}" for leak in leaks(world, who, response)]
            wrong += [f"{who}: framed, or not, at {address}"] * (not framed_rightly(name, response))
            transaction.savepoint_rollback(sid)
    assert not wrong


def test_the_address_of_a_form_leads_to_a_page(world: World) -> None:
    forms = [name for name, rule in RULES.items() if rule.get == FORM_ONLY]
    above = {name: page_above(reverse(name, kwargs=RULES[name].arguments(world.own))) for name in forms}
    assert [
        name for name, page in above.items() if RULES[resolve(page or "/").view_name].get == FORM_ONLY
    ] == []
    # one's own space stands for what has none above
    none = {name for name, page in above.items() if not page}
    assert none == {"comptes:deconnexion", "comptes:terminer_role"}


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements meanwhile that write anything but a session.

    ``CaptureQueriesContext`` would ask SQLite to quote each value of each query, by another query.
    """
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def test_what_is_written_is_seen(world: World) -> None:
    """A change by the own moderator is seen where the next test looks."""
    address = reverse("relecture:commenter", kwargs={"pk": world.own.waiting.pk})
    with written() as statements:
        world.browser("moderateur").post(address, {"text": "Bonjour"})
    assert any("commentaire" in statement for statement in statements)


# refused before any row is asked for; that the others read on both databases, the test above has seen
@pytest.mark.any_database
@pytest.mark.parametrize("name", RULES)
def test_nobody_else_writes(world: World, untouched: None, name: str) -> None:
    """A form sent by who may not changes no row, whatever it holds."""
    wrong = []
    for side, allowed, address in places(world, name):
        for who in PEOPLE if side is world.own else sorted(PLACED):
            if who in allowed:
                continue
            sid = transaction.savepoint()
            client = world.browser(who)
            with written() as statements:
                status = client.post(address, {"confirmer": "1"}).status_code
            if status not in {302, 403, 404, 405} or statements:
                wrong.append(f"{who} on {side.name}: {status} at {address}")
            transaction.savepoint_rollback(sid)
    assert not wrong
