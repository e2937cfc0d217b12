"""What the cells of a column are: days, names of schools, figures… counted in a sample, to check a heading.

Pure and cheap: a few hundred cells of each column are looked at, each distinct one once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from accroche.annuaire.organismes import kind_of_opening, says_a_kind_alone
from accroche.imports.recensement.niveaux import is_everybody, read_levels
from accroche.imports.recensement.prenoms import names_somebody
from accroche.imports.recensement.words import moment_of, nature_of, themes_of
from accroche.lib.libelles import Libelle
from accroche.lib.tableur.cellules import Cell, is_blank, is_ticked, line_of
from accroche.lib.texte import pluriel, slug

#: Rows below the headings that are looked at; a column is known long before.
SAMPLE: Final = 200
#: A text of more characters is prose; a title has fewer.
_PROSE: Final = 120
#: Characters of a cell that are looked at: what a text is shows at its beginning.
_LOOKED_AT: Final = 400

_MONTH: Final = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|dec(?:embre)?"
    r"|january|february|march|april|may|june|july|august|october|december|jan|feb|apr|jun|jul|aug)"
)
#: What a period is written with; what is left of it then is no word.
_WHEN: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?(?:\d{4}|\d{2}))?"
    rf"|\b{_MONTH}\b\.?|\b\d{{4}}\b|\b\d{{1,2}}(?:er)?\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b"
    r"|\b(?:toute?|tout au long de|pendant|durant|l.annee|annee|scolaire|semaine|perseverance)\b"
    r"|\b(?:trimestre|semestre|saison)\b"
    r"|\b(?:du|au|le|les|de|des|et|a|en|d|la|l|entre|jusqu|partir|debut|fin|mi|mois|jour|matin|apres|avant|hors|midi|soir|h)\b"
    r"|\d{1,2} ?h ?\d{0,2}|\b(?:\d{1,2} ?)?[ap]m\b|\b(?:[ecmp][sd]t|cest|utc|gmt)\b|<->|[-/.,;:'() –—&|→·]"
)
_SAYS_WHEN: Final = re.compile(rf"\d|\b{_MONTH}\b|annee|semaine|trimestre|semestre")
_STAMP: Final = re.compile(
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?:[ t,-]+)(?:a )?(\d{1,2})[:h](\d{2})(?::(\d{2}))?"
)
#: A day in figures, whichever of day and month comes first.
FIGURES: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?=/(?:\d{4}|\d{2})\b)")
_MONTHS: Final = 12
#: « 20270318T090000Z », as calendars write it, and « 20270318 ».
_COMPACT: Final = re.compile(
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T\d{4}(?:\d{2})?(?:Z|[+-]\d{4})?)?",
    re.IGNORECASE,
)
_HOUR: Final = re.compile(
    r"(?:de |a |des )?\d{1,2} ?(?:h|:) ?\d{0,2}(?::\d{2})?"
    r"(?: ?(?:a|-) ?\d{1,2} ?(?:h|:) ?\d{0,2}(?::\d{2})?)?(?: ?[ap]\.?m\.?)?"
)
_DURATION: Final = re.compile(
    r"\d{1,4}(?:[.,]\d+)? ?(?:h(?:eures?)?|min(?:utes?)?|jours?|mois|semaines?|ans?)\b.{0,20}"
)
_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_MONEY: Final = re.compile(r"-?[\d \u00a0\u202f.,]+ ?(?:€|euros?|k€)")
_COORDINATES: Final = re.compile(r"\[?-?\d{1,3}\.\d+ ?[,;] ?-?\d{1,3}\.\d+\]?|-?\d{1,3}\.\d{4,}")
_POSTAL: Final = re.compile(r"(?:\d{5}|2[AB]\d{3})(?:[.,]0)?", re.IGNORECASE)
_UAI: Final = re.compile(r"(?:\d{3} ?\d{4} ?[A-Za-z])(?:[ ,;/]+\d{3} ?\d{4} ?[A-Za-z])*")
_EMAIL: Final = re.compile(r"(?:mailto:)?[^@\s]{1,64}@[^@\s]{1,250}\.[A-Za-z]{2,}.{0,100}")
_URL: Final = re.compile(
    r"(?:https?://|www\.)\S+(?:\s.{0,400})?|[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info)(?:/\S*)?",
    re.IGNORECASE,
)
#: The address of a picture leads to nothing to read.
_PICTURE: Final = re.compile(
    r"(?:https?://|www\.)\S{1,400}\.(?:jpe?g|png|gif|webp|svg|avif)(?:\?\S*)?", re.IGNORECASE
)
_PHONE: Final = re.compile(r"(?:\+\d{1,3}|0)[ .()-]?\d(?:[ .-]?\d{2}){4}.{0,40}")
_FILE: Final = re.compile(
    r"\S.{0,250}\.(?:jpe?g|png|gif|webp|svg|avif|pdf|docx?|xlsx?|odt|mp4)(?:\?\S*)?", re.IGNORECASE
)
#: « plan.jpg (https://…) », as programs tell what is attached.
_ATTACHED: Final = re.compile(
    r"[^()]{1,250}\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?) \(https?://.*", re.IGNORECASE | re.DOTALL
)
_DATA: Final = re.compile(r"[\[{].*[:,'\"].*[\]}]?", re.DOTALL)
_CODE: Final = re.compile(r"(?=\S*\d)[A-Za-z0-9]+(?:[-_/.:][A-Za-z0-9]+)*|[0-9a-f]{16,}")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
#: A postal code before or behind the name of a commune, and what parts them.
_CODE_FIRST: Final = re.compile(r"\d{5}(?=[\s#,–-])")
_CODE_LAST: Final = re.compile(r"[\s#,(–-]\d{5}\)?$")
_PARTS_CODE: Final = " #,()–-"
_SOMEBODY: Final = re.compile(
    r"(?:M\.|MM\.|Mr\.?|Mmes?|Mlles?|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame|Mademoiselle)\s(?!\d)", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FULL_NAME: Final = re.compile(r"[A-ZÀ-Ý][^\W\d_]*\.?(?:[ -][A-ZÀ-Ý](?:[^\W\d_]|[’'.])*){1,2}")
_FIRST: Final = re.compile(r"0?1[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{4}-\d{2}-01")
_DAY_OF_MONTH: Final = re.compile(r"0?[1-9]|[12]\d|3[01]")
_WEEKDAY: Final = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")
#: What no program writes of the day something was sent.
_PERIOD: Final = re.compile(
    r"\b(?:du|au|jusqu|entre|toute?s?|chaque|semaine|trimestre|annee|debut|fin|courant)\b"
)
_SHORTEST_NAME: Final = 3
#: Small words inside proper names.
_PARTICLES: Final = frozenset(("de", "du", "des", "la", "le", "les", "et", "d’", "sur", "en", "sous"))
_CODE_LENGTH: Final = 5
#: Words of a text that ends on a point, from which it may be a sentence.
_SENTENCE: Final = 2
_SCHOOL: Final = re.compile(
    r"\b(?:ecoles?|colleges?|lycees?|clg|lyc|lp|lgt|lpo|legta?|lpa|erea|segpa|maternelles?|elementaires?|eemu|eepu"
    r"|e-?[emp]|e-[emp]-p[ur]|epu|ec-elem|sep|rpi|empu|groupes?-scolaires?|mfr|cfa|greta|e2c|cio|mlds|eple|eplefpa|universites?|iut|inspe)\b"
)
#: The words a kind of school is told by, when a cell says nothing else.
_TYPE_WORDS: Final = frozenset(
    (
        *("ecole", "maternelle", "elementaire", "primaire", "college", "lycee", "professionnel", "general"),
        *(
            "technologique",
            "polyvalent",
            "agricole",
            "pro",
            "lp",
            "lgt",
            "lpo",
            "legt",
            "legta",
            "lpa",
            "erea",
        ),
        *("segpa", "cfa", "mfr", "clg", "lyc", "public", "prive", "publique", "privee", "metiers", "cio"),
        *("greta", "ulis", "et", "ou", "de", "des", "d", "enseignement", "sous", "contrat", "regional"),
        *("adapte", "etablissement", "1er", "2nd", "2d", "premier", "second", "degre"),
    )
)


class Espece(Libelle):
    """What one cell is, in the plural."""

    DAY = "day", "dates"
    STAMP = "stamp", "dates et heures à la seconde ou à la minute près"
    HOUR = "hour", "heures ou durées"
    NUMBER = "number", "nombres"
    MONEY = "money", "sommes"
    COORDINATES = "coordinates", "coordonnées"
    POSTAL = "postal", "codes postaux ou INSEE"
    UAI = "uai", "codes d’établissement"
    EMAIL = "email", "adresses électroniques"
    URL = "url", "adresses de site"
    PHONE = "phone", "numéros de téléphone"
    FILE = "file", "noms de fichiers"
    DATA = "data", "données techniques"
    CODE = "code", "codes"
    TICK = "tick", "oui ou non"
    PROSE = "prose", "textes longs"
    WORDS = "words", "textes courts"


@dataclass(frozen=True, slots=True)
class Cases:
    """What the sampled cells of a column are. The shares are of its filled cells, from 0 to 1.

    ``people``: cells that name somebody, « Mme Roche »; ``somebody``: by a first name, « Anne Roche »;
    ``proper``: that look like proper names and are no
    level; ``patronyms``: made of capitalised words, « Pasteur », ``names``: of several, « Anne Roy »;
    ``full_names``: of two or three, letters alone, whoever they name;
    ``several_words``: of two words or more;
    ``organisations``: that begin like schools or organisations; ``ticks``: yes or no, however written;
    ``periods``: stretches in words, « du 8 au 12 mars »; ``weekdays``: days with their name, « jeudi 11 ».
    ``years``: that hold a year; ``small``: numbers a month has days of.
    ``firsts``: of its days, the spreadsheet’s own that are the first of a month; ``firsts_written``: texts.
    ``figures``: what its days in figures say: True, the month is first (11/18/2026); False, the day; None,
    either; ``either``: one that may be read both ways, 3/8/2027.
    """

    filled: int
    distinct: int
    length: float
    especes: tuple[tuple[Espece, float], ...]
    schools: float = 0
    types: float = 0
    levels: float = 0
    everybody: float = 0
    natures: float = 0
    themes: float = 0
    moments: float = 0
    communes: float = 0
    kinds_alone: float = 0
    people: float = 0
    somebody: float = 0
    proper: float = 0
    names: float = 0
    full_names: float = 0
    patronyms: float = 0
    several_words: float = 0
    organisations: float = 0
    sentences: float = 0
    ticks: float = 0
    periods: float = 0
    weekdays: float = 0
    years: float = 0
    small: float = 0
    firsts: float = 0
    firsts_written: float = 0
    knows_communes: bool = False
    figures: frozenset[bool | None] = frozenset()
    either: str = ""

    def share(self, *especes: Espece) -> float:
        """Return how much of the column is of these kinds together."""
        return sum(share for espece, share in self.especes if espece in especes)

    @property
    def main(self) -> Espece:
        """The kind most cells are of."""
        return self.especes[0][0]

    @property
    def variety(self) -> float:
        """How many of its filled cells say something of their own, from 0 to 1."""
        return self.distinct / self.filled

    def in_words(self) -> str:
        """Return it as people read it: « 24 textes courts, tous différents »."""
        count = round(self.especes[0][1] * self.filled)
        if self.filled == 1:
            return "une seule case remplie"
        if count < self.filled:
            return f"des {self.main.label} dans {count} {pluriel(count, 'case', 'cases')} sur {self.filled}"
        what, masculine = f"{count} {self.main.label}", self.main not in _FEMININE
        if self.distinct == 1:
            return f"{what}, {'tous pareils' if masculine else 'toutes pareilles'}"
        if self.distinct == self.filled:
            return f"{what}, {'tous différents' if masculine else 'toutes différentes'}"
        return f"{what}, dont {self.distinct} {'différents' if masculine else 'différentes'}"


_FEMININE: Final = frozenset(
    {
        *(Espece.DAY, Espece.STAMP, Espece.HOUR, Espece.MONEY, Espece.COORDINATES),
        *(Espece.EMAIL, Espece.URL, Espece.DATA),
    }
)


def cases_of(rows: Iterable[Sequence[Cell]], communes: frozenset[str] = frozenset()) -> list[Cases | None]:
    """Return what each column of ``rows`` holds, None for one that holds nothing.

    ``communes``: names of communes as slugs, where the caller knows them.
    """
    columns: list[list[Cell]] = []
    for cells in rows:
        columns += [[] for _ in range(len(cells) - len(columns))]
        for position, cell in enumerate(cells):
            if not is_blank(cell):
                columns[position].append(cell)
    return [_cases(cells, communes) if cells else None for cells in columns]


def _cases(cells: Sequence[Cell], communes: frozenset[str]) -> Cases:
    texts = [line_of(cell)[:_LOOKED_AT] for cell in cells]
    especes = Counter(espece(cell, text) for cell, text in zip(cells, texts, strict=True))
    count = len(cells)
    days = _days(cells, texts) if Espece.DAY in especes else []
    words = [text for text in texts if _WORD.search(text)]
    return Cases(
        count,
        len(set(texts)),
        median(map(len, texts)),
        tuple(
            (one, held / count) for one, held in sorted(especes.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        schools=sum(map(_names_school, words)) / count,
        types=sum(map(_is_type, words)) / count,
        everybody=sum(map(is_everybody, texts)) / count,
        levels=sum(bool(read_levels(text).levels) for text in texts) / count,
        natures=sum(nature_of(text) is not None for text in words) / count,
        themes=sum(bool(themes_of(text)[0]) for text in words) / count,
        moments=sum(moment_of(text) is not None for text in words) / count,
        communes=sum(slug(without_postal_code(text)) in communes for text in words) / count,
        kinds_alone=sum(map(says_a_kind_alone, words)) / count,
        people=sum(bool(_SOMEBODY.match(text)) for text in words) / count,
        somebody=sum(map(names_somebody, words)) / count,
        proper=sum(map(_is_proper, texts)) / count,
        full_names=sum(bool(_FULL_NAME.fullmatch(text)) for text in texts) / count,
        names=sum(_is_name(text) and len(text.split()) > 1 for text in words) / count,
        patronyms=sum(map(_is_name, words)) / count,
        several_words=sum(len(text.split()) > 1 for text in words) / count,
        organisations=sum(_names_school(text) or kind_of_opening(text) is not None for text in words) / count,
        sentences=sum(map(_is_sentence, words)) / count,
        ticks=sum(is_ticked(cell) is not None for cell in cells) / count,
        knows_communes=bool(communes),
        periods=sum(bool(_PERIOD.search(slug(text))) for text in texts if _espece(text) is Espece.DAY)
        / count,
        weekdays=sum(bool(_WEEKDAY.search(text.lower())) for text in texts if _espece(text) is Espece.DAY)
        / count,
        years=sum(bool(_YEAR.search(text)) for text in texts) / count,
        small=sum(bool(_DAY_OF_MONTH.fullmatch(text)) for text in texts) / count,
        firsts=sum(map(_is_a_first, days)) / (len(days) or 1),
        firsts_written=sum(isinstance(day, str) and bool(_FIRST.fullmatch(day)) for day in days)
        / (len(days) or 1),
        figures=frozenset(_month_first(found) for text in texts if (found := FIGURES.match(text))),
        either=next((text for text in texts if _is_either(text)), ""),
    )


def without_postal_code(text: str) -> str:
    """Return the commune of « 21340 Nolay », « 21340#Nolay », « Nolay (21340) »; any other text as it is."""
    text = text.strip()
    if _CODE_FIRST.match(text):
        rest = text[_CODE_LENGTH:]
    elif _CODE_LAST.search(text[-_CODE_LENGTH - 2 :]):
        rest = text.removesuffix(")")[:-_CODE_LENGTH]
    else:
        return text
    rest = rest.strip(_PARTS_CODE)
    return rest if rest[:1].isalpha() else text


def _days(cells: Sequence[Cell], texts: Sequence[str]) -> list[dt.date | str]:
    """The cells of a column of days, without « à définir »: each as it is or, of a text, as one line."""
    told = zip(cells, texts, strict=True)
    return [cell if isinstance(cell, dt.date) else text for cell, text in told if any(map(str.isdigit, text))]


def _is_a_first(cell: Cell) -> bool:
    """Whether a day of the spreadsheet is the first of a month; one with its hour is a day for sure."""
    return isinstance(cell, dt.date) and cell.day == 1 and not (isinstance(cell, dt.datetime) and cell.hour)


def is_a_school(text: str) -> bool:
    """Whether a text begins as schools are called, and names one: « Collège Carnot »."""
    named = any(part[:1].isupper() for part in text.split()[1:])
    return named and _SCHOOL.match(slug(text)) is not None


def _is_proper(text: str) -> bool:
    """« Henri Morat », « Les Trois Rivières »: what stands under « Collège » and names one, ticks nothing."""
    if not text[:1].isupper() or is_ticked(text) is not None or any(map(str.isdigit, text)):
        return False
    return len(text) > _SHORTEST_NAME and not read_levels(text).levels and not is_everybody(text)


def _is_name(text: str) -> bool:
    """« Anne Roy », « Pasteur », « Pierre et Marie Curie »: capitalised words, and small ones."""
    parts = text.replace("-", " ").split()
    return text[:1].isupper() and all(part[:1].isupper() or part in _PARTICLES for part in parts)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE and (text[-1] in ".!…" or ". " in text)


def _month_first(found: re.Match[str]) -> bool | None:
    first, second = int(found[1]), int(found[2])
    return None if max(first, second) <= _MONTHS else first <= _MONTHS


def _is_either(text: str) -> bool:
    found = FIGURES.match(text)
    return found is not None and _month_first(found) is None and found[1].lstrip("0") != found[2].lstrip("0")


def _most(counted: tuple[Espece, int]) -> tuple[int, Espece]:
    return -counted[1], counted[0]


@lru_cache(maxsize=8192)
def _names_school(text: str) -> bool:
    return bool(_SCHOOL.search(slug(text)))


@lru_cache(maxsize=8192)
def _is_type(text: str) -> bool:
    return _TYPE_WORDS.issuperset(slug(text).split("-")) and _names_school(text)


def espece(cell: Cell, text: str) -> Espece:
    """Return what a filled cell is; ``text``: the same as one line."""
    if isinstance(cell, bool):
        return Espece.TICK
    if isinstance(cell, dt.datetime):
        return Espece.STAMP if _is_machine(cell.hour, cell.minute, cell.second) else Espece.DAY
    if isinstance(cell, dt.date):
        return Espece.DAY
    return _espece(text)


@lru_cache(maxsize=8192)
def _espece(text: str) -> Espece:
    ticked = is_ticked(text) is not None and text not in {"0", "1"}
    plain = Espece.TICK if ticked else next((one for one, known in _WHOLE if known.fullmatch(text)), None)
    if plain:
        return plain
    # as periods are read: no accents, one apostrophe
    bare = text.lower().translate(_BARE)
    stamp = _STAMP.match(bare)
    if stamp:
        hour, minute, second = (int(part) if part else 0 for part in stamp.groups())
        return Espece.STAMP if _is_machine(hour, minute, second) else Espece.DAY
    if len(text) > _PROSE:
        return Espece.PROSE
    if _HOUR.fullmatch(bare) or _DURATION.fullmatch(bare):
        return Espece.HOUR
    if _SAYS_WHEN.search(bare) and not _WHEN.sub("", bare).strip():
        return Espece.DAY
    return Espece.CODE if _CODE.fullmatch(text) else Espece.WORDS


_BARE: Final = str.maketrans("éèêëàâûùîïôç’", "eeeeaauuiioc'")
_WHOLE: Final = (
    (Espece.DAY, _COMPACT),
    (Espece.COORDINATES, _COORDINATES),
    (Espece.POSTAL, _POSTAL),
    (Espece.NUMBER, _NUMBER),
    (Espece.MONEY, _MONEY),
    (Espece.UAI, _UAI),
    (Espece.FILE, _PICTURE),
    (Espece.URL, _URL),
    (Espece.EMAIL, _EMAIL),
    (Espece.PHONE, _PHONE),
    (Espece.FILE, _FILE),
    (Espece.FILE, _ATTACHED),
    (Espece.DATA, _DATA),
)


def _is_machine(hour: int, minute: int, second: int) -> bool:
    """Whether no person gives such an hour: a form or a program noted when it was sent, or written."""
    return bool((second and (minute, second) != (59, 59)) or (minute % 5 and (hour, minute) != (23, 59)))
