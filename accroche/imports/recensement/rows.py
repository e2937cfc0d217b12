"""One row of a census sheet, read: what it says, and what its reader has to be told about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.annulation import becomes
from accroche.imports.recensement.assemblage import Assemblage
from accroche.imports.recensement.cases import CasesLues
from accroche.imports.recensement.champs import DAYS, Champ
from accroche.imports.recensement.columns import letter, normal
from accroche.imports.recensement.consentement import asks_to_publish, says_no
from accroche.imports.recensement.liens import links_in
from accroche.imports.recensement.lieux import (
    are_of_places,
    is_of_the_action,
    place_of,
    tell_place,
    together,
)
from accroche.imports.recensement.niveaux import half_read, read_levels
from accroche.imports.recensement.partenaires import may_be_people, tell_partners
from accroche.imports.recensement.row import LIMITS, LINES, CellRemark, Row
from accroche.imports.recensement.table import Table
from accroche.imports.recensement.words import (
    UAI,
    chosen,
    mentions_of,
    moment_of,
    nature_of,
    telephone,
    themes_of,
)
from accroche.integrations import courriel
from accroche.lib import uai
from accroche.lib.dates import DateError
from accroche.lib.tableur.cellules import Cell, is_ticked, line_of, number_of, several, text_of
from accroche.lib.tableur.mois import says_a_year
from accroche.lib.tableur.periodes import Period, read_end, read_span, read_when
from accroche.lib.texte import liste

_NO_LINES: Final = dict.fromkeys(LINES.values(), "")
#: « 30 € », below a programme.
_A_SUM: Final = re.compile(r"[\d\s.,]+(?:€|k€|euros?)", re.IGNORECASE)
#: An address or a telephone, wherever it was typed.
_REACHES: Final = re.compile(r"@|\d{7}|\d{2}(?:[ .-]\d{2}){3}")
#: Carriers that one cell names: more is a text, or a list of another kind.
_MOST_CARRIERS: Final = 200
#: Where the refusal of a date ends and its example begins; the cell it quotes may hold points.
_EXAMPLE: Final = re.compile(r"(?<=\.) (?=Écrivez par exemple)")
_EMAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,250}\.[a-zA-Z]{2,}")
#: Headings whose cells leave out what they say: « Henri Morat » under « Collège ».
_NAMED_BY_KIND: Final = frozenset(
    ("college", "lycee", "lycee professionnel", "ecole", "maternelle", "elementaire")
)
_LEVEL_COLUMNS: Final = {
    Champ.PREMIER_DEGRE: Niveau.PREMIER_DEGRE,
    Champ.COLLEGE: Niveau.COLLEGE,
    Champ.LYCEE: Niveau.LYCEE,
    Champ.LYCEE_PROFESSIONNEL: Niveau.LYCEE_PROFESSIONNEL,
}


#: What forms and people write where nobody is told.
_NOBODY: Final = frozenset((
    *("anonymous", "anonyme", "unknown", "inconnu", "inconnue", "n/a", "na", "nc", "n.c", "néant", "neant"),
    *("aucun", "aucune", "non", "non renseigné", "non renseignée", "tbd", "", "-", "?"),
))  # fmt: skip
#: Headings of the state of an action, which is another tool’s.
_STATES: Final = frozenset(
    (
        "statut",
        "etat",
        "status",
        "state",
        "situation",
        *("annule", "annulee", "reporte", "reportee", "cancelled", "is cancelled", "postponed"),
    )
)
_NO: Final = re.compile(r"(?:non|pas|aucune?|sans|néant)\b", re.IGNORECASE)
_NEVER: Final = Period()
#: When, by what dates say: whether the week, whether the year.
_MOMENTS: Final = {
    (False, False): Temporalite.UNKNOWN,
    (True, False): Temporalite.SEMAINE,
    (False, True): Temporalite.ANNEE,
    (True, True): Temporalite.LES_DEUX,
}


class RowReader:
    """Reads the rows of one table; made once, its columns are then known."""

    def __init__(self, table: Table, edition: str) -> None:
        """Prepare for the rows of ``table`` in the school year of ``edition``."""
        self.table = table
        self.edition = edition
        self._is_ours = table.is_ours
        held: dict[Champ, list[int]] = {}
        for column in table.columns:
            if column.champ is not Champ.IGNORE:
                held.setdefault(column.champ, []).append(column.position)
        self.letters = {champ: letter(positions[0]) for champ, positions in held.items()}
        self._consents = [
            (column.position, column.heading)
            for column in table.columns
            if column.champ is Champ.IGNORE and asks_to_publish(column.heading)
        ]
        self._states = [
            (column.position, "" if column.champ in DAYS else column.heading)
            for column in table.columns
            if column.champ in DAYS or (column.champ is Champ.IGNORE and normal(column.heading) in _STATES)
        ]
        self._assemblage = Assemblage(table)
        named = [one.heading for one in table.columns if one.champ is Champ.ETABLISSEMENT]
        kinds = {normal(heading) for heading in named} & _NAMED_BY_KIND
        self._kind = next(iter(kinds)) if len(kinds) == 1 else ""
        self._names_places = bool(named) and all(are_of_places(normal(heading)) for heading in named)
        self._may_be_people = not self._is_ours and may_be_people(
            normal(one.heading) for one in table.columns if one.champ is Champ.PARTENAIRES
        )
        communes = [one.heading for one in table.columns if one.champ is Champ.COMMUNE]
        nobody = not named and Champ.UAI not in held
        self._where_in_communes = any(
            # a column of places that carry has its own commune; where none carries, it is the action's
            nobody or (is_of_the_action(normal(heading)) and not self._names_places)
            for heading in communes
        )
        self._says_where = self._where_in_communes or Champ.LIEU in held
        parts = (
            (self._who, (Champ.COMMUNE, Champ.TYPE, Champ.ACADEMIE, Champ.UAI, Champ.ETABLISSEMENT)),
            (self._when, (Champ.DATES, Champ.DEBUT, Champ.FIN, Champ.TEMPORALITE)),
            (self._levels, (Champ.NIVEAUX, *_LEVEL_COLUMNS)),
            (self._lists, (Champ.NATURE, Champ.THEMES, Champ.PARTENAIRES, Champ.LIENS)),
            (self._contact, (Champ.CONTACT, Champ.TELEPHONE, Champ.COURRIEL)),
        )
        blank = partial(Row, "", 0, (), letters=self.letters)
        told = held.keys() | ({Champ.DATES} if Champ.MOIS in held else set())
        told |= {Champ.LIENS} if Champ.TITRE in held else set()  # a title may lead somewhere
        self._known = [
            CasesLues(read, tuple(champ for champ in champs if champ in told), blank)
            for read, champs in parts
        ]
        self._lines = [(champ, name) for champ, name in LINES.items() if champ in held.keys() - {Champ.LIEU}]
        # « 5e » under « Niveau » is a collège, and a class as well
        self._classes_too = Champ.CLASSES not in held

    def read(self, number: int, cells: Sequence[Cell]) -> Row:
        """Read one row; never raises: what is wrong is told in its remarks."""
        row = Row(self.table.sheet, number, cells, letters=self.letters)
        values = self._assemblage.values(cells)
        self._texts(row, values)
        for known in self._known:
            known.tell(row, values)
        if self._says_where:
            self._where(row, values)
        if self._classes_too and Champ.NIVEAUX in values:
            written = line_of(values[Champ.NIVEAUX])
            if len(written) <= LIMITS[Champ.CLASSES] and read_levels(written).classes:
                setattr(row, LINES[Champ.CLASSES], written)
        if row.when_in_words:
            row.description = "\n\n".join(filter(None, (row.description, row.when_in_words)))
        if not self._is_ours:
            self._takes_place(row, cells)
        for position, heading in self._consents:
            if position < len(cells) and says_no(answer := line_of(cells[position])):
                message = f"À « {heading[:80]} », la réponse est « {answer[:40]} »."
                advice = "Voyez avec qui a écrit l’action avant de publier la fiche."
                row.remarks.append(
                    CellRemark(Champ.ETAT, message, advice, blocks=False, column=letter(position))
                )
        return row

    def _takes_place(self, row: Row, cells: Sequence[Cell]) -> None:
        """Tell of an action that its title, its day, or its state in another tool says to be cancelled."""
        # « Annulé », ticked, says so by its heading
        told = [(cells[at], heading) for at, heading in self._states if at < len(cells)]
        states = [heading if is_ticked(cell) else line_of(cell) for cell, heading in told]
        if what := next(filter(None, map(becomes, (row.title, *states))), ""):
            row.note(
                Champ.TITRE,
                f"Cette action est dite {what}.",
                "Ôtez sa ligne si elle n’a pas lieu ; sinon, ôtez ce mot du fichier.",
                blocks=what == "annulée",
            )

    def _texts(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        row.title = line_of(values.get(Champ.TITRE))
        row.description = text_of(values.get(Champ.DESCRIPTION))
        if Champ.IDENTIFIANT in values:
            row.identifiant = line_of(values[Champ.IDENTIFIANT])
        if Champ.VERSION in values:
            row.version = line_of(values[Champ.VERSION])
        if not row.title:
            row.note(
                Champ.TITRE,
                "Il manque le titre de l’action.",
                "Donnez-lui un nom court, ou dites un titre pour toutes les lignes qui n’en ont pas.",
            )
        elif row.title[0].isdigit() and _A_SUM.fullmatch(row.title):  # prices below a programme
            row.note(
                Champ.TITRE,
                f"« {row.title} » est une somme, pas un titre.",
                "Donnez un titre à l’action, ou ôtez cette ligne si ce n’en est pas une.",
            )
        _bound(row, Champ.TITRE, row.title)
        _bound(row, Champ.DESCRIPTION, row.description)
        held = vars(row)
        held.update(_NO_LINES)
        for champ, name in self._lines:
            if champ in values:
                held[name] = row.shortened(champ, chosen(line_of(values[champ])))
        if (cell := values.get(Champ.EFFECTIF)) is not None:
            row.audience_size = number_of(cell)
            if row.audience_size is None:
                # « 91142442 » and « lea@exemple.fr » are no words about pupils: such words are public
                if row.audience_note or _REACHES.search(line_of(cell)):
                    row.note(
                        Champ.EFFECTIF,
                        f"« {line_of(cell)} » n’est pas un nombre.",
                        "Écrivez un seul nombre entier ; le reste va dans « Public ».",
                    )
                else:  # « deux classes de 4e »: said in words, kept in words
                    row.audience_note = row.shortened(Champ.PUBLIC, line_of(cell))

    def _where(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        told = chosen(line_of(values.get(Champ.LIEU)))
        if not self._is_ours:  # what comes back to a sheet is what its page would hold: « Extérieur »
            told = place_of(row, told)
        if self._where_in_communes:
            told = together((told, line_of(values.get(Champ.COMMUNE))))
        tell_place(row, told)

    def _who(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        row.commune = line_of(values.get(Champ.COMMUNE))
        row.type_word = line_of(values.get(Champ.TYPE)) or self._kind
        row.academie = line_of(values.get(Champ.ACADEMIE))
        codes: list[str] = []
        written = text_of(values.get(Champ.UAI))
        named = text_of(values.get(Champ.ETABLISSEMENT))
        if written:
            parts = re.split(r"[\s,;/]+", re.sub(r"(?<=\d)\s(?=\d|[A-Za-z]\b)", "", written))
            for part in filter(None, parts):
                try:
                    codes.append(uai.parse(part))
                except uai.UaiError as error:
                    row.note(Champ.UAI, str(error))
        mentions = []
        for mention in mentions_of(named):
            found = UAI.search(mention)
            if found:
                try:
                    codes.append(uai.parse(found[1]))
                except uai.UaiError as error:
                    row.note(Champ.ETABLISSEMENT, str(error))
            elif mention.casefold().rstrip(".") not in _NOBODY:
                mentions.append(mention)
        row.codes = tuple(dict.fromkeys(codes))
        if len(mentions) > _MOST_CARRIERS:
            row.note(
                Champ.ETABLISSEMENT,
                f"Cette case nomme {len(mentions)} porteurs, {_MOST_CARRIERS} au plus.",
                "Écrivez l’UAI de chacun, ou nommez l’organisme qui les réunit.",
            )
            mentions.clear()
        row.mentions = tuple(mentions)
        row.names_places = self._names_places

    def _when(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        whole = self._period(row, Champ.DATES, values)
        if years := self._several_years(values):
            first, last = years, _NEVER
        else:
            first = self._period(row, Champ.DEBUT, values)
            last = self._period(row, Champ.FIN, values)
        if first.starts or last.starts:
            # « Date » and « Fin » chosen by hand: the first day is what the former says
            row.starts, row.ends = first.starts or whole.starts or last.starts, last.ends or first.ends
            if row.starts and row.ends and row.ends < row.starts:
                row.note(Champ.FIN, *_backwards(values.get(Champ.DEBUT), values.get(Champ.FIN)))
        elif whole.starts:
            row.starts, row.ends = whole.starts, whole.ends
        told = (whole, first, last)
        if words := dict.fromkeys(one.words for one in told if one.words):
            row.when_in_words = f"Dates indiquées : {' ; '.join(words)}."
        both = first.starts and last.starts
        for champ, one in zip((Champ.DATES, Champ.DEBUT, Champ.FIN), told, strict=True):
            if one.remark and not (one.opened and both):
                row.note(champ, one.remark, blocks=False)
        if (moment := values.get(Champ.TEMPORALITE)) is not None:
            named = moment_of(line_of(moment))
            if named is None:
                row.note(
                    Champ.TEMPORALITE,
                    f"« {line_of(moment)} » ne dit pas quand l’action a lieu, semaine ou année.",
                    "Écrivez « Pendant la semaine », « Toute l’année » ou les deux.",
                    blocks=False,
                )
            row.temporality = named or Temporalite.UNKNOWN
        else:
            week = whole.week or first.week or last.week
            row.temporality = _MOMENTS[week, whole.all_year or first.all_year or last.all_year]

    def _several_years(self, values: Mapping[Champ, Cell]) -> Period | None:
        """What is of this year of a project that has its first day before it, or its last one after."""
        if not {Champ.DEBUT, Champ.FIN} <= values.keys():
            return None
        return read_span(values[Champ.DEBUT], values[Champ.FIN], self.edition)

    def _period(self, row: Row, champ: Champ, values: Mapping[Champ, Cell]) -> Period:
        if champ not in values:
            return _NEVER
        try:
            refused = any(one.blocks and one.champ is Champ.DEBUT for one in row.remarks)
            # what is under way ends; what is of another year does not begin by its end
            under_way = champ is Champ.FIN and Champ.DEBUT in values and not refused
            read = read_end if under_way else read_when
            return read(values[champ], self.edition) or _NEVER
        except DateError as error:
            message, *suggestion = _EXAMPLE.split(str(error), maxsplit=1)
            row.note(champ, message, *suggestion)
            return _NEVER

    def _levels(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        found: set[Niveau] = set()
        if (cell := values.get(Champ.NIVEAUX)) is not None:
            read = read_levels(text_of(cell))
            found |= set(read.levels)
            if message := half_read(line_of(cell), read):
                row.note(
                    Champ.NIVEAUX,
                    message,
                    f"Écrivez {liste(level.label for level in Niveau)}, ou les classes (CM2, 6e, 2de, CAP…).",
                    blocks=False,
                )
        for champ in _LEVEL_COLUMNS.keys() & values.keys():
            ticked = is_ticked(values[champ])
            # a number of classes, or their names, ticks the box as well; « non concerné » does not
            if ticked or (ticked is None and not _NO.match(line_of(values[champ]))):
                found.add(_LEVEL_COLUMNS[champ])
        row.levels = tuple(level for level in Niveau if level in found)

    def _lists(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        if (cell := values.get(Champ.NATURE)) is not None:
            nature = nature_of(line_of(cell))
            if nature is None:
                row.note(
                    Champ.NATURE,
                    f"« {line_of(cell)} » n’est pas une nature d’action.",
                    "Écrivez prévention, intervention ou remédiation.",
                    blocks=False,
                )
            row.nature = nature or Nature.UNKNOWN
        if (cell := values.get(Champ.THEMES)) is not None:
            row.themes, unknown = themes_of(text_of(cell))
            for word in unknown:
                row.note(
                    Champ.THEMES,
                    f"« {word} » n’est pas un thème du site : il est laissé de côté.",
                    f"Thèmes possibles : {', '.join(theme.label for theme in CodeTheme)}.",
                    blocks=False,
                )
        tell_partners(
            row,
            values.get(Champ.PARTENAIRES),
            ours=self._is_ours,
            people=self._may_be_people,
        )
        row.links = tuple(links_in(row, several(values.get(Champ.LIENS)), ours=self._is_ours))

    def _contact(self, row: Row, values: Mapping[Champ, Cell]) -> None:
        row.private_contact = line_of(values.get(Champ.CONTACT))
        row.private_phone = telephone(values.get(Champ.TELEPHONE))
        email = line_of(values.get(Champ.COURRIEL)).removeprefix("mailto:")
        if email and email.casefold() not in _NOBODY:
            found = _EMAIL.findall(email)
            if not found:
                row.note(
                    Champ.COURRIEL,
                    f"« {email} » n’est pas une adresse électronique.",
                    "Exemple : nom@ac-dijon.fr",
                )
            else:
                row.private_email = _address(row, found[0])
                others = ", ".join(found[1:])
                if others:
                    row.private_contact = " ; ".join(filter(None, (row.private_contact, others)))
        _bound(row, Champ.CONTACT, row.private_contact)
        _bound(row, Champ.COURRIEL, row.private_email)
        _bound(row, Champ.TELEPHONE, row.private_phone)


def _backwards(first: Cell, last: Cell) -> tuple[str, str]:
    """What is wrong of days that end before they begin, and what to do: « juin », « mai » say no year."""
    if says_a_year(first) and says_a_year(last):
        return "La fin vient avant le début.", "Inversez les deux dates."
    return (
        "Dans cette année scolaire, la fin viendrait avant le début.",
        "Écrivez l’année de chaque date, ou inversez-les.",
    )


def address_in(row: Row) -> str:
    """Return the address a row gives beside its contact, where no column of its own says one."""
    found = _EMAIL.search(row.private_contact)
    return _address(row, found[0]) if found else ""


def _address(row: Row, text: str) -> str:
    """An address mails can be sent to; what looks mistyped is kept, and asked about."""
    try:
        address = courriel.nettoyee(text)
    except courriel.AdresseError as error:
        row.note(Champ.COURRIEL, str(error), "Exemple : nom@ac-dijon.fr")
        return ""
    if meant := courriel.proposition(address):
        row.note(
            Champ.COURRIEL,
            f"« {address} » : vouliez-vous dire {meant} ?",
            "Elle est gardée telle quelle ; corrigez-la si besoin.",
            blocks=False,
        )
    return address


def _bound(row: Row, champ: Champ, text: str) -> None:
    most = LIMITS[champ]
    if len(text) > most:
        row.note(champ, f"Ce texte compte {len(text)} caractères, {most} au plus.", "Raccourcissez-le.")
