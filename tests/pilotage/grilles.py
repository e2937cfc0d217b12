"""A small grid in use, for the tests of evaluations: two objectives, three criteria of the national one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from accroche.campagne.grille import GrilleDite
from accroche.campagne.models import Critere, Edition, Grille, GrilleEdition
from accroche.campagne.operations import attach_grille
from accroche.campagne.operations.grille import add_grille
from accroche.comptes.permissions import OPERATOR
from accroche.imports.pack_grille import FILE, read_grille
from tests.factories import NOW
from tests.strictness import ROOT

PACK = ROOT / "accroche" / "imports" / "packs" / "2015-2016"
#: Criteria that are kept: two of the first objective, one of the last.
KEPT = ("1.2", "1.4", "4.4")
DUE = dt.date(2026, 12, 15)


@cache
def national() -> GrilleDite:
    """The grid of 2016, as its pack tells it."""
    return read_grille(PACK / FILE).grille


def small() -> GrilleDite:
    """The same with three criteria."""
    whole = national()
    objectifs = tuple(
        replace(one, criteres=kept)
        for one in whole.objectifs
        if (kept := tuple(critere for critere in one.criteres if critere.code in KEPT))
    )
    return replace(whole, code="petite", objectifs=objectifs)


def attached(
    edition: Edition, told: GrilleDite | None = None, *, due_on: dt.date | None = DUE
) -> GrilleEdition:
    """Let an edition use the small grid, or ``told``."""
    told = told or small()
    grille = Grille.objects.filter(code=told.code).first() or add_grille(
        told, at=NOW, previous=None, origines={}
    )
    return attach_grille(edition, grille, access=OPERATOR, at=NOW - dt.timedelta(days=20), due_on=due_on)


def critere(code: str) -> Critere:
    """One criterion of the small grid."""
    return Critere.objects.select_related("objectif").get(code=code, objectif__grille__code="petite")
