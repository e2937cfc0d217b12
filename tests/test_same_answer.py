"""What must not be told is not told by what it costs either: the same statements, whatever there is to find.

No clock: the statements of both requests are compared, in their order, without what they are about.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.commun import jobs
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.votes.models import Bulletin, Candidature, Scrutin
from accroche.votes.operations.vote import _voter
from tests import factories

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "prof@example.fr", "inconnu@example.fr"
DAY = dt.timedelta(days=1)


def did(address: str, email: str, **more: str) -> tuple[list[str], int, str]:
    """What a request of a new browser does: its statements, its status, what it shows or leads to."""
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        response = client.post(address, {"email": email, **more})
    kinds = [re.sub(r"""'(?:[^']|'')*'|"s\d+_x\d+"|\b\d+\b""", "?", one["sql"]) for one in seen]
    page = re.sub(r'value="\w{64}"|nonce="[^"]*"', "", response.content.decode()).replace(email, "?")
    return kinds, response.status_code, page + response.headers.get("Location", "")


def same(address: str, **more: str) -> None:
    did(address, "first@example.fr", **more)  # what counts everybody is made by the first of an hour
    known, unknown = did(address, KNOWN, **more), did(address, UNKNOWN, **more)
    assert known == unknown
    assert known[1] in {200, 302}
    assert len(known[0]) > 2


@pytest.mark.parametrize("sheets", [1, 7])
def test_who_declared(where: Territory, sheets: int) -> None:
    for _ in range(sheets):
        factories.action(where, declarant_email=KNOWN)
    same(reverse("actions:retrouver"))
    assert not Message.objects.exists(), "what is found is found out elsewhere"
    jobs.run_waiting(lane=jobs.QUICK)
    assert [message.to for message in Message.objects.all()] == [KNOWN]


def test_who_has_an_account(where: Territory) -> None:
    factories.person(TypeRole.MODERATEUR, KNOWN, academie=where.academie)
    same(reverse("comptes:connexion"))
    assert Message.objects.count() == 3


def test_who_voted(where: Territory) -> None:
    now = timezone.now()
    scrutin = Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug="innover",
        title="Innover",
        opens_at=now - DAY,
        closes_at=now + DAY,
    )
    action = factories.action(where, factories.school(where), Etat.PUBLISHED)
    candidature = Candidature.objects.create(scrutin=scrutin, action=action, position=0)
    Bulletin.objects.create(
        scrutin=scrutin,
        candidature=candidature,
        voter=_voter(scrutin, KNOWN),
        token_hash="t",  # noqa: S106 - of nobody
        cast_at=now - DAY,
        expires_at=now,
        confirmed_at=now - DAY,
    )
    same(reverse("votes:scrutin", args=["innover"]), candidature=str(candidature.pk))
    assert Message.objects.count() == 3
