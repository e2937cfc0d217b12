"""``accroche evaluate_axes 2015-2016``: what the rules are worth against the axes the académies kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande, edition_argument
from accroche.evaluation.axes_mesure import lignes, measure
from accroche.evaluation.axes_regles import reglement_of
from accroche.evaluation.queries.axes import kept_axes
from accroche.evaluation.queries.faits import facts_of_edition


class Command(Commande):
    help = (
        "Compare les axes que les règles proposent à ceux que les académies ont retenus : sur elles-mêmes, "
        "chacune mise de côté, et sur des axes mélangés."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        try:
            found = get_edition(edition)
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        kept, facts = kept_axes(found), facts_of_edition(found)
        rows = [(facts[number], axes) for number, axes in kept.items() if facts[number].has_data]
        if not rows:
            raise CommandError(f"Aucune académie n’a retenu d’axe dans l’édition {edition}.")
        self.stdout.write("\n".join(lignes(measure(reglement_of(edition), rows))))
