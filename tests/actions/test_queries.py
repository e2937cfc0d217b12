"""Reading a whole edition takes a fixed number of queries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Edition, Semaine
from accroche.dossier.queries.dossier import (
    complete_semaines,
    dossier_of,
    edition_dossier,
    semaine_dossier,
)
from accroche.imports.operations import load_dossier
from tests import factories
from tests.dossier.sample import DIJON, EDITION

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

pytestmark = pytest.mark.django_db


def test_queries_do_not_grow_with_the_edition(pack_2015: EditionDossier) -> None:
    counts = []
    for year, semaines in (("2014-2015", (DIJON,)), ("2015-2016", pack_2015.semaines)):
        load_dossier(replace(pack_2015, edition=year, semaines=semaines), origin="pack")
        edition = Edition.objects.get(year=year)
        with CaptureQueriesContext(connection) as queries:
            dossier_of(edition)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 40


def test_one_semaine_is_read_without_a_query(edition_2015: Edition) -> None:
    semaines = list(complete_semaines(Action.objects.all()).filter(edition=edition_2015))
    with CaptureQueriesContext(connection) as queries:
        for semaine in semaines:
            semaine_dossier(semaine)
    assert len(queries) == 0


def test_only_the_actions_asked_for_are_told(edition_2015: Edition) -> None:
    Action.objects.filter(semaine__academie__name="Dijon").update(etat=Etat.SUBMITTED)
    dossier = dossier_of(edition_2015, Action.objects.filter(etat=Etat.PUBLISHED))
    told = {semaine.academie: len(semaine.actions) for semaine in dossier.semaines}
    assert told["Dijon"] == 0
    assert sum(told.values()) == 97 - 4


def test_the_national_part_comes_without_semaines(edition_2015: Edition, pack_2015: EditionDossier) -> None:
    assert edition_dossier(edition_2015) == replace(pack_2015, semaines=(), previous_academies=())


def test_earlier_academies_are_computed() -> None:
    load_dossier(replace(EDITION, previous_academies=("Dijon",)), origin="pack")
    edition = Edition.objects.get()
    assert dossier_of(edition).previous_academies == ("Caen",)
    Semaine.objects.update(ordinal=None)
    assert dossier_of(edition).previous_academies == ()


@pytest.mark.django_db
@pytest.mark.parametrize("etat", Etat)
def test_a_file_tells_what_is_published_or_waits_and_nothing_else(etat: Etat) -> None:
    where = factories.territory()
    into = factories.action(where, title="Celle qui reste") if etat is Etat.MERGED else None
    action = factories.action(where, etat=etat, merged_into=into, title="Celle dont il s’agit")
    told = {a.title for s in dossier_of(where.semaine.edition).semaines for a in s.actions}
    assert (action.title in told) is (etat in {Etat.SUBMITTED, Etat.PUBLISHED})
