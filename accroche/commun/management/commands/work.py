"""``accroche work``: the program that sends mails and runs jobs, beside the web processes."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser

from accroche.commun import worker
from accroche.commun.commande import Commande
from accroche.commun.lanes import Lane


class Command(Commande):
    help = "Envoie les courriels et exécute les travaux ; à garder en marche à côté du site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="traite ce qui attend, puis s’arrête")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        if once:
            done = {lane: worker.turn(lane) for lane in Lane}
            jobs = sum(done.values()) - done[Lane.MAIL]
            self.stdout.write(f"Courriels envoyés : {done[Lane.MAIL]}. Travaux terminés : {jobs}.")
            return
        asked = threading.Event()

        def stop(_number: int, _frame: FrameType | None) -> None:
            asked.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        threads = worker.Worker()
        threads.start()
        self.stdout.write("En marche. Ctrl+C pour arrêter.")
        self.stdout.flush()
        while not asked.wait(1.0):
            pass  # Python looks at a signal that came just before a wait only after it
        # a mail under way is finished, a long job goes back to the table
        threads.stop()
        threads.join()
        self.stdout.write("Arrêté.")
