"""``accroche ask_contacts``: « avez-vous pu vous parler ? » to the pairs whose time has come."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.tutorat.operations.binome import ask_contacts, recall_proposals


class Command(Commande):
    help = (
        "Demande aux binômes de tutorat en cours s’ils ont pu se parler, toutes les quatre "
        "semaines, et rappelle une fois les propositions qui attendent depuis deux semaines."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Binômes interrogés : {ask_contacts(at=now)}.")
        self.stdout.write(f"Propositions rappelées : {recall_proposals(at=now)} courriels.")
