"""``accroche publish_edition 2014-2015``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande
from accroche.lib.texte import pluriel
from accroche.relecture.operations.edition import publish_edition


class Command(Commande):
    help = (
        "Rend publique une édition importée, avec ses actions en attente ; liste celles qu’une donnée privée "
        "ou une date retient."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="année scolaire, par exemple 2014-2015")

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        try:
            moved = publish_edition(get_edition(edition), at=timezone.now())
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Édition {edition} publique ; actions publiées : {moved.count}.")
        if moved.held:
            many = len(moved.held)
            verb = pluriel(many, "action n’est pas publiée", "actions ne sont pas publiées")
            those = pluriel(many, "la", "les")
            self.stdout.write(
                f"{many} {verb}. Corrigez-{those}, puis publiez-{those} depuis la file de relecture :"
            )
            for held in moved.held:
                self.stdout.write(f"  {held}")
