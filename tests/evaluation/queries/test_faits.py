"""Facts counted in the database are those of the dossier that holds the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire, Lien, PieceJointe, Theme
from accroche.actions.regles import Consentement, SourceAction, Temporalite, TypePiece
from accroche.campagne.models import Edition, Partenaire, Retombee
from accroche.dossier.comptage import with_counts
from accroche.dossier.queries.dossier import dossier_of
from accroche.evaluation.faits import faits_of
from accroche.evaluation.queries.faits import facts_of, facts_of_edition
from tests import factories

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

QUERIES = 15

pytestmark = pytest.mark.django_db


def test_facts_of_a_report_are_those_of_its_dossier(edition_2015: Edition) -> None:
    told = {one.academie: faits_of(one) for one in dossier_of(edition_2015, steering=True).semaines}
    facts = facts_of_edition(edition_2015)
    assert {semaine.academie.name: facts[semaine.pk] for semaine in edition_2015.semaines.all()} == told


@pytest.fixture
def declared() -> factories.Territory:
    """An académie whose sheets hold all there is to count, and others that count for nothing."""
    where = factories.territory()
    school, other = factories.school(where), factories.school(where, 2)
    rich = factories.action(
        where,
        school,
        Etat.PUBLISHED,
        description="Un texte.",
        temporality=Temporalite.ANNEE,
        source=SourceAction.DECLARATION,
        remarkable=True,
        college=True,
    )
    factories.action(where, other, Etat.PUBLISHED, prize="Prix", lycee=True)
    factories.action(where, other, Etat.DRAFT, description="Un brouillon.", remarkable=True)
    Lien.objects.create(action=rich, url="https://youtu.be/dQw4w9WgXcQ", position=0)
    Lien.objects.create(action=rich, url="https://www.ac-dijon.fr/page", position=1)
    rich.themes.add(Theme.objects.get_or_create(code="parents")[0])
    for position, internal in enumerate([True, False]):
        partner = Partenaire.objects.create(name=f"P{position}", kind="chambre", internal=internal)
        ActionPartenaire.objects.create(action=rich, partenaire=partner, position=position)
    factories.piece(rich)
    PieceJointe.objects.filter(action=rich).update(kind=TypePiece.IMAGE, consent=Consentement.PENDING)
    where.semaine.help_asked = True
    where.semaine.save()
    Retombee.objects.create(semaine=where.semaine, media="France Bleu", kind="radio", position=0)
    return where


def test_facts_of_an_edition_declared_here_are_counted(declared: factories.Territory) -> None:
    edition = declared.semaine.edition
    (told,) = with_counts(dossier_of(edition, Action.objects.accepted(), steering=True)).semaines
    facts = facts_of(declared.semaine)
    assert facts == faits_of(told)
    assert (facts.actions.value, facts.etablissements.value, facts.help_asked) == (2, 2, True)
    sheets = facts.fiches
    assert (sheets.count, sheets.with_link, sheets.with_video, sheets.with_piece) == (2, 1, 1, 0)
    assert (sheets.with_support, sheets.with_external, sheets.remarkable, sheets.prized) == (1, 1, 1, 1)
    PieceJointe.objects.update(consent=Consentement.NOBODY)
    assert facts_of(declared.semaine).fiches.with_piece == 1


def test_facts_take_as_many_queries_for_one_semaine_as_for_all(
    declared: factories.Territory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = declared.semaine.edition
    with django_assert_num_queries(QUERIES):
        assert len(facts_of_edition(edition)) == 1
    for name, code in (("Caen", "14"), ("Lyon", "69")):
        where = factories.territory(name, code)
        factories.action(where, factories.school(where, int(code)), Etat.PUBLISHED)
    with django_assert_num_queries(QUERIES):
        assert len(facts_of_edition(edition)) == 3
