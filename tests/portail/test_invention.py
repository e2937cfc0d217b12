"""The invented edition of the demo: clearly invented, the same each time, following from the real one."""

from __future__ import annotations

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import EditionDossier
from accroche.lib.chiffres import Kind
from accroche.portail.invention import NEXT, NOTE, invented
from accroche.portail.operations import load_invention
from tests.factories import NOW


def test_it_says_it_is_invented_and_names_nobody(pack_2015: EditionDossier) -> None:
    found = invented(pack_2015)
    assert (found.edition, found.notes) == ("2016-2017", (NOTE,))
    assert "inventée" in found.title
    real = {partner.name for semaine in pack_2015.semaines for partner in semaine.partners}
    assert not real & {partner.name for semaine in found.semaines for partner in semaine.partners}
    assert not any(resource.url for semaine in found.semaines for resource in semaine.ressources)
    assert not any(semaine.actions for semaine in found.semaines)
    assert not any(one.conclusion or one.academies for one in found.objectifs)


def test_each_academie_did_what_it_had_chosen(pack_2015: EditionDossier) -> None:
    found = invented(pack_2015)
    assert [s.academie for s in found.semaines] == [s.academie for s in pack_2015.semaines]
    for before, after in zip(pack_2015.semaines, found.semaines, strict=True):
        chosen = {axe.code for axe in before.axes}
        assert "niveaux" not in chosen or Niveau.PREMIER_DEGRE in after.levels, after.academie
        assert "partenaires" not in chosen or len(after.partners) == 5, after.academie
        assert {axe.code for axe in after.axes} <= {*NEXT.values(), "animation"}
    assert [s.academie for s in found.semaines if s.status is StatutSemaine.UNAVAILABLE] == ["Strasbourg"]
    assert any(f.kind is Kind.NOT_COMMUNICATED for s in found.semaines for f in s.actions_figures)


def test_what_it_tells_the_bureau_alone_shows_every_case(pack_2015: EditionDossier) -> None:
    told = [one for one in invented(pack_2015).semaines if one.status is StatutSemaine.REPORTED]
    assert {one.help_asked for one in told} == {True, False, None}
    assert {one.mentor_offer for one in told} == {0, 1, None}
    assert any(one.staff_days for one in told)
    assert any(not one.staff_strain for one in told)
    assert not any(one.obstacle_text or one.help_text for one in told), "nothing in anybody's mouth"


def test_it_is_the_same_each_time(pack_2015: EditionDossier) -> None:
    assert invented(pack_2015) == invented(pack_2015)


@pytest.mark.django_db
def test_the_public_never_sees_it() -> None:
    load_invention(at=NOW)
    load_invention(at=NOW)
    assert not Edition.objects.published().filter(year="2016-2017").exists()
    assert Edition.objects.reported().filter(year="2016-2017").exists()
