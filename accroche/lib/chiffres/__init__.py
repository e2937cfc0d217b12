"""Qualified figures: numbers as the field gives them, and what they add up to.

An office writes « 110 », « Une trentaine », « N.C. » or two counts with two perimeters.
A :class:`Chiffre` keeps the value together with what was said about it, so that no
total is ever firmer than its parts, and N.C. is never taken for zero.
"""

from accroche.lib.chiffres.affichage import (
    format_chiffre,
    format_chiffres,
    format_etendue,
    format_number,
    format_reserves,
    format_total,
)
from accroche.lib.chiffres.lecture import parse
from accroche.lib.chiffres.modele import SUBSET_NOTE, Chiffre, ChiffreError, Kind
from accroche.lib.chiffres.somme import Total, counted, total

__all__ = [
    "SUBSET_NOTE",
    "Chiffre",
    "ChiffreError",
    "Kind",
    "Total",
    "counted",
    "format_chiffre",
    "format_chiffres",
    "format_etendue",
    "format_number",
    "format_reserves",
    "format_total",
    "parse",
    "total",
]
