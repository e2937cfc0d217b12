"""``accroche send_reminders``: one digest a person at most once a week, and the deadlines of grids."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.evaluation.operations.evaluation_relances import send_grid_reminders
from accroche.relecture.operations.rappels import send_reminders
from accroche.relecture.rappels import WAIT_DAYS


class Command(Commande):
    help = (
        "Écrit les rappels dus : fiches à relire, à compléter, brouillons oubliés, académies sans "
        "modérateur, grilles d’auto-évaluation dont l’échéance approche ou est passée."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--after",
            type=int,
            default=WAIT_DAYS,
            metavar="JOURS",
            help=f"jours d’attente avant un rappel ({WAIT_DAYS} sans cette option)",
        )
        parser.add_argument("--dry-run", action="store_true", help="dit qui recevrait quoi, sans rien écrire")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["after"] < 1:
            raise CommandError("--after : donnez un nombre de jours, 1 ou plus.")
        at, dry_run = timezone.now(), options["dry_run"]
        told = send_reminders(at=at, wait_days=options["after"], dry_run=dry_run)
        for rappel in told:
            self.stdout.write(f"{rappel.to} : {rappel.subject}")
        grilles = send_grid_reminders(at=at, dry_run=dry_run)
        for sent in grilles:
            self.stdout.write(f"{', '.join(sent.to)} : {sent.semaine}, grille ({sent.kind.label.lower()})")
        verb = "à écrire" if dry_run else "écrits"
        self.stdout.write(f"Rappels {verb} : {len(told) + len(grilles)}.")
