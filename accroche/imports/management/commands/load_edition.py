"""``accroche load_edition 2015-2016``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, shortened
from accroche.imports.operations import LoadError, load_dossier
from accroche.imports.pack import PackError, available_packs, read_pack


class Command(Commande):
    help = "Charge une édition fournie avec Accroche ; relancée, ne double rien et garde vos modifications."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help=f"année scolaire ; fournies : {', '.join(available_packs())}")

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        try:
            dossier = read_pack(edition)
            with progress(f"Édition {edition}") as step:
                report = load_dossier(dossier, origin="pack", publish_at=timezone.now(), progress=step)
        except (PackError, LoadError) as error:
            raise CommandError(str(error)) from error
        for line in shortened([f"Gardé tel qu’il est en base — {kept}" for kept in report.kept]):
            self.stdout.write(line)
        for held in report.held:
            self.stdout.write(f"À relire avant d’être publique — {held}")
        self.stdout.write(report.summary(edition))
