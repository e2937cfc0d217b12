"""What is open is announced where people arrive, with its deadline: home, and the page of an académie."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.votes.models import Candidature, Scrutin
from accroche.votes.queries import open_votes
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]

DAY = dt.timedelta(days=1)
PAGES = [
    "/",
    "/editions/2026-2027/",
    "/editions/2026-2027/academies/guadeloupe/",
    "/academies/guadeloupe/",
]
#: Those of one académie, whose clock is told too.
OF_ACADEMIE = PAGES[2:]


@pytest.fixture
def there(db: None) -> Territory:
    return factories.territory("Guadeloupe", "971")


def vote(there: Territory, slug: str, *, chosen: bool = True, **columns: Any) -> Scrutin:
    told = {"academie": there.academie, "opens_at": NOW - DAY, "closes_at": NOW + DAY, "title": slug}
    made = Scrutin.objects.create(edition=there.semaine.edition, slug=slug, **told | columns)
    if chosen:
        action = factories.action(there, etat=Etat.PUBLISHED)
        Candidature.objects.create(scrutin=made, action=action, position=0)
    return made


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.mark.parametrize("address", PAGES)
def test_an_open_vote_and_the_call_are_announced_with_their_deadline(
    client: Client, there: Territory, address: str
) -> None:
    before = page(client, address)
    assert "votes-titre" not in before, "none is open: nothing is said"
    if address not in OF_ACADEMIE:
        plain = " ".join(re.sub("<[^>]+>", " ", before).split())
        assert "Et outre-mer ? 11 h 59 en Polynésie française" in plain
    assert "(heure de Paris" in before, "the call for declarations says until when"
    vote(there, "Innover")
    vote(there, "Pas encore choisi", chosen=False)
    shown = page(client, address)
    assert "Vote ouvert jusqu’au 25 novembre 2026 à 10 h (heure de Paris ; 5 h en Guadeloupe)" in shown
    assert "Pas encore choisi" not in shown
    if address in OF_ACADEMIE:
        assert "déclarent jusqu’au" in shown
        assert "en Guadeloupe)" in before


@pytest.mark.parametrize("address", PAGES)
def test_three_votes_ask_as_much_as_one(client: Client, there: Territory, address: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "Vote ouvert jusqu’au" in page(client, address)
        return len(captured)

    vote(there, "un")
    page(client, address)  # what a process learns once
    one = asked()
    vote(there, "deux")
    vote(there, "trois", academie=None)
    assert asked() == one


def test_what_is_open_is_chosen_by_the_clock_the_place_and_the_edition(there: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    past = factories.territory("Guadeloupe", "971", year="2025-2026")
    soon = vote(there, "ferme le premier", closes_at=NOW + DAY / 2)
    own = vote(there, "ouvre maintenant", opens_at=NOW)
    national = vote(there, "national", academie=None, closes_at=NOW + 2 * DAY)
    vote(there, "pas encore", opens_at=NOW + DAY / 4)
    vote(there, "clos", closes_at=NOW)
    elsewhere = vote(lyon, "à Lyon", closes_at=NOW + 3 * DAY)
    old = vote(past, "de l’an passé", closes_at=NOW + 4 * DAY)
    assert open_votes(NOW) == [soon, own, national, elsewhere, old]
    assert open_votes(NOW, there.semaine) == [soon, own, national]
    assert open_votes(NOW, academie=there.academie) == [soon, own, national, old]
    assert open_votes(NOW, edition=there.semaine.edition) == [soon, own, national, elsewhere]
    type(past.semaine.edition).objects.filter(pk=past.semaine.edition_id).update(published_at=None)
    assert old not in open_votes(NOW)
