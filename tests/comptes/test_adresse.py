"""Changing one's address: proved at the new one, told at the old one, which may take it back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, LienAcces
from accroche.actions.operations.adresse import confirm_address, take_address_back
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.comptes import operations as comptes
from accroche.comptes.models import Appareil, ChangementAdresse, Invitation, Role, User
from accroche.comptes.operations import adresses
from accroche.comptes.operations.adresses import AddressError
from accroche.comptes.operations.appareils import open_device
from accroche.comptes.operations.personnes import person_of
from accroche.comptes.regles import TypeRole
from accroche.votes.models import Candidature, Scrutin
from accroche.votes.operations.organisation import VoteError
from accroche.votes.operations.vote import has_voted, vote_now
from tests import factories
from tests.actions.declaring import signed_in
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

OLD, NEW = "camille@ac-dijon.fr", "camille.petit@ac-lyon.fr"
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


@pytest.fixture
def person(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, OLD, etablissement=school)


def code_sent(to: str = NEW) -> str:
    found = re.search(r"(\d{4}) (\d{4})", Message.objects.filter(to=to).latest("pk").subject)
    assert found
    return found[1] + found[2]


def changed(person: User, new: str = NEW, at: dt.datetime = NOW) -> User:
    adresses.ask_address(person, new, network="", at=at)
    confirm_address(person, code_sent(new), at=at)
    return User.objects.get(pk=person.pk)


def way_back(to: str = OLD) -> str:
    body = Message.objects.filter(to=to, key__endswith=":retour").latest("pk").body
    [token] = re.findall(r"/comptes/adresse/([\w-]+)/", body)
    return str(token)


@pytest.mark.django_db
def test_all_that_is_theirs_follows_and_comes_back(
    where: Territory, school: Etablissement, person: User
) -> None:
    device = open_device(person, "", label="Firefox", kept=True, at=NOW, first=True).appareil
    boss = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    comptes.invite(OLD, TypeRole.LECTEUR, access=boss, at=NOW, academie=where.academie)
    own = factories.action(where, school, declarant=person, private_email=OLD)
    by_link = factories.action(where, school, declarant_email=OLD)
    link = factories.followed(by_link, OLD)
    others = factories.action(
        where, school, declarant_email="autre@ac-dijon.fr", private_email="x@ac-dijon.fr"
    )

    assert changed(person).email == NEW
    assert Appareil.objects.get(pk=device.pk).is_open(NOW), "one stays where one is signed in"
    assert Role.objects.get(user=person).is_in_force(NOW)
    assert Invitation.objects.get().email == NEW
    own.refresh_from_db()
    assert (own.declarant, own.private_email) == (person, NEW)
    assert Action.objects.get(pk=by_link.pk).declarant_email == NEW
    assert LienAcces.objects.opening(NOW).get(pk=link.pk).email == NEW
    told = Message.objects.get(to=OLD, key__endswith=":retour")
    assert "c…@ac-lyon.fr" in told.body
    assert NEW not in told.body, "the old mailbox may be somebody else's by now"
    assert not Message.objects.filter(to=NEW, subject__contains="confirme").exists(), "the code is forgotten"
    # the old address is still theirs, and nobody is made of it
    assert person_of(OLD) == person_of(NEW) == person

    comptes.link_proconnect(person, "sub-voleur", at=NOW + MINUTE)
    back = take_address_back(way_back(), at=NOW + 29 * DAY)
    assert back.pk == person.pk
    assert User.objects.get(pk=person.pk).email == OLD
    assert not Appareil.objects.get(pk=device.pk).is_open(NOW), "who has the old mailbox throws all out"
    assert Invitation.objects.get().email == OLD
    assert {*Action.objects.filter(pk__in=[own.pk]).values_list("private_email", flat=True)} == {OLD}
    assert Action.objects.get(pk=by_link.pk).declarant_email == OLD
    others.refresh_from_db()
    assert (others.declarant_email, others.private_email) == ("autre@ac-dijon.fr", "x@ac-dijon.fr")
    with pytest.raises(AddressError, match="déjà servi"):
        take_address_back(way_back(), at=NOW + 29 * DAY)


@pytest.mark.django_db
def test_an_address_that_is_taken_is_answered_the_same_and_its_mailbox_alone_is_told(person: User) -> None:
    factories.user(NEW)
    client = signed_in(person)
    pages = []
    for address in (NEW, "libre@ac-lyon.fr"):
        shown = client.post("/comptes/moi/adresse/", {"etape": "demander", "email": address}, follow=True)
        assert shown.status_code == 200
        text = re.sub(r"value=\"[^\"]{20,}\"", "", shown.content.decode().replace(address, "ADRESSE"))
        pages.append(re.sub(r"\d+ h \d+", "HEURE", text.replace("\u00a0", " ")))
    assert pages[0] == pages[1]
    taken = Message.objects.get(to=NEW)
    assert "déjà un compte" in taken.subject
    assert not re.search(r"\d{8}|\d{4} \d{4}", taken.subject + taken.body)
    assert OLD not in taken.body, "who asked is nobody's business there"
    wrong = client.post("/comptes/moi/adresse/", {"etape": "confirmer", "code": "12345678"})
    assert "n’est pas le bon" in wrong.content.decode()
    assert User.objects.get(pk=person.pk).email == OLD


@pytest.mark.django_db
def test_a_code_serves_once_for_half_an_hour_and_five_tries(person: User) -> None:
    adresses.ask_address(person, f" {NEW.upper()} ", network="", at=NOW)
    code = code_sent()
    wrong = "0" * 8 if code != "0" * 8 else "1" * 8
    with pytest.raises(AddressError, match="ne sert plus"):
        confirm_address(person, code, at=NOW + 31 * MINUTE)
    for left in range(4, -1, -1):
        with pytest.raises(AddressError, match=f"reste {left} " if left else "ne sert plus"):
            confirm_address(person, wrong, at=NOW)
    with pytest.raises(AddressError, match="ne sert plus"):
        confirm_address(person, code, at=NOW)
    with pytest.raises(AddressError, match="déjà l’adresse"):
        adresses.ask_address(person, OLD, network="", at=NOW)
    adresses.ask_address(person, NEW, network="", at=NOW)
    adresses.give_up(person)
    with pytest.raises(AddressError, match="ne sert plus"):
        confirm_address(person, code_sent(), at=NOW)
    for _ in range(3):
        adresses.ask_address(person, NEW, network="", at=NOW)
    with pytest.raises(LimitError):
        adresses.ask_address(person, NEW, network="", at=NOW)
    assert User.objects.get(pk=person.pk).email == OLD


@pytest.mark.django_db
def test_an_address_one_left_is_nobody_else_s_until_one_cannot_come_back(person: User) -> None:
    changed(person)
    other = factories.user("autre@ac-dijon.fr")
    adresses.ask_address(other, OLD, network="", at=NOW)
    assert "déjà un compte" in Message.objects.filter(to=OLD).latest("pk").subject
    # two steps away, the first mailbox still takes all of it back
    third = "camille@ac-nice.fr"
    changed(User.objects.get(pk=person.pk), third, at=NOW + DAY)
    take_address_back(way_back(), at=NOW + 2 * DAY)
    assert User.objects.get(pk=person.pk).email == OLD
    assert not ChangementAdresse.objects.standing().exists()
    # and who goes back by themselves has left nothing
    again = changed(User.objects.get(pk=person.pk), NEW, at=NOW + 3 * DAY)
    changed(again, OLD, at=NOW + 4 * DAY)
    assert [row.before for row in ChangementAdresse.objects.standing()] == [NEW]
    adresses.purge(NOW + 40 * DAY)
    assert person_of(NEW).pk != person.pk, "then it is anybody's again"


@pytest.mark.django_db
def test_one_votes_once_whatever_the_address(where: Territory, school: Etablissement, person: User) -> None:
    vote = Scrutin.objects.create(
        edition=where.semaine.edition, slug="v", title="v", opens_at=NOW, closes_at=NOW + 9 * DAY
    )
    action = factories.action(where, school, Etat.PUBLISHED)
    row = Candidature.objects.create(scrutin=vote, action=action, position=0)
    vote_now(row, access=factories.access(person), at=NOW)
    access = factories.access(changed(person))
    assert has_voted(vote, access)
    with pytest.raises(VoteError, match="une voix"):
        vote_now(row, access=access, at=NOW)


@pytest.mark.django_db
def test_the_pages_lead_through_it_and_nothing_of_it_is_left_of_who_leaves(person: User) -> None:
    client = signed_in(person)
    page = "/comptes/moi/adresse/"
    assert "Changer d’adresse" in client.get("/comptes/moi/").content.decode()
    client.post(page, {"etape": "demander", "email": NEW})
    assert "Confirmer" in client.get(page).content.decode()
    short = client.post(page, {"etape": "confirmer", "code": "1234"})
    assert "8 chiffres" in short.content.decode()
    done = client.post(page, {"etape": "confirmer", "code": code_sent()}, follow=True)
    assert f"Votre compte répond maintenant à {NEW}" in done.content.decode()
    back = f"/comptes/adresse/{way_back()}/"
    for _ in range(2):  # a scanner of mails opens it and changes nothing
        assert "Annuler le changement" in client.get(back).content.decode()
    assert User.objects.get(pk=person.pk).email == NEW
    client.post("/comptes/moi/supprimer/")
    assert not ChangementAdresse.objects.exists()
    assert not Message.objects.filter(to__in=[OLD, NEW]).exists()
    gone = client.get(back)
    assert gone.status_code == 410
    assert "Ce lien ne sert plus" in gone.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_address_at_once_one_has_it() -> None:
    people = [factories.user(f"p{number}@ac-dijon.fr") for number in range(2)]
    codes = []
    for one in people:
        adresses.ask_address(one, NEW, network="", at=NOW)
        codes.append(code_sent())

    told = at_once(2, lambda number: confirm_address(people[number], codes[number], at=NOW))
    assert passed(told, AddressError) == 1, told
    assert adresses.TAKEN in map(str, told)
    assert User.objects.filter(email=NEW).count() == 1
    assert ChangementAdresse.objects.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_code_given_twice_at_once_changes_once() -> None:
    person = factories.user(OLD)
    adresses.ask_address(person, NEW, network="", at=NOW)
    code = code_sent()

    told = at_once(3, lambda _: confirm_address(person, code, at=NOW))
    assert passed(told, AddressError) == 1, told
    assert Message.objects.filter(to=OLD, key__endswith=":retour").count() == 1
