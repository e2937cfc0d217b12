"""What is typed on the page of a sheet before another of its buttons is pressed is written with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Commentaire
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.declaring import signed_in
from tests.pages import Page

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]


def sent_with(page: Page, value: str) -> dict[str, str]:
    """What a browser sends when the button of a step is pressed: its form's fields, wherever they stand."""
    [form] = [one for one in page.forms if any(champ.value == value for champ in one.champs)]
    return {champ.name: champ.value for champ in form.champs if champ.name and not champ.is_button}


@pytest.mark.parametrize("internal", [False, True])
def test_a_note_typed_before_publishing_is_kept(where: Territory, moderator: User, *, internal: bool) -> None:
    action = factories.action(where, factories.school(where))
    client = signed_in(moderator)
    page = Page(client.get(reverse("relecture:fiche", args=[action.pk])).content.decode())
    sent = sent_with(page, "publish")
    assert "text" in sent, "the step is sent with the message"
    sent |= {"text": "Merci, très belle action.", "etape": "publish"}
    sent.pop("internal", None)
    if internal:
        sent["internal"] = "on"
    answer = client.post(reverse("relecture:etape", args=[action.pk]), sent)
    assert answer.status_code == 302
    action.refresh_from_db()
    assert action.etat == Etat.PUBLISHED
    note = Commentaire.objects.get()
    assert (note.text, note.internal) == ("Merci, très belle action.", internal)


def test_a_step_that_is_refused_gives_the_note_back(where: Territory, moderator: User) -> None:
    action = factories.action(where, factories.school(where))
    client = signed_in(moderator)
    sent = {"etape": "publish", "version": str(action.version + 1), "text": "Un mot à ne pas perdre"}
    answer = client.post(reverse("relecture:etape", args=[action.pk]), sent)
    assert answer.status_code == 409
    page = Page(answer.content.decode())
    assert "Un mot à ne pas perdre" in {champ.value.strip() for form in page.forms for champ in form.champs}
    assert not Commentaire.objects.exists()


def test_a_caption_typed_before_moving_is_kept(where: Territory) -> None:
    school = factories.school(where)
    action = factories.action(where, school, Etat.DRAFT)
    piece = factories.piece(action)
    client = signed_in(factories.person(TypeRole.PORTEUR, etablissement=school))
    sent = {"faire": "descendre", "caption": "Des élèves plantent un arbre", "consent": "pending"}
    client.post(reverse("actions:modifier_piece", args=[piece.pk]), sent)
    piece.refresh_from_db()
    assert piece.caption == "Des élèves plantent un arbre"
