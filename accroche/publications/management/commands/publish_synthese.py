"""``accroche publish_synthese 2015-2016 2 [--withdraw --reason …]``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande
from accroche.publications import operations
from accroche.publications.operations.construction import forget_outdated
from accroche.publications.queries import UnknownVersionError, get_version, latest_version
from accroche.publications.queries.atelier import edition_folder


class Command(Commande):
    help = "Publie une version arrêtée de la synthèse, ou la retire en disant pourquoi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="année scolaire, par exemple 2015-2016")
        parser.add_argument(
            "version", type=int, nargs="?", help="numéro de la version (par défaut, la dernière arrêtée)"
        )
        parser.add_argument("--withdraw", action="store_true", help="retire la version au lieu de la publier")
        parser.add_argument("--reason", default="", help="avec --withdraw : pourquoi ; le public le lit")

    def handle(
        self,
        *_args: Any,
        edition: str,
        version: int | None,
        withdraw: bool,
        reason: str,
        **_options: Any,
    ) -> None:
        try:
            found = get_edition(edition)
            chosen = latest_version(found) if version is None else get_version(found, version)
            if chosen is None:
                raise CommandError(
                    f"L’édition {edition} n’a pas de version arrêtée : "
                    f"accroche build_synthese {edition} --freeze"
                )
            if withdraw:
                operations.withdraw(chosen, reason, at=timezone.now())
                told = f"Version {chosen.number} retirée : le public n’y lit plus que votre motif."
            else:
                operations.publish(chosen, at=timezone.now())
                told = f"Version {chosen.number} publiée."
        except (UnknownEditionError, UnknownVersionError, operations.VersionError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(told)
        for number in forget_outdated(found):
            self.stdout.write(
                f"Les fichiers de la version {number} disaient ce qui avait changé depuis une autre "
                "version : reconstruisez-les sur le site, ou par "
                f"accroche build_synthese {edition} --frozen {number} "
                f"--out {edition_folder(found) / str(number)}"
            )
        if not withdraw and found.published_at is None:
            self.stdout.write(
                f"L’édition {edition} n’est pas publique : sa synthèse le sera avec elle "
                f"(accroche publish_edition {edition})."
            )
