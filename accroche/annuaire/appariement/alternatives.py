"""« École élémentaire ou primaire X »: two words of one type are a type, and name one school. Pure."""

from __future__ import annotations

import re
from typing import Final

_BIG: Final = r"[ée]l[ée]m(?:entaire|\b\.?)|prim(?:aire|\b\.?)"
_ECOLE: Final = rf"{_BIG}|mat(?:ernelle|\b\.?)"
_LYCEE: Final = r"g[ée]n[ée]ral|gal|g[ée]n\b\.?|techno(?:logique|\b\.?)|prof?(?:essionnel|\b\.?)|polyvalent"
_OF_ECOLE: Final = re.compile(
    rf"\b(?:([ée]cole)\s{{1,3}})?({_ECOLE})\s{{0,3}}(?:\b(ou|et)\b|[/&])\s{{0,3}}({_ECOLE})(?![^\W\d_])",
    re.IGNORECASE,
)
_OF_LYCEE: Final = re.compile(
    rf"\b({_LYCEE})(?:\s{{0,3}},\s{{0,3}}({_LYCEE}))?\s{{1,3}}ou\s{{1,3}}({_LYCEE})(?![^\W\d_])",
    re.IGNORECASE,
)
_EITHER: Final = re.compile(r"\bou\b", re.IGNORECASE)


def one_type(text: str) -> str:
    """Put the one type in the place of its alternatives: « élémentaire ou primaire » is élémentaire.

    A maternelle « et » an élémentaire may be two schools: these are left.
    """
    # most mentions join nothing, and are read often
    if not any(join in text for join in "/&") and not any(join in text.lower() for join in (" ou ", " et ")):
        return text
    return _OF_LYCEE.sub(_of_lycee, _OF_ECOLE.sub(_of_ecole, text))


def either(text: str) -> bool:
    """Whether a text says « ou » of something else than a type: of two schools, nobody knows which."""
    return _EITHER.search(text) is not None


def _of_ecole(found: re.Match[str]) -> str:
    first, second = found[2][0].lower(), found[4][0].lower()
    said = f"{found[1]} " if found[1] else ""
    if "m" not in {first, second}:
        return f"{said}élémentaire"
    return "école" if (found[3] or "").lower() == "ou" and first != second else found[0]


def _of_lycee(found: re.Match[str]) -> str:
    kinds = {one[0].lower() for one in found.groups() if one}
    return "général et technologique" if kinds <= {"g", "t"} else ""
