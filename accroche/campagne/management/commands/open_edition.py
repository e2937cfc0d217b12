"""``accroche open_edition 2026-2027``: schools may declare."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.annuaire.operations import load_reference
from accroche.campagne.operations import ReportedEditionError, open_edition
from accroche.commun.commande import Commande, day_argument, edition_argument
from accroche.comptes.permissions import OPERATOR
from accroche.lib.dates import DateError, format_window, school_year


class Command(Commande):
    help = (
        "Ouvre une édition aux déclarations, avec une semaine en préparation par académie. "
        "Relancée, change seulement les dates de déclaration."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2026-2027")
        parser.add_argument("--opens", type=day_argument, help="premier jour, sinon celui de la rentrée")
        parser.add_argument("--closes", type=day_argument, help="dernier jour, sinon celui des cours")

    def handle(
        self, *_args: Any, edition: str, opens: dt.date | None, closes: dt.date | None, **_options: Any
    ) -> None:
        first, last = school_year(edition)
        load_reference()
        try:
            found, created = open_edition(
                edition, opens=opens or first, closes=closes or last, access=OPERATOR, at=timezone.now()
            )
        except (DateError, ReportedEditionError) as error:
            raise CommandError(str(error)) from error
        days = format_window((opens or first, closes or last))
        self.stdout.write(
            f"Édition {found} {'ouverte' if created else 'déjà ouverte'} : déclarations {days}, "
            f"{found.semaines.count()} académies."
        )
