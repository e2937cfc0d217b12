"""``accroche send_mails``: the mails that could not leave at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.commun.mail import RETRIES, deliver
from accroche.commun.models import Message


class Command(Commande):
    help = "Envoie les courriels en attente ; à lancer toutes les cinq minutes."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.MAIL_ENABLED:
            raise CommandError("Aucun serveur de courrier : donnez ACCROCHE_MAIL_URL.")
        sent, failed = deliver(timezone.now())
        given_up = Message.objects.filter(sent_at=None, attempts__gt=len(RETRIES)).count()
        self.stdout.write(f"Envoyés : {sent}. En échec : {failed}. Abandonnés : {given_up}.")
        if failed:
            raise CommandError("Le serveur de courrier a refusé des messages : ils seront retentés.")
