"""Pages with more than one form in which one types: what is beside the button pressed is not lost.

Each has its line here, with what was decided: SAVED, the button of one form also sends the other; ASKED, the
page asks before it goes (``formulaires.js``), which a test in a browser tries. The marks of a jury, and the
prizes of a closed vote with its publication, are one form (``votes/test_pages.py``).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.pages import Page
from tests.strictness import ROOT
from tests.test_matrix import RULES

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]


class Decision(StrEnum):
    """What becomes of what was typed in another form of the page."""

    SAVED = "the message goes with the step or the distinction; what is typed in two steps is asked about"
    ASKED = "the page asks before it leaves"
    FILTER = "the other form searches or filters: what was typed to be sent is asked about"


#: The pages, by the name of their address; a page that is not here fails the test.
DECISIONS = {
    "relecture:fiche": Decision.SAVED,
    "comptes:demandes": Decision.ASKED,
    "actions:pieces": Decision.ASKED,
    "relecture:file": Decision.FILTER,
    "imports:recensement": Decision.FILTER,
    "tutorat:binome": Decision.ASKED,
    "tutorat:proposition": Decision.ASKED,
    "evaluation:evaluation": Decision.ASKED,
    "evaluation:evaluation_objectif": Decision.ASKED,
}
WHO = ("anonymous", "moderateur", "national", "porteur", "by_link")


@pytest.mark.any_database
def test_each_page_with_two_forms_has_its_decision(world: World) -> None:
    found = set()
    for name, rule in RULES.items():
        for who in (who for who in WHO if who in rule.own and 200 in rule.get):
            answer = world.browser(who).get(reverse(name, kwargs=rule.arguments(world.own)))
            if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
                continue
            forms = [form for form in Page(answer.content.decode()).forms if form.typed]
            if len(forms) > 1 and any(form.posts for form in forms):
                found.add(name)
    assert found == set(DECISIONS)


@pytest.mark.any_database
def test_every_page_has_the_script_that_asks() -> None:
    base = Path(ROOT / "accroche/commun/templates/commun/base.html").read_text()
    assert "commun/formulaires.js" in base
