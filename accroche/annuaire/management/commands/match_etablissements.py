"""``accroche match_etablissements FILE.csv --out OUT.csv``: mentions of schools to UAI."""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accroche.annuaire.appariement import Decision, Match
from accroche.annuaire.listes import ListError, MentionList, read_list, written
from accroche.annuaire.models import Etablissement
from accroche.annuaire.queries import Matcher
from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, write_file
from accroche.lib import dates


def moment(text: str) -> dt.date:
    """Read a day (2016-03-14), a year (2016) or an edition (2015-2016): a day of that school year."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text)
    try:
        if found is None:
            return dt.date.fromisoformat(text)
        edition = text if found[2] else f"{int(found[1]) - 1}-{found[1]}"
        return dates.school_year(edition)[1]
    except ValueError as error:
        raise CommandError(
            f"« {text} » n’est ni une édition ni une date : écrivez 2015-2016, 2016 ou 2016-03-14."
        ) from error


class Command(Commande):
    help = (
        "Reconnaît les établissements cités dans un CSV (colonnes academie, mention, commune) : ajoute "
        "uai, score et decision (auto, to_review, none), une ligne par ligne lue, dans le même ordre."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="fichier CSV : academie, mention et, au besoin, commune")
        parser.add_argument("--out", type=Path, required=True, help="fichier CSV à écrire")
        parser.add_argument(
            "--edition",
            default="",
            help="édition (2015-2016), année ou date : l’annuaire tel qu’il était alors",
        )

    def handle(self, *_args: Any, file: Path, out: Path, edition: str, **_options: Any) -> None:
        try:
            listed = read_list(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} ne se lit pas ({error.strerror}).") from error
        except ListError as error:
            raise CommandError(f"{file} : {error}") from error
        if not Etablissement.objects.exists():
            raise CommandError("L’annuaire est vide : chargez-le d’abord avec accroche import_annuaire.")
        # a hundred thousand small objects that all stay: looking for garbage among them costs a third
        gc.disable()
        try:
            found = self._matches(listed, moment(edition) if edition else None)
        finally:
            gc.enable()
        write_file(out, written(listed, found))
        counts = Counter(match.decision for match in found)
        self.stdout.write(
            f"{len(found)} mentions : {counts[Decision.AUTO]} reconnues, "
            f"{counts[Decision.TO_REVIEW]} à relire, {counts[Decision.NONE]} sans établissement. {out}"
        )

    @staticmethod
    def _matches(listed: MentionList, at: dt.date | None) -> list[Match]:
        """Every row's match, in order."""
        matcher = Matcher.for_directory(at)
        found: list[Match] = []
        with progress("Mentions") as step:
            for match in matcher.match_many(listed.mentions()):
                found.append(match)
                if len(found) % 500 == 0:
                    step(len(found), len(listed.rows))
            step(len(found), len(listed.rows))
        return found
