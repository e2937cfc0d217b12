"""The words of a cell read as one of our lists: themes, nature, moment; places, and school mentions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.lib.tableur.cellules import Cell, line_of, several
from accroche.lib.texte import slug

#: What is written where no place is known, or of a match.
_NOWHERE: Final = re.compile(
    r"(?:a|lieu-a)-(?:definir|preciser|confirmer|determiner|venir)|nc|n-c|n-a|na|tb[acd]|non|aucune?|neant|inconnu"
    r"|(?:a-)?domicile|(?:a-l-)?exterieur|home|away"
)
#: A French number without its first zero.
_WITHOUT_ZERO: Final = re.compile(r"[1-9]\d{8}")
#: A word this close to one of a list is taken for it, out of 100.
CLOSE: Final = 84

_NATURES: Final = (
    (Nature.REMEDIATION, r"\bremed"),
    # « Interview », « previous » and « prévu » are neither
    (Nature.INTERVENTION, r"\binterv(?:en|\b)"),
    (Nature.PREVENTION, r"\bprev(?:en|\b)"),
)
_YEAR: Final = re.compile(r"annee|annuel|permanent|continu|regulier|hebdo|mensuel|filee|long-terme")
_WEEK: Final = re.compile(r"semaine|ponctuel|\bsps\b|journee|evenement")
_BOTH: Final = re.compile(r"les-deux|les-2")
#: Weeks that are not the semaine: « une fois par semaine » is all year, « deux semaines » a duration.
_EVERY_WEEK: Final = re.compile(r"(?:par|chaque|toutes-les)-semaines?")
_SOME_WEEKS: Final = re.compile(r"\b(?:\d+|deux|trois|quatre|plusieurs)-semaines\b")
_BESIDE: Final = re.compile(r"\b(?:hors|avant|apres|sauf)\b")

_SCHOOL_WORD: Final = (
    r"(?:coll[eèé]ges?|lyc[ée]{1,2}s?|[ée]coles?|clg|lyc|lp|lgt|lpo|erea|cio|segpa|[ée]l[ée]m|maternelle"
    r"|mairie|missions? locales?|greta|dsden|rectorat|conseil (?:d[ée]partemental|r[ée]gional))\b"
)
_AND: Final = re.compile(
    rf"(?:(?<!\s)\s+)?(?:,|\bet\b|&|\+)\s+(?=(?:le |la |l['’]|les )?{_SCHOOL_WORD})", re.IGNORECASE
)
UAI: Final = re.compile(r"(?<![0-9A-Za-z])(\d{3}\s?\d{4}\s?[A-Za-z])(?![0-9A-Za-z])")


#: What a page or a form writes before each name.
_LABEL: Final = re.compile(
    r"\A(?:associations?|organismes?|structures?|porteurs?|établissements?|organisateurs?) ?: ?",
    re.IGNORECASE,
)
#: A code that is a word of people for something else: « Formation », of pupils, is none of « des équipes ».
_ANOTHER_WORD: Final = frozenset(("formation",))
#: Every way our list says a theme: its code, its label.
_THEMES: Final = {
    slug(told): theme
    for theme in CodeTheme
    for told in (theme.value, theme.label)
    if told not in _ANOTHER_WORD
}


@lru_cache(maxsize=4096)
def themes_of(text: str) -> tuple[tuple[CodeTheme, ...], tuple[str, ...]]:
    """Return the themes a text lists, and the words that are none of ours."""
    found: list[CodeTheme] = []
    unknown: list[str] = []
    for part in several(text):
        pieces = [part] if slug(part) in _THEMES else [piece.strip() for piece in part.split(",")]
        for piece in filter(None, pieces):
            close = process.extractOne(slug(piece), _THEMES.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
            if close:
                found.append(_THEMES[close[0]])
            else:
                unknown.append(piece)
    return tuple(dict.fromkeys(found)), tuple(unknown)


@lru_cache(maxsize=1024)
def nature_of(text: str) -> Nature | None:
    """Return the stage a text names; None when it names none, or several."""
    words = slug(text)
    found = [nature for nature, beginning in _NATURES if re.search(beginning, words)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1024)
def moment_of(text: str) -> Temporalite | None:
    """Return when, in the words of the sheet: the week, the year, both; None for other words."""
    words = slug(text)
    if _BESIDE.search(words):
        return None
    regular = _EVERY_WEEK.search(words)
    rest = _SOME_WEEKS.sub(" ", _EVERY_WEEK.sub(" ", words)) if "semaine" in words else words
    week, year = bool(_WEEK.search(rest)), bool(regular or _YEAR.search(rest))
    if _BOTH.search(words) or (week and year):
        return Temporalite.LES_DEUX
    if week:
        return Temporalite.SEMAINE
    return Temporalite.ANNEE if year else None


def mentions_of(text: str) -> list[str]:
    """Split a cell into the organisations it names, in their order, each once.

    « Collège Carnot et lycée Carnot » names two, « Collège Jean et Marie Curie » one; a label
    before a name is no part of it, « Association : Astrée ».
    """
    found = (_LABEL.sub("", piece.strip(" ,")) for part in several(text) for piece in _AND.split(part))
    return list(dict.fromkeys(piece for piece in found if piece))


def chosen(text: str) -> str:
    """Return answers ticked in a form, which it writes « 6e;3e; », as « 6e, 3e »."""
    return ", ".join(several(text)) if text.endswith(";") else text


def listed(cell: Cell) -> list[str]:
    """Return a list by semicolons or line breaks; by commas when there is none of those."""
    parts = several(cell)
    if len(parts) == 1 and "," in parts[0]:
        return list(dict.fromkeys(filter(None, (part.strip() for part in parts[0].split(",")))))
    return parts


def telephone(cell: Cell) -> str:
    """Return a telephone number as it is written; a cell that was a number has lost its first zero."""
    text = line_of(cell)
    return f"0{text}" if _WITHOUT_ZERO.fullmatch(text) else text


def no_nowhere(text: str) -> str:
    """Return what a cell says of a place; nothing of « à définir », « N.C. », « – »."""
    is_nowhere = _NOWHERE.fullmatch(slug(text)) or not any(map(str.isalnum, text))
    return "" if is_nowhere else text
