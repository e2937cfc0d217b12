"""``accroche import_annuaire FILE``: the official directory of schools."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.annuaire.fermetures import DoubtfulClosuresError
from accroche.annuaire.lecture import DirectoryFormatError, read_directory
from accroche.annuaire.operations import load_directory, load_reference
from accroche.annuaire.operations.directory import Doubtful
from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, shortened, write_file

_WAYS_ON = (
    "Rien n’a été écrit. Ajoutez --doubtful keep pour les laisser ouverts et fermer le reste, ou "
    "--doubtful close pour les fermer aussi."
)


class Command(Commande):
    help = (
        "Charge l’annuaire officiel des établissements (fr-en-annuaire-education, "
        "fr-en-adresse-et-geolocalisation). Relancée, ne double rien et garde l’historique."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="fichier CSV de l’annuaire, en UTF-8")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="le fichier est complet pour ses départements : ferme les établissements qui n’y sont plus",
        )
        parser.add_argument(
            "--doubtful",
            choices=[Doubtful.KEEP.value, Doubtful.CLOSE.value],
            help="avec --complete, ce qui arrive aux genres que le fichier ne contient pas : "
            "keep les laisse ouverts, close les ferme ; sans cette option, la commande s’arrête et les nomme",
        )
        parser.add_argument("--report", type=Path, help="fichier CSV où écrire les points à vérifier")

    def handle(self, *_args: Any, file: Path, complete: bool, report: Path | None, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                records, problems = read_directory(opened)
        except OSError as error:
            raise CommandError(f"{file} ne se lit pas ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} n’est pas en UTF-8 : reprenez le fichier d’origine.") from error
        except DirectoryFormatError as error:
            raise CommandError(str(error)) from error
        load_reference()
        doubtful = Doubtful(options["doubtful"] or Doubtful.REFUSE)
        with progress("Annuaire") as step:
            try:
                found = load_directory(
                    records,
                    problems,
                    at=timezone.now(),
                    complete=complete,
                    doubtful=doubtful,
                    progress=step,
                )
            except DoubtfulClosuresError as error:
                raise CommandError(f"{error}\n{_WAYS_ON}") from error
        lines = [f"Ligne {p.line}, {p.uai} : {p.message}" for p in found.problems]
        for line in shortened(lines):
            self.stdout.write(line)
        if report:
            text = io.StringIO()
            rows = csv.writer(text, delimiter=";")
            rows.writerow(("ligne", "uai", "message"))
            rows.writerows((p.line, p.uai, p.message) for p in found.problems)
            write_file(report, text.getvalue())
        if found.untold:
            self.stdout.write(
                f"Départements que le fichier ne cite pas, laissés tels quels : {', '.join(found.untold)}."
            )
        self.stdout.write(found.summary)
