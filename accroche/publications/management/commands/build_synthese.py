"""``accroche build_synthese 2015-2016 --out DIR``: the short name of ``build_document synthese``."""

from __future__ import annotations

from django.core.management.base import CommandParser

from accroche.publications.documents.kinds import SYNTHESE
from accroche.publications.management.commands import build_document


class Command(build_document.Command):
    help = "Construit la synthèse nationale d’une édition, en PDF, DOCX, HTML et données ouvertes."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_arguments_of_a_kind(parser)
        parser.set_defaults(kind=SYNTHESE.name, academie=None)
