"""Who is told of a step, in which words."""

from __future__ import annotations

from typing import Any

import pytest

from accroche.actions.cycle import Etat, Step
from accroche.actions.operations.cycle import move
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_school_is_told_of_what_a_coordinator_did_in_its_place() -> None:
    where = factories.territory()
    school = factories.school(where)
    action = factories.action(where, school, Etat.DRAFT)
    referent = factories.person(TypeRole.REFERENT, "referent@ac-dijon.fr", bassin=where.bassin)
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    owner = factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)
    move(action, Step.SUBMIT, access=factories.access(referent), at=NOW)
    told = dict(Message.objects.order_by("pk").values_list("to", "body"))
    assert set(told) == {moderator.email, owner.email, action.private_email}
    assert "vient d’être envoyée" in told[moderator.email]
    assert f"{referent} l’a envoyée à l’académie, à la place de l’établissement." in told[owner.email]


def test_who_left_is_not_written_to() -> None:
    where = factories.territory()
    gone = factories.user("efface-1@invalid")
    gone.is_active = False
    gone.save()
    action = factories.action(where, factories.school(where), declarant=gone, private_email="")
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    move(action, Step.PUBLISH, access=factories.access(moderator), at=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("declared_by", "told"),
    [
        ("visitor", set()),
        ("known", {"prof@ac-dijon.fr"}),
        ("office", {"cardie@ac-dijon.fr", "contact@exemple.fr"}),
        ("file", {"contact@exemple.fr"}),
    ],
)
def test_an_address_that_somebody_typed_and_nobody_confirmed_gets_no_decision(
    declared_by: str, told: set[str]
) -> None:
    where = factories.territory()
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    by: dict[str, dict[str, Any]] = {
        "visitor": {"declarant_email": "stranger@exemple.fr"},
        "known": {"declarant": factories.user("prof@ac-dijon.fr")},
        "office": {"declarant": moderator},
        "file": {},
    }
    sheet = factories.action(
        where, factories.school(where), private_email="contact@exemple.fr", **by[declared_by]
    )
    other = factories.person(TypeRole.MODERATEUR, "autre@ac-dijon.fr", academie=where.academie)
    move(sheet, Step.PUBLISH, access=factories.access(other), at=NOW)
    assert set(Message.objects.values_list("to", flat=True)) == told
