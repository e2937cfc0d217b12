"""Mails: once per key, kept while the server fails, never sent twice."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from accroche.commun import mail
from accroche.commun.models import Message
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def queue(key: str = "a", to: str = "a@exemple.fr") -> bool:
    return mail.queue(to=to, subject="Un\nobjet", body="Bonjour", key=key, at=NOW)


@pytest.fixture
def server(settings: Any) -> None:
    settings.MAIL_ENABLED = True


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, server: None) -> None:
    def fail(_message: EmailMessage) -> int:
        raise SMTPException("451 later")

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_the_same_key_is_written_once() -> None:
    assert queue()
    assert not queue()
    assert Message.objects.get().subject == "Un objet"


def test_without_a_server_mails_stay_to_be_read() -> None:
    queue()
    assert mail.deliver(NOW) == (0, 0)
    assert Message.objects.get().sent_at is None
    with pytest.raises(CommandError, match="ACCROCHE_MAIL_URL"):
        call_command("send_mails")


@pytest.mark.usefixtures("server")
def test_a_mail_leaves_once() -> None:
    queue()
    assert mail.deliver(NOW) == (1, 0)
    assert mail.deliver(NOW) == (0, 0)
    (sent,) = django_mail.outbox
    assert (sent.to, sent.subject) == (["a@exemple.fr"], "Un objet")


@pytest.mark.usefixtures("server")
def test_it_leaves_when_what_it_tells_is_certain(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue()
        assert not django_mail.outbox
    assert len(django_mail.outbox) == 1


@pytest.mark.usefixtures("broken")
def test_a_failure_is_kept_and_tried_again_later_then_given_up() -> None:
    queue()
    at = NOW
    for wait in mail.RETRIES:
        assert mail.deliver(at) == (0, 1)
        assert mail.deliver(at) == (0, 0), "not before its time"
        at += wait
    assert mail.deliver(at) == (0, 1)
    assert mail.deliver(at + dt.timedelta(days=30)) == (0, 0)
    assert "451" in Message.objects.get().error


@pytest.mark.usefixtures("broken")
def test_the_command_says_that_some_failed() -> None:
    queue()
    with pytest.raises(CommandError, match="retentés"):
        call_command("send_mails")
