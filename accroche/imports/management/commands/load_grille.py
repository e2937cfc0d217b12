"""``accroche load_grille 2015-2016``, or the file of a version of the grid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.operations.grille import Chargement
from accroche.commun.commande import Commande
from accroche.imports.operations.grille import LoadError, write_grille
from accroche.imports.pack import PACKS
from accroche.imports.pack_grille import FILE, read_grille
from accroche.imports.pack_tables import PackError

_DONE = {
    Chargement.CREATED: "est chargée. Le bureau national peut la donner à une édition.",
    Chargement.SAME: "était déjà là : rien n’a changé.",
    Chargement.KEPT: "est déjà là, écrite autrement : elle reste telle qu’elle est en base.",
}


class Command(Commande):
    help = (
        "Charge une version de la grille d’auto-évaluation : celle d’une édition fournie, ou un fichier. "
        "Une version déjà en base n’est jamais changée."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        known = ", ".join(sorted(path.parent.name for path in PACKS.glob(f"*/{FILE}")))
        parser.add_argument("grille", help=f"année scolaire (fournies : {known}) ou fichier TOML")

    def handle(self, *_args: Any, grille: str, **_options: Any) -> None:
        path = Path(grille) if Path(grille).suffix.lower() == ".toml" else PACKS / grille / FILE
        if not path.is_file():
            raise CommandError(f"Aucune grille « {grille} » : donnez une édition fournie ou un fichier TOML.")
        try:
            told = read_grille(path)
            done = write_grille(told, at=timezone.now())
        except (PackError, LoadError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"La grille « {told.grille.name} » {_DONE[done]}")
