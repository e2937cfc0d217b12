"""Actions: what the database itself refuses, what the public sees, and publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Lien, Theme
from accroche.actions.regles import CodeTheme
from accroche.annuaire.models import Academie, Porteur
from accroche.campagne.models import Edition, Partenaire, Semaine
from accroche.relecture.operations.edition import publish_edition

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

AT = dt.datetime(2016, 9, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def semaine() -> Semaine:
    dijon = Academie.objects.create(slug="dijon", name="Dijon", valid_from=dt.date(1900, 1, 1))
    edition = Edition.objects.create(year="2015-2016", title="A")
    return Semaine.objects.create(edition=edition, academie=dijon, status="reported")


def declare(semaine: Semaine, slug: str, **columns: Any) -> Action:
    first = {"semaine": semaine, "slug": slug, "title": slug, "position": 1, "loaded_from": "pack"}
    return Action.objects.create(**first | columns)


def test_an_action_has_its_own_address_in_its_semaine(semaine: Semaine) -> None:
    declare(semaine, "forum")
    declare(semaine, "salon")
    edition = Edition.objects.create(year="2016-2017", title="A")
    declare(Semaine.objects.create(edition=edition, academie=semaine.academie, status="reported"), "forum")
    with pytest.raises(IntegrityError):
        declare(semaine, "forum")


def test_parts_of_an_action_are_there_once(semaine: Semaine) -> None:
    action = declare(semaine, "forum")
    porteur = Porteur.objects.create(academie=semaine.academie, kind="college", name="Collège Carnot")
    partenaire = Partenaire.objects.create(name="ONISEP")
    ActionPorteur.objects.create(action=action, porteur=porteur, position=0)
    ActionPartenaire.objects.create(action=action, partenaire=partenaire, position=0)
    Lien.objects.create(action=action, url="http://exemple.fr", position=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPorteur.objects.create(action=action, porteur=porteur, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPartenaire.objects.create(action=action, partenaire=partenaire, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lien.objects.create(action=action, url="http://exemple.fr/autre", position=0)
    for used in (porteur, partenaire):
        with pytest.raises(ProtectedError):
            used.delete()


def test_a_theme_is_there_once_and_speaks_french() -> None:
    theme = Theme.objects.create(code=CodeTheme.LANGUE)
    assert str(theme) == "Langue et lecture"
    with pytest.raises(IntegrityError):
        Theme.objects.create(code=CodeTheme.LANGUE)


def test_an_external_sheet_has_no_negative_number(semaine: Semaine) -> None:
    with pytest.raises(IntegrityError):
        declare(semaine, "forum", experitheque_id=-1)


def test_a_new_action_waits(semaine: Semaine) -> None:
    assert declare(semaine, "forum").etat == Etat.SUBMITTED


@pytest.mark.parametrize("edition_is_public", [True, False])
@pytest.mark.parametrize("etat", Etat)
def test_the_public_sees_published_actions_of_published_editions(
    semaine: Semaine, etat: Etat, edition_is_public: bool
) -> None:
    other = declare(semaine, "salon") if etat is Etat.MERGED else None
    declare(semaine, "forum", etat=etat, merged_into=other)
    if edition_is_public:
        Edition.objects.update(published_at=AT)
    assert Action.objects.published().exists() is (edition_is_public and etat is Etat.PUBLISHED)
    every = Action._base_manager.values("pk")  # whatever their state
    assert set(Action.objects.published_among(every)) == set(Action.objects.published())
    assert not Action.objects.published_among([0]).exists()


def test_publishing_makes_the_edition_and_what_waits_public_once(semaine: Semaine) -> None:
    declare(semaine, "forum")
    declare(semaine, "salon")
    declare(semaine, "tour", etat=Etat.PUBLISHED)
    here = declare(semaine, "atelier", loaded_from="")
    # the titles of a loaded file may meet a sheet that an académie imported, and claim it
    imported = declare(semaine, "visite", submitted_at=AT)
    taken_off = declare(semaine, "concours", version=2)
    other = Edition.objects.create(year="2016-2017", title="A")
    elsewhere = Semaine.objects.create(edition=other, academie=semaine.academie, status="reported")
    declare(elsewhere, "forum")

    assert publish_edition(semaine.edition, at=AT).count == 2
    assert publish_edition(semaine.edition, at=AT + dt.timedelta(days=1)).count == 0
    semaine.edition.refresh_from_db()
    assert semaine.edition.published_at == AT
    assert Action.objects.published().count() == 3
    assert list(Edition.objects.published()) == [semaine.edition]
    assert elsewhere.actions.get().etat == Etat.SUBMITTED
    here.refresh_from_db()
    assert here.etat == Etat.SUBMITTED, "what is declared here waits for a moderator"
    for kept in (imported, taken_off):
        kept.refresh_from_db()
        assert kept.etat == Etat.SUBMITTED, "what was not published as it was loaded waits for a moderator"


def test_actions_come_by_academie_then_as_declared(semaine: Semaine) -> None:
    amiens = Academie.objects.create(slug="amiens", name="Amiens", valid_from=dt.date(1900, 1, 1))
    earlier = Semaine.objects.create(edition=semaine.edition, academie=amiens, status="reported")
    declare(semaine, "b", position=2)
    declare(semaine, "c", position=1)
    declare(earlier, "a", position=9)
    assert [action.slug for action in Action.objects.all()] == ["a", "c", "b"]
