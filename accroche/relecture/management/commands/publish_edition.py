"""``accroche publish_edition 2014-2015``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande
from accroche.relecture.operations.edition import publish_edition


class Command(Commande):
    help = "Rend publique une édition importée, avec ses actions en attente."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="année scolaire, par exemple 2014-2015")

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        try:
            published = publish_edition(get_edition(edition), at=timezone.now())
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Édition {edition} publique ; actions publiées : {published}.")
