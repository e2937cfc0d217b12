"""A partner known under several kinds is the first written, one sheet at a time as in bulk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations import save
from accroche.actions.queries import content_of
from accroche.actions.saisie import PartenaireSaisi
from accroche.campagne.models import Partenaire
from accroche.comptes.models import User
from accroche.imports.operations.recensement import import_rows
from tests import factories
from tests.factories import NOW, Territory
from tests.imports.recensement.test_import import confronted

pytestmark = pytest.mark.django_db

#: Neither order of their kinds nor that of their numbers alone would choose the first written.
KINDS = ("operateur", "association", "")


@pytest.fixture
def known() -> list[int]:
    """The numbers of one name filed under three kinds, the first written first."""
    return [Partenaire.objects.create(name="CAF", kind=kind).pk for kind in KINDS]


def partners_of(action: Action) -> list[int]:
    return list(action.participations.order_by("position").values_list("partenaire", flat=True))


def test_one_sheet(where: Territory, moderator: User, known: list[int]) -> None:
    action = factories.action(where, factories.school(where, 9), Etat.SUBMITTED)
    content = replace(content_of(action), partenaires=(PartenaireSaisi("CAF"), PartenaireSaisi("Ville")))
    save(action, content, access=factories.access(moderator), at=NOW, version=action.version)
    assert partners_of(action) == [known[0], Partenaire.objects.get(name="Ville").pk]


def test_many_sheets(tmp_path: Path, where: Territory, moderator: User, known: list[int]) -> None:
    rows = (
        ("Titre", "Établissement", "UAI", "Description", "Partenaires"),
        ("Forum", "CIO de Dijon", "", "Des métiers.", "CAF ; Ville"),
        ("Salon", "CIO de Dijon", "", "Des stands.", "Ville ; CAF"),
    )
    import_rows(confronted(tmp_path, rows, where, factories.access(moderator)), source="a.csv")
    town = Partenaire.objects.get(name="Ville").pk
    assert {action.title: partners_of(action) for action in Action.objects.order_by("pk")} == {
        "Forum": [known[0], town],
        "Salon": [town, known[0]],
    }
