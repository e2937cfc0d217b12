"""Reads a version of the grid from a file of a pack (``docs/grille.md``), strictly."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from accroche.campagne.grille import (
    CODE_LENGTH,
    CRITERE_CODE_LENGTH,
    LEVEL_LENGTH,
    MOST_CRITERES,
    MOST_OBJECTIFS,
    PREAMBLE_LENGTH,
    CritereDit,
    GrilleDite,
    ObjectifDit,
    Origines,
    manques,
)
from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import CodeAxe
from accroche.imports.pack_tables import Line, Number, PackError, Table, once, read

#: What a pack calls the file of its grid.
FILE = "grille.toml"

_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+$", max_length=CODE_LENGTH)]
_Numero = Annotated[str, StringConstraints(pattern=r"^\S+$", max_length=CRITERE_CODE_LENGTH)]
_Niveau = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LEVEL_LENGTH)]
_Preambule = Annotated[str, StringConstraints(strip_whitespace=True, max_length=PREAMBLE_LENGTH)]


class _Critere(Table):
    code: _Numero
    title: Line
    axe: CodeAxe
    weight: Number = 1
    evidence: Annotated[tuple[Preuve, ...], once()] = ()
    levels: tuple[_Niveau, ...]
    anciens: Annotated[tuple[_Numero, ...], once()] = ()


class _Objectif(Table):
    code: _Code
    label: Line
    criteres: Annotated[tuple[_Critere, ...], Field(max_length=MOST_CRITERES), once("code")]


class _Grille(Table):
    code: _Code
    name: Line
    preamble: _Preambule = ""
    previous: _Code | None = None
    objectifs: Annotated[tuple[_Objectif, ...], Field(max_length=MOST_OBJECTIFS), once("code")]


@dataclass(frozen=True, slots=True)
class GrilleLue:
    """A version as its file tells it, and where its criteria come from."""

    grille: GrilleDite
    previous: str = ""
    origines: Origines = field(default_factory=dict)


def read_grille(path: Path) -> GrilleLue:
    """Read the file of a version. Raises :class:`PackError`: not as it should be, or it lacks something."""
    told = read(path, _Grille)
    grille = GrilleDite(
        code=told.code,
        name=told.name,
        preamble=told.preamble,
        objectifs=tuple(
            ObjectifDit(
                objectif.code,
                objectif.label,
                tuple(
                    CritereDit(one.code, one.title, one.axe, one.levels, one.weight, one.evidence)
                    for one in objectif.criteres
                ),
            )
            for objectif in told.objectifs
        ),
    )
    if lacking := manques(grille):
        raise PackError(f"{path.name} : {lacking[0]}.")
    criteres = [one for objectif in told.objectifs for one in objectif.criteres]
    origines = {one.code: frozenset(one.anciens) for one in criteres if one.anciens}
    if origines and not told.previous:
        raise PackError(f"{path.name} : des « anciens », et pas de version d’avant (« previous »).")
    return GrilleLue(grille, told.previous or "", origines)
