"""``accroche send_mails``: the mails that wait, where no worker runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.commun.delivery import deliver, hold_back, send_doubtful_again, state
from accroche.lib.texte import pluriel


class Command(Commande):
    help = "Envoie les courriels en attente ; le site et « accroche work » le font d’eux-mêmes."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--hold",
            action="store_true",
            help="n’envoie rien : retient ce qui attend, comme douteux, après une restauration",
        )
        choice.add_argument(
            "--doubtful",
            action="store_true",
            help="renvoie aussi ceux dont nul ne sait s’ils sont partis : certains arriveront deux fois",
        )

    def handle(self, *_args: Any, doubtful: bool, hold: bool, **_options: Any) -> None:
        if hold:
            self.stdout.write(f"Retenus : {hold_back(timezone.now())}. Les renvoyer : --doubtful.")
            return
        if not settings.MAIL_ENABLED:
            raise CommandError("Aucun serveur de courrier : donnez ACCROCHE_MAIL_URL.")
        if doubtful:
            again = send_doubtful_again(timezone.now())
            self.stdout.write(f"Remis dans la file : {again}.")
        done = deliver(timezone.now)
        left = state(timezone.now())
        self.stdout.write(
            f"Envoyés : {done.sent}. En échec : {done.failed}. Abandonnés : {left.given_up}. "
            f"Douteux : {left.doubtful}. En attente : {left.waiting}."
        )
        if left.outage:
            raise CommandError(f"Le serveur de courrier ne répond pas : {left.outage.error}")
        if done.failed or done.doubtful:
            words = pluriel(
                done.failed + done.doubtful, "message n’est pas parti", "messages ne sont pas partis"
            )
            raise CommandError(f"{done.failed + done.doubtful} {words} : ceux refusés seront retentés.")
