"""``accroche diff_edition 2015-2016 FILE``: does a source tell the same facts?"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande, edition_argument
from accroche.dossier.comparaison import Difference, differences
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.management.commands.import_rapport import read_report
from accroche.imports.management.commands.load_edition import read_export
from accroche.imports.pack import PackError, read_pack
from accroche.lib.texte import pluriel
from accroche.rapport.portee import Reste, within
from accroche.rapport.reading import Reading

SOURCES = (
    "« base » (la base de données), « pack » (l’édition fournie), le fichier d’une synthèse passée ou celui "
    "d’export_edition (.json)"
)
#: Characters of a telling that are shown, and how many of them come before what differs.
SHOWN: Final = 240
BEFORE: Final = 60


@dataclass(frozen=True, slots=True)
class Telling:
    """What a source tells.

    ``reading``: what was noted while it was read, of a past report. ``of_report``: the database holds what
    was read of one, and what people added.
    """

    dossier: EditionDossier
    reading: Reading | None = None
    of_report: bool = False


def _comparable(ours: Telling, theirs: Telling) -> tuple[EditionDossier, EditionDossier, Reste | None]:
    """Give both without what one of them cannot be asked, and what that leaves out."""
    one, other = ours.dossier, theirs.dossier
    reste = None
    if theirs.reading and not ours.reading:
        one, reste = within(other, one)
    elif ours.reading and not theirs.reading:
        other, reste = within(one, other)
    elif theirs.of_report and not ours.of_report:
        one, reste = within(other, one, completed=True)
    elif ours.of_report and not theirs.of_report:
        other, reste = within(one, other, completed=True)
    return one, other, reste


def shown(difference: Difference) -> tuple[str, str]:
    """Return both tellings, long ones from where they part."""
    left, right = difference.left, difference.right
    if max(len(left), len(right)) <= SHOWN:
        return left, right
    same = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    start = max(0, left.rfind(" ", 0, max(0, same - BEFORE)))
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    cut = text[start : start + SHOWN].strip()
    return f"{'… ' if start else ''}{cut}{' …' if len(text) > start + SHOWN else ''}"


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
        one, other, reste = _comparable(ours, theirs)
        found = differences(one, other, prose=textes)
        if found:
            self._doubts(found, ours, theirs)
        for difference in found:
            self.stdout.write(f"{difference.where}, {difference.fact}")
            for source, told in zip((left, right), shown(difference), strict=True):
                self.stdout.write(f"  {source} : {told}")
        if reste and str(reste):
            self.stdout.write(str(reste))
        if found:
            self.stdout.write(f"{len(found)} {pluriel(len(found), 'différence', 'différences')}.")
            sys.exit(1)
        self.stdout.write("Mêmes faits : aucune différence.")

    def _doubts(self, found: Iterable[Difference], *tellings: Telling) -> None:
        """Say what was doubted, and read in prose, of the sheets that differ and of the whole report."""
        places = {difference.where.partition(",")[0] for difference in found} | {""}
        for telling in tellings:
            reading = telling.reading
            told = (*reading.problems, *reading.understood, *reading.leftovers) if reading else ()
            for problem in told:
                if problem.academie in places:
                    self.stdout.write(f"{problem}")

    @staticmethod
    def _telling(source: str, edition: str) -> Telling:
        try:
            if source == "base":
                held = get_edition(edition)
                return Telling(dossier_of(held), of_report=held.loaded_from == "rapport")
            if source == "pack":
                return Telling(read_pack(edition))
        except (UnknownEditionError, PackError) as error:
            raise CommandError(str(error)) from error
        path = Path(source)
        if path.suffix.lower() == ".json":
            return Telling(read_export(path)[0])
        reading = read_report(path, edition)
        return Telling(reading.dossier, reading)
