"""Inviting schools: never twice a week, never elsewhere, and a way out."""

from __future__ import annotations

import datetime as dt
import io
import re
import threading
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.annuaire.lecture import read_directory
from accroche.annuaire.models import Etablissement
from accroche.annuaire.operations import load_directory
from accroche.commun import delivery, journal
from accroche.commun.mail import Priority, queue
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.pilotage.invitation import Lettre
from accroche.pilotage.models import Refus, Sollicitation
from accroche.pilotage.operations import invitation as operations
from tests import factories
from tests.commun.sink import sink
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access
    from tests.commun.sink import Sink
    from tests.factories import Territory

__all__ = ["sink"]

LETTRE = Lettre("Déclarez", "Bonjour {etablissement}, {lien} avant le {date}")


@pytest.fixture
def where(db: None) -> Territory:
    return factories.territory()


@pytest.fixture
def access(where: Territory) -> Access:
    return factories.access(factories.person(TypeRole.REFERENT, bassin=where.bassin))


def invite(schools: list[Etablissement], access: Access, at: dt.datetime = NOW) -> int:
    numbers = [school.pk for school in schools]
    return operations.invite_schools(numbers, factories.edition(), LETTRE, access=access, at=at)


def test_a_school_is_written_to_and_it_is_told_in_the_journal(where: Territory, access: Access) -> None:
    school = factories.school(where)
    assert invite([school], access) == 1
    mail = Message.objects.get()
    assert mail.to == school.email
    assert mail.subject == "Déclarez"
    assert f"?etablissement={school.uai}" in mail.body
    assert f"Bonjour «\u00a0{school}\u00a0»" in mail.body
    assert "15\u00a0juillet 2027" in mail.body
    assert [entry.verb for entry in journal.entries(school)] == ["invite_to_declare"]
    row = Sollicitation.objects.get()
    assert (row.week, row.sent_by, row.text) == (dt.date(2026, 11, 23), access.user, LETTRE.text)


def test_one_mail_a_week_whatever_is_pressed(where: Territory, access: Access) -> None:
    school = factories.school(where)
    sunday, monday = NOW + dt.timedelta(days=5), NOW + dt.timedelta(days=6)
    assert [invite([school], access, at) for at in (NOW, NOW, sunday, monday)] == [1, 0, 0, 1]
    assert Message.objects.count() == 2


def test_who_may_not_be_written_to_gets_nothing(where: Territory, access: Access) -> None:
    declared = factories.school(where, 1)
    factories.action(where, declared, Etat.SUBMITTED)
    closed = factories.school(where, 2, closed_on=NOW.date())
    mute = factories.school(where, 3, email="")
    out = factories.school(where, 4)
    operations.stop_inviting(operations.stop_token(out), at=NOW)
    draft = factories.school(where, 5)
    factories.action(where, draft, Etat.DRAFT)
    assert invite([declared, closed, mute, out, draft], access) == 1
    assert Message.objects.get().to == draft.email


def test_a_school_elsewhere_stops_all(where: Territory, access: Access) -> None:
    other = factories.school(factories.territory("Lyon", "69"))
    with pytest.raises(PermissionDenied):
        invite([factories.school(where), other], access)
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", [TypeRole.LECTEUR, TypeRole.MODERATEUR])
def test_who_reads_does_not_invite(where: Territory, kind: TypeRole) -> None:
    person = factories.access(factories.person(kind, academie=where.academie))
    school = factories.school(where)
    if kind is TypeRole.LECTEUR:
        with pytest.raises(PermissionDenied):
            invite([school], person)
    else:
        assert invite([school], person) == 1


def test_nobody_is_invited_to_what_is_closed(where: Territory, access: Access) -> None:
    with pytest.raises(operations.NotDeclaringError, match="ne sont pas ouvertes"):
        invite([factories.school(where)], access, NOW.replace(year=2030))


def test_the_link_of_the_mail_stops_and_resumes(where: Territory, access: Access) -> None:
    school = factories.school(where)
    invite([school], access)
    found = re.search(r"/pilotage/invitations/([^/\s]+)/", Message.objects.get().body)
    assert found
    for _ in range(2):
        operations.stop_inviting(found[1], at=NOW)
    assert Refus.objects.get().etablissement == school
    assert invite([school], access, NOW + dt.timedelta(days=7)) == 0
    operations.resume_inviting(found[1], at=NOW)
    assert invite([school], access, NOW + dt.timedelta(days=7)) == 1
    verbs = [entry.verb for entry in journal.entries(school)]
    assert verbs.count("stop_inviting") == verbs.count("resume_inviting") == 1


@pytest.mark.parametrize("cut", [1, 5])
def test_a_cut_link_says_so(where: Territory, cut: int) -> None:
    token = operations.stop_token(factories.school(where))[:-cut]
    with pytest.raises(operations.StopLinkError, match="incomplet"):
        operations.stop_inviting(token, at=NOW)
    assert not Refus.objects.exists()


def test_a_link_to_a_school_that_left_the_directory_says_so(where: Territory) -> None:
    school = factories.school(where)
    token = operations.stop_token(school)
    school.delete()
    with pytest.raises(operations.StopLinkError, match="annuaire"):
        operations.school_of_link(token)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_send_one_mail_a_school() -> None:
    where = factories.territory()
    schools = [factories.school(where, number) for number in range(4)]
    accesses = [
        factories.access(factories.person(TypeRole.REFERENT, f"r{n}@ac-dijon.fr", bassin=where.bassin))
        for n in range(2)
    ]
    sent: list[int] = []
    ready = threading.Barrier(2)

    def press(number: int) -> None:
        ready.wait()
        try:
            # in opposite orders: neither waits for the other for ever
            sent.append(invite(schools[:: 1 - 2 * number], accesses[number]))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 4
    assert Sollicitation.objects.count() == Message.objects.count() == 4


def test_a_directory_with_bad_addresses_names_them_and_stops_nobody(where: Territory, sink: Sink) -> None:
    """From the file to the mailbox: two addresses of four are ones to write to."""
    addresses = (
        "ce.un@ac-dijon.fr",
        "ce.deux@ac-dijon.fr, secretariat@college-deux.fr",
        "secrétariat@college-trois.fr",
        "ce.quatre@ac-dijon.fr",
    )
    rows = [
        f"{factories.make_uai(number)};Collège {number};Collège;public;Dijon;21231;21;{address}"
        for number, address in enumerate(addresses, 1)
    ]
    heading = "uai;nom;type;secteur;commune;code_commune;code_departement;email"
    records, problems = read_directory(io.StringIO("\n".join([heading, *rows])))
    assert [(problem.line, problem.message.partition(".")[0]) for problem in problems] == [
        (3, "courriel laissé de côté"),
        (4, "courriel laissé de côté"),
    ]
    assert "plusieurs adresses" in problems[0].message
    assert "secretariat@college-trois.fr" in problems[1].message
    load_directory(records, problems, at=NOW)
    # as an older file left it in the directory
    old = factories.school(where, 5, email="ce.x@ac-dijon.fr, secretariat@college.fr")
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    assert invite(list(Etablissement.objects.all()), moderator) == 2
    queue(to=old.email, subject="Votre code", body="…", key="code", at=NOW, priority=Priority.URGENT)
    done = delivery.deliver(lambda: NOW)
    assert (done.sent, done.failed) == (2, 1)
    assert sorted(one.to for one in sink.received) == ["ce.quatre@ac-dijon.fr", "ce.un@ac-dijon.fr"]
