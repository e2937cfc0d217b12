"""``accroche build_document KIND 2015-2016 --out DIR [--formats pdf,docx,html,data] [--freeze --name …]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.campagne.models import Edition
from accroche.campagne.queries import UnknownEditionError, get_edition
from accroche.commun.commande import Commande
from accroche.commun.revision import raise_revision
from accroche.commun.terminal import progress, shortened, writable_folder
from accroche.dossier.queries.comptage import public_dossier
from accroche.integrations.typst import lost
from accroche.lib.adresses import is_public
from accroche.lib.texte import pluriel, slug
from accroche.publications import operations
from accroche.publications.documents.kinds import KINDS, Kind, Reads
from accroche.publications.fichiers import poids
from accroche.publications.lettres import pertes
from accroche.publications.outline import Document
from accroche.publications.queries import (
    UnknownVersionError,
    academie_document,
    changes_since,
    frozen_document,
    get_version,
    latest_version,
    waiting_actions,
    working_document,
)
from accroche.publications.renderers import FORMATS


class Command(Commande):
    help = "Construit un document d’une édition, en PDF, DOCX, HTML et données."

    def add_arguments(self, parser: CommandParser) -> None:
        # that of a sheet is drawn where the sheet is read
        built = {name: kind for name, kind in KINDS.items() if kind.reads is not Reads.FICHE}
        kinds = ", ".join(f"{name} ({kind.label.lower()})" for name, kind in built.items())
        parser.add_argument("kind", metavar="document", choices=built, help=f"parmi {kinds}")
        parser.add_argument("--academie", help="pour un document d’une académie, par exemple dijon")
        self.add_arguments_of_a_kind(parser)

    def add_arguments_of_a_kind(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="année scolaire, par exemple 2015-2016")
        parser.add_argument("--out", required=True, type=Path, help="dossier où écrire les fichiers")
        parser.add_argument(
            "--formats",
            help=f"formats, parmi {','.join(FORMATS)} (par défaut tous ceux du document)",
        )
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--freeze", action="store_true", help="arrête d’abord une version, puis la construit"
        )
        which.add_argument("--frozen", type=int, metavar="N", help="construit la version arrêtée N")
        parser.add_argument(
            "--name", default="", help="avec --freeze : comment le bureau nomme la version, pour lui seul"
        )

    def handle(
        self,
        *_args: Any,
        kind: str,
        edition: str,
        out: Path,
        formats: str | None,
        academie: str | None,
        freeze: bool,
        frozen: int | None,
        name: str,
        **_options: Any,
    ) -> None:
        wanted = KINDS[kind]
        if name and not freeze:
            raise CommandError("--name nomme la version que --freeze arrête : ajoutez --freeze.")
        chosen = self._formats(wanted, formats)
        try:
            found = get_edition(edition)
            writable_folder(out)  # before a version is settled for files that nobody could write
            if wanted.reads is Reads.ACADEMIE:
                if freeze or frozen is not None:
                    raise CommandError(
                        f"{wanted.label} suit l’édition jour après jour : rien n’en est arrêté."
                    )
                document = self._of_academie(wanted, found, academie)
            elif academie:
                raise CommandError(f"{wanted.label} réunit toutes les académies : retirez --academie.")
            else:
                document = self._document(wanted, found, freeze=freeze, frozen=frozen, name=name)
        except (UnknownEditionError, UnknownVersionError, operations.VersionError) as error:
            raise CommandError(str(error)) from error
        try:
            with progress(f"{wanted.label} {edition}") as step:
                files = operations.write_files(wanted, document, out, chosen, step)
        except OSError as error:
            raise CommandError(f"Écriture impossible dans {out} : {error.strerror}.") from error
        finally:
            # no row tells that the page which offers these files is another from now on
            raise_revision()
        self._tell(files, document, chosen)
        if wanted.reads is Reads.EDITION and (waiting := waiting_actions(found)):
            those = pluriel(
                waiting,
                "action attend la modération et n’y figure",
                "actions attendent la modération et n’y figurent",
            )
            self.stdout.write(f"{waiting} {those} pas. Pour les publier : accroche publish_edition {edition}")

    def _tell(self, files: list[operations.BuiltFile], document: Document, chosen: list[str]) -> None:
        """Say what was written, and what could not be."""
        if not is_public(settings.SITE_URL):
            self.stderr.write(
                f"ACCROCHE_SITE_URL est {settings.SITE_URL} : cette adresse ne mène personne ici, aucun "
                "fichier ne la porte. Écrivez-y l’adresse publique du site, puis reconstruisez."
            )
        for file in files:
            self.stdout.write(f"{file.path} ({poids(file.size)})")
        if "pdf" in chosen and (told := pertes(document, lost)):
            self.stdout.write("Caractères que le PDF imprime « ? », faute de police (docs/exploitation.md) :")
            for line in shortened([str(perte) for perte in told]):
                self.stdout.write(f"  {line}")

    @staticmethod
    def _of_academie(kind: Kind, edition: Edition, academie: str | None) -> Document:
        if not academie:
            raise CommandError(f"{kind.label} est celle d’une académie : ajoutez --academie dijon.")
        semaine = edition.semaines.select_related("academie", "edition").filter(academie__slug=slug(academie))
        if (found := semaine.first()) is None:
            raise CommandError(f"L’académie « {academie} » n’a pas de semaine dans l’édition {edition}.")
        return academie_document(kind, found, day=timezone.localdate())

    def _document(
        self, kind: Kind, edition: Edition, *, freeze: bool, frozen: int | None, name: str
    ) -> Document:
        if frozen is not None:
            return frozen_document(get_version(edition, frozen), kind)
        latest = latest_version(edition)
        if latest:
            changes = changes_since(latest, public_dossier(edition))
            self.stdout.write(f"Différences avec la version {latest.number} : {len(changes) or 'aucune'}.")
            told = [f"{c.where}, {c.fact} : {c.left} → {c.right}" for c in changes]
            for line in shortened(told):
                self.stdout.write(f"  {line}")
        if freeze:
            version = operations.freeze(edition, at=timezone.now(), name=name)
            if version.published_at is None:
                self.stdout.write(
                    f"Version {version.number} arrêtée, que le bureau seul peut lire. Pour la publier : "
                    f"accroche publish_synthese {edition.year} {version.number}"
                )
            return frozen_document(version, kind)
        return working_document(edition, kind)

    @staticmethod
    def _formats(kind: Kind, text: str | None) -> list[str]:
        possible = list(kind.formats or FORMATS)
        if text is None:
            return possible
        wanted = [name.strip() for name in text.split(",") if name.strip()]
        if not wanted or (unknown := [name for name in wanted if name not in possible]):
            given = ", ".join(unknown) if wanted else "aucun"
            raise CommandError(f"Format inconnu : {given}. Formats possibles : {', '.join(possible)}.")
        return list(dict.fromkeys(wanted))
