"""Senders killed at every step of a mail, two at once: nothing arrives twice, nothing is lost unseen."""

from __future__ import annotations

import datetime as dt
import random
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from accroche.commun import delivery, mail
from accroche.commun.models import Message
from tests import processes
from tests.commun.sink import sink
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    import subprocess

    from tests.commun.sink import Sink

__all__ = ["sink"]

#: Where a sender is killed: the end of one of these steps, as the server sees it.
STEPS = ("mail", "rcpt", "data", "content", "taking", "reply")


class Killing:
    """Kills each sender when it reached its step for the ``nth`` time, or ``delay`` seconds after."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.left: dict[str, tuple[str, int, float]] = {}
        self.senders: dict[str, subprocess.Popen[str]] = {}

    def __call__(self, step: str, who: str, _to: str) -> str | None:
        with self.lock:
            wanted, times, delay = self.left.get(who, ("", 0, 0.0))
            if step == wanted:
                self.left[who] = (wanted, times - 1, delay)
                if times == 1 and delay:
                    threading.Timer(delay, self.senders[who].kill).start()
                elif times == 1:
                    self.senders[who].kill()
                    self.senders[who].wait()
        return None


def plans() -> list[list[tuple[str, int, float]]]:
    """Two senders at once, killed at each step; in the long campaign many more, at any moment."""
    if not THOROUGH:
        return [[(step, 2, 0.0) for step in STEPS[place : place + 2]] for place in (0, 2, 4)]
    dice = random.Random()  # noqa: S311 - not a secret
    return [
        [(dice.choice(STEPS), dice.randint(1, 9), dice.choice((0.0, 0.03 * dice.random()))) for _ in "ab"]
        for _ in range(30)
    ]


@pytest.mark.django_db(transaction=True)
def test_killed_senders_send_nothing_twice(sink: Sink) -> None:
    now = timezone.now()
    for number in range(253 if THOROUGH else 24):
        mail.queue(key=str(number), to=f"{number}@exemple.fr", subject="Un objet", body="Oui.", at=now)
    names = dict(Message.objects.values_list("message_id", "key"))
    sink.on = killing = Killing()
    killed = 0
    for number, pair in enumerate([*plans(), [("", 0, 0.0)]]):
        for place, plan in enumerate(pair):
            name = f"sender-{number}-{place}.test"
            killing.left[name] = plan
            killing.senders[name] = sender(name, sink.port, ahead=number * 2 * delivery.CLAIMED)
        for process in killing.senders.values():
            process.wait(60)
            killed += process.returncode != 0
        killing.senders.clear()
    assert killed == 6 or (THOROUGH and killed > 6)
    arrived = Counter(names[one] for one in sink.ids)
    assert max(arrived.values()) == 1
    sent = set(Message.objects.exclude(sent_at=None).values_list("key", flat=True))
    assert sent <= set(arrived)
    later = timezone.now() + dt.timedelta(days=1)
    unknown = set(delivery.doubtful(later).values_list("key", flat=True))
    assert sent | unknown == set(names.values()), "neither sent nor counted"
    assert len(unknown) <= killed
    assert delivery.state(later).waiting == 0
    sys.stdout.write(f"{killed} killed: {len(arrived)} arrived once, {len(unknown)} doubtful\n")


def sender(name: str, port: int, *, ahead: dt.timedelta) -> Any:
    return processes.start(
        "-m",
        "tests.commun.sender",
        str(int(ahead.total_seconds())),
        env={"ACCROCHE_MAIL_URL": f"smtp://127.0.0.1:{port}", "ACCROCHE_SITE_URL": f"http://{name}"},
    )
