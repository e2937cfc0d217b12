"""``accroche import_rapport FILE --edition 2015-2016``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.commun.commande import Commande, edition_argument
from accroche.commun.terminal import progress, shortened
from accroche.imports.operations import LoadError, load_dossier
from accroche.imports.operations.edition.academies import UnknownAcademiesError
from accroche.lib.dates import DateError
from accroche.lib.texte import pluriel
from accroche.rapport.problems import ReadingError
from accroche.rapport.reading import Reading, read
from accroche.rapport.source import SourceError, read_text


def read_report(path: Path, edition: str) -> Reading:
    """Read a past report with progress. Raises ``CommandError`` with what to do about it."""
    try:
        with progress("Lecture") as step:
            content = read_text(path, progress=step)
        with progress("Analyse") as step:
            return read(content, edition, progress=step)
    except (SourceError, ReadingError, DateError) as error:
        raise CommandError(str(error)) from error


def _where(reading: Reading, text: str) -> str:
    """Say which sheet holds the text that stopped an import, and what to do; nothing when none did."""
    if not text:
        return ""
    name = next((one.academie for one in reading.dossier.semaines if _holds(asdict(one), text)), "")
    place = f" Il est dans la fiche de {name}, qui commence ligne {reading.headings[name]}." if name else ""
    return (
        f"{place} Un autre texte y est sans doute mêlé : dans le fichier, séparez-les par une ligne vide, ou "
        "raccourcissez celui-ci, et recommencez. Rien n’est écrit."
    )


def _holds(value: object, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, text) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_holds(one, text) for one in value)
    return value == text


class Command(Commande):
    help = (
        "Lit une synthèse nationale passée (texte ou PDF) et l’enregistre. Rien n’est publié : les actions "
        "attendent la modération. En cas d’échec, rien n’est écrit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="texte de la synthèse, ou PDF avec sa couche de texte")
        parser.add_argument("--edition", required=True, type=edition_argument, help="par exemple 2015-2016")
        parser.add_argument(
            "--dry-run", action="store_true", help="fait tout, en rend compte, et n’en garde rien"
        )

    def handle(self, *_args: Any, file: Path, edition: str, dry_run: bool, **_options: Any) -> None:
        reading = read_report(file, edition)
        for problem in reading.problems:
            self.stdout.write(f"{problem}")
        for convention in reading.conventions:
            self.stdout.write(convention)
        headings = reading.headings
        semaines = reading.dossier.semaines
        actions = sum(len(semaine.actions) for semaine in semaines)
        self.stdout.write(
            f"Lu : {len(semaines)} {pluriel(len(semaines), 'académie', 'académies')}, "
            f"{actions} {pluriel(actions, 'action', 'actions')} ; "
            f"{len(reading.problems)} {pluriel(len(reading.problems), 'point', 'points')} à vérifier."
        )
        for understood in reading.understood:
            self.stdout.write(f"{understood}")
        if reading.leftovers:
            count = len(reading.leftovers)
            told = pluriel(
                count, "passage n’est repris comme aucun fait", "passages ne sont repris comme aucun fait"
            )
            self.stdout.write(f"{count} {told} :")
            for leftover in reading.leftovers:
                self.stdout.write(f"{leftover}")
        try:
            with progress("Enregistrement") as step:
                report = load_dossier(reading.dossier, origin="rapport", rehearsal=dry_run, progress=step)
        except UnknownAcademiesError as error:
            lines = [f"« {name} », ligne {headings[name]}" for name in error.names if name in headings]
            raise CommandError(f"{error} {' ; '.join(lines)}".rstrip()) from error
        except LoadError as error:
            raise CommandError(f"{error}{_where(reading, error.text)}") from error
        for name, doubt in report.doubts.items():
            where = f"Ligne {headings[name]} ({name})" if name in headings else f"« {name} »"
            self.stdout.write(f"{where} : {doubt}")
        for line in shortened([f"Gardé tel qu’il est en base — {kept}" for kept in report.kept]):
            self.stdout.write(line)
        self.stdout.write(report.summary(edition))
        self.stdout.write("Essai : rien n’a été écrit." if dry_run else report.next_step(edition))
