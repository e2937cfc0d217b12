"""The self-evaluation grid as the synthesis prints it: what it is for, then each criterion in words.

The grid alone: what an académie answered is between it and the bureau, and is printed nowhere.
"""

from __future__ import annotations

from accroche.campagne.grille import LEVELS, GrilleDite, ObjectifDit
from accroche.lib.texte import NBSP, typographie
from accroche.publications.blocs import paragraphs, text
from accroche.publications.outline import Column, Section, Table, Text
from accroche.publications.textes import rich_section


def preamble(grille: GrilleDite | None, written: str = "") -> Section:
    """What the grid is for; its criteria come objective by objective (:func:`criteria`).

    ``written``: what the bureau says of it in this edition, rich; its own words where nothing is.
    """
    name = typographie(grille.name) if grille else "La grille d’auto-évaluation"
    if written.strip() or grille is None:
        return rich_section("grille", name, written)
    return Section("grille", name, paragraphs(typographie(grille.preamble)))


def criteria(objectif: ObjectifDit, source: str = "") -> Table:
    """The criteria of an objective, their five levels in words, and the grid they are of."""
    return Table(
        caption=typographie(f"La grille, critère par critère : {objectif.label}"),
        columns=(Column("Critère"), *(Column(f"Niveau{NBSP}{n}") for n in range(LEVELS))),
        rows=tuple(
            (
                (Text(typographie(f"{critere.code}{NBSP}{critere.title}"), strong=True),),
                *(text(level) for level in critere.levels),
            )
            for critere in objectif.criteres
        ),
        source=source,
    )
