"""``accroche ask_contacts``: « avez-vous pu vous parler ? » to the pairs whose time has come."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.pilotage.operations.binome import ask_contacts


class Command(Commande):
    help = "Demande aux binômes de tutorat en cours s’ils ont pu se parler, toutes les quatre semaines."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"Binômes interrogés : {ask_contacts(at=timezone.now())}.")
