"""``accroche clean_accounts``: forget the addresses nobody ever signed in with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.comptes.operations import purge_unused

DAYS = 7


class Command(Commande):
    help = f"Efface les comptes jamais utilisés depuis {DAYS} jours, ceux qu’une adresse mal tapée a ouverts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = purge_unused(before=timezone.now() - dt.timedelta(days=DAYS))
        self.stdout.write(f"Comptes effacés : {count}.")
