"""Reminding académies: whom, once a day for each group, told by the journal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from accroche.actions.cycle import Etat
from accroche.campagne.queries.relances import OF_ACADEMIE
from accroche.cockpit.cockpit import Signe
from accroche.cockpit.operations.relance import remind
from accroche.commun import journal
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.cockpit.steering import client_of, sheet
from tests.factories import NOW
from tests.races import at_once, passed

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access


def make() -> Access:
    """Two académies that lack everything, one without anybody, one that published."""
    dijon, lyon = factories.territory(), factories.territory("Lyon", "69")
    factories.territory("Nice", "06")
    done = factories.territory("Paris", "75")
    sheet(done, Etat.PUBLISHED, 1)
    factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=dijon.academie)
    factories.person(TypeRole.MODERATEUR, "mlds@ac-dijon.fr", academie=dijon.academie)
    factories.person(TypeRole.MODERATEUR, "paris@ac-paris.fr", academie=done.academie)
    lyon.academie.courriel = "bureau@ac-lyon.fr"
    lyon.academie.save()
    return factories.access(factories.person(TypeRole.NATIONAL, "bureau@education.example"))


def send(access: Access, signe: Signe = Signe.PUBLIE, at: dt.datetime = NOW) -> int:
    return remind(signe, factories.edition(), "Un mot de nous.", access=access, at=at)


@pytest.mark.django_db
def test_moderators_are_written_to_else_the_office_once_a_day_and_group() -> None:
    access = make()
    assert send(access) == 2
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert set(mails) == {"cardie@ac-dijon.fr", "mlds@ac-dijon.fr", "bureau@ac-lyon.fr"}
    body = mails["cardie@ac-dijon.fr"].body
    assert "l’académie de Dijon n’a pas encore publié de fiche" in body
    assert "Un mot de nous." in body
    assert "/pilotage/academies/2026-2027/dijon/" in body
    assert "jusqu’au 15\u00a0juillet 2027" in body
    assert mails["cardie@ac-dijon.fr"].reply_to == "bureau@education.example"
    assert send(access) == 0, "once a day"
    assert send(access, Signe.OUVERT) == 2, "another group is another reminder"
    assert send(access, at=NOW + dt.timedelta(days=1)) == 2
    lines = JournalEntry.objects.filter(verb=OF_ACADEMIE)
    assert lines.count() == 6
    assert {line.actor_name for line in lines} == {str(access.user)}


@pytest.mark.any_database
@pytest.mark.django_db
def test_nobody_is_reminded_of_what_cannot_be_written() -> None:
    access = make()
    edition = factories.edition()
    edition.closed_at = NOW
    edition.save()
    assert remind(Signe.PUBLIE, edition, "", access=access, at=NOW) == 0
    assert access.user
    page = client_of(access.user).get("/pilotage/relances/2026-2027/publie/").content.decode()
    assert "Cette édition est close" in page


@pytest.mark.django_db
def test_only_the_bureau_reminds() -> None:
    make()
    moderator = factories.access(factories.user("cardie@ac-dijon.fr"))
    with pytest.raises(PermissionDenied):
        send(moderator)
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_remind_once() -> None:
    access = make()
    results = at_once(3, lambda _number: send(access))
    assert passed(results, PermissionDenied) == 3
    assert sum(result for result in results if isinstance(result, int)) == 2
    assert Message.objects.count() == 3
    assert JournalEntry.objects.filter(verb=OF_ACADEMIE).count() == 2


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_page_previews_and_sends_with_one_key() -> None:
    access = make()
    assert access.user
    client = client_of(access.user)
    address = "/pilotage/relances/2026-2027/publie/"
    page = client.post(address, {"word": "Courage !", "apercu": "1"}).content.decode()
    assert "Courage" in page.partition("a-lettre__objet")[2]
    assert "de bureau&nbsp;: Nice." in page, "one line for those nobody is written to"
    assert page.count('<th scope="row">') == 2
    assert not Message.objects.exists(), "a preview sends nothing"
    answer = client.post(address, {"word": "Courage !", "envoyer": "1"}, follow=True)
    assert "2 académies vont recevoir votre relance" in answer.content.decode()
    assert "Aucune ne peut être relancée" in answer.content.decode()
    assert [entry.note for entry in journal.entries(factories.territory().academie)] == ["2026-2027 publie"]
    assert client.get("/pilotage/relances/2026-2027/rien/").status_code == 404
