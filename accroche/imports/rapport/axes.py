"""Axes of work for the next edition: the announced number and the code of each bullet."""

from __future__ import annotations

import re

from accroche.imports.rapport.lignes import sans_accents

_NOMBRES = {
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
_ANNONCE = re.compile(r"\b(" + "|".join(_NOMBRES) + r"|[0-9]{1,2}) (?:grands? )?axes? de travail se degage")
# An axis is recognised by its opening words: what follows « (ex : » quotes the other axes.
_OUVERTURE = 160
# In this order: the narrow wordings first, « valorisation » alone last.
_REGLES: tuple[tuple[str, tuple[str, ...]], ...] = (
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


def nombre(mot: str) -> int | None:
    """Give the value of a number in words (« trois ») or digits, None when it is neither."""
    cle = sans_accents(mot)
    return int(cle) if cle.isascii() and cle.isdigit() else _NOMBRES.get(cle)


def annonce(ligne: str, suivante: str = "") -> tuple[int, bool] | None:
    """Read « Trois axes de travail se dégagent… » that begins in ``ligne``.

    Gives the number, and whether the line begins with it; None when nothing is announced.
    """
    if "ax" not in ligne.casefold() and "ax" not in suivante.casefold():
        return None
    debut = sans_accents(ligne)
    motif = _ANNONCE.search(f"{debut} {sans_accents(suivante)}")
    if motif is None or motif.start() >= len(debut):
        return None
    return nombre(motif.group(1)) or 0, motif.start() == 0


def code_axe(texte: str) -> str | None:
    """Give the code of the axis a bullet states, None when no rule knows it."""
    cle = sans_accents(texte[: _OUVERTURE * 2])
    ouverture = cle.partition("(ex")[0][:_OUVERTURE]
    for code, formules in _REGLES:
        if any(formule in ouverture for formule in formules):
            return code
    return None
