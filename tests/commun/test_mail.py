"""Mails in their table: once per key, in the transaction of what they tell, forgotten in time."""

from __future__ import annotations

import datetime as dt
import socket
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accroche.commun import delivery, lanes, mail
from accroche.commun.models import Message
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def queue(key: str = "a", **more: Any) -> bool:
    told: dict[str, Any] = {"to": "a@exemple.fr", "subject": "Un\nobjet", "body": "Bonjour", "at": NOW} | more
    return mail.queue(key=key, **told)


def test_the_same_key_is_written_once_under_a_name_of_its_own(settings: Any) -> None:
    settings.SITE_URL = "https://perseverance.exemple.fr:8443"
    assert queue()
    assert not queue()
    message = Message.objects.get()
    assert message.subject == "Un objet"
    assert message.message_id.endswith("@perseverance.exemple.fr>")
    queue("b")
    assert len(set(Message.objects.values_list("message_id", flat=True))) == 2


def test_a_key_with_the_longest_address_is_one_that_the_column_holds() -> None:
    """PostgreSQL refuses a longer one, and with it all that is written beside the mail."""
    long = "@".join(("a" * 64, ".".join(["b" * 61] * 3)))
    others = [f"absent:1:reponse:{long}.{end}" for end in ("fr", "eu")]
    assert all(queue(key, to=f"{long}.fr") for key in others)
    assert not any(queue(key) for key in others)
    assert {len(key) for key in Message.objects.values_list("key", flat=True)} == {200}


def test_without_a_server_mails_stay_to_be_read() -> None:
    queue()
    assert delivery.deliver(lambda: NOW) == delivery.Delivered()
    assert Message.objects.get().sent_at is None
    with pytest.raises(CommandError, match="ACCROCHE_MAIL_URL"):
        call_command("send_mails")


def test_writing_a_mail_talks_to_nobody_and_wakes_the_lane_once_it_is_certain(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MAIL_ENABLED = True

    def connect(*_args: object, **_options: object) -> None:
        raise AssertionError("a request talks to a server")

    monkeypatch.setattr(socket, "create_connection", connect)
    lanes.wait(lanes.Lane.MAIL, 0)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            queue()
        assert not lanes._awake[lanes.Lane.MAIL].is_set()
    assert lanes._awake[lanes.Lane.MAIL].is_set()


def test_what_can_serve_no_more_is_forgotten() -> None:
    queue("code", until=NOW + dt.timedelta(minutes=15))
    queue("other")
    assert mail.purge(NOW + dt.timedelta(minutes=14)) == 0
    assert mail.purge(NOW + dt.timedelta(minutes=15)) == 1
    assert dict(Message.objects.values_list("key", "body")) == {"code": "", "other": "Bonjour"}
    assert mail.purge(NOW + mail.TEXT_KEPT) == 1
    assert list(Message.objects.exclude(subject="", body="")) == []
    assert mail.purge(NOW + mail.TEXT_KEPT) == 0
    assert mail.purge(NOW + mail.ROW_KEPT) == 2
    assert not Message.objects.exists()
