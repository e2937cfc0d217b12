"""Mails: nothing twice and nothing lost, whoever is killed."""

from __future__ import annotations

import random
import time
from collections import Counter

from benchmarks.siege.contexte import Contexte, Releve, number_of
from benchmarks.siege.postier import ARRIVES, postier

_QUEUE = """
from django.utils import timezone
from django.db import transaction
from accroche.commun import mail
with transaction.atomic():
    for n in range({count}):
        mail.queue(to=f"personne{{n}}@exemple.fr", subject=f"Lettre {{n}}", body="Bonjour.",
                   key=f"siege:{{n}}", at=timezone.now())
"""


def killed_senders(contexte: Contexte) -> list[Releve]:
    """Two workers at once, killed again and again while some hundred mails leave."""
    mails, kills = 100 * contexte.size, 10 * contexte.size
    with (
        postier() as boite,
        contexte.instance(
            ACCROCHE_MAIL_URL=f"smtp://127.0.0.1:{boite.port}", ACCROCHE_WORKER="separate"
        ) as instance,
    ):
        instance.run("shell", "--no-imports", "-c", _QUEUE.format(count=mails))
        already = len(boite.mails)
        workers = [instance.program("work") for _ in range(2)]
        done = 0
        until = time.monotonic() + ARRIVES * contexte.size
        while done < kills and time.monotonic() < until and len(boite.mails) - already < mails - 10:
            wanted = len(boite.mails) + random.randint(1, 9)  # noqa: S311 - no secret
            while len(boite.mails) < wanted and time.monotonic() < until:
                time.sleep(0.002)
            workers[done % 2].kill()
            workers[done % 2].wait()
            workers[done % 2] = instance.program("work")
            done += 1
        # those whose sender was killed are taken up again once its claim has ended
        until = time.monotonic() + ARRIVES * contexte.size
        while time.monotonic() < until and number_of(
            instance, "SELECT COUNT(*) FROM commun_message WHERE sent_at IS NULL AND handed_at IS NULL"
        ):
            time.sleep(0.5)
        for worker in workers:
            worker.terminate()
            worker.wait()
        arrived = Counter(
            str(mail["To"]) for mail in boite.mails if str(mail["Subject"]).startswith("Lettre")
        )
        doubtful = number_of(
            instance, "SELECT COUNT(*) FROM commun_message WHERE sent_at IS NULL AND handed_at IS NOT NULL"
        )
        waiting = number_of(
            instance, "SELECT COUNT(*) FROM commun_message WHERE sent_at IS NULL AND handed_at IS NULL"
        )
    twice = sum(count - 1 for count in arrived.values())
    return [
        Releve(
            f"{mails} mails, two workers, {done} killed",
            "none arrives twice",
            f"{len(arrived)} arrived, {twice} twice",
            twice == 0 and done > 0,
        ),
        Releve(
            "the same",
            "none is lost: what did not arrive waits, or is shown as doubtful",
            f"{mails - len(arrived)} did not arrive; {doubtful} doubtful, {waiting} still to be taken up",
            mails - len(arrived) <= waiting + doubtful,
        ),
    ]
