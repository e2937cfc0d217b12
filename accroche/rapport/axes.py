"""Axes of work for the next edition: the announced number and the code of each bullet."""

from __future__ import annotations

import re

from accroche.rapport.lines import folded

_NUMBERS = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
}
_ANNOUNCED = re.compile(r"\b(" + "|".join(_NUMBERS) + r"|[0-9]{1,2}) (?:grands? )?axes? de travail se degage")
# An axis is recognised by its opening words: what follows « (ex : » quotes the other axes.
_OPENING = 160
# In this order: the narrow wordings first, « valorisation » alone last.
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("valorisation_projet", ("pour chaque projet", "communication et de valorisation des actions")),
    ("recensement", ("recensement plus exhaustif", "recensement exhaustif")),
    ("dynamique", ("evolution des modalites d'action", "dynamique de travail collective")),
    ("consolidation", ("consolidation",)),
    ("deploiement", ("deploiement", "autres bassins")),
    ("niveaux", ("premier degre", "ensemble des niveaux", "tous les niveaux")),
    ("structuration", ("structuration de l'evenement", "veritable semaine", "structurer l'evenement")),
    ("animation", ("animation du territoire", "animer le territoire")),
    ("partenaires", ("mobilisation des partenaires", "mobiliser les partenaires", "partenariat")),
    ("valorisation", ("valorisation de l'evenement", "valoriser l'evenement", "valorisation")),
)


def read_number(word: str) -> int | None:
    """Give the value of a number in words (« trois ») or digits, None when it is neither."""
    key = folded(word)
    return int(key) if key.isascii() and key.isdigit() else _NUMBERS.get(key)


def announcement(line: str, following: str = "") -> tuple[int, bool] | None:
    """Read « Trois axes de travail se dégagent… » that begins in ``line``.

    Gives the number, and whether the line begins with it; None when nothing is announced.
    """
    if "ax" not in line.casefold() and "ax" not in following.casefold():
        return None
    first = folded(line)
    match = _ANNOUNCED.search(f"{first} {folded(following)}")
    if match is None or match.start() >= len(first):
        return None
    return read_number(match.group(1)) or 0, match.start() == 0


def axe_code(text: str) -> str | None:
    """Give the code of the axis a bullet states, None when no rule knows it."""
    key = folded(text[: _OPENING * 2])
    opening = key.partition("(ex")[0][:_OPENING]
    for code, wordings in _RULES:
        if any(wording in opening for wording in wordings):
            return code
    return None
