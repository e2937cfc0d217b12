"""Where an action stands: one rule, read in Python for the index and by the database for itself."""

from __future__ import annotations

from typing import Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Precision, TypePorteur
from accroche.catalogue.queries.positions import Position, placing, positions
from tests import factories

pytestmark = pytest.mark.django_db


def carrier(where: factories.Territory, name: str, **columns: Any) -> Porteur:
    return Porteur.objects.create(academie=where.academie, kind=TypePorteur.ASSOCIATION, name=name, **columns)


def sheet(where: factories.Territory, *carriers: Porteur) -> Action:
    made = factories.action(where, etat=Etat.PUBLISHED)
    for position, porteur in enumerate(carriers):
        ActionPorteur.objects.create(action=made, porteur=porteur, position=position)
    return made


def test_the_first_carrier_that_is_placed_gives_the_place(django_assert_num_queries: Any) -> None:
    where = factories.territory()
    factories.school(where, 1, insee="58194", commune="Nevers", latitude=46.98, longitude=3.16)
    factories.school(where, 2, insee="58194", commune="Nevers", latitude=47.0, longitude=3.14)
    roof = factories.school(
        where, 3, commune="Autun", latitude=46.95, longitude=4.3, precision=Precision.COMMUNE
    )
    school = factories.action(where, roof, Etat.PUBLISHED)
    nowhere = carrier(where, "Nulle part")
    told = carrier(where, "Mission locale", commune="Dijon", latitude=47.32, longitude=5.04)
    in_commune = carrier(where, "CIO", commune="Nevers", insee="58194")
    found = {
        school: Position(46.95, 4.3, precise=False, commune="Autun"),
        sheet(where, nowhere, told, in_commune): Position(47.32, 5.04, precise=True, commune="Dijon"),
        sheet(where, in_commune, told): Position(46.99, 3.15, precise=False, commune="Nevers"),
        sheet(where, nowhere): None,
        sheet(where): None,
    }
    with django_assert_num_queries(2):
        read = positions([action.pk for action in found])
    assert {pk: (round(at.lat, 6), round(at.lon, 6), at.precise, at.commune) for pk, at in read.items()} == {
        action.pk: (at.lat, at.lon, at.precise, at.commune) for action, at in found.items() if at
    }
    # the database says the same of each
    by_database = {row.action_id: row.porteur for row in placing(Action.objects.all())}
    assert set(by_database) == set(read)
    assert [by_database[action.pk] for action in list(found)[1:3]] == [told, in_commune]


def test_the_directory_knows_better_than_what_was_told_of_a_school() -> None:
    where = factories.territory()
    made = factories.action(where, factories.school(where, latitude=47.3, longitude=5.0), Etat.PUBLISHED)
    Porteur.objects.update(latitude=1.0, longitude=1.0, commune="Quetigny")
    assert positions([made.pk])[made.pk].lat == 47.3
    # it may not hold the school at all
    Porteur.objects.update(etablissement="0210000A")
    assert positions([made.pk])[made.pk] == Position(
        1.0, 1.0, precise=True, commune="Quetigny", name=made.porteurs.get().name
    )
