"""``accroche diff_edition 2015-2016 FILE``: does a source tell the same facts?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande, edition_argument
from accroche.dossier.comparaison import Difference, differences
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.management.commands.import_rapport import read_report
from accroche.imports.management.commands.load_edition import read_export
from accroche.imports.pack import PackError, read_pack
from accroche.imports.rapport.portee import within
from accroche.imports.rapport.reading import Reading
from accroche.lib.texte import pluriel

SOURCES = (
    "« base » (la base de données), « pack » (l’édition fournie), le fichier d’une synthèse passée ou celui "
    "d’export_edition (.json)"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a source tells; ``reading``: what was noted while it was read, of a past report."""

    dossier: EditionDossier
    reading: Reading | None = None


class Command(Commande):
    help = (
        f"Compare les faits d’une édition dans deux sources : {SOURCES}. "
        "Code de sortie : 0 si ce sont les mêmes, 1 sinon, 2 en cas d’erreur."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")
        parser.add_argument("right", metavar="SOURCE", help=SOURCES)
        parser.add_argument("--with", dest="left", default="base", metavar="SOURCE", help="base par défaut")
        parser.add_argument(
            "--textes", action="store_true", help="compare aussi les mots des récits et des descriptions"
        )

    def handle(self, *_args: Any, edition: str, left: str, right: str, textes: bool, **_options: Any) -> None:
        try:
            ours, theirs = self._telling(left, edition), self._telling(right, edition)
        except CommandError as error:
            error.returncode = 2  # as diff does: 1 is an answer
            raise
        one, other, reste = ours.dossier, theirs.dossier, None
        if theirs.reading and not ours.reading:
            one, reste = within(other, one)
        elif ours.reading and not theirs.reading:
            other, reste = within(one, other)
        found = differences(one, other, prose=textes)
        if found:
            self._doubts(found, ours, theirs)
        for difference in found:
            self.stdout.write(f"{difference.where}, {difference.fact}")
            self.stdout.write(f"  {left} : {difference.left}")
            self.stdout.write(f"  {right} : {difference.right}")
        if reste and str(reste):
            self.stdout.write(str(reste))
        if found:
            self.stdout.write(f"{len(found)} {pluriel(len(found), 'différence', 'différences')}.")
            sys.exit(1)
        self.stdout.write("Mêmes faits : aucune différence.")

    def _doubts(self, found: Iterable[Difference], *tellings: Telling) -> None:
        """Say what the reader doubted of the sheets that differ, and of the whole report."""
        places = {difference.where.partition(",")[0] for difference in found} | {""}
        for telling in tellings:
            reading = telling.reading
            for problem in (*reading.problems, *reading.leftovers) if reading else ():
                if problem.academie in places:
                    self.stdout.write(f"{problem}")

    @staticmethod
    def _telling(source: str, edition: str) -> Telling:
        try:
            if source == "base":
                return Telling(dossier_of(get_edition(edition)))
            if source == "pack":
                return Telling(read_pack(edition))
        except (UnknownEditionError, PackError) as error:
            raise CommandError(str(error)) from error
        path = Path(source)
        if path.suffix.lower() == ".json":
            return Telling(read_export(path)[0])
        reading = read_report(path, edition)
        return Telling(reading.dossier, reading)
