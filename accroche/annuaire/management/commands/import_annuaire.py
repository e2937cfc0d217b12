"""``accroche import_annuaire FILE``: the official directory of schools."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.annuaire.fermetures import NAMED, DoubtfulClosuresError
from accroche.annuaire.lecture import DirectoryFormatError, Problem, Record, read_directory
from accroche.annuaire.listes import ListError
from accroche.annuaire.operations import (
    DirectoryReport,
    RenommageReport,
    load_directory,
    load_reference,
    load_renommages,
)
from accroche.annuaire.operations.directory import Doubtful
from accroche.annuaire.renommages import FIRST_YEAR, is_renommages, names_of, read_renommages
from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, shortened, write_file
from accroche.lib.tableur.cellules import neutral

_WAYS_ON = (
    "Rien n’a été écrit. Ajoutez --doubtful keep pour les laisser ouverts et fermer le reste, ou "
    "--doubtful close pour les fermer aussi."
)


class Command(Commande):
    help = (
        "Charge l’annuaire officiel des établissements (fr-en-annuaire-education, "
        "fr-en-adresse-et-geolocalisation), ou d’anciens noms. "
        "Relancée, ne double rien et garde l’historique."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="fichier CSV de l’annuaire, en UTF-8, ou de renommages : uai, ancien_nom, annee, successeur",
        )
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
        parser.add_argument(
            "--anciens-noms",
            type=int,
            metavar="ANNÉE",
            help="le fichier est l’annuaire de cette année-là : n’en garde que les noms d’alors, "
            "par lesquels les établissements renommés depuis restent reconnus",
        )
        parser.add_argument("--report", type=Path, help="fichier CSV où écrire les points à vérifier")

    def handle(self, *_args: Any, file: Path, report: Path | None, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} ne se lit pas ({error.strerror}).") from error
        load_reference()
        found = self._former_names(content, file, options["anciens_noms"]) or self._directory(
            content, file, options
        )
        lines = [f"Ligne {p.line}, {p.uai} : {p.message}" for p in found.problems]
        for line in shortened(lines):
            self.stdout.write(line)
        if report:
            text = io.StringIO()
            rows = csv.writer(text, delimiter=";")
            rows.writerow(("ligne", "uai", "message"))
            rows.writerows((p.line, neutral(p.uai), p.message) for p in found.problems)
            write_file(report, text.getvalue())
        if isinstance(found, DirectoryReport) and found.untold:
            some = ", ".join(found.untold[:NAMED])
            more = f"… ({len(found.untold)} en tout)" if len(found.untold) > NAMED else "."
            self.stdout.write(f"Départements que le fichier ne cite pas, laissés tels quels : {some}{more}")
        self.stdout.write(found.summary)

    def _former_names(self, content: bytes, file: Path, year: int | None) -> RenommageReport | None:
        """Take the names of a file of renamings, or of a directory of another year; None: it is neither."""
        now = timezone.now()
        if is_renommages(content):
            try:
                read, problems = read_renommages(content, now.date())
            except ListError as error:
                raise CommandError(f"{file} : {error}") from error
            return load_renommages(read, problems, at=now)
        if year is None:
            return None
        if not FIRST_YEAR <= year <= now.year:
            raise CommandError(f"--anciens-noms {year} : donnez l’année du fichier, par exemple 2016.")
        records, problems = _read(content, file)
        return load_renommages(names_of(records, year), problems, at=now, whole_directory=True)

    def _directory(self, content: bytes, file: Path, options: dict[str, Any]) -> DirectoryReport:
        records, problems = _read(content, file)
        with progress("Annuaire") as step:
            try:
                return load_directory(
                    records,
                    problems,
                    at=timezone.now(),
                    complete=options["complete"],
                    doubtful=Doubtful(options["doubtful"] or Doubtful.REFUSE),
                    progress=step,
                )
            except DoubtfulClosuresError as error:
                raise CommandError(f"{error}\n{_WAYS_ON}") from error


def _read(content: bytes, file: Path) -> tuple[list[Record], list[Problem]]:
    try:
        return read_directory(io.StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} n’est pas en UTF-8 : reprenez le fichier d’origine.") from error
    except DirectoryFormatError as error:
        raise CommandError(str(error)) from error
