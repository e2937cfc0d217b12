"""``accroche propose_tutorats 2015-2016 [--format json]``: who would accompany whom, and why."""

from __future__ import annotations

import json
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande, edition_argument
from accroche.tutorat.appariement import AppariementError, Cout
from accroche.tutorat.presentation.tutorat import paires_dites
from accroche.tutorat.proposition import BinomePropose
from accroche.tutorat.queries.tutorat import PropositionLue, proposition_of

TEXT, JSON = "texte", "json"
FORMATS: Final = (TEXT, JSON)
#: Digits of a cost: enough to tell two apart.
DIGITS: Final = 4


class Command(Commande):
    help = (
        "Propose les binômes de tutorat d’une édition : qui accompagnerait qui, pourquoi, et le mieux qu’on "
        "aurait sans ce binôme. Rien n’est écrit ni envoyé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")
        parser.add_argument("--format", choices=FORMATS, default=TEXT, help="texte (par défaut) ou json")

    def handle(self, *_args: Any, edition: str, format: str, **_options: Any) -> None:  # noqa: A002
        try:
            lue = proposition_of(get_edition(edition), timezone.now())
        except (UnknownEditionError, AppariementError) as error:
            raise CommandError(str(error)) from error
        if format == JSON:
            told = {lue.academies[one.couple.mentee].name: _data(one, lue) for one in lue.pairs}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for paire in paires_dites(lue):
            motif = lue.situations[paire.mentee.slug].besoins.motif.label
            self.stdout.write(f"{paire.mentee}, par {paire.mentor_name} ({motif})")
            for raison in paire.raisons:
                self.stdout.write(f"  {raison.label} : {raison.need} {paire.mentor_name} : {raison.strength}")
            if paire.unfilled:
                self.stdout.write(f"  Reste sans réponse : {', '.join(paire.unfilled)}")
            self.stdout.write(f"  Coût {paire.cost}" + (f" ; {paire.distance}" if paire.distance else ""))
            self.stdout.write(f"  {paire.alternative}")
        if not lue.pairs:
            self.stdout.write("Personne à accompagner.")


def _data(one: BinomePropose, lue: PropositionLue) -> dict[str, Any]:
    """One pair, as docs/accompagnement.md tells its keys."""

    def name(code: str | None) -> str | None:
        return lue.academies[code].name if code else None

    besoins, other = lue.situations[one.couple.mentee].besoins, one.alternative
    return {
        "motif": besoins.motif.value,
        "mentor": name(one.couple.mentor),
        "cout": _cost(one.couple.cout),
        "besoins": [code.value for code in besoins.weights],
        "comble": [
            {"besoin": part.code.value, "fait": part.need, "preuve": part.strength} for part in one.raisons
        ],
        "kilometres": one.kilometres,
        "heures": one.hours,
        "alternative": {"mentor": name(other.mentor), "surcout": round(other.extra, DIGITS)}
        if other
        else None,
    }


def _cost(cout: Cout) -> dict[str, float]:
    parts = ("total", "besoins", "distance", "heures", "charge")
    return {part: round(getattr(cout, part), DIGITS) for part in parts}
