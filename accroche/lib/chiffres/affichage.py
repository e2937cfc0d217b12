"""Printing figures and totals in correct French.

Thousands are separated by U+202F and a number never parts from its noun (U+00A0).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from accroche.lib.chiffres.modele import SUBSET_NOTE, Chiffre, Kind
from accroche.lib.texte import NBSP, liste, nombre, pluriel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accroche.lib.chiffres.somme import Total

_PREFIX: Final = {
    Kind.EXACT: "",
    Kind.ABOUT: "environ ",
    Kind.MORE_THAN: "plus de ",
    Kind.AT_LEAST: "au moins ",
}
_WORDS: Final = {
    Kind.ALL: "tous",
    Kind.NOT_COMMUNICATED: "N.C.",
    Kind.UNAVAILABLE: "non disponible",
}
# « Nombre d’actions : 31 (actions organisées…) » would say the noun of the question twice.
_ASKED = re.compile(
    r"(?:actions?|(?:écoles?(?: et | ou |/))?établissements?(?: scolaires?)?)(?: +(?!et\b|ou\b)|$)",
    re.IGNORECASE,
)
# Parentheses do not nest in French.
_INNER = re.compile(r"(?<!\s)\s*\(([^()]*)\)")
#: What a total is that may be under the true number as well as over it.
BARE_SUM: Final = "somme des nombres donnés"
_NONE: Final = {
    "action": "aucune",
    "académie": "aucune",
    "école": "aucune",
    "ressource": "aucune",
    "semaine": "aucune",
    "établissement": "aucun",
    "lycée": "aucun",
    "collège": "aucun",
    "partenaire": "aucun",
    "temps fort": "aucun",
}


def format_chiffre(chiffre: Chiffre) -> str:
    """Write one figure without its perimeter: « 110 », « environ 30 », « N.C. »."""
    if chiffre.value is None:
        return _WORDS[chiffre.kind]
    return _PREFIX[chiffre.kind] + nombre(chiffre.value)


def format_chiffres(chiffres: Sequence[Chiffre]) -> str:
    """Write the figures of one answer, each with its perimeter in parentheses.

    A figure already counted in the one before follows it: « 31, dont 17 (remarquables) »; one
    that covers another perimeter comes last, as « hors total ».
    No figure at all is written as one that is not available.
    """
    groups: list[tuple[Chiffre, list[Chiffre]]] = []
    for chiffre in chiffres or (Chiffre(Kind.UNAVAILABLE),):
        if chiffre.note.startswith(SUBSET_NOTE) and groups:
            groups[-1][1].append(chiffre)
        else:
            groups.append((chiffre, []))
    asked = groups[0][0]
    summed = liste(_group(c, subset, c is asked) for c, subset in groups if c.additive)
    apart = liste(_group(c, subset, c is asked) for c, subset in groups if not c.additive)
    if not summed or not apart:
        return summed or apart
    # « et » would say that they add up.
    return f"{summed}{NBSP}; hors total{NBSP}: {apart}"


def _group(chiffre: Chiffre, subset: list[Chiffre], asked: bool) -> str:
    text = _with_perimeter(chiffre, asked=asked)
    parts = liste(_with_perimeter(part, asked=False) for part in subset)
    return f"{text}, dont {parts}" if parts else text


def _with_perimeter(chiffre: Chiffre, *, asked: bool) -> str:
    """Write a figure and its perimeter; ``asked`` says a noun alone repeats the question."""
    perimeter = chiffre.perimeter
    if chiffre.kind is Kind.ALL and perimeter:
        return perimeter[0].lower() + perimeter[1:]
    shorter = _ASKED.sub("", perimeter, count=1) if _ASKED.match(perimeter) else perimeter
    if shorter or asked:
        perimeter = shorter
    perimeter = _INNER.sub(r", \1", perimeter)
    if perimeter.count("«") > perimeter.count("»"):
        # The source forgot to close its quotation.
        perimeter += f"{NBSP}»"
    return f"{format_chiffre(chiffre)} ({perimeter})" if perimeter else format_chiffre(chiffre)


def format_total(total: Total, singular: str = "action", plural: str = "actions") -> str:
    """Write a total no firmer than its parts: « au moins 1 153 actions ».

    Zero out of incomplete answers is no information, and is written as not communicated.
    """
    if unknown := _unknown(total):
        return unknown
    if total.added == 0:
        # An unknown noun has no gender here; « 0 » is always right.
        return f"{_NONE[singular]} {singular}" if singular in _NONE else f"0{NBSP}{singular}"
    count = f"{nombre(total.added)}{NBSP}{pluriel(total.added, singular, plural)}"
    return f"{_firmness(total)}{count}{f' ({BARE_SUM})' if total.is_bare_sum else ''}"


def format_number(total: Total) -> str:
    """Write a total without its noun, which stands elsewhere: « au moins 1 153 ».

    Of one that is no more than a sum, what it is worth is said beside (:func:`format_reserves`).
    """
    return _unknown(total) or _firmness(total) + nombre(total.added)


def format_reserves(total: Total) -> str:
    """Say why a total is no firm number: « somme des nombres donnés, dont 1 approché… »; empty when it is."""
    if not total.has_number or total.is_sure:
        return ""
    rough = len(total.rough)
    aside = f", dont {nombre(rough)}{NBSP}{pluriel(rough, 'approché', 'approchés')}" if rough else ""
    shared = (
        f"{NBSP}; des recoupements sont possibles pour {liste(total.overlapping)}"
        if total.overlapping
        else ""
    )
    return f"{BARE_SUM}{aside}{shared}"


def _unknown(total: Total) -> str:
    """Return the words for a total that has no number to print; empty when it has one."""
    if total.has_number:
        return ""
    answered = total.counted or total.missing or total.uncounted_all
    return "nombre non communiqué" if answered else "nombre non disponible"


def _firmness(total: Total) -> str:
    if total.is_bound:
        return "au moins " if total.is_sure else ""
    if total.is_approximate:
        return "environ "
    return "au plus " if total.overlapping else ""


def format_etendue(total: Total, singular: str = "académie", plural: str = "académies") -> str:
    """Write how many gave a number: « 24 des 28 académies dont les données sont disponibles »."""
    counted, answered = len(total.counted), total.answered
    none = _NONE.get(singular, "0")
    known = "dont les données sont disponibles"
    if answered == 0:
        return f"{none} {singular} {known}" if none != "0" else f"0{NBSP}{singular} {known}"
    if answered == 1:
        only = f"l’unique {singular} {known}"
        return only if counted else f"sans nombre de {only}"
    whole = f"{nombre(answered)}{NBSP}{plural} {known}"
    if counted == answered:
        return f"les {whole}"
    return f"{nombre(counted) if counted else none} des {whole}"
