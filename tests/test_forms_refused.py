"""Every form of the site, posted empty: refused, it says so in its title and leads to what to mend.

The forms are those the matrix's people meet; one that takes an empty answer has its line below, with why.

Pages with more than one form in which one types: what is beside the button pressed is not lost. Each has its
line as well, with what was decided: SAVED, the button of one form also sends the other; ASKED, the page asks
before it goes (``formulaires.js``), which a test in a browser tries. The marks of a jury, and the prizes of a
closed vote with its publication, are one form (``votes/test_pages.py``).
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.urls import reverse

from tests import factories
from tests.matrix_rules import RULES
from tests.pages import Formulaire, Page
from tests.strictness import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("open_today"),
]

#: Who meets the most forms; a form is looked at once, with the first who has it.
WHO = ("anonymous", "moderateur", "national", "porteur", "by_link")
#: Forms that take an empty answer, by the page they are on and where they post: nothing is owed there.
TAKES_NOTHING = {
    ("comptes:demandes", "comptes:demandes"): "a word may go with a refusal; the button answers",
    ("comptes:courriels", "comptes:courriels"): "an académie may have no address of its own",
    ("comptes:mon_compte", "comptes:mon_compte"): "a name may be taken back",
    ("relecture:fiche", "relecture:distinguer"): "a distinction may be taken back",
    ("relecture:fiche", "relecture:etape"): "a step without a reason owes none",
    ("pilotage:semaine", "pilotage:semaine"): "every answer of a semaine's page is optional",
    ("tutorat:proposition", "tutorat:proposition"): "no number of places: as many as the académie offers",
    ("tutorat:binome", "tutorat:binome"): "a talk without a day was today",
    ("tutorat:contact", "tutorat:contact"): "the same; the button answers",
    ("actions:passer_la_main", "actions:passer_la_main"): "without a colleague, the school keeps the sheets",
    ("relecture:file", "relecture:lot"): "ticks, and what no tick means is told by the page",
    ("publications:atelier", "publications:arreter"): "a version may be known by its number alone",
    ("redaction:partie", "redaction:partie"): "a part of the report may be empty: it is not printed",
    ("relecture:comparer", "relecture:comparer"): "the version is refused before anything is read",
}


class Decision(StrEnum):
    """What becomes of what was typed in another form of the page."""

    SAVED = "the message goes with the step or the distinction; what is typed in two steps is asked about"
    ASKED = "the page asks before it leaves"
    FILTER = "the other form searches or filters: what was typed to be sent is asked about"


#: The pages with two forms, by the name of their address; a page that is not here fails the test.
DECISIONS = {
    "relecture:fiche": Decision.SAVED,
    "comptes:demandes": Decision.ASKED,
    "actions:pieces": Decision.ASKED,
    "catalogue:modifier_selection": Decision.ASKED,
    "redaction:fiche": Decision.ASKED,
    "relecture:file": Decision.FILTER,
    "imports:recensement": Decision.FILTER,
    "tutorat:binome": Decision.ASKED,
    "tutorat:proposition": Decision.ASKED,
    "evaluation:evaluation": Decision.ASKED,
    "evaluation:evaluation_objectif": Decision.ASKED,
}

#: Pages as they were met: the name of the address, who met it, and what it holds.
Met = list[tuple[str, str, Page]]


@pytest.fixture(scope="module")
def met(_world: World) -> Met:
    """Every page with a form in which something is typed, opened once for all the tests of this file."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: factories.NOW)
        for name, rule in RULES.items():
            # what everybody opens has its forms for nobody, and for who has most rights there
            asking = WHO[:2] if "anonymous" in rule.own else WHO
            for who in (who for who in asking if who in rule.own and 200 in rule.get):
                answer = _world.browser(who).get(reverse(name, kwargs=rule.arguments(_world.own)))
                if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
                    continue
                page = Page(answer.content.decode())
                if any(form.typed and not searches(form) for form in page.forms):
                    found.append((name, who, page))
    return found


def sent_by(world: World, met: Met) -> Iterator[tuple[str, str, str, Page, Formulaire]]:
    """Each form that is sent, once, with who meets it first: the page's name and address included."""
    seen = set()
    for name, who, page in met:
        address = reverse(name, kwargs=RULES[name].arguments(world.own))
        for form in page.forms:
            target = urljoin(address, form.attributes.get("action", ""))
            sign = (name, target, *sorted({champ.name for champ in form.typed}))
            if form.posts and form.typed and sign not in seen:
                seen.add(sign)
                yield name, who, target, page, form


def empty(form: Formulaire) -> dict[str, Any]:
    """What the form sends when its first button is pressed and nothing was answered."""
    sent: dict[str, Any] = {champ.name: champ.value for champ in form.champs if champ.kind == "hidden"}
    sent |= {champ.name: "" for champ in form.typed if champ.kind in {"text", "textarea", "email", "number"}}
    button = next((champ for champ in form.champs if champ.is_button), None)
    if button and button.name:
        sent[button.name] = button.value
    return sent


def faults(page: Page) -> list[str]:
    """What a page that refused a form does not say, or says without leading anywhere."""
    wrong = []
    if not page.title.startswith("Erreur\N{NO-BREAK SPACE}: "):
        wrong.append(f"title « {page.title} »")
    boxes = [told for _, told in page.tags if "data-resume" in told]
    if not boxes or boxes[0].get("tabindex") != "-1" or "autofocus" not in boxes[0]:
        wrong.append("no summary that takes the focus")
    anchors = {told["href"][1:] for tag, told in page.tags if tag == "a" and told.get("href", "")[:1] == "#"}
    marked = {told["id"]: told for _, told in page.tags if "aria-invalid" in told and "id" in told}
    if not marked:
        wrong.append("no field is marked as wrong")
    groups = {name.rpartition("_")[0] for name in anchors}
    lost = [name for name in marked if name not in anchors and name.rpartition("_")[0] not in groups]
    wrong += [f"the summary does not lead to #{name}" for name in lost]
    for name, told in marked.items():
        described = told.get("aria-describedby", "") or page.ids.get(name.rpartition("_")[0], {}).get(
            "aria-describedby", ""
        )
        lost = [one for one in described.split() if one not in page.ids]
        if lost or "_error" not in described:
            wrong.append(f"#{name} is described by « {described} »")
    return wrong


def test_every_form_posted_empty_says_what_to_mend(world: World, met: Met) -> None:
    wrong, answered, refused = [], set(), 0
    for name, who, target, _, form in sent_by(world, met):
        point = transaction.savepoint()
        answer = world.browser(who).post(target, empty(form))
        transaction.savepoint_rollback(point)
        where = (name, answer.resolver_match.view_name)
        answered.add(where)
        if where in TAKES_NOTHING and answer.status_code in {302, 200, 422}:
            continue
        if answer.status_code not in {200, 400, 422}:
            wrong.append(f"{where}: {answer.status_code}")
            continue
        refused += 1
        wrong += [f"{where}: {fault}" for fault in faults(Page(answer.content.decode()))]
    assert not wrong, "\n".join(wrong)
    assert refused > 8, "the forms of the site"
    assert set(TAKES_NOTHING) <= answered, "a line about a form nobody meets"


#: What the name of a field says besides: whether an answer is owed.
OWED = re.compile(r"\((obligatoire|facultatif|nécessaire|pour un|un motif|au moins)")
#: Fields of which one or the other is owed: their hints say which.
EITHER = re.compile(
    r"^(academie|departement|bassin|etablissement|organisation|porteurs-\d+-(etablissement|name))$"
)


def test_every_answer_says_whether_it_is_owed(world: World, met: Met) -> None:
    """In the name of the field; boxes and buttons have it in their legend, or are a yes or no."""
    silent, asked = set(), 0
    for name, _, _, page, form in sent_by(world, met):
        for champ in form.typed:
            if champ.kind in {"checkbox", "radio"} or EITHER.match(champ.name):
                continue
            asked += 1
            if not OWED.search(page.labels.get(champ.attributes.get("id", ""), "")):
                silent.add(f"{name}: {champ.name}")
    assert not silent, "\n".join(sorted(silent))
    assert asked > 50


def searches(form: Formulaire) -> bool:
    """Whether it is the search box of the header: on each page, and a way to leave it as any link."""
    return "a-chercheur" in form.attributes.get("class", "")


def test_each_page_with_two_forms_has_its_decision(met: Met) -> None:
    typed = [
        (name, [form for form in page.forms if form.typed and not searches(form)]) for name, _, page in met
    ]
    two = {name for name, forms in typed if len(forms) > 1 and any(form.posts for form in forms)}
    assert two == set(DECISIONS)


def test_every_page_has_the_script_that_asks() -> None:
    base = Path(ROOT / "accroche/commun/templates/commun/base.html").read_text()
    assert "commun/formulaires.js" in base
