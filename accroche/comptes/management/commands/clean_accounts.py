"""``accroche clean_accounts``: forget the addresses nobody ever signed in with."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.comptes.operations import UNUSED, purge_unused


class Command(Commande):
    help = (
        f"Efface les comptes jamais utilisés depuis {UNUSED.days} jours, ceux qu’une adresse mal tapée a "
        "ouverts. « accroche nightly » le fait aussi."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Comptes effacés : {purge_unused(timezone.now())}.")
