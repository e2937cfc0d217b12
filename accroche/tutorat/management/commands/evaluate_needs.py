"""``accroche evaluate_needs 2015-2016``: what the components are worth against the edition's own tutoring."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.campagne.regles import TypeTutorat
from accroche.commun.commande import Commande, edition_argument
from accroche.dossier.queries.dossier import edition_dossier
from accroche.tutorat.besoins_mesure import report
from accroche.tutorat.queries.tutorat import situations


class Command(Commande):
    help = (
        "Compare les académies à qui un appui serait proposé avec celles que le rapport de l’édition nomme : "
        "en tête, retrouvées, manquées, et ce que donnerait le hasard."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        try:
            found = get_edition(edition)
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        named: dict[str, list[str]] = {}
        for group in edition_dossier(found).tutorats:
            named.setdefault(group.kind, []).extend(group.academies)
        if not named:
            raise CommandError(f"L’édition {edition} ne nomme aucune académie à accompagner.")
        names = dict(found.semaines.values_list("academie__slug", "academie__name"))
        besoins = {
            names[code]: situation.besoins for code, situation in situations(found, timezone.now()).items()
        }
        first, also = (named.get(kind, []) for kind in (TypeTutorat.PRIORITAIRE, TypeTutorat.POSSIBLE))
        for line in report(besoins, first, also):
            self.stdout.write(line)
