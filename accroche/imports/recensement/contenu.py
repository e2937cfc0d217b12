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
from accroche.imports.recensement.especes import Espece, espece, espece_of
from accroche.imports.recensement.niveaux import is_everybody, read_levels
from accroche.imports.recensement.prenoms import are_first_names, names_somebody
from accroche.imports.recensement.words import moment_of, nature_of, no_nowhere, themes_of
from accroche.lib.tableur.cellules import Cell, is_blank, is_ticked, line_of
from accroche.lib.texte import pluriel, slug

#: Rows below the headings that are looked at; a column is known long before.
SAMPLE: Final = 200
#: Characters of a cell that are looked at: what a text is shows at its beginning.
_LOOKED_AT: Final = 400

#: A day in figures, whichever of day and month comes first; in « 2027-03-18 » there is none.
FIGURES: Final = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})(?=\2(?:\d{4}|\d{2})(?!\d))")
_MONTHS: Final = 12
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
_SURNAME_FIRST: Final = re.compile(
    r"[A-ZÀ-Ý][^\W\d_]*(?:[ -][A-ZÀ-Ý][^\W\d_]*){0,2}, [A-ZÀ-Ý][^\W\d_]*(?: [A-ZÀ-Ý][^\W\d_]*)?\.?"
)
_FIRST: Final = re.compile(r"0?1[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{4}-\d{2}-01")
_DAY_OF_MONTH: Final = re.compile(r"0?[1-9]|[12]\d|3[01]")
_BETWEEN: Final = re.compile(r", ?")
_WEEKDAY: Final = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
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


@dataclass(frozen=True, slots=True)
class Cases:
    """What the sampled cells of a column are. The shares are of its filled cells, from 0 to 1.

    ``people``: cells that name somebody, « Mme Roche »; ``somebody``: by a first name, « Anne Roche »;
    ``given``: by that alone, « Anne, Robin »;
    ``proper``: that look like proper names and are no
    level; ``patronyms``: made of capitalised words, « Pasteur », ``names``: of several, « Anne Roy »;
    ``full_names``: of two or three, letters alone, whoever they name;
    ``several_words``: of two words or more;
    ``organisations``: that begin like schools or organisations; ``ticks``: yes or no, however written;
    ``nowhere``: no place, « à définir », « domicile »;
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
    given: float = 0
    patronyms: float = 0
    several_words: float = 0
    organisations: float = 0
    sentences: float = 0
    ticks: float = 0
    nowhere: float = 0
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
        people=sum(map(is_somebody, words)) / count,
        somebody=sum(map(names_somebody, words)) / count,
        proper=sum(map(_is_proper, texts)) / count,
        full_names=sum(map(_are_full_names, texts)) / count,
        given=sum(map(are_first_names, words)) / count,
        names=sum(_is_name(text) and len(text.split()) > 1 for text in words) / count,
        patronyms=sum(map(_is_name, words)) / count,
        several_words=sum(len(text.split()) > 1 for text in words) / count,
        organisations=sum(_names_school(text) or kind_of_opening(text) is not None for text in words) / count,
        sentences=sum(map(_is_sentence, words)) / count,
        ticks=sum(is_ticked(cell) is not None for cell in cells) / count,
        nowhere=sum(not no_nowhere(text) for text in texts) / count,
        knows_communes=bool(communes),
        periods=sum(bool(_PERIOD.search(slug(text))) for text in texts if espece_of(text) is Espece.DAY)
        / count,
        weekdays=sum(bool(_WEEKDAY.search(text.lower())) for text in texts if espece_of(text) is Espece.DAY)
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


def is_somebody(text: str) -> bool:
    """Whether a text names a person by a title: « Mme Roche »."""
    return _SOMEBODY.match(text) is not None


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


def _are_full_names(text: str) -> bool:
    """« Ben Best, Wei Lin », « Sharma, Niraj »."""
    parts = _BETWEEN.split(text)
    return all(map(_FULL_NAME.fullmatch, parts)) or _SURNAME_FIRST.fullmatch(text) is not None


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE and (text[-1] in ".!…" or ". " in text)


def _month_first(found: re.Match[str]) -> bool | None:
    first, second = int(found[1]), int(found[3])
    return None if max(first, second) <= _MONTHS else first <= _MONTHS


def _is_either(text: str) -> bool:
    found = FIGURES.match(text)
    return found is not None and _month_first(found) is None and found[1].lstrip("0") != found[3].lstrip("0")


@lru_cache(maxsize=8192)
def _names_school(text: str) -> bool:
    return bool(_SCHOOL.search(slug(text)))


@lru_cache(maxsize=8192)
def _is_type(text: str) -> bool:
    return _TYPE_WORDS.issuperset(slug(text).split("-")) and _names_school(text)
