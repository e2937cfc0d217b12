"""What coverage lists, narrows and writes in a file, compared whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Circonscription, Departement
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Edition
from accroche.comptes.regles import Right, TypeRole
from accroche.dossier.queries.dossier import complete_semaines, semaine_dossier
from accroche.lib.dates import school_year
from accroche.pilotage.couverture import Effectif, Etape, Filtres
from accroche.pilotage.models import Refus, Sollicitation
from accroche.pilotage.queries import couverture
from accroche.pilotage.queries.destinataires import office_addresses, unreachable, with_account
from accroche.pilotage.queries.edition import Ouverture, ouverture
from accroche.pilotage.queries.semaine import (
    closed_semaines,
    editable_semaines,
    own_semaines,
    semaine_content,
)
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement, EtablissementQuerySet
    from accroche.comptes.models import User
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def cadre(where: Territory) -> couverture.Cadre:
    return couverture.cadre_of(where.semaine.edition, TODAY)


@pytest.fixture
def everywhere() -> Access:
    return factories.access(factories.person(TypeRole.NATIONAL))


def names(found: EtablissementQuerySet) -> list[str]:
    return [school.name for school in found]


def invited(school: Etablissement, edition: Edition, week: dt.date, at: dt.datetime = NOW) -> None:
    Sollicitation.objects.create(
        etablissement=school, edition=edition, week=week, sent_at=at, to="x@y.fr", text="."
    )


def test_editions_are_public_and_declared_here(where: Territory) -> None:
    past = factories.edition("2025-2026")
    factories.edition("2027-2028", published_at=None)
    factories.edition("2015-2016", declaration_opens=None, declaration_closes=None)
    assert list(couverture.editions()) == [where.semaine.edition, past]


def test_a_departement_belongs_to_the_academie_of_the_day(where: Territory) -> None:
    alone = Departement.objects.create(code="99", name="Sans académie")
    lyon = factories.territory("Lyon", "69")
    found = couverture.cadre_of(where.semaine.edition, TODAY)
    assert (found.edition, found.day) == (where.semaine.edition, TODAY)
    assert found.academies == {
        where.departement.pk: where.academie,
        lyon.departement.pk: lyon.academie,
    }
    assert set(found.departements) == {where.departement.pk, lyon.departement.pk, alone.pk}
    assert found.of_academie(where.academie.pk) == [where.departement.pk]
    assert found.of_academie(0) == [alone.pk]


def test_a_school_is_counted_where_and_as_it_stands(
    where: Territory, cadre: couverture.Cadre, everywhere: Access
) -> None:
    for number in range(3):
        factories.school(where, number, bassin=None)
    porteur = factories.school(where, 9, kind=TypePorteur.LYCEE)
    factories.action(where, porteur, Etat.PUBLISHED)
    place = where.departement.pk
    assert sorted(couverture.effectifs(couverture.expected(cadre, everywhere)), key=str) == sorted(
        [
            Effectif(place, None, TypePorteur.COLLEGE, Etape.NOTHING, 3),
            Effectif(place, where.bassin.pk, TypePorteur.LYCEE, Etape.PUBLISHED, 1),
        ],
        key=str,
    )


def test_one_school_is_all_its_own_head_counts(where: Territory, cadre: couverture.Cadre) -> None:
    own = factories.school(where, 1, name="own")
    factories.school(where, 2)
    head = factories.person(TypeRole.PORTEUR, etablissement=own)
    assert names(couverture.schools(cadre, factories.access(head), Right.EDIT_ACTION)) == ["own"]


@pytest.mark.parametrize(
    ("filtres", "kept"),
    [
        ({}, ["beaune", "closed", "elsewhere", "plain", "private"]),
        ({"academie": "dijon"}, ["beaune", "closed", "plain", "private"]),
        ({"academie": "lyon"}, ["elsewhere"]),
        ({"departement": "lyon"}, ["elsewhere"]),
        ({"bassin": "dijon"}, ["closed", "plain", "private"]),
        ({"bassin": 0}, ["beaune"]),
        ({"circonscription": "nord"}, ["private"]),
        ({"academie": "lyon", "departement": "dijon"}, []),
        ({"academie": "dijon", "bassin": 0}, ["beaune"]),
        ({"academie": "lyon", "bassin": "dijon"}, []),
        ({"departement": "lyon", "circonscription": "nord"}, []),
        ({"levels": frozenset({Niveau.LYCEE})}, ["beaune"]),
        (
            {"levels": frozenset({Niveau.LYCEE, Niveau.COLLEGE})},
            ["beaune", "closed", "elsewhere", "plain", "private"],
        ),
        ({"sector": "private"}, ["private"]),
        ({"commune": "BEAU"}, ["beaune"]),
        ({"commune": "212"}, ["beaune"]),
        ({"commune": "1200"}, []),
        ({"has_address": True}, ["beaune", "elsewhere", "plain", "private"]),
        ({"has_address": False}, ["closed"]),
        ({"etapes": frozenset({Etape.PUBLISHED})}, ["plain"]),
        (
            {"etapes": frozenset({Etape.PUBLISHED, Etape.NOTHING})},
            ["beaune", "closed", "elsewhere", "plain", "private"],
        ),
        ({"invited": True}, ["beaune", "plain"]),
        ({"invited": False}, ["closed", "elsewhere", "private"]),
        ({"not_this_week": True}, ["beaune", "closed", "elsewhere", "private"]),
        ({"not_this_week": True, "invited": True}, ["beaune"]),
        ({"sector": "private", "invited": True}, []),
    ],
)
def test_each_filter_keeps_its_own(
    where: Territory, everywhere: Access, filtres: dict[str, Any], kept: list[str]
) -> None:
    lyon = factories.territory("Lyon", "69")
    nord = Circonscription.objects.create(departement=where.departement, code="c", name="Nord")
    plain = factories.school(where, 1, name="plain")
    private = factories.school(where, 2, name="private", sector="private", circonscription=nord)
    beaune = factories.school(
        where, 3, name="beaune", commune="Beaune", postal_code="21200", bassin=None, kind=TypePorteur.LYCEE
    )
    factories.school(lyon, 4, name="elsewhere")
    factories.school(where, 5, name="closed", email="", closed_on=TODAY - DAY)
    factories.action(where, plain, Etat.PUBLISHED)
    edition, past = where.semaine.edition, factories.edition("2025-2026")
    invited(plain, edition, MONDAY)
    invited(beaune, edition, MONDAY - 7 * DAY)
    invited(private, past, MONDAY - 300 * DAY)
    numbers = {
        "academie": {"dijon": where.academie.pk, "lyon": lyon.academie.pk},
        "departement": {"lyon": lyon.departement.pk, "dijon": where.departement.pk},
        "bassin": {"dijon": where.bassin.pk},
        "circonscription": {"nord": nord.pk},
    }
    asked = {name: numbers.get(name, {}).get(value, value) for name, value in filtres.items()}
    cadre = couverture.cadre_of(edition, TODAY)
    found = couverture.schools(cadre, everywhere)
    assert sorted(names(couverture.filtered(found, Filtres(**asked), cadre, TODAY))) == kept


def test_the_list_goes_by_commune_then_name(
    where: Territory, cadre: couverture.Cadre, everywhere: Access
) -> None:
    for number, (commune, name) in enumerate([("Nuits", "A"), ("Beaune", "B"), ("Beaune", "A")]):
        factories.school(where, number, commune=commune, name=f"{name} {commune}")
    found = couverture.filtered(couverture.schools(cadre, everywhere), Filtres(), cadre, TODAY)
    assert names(found) == ["A Beaune", "B Beaune", "A Nuits"]


def test_what_decides_whether_a_school_is_written_to(
    where: Territory, cadre: couverture.Cadre, everywhere: Access
) -> None:
    factories.school(where, 1, name="open")
    factories.school(where, 2, name="closes today", closed_on=TODAY)
    factories.school(where, 3, name="closes tomorrow", closed_on=TODAY + DAY)
    factories.school(where, 4, name="opens today", opened_on=TODAY)
    factories.school(where, 5, name="opens tomorrow", opened_on=TODAY + DAY)
    refuses = factories.school(where, 6, name="refuses")
    Refus.objects.create(etablissement=refuses, at=NOW)
    told = factories.school(where, 7, name="told")
    invited(told, where.semaine.edition, MONDAY)
    before = factories.school(where, 8, name="told before")
    invited(before, where.semaine.edition, MONDAY - 7 * DAY)
    found: Any = couverture.for_invitation(couverture.schools(cadre, everywhere), TODAY)
    assert {row.name: (row.is_open, row.opted_out, row.this_week) for row in found} == {
        "open": (True, False, False),
        "closes today": (False, False, False),
        "closes tomorrow": (True, False, False),
        "opens today": (True, False, False),
        "opens tomorrow": (False, False, False),
        "refuses": (True, True, False),
        "told": (True, False, True),
        "told before": (True, False, False),
    }
    assert (couverture.opted_out(refuses), couverture.opted_out(told)) == (True, False)


def test_the_last_invitation_of_each_school_in_the_edition(where: Territory) -> None:
    one, two, three = (factories.school(where, number) for number in range(3))
    edition, past = where.semaine.edition, factories.edition("2025-2026")
    invited(one, edition, MONDAY, NOW)
    invited(one, edition, MONDAY - 7 * DAY, NOW - 7 * DAY)
    invited(two, past, MONDAY - 300 * DAY, NOW - 300 * DAY)
    invited(three, edition, MONDAY, NOW)
    assert couverture.last_sent(edition, [one.pk, two.pk]) == {one.pk: NOW}
    assert {row.etablissement_id for row in couverture.sent_to(past)} == {two.pk}


def test_the_file_has_these_columns(where: Territory, cadre: couverture.Cadre, everywhere: Access) -> None:
    nord = Circonscription.objects.create(departement=where.departement, code="c", name="Nord")
    full = factories.school(
        where, 1, name="Collège Carnot", sector="private", postal_code="21000", circonscription=nord
    )
    factories.action(where, full, Etat.SUBMITTED)
    bare = factories.school(
        where, 2, name="École du Bourg", kind=TypePorteur.ECOLE, bassin=None, email="", commune="Écoles"
    )
    found = couverture.schools(cadre, everywhere).order_by("pk")
    assert list(couverture.file_rows(found)) == [
        [
            "UAI",
            "Type",
            "Nom",
            "Secteur",
            "Code postal",
            "Commune",
            "Département",
            "Bassin",
            "Circonscription",
            "Courriel",
            "Étape",
        ],
        [
            full.uai,
            "Collège",
            "Collège Carnot",
            "Privé",
            "21000",
            "Dijon",
            "21",
            "Bassin de Dijon",
            "Nord",
            full.email,
            Etape.SENT.label,
        ],
        [bare.uai, "École", "École du Bourg", "", "", "Écoles", "21", "", "", "", Etape.NOTHING.label],
    ]


@pytest.mark.usefixtures("open_today")
def test_coverage_is_of_the_edition_that_runs(where: Territory, everywhere: Access) -> None:
    porteur = factories.school(where, 1)
    factories.school(where, 2, closed_on=TODAY - DAY)
    factories.school(where, 3)
    factories.action(where, porteur, Etat.PUBLISHED)
    found = couverture.avancement(everywhere)
    assert found
    assert (found.published, found.nothing, found.schools) == (1, 1, 2)
    Edition.objects.update(declaration_closes=dt.date(2026, 10, 1))
    assert couverture.avancement(everywhere) is None


def test_one_writes_the_semaines_of_ones_academie_the_latest_first(where: Territory, moderator: User) -> None:
    past = factories.territory(year="2025-2026")
    factories.territory("Lyon", "69")
    assert list(editable_semaines(factories.access(moderator))) == [where.semaine, past.semaine]
    lecteur = factories.person(TypeRole.LECTEUR, "l@x.fr", academie=where.academie)
    assert list(editable_semaines(factories.access(lecteur))) == []
    # of a closed edition it is read, and no more written
    Edition.objects.filter(pk=past.semaine.edition_id).update(closed_at=NOW)
    access = factories.access(moderator)
    assert list(editable_semaines(access)) == [where.semaine]
    assert list(own_semaines(access)) == [where.semaine, past.semaine]
    assert list(closed_semaines(access)) == [past.semaine]


def test_the_content_of_a_page_is_its_own_without_the_sheets(where: Territory) -> None:
    factories.action(where, etat=Etat.PUBLISHED)
    factories.territory("Lyon", "69")
    found = semaine_content(where.semaine)
    assert (found.academie, found.actions) == ("Dijon", ())
    whole = semaine_dossier(complete_semaines(Action.objects.all()).get(pk=where.semaine.pk))
    assert len(whole.actions) == 1


def test_an_office_is_written_to_by_who_signs_in_for_it_or_else_at_its_own_address(where: Territory) -> None:
    lyon, nobody = (
        factories.territory(name, code).academie for name, code in (("Lyon", "69"), ("Lille", "59"))
    )
    for address in ("b@example.fr", "a@example.fr"):
        factories.person(TypeRole.MODERATEUR, address, academie=where.academie)
    factories.person(TypeRole.LECTEUR, "c@example.fr", academie=lyon)
    factories.person(TypeRole.NATIONAL, "d@example.fr")
    for academie, courriel in ((where.academie, "x@example.fr"), (lyon, "office@example.fr"), (nobody, "")):
        academie.courriel = courriel
    assert [office_addresses(one, NOW) for one in (where.academie, lyon, nobody)] == [
        ["a@example.fr", "b@example.fr"],
        ["office@example.fr"],
        [],
    ]
    assert with_account(NOW) == {where.academie.pk}
    assert unreachable([where.academie, lyon, nobody], NOW) == [nobody]


def test_a_first_edition_starts_from_nothing_and_opens_no_day_that_is_over(db: None) -> None:
    first, last = school_year("2026-2027")
    told = Ouverture("2026-2027", last, last, None, (), (), (), axes=0, objectifs=0, grille="", echeances=())
    assert ouverture("2026-2027", last) == told
    assert ouverture("2026-2027", last + DAY) == replace(told, opens=first)
