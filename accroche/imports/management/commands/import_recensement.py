"""``accroche import_recensement``: an académie's census sheet into the moderation queue."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun.commande import Commande
from accroche.commun.terminal import progress, shortened, write_file
from accroche.comptes.permissions import OPERATOR
from accroche.imports.operations.porteurs import remember_told
from accroche.imports.operations.recensement import OTHERS, InterruptedImportError, examine, import_rows
from accroche.imports.queries.confrontation import Confrontation
from accroche.imports.queries.ecrites import with_numbers
from accroche.imports.queries.memoire import answer_read, carrier_read, communes, remembered
from accroche.imports.recensement import tableaux
from accroche.imports.recensement.answers import PORTEUR, QUESTIONS, TITRE, AnswerError, answers_of
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.choix import HELP, ChoiceError, chosen_columns
from accroche.imports.recensement.compte_rendu import document, rows_told
from accroche.imports.recensement.inconnus import lines_of
from accroche.imports.recensement.review import Review
from accroche.imports.recensement.table import Absence
from accroche.imports.recensement.tables import NO_TABLE, Tables, tables_of
from accroche.imports.recensement.verdicts import Fate
from accroche.integrations.tableur import RefusedError, sheets_of, unpack
from accroche.lib.tableur.cellules import line_of
from accroche.lib.texte import nombre, pluriel, slug

#: How the journal names who runs this command.
SIGNATURE = "accroche import_recensement"
#: Rows that are named where the same reason refuses many.
_PLACES = 8
#: The cell that a reason is told of, and the cells named after it where others are refused for the same.
_QUOTED = re.compile(r"(« [^»]* ») (.*)", re.DOTALL)
_CELLS = 5
_LONGEST = 50
SITE, FILE = "site", "fichier"
#: What answers for all the rows what no column says.
_ANSWERS = {Absence.TITLE: TITRE, Absence.CARRIER: PORTEUR}
#: What stands above the names of a table of carriers.
_HEADINGS = frozenset(("nom", "noms", "porteur", "nom-du-porteur", "organisme", "structure", "name"))


class Command(Commande):
    help = (
        "Reprend le tableau de recensement d’une académie (XLSX, ODS, CSV). Rien n’est publié : les fiches "
        "attendent la modération. En cas d’échec, rien n’est écrit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="le tableau")
        parser.add_argument("--academie", required=True, help="par exemple dijon")
        parser.add_argument("--edition", required=True, help="par exemple 2015-2016")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien écrire")
        for question in QUESTIONS:
            parser.add_argument(f"--{question.key}", help=question.help)
        parser.add_argument(
            "--prefer",
            choices=(SITE, FILE),
            default=SITE,
            help="ce qui l’emporte où le site et le fichier ont changé depuis l’export (site par défaut)",
        )
        parser.add_argument(
            "--organisme",
            action="append",
            default=[],
            metavar="NOM=GENRE",
            help="ce qu’est un porteur que l’annuaire ne connaît pas : association, collectivite, autre…, ou "
            "l’UAI d’un établissement ; retenu pour les prochains fichiers, et répété pour chaque nom",
        )
        parser.add_argument(
            "--porteurs",
            type=Path,
            metavar="FICHIER",
            help="un tableau qui dit ce que sont beaucoup de porteurs à la fois : leur nom dans la première "
            "colonne, leur genre ou leur UAI dans la deuxième",
        )
        parser.add_argument("--report", type=Path, help="écrit en JSON ce qu’est devenue chaque ligne")
        parser.add_argument(
            "--columns", nargs="+", action="extend", default=[], metavar="CHAMP=COLONNE", help=HELP
        )
        parser.add_argument("--sheet", action="append", default=[], metavar="FEUILLE", help=tableaux.HELP)

    def handle(self, *_args: Any, file: Path, academie: str, edition: str, **options: Any) -> None:
        where = Academie.objects.filter(slug=slug(academie)).first()
        if where is None:
            raise CommandError(f"Académie inconnue : {academie}.")
        when = Edition.objects.filter(year=edition).first()
        if when is None:
            raise CommandError(f"Édition inconnue : {edition}. Ouvrez-la d’abord, ou vérifiez son nom.")
        try:
            answers = answers_of(options)
            if porteur := answers.get(PORTEUR):
                answers[PORTEUR] = carrier_read(where, edition, porteur)
            organismes = _listed(where, edition, options["porteurs"])
            organismes |= dict(_organisme(where, edition, text) for text in options["organisme"])
        except AnswerError as error:
            raise CommandError(str(error)) from error
        _there(file)
        with tempfile.TemporaryDirectory() as folder:
            spool = Path(folder) / "lignes"
            try:
                unpack(file, spool)
            except RefusedError as error:
                raise CommandError(str(error)) from error
            known = remembered(where), communes()
            tables = tables_of(spool, *known)
            try:
                chosen = tableaux.chosen_tables(tables.there, options["sheet"])
                self._there(tables, chosen)
                if chosen:
                    tables = tables_of(spool, *known, chosen)
                tables = chosen_columns(tables, options["columns"])
            except (ChoiceError, tableaux.NoSuchTableError) as error:
                raise CommandError(str(error)) from error
            self._columns(tables, answers)
            self._run(spool, tables, when, where, file.name, answers, organismes, options)

    def _there(self, tables: Tables, chosen: Mapping[str, int]) -> None:
        """Say which tables the file has, where there are several, and which of them are read."""
        read = [table.sheet for table in tables.tables]
        if len(tables.there) > 1:
            self.stdout.write("Tableaux du fichier, à choisir avec --sheet :")
            for one in tables.there:
                what = "lu" if tableaux.is_read(one, chosen, read) else "non lu"
                self.stdout.write(f"  « {one.name} » : {what}" + (f" ({one.told})" if one.told else ""))

    def _columns(self, tables: Tables, answers: Mapping[str, str]) -> None:
        """Say what each column holds, how sure that is, out of 100, and why; then what no column says."""
        for table in tables.tables:
            where = f"Feuille « {table.sheet} », " if table.sheet else ""
            self.stdout.write(f"{where}en-têtes à la ligne {table.heading_row} :")
            for column in table.columns:
                if column.champ is Champ.IGNORE:
                    what = "laissée de côté"
                else:
                    what = f"{column.champ.label}, {min(round(column.score), 100)} sur 100"
                why = f" ({column.reason})" if column.reason else ""
                self.stdout.write(f"  {column.letter} « {column.heading} » : {what}{why}")
            for missing in (one for one in table.missing if _ANSWERS[one] not in answers):
                self.stdout.write(f"  Aucune colonne ne donne {missing.what}. {missing.advice}")
        if not tables.tables:
            raise CommandError(NO_TABLE)
        if not tables.are_readable and TITRE not in answers:
            for note in tables.notes:
                self.stdout.write(note)
        if tables.strange and TITRE not in answers:
            raise CommandError(
                f"{' '.join(tables.strange)} Nommez pour cela les colonnes avec --columns (par exemple "
                "--columns titre=C), ou donnez un titre avec --titre."
            )
        if not tables.are_readable and TITRE not in answers:
            raise CommandError(
                "Les colonnes ne sont pas reconnues : il faut au moins le titre de l’action, ou qui la "
                "porte. Nommez-les avec --columns (par exemple --columns titre=C), renommez-les, ou passez "
                "par le site, où elles se choisissent. Si rien ne donne de titre, donnez-en un pour toutes "
                "les lignes avec --titre. Si ce ne sont pas des actions, rien n’est à importer."
            )

    def _run(
        self,
        spool: Path,
        tables: Tables,
        edition: Edition,
        academie: Academie,
        name: str,
        answers: Mapping[str, str],
        organismes: Mapping[str, str],
        options: Any,
    ) -> None:
        at = timezone.now()
        everything = spool.with_name("tout") if options["report"] else None
        with progress("Lignes") as step:

            def fresh() -> Confrontation:
                return Confrontation(
                    spool,
                    tables,
                    edition,
                    academie,
                    OPERATOR,
                    at,
                    tick=lambda done: step(done, done),
                    answers=answers,
                    organismes=organismes,
                )

            def conclude(_report: Review) -> None:
                remember_told(academie, organismes, at=at)

            try:
                if options["dry_run"]:
                    report = examine(fresh(), everything=everything)
                else:
                    report = import_rows(
                        fresh,
                        source=name,
                        actor_name=SIGNATURE,
                        choices={OTHERS: options["prefer"] == FILE},
                        everything=everything,
                        conclude=conclude,
                    )
            except InterruptedImportError as error:
                raise CommandError(str(error)) from error
        self._told(report, options["prefer"], answers.get(PORTEUR, ""))
        if everything:
            head = {"file": name, "academie": academie.slug, "edition": edition.year}
            head |= {"dry_run": options["dry_run"], **report.head()}
            rows = rows_told(everything, report.skipped)
            write_file(options["report"], document(head, with_numbers(rows, academie, edition)))
        if options["dry_run"]:
            self.stdout.write("Essai : rien n’a été écrit.")

    def _told(self, report: Review, prefer: str, porteur: str) -> None:
        for note in report.notes:
            self.stdout.write(note)
        for line in shortened(list(_refused(report))):
            self.stdout.write(line)
        if report.untitled:
            count = pluriel(report.untitled, "ligne n’a pas de titre", "lignes n’ont pas de titre")
            self.stdout.write(
                f"{nombre(report.untitled)} {count}. Donnez-en un pour toutes : --titre "
                '"Portes ouvertes", ou dites quelle colonne le contient avec --columns.'
            )
        for line in lines_of(report.carriers, porteur):
            self.stdout.write(line)
        for line in shortened(list(_advice(report))):
            self.stdout.write(line)
        self.stdout.write(report.summary())
        for one in report.missing_lines():
            self.stdout.write(one)
        for one in shortened(list(_conflicts(report, prefer))):
            self.stdout.write(one)
        for name in report.carriers["strangers"]:
            self.stdout.write(
                f"--organisme « {name} » : ce porteur n’est pas dans le fichier, ou est reconnu sans cela."
            )


def _refused(report: Review) -> Iterator[str]:
    """Why rows are not taken, each reason once with its rows, and with the cells that it is of."""
    held: dict[str, tuple[list[str], dict[str, str]]] = {}
    for row in report.rows.get(Fate.REFUSED, []):
        for remark in row["remarks"]:
            if remark["blocks"]:
                told = f"{remark['message']} {remark['suggestion']}".rstrip()
                quoted = _QUOTED.match(told)
                cell, why = quoted.groups() if quoted else ("", told)
                places, cells = held.setdefault(why, ([], {}))
                place = f"{row['number']} {remark['column']}".rstrip()
                if places[-1:] != [place]:  # of several actions of a row, once
                    places.append(place)
                cells.setdefault(cell, told)
    for places, cells in held.values():
        rows = f"{pluriel(len(places), 'Ligne', 'Lignes')} {_some(places, _PLACES)}"
        first, *others = cells
        also = f" De même {_some([_brief(cell) for cell in others], _CELLS)}." if others else ""
        yield f"{rows} : {cells[first]}{also}"


def _brief(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}… »"


def _some(told: Sequence[str], shown: int) -> str:
    more = len(told) - shown
    end = f"… et {more} {pluriel(more, 'autre', 'autres')}" if more > 0 else ""
    return f"{', '.join(told[:shown])}{end}"


def _advice(report: Review) -> Iterator[str]:
    """What to know of rows that are taken, each thing once with its rows."""
    held: dict[str, list[str]] = {}
    for one in report.advice:
        told = f"{one['label']} : {one['message']} {one['suggestion']}".rstrip()
        held.setdefault(told, []).append(f"{one['column']}{one['number']}")
    for told, places in held.items():
        yield f"{', '.join(places)} – {told}"
    if (more := report.counts["advice"] - len(report.advice)) > 0:
        count = f"{nombre(more)} {pluriel(more, 'autre remarque', 'autres remarques')}"
        yield f"{count} : --report les donne toutes."


def _conflicts(report: Review, prefer: str) -> Iterator[str]:
    """What the site and the file both changed, and which of them wins."""
    if not report.conflicts:
        return
    ends = "le site est gardé (--prefer fichier pour l’inverse)" if prefer == SITE else "le fichier est pris"
    count = pluriel(report.conflicts, "case en conflit", "cases en conflit")
    yield f"{nombre(report.conflicts)} {count} : {ends}."
    for row in report.rows.get(Fate.CHANGED, []):
        for one in row["differences"]:
            if one["conflict"]:
                before = "inconnu" if one["before"] is None else one["before"]
                yield (
                    f"Ligne {row['number']}, {one['label']} : à l’export {before}, sur le site "
                    f"{one['site']}, dans le fichier {one['file']}."
                )


def _there(file: Path) -> None:
    if not file.is_file():
        raise CommandError(f"Le fichier {file} n’existe pas.")


def _listed(academie: Academie, year: str, file: Path | None) -> dict[str, str]:
    """Read a table of names and what each is, below headings or not. Raises ``AnswerError``."""
    if file is None:
        return {}
    _there(file)
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder) / "porteurs"
        try:
            unpack(file, spool)
        except RefusedError as error:
            raise CommandError(f"{file} : {error}") from error
        rows = next((list(rows) for _, rows in sheets_of(spool)), [])
    for number, cells in rows:
        name, what = (line_of(cell) for cell in [*cells, None, None][:2])
        if not name or not what:
            continue
        if number == rows[0][0] and slug(name) in _HEADINGS:
            continue
        try:
            found[name] = answer_read(academie, year, what)
        except AnswerError as error:
            raise AnswerError(f"{file}, ligne {number}, « {name} » : {error}") from error
    return found


def _organisme(academie: Academie, year: str, text: str) -> tuple[str, str]:
    """Read « NOM=GENRE ». Raises ``AnswerError``."""
    name, equals, what = text.rpartition("=")
    if not equals or not name.strip():
        raise AnswerError(f"--organisme « {text} » : écrivez le nom, « = », puis ce que c’est.")
    return name.strip(), answer_read(academie, year, what.strip())
