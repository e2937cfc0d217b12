"""What the gate against private contacts reads of a sheet: every text of it that the public reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accroche.actions.controle import obstacles, public_texts
from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Activite, Lien, PieceJointe
from accroche.actions.queries import fiche_of
from accroche.actions.regles import TypePiece
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

#: A private number of its own in each place, and the place as remarks name it.
NUMBER = "06 12 34 56 {:02d}"
PLACES = (
    "title",
    "description",
    "place",
    "classes",
    "audience_note",
    "authority",
    "public_contact",
    "porteurs-2",
    "activites-1",
    "activites-2",
    "partenaires-1",
    "partenaires-2",
    "liens-1",
    "pieces-1",
    "pieces-2",
)


@pytest.fixture
def told() -> dict[str, str]:
    """A text of its own for each place."""
    return {place: f"Appelez le {NUMBER.format(number)}" for number, place in enumerate(PLACES, start=10)}


@pytest.fixture
def sheet(where: factories.Territory, told: dict[str, str]) -> Action:
    action = factories.action(
        where,
        factories.school(where),
        Etat.SUBMITTED,
        **{name: told[name] for name in PLACES if "-" not in name},
        private_contact="Camille, 06 99 99 99 99",
        private_phone="06 98 98 98 98",
        private_email="camille@example.org",
    )
    typed = Porteur.objects.create(academie=where.academie, kind="association", name=told["porteurs-2"])
    ActionPorteur.objects.create(action=action, porteur=typed, position=1)
    Activite.objects.create(action=action, position=0, title=told["activites-1"])
    Activite.objects.create(action=action, position=1, title="Atelier", description=told["activites-2"])
    partner = Partenaire.objects.create(name=told["partenaires-1"])
    ActionPartenaire.objects.create(action=action, partenaire=partner, position=0)
    other = Partenaire.objects.create(name="Ville")
    ActionPartenaire.objects.create(action=action, partenaire=other, position=1, part=told["partenaires-2"])
    Lien.objects.create(action=action, position=0, url="https://example.fr", label=told["liens-1"])
    columns = {"action": action, "kind": TypePiece.DOCUMENT, "size": 1, "added_at": NOW}
    PieceJointe.objects.create(
        position=0, file="pieces/1", name="a.pdf", sha256="1", caption=told["pieces-1"], **columns
    )
    PieceJointe.objects.create(
        position=1, file="pieces/2", name=f"{told['pieces-2']}.pdf", sha256="2", caption="Le plan", **columns
    )
    return Action.objects.get(pk=action.pk)


def test_a_private_number_is_found_in_each_public_text_and_nowhere_else(
    sheet: Action, told: dict[str, str]
) -> None:
    found = {remark.field: remark.excerpt for remark in obstacles(fiche_of(sheet))}
    assert found == {place: text.removeprefix("Appelez le ") for place, text in told.items()}


def test_the_texts_are_these(sheet: Action, told: dict[str, str]) -> None:
    fiche = fiche_of(sheet)
    read = {place: text for place, text in public_texts(fiche.content, fiche.pieces).items() if text}
    assert read == told | {
        "porteurs-2": f"{told['porteurs-2']}\n",
        "activites-1": f"{told['activites-1']}\n",
        "activites-2": f"Atelier\n{told['activites-2']}",
        "partenaires-1": f"{told['partenaires-1']}\n",
        "partenaires-2": f"Ville\n{told['partenaires-2']}",
        "pieces-1": f"a.pdf\n{told['pieces-1']}",
        "pieces-2": f"{told['pieces-2']}.pdf\nLe plan",
    }


def test_a_day_out_of_the_school_year_is_named(where: factories.Territory) -> None:
    first, last = dt.date(2026, 8, 1), dt.date(2027, 8, 31)
    one = dt.timedelta(days=1)
    action = factories.action(where, starts=first, ends=last)
    days = [
        (None, None),
        (first, last),
        (first - one, None),
        (last, None),
        (last + one, None),
        (first, last + one),
        (first - one, last),
    ]
    for position, (starts, ends) in enumerate(days):
        Activite.objects.create(action=action, position=position, title="Temps", starts=starts, ends=ends)
    named = [remark.field for remark in obstacles(fiche_of(action))]
    assert named == ["activites-3", "activites-5", "activites-6", "activites-7"]
    Action.objects.filter(pk=action.pk).update(starts=first - one)
    action.activites.all().delete()
    assert [remark.field for remark in obstacles(fiche_of(Action.objects.get(pk=action.pk)))] == ["starts"]


@pytest.mark.parametrize("contact", ["declarant", "declarant_email", "private_email"])
def test_one_way_to_be_reached_is_enough(where: factories.Territory, contact: str) -> None:
    empty: dict[str, Any] = {"declarant": None, "declarant_email": "", "private_email": ""}
    reached: Any = {"declarant": factories.user()}.get(contact, "a@example.fr")
    assert fiche_of(factories.action(where, **empty)).has_contact is False
    assert fiche_of(factories.action(where, **empty | {contact: reached})).has_contact is True


def test_only_images_wait_for_a_consent(where: factories.Territory) -> None:
    action = factories.action(where)
    columns: dict[str, Any] = {"action": action, "size": 1, "added_at": NOW}
    for position, (kind, consent, state) in enumerate(
        [
            ("image", "pending", "ready"),
            ("document", "pending", "ready"),
            ("image", "nobody", "ready"),
            ("image", "recorded", "preparing"),
            ("image", "recorded", "broken"),
            ("document", "pending", "broken"),
        ]
    ):
        PieceJointe.objects.create(
            position=position,
            kind=kind,
            consent=consent,
            state=state,
            file=f"pieces/{position}" if state == "ready" else "",
            name=f"{position}.jpg",
            sha256=str(position),
            **columns,
        )
    assert [remark.field for remark in obstacles(fiche_of(action))] == ["pieces-1", "pieces-4", "pieces-5"]
