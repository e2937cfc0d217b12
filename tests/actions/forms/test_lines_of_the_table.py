"""A text of one line that is only in the table of fields is typed, kept on one line and shown."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from accroche.actions import champs
from accroche.actions.cycle import Etat
from accroche.actions.forms import declaration
from accroche.actions.queries import content_of
from tests import factories
from tests.actions.declaring import html, sheet_address, signed_in
from tests.actions.forms.test_declaration import sent
from tests.factories import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _classes_have_no_words_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today every text has: one of them stands for the next, beside those that may come."""
    monkeypatch.setattr(declaration, "LINES", (*declaration.LINES, champs.champ("classes")))


def test_it_is_typed_and_kept_on_one_line(where: Territory) -> None:
    action = factories.action(where, factories.school(where), Etat.DRAFT, classes="4e A")
    form = declaration.FicheForm(action=action, content=content_of(action), with_email=False)
    line = form.other_lines[-1]
    assert (line.name, line.value(), line.field.required) == ("classes", "4e A", False)
    assert (line.label, getattr(line.field, "max_length", 0)) == ("Classes", 200)
    data: QueryDict = sent(form)
    data["classes"] = "4e A\net 4e B"
    again = declaration.FicheForm(data, action=action, content=content_of(action), with_email=False)
    assert again.is_valid(), again.errors
    assert again.content().classes == "4e A et 4e B"
    data["classes"] = "x" * 201
    again = declaration.FicheForm(data, action=action, content=content_of(action), with_email=False)
    assert list(again.errors) == ["classes"]


def test_the_page_has_its_place(where: Territory) -> None:
    person = factories.user()
    action = factories.action(where, factories.school(where), Etat.DRAFT, declarant=person)
    assert html(signed_in(person), sheet_address(action)).count('name="classes"') == 2
