"""Senders killed at every step of a mail, two at once: nothing arrives twice, nothing is lost unseen."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from accroche.commun import delivery, mail
from accroche.commun.models import Message
from tests import processes
from tests.commun.sink import sink

if TYPE_CHECKING:
    import subprocess

    from tests.commun.sink import Sink

__all__ = ["sink"]

#: Where a sender is killed: the end of one of these steps, as the server sees it.
STEPS = ("connect", "mail", "rcpt", "data", "content", "taking", "reply")
MAILS = 24


class Killing:
    """Kills each sender once it reached its step for the ``nth`` time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.left: dict[str, tuple[str, int]] = {}
        self.senders: dict[str, subprocess.Popen[str]] = {}

    def __call__(self, step: str, who: str, _to: str) -> str | None:
        with self.lock:
            wanted, times = self.left.get(who, ("", 0))
            if step == wanted:
                self.left[who] = (wanted, times - 1)
                if times == 1:
                    self.senders[who].kill()
                    self.senders[who].wait()
        return None


@pytest.mark.django_db(transaction=True)
def test_killed_senders_send_nothing_twice(sink: Sink) -> None:
    now = timezone.now()
    for number in range(MAILS):
        mail.queue(key=str(number), to=f"{number}@exemple.fr", subject="Un objet", body="Oui.", at=now)
    names = dict(Message.objects.values_list("message_id", "key"))
    sink.on = killing = Killing()
    rounds = [STEPS[1:3], STEPS[3:5], STEPS[5:7], ("", "")]
    for number, steps in enumerate(rounds):
        for place, step in enumerate(steps):
            name = f"sender-{number}-{place}.test"
            killing.left[name] = (step, 2)
            killing.senders[name] = sender(name, sink.port, ahead=number * 2 * delivery.CLAIMED)
        for name, process in list(killing.senders.items()):
            process.wait(60)
            assert process.returncode == (-9 if killing.left[name][0] else 0), name
    arrived = Counter(names[one] for one in sink.ids)
    assert max(arrived.values()) == 1
    sent = set(Message.objects.exclude(sent_at=None).values_list("key", flat=True))
    assert sent <= set(arrived)
    later = timezone.now() + dt.timedelta(days=1)
    unknown = set(delivery.doubtful(later).values_list("key", flat=True))
    assert sent | unknown == set(names.values()), "neither sent nor counted"
    # the two killed between the end of a mail and its mark, at most one more at its very end
    assert 1 <= len(unknown) <= 3
    assert delivery.state(later).waiting == 0


def sender(name: str, port: int, *, ahead: dt.timedelta) -> Any:
    return processes.start(
        "-m",
        "tests.commun.sender",
        str(int(ahead.total_seconds())),
        env={"ACCROCHE_MAIL_URL": f"smtp://127.0.0.1:{port}", "ACCROCHE_SITE_URL": f"http://{name}"},
    )
