"""``accroche load_edition 2015-2016``, or the file of ``accroche export_edition``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, shortened
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.edition_json import Declaration, read_edition_json
from accroche.dossier.edition_json_regles import EditionJsonError
from accroche.imports.operations import LoadError, LoadReport, load_dossier
from accroche.imports.operations.grille import write_grille
from accroche.imports.pack import PACKS, PackError, available_packs, read_pack
from accroche.imports.pack_grille import FILE, read_grille


class Command(Commande):
    help = (
        "Charge une édition fournie avec Accroche, ou le fichier écrit par export_edition ; relancée, ne "
        "double rien et garde vos modifications. Une édition fournie est publique aussitôt ; celle d’un "
        "fichier attend."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "edition",
            help=f"année scolaire (fournies : {', '.join(available_packs())}) ou fichier JSON",
        )

    def handle(self, *_args: Any, edition: str, **_options: Any) -> None:
        path = Path(edition)
        if path.suffix.lower() == ".json":
            dossier, declaration = read_export(path)
            report = self._load(dossier, origin="json", declaration=declaration)
            year = dossier.edition
        else:
            try:
                pack, year = read_pack(edition), edition
                if (file := PACKS / edition / FILE).is_file():  # with the version its criteria come from
                    write_grille(read_grille(file), at=timezone.now())
            except (PackError, LoadError) as error:
                raise CommandError(str(error)) from error
            report = self._load(pack, origin="pack", publish_at=timezone.now())
        for line in shortened([f"Gardé tel qu’il est en base — {kept}" for kept in report.kept]):
            self.stdout.write(line)
        for name, doubt in report.doubts.items():
            self.stdout.write(f"{name} : {doubt}")
        for held in report.held:
            self.stdout.write(f"À relire avant d’être publique — {held}")
        self.stdout.write(report.summary(year))
        if path.suffix.lower() == ".json":
            self.stdout.write(report.next_step(year))

    def _load(
        self,
        dossier: EditionDossier,
        *,
        origin: str,
        publish_at: dt.datetime | None = None,
        declaration: Declaration | None = None,
    ) -> LoadReport:
        try:
            with progress(f"Édition {dossier.edition}") as step:
                return load_dossier(
                    dossier, origin=origin, publish_at=publish_at, declaration=declaration, progress=step
                )
        except LoadError as error:
            raise CommandError(str(error)) from error


def read_export(path: Path) -> tuple[EditionDossier, Declaration | None]:
    """Read the file of ``export_edition``. Raises ``CommandError`` with what is wrong in it."""
    try:
        return read_edition_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Le fichier {path} ne se lit pas ({error}).") from error
    except EditionJsonError as error:
        raise CommandError(f"{path} : {error}") from error
