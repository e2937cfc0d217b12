"""Académies to look at: from what they publish alone, and nobody first for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.campagne.models import Edition, Ressource, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.evaluation.models import Evaluation, Reponse
from accroche.evaluation.queries.voisines import voisines
from tests import factories
from tests.factories import NOW
from tests.pilotage import grilles

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def reported(name: str, code: str, *, published: bool = True) -> Semaine:
    """The semaine of an académie that told of a map of its actions."""
    semaine = factories.territory(name, code).semaine
    Semaine.objects.filter(pk=semaine.pk).update(status=StatutSemaine.REPORTED)
    Ressource.objects.create(
        semaine=semaine,
        title=f"Carte de {name}",
        kind="carte",
        url="https://www.ac-test.fr/carte",
        published=published,
        position=0,
    )
    return semaine


@pytest.fixture
def past(where: Territory) -> Edition:
    """An edition told by a report: its figures are the académies' own."""
    edition = where.semaine.edition
    grilles.attached(edition)
    Edition.objects.filter(pk=edition.pk).update(declaration_opens=None, declaration_closes=None)
    return edition


def test_who_publishes_is_shown_and_who_only_answered_is_not(where: Territory, past: Edition) -> None:
    lyon, reims = reported("Lyon", "69"), reported("Reims", "51", published=False)
    Ressource.objects.create(
        semaine=lyon, title="Note", kind="carte", url="https://www.ac-test.fr/n", published=False, position=1
    )
    critere = grilles.critere("1.2")
    private = Evaluation.objects.create(semaine=reims, begun_at=NOW, signed_at=NOW)
    Reponse.objects.create(evaluation=private, critere=critere, level=4, at=NOW)
    (voisine,) = voisines(where.semaine, [critere])[critere.pk]
    assert voisine.semaine == lyon
    assert [one.title for one in voisine.resources] == ["Carte de Lyon"]
    assert "dites" not in voisine.reason


def test_one_begins_after_oneself_and_asks_as_much_for_many(where: Territory, past: Edition) -> None:
    critere = grilles.critere("1.2")
    names = ["Amiens", "Lyon", "Nice", "Reims"]
    for number, name in enumerate(names):
        reported(name, f"{number + 30}")
    shown = [one.semaine.academie.name for one in voisines(where.semaine, [critere])[critere.pk]]
    assert shown == ["Lyon", "Nice"]
    last = Semaine.objects.select_related("academie", "edition").get(academie__slug="reims")
    assert [one.semaine.academie.name for one in voisines(last, [critere])[critere.pk]] == ["Amiens", "Lyon"]
    several = [grilles.critere(code) for code in grilles.KEPT]
    with CaptureQueriesContext(connection) as two:
        voisines(where.semaine, [critere])
    with CaptureQueriesContext(connection) as three:
        voisines(where.semaine, several)
    assert len(two) == len(three)
