"""What becomes of mails: listed, tried again, given up, come back; which addresses do not receive ours."""

from __future__ import annotations

import datetime as dt
import io
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from accroche.commun import courriers, delivery, mail
from accroche.commun.courriers import Devenir
from accroche.commun.models import Message
from tests.commun.sink import Sink, sink
from tests.factories import NOW
from tests.integrations.test_courriel_retours import notice

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["sink"]

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def queue(to: str = "a@exemple.fr", at: dt.datetime = NOW, **more: Any) -> Message:
    key = f"{to} {at}"
    mail.queue(key=key, to=to, at=at, **({"subject": "Un objet", "body": "Bonjour"} | more))
    return Message.objects.get(key=key)


def deliver(at: dt.datetime = NOW) -> None:
    delivery.deliver(lambda: at)


def where(at: dt.datetime = NOW) -> dict[Devenir, list[str]]:
    found = {devenir: [row.to for row in courriers.of(devenir, at)] for devenir in Devenir}
    assert courriers.counts(at) == {devenir: len(rows) for devenir, rows in found.items()}
    return {devenir: rows for devenir, rows in found.items() if rows}


def refusing(words: str, to: str = "") -> Callable[[str, str, str], str | None]:
    return lambda step, _who, address: words if step == "rcpt" and to in {"", address} else None


def test_each_mail_stands_in_one_place(sink: Sink) -> None:
    sink.on = refusing("550 5.1.1 nobody", "b@exemple.fr")
    for name in ("a@exemple.fr", "b@exemple.fr", "pas une adresse"):
        queue(name)
    assert set(where()) == {Devenir.WAITING}
    deliver()
    assert where() == {Devenir.FAILING: ["b@exemple.fr"], Devenir.LOST: ["pas une adresse"]}
    lines = {line.to: line for line in (courriers.told(row, NOW) for row in Message.objects.all())}
    refused = lines["b@exemple.fr"]
    assert (refused.reason, refused.error) == ("Cette adresse n’existe pas, ou plus.", "550 5.1.1 nobody")
    assert refused.next == NOW + delivery.RETRIES[0]
    assert (refused.can_retry, refused.can_give_up) == (True, True)
    assert not lines["a@exemple.fr"].can_retry
    assert (refused.attempts, lines["pas une adresse"].attempts) == (1, 0), "no server was asked"


def test_what_failed_is_tried_again_at_once_when_one_says_so(sink: Sink) -> None:
    message = queue()
    sink.on = refusing("550 nobody")
    at = NOW
    for wait in (*delivery.RETRIES, HOUR):
        deliver(at)
        at += wait
    assert set(where(at)) == {Devenir.LOST}
    sink.on = lambda *_: None
    assert courriers.retry(message.pk, at)
    deliver(at)
    assert (len(sink.received), where(at)) == (1, {})
    assert not courriers.retry(message.pk, at), "it has left"


def test_what_is_given_up_never_leaves(sink: Sink) -> None:
    message = queue()
    assert courriers.give_up(message.pk)
    deliver()
    assert sink.received == []
    assert where() == {Devenir.LOST: ["a@exemple.fr"]}
    assert not courriers.give_up(message.pk)


def test_one_that_changes_hands_is_not_held_and_a_doubtful_one_is_sent_again(sink: Sink) -> None:
    message = queue()
    Message.objects.update(handed_at=NOW, claim="a" * 32, retry_at=NOW + HOUR)
    assert not courriers.give_up(message.pk)
    later = NOW + HOUR
    assert where(later) == {Devenir.DOUBTFUL: ["a@exemple.fr"]}
    assert courriers.retry(message.pk, later)
    deliver(later)
    assert len(sink.received) == 1


def test_what_no_longer_serves_is_not_tried_again() -> None:
    message = queue(until=NOW + HOUR)
    Message.objects.update(attempts=1, error="451 later")
    assert courriers.retry(message.pk, NOW)
    Message.objects.update(attempts=1)
    assert not courriers.retry(message.pk, NOW + HOUR)
    assert where(NOW + HOUR) == {Devenir.LOST: ["a@exemple.fr"]}


def test_the_subject_of_a_code_is_shown_to_nobody() -> None:
    code = queue(subject="1234 5678 est votre code de connexion", priority=mail.Priority.URGENT)
    assert "1234" not in courriers.told(code, NOW).about


def test_a_notice_marks_the_mail_it_gives_back_and_no_other(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    message, other = queue("camille@ac-dijon.fr"), queue("autre@ac-dijon.fr")
    assert courriers.record_return(notice(name=message.message_id), NOW) == (), "it has not left"
    deliver()
    for name in ("<forged@site.fr>", "", f"{message.message_id[:-1]}x>"):
        assert courriers.record_return(notice(name=name), NOW) == ()
    raw = io.TextIOWrapper(io.BytesIO(notice(name=message.message_id)))
    monkeypatch.setattr(sys, "stdin", raw)
    call_command("record_return")
    assert "revenus : 1" in capsys.readouterr().out
    assert where() == {Devenir.RETURNED: ["camille@ac-dijon.fr"]}
    assert courriers.in_trouble([message.to, other.to]).keys() == {"camille@ac-dijon.fr"}
    assert courriers.record_return(notice(name=message.message_id), NOW + HOUR) == (), "once"


def test_what_is_no_notice_goes_back_to_its_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Subject: Re: bonjour\n\nMerci")))
    with pytest.raises(CommandError, match="avis de non-remise") as caught:
        call_command("record_return")
    assert caught.value.returncode == 65


def test_an_address_is_in_trouble_until_a_mail_comes_through(
    sink: Sink, django_assert_num_queries: Any
) -> None:
    queue("a@exemple.fr")
    queue("b@exemple.fr")
    sink.on = refusing("550 5.1.1 nobody", "a@exemple.fr")
    deliver()
    with django_assert_num_queries(2):
        found = courriers.in_trouble(["A@exemple.fr", "b@exemple.fr", "c@exemple.fr", ""])
    assert {address: one.reason for address, one in found.items()} == {
        "a@exemple.fr": "Cette adresse n’existe pas, ou plus."
    }
    sink.on = lambda *_: None
    queue("a@exemple.fr", at=NOW + HOUR)
    deliver(NOW + HOUR)
    assert courriers.in_trouble(["a@exemple.fr"]) == {}


def test_an_answer_goes_to_the_office_and_no_machine_answers(sink: Sink, settings: Any) -> None:
    settings.CONTACT = "contact@education.exemple.fr"
    queue("a@exemple.fr", reply_to="dse@ac-dijon.fr", subject="Une fiche\r\nBcc: x@y.fr \u2028publiée")
    queue("b@exemple.fr")
    deliver()
    first, second = (one.message for one in sink.received)
    assert first["Reply-To"] == "dse@ac-dijon.fr"
    assert second["Reply-To"] == "contact@education.exemple.fr"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Bcc"] is None
    assert "\n" not in str(Message.objects.get(to="a@exemple.fr").subject)
