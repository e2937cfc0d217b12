"""A school that is not in the directory: what is near, who is told, what they answer, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accroche.annuaire.models import Departement
from accroche.annuaire.queries import departement_of, near_schools, proches
from accroche.annuaire.regles import TypePorteur, departement_code
from accroche.commun import journal, plafonds
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.comptes.models import EtablissementAbsent, SignalementAbsent, User
from accroche.comptes.operations import absents, delete_account, report_absent, settle_absent
from accroche.comptes.permissions import ANONYMOUS
from accroche.comptes.queries import absents_for
from accroche.comptes.regles import IssueAbsence, TypeRole
from tests import factories
from tests.comptes.test_pages import queries, signed_in
from tests.donnees import own_data_of
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

EMAIL = "prof@example.fr"
ADDRESS = "/comptes/etablissement-absent/"


def told(where: Territory, **columns: Any) -> EtablissementAbsent:
    """A school as somebody tells it, which is no row yet."""
    facts: dict[str, Any] = {"name": "Collège du Lac", "commune": "Dijon"}
    return EtablissementAbsent(
        **facts | {"kind": TypePorteur.COLLEGE, "departement": where.departement} | columns
    )


def tell(where: Territory, email: str = EMAIL, message: str = "", **columns: Any) -> bool:
    return report_absent(told(where, **columns), email=email, message=message, access=ANONYMOUS, at=NOW)


def waiting(where: Territory, **columns: Any) -> EtablissementAbsent:
    tell(where, **columns)
    return EtablissementAbsent.objects.get()


def mails() -> dict[str, str]:
    return {row.to: f"{row.subject}\n{row.body}" for row in Message.objects.order_by("pk")}


def typed(**columns: str) -> dict[str, str]:
    return {
        "name": "Collège du Lac",
        "kind": "college",
        "commune": "Dijon",
        "postal_code": "21000",
        "email": EMAIL,
    } | columns


@pytest.mark.parametrize(
    ("postal_code", "code"),
    [("21000", "21"), ("01000", "01"), ("20000", "2A"), ("20290", "2B"), ("97410", "974"), ("98800", "988")],
)
def test_a_postal_code_tells_its_departement(postal_code: str, code: str) -> None:
    assert departement_code(postal_code) == code


def test_a_school_of_the_postal_code_tells_better_than_its_figures(where: Territory) -> None:
    factories.school(where, postal_code="39100")
    Departement.objects.get_or_create(code="39", defaults={"name": "Jura"})
    assert departement_of("39100") == where.departement
    assert str(departement_of("39200")) == "Jura (39)"
    assert departement_of("00000") is None


def test_what_is_near_is_of_the_departement_and_open(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    lyon = factories.territory("Lyon", "69")
    factories.school(lyon, 1, name="Collège Champ-Lumière", commune="Lyon")
    named = factories.school(where, 1, name="Collège Champ-Lumière", commune="Selongey")
    beside = factories.school(where, 2, name="Collège Marcel-Aymé", commune="Dijon")
    factories.school(where, 3, name="École du Lac", kind=TypePorteur.ECOLE, commune="Dijon")
    factories.school(where, 4, name="Collège du Lac", commune="Dijon", closed_on=dt.date(2020, 9, 1))

    def near(name: str, uai: str = "") -> list[Etablissement]:
        rest: dict[str, Any] = {"commune": "Dijon", "kind": "college", "uai": uai}
        return near_schools(name, **rest, departement=where.departement, at=NOW.date())

    assert near("Collège Champ-Lumière") == [named, beside]
    assert near("Collège Introuvable") == [beside]
    assert near("Collège Introuvable", named.uai) == [named, beside]
    monkeypatch.setattr(proches, "AMONG", 1)
    assert near("Collège Champ-Lumière")[0] == named, "however many schools elsewhere bear the name"


@pytest.mark.each_database
def test_the_academie_is_told_answers_and_who_asked_can_declare(where: Territory, moderator: User) -> None:
    school = factories.school(where)
    absent = waiting(where, message="Ancien collège de la Gare", uai="0210099Z")
    text = mails()[moderator.email]
    assert all(
        words in text for words in ("Collège du Lac", "Ancien collège de la Gare", "0210099Z", "/demandes/")
    )
    assert EMAIL not in mails(), "who asked is told once there is an answer"
    access = factories.access(moderator)
    assert settle_absent(
        absent, IssueAbsence.TROUVE, etablissement=school, note="Il a changé de nom.", access=access, at=NOW
    )
    answer = mails()[EMAIL]
    assert f"?etablissement={school.uai}" in answer
    assert "Il a changé de nom." in answer
    assert "Lac" not in answer, "an unconfirmed mailbox is sent nothing that was typed in the form"
    assert [entry.verb for entry in journal.entries(absent)] == ["settle_absent", "report_absent"]
    assert not absents_for(access)


@pytest.mark.parametrize(
    ("issue", "words"),
    [
        (IssueAbsence.AJOUTE, "Il vient d’y être ajouté"),
        (IssueAbsence.ORGANISME, "un organisme s’inscrit par son nom"),
        (IssueAbsence.INTROUVABLE, "ne l’a pas trouvé"),
    ],
)
def test_each_answer_says_what_to_do(
    where: Territory, moderator: User, issue: IssueAbsence, words: str
) -> None:
    school = factories.school(where)
    absent, access = waiting(where), factories.access(moderator)
    assert settle_absent(absent, issue, etablissement=school, note="", access=access, at=NOW)
    assert words in mails()[EMAIL]
    absent.refresh_from_db()
    assert (absent.etablissement == school) is issue.names_school


def test_where_nobody_moderates_the_bureau_is_told_and_answers(where: Territory) -> None:
    bureau = factories.person(TypeRole.NATIONAL)
    absent = waiting(where)
    assert [*mails()] == [bureau.email]
    access = factories.access(bureau)
    with pytest.raises(ValueError, match="trouve"):
        settle_absent(absent, IssueAbsence.TROUVE, etablissement=None, note="", access=access, at=NOW)
    assert settle_absent(absent, IssueAbsence.INTROUVABLE, etablissement=None, note="", access=access, at=NOW)


def test_nobody_else_answers(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    absent = waiting(where)
    others = (
        factories.person(TypeRole.MODERATEUR, "autre@example.fr", academie=lyon.academie),
        factories.person(TypeRole.PORTEUR, etablissement=factories.school(where)),
    )
    for person in others:
        access = factories.access(person)
        assert not absents_for(access)
        with pytest.raises(PermissionDenied):
            settle_absent(absent, IssueAbsence.ORGANISME, etablissement=None, note="", access=access, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_told_and_answered_by_several_at_once_it_is_once(where: Territory, moderator: User) -> None:
    done = at_once(4, lambda _: tell(where))
    assert sorted(done) == [False] * 3 + [True]  # type: ignore[type-var]
    absent, access = EtablissementAbsent.objects.get(), factories.access(moderator)
    issues = (IssueAbsence.ORGANISME, IssueAbsence.INTROUVABLE)
    answers = at_once(
        4,
        lambda number: settle_absent(
            absent, issues[number % 2], etablissement=None, note="", access=access, at=NOW
        ),
    )
    assert sorted(answers) == [False] * 3 + [True]  # type: ignore[type-var]
    assert Message.objects.filter(to=EMAIL).count() == 1
    # told anew once it is answered
    assert tell(where)


@pytest.mark.django_db(transaction=True)
def test_several_who_tell_of_one_school_wait_in_one_row_and_all_have_the_answer(
    where: Territory, moderator: User
) -> None:
    spelt = ("Collège du Lac", "COLLEGE DU LAC", "Clg du Lac", "Collège  du lac.")
    done = at_once(
        4, lambda number: tell(where, f"prof{number}@example.fr", f"Mot {number}", name=spelt[number])
    )
    assert done == [True] * 4
    absent = EtablissementAbsent.objects.get()
    assert {(one.email, one.message) for one in absent.signalements.all()} == {
        (f"prof{number}@example.fr", f"Mot {number}") for number in range(4)
    }
    assert [*mails()] == [moderator.email], "told once"
    access = factories.access(moderator)
    page = signed_in(moderator).get(reverse("comptes:demandes")).content.decode()
    assert all(words in page for words in ("4 personnes ne le trouvent pas", "Mot 0", "prof3@example.fr"))

    def act(number: int) -> bool:
        if number:
            return tell(where, f"tard{number}@example.fr")
        issue = IssueAbsence.ORGANISME
        return settle_absent(absent, issue, etablissement=None, note="", access=access, at=NOW)

    assert at_once(4, act) == [True] * 4
    answered = {row.to for row in Message.objects.exclude(to=moderator.email)}
    waits = {one.email for one in SignalementAbsent.objects.filter(absent__decided_at=None)}
    everybody = {*(f"prof{n}@example.fr" for n in range(4)), *(f"tard{n}@example.fr" for n in (1, 2, 3))}
    assert answered | waits == everybody, "who came late has the answer, or waits for another"
    assert not answered & waits
    assert EtablissementAbsent.objects.filter(decided_at=None).count() == bool(waits)


def test_what_tells_two_schools_apart_keeps_two_rows_and_what_completes_is_kept(where: Territory) -> None:
    tell(where)
    assert tell(where, "b@example.fr", name="École du Lac", kind=TypePorteur.ECOLE)
    assert tell(where, "b@example.fr", commune="Selongey")
    assert tell(where, "b@example.fr", uai="0210099Z", postal_code="21000")
    assert tell(where, "c@example.fr", uai="0210098Y")
    assert EtablissementAbsent.objects.count() == 3
    row = EtablissementAbsent.objects.get(commune="Dijon", kind=TypePorteur.COLLEGE)
    assert (row.uai, row.postal_code, row.signalements.count()) == ("0210099Z", "21000", 3)


def test_who_goes_leaves_the_school_to_the_others_who_told_it(where: Territory) -> None:
    person = factories.user(EMAIL)
    tell(where)
    tell(where, "autre@example.fr")
    tell(where, name="Collège du Port")
    delete_account(person, at=NOW)
    assert [one.email for one in SignalementAbsent.objects.all()] == ["autre@example.fr"]
    assert [row.name for row in EtablissementAbsent.objects.all()] == ["Collège du Lac"]


def test_a_person_tells_so_many_a_day(where: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(plafonds.ABSENTS_PERSON, most=2)
    monkeypatch.setattr(plafonds, "ABSENTS_PERSON", few)
    access = factories.access(factories.user())
    results: list[bool | Exception] = []
    for number in range(3):
        try:
            absent = told(where, name=f"Collège {number}")
            results.append(report_absent(absent, email=EMAIL, access=access, at=NOW))
        except LimitError as error:
            results.append(error)
    assert passed(results, LimitError) == 2 == EtablissementAbsent.objects.count()


@pytest.mark.any_database
def test_what_is_near_is_proposed_before_it_is_sent(where: Territory) -> None:
    near = factories.school(where, name="Collège Marcel-Aymé", commune="Dijon")
    client = Client()
    page = client.get(ADDRESS, {"q": "college marcel"}).content.decode()
    assert near.uai in page
    assert 'value="college marcel"' in page
    page = client.post(ADDRESS, typed()).content.decode()
    assert near.uai in page
    assert 'value="Collège du Lac"' in page, "what was typed is still there"
    assert not EtablissementAbsent.objects.exists()
    response = client.post(ADDRESS, typed(autre="1"), follow=True)
    assert "L’académie est prévenue" in response.content.decode()
    assert EtablissementAbsent.objects.get().departement == where.departement


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"postal_code": ""}, "Écrivez le code postal, ou choisissez le département."),
        ({"postal_code": "2100"}, "Un code postal a cinq chiffres"),
        ({"postal_code": "00999"}, "Aucun département ne répond au code postal 00999"),
        ({"uai": "0210001X"}, "ne s’accordent pas"),
        ({"site": "http://example.org"}, "réservé aux robots"),
    ],
)
def test_what_cannot_be_sent_says_why(where: Territory, columns: dict[str, str], words: str) -> None:
    assert words in Client().post(ADDRESS, typed(**columns)).content.decode()
    assert not EtablissementAbsent.objects.exists()


@pytest.mark.any_database
def test_the_desk_answers_and_gives_back_what_is_to_be_mended(where: Territory, moderator: User) -> None:
    school, absent, client = factories.school(where), waiting(where), signed_in(moderator)
    desk = reverse("comptes:demandes")
    assert "demande attend" in client.get(reverse("portail:tableau")).content.decode()
    one = queries(client, desk)
    tell(where, name="Collège de l’Île")
    assert queries(client, desk) == one, "as much for two as for one"
    there = reverse("comptes:regler_absent", args=[absent.pk])
    page = client.post(there, {"issue": "trouve", "mot": "Voyez ce nom"}).content.decode()
    assert "Dites lequel" in page
    assert "Voyez ce nom" in page
    told = client.post(there, {"issue": "trouve", "etablissement": school.uai}, follow=True).content.decode()
    assert f"{absent.name} est partie : « C’est cet établissement »." in told
    absent.refresh_from_db()
    assert (absent.etablissement, absent.decided_by) == (school, moderator)
    assert client.post(there, {"issue": "introuvable"}).status_code == 404, "it waits no more"


@pytest.mark.any_database
def test_who_asked_has_it_in_their_data_and_it_is_forgotten(where: Territory, moderator: User) -> None:
    person = factories.user(EMAIL)
    absent = waiting(where)
    assert own_data_of(signed_in(person))["etablissements_absents"][0]["établissement"] == "Collège du Lac"
    delete_account(person, at=NOW)
    assert not EtablissementAbsent.objects.exists()
    access = factories.access(moderator)
    for settled in (True, False):
        absent = waiting(where)
        if settled:
            settle_absent(absent, IssueAbsence.ORGANISME, etablissement=None, note="", access=access, at=NOW)
        kept = absents.SETTLED_KEPT if settled else absents.KEPT
        assert absents.purge(NOW + kept) == 0
        assert absents.purge(NOW + kept + dt.timedelta(seconds=1)) == 1


@pytest.mark.any_database
def test_each_public_field_of_a_school_leads_on_and_no_desk(where: Territory, moderator: User) -> None:
    factories.school(where)
    client = signed_in(moderator)
    link = f'href="{ADDRESS}"'
    assert link in client.get(reverse("comptes:rejoindre")).content.decode()
    assert link not in client.get(reverse("comptes:inviter")).content.decode()
    refused = client.post(reverse("comptes:rejoindre"), {"etablissement": "zzzz"}).content.decode()
    assert f"{ADDRESS}?q=zzzz" in refused, "without scripts too"
    nothing = client.get(reverse("annuaire:recherche"), {"q": "zzzz é"}).content.decode()
    assert f"{ADDRESS}?q=zzzz%20%C3%A9" in nothing
