"""Saying which school a mention is: who may, what is kept, and what becomes of the carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Etablissement, Porteur, ReponseReconnaissance
from accroche.annuaire.queries import Matcher
from accroche.annuaire.regles import TypePorteur
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.reconnaissance import AnsweredError, ElsewhereError, answer
from accroche.relecture.queries.reconnaissance import waiting
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

ADDRESS = "/reconnaissance/"


@pytest.fixture
def school(where: Territory) -> Etablissement:
    return factories.school(where, 1, name="Collège Félix Tisserand", commune="Nuits-Saint-Georges")


def mentioned(where: Territory, name: str, commune: str = "", kind: str = TypePorteur.COLLEGE) -> Porteur:
    """A carrier as a file named it, with an action of its own."""
    made = Porteur.objects.create(academie=where.academie, kind=kind, name=name, commune=commune)
    ActionPorteur.objects.create(action=factories.action(where), porteur=made, position=0)
    return made


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_only_schools_of_ones_academie_that_carry_something_wait(where: Territory, moderator: User) -> None:
    clg = mentioned(where, "Clg Tisserand")
    mentioned(where, "CCI", kind=TypePorteur.CHAMBRE)
    mentioned(factories.territory("Lyon", "69"), "Collège Jean Moulin")
    Porteur.objects.create(academie=where.academie, kind=TypePorteur.COLLEGE, name="Sans action")
    assert waiting(factories.access(moderator)) == [clg]
    lecteur = factories.person(TypeRole.LECTEUR, "l@ac-dijon.fr", academie=where.academie)
    assert waiting(factories.access(lecteur)) == []


def test_an_answer_points_the_carrier_to_its_school(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    clg = mentioned(where, "Clg F. Tisserand", "Nuits St Georges")
    kept = answer(clg, school, access=factories.access(moderator), at=NOW)
    assert (kept.pk, kept.uai) == (clg.pk, school.uai)
    assert Action.objects.get().territory.etablissements == {school.pk}
    entry = journal.entries(kept).get()
    assert (entry.verb, entry.actor, entry.changes["uai"]) == ("recognised", moderator, [None, school.uai])
    again = Matcher.for_directory().match("Dijon", "CLG F TISSERAND", "Nuits-Saint-Georges")
    assert again.candidates[0].reason.startswith("confirmé par une personne")
    with pytest.raises(AnsweredError, match="déjà répondu"):
        answer(clg, None, access=factories.access(moderator), at=NOW)


def test_the_carrier_joins_the_one_the_school_has(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    shared = factories.action(where, school)
    clg = mentioned(where, "Clg Tisserand")
    ActionPorteur.objects.create(action=shared, porteur=clg, position=1)
    kept = answer(clg, school, access=factories.access(moderator), at=NOW)
    assert kept == Porteur.objects.get()
    assert kept.name == "Collège Félix Tisserand"
    assert Action.objects.filter(porteurs=kept).count() == ActionPorteur.objects.count() == 2
    entry = journal.entries(kept).get()
    assert entry.changes["name"] == ["Clg Tisserand", "Collège Félix Tisserand"]
    assert entry.note == f"réunit la mention n° {clg.pk}"


def test_none_is_an_answer_and_can_change(where: Territory, school: Etablissement, moderator: User) -> None:
    clg = mentioned(where, "Collège Tisserand")
    access = factories.access(moderator)
    answer(clg, None, access=access, at=NOW)
    assert waiting(access) == []
    assert Matcher.for_directory().match("Dijon", "collège  TISSERAND").decision == "none"
    answer(clg, school, access=access, at=NOW)
    assert ReponseReconnaissance.objects.get().etablissement == school


def test_who_does_not_moderate_there_answers_nothing(where: Territory, school: Etablissement) -> None:
    clg = mentioned(where, "Clg Tisserand")
    other = factories.territory("Lyon", "69")
    stranger = factories.person(TypeRole.MODERATEUR, "m@ac-lyon.fr", academie=other.academie)
    with pytest.raises(PermissionDenied):
        answer(clg, school, access=factories.access(stranger), at=NOW)
    response = signed_in(stranger).post(ADDRESS, {"porteur": clg.pk, "choix": school.uai})
    assert response.status_code == 404
    assert not ReponseReconnaissance.objects.exists()


def test_a_school_of_another_academie_is_no_answer(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    clg = mentioned(where, "Clg Tisserand")
    other = factories.school(factories.territory("Lyon", "69"))
    with pytest.raises(ElsewhereError, match="n’est pas de l’académie « Dijon »"):
        answer(clg, other, access=factories.access(moderator), at=NOW)
    page = signed_in(moderator).post(ADDRESS, {"porteur": clg.pk, "choix": other.uai}).content.decode()
    assert "n’est pas de l’académie «\N{NO-BREAK SPACE}Dijon\N{NO-BREAK SPACE}»" in page
    assert "Clg Tisserand" in page
    assert not ReponseReconnaissance.objects.exists()
    assert Porteur.objects.get().uai is None


def test_the_successor_of_an_academie_answers_for_its_mentions() -> None:
    """Caen is gone: Normandie settles what its reports named, with schools of Caen's own départements."""
    normandie, caen = factories.territory("Normandie", "76"), factories.territory("Caen", "14", "2015-2016")
    caen.academie.successors.add(normandie.academie)
    normandie.academie.departements.add(caen.departement)
    clg, school = mentioned(caen, "Clg Pagnol"), factories.school(caen, 1)
    rouen = factories.school(normandie, 2)
    heir = factories.person(TypeRole.MODERATEUR, "m@ac-normandie.fr", academie=normandie.academie)
    former = factories.person(TypeRole.MODERATEUR, "m@ac-caen.fr", academie=caen.academie)
    access = factories.access(heir)
    mentioned(normandie, "Clg du Havre")
    assert [row.name for row in waiting(factories.access(former))] == ["Clg Pagnol"], "not the other way"
    assert [row.name for row in waiting(access)] == ["Clg Pagnol", "Clg du Havre"]
    with pytest.raises(ElsewhereError):
        answer(clg, rouen, access=access, at=NOW)
    assert answer(clg, school, access=access, at=NOW).uai == school.uai


def test_the_page_proposes_takes_an_answer_and_goes_on(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    first, second = mentioned(where, "Clg Tisserand"), mentioned(where, "Collège du Parc", "Dijon")
    client = signed_in(moderator)
    page = client.get(ADDRESS).content.decode()
    assert "2\N{NO-BREAK SPACE}noms attendent" in page
    assert f'value="{school.uai}"' in page
    assert "Collège du Parc" in client.get(ADDRESS, {"apres": "1"}).content.decode()
    assert "Clg Tisserand" in client.get(ADDRESS, {"apres": "2"}).content.decode()
    page = client.post(ADDRESS, {"porteur": first.pk, "choix": school.uai}, follow=True).content.decode()
    assert "« Clg Tisserand » : Collège Félix Tisserand, Nuits-Saint-Georges." in page
    assert "Rien dans l’annuaire ne ressemble" in page
    page = client.post(ADDRESS, {"porteur": second.pk}).content.decode()
    assert "Choisissez un établissement, ou «\N{NO-BREAK SPACE}Aucun de ceux-ci\N{NO-BREAK SPACE}»." in page
    page = client.post(ADDRESS, {"porteur": second.pk, "choix": "aucun"}, follow=True).content.decode()
    assert "sont reconnus" in page


def test_another_school_is_searched_and_what_was_typed_stays(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    clg = mentioned(where, "Établissement du vignoble")
    client = signed_in(moderator)
    page = client.post(ADDRESS, {"porteur": clg.pk, "autre": "Collège Zzz"}).content.decode()
    assert "Aucun établissement ne répond" in page
    assert 'value="Collège Zzz"' in page
    client.post(ADDRESS, {"porteur": clg.pk, "autre": school.uai})
    assert Porteur.objects.get().uai == school.uai


@pytest.mark.parametrize("data", [{}, {"porteur": "x"}, {"porteur": "9" * 30}, {"apres": "²"}])
def test_odd_forms_are_not_found(where: Territory, moderator: User, data: dict[str, str]) -> None:
    assert signed_in(moderator).post(ADDRESS, data).status_code == 404
    assert signed_in(moderator).get(ADDRESS, {"apres": "²9"}).status_code == 200


def test_the_page_asks_as_much_for_one_mention_as_for_three(
    where: Territory, school: Etablissement, moderator: User
) -> None:
    client = signed_in(moderator)
    mentioned(where, "Clg Tisserand")
    client.get(ADDRESS)  # makes the matcher
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        counts.append(len(captured))
        mentioned(where, f"Clg Tisserand {len(counts)}")
        mentioned(where, f"Clg Tisserand bis {len(counts)}")
    assert counts[0] == counts[1]


def test_a_uai_the_directory_does_not_hold_yet_is_no_school(where: Territory) -> None:
    made = Porteur.objects.create(
        academie=where.academie, kind=TypePorteur.COLLEGE, name="Collège", etablissement_id="0210038C"
    )
    sheet = factories.action(where)
    ActionPorteur.objects.create(action=sheet, porteur=made, position=0)
    assert made.school is None
    assert sheet.territory.etablissements == frozenset()
    assert reverse("relecture:reconnaissance") == ADDRESS
