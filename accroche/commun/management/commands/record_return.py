"""``accroche record_return < notice``: a mail that came back marks its address, so that people see it."""

from __future__ import annotations

import sys
from typing import Any, Final

from django.core.management.base import CommandError
from django.utils import timezone

from accroche.commun import courriers
from accroche.commun.commande import Commande
from accroche.integrations.courriel import AvisError
from accroche.integrations.courriel.avis import LONGEST

#: What a mail server reads as « not for this program »: it tells the sender so.
NOT_A_NOTICE: Final = 65


class Command(Commande):
    help = "Lit sur l’entrée un avis de non-remise (RFC 3464) et marque le courriel revenu."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            found = courriers.record_return(sys.stdin.buffer.read(LONGEST), timezone.now())
        except AvisError as error:
            raise CommandError(str(error), returncode=NOT_A_NOTICE) from error
        self.stdout.write(f"Courriels marqués comme revenus : {len(found)}.")
