"""The links of who declares without an account: followed once, in time, for one sheet; never too many."""

from __future__ import annotations

import datetime as dt
import re
import threading
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, LienAcces
from accroche.actions.operations import (
    NotReadyError,
    StaleError,
    ask_again,
    ask_to_confirm,
    declare,
    follow_link,
    open_link,
    save,
)
from accroche.actions.operations.declaration_liens import SHEETS_PER_MAIL
from accroche.actions.operations.liens import LINK_HOURS
from accroche.actions.operations.passation import hand_over
from accroche.actions.queries import content_of
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.commun import journal
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.commun.plafonds import LINKS_MAILBOX, LINKS_SHEET
from accroche.comptes.models import Role
from accroche.comptes.operations import LinkError
from accroche.comptes.permissions import ANONYMOUS, Access
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

EMAIL = "prof@example.fr"


def draft(where: Territory, email: str = EMAIL, **more: str) -> Action:
    """A visitor's draft, complete but for what ``more`` empties."""
    school = factories.school(where, Action.with_unconfirmed.count() + 1)
    told = {"title": "Forum", "description": "On y rencontre des métiers.", "temporality": "semaine"} | more
    content = Contenu(**told, porteurs=(PorteurSaisi(school.uai),), levels=("college",))  # type: ignore[arg-type]
    return declare(content, edition=where.semaine.edition, access=ANONYMOUS, at=NOW, email=email)


def opened(action: Action) -> Access:
    """What the browser that began the draft may do."""
    return factories.access(None, sheets=frozenset({action.pk}))


def tokens(message: Message) -> list[str]:
    return re.findall(r"/declarer/lien/([\w-]+)/", message.body)


def token_of(action: Action) -> str:
    """The token of the link that sends ``action``."""
    ask_to_confirm(action, access=opened(action), at=NOW)
    return tokens(Message.objects.order_by("-pk")[0])[0]


def test_following_the_link_confirms_and_sends_once(where: Territory) -> None:
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    action = draft(where)
    token = token_of(action)
    assert [m.to for m in Message.objects.all()] == [EMAIL], "no moderator hears of it yet"
    assert token not in LienAcces.objects.get().token_hash
    assert open_link(token, NOW).action == action
    assert open_link(token, NOW).action.etat == Etat.DRAFT, "looking at a link uses nothing"

    followed = follow_link(token, access=ANONYMOUS, at=NOW)
    assert followed.sent
    assert followed.action.etat == Etat.SUBMITTED
    assert Message.objects.filter(to=moderator.email).count() == 1
    told = [(entry.verb, entry.actor_name) for entry in journal.entries(action)]
    assert told == [("submit", EMAIL), ("confirm", EMAIL), ("declare", EMAIL)]
    for again in (lambda: open_link(token, NOW), lambda: follow_link(token, access=ANONYMOUS, at=NOW)):
        with pytest.raises(LinkError, match="déjà servi"):
            again()
    assert journal.entries(action).count() == len(told)


@pytest.mark.parametrize(("hours", "works"), [(LINK_HOURS - 1, True), (LINK_HOURS, False)])
def test_a_link_ends(where: Territory, hours: int, works: bool) -> None:
    action = draft(where)
    token, later = token_of(action), NOW + dt.timedelta(hours=hours)
    if works:
        assert follow_link(token, access=ANONYMOUS, at=later).sent
        return
    with pytest.raises(LinkError, match="expiré"):
        follow_link(token, access=ANONYMOUS, at=later)
    action.refresh_from_db()
    assert action.etat == Etat.DRAFT


def test_an_unknown_link_opens_nothing() -> None:
    with pytest.raises(LinkError, match="n’existe pas"):
        follow_link("inconnu", access=ANONYMOUS, at=NOW)


def test_a_link_opens_its_own_sheet_only(where: Territory) -> None:
    one, two = draft(where), draft(where)
    assert follow_link(token_of(one), access=ANONYMOUS, at=NOW).action == one
    two.refresh_from_db()
    assert two.etat == Etat.DRAFT


def test_a_sheet_emptied_meanwhile_is_opened_and_not_sent(where: Territory) -> None:
    action = draft(where)
    token = token_of(action)
    Action.with_unconfirmed.filter(pk=action.pk).update(college=False)
    followed = follow_link(token, access=ANONYMOUS, at=NOW)
    assert (followed.sent, [r.field for r in followed.remarks]) == (False, ["levels"])
    assert LienAcces.objects.get().used_at == NOW


def test_a_sheet_sent_already_is_opened_all_the_same(where: Territory) -> None:
    action = draft(where)
    first, second = token_of(action), token_of(action)
    assert follow_link(first, access=ANONYMOUS, at=NOW).sent
    assert not follow_link(second, access=ANONYMOUS, at=NOW).sent


def test_only_a_complete_sheet_of_one_s_own_asks_for_a_link(where: Territory) -> None:
    action = draft(where, temporality="")
    with pytest.raises(NotReadyError) as caught:
        ask_to_confirm(action, access=opened(action), at=NOW)
    assert [r.field for r in caught.value.remarks] == ["temporality"]
    with pytest.raises(PermissionDenied):
        ask_to_confirm(draft(where), access=opened(action), at=NOW)
    assert not Message.objects.exists()


def test_another_address_makes_the_links_before_useless(where: Territory) -> None:
    action = draft(where)
    token = token_of(action)
    save(action, content_of(action), access=opened(action), at=NOW, email="autre@example.fr")
    with pytest.raises(LinkError, match="expiré"):
        follow_link(token, access=ANONYMOUS, at=NOW)


# -- asking again, and too often -----------------------------------------------------------------------


def test_a_sheet_sends_so_many_links_within_an_hour(where: Territory) -> None:
    action = draft(where)
    for _ in range(LINKS_SHEET.most):
        ask_to_confirm(action, access=opened(action), at=NOW)
    with pytest.raises(LimitError):
        ask_to_confirm(action, access=opened(action), at=NOW + dt.timedelta(minutes=59))
    ask_again(EMAIL, at=NOW + dt.timedelta(minutes=59))
    assert Message.objects.count() == LINKS_SHEET.most
    ask_to_confirm(action, access=opened(action), at=NOW + dt.timedelta(minutes=61))


def test_an_address_gets_so_many_links_within_an_hour(where: Territory) -> None:
    for _ in range(3):
        draft(where)
    for _ in range(5):
        ask_again(EMAIL, at=NOW)
    assert LienAcces.objects.count() == LINKS_MAILBOX.most
    assert Message.objects.count() == 2, "three links, then three; then silence"
    ask_again(EMAIL, at=NOW + dt.timedelta(minutes=61))
    assert Message.objects.count() == 3


def test_asking_again_mails_the_sheets_of_an_address_and_of_no_other(where: Territory) -> None:
    mine = [draft(where) for _ in range(2)]
    draft(where, "autre@example.fr")
    token_of(mine[0])
    factories.action(where, declarant=factories.user(EMAIL))
    Message.objects.all().delete()
    ask_again(" Prof@Example.fr", at=NOW)
    message = Message.objects.get()
    assert message.to == EMAIL
    links = [open_link(token, NOW) for token in tokens(message)]
    assert len(links) == len(mine)
    assert {link.action: link.submits for link in links} == {mine[0]: True, mine[1]: False}


def test_an_unknown_address_gets_nothing_and_a_crowd_of_sheets_one_mail(where: Territory) -> None:
    ask_again("inconnu@example.fr", at=NOW)
    assert not Message.objects.exists()
    for _ in range(SHEETS_PER_MAIL + 1):
        factories.action(where, declarant_email=EMAIL)
    ask_again(EMAIL, at=NOW)
    assert len(tokens(Message.objects.get())) == SHEETS_PER_MAIL


@pytest.mark.django_db(transaction=True)
def test_a_link_followed_twice_at_once_sends_once() -> None:
    action = draft(factories.territory())
    token = token_of(action)
    results: list[str] = []
    ready = threading.Barrier(2)

    def follow() -> None:
        ready.wait()
        try:
            results.append(f"sent {follow_link(token, access=ANONYMOUS, at=NOW).sent}")
        except LinkError:
            results.append("used")
        finally:
            connection.close()

    threads = [threading.Thread(target=follow) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["sent True", "used"]
    assert [entry.verb for entry in journal.entries(action)] == ["submit", "confirm", "declare"]


@pytest.mark.django_db(transaction=True)
def test_a_link_followed_while_the_sheet_is_handed_over_opens_nothing_after() -> None:
    """Whichever comes first."""
    where = factories.territory()
    action = draft(where)
    school = action.porteurs.get().etablissement
    teacher = factories.person(TypeRole.PORTEUR, EMAIL, etablissement=school)
    token = token_of(action)
    ready = threading.Barrier(2)

    def follow() -> None:
        ready.wait()
        try:
            follow_link(token, access=ANONYMOUS, at=NOW)
        except (LinkError, StaleError):
            pass
        finally:
            connection.close()

    def leave() -> None:
        ready.wait()
        try:
            hand_over(Role.objects.get(user=teacher), access=factories.access(teacher), at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for one in (follow, leave)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    action.refresh_from_db()
    assert action.declarant_email == ""
    assert not LienAcces.objects.opening(NOW).exists()
