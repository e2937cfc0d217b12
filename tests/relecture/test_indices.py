"""Quality hints: a table on plain data, and the database gives the same answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import TypePorteur
from accroche.relecture.indices import SHORT, Apercu, Indice, indices
from accroche.relecture.queries import file as file_attente
from tests import factories

GOOD = Apercu(
    title="Forum des métiers",
    description="x" * SHORT,
    has_level=True,
    temporality="semaine",
    has_day=True,
    porteurs=1,
    unknown_porteurs=0,
    has_contact=True,
)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"description": "x" * (SHORT - 1)}, [Indice.SHORT]),
        ({"has_level": False}, [Indice.NO_LEVEL]),
        ({"has_day": False}, [Indice.NO_DATE]),
        ({"has_day": False, "temporality": "annee"}, []),
        ({"has_day": False, "temporality": "les_deux"}, [Indice.NO_DATE]),
        ({"porteurs": 0}, [Indice.UNKNOWN_SCHOOL]),
        ({"porteurs": 2, "unknown_porteurs": 1}, [Indice.UNKNOWN_SCHOOL]),
        ({"title": "FORUM DES MÉTIERS"}, [Indice.CAPITALS]),
        ({"title": "ÉCOLE OUVERTE 2026"}, [Indice.CAPITALS]),
        ({"title": "CIO et élèves"}, []),
        ({"title": "2026"}, []),
        ({"is_repeated": True}, [Indice.SAME_TEXT]),
        ({"has_contact": False}, [Indice.NO_CONTACT]),
        (
            {"title": "A B", "description": "", "has_contact": False},
            [Indice.SHORT, Indice.CAPITALS, Indice.NO_CONTACT],
        ),
    ],
)
def test_what_a_coordinator_would_notice(change: dict[str, Any], found: list[Indice]) -> None:
    assert list(indices(replace(GOOD, **change))) == found


def test_each_hint_has_its_words() -> None:
    assert all(indice.label and indice.sentence.endswith((".", "?")) for indice in Indice)


@pytest.mark.django_db
def test_the_database_finds_the_same_sheets() -> None:
    """Each filter of the queue keeps exactly the sheets whose line shows that hint."""
    where = factories.territory()
    school = factories.school(where)
    text: dict[str, Any] = {
        "description": "Des élèves préparent leurs questions, rencontrent dix professionnels et écrivent."
    }
    dated: dict[str, Any] = {"starts": factories.NOW.date()}
    factories.action(where, school, **text, **dated)
    factories.action(where, school, description="Une description tout à fait autre." * 3, **dated)
    factories.action(where, school, **text, title="PORTES OUVERTES À L’ÉCOLE")
    factories.action(where, school, Etat.REFUSED, description="Une description tout à fait autre." * 3)
    factories.action(where, school, description="", college=False, private_email="", temporality="annee")
    factories.action(where, None, description="", temporality="")
    for kind, commune in (
        (TypePorteur.LYCEE, "Beaune"),
        (TypePorteur.ASSOCIATION, "Beaune"),
        (TypePorteur.CIO, ""),
    ):
        made = factories.action(where, None, **dated, title="ÉTÉ", description=f"Avec {commune} {kind}" * 10)
        porteur = Porteur.objects.create(
            academie=where.academie, kind=kind, name=f"P {kind}", commune=commune
        )
        ActionPorteur.objects.create(action=made, porteur=porteur, position=0)
    rows = list(file_attente.with_parts(file_attente.oldest_first(Action.objects.all())))
    repeated = file_attente.repeated(rows)
    shown = {row.pk: file_attente.hints_of(row, is_repeated=row.pk in repeated) for row in rows}
    for indice in Indice:
        kept = set(file_attente.with_hint(Action.objects.order_by("pk"), indice).values_list("pk", flat=True))
        assert kept == {pk for pk, found in shown.items() if indice in found}, indice
        assert 0 < len(kept) < len(rows), indice
