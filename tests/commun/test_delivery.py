"""How mails leave: one by one, urgent first, whatever the server does; nothing twice."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.models import QuerySet

from accroche.commun import delivery, mail
from accroche.commun.models import Message, Outage
from accroche.integrations.smtp import UnreachableError, session
from accroche.lib.deadline import Deadline
from tests.commun.sink import DRIP, Cut, sink
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commun.sink import Sink

__all__ = ["sink"]

pytestmark = pytest.mark.django_db


def queue(key: str = "a", to: str = "a@exemple.fr", **more: Any) -> Message:
    told: dict[str, Any] = {"subject": "Un objet", "body": "Bonjour", "at": NOW} | more
    mail.queue(key=key, to=to, **told)
    return Message.objects.get(key=key)


def deliver(at: dt.datetime = NOW) -> tuple[int, int, int]:
    done = delivery.deliver(lambda: at)
    return done.sent, done.failed, done.doubtful


def at_step(name: str, does: Callable[[], str | None], to: str = "") -> Callable[[str, str, str], str | None]:
    """A server that does something else at one step, for one address or all."""
    return lambda step, _who, address: does() if step == name and to in {"", address} else None


def cut() -> str | None:
    raise Cut


# -- one by one -----------------------------------------------------------------------------------


def test_a_mail_leaves_once_under_its_own_name(sink: Sink) -> None:
    message = queue(body="Été\n.\n..un point\nfin")
    assert deliver() == (1, 0, 0)
    assert deliver() == (0, 0, 0)
    (got,) = sink.received
    assert (got.to, got.message["Subject"], got.message["Message-ID"]) == (
        "a@exemple.fr",
        "Un objet",
        message.message_id,
    )
    body = got.message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().split() == ["Été", ".", "..un", "point", "fin"]


def test_several_leave_over_one_connection_urgent_first(sink: Sink) -> None:
    queue("digest", "bulk@exemple.fr", priority=mail.Priority.BULK)
    queue("notice", "usual@exemple.fr")
    queue("code", "urgent@exemple.fr", at=NOW + dt.timedelta(hours=1), priority=mail.Priority.URGENT)
    assert deliver() == (3, 0, 0)
    assert [one.to.partition("@")[0] for one in sink.received] == ["urgent", "usual", "bulk"]
    assert sink.connections == 1


def test_what_no_longer_serves_does_not_leave(sink: Sink) -> None:
    queue(until=NOW)
    assert deliver() == (0, 0, 0)
    assert delivery.state(NOW).waiting == 0


@pytest.mark.parametrize(
    "bad",
    [
        "a\ud800@exemple.fr",
        "é@exemple.fr",
        "a@exemple.fr\r\nRCPT TO:<b@exemple.fr>",
        "",
        "a@b@c",
        "@",
        "a@אb1.fr",
        "ce.x@ac-dijon.fr, secretariat@college.fr",
        "a@" + "b" * 64 + ".fr",
    ],
)
def test_whatever_one_mail_has_the_others_leave(sink: Sink, bad: str) -> None:
    """What is no address is given up at once, in words: no server was asked, and no time mends it."""
    queue("first")
    queue("bad")
    # as a row may hold it, however it came there
    real = delivery._claim

    def claim(at: dt.datetime) -> Message | None:
        message = real(at)
        if message and message.key == "bad":
            message.to = bad
        return message

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "_claim", claim)
        queue("last")
        sent, failed, doubtful = deliver()
    assert (sent, failed, doubtful) == (2, 1, 0)
    message = Message.objects.get(key="bad")
    assert "adresse" in message.error
    assert (message.sent_at, message.handed_at) == (None, None)
    assert delivery.state(NOW).given_up == 1
    assert {one.to for one in sink.received} == {"a@exemple.fr"}


def test_an_address_with_an_accent_in_its_domain_is_written_to(sink: Sink) -> None:
    queue(to="contact@collège-deux.fr")
    assert deliver() == (1, 0, 0)
    assert sink.received[0].to == "contact@xn--collge-deux-19a.fr"


def test_each_mail_is_refused_by_itself_and_keeps_what_the_server_said(sink: Sink) -> None:
    """Of five, one is refused for good, one for a while, one breaks the talk: the last is sent."""
    said = {"b": "550 5.1.1 inconnu\0", "c": "452 4.2.2 boîte pleine", "d": "421 au revoir"}
    for name in "abcde":
        queue(name, f"{name}@exemple.fr")
    sink.on = lambda step, _who, to: said.get(to[:1]) if step == "rcpt" else None
    at = NOW
    for _ in range(3):
        deliver(at)
        at += dt.timedelta(minutes=1)
    assert [one.to[0] for one in sink.received] == ["a", "e"]
    kept = dict(Message.objects.exclude(error="").order_by("key").values_list("key", "error"))
    assert {name: error[:3] for name, error in kept.items()} == {"b": "550", "c": "452", "d": "421"}


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "taking"])
def test_a_refusal_is_kept_and_tried_again_later_then_given_up(sink: Sink, step: str) -> None:
    queue()
    sink.on = at_step(step, lambda: "451 later")
    at = NOW
    for wait in delivery.RETRIES:
        assert deliver(at) == (0, 1, 0)
        assert deliver(at) == (0, 0, 0), "not before its time"
        at += wait
    assert deliver(at) == (0, 1, 0)
    assert deliver(at + dt.timedelta(days=30)) == (0, 0, 0)
    assert "451" in Message.objects.get().error
    assert (delivery.state(at).given_up, delivery.state(at).outage) == (1, None)
    assert sink.received == []


def test_a_server_that_had_enough_of_us_is_called_again(sink: Sink) -> None:
    for number in range(3):
        queue(str(number))
    sink.on = at_step("reply", cut)
    assert deliver() == (3, 0, 0)
    assert (len(sink.received), sink.connections) == (3, 3)


# -- a server in trouble --------------------------------------------------------------------------


def test_a_server_that_is_down_is_remembered_for_all_and_longer_and_longer(sink: Sink) -> None:
    for number in range(5):
        queue(str(number))
    sink.on = at_step("connect", lambda: "554 closed")
    at = NOW
    for pause in (*delivery.PAUSES, delivery.PAUSES[-1]):
        assert deliver(at) == (0, 1, 0)
        assert deliver(at + pause / 2) == (0, 0, 0)
        at += pause
    assert sink.connections == len(delivery.PAUSES) + 1, "not once a mail"
    outage = delivery.state(at).outage
    assert outage is not None
    assert (outage.since, outage.retry_at) == (NOW, at)
    assert "554" in outage.error
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}, "no mail is to blame"
    sink.on = lambda _step, _who, _to: None
    assert deliver(at) == (5, 0, 0)
    assert delivery.state(at).outage is None


@pytest.mark.django_db(transaction=True)
def test_one_looks_whether_it_is_back_for_all(sink: Sink) -> None:
    Outage.objects.create(service=delivery.SERVICE, since=NOW, retry_at=NOW, failures=1)
    queue()
    queue("b")
    seen: list[tuple[int, int, int]] = []

    def meanwhile() -> str | None:
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(from_another_thread).result())
        return None

    def from_another_thread() -> tuple[int, int, int]:
        try:
            return deliver()
        finally:
            connection.close()

    sink.on = at_step("connect", meanwhile)
    assert deliver() == (2, 0, 0)
    assert seen == [(0, 0, 0)]
    assert sink.connections == 1


@pytest.mark.parametrize("step", ["connect", "ehlo", "mail", "rcpt", "data", "dot"])
def test_a_server_that_drips_holds_nobody_for_ever(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The time of a message is over while bytes still come: told by the server's first, not by a clock."""

    class AtFirstByte(Deadline):
        def __enter__(self) -> Self:
            def cut() -> None:
                if sink.dripping.wait(60):
                    self._cut()

            threading.Thread(target=cut, daemon=True).start()
            return self

    monkeypatch.setattr(session, "Deadline", AtFirstByte)
    sink.on = at_step(step, lambda: DRIP)
    found_in_trouble(step)


@pytest.mark.parametrize("step", ["connect", "dot"])
def test_a_silent_server_holds_nobody_for_ever(sink: Sink, settings: Any, step: str) -> None:
    settings.EMAIL_TIMEOUT = 2

    def say_nothing() -> str | None:
        sink.over.wait(60)
        raise Cut

    sink.on = at_step(step, say_nothing)
    found_in_trouble(step)


def found_in_trouble(step: str) -> None:
    """One mail meets a server that does not answer at a step; the next one is not even tried."""
    message = queue()
    queue("b", at=NOW + dt.timedelta(minutes=1))
    is_after = step == "dot"
    assert deliver() == ((0, 0, 1) if is_after else (0, 1, 0))
    assert delivery.state(NOW).outage is not None
    message.refresh_from_db()
    assert (message.handed_at is not None) == is_after
    assert message.attempts == (0 if step in {"connect", "ehlo"} or is_after else 1)


def test_nobody_there_is_an_outage(settings: Any) -> None:
    settings.MAIL_ENABLED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", 9
    queue()
    assert deliver() == (0, 1, 0)
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("send_mails")


# -- nothing twice --------------------------------------------------------------------------------


def test_what_was_handed_over_and_not_answered_waits_for_a_person(sink: Sink, capsys: Any) -> None:
    message = queue()
    sink.on = at_step("dot", cut)
    assert deliver() == (0, 0, 1)
    sink.on = lambda _step, _who, _to: None
    later = NOW + dt.timedelta(days=2)
    assert deliver(later) == (0, 0, 0)
    assert delivery.state(later).doubtful == 1
    assert sink.ids == [message.message_id]
    Message.objects.update(handed_at=NOW)
    call_command("send_mails", doubtful=True)
    told = capsys.readouterr().out
    assert "Remis dans la file : 1." in told
    assert "Envoyés : 1." in told
    assert sink.ids == [message.message_id] * 2, "the same name: who receives both can tell"
    assert delivery.state(later).doubtful == 0


def test_what_waits_in_a_backup_put_back_waits_for_a_person(sink: Sink, capsys: Any) -> None:
    queue()
    call_command("send_mails", hold=True)
    assert "Retenus : 1." in capsys.readouterr().out
    assert deliver(NOW + dt.timedelta(days=300)) == (0, 0, 0)
    call_command("send_mails", doubtful=True)
    assert len(sink.received) == 1


def test_a_mail_cut_before_its_end_is_not_doubtful(sink: Sink) -> None:
    queue()
    sink.on = at_step("data", cut)
    assert deliver() == (0, 1, 0)
    assert delivery.state(NOW + dt.timedelta(days=1)).doubtful == 0
    sink.on = lambda _step, _who, _to: None
    assert deliver(NOW + delivery.RETRIES[0]) == (1, 0, 0)


def failing_marks(monkeypatch: pytest.MonkeyPatch, column: str, times: int) -> list[str]:
    """Make the database refuse the first writings of a column, as a locked SQLite does."""
    real = QuerySet.update
    refused: list[str] = []

    def update(rows: Any, **values: Any) -> int:
        if rows.model is Message and values.get(column) is not None and len(refused) < times:
            refused.append(column)
            raise OperationalError("database is locked")
        return int(real(rows, **values))

    monkeypatch.setattr(QuerySet, "update", update)
    monkeypatch.setattr(delivery, "MARK_AGAIN", (0.0, 0.0, 0.0))
    return refused


def test_a_locked_database_at_the_mark_sends_nothing_again(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    assert failing_marks(monkeypatch, "sent_at", 2) == []
    assert deliver() == (1, 0, 0)
    assert Message.objects.get().sent_at == NOW, "written at the third time"


def test_a_mark_that_can_never_be_written_leaves_a_doubtful_mail(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    failing_marks(monkeypatch, "sent_at", 100)
    deliver()
    later = NOW + dt.timedelta(days=1)
    assert deliver(later) == (0, 0, 0)
    assert delivery.state(later).doubtful == 1
    assert len(sink.received) == 1


def test_nothing_leaves_that_could_not_be_written_down_before(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    failing_marks(monkeypatch, "handed_at", 1)
    with pytest.raises(OperationalError):
        deliver()
    assert sink.received == []
    assert deliver(NOW + delivery.CLAIMED) == (1, 0, 0)
    assert len(sink.received) == 1


def test_a_sender_that_slept_sends_nothing_another_took(sink: Sink) -> None:
    """Its claim lapsed, another sent the mail: it wakes up right before the end of the message."""
    message = queue()
    ran: list[tuple[int, int, int]] = []

    real = delivery._content

    def content(claimed: Message) -> tuple[str, bytes]:
        if not ran:
            ran.append((0, 0, 0))
            ran.append(deliver(NOW + delivery.CLAIMED))
        return real(claimed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "_content", content)
        assert deliver() == (0, 1, 0)
    assert ran[1] == (1, 0, 0)
    assert sink.ids == [message.message_id]


def test_a_mail_whose_person_is_forgotten_meanwhile_does_not_leave(sink: Sink) -> None:
    queue()
    real = delivery._content

    def content(claimed: Message) -> tuple[str, bytes]:
        Message.objects.all().delete()
        return real(claimed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "_content", content)
        deliver()
    assert sink.received == []


def test_the_server_is_tried_without_sending_anything(sink: Sink) -> None:
    delivery.try_server()
    assert (sink.connections, sink.received) == (1, [])
    sink.on = at_step("ehlo", lambda: "421 closing")
    with pytest.raises(UnreachableError):
        delivery.try_server()
