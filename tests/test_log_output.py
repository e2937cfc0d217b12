"""All that is logged while everything is done: no link that opens something, no code, no address in it.

What a cache may keep of each answer is looked at in passing, as in the matrix.
"""

from __future__ import annotations

import io
import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accroche.actions import operations
from accroche.actions.models import Action
from accroche.commun import jobs
from accroche.commun.logs import Json, Plain
from accroche.commun.models import Message
from accroche.comptes.operations import invite
from accroche.comptes.regles import TypeRole
from accroche.pilotage.operations.invitation import stop_token
from tests import factories
from tests.actions.declaring import START
from tests.caching import kept, may_be_kept
from tests.factories import NOW
from tests.matrix import PEOPLE
from tests.matrix_rules import RULES
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LINKS = ("actions:lien", "comptes:invitation", "votes:confirmer_vote", "pilotage:ne_plus_inviter")
ADDRESS = "declarante.discrete@ac-dijon.fr"
#: Who asks for every address; the long campaign has all of them.
ASKING = sorted(PEOPLE) if THOROUGH else ("anonymous", "moderateur")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All lines, in both shapes, from the quietest level on, whoever logs."""
    out = io.StringIO()
    handlers = []
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    for shape in (Plain(), Json()):
        handler = logging.StreamHandler(out)
        handler.setFormatter(shape)
        handlers.append(handler)
        root.addHandler(handler)
    yield out
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


def events(written: io.StringIO) -> list[str]:
    lines = [json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{")]
    return [line["event"] for line in lines if "event" in line]


def test_no_page_logs_what_opens_it_nor_is_kept_by_who_sent_a_form(
    world: World, written: io.StringIO
) -> None:
    """Each address of the site, its head asked for and sent a form, by somebody of each kind."""
    sides = (world.own, world.other)
    wrong = []
    for name, rule in RULES.items():
        for who in ASKING:
            client = world.browser(who)
            client.raise_request_exception = False
            address = reverse(name, kwargs=rule.arguments(world.own))
            with transaction.atomic():
                head = client.head(address)
                form = client.post(address, {"email": ADDRESS, "confirmer": "1", "code": "12345678"})
                transaction.set_rollback(True)
            if kept(head) and not may_be_kept(who, rule, address, head):
                wrong.append(f"head of {name}: {head.headers['Cache-Control']}")
            if kept(form):
                wrong.append(f"form to {name}: {form.headers['Cache-Control']}")
    assert not wrong
    told = written.getvalue()
    assert "route=/declarer/lien/<str:token>/" in told
    people = [person.email for person in world.people.values() if person]
    secrets = [ADDRESS, *people, *(side.link for side in sides), *(stop_token(side.school) for side in sides)]
    secrets += [word for side in sides for word in side.secrets.values() if "@" in word]
    assert not [secret for secret in secrets if secret in told]
    assert "12345678" not in told


def tokens_of(mails: list[Message]) -> list[str]:
    return [token for mail in mails for token in re.findall(r"https?://\S+/([\w:-]{16,})/", mail.body)]


def test_no_flow_logs_its_links_nor_its_codes(
    world: World,
    written: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    school, access = world.own.school, factories.access(world.people["moderateur"])
    visitor = Client(raise_request_exception=False)
    visitor.post(reverse("actions:declarer"), {**START, "etablissement": school.uai, "email": ADDRESS})
    action = Action.with_unconfirmed.latest("pk")
    Action.with_unconfirmed.filter(pk=action.pk).update(temporality="annee", lycee=True)
    visitor.post(reverse("actions:retrouver"), {"email": ADDRESS})
    jobs.run_waiting()
    with django_capture_on_commit_callbacks(execute=True):
        invite(ADDRESS, TypeRole.PORTEUR, access=access, at=NOW, etablissement=school)
    mails = list(Message.objects.filter(to=ADDRESS))
    found = tokens_of(mails)
    assert len(found) >= 2

    for token in found:
        for name in (
            "actions:lien",
            "comptes:invitation",
            "votes:confirmer_vote",
            "pilotage:ne_plus_inviter",
        ):
            visitor.get(reverse(name, args=[token]))
            visitor.post(reverse(name, args=[token]))
        visitor.get(f"/declarer/liens/{token}/")  # mistyped: there is no such page
        visitor.get(f"/?suite=/declarer/lien/{token}/&code={token}")

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError(f"{ADDRESS} : {found[0]}")

    with monkeypatch.context() as patch:
        patch.setattr(operations, "open_link", fail)
        assert visitor.get(reverse("actions:lien", args=[found[0]])).status_code == 500

    visitor.post(reverse("comptes:connexion"), {"email": ADDRESS})
    code = (
        Message.objects.filter(to=ADDRESS, key__startswith="code:").latest("pk").subject[:9].replace(" ", "")
    )
    assert code.isdigit()
    visitor.post(reverse("comptes:code"), {"code": "00000000"})
    visitor.post(reverse("comptes:code"), {"code": code})
    visitor.get(reverse("portail:mes_donnees"))
    visitor.get(reverse("comptes:personnes"))
    visitor.get(f"{reverse('comptes:proconnect_retour')}?code={found[0]}&state={found[0]}")
    visitor.post(reverse("comptes:deconnexion"))

    told = written.getvalue()
    for secret in (*found, ADDRESS, ADDRESS.partition("@")[0], code, f"{code[:4]} {code[4:]}"):
        assert secret not in told
    expected = {
        "invited",
        "wrong_link",
        "code_sent",
        "wrong_code",
        "signed_in",
        "data_exported",
        "signed_out",
    }
    assert expected <= set(events(written))
    assert "RuntimeError" in told
