"""``accroche suggest_axes 2015-2016 [--format json]``: the axes the rules propose to each académie."""

from __future__ import annotations

import json
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser

from accroche.campagne.models import Edition
from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.campagne.regles import AXE_LABELS
from accroche.commun.commande import Commande, edition_argument
from accroche.evaluation.axes import Suggestion
from accroche.evaluation.queries.axes import suggestions_of_edition

TEXT, JSON = "texte", "json"
FORMATS: Final = (TEXT, JSON)


class Command(Commande):
    help = (
        "Propose à chaque académie des axes de travail, d’après les faits de sa semaine. En JSON : le nom de "
        "chaque académie et les codes des axes proposés ; ceux « à envisager » n’y sont pas."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")
        parser.add_argument("--format", choices=FORMATS, default=TEXT, help="texte (par défaut) ou json")

    def handle(self, *_args: Any, edition: str, format: str, **_options: Any) -> None:  # noqa: A002
        try:
            found = get_edition(edition)
        except UnknownEditionError as error:
            raise CommandError(str(error)) from error
        named = _by_academie(found)
        if format == JSON:
            codes = {name: [one.axe.value for one in told if one.counted] for name, told in named.items()}
            self.stdout.write(json.dumps(codes, ensure_ascii=False, indent=2))
            return
        labels = AXE_LABELS | dict(found.axes.values_list("code", "label"))
        for name, told in named.items():
            self.stdout.write(name)
            for one in told:
                aside = "" if one.counted else " (à envisager)"
                self.stdout.write(f"  {labels[one.axe]}{aside}")
                self.stdout.write(f"    {one.reason}")
                self.stdout.write(f"    {' · '.join(proof.text for proof in one.evidence)}")
            if not told:
                self.stdout.write("  Aucun axe proposé : les faits manquent, ou rien ne manque.")


def _by_academie(edition: Edition) -> dict[str, tuple[Suggestion, ...]]:
    """The suggestions by the name of the académie, in the order of the edition's documents."""
    found = suggestions_of_edition(edition)
    semaines = edition.semaines.select_related("academie")
    return {semaine.academie.name: found[semaine.pk] for semaine in semaines}
