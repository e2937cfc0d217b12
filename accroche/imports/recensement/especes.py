"""What one cell is: a day, an hour, a number, an address, a long text… Pure, and each distinct text once."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from accroche.lib.libelles import Libelle
from accroche.lib.tableur.cellules import Cell, is_ticked

#: A text of more characters is prose; a title has fewer.
_PROSE: Final = 120
_MONTH: Final = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|dec(?:embre)?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug)"
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
    r"|\d{1,2} ?h ?\d{0,2}|\b(?:\d{1,2} ?)?[ap]m\b|\b(?:[ecmp][sd]t|cest|utc|gmt)\b|<->|[-/.,;:'() –—&|→·<>]"
)
_SAYS_WHEN: Final = re.compile(rf"\d|\b{_MONTH}\b|annee|semaine|trimestre|semestre")
_STAMP: Final = re.compile(
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?:[ t,-]+)(?:a )?(\d{1,2})[:h](\d{2})(?::(\d{2}))?"
)
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
    r"\S.{0,250}\.(?:jpe?g|png|gif|webp|svg|avif|pdf|docx?|xlsx?|odt|mp4|md|txt|html?)(?:\?\S*)?",
    re.IGNORECASE,
)
#: « 15.04 », below « Date »: a day and its month, each of two figures; « 12.50 » is a number.
_POINTED: Final = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
#: « plan.jpg (https://…) », as programs tell what is attached.
_ATTACHED: Final = re.compile(
    r"[^()]{1,250}\.(?:jpe?g|png|gif|webp|pdf|docx?|xlsx?) \(https?://.*", re.IGNORECASE | re.DOTALL
)
#: « [{"begin": …} », « ['a', 'b'] », « {"fr": …} »; « [Complet] Forum : les métiers » is a title.
_DATA: Final = re.compile(
    r"\[\s*(?:[\[{\"'].*|-?\d[\d.,\s-]*)?\]?|\{\s*(?:[\"'\[{].*|\w+\s?[:=].*)?\}?|\{[^{}]*\}", re.DOTALL
)
_CODE: Final = re.compile(r"(?=\S*\d)[A-Za-z0-9]+(?:[-_/.:][A-Za-z0-9]+)*|[0-9a-f]{16,}")
#: « robin_caroff, cyril.hue », « grande_salle »: who or what, as another tool writes it.
_LINKED: Final = re.compile(
    r"[a-z0-9-]{2,30}(?:[._][a-z0-9-]{1,30}){1,3}(?:, ?[a-z0-9-]{2,30}(?:[._][a-z0-9-]{1,30}){1,3})*"
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
    LINKED = "linked", "mots liés, d’un autre outil"
    TICK = "tick", "oui ou non"
    PROSE = "prose", "textes longs"
    WORDS = "words", "textes courts"


def espece(cell: Cell, text: str) -> Espece:
    """Return what a filled cell is; ``text``: the same as one line."""
    if isinstance(cell, bool):
        return Espece.TICK
    if isinstance(cell, dt.datetime):
        return Espece.STAMP if _is_machine(cell.hour, cell.minute, cell.second) else Espece.DAY
    if isinstance(cell, dt.date):
        return Espece.DAY
    return espece_of(text)


@lru_cache(maxsize=8192)
def espece_of(text: str) -> Espece:
    """Return what the text of a cell is that is no day nor tick of the spreadsheet's own."""
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
    return next((one for one, known in _OF_PROGRAMS if known.fullmatch(text)), Espece.WORDS)


_BARE: Final = str.maketrans("éèêëàâûùîïôç’", "eeeeaauuiioc'")
_OF_PROGRAMS: Final = ((Espece.CODE, _CODE), (Espece.LINKED, _LINKED))
_WHOLE: Final = (
    (Espece.DAY, _COMPACT),
    (Espece.DAY, _POINTED),
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
