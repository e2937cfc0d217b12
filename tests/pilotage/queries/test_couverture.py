"""Coverage read from the database: one definition behind figures, list and file, kept to one's territory."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.annuaire.models import Academie, Bassin, Circonscription, Departement, Etablissement
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.comptes.regles import TypeRole
from accroche.pilotage.couverture import Etape, Filtres, total
from accroche.pilotage.models import Sollicitation
from accroche.pilotage.queries import couverture as queries
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import EtablissementQuerySet
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def cadre(where: Territory) -> queries.Cadre:
    return queries.cadre_of(where.semaine.edition, TODAY)


def names(found: EtablissementQuerySet) -> set[str]:
    return {school.name for school in found}


def reader(where: Territory) -> Access:
    return factories.access(factories.person(TypeRole.LECTEUR, academie=where.academie))


@pytest.mark.parametrize(
    ("sheets", "etape"),
    [
        ([], Etape.NOTHING),
        ([Etat.DRAFT], Etape.DRAFT),
        ([Etat.SUBMITTED], Etape.SENT),
        ([Etat.TO_COMPLETE, Etat.DRAFT], Etape.SENT),
        ([Etat.DRAFT, Etat.PUBLISHED, Etat.SUBMITTED], Etape.PUBLISHED),
        ([Etat.REFUSED, Etat.WITHDRAWN], Etape.NOTHING),
    ],
)
def test_a_school_stands_where_its_furthest_sheet_does(
    where: Territory, cadre: queries.Cadre, sheets: list[Etat], etape: Etape
) -> None:
    school = factories.school(where)
    for etat in sheets:
        factories.action(where, school, etat)
    found = queries.expected(cadre, reader(where)).get(pk=school.pk)
    assert found.etape == etape  # type: ignore[attr-defined]


def test_another_edition_does_not_count(where: Territory, cadre: queries.Cadre) -> None:
    school = factories.school(where)
    factories.action(factories.territory(year="2025-2026"), school, Etat.PUBLISHED)
    assert total(queries.effectifs(queries.expected(cadre, reader(where)))).nothing == 1


def test_only_open_schools_are_expected(where: Territory, cadre: queries.Cadre) -> None:
    factories.school(where, 1, name="open")
    factories.school(where, 2, name="closed", closed_on=TODAY)
    factories.school(where, 3, name="to come", opened_on=TODAY + dt.timedelta(days=1))
    factories.school(where, 4, name="no school", kind=TypePorteur.CIO)
    assert names(queries.expected(cadre, reader(where))) == {"open"}
    assert names(queries.schools(cadre, reader(where))) == {"open", "closed", "to come"}


def test_figures_list_and_levels_agree(where: Territory, cadre: queries.Cadre) -> None:
    kinds = (TypePorteur.ECOLE, TypePorteur.COLLEGE, TypePorteur.LYCEE, TypePorteur.LYCEE_PROFESSIONNEL)
    states = (None, Etat.DRAFT, Etat.SUBMITTED, Etat.PUBLISHED)
    for number, (kind, etat) in enumerate((kind, etat) for kind in kinds for etat in states):
        school = factories.school(where, number, kind=kind, bassin=where.bassin if number % 2 else None)
        if etat:
            factories.action(where, school, etat)
    found = queries.expected(cadre, reader(where))
    whole = total(queries.effectifs(found))
    assert (whole.nothing, whole.draft, whole.sent, whole.published) == (4, 4, 4, 4)
    missing = Filtres(etapes=frozenset({Etape.NOTHING, Etape.DRAFT}))
    kept = queries.filtered(found, missing, cadre, TODAY)
    assert kept.count() == whole.missing
    assert len(list(queries.file_rows(kept))) == whole.missing + 1
    for level in Niveau:
        of_level = queries.filtered(found, Filtres(levels=frozenset({level})), cadre, TODAY)
        assert total(queries.effectifs(of_level)).schools == 4


def test_each_role_counts_its_own_territory(where: Territory, cadre: queries.Cadre) -> None:
    elsewhere = Departement.objects.create(code="71", name="Saône-et-Loire")
    elsewhere.academies.add(where.academie)
    near = Bassin.objects.create(academie=where.academie, code="b2", name="Beaune")
    factories.school(where, 1, name="in the bassin")
    factories.school(where, 2, name="in the département", bassin=near)
    factories.school(where, 3, name="in the académie", departement=elsewhere, bassin=None)
    factories.school(factories.territory("Lyon", "69"), 4, name="elsewhere")
    cadre = queries.cadre_of(where.semaine.edition, TODAY)
    people = {
        "bassin": factories.person(TypeRole.REFERENT, "b@ac-dijon.fr", bassin=where.bassin),
        "departement": factories.person(TypeRole.REFERENT, "d@ac-dijon.fr", departement=where.departement),
        "academie": factories.person(TypeRole.MODERATEUR, academie=where.academie),
        "france": factories.person(TypeRole.NATIONAL),
        "nobody": factories.user("personne@example.fr"),
    }
    seen = {who: names(queries.expected(cadre, factories.access(person))) for who, person in people.items()}
    assert seen == {
        "bassin": {"in the bassin"},
        "departement": {"in the bassin", "in the département"},
        "academie": {"in the bassin", "in the département", "in the académie"},
        "france": {"in the bassin", "in the département", "in the académie", "elsewhere"},
        "nobody": set(),
    }


def test_an_academie_of_the_past_holds_nothing_today() -> None:
    where = factories.territory("Normandie", "14")
    caen = Academie.objects.create(
        slug="caen", name="Caen", valid_from=dt.date(1900, 1, 1), valid_until=dt.date(2019, 12, 31)
    )
    where.departement.academies.add(caen)
    factories.school(where)
    cadre = queries.cadre_of(where.semaine.edition, TODAY)
    assert cadre.academies == {where.departement.pk: where.academie}
    old = factories.access(factories.person(TypeRole.LECTEUR, academie=caen))
    assert not queries.expected(cadre, old).exists()


@pytest.mark.parametrize(
    ("filtres", "kept"),
    [
        ({"sector": "private"}, {"private"}),
        ({"commune": "beau"}, {"beaune"}),
        ({"commune": "2120"}, {"beaune"}),
        ({"has_address": False}, {"mute"}),
        ({"has_address": True}, {"private", "beaune", "invited", "circo"}),
        ({"invited": True}, {"invited"}),
        ({"invited": False}, {"private", "beaune", "mute", "circo"}),
        ({"not_this_week": True}, {"private", "beaune", "mute", "circo"}),
        ({"bassin": 0}, {"mute"}),
        ({"academie": 0}, set()),
    ],
)
def test_the_list_is_narrowed(
    where: Territory, cadre: queries.Cadre, filtres: dict[str, object], kept: set[str]
) -> None:
    factories.school(where, 1, name="private", sector="private")
    factories.school(where, 2, name="beaune", commune="Beaune", postal_code="21200")
    factories.school(where, 3, name="mute", email="", bassin=None)
    invited = factories.school(where, 4, name="invited")
    circo = Circonscription.objects.create(departement=where.departement, code="c", name="Dijon nord")
    factories.school(where, 5, name="circo", circonscription=circo)
    edition = where.semaine.edition
    Sollicitation.objects.create(
        etablissement=invited, edition=edition, week=dt.date(2026, 11, 23), sent_at=NOW, to="x@y.fr", text="."
    )
    found = queries.expected(cadre, reader(where))
    assert names(queries.filtered(found, Filtres(**filtres), cadre, TODAY)) == kept  # type: ignore[arg-type]
    assert names(queries.filtered(found, Filtres(circonscription=circo.pk), cadre, TODAY)) == {"circo"}


def test_the_edition_of_the_day_then_the_latest() -> None:
    assert queries.default_edition(TODAY) is None
    old, running = factories.edition("2025-2026"), factories.edition()
    assert queries.default_edition(TODAY) == running
    assert queries.default_edition(dt.date(2025, 10, 1)) == old
    assert queries.default_edition(dt.date(2030, 1, 1)) == running


def test_a_school_in_two_sheets_is_one_school(where: Territory, cadre: queries.Cadre) -> None:
    schools = [factories.school(where, number) for number in range(2)]
    for _ in range(3):
        factories.action(where, schools[0])
    found = queries.expected(cadre, reader(where))
    assert found.count() == Etablissement.objects.count() == 2
    assert total(queries.effectifs(found)).declared == 1
