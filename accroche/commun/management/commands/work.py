"""``accroche work``: the program that runs the long jobs, beside the web processes."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser

from accroche.commun import jobs
from accroche.commun.commande import Commande


class Command(Commande):
    help = "Exécute les travaux longs (imports de gros fichiers) ; à garder en marche à côté du site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="traite ce qui attend, puis s’arrête")
        parser.add_argument("--every", type=float, default=2.0, help="secondes entre deux regards (2)")

    def handle(self, *_args: Any, once: bool, every: float, **_options: Any) -> None:
        while True:
            done = jobs.run_waiting()
            if done:
                self.stdout.write(f"Travaux terminés : {done}.")
            if once:
                return
            time.sleep(every)
