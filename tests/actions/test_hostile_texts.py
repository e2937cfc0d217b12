"""A draft of anybody's, full of text made to cost: its form is read as fast as another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from accroche.actions import controle
from accroche.actions.forms.declaration import DESCRIPTION_LENGTH
from accroche.actions.models import Action
from tests import factories
from tests.actions.declaring import begin, html, sheet_address
from tests.growth import at_most, seconds_of

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ORDINARY = "Les élèves rencontrent des professionnels, et préparent leurs questions.\n"
#: Just under the digits from which a text is refused, then words to the end.
_FIGURES = 270
HOSTILE = {
    "one word": "a" * DESCRIPTION_LENGTH,
    "signs": "a@" * (DESCRIPTION_LENGTH // 2),
    "words that are signs": "arobase-" * (DESCRIPTION_LENGTH // 8),
    "addresses": " ".join(f"a{number}@b.fr" for number in range(2000)),
    "spaces": "a" + " " * (DESCRIPTION_LENGTH - 2) + "a",
    "numbers": "0612345678/" * _FIGURES,
    "near numbers": "0000000000 " * _FIGURES,
    "figures": "1 " * 2900,
    "too many figures": "06 12 34 56 78 " * (DESCRIPTION_LENGTH // 15),
    "brackets": "((1" * (DESCRIPTION_LENGTH // 10),
}
#: A hostile text may cost some times an ordinary one of the same length: 9 at the most here. Its square took
#: seven hundred.
TIMES = 20


@pytest.fixture
def draft(school: Etablissement, monkeypatch: pytest.MonkeyPatch) -> tuple[Client, str, Action]:
    """A visitor's draft, with the browser that began it and the address of its form."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    client = Client()
    action = begin(client, school, email="prof@example.fr")
    html(client, sheet_address(action))
    return client, sheet_address(action), action


def costs(client: Client, address: str) -> float:
    """Seconds of processor that a reading takes when nothing of the text is known yet."""
    found = []
    for _ in range(3):
        controle._kept_private.cache_clear()
        found.append(seconds_of(lambda: html(client, address)))
    return min(found)


def test_reading_a_form_costs_what_its_length_costs(draft: tuple[Client, str, Action]) -> None:
    client, address, action = draft
    drafts = Action.objects.filter(pk=action.pk)
    drafts.update(description=(ORDINARY * 300)[:DESCRIPTION_LENGTH])
    usual = costs(client, address)
    slow = {}
    for name, text in HOSTILE.items():
        drafts.update(description=text)
        with at_most(TIMES * 10 * usual + 5):
            taken = costs(client, address)
        if taken > TIMES * usual:
            slow[name] = round(taken / usual, 1)
    assert not slow


def test_a_second_reading_searches_nothing_again(draft: tuple[Client, str, Action]) -> None:
    client, address, action = draft
    Action.with_unconfirmed.filter(pk=action.pk).update(description=HOSTILE["numbers"])
    first = html(client, address)
    before = controle._kept_private.cache_info().misses
    assert html(client, address).count("0612345678") == first.count("0612345678") > 0
    assert controle._kept_private.cache_info().misses == before


def test_a_text_beyond_the_limit_is_refused_with_the_limit_and_kept_in_the_form(
    draft: tuple[Client, str, Action],
) -> None:
    client, address, action = draft
    data = {"title": "Forum", "description": "a" * (DESCRIPTION_LENGTH + 1), "version": str(action.version)}
    response = client.post(address, data)
    assert response.status_code == 200
    errors = response.context["form"].errors["description"]
    assert str(DESCRIPTION_LENGTH) in errors[0]
    assert data["description"] in response.content.decode()
