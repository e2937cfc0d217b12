"""``accroche diff_edition 2015-2016 FILE``: does a source tell the same facts?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande, edition_argument
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.imports.management.commands.import_rapport import read_report
from accroche.imports.pack import PackError, read_pack
from accroche.lib.texte import pluriel

SOURCES = "« base » (la base de données), « pack » (l’édition fournie) ou le fichier d’une synthèse passée"


class Command(Commande):
    help = (
        f"Compare les faits d’une édition dans deux sources : {SOURCES}. "
        "Code de sortie : 0 si ce sont les mêmes, 1 sinon, 2 en cas d’erreur."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", type=edition_argument, help="par exemple 2015-2016")
        parser.add_argument("right", metavar="SOURCE", help=SOURCES)
        parser.add_argument("--with", dest="left", default="base", metavar="SOURCE", help="base par défaut")

    def handle(self, *_args: Any, edition: str, left: str, right: str, **_options: Any) -> None:
        try:
            found = differences(self._dossier(left, edition), self._dossier(right, edition))
        except CommandError as error:
            error.returncode = 2  # as diff does: 1 is an answer
            raise
        for difference in found:
            self.stdout.write(f"{difference.where}, {difference.fact}")
            self.stdout.write(f"  {left} : {difference.left}")
            self.stdout.write(f"  {right} : {difference.right}")
        if found:
            self.stdout.write(f"{len(found)} {pluriel(len(found), 'différence', 'différences')}.")
            sys.exit(1)
        self.stdout.write("Mêmes faits : aucune différence.")

    @staticmethod
    def _dossier(source: str, edition: str) -> EditionDossier:
        try:
            if source == "base":
                return dossier_of(get_edition(edition))
            if source == "pack":
                return read_pack(edition)
        except (UnknownEditionError, PackError) as error:
            raise CommandError(str(error)) from error
        return read_report(Path(source), edition).dossier
