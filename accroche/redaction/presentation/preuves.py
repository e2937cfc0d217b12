"""Evidence beside the text of a part: each sentence with what it was counted on, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accroche.campagne.models import Edition
from accroche.redaction.parties import Partie
from accroche.redaction.preuves import PreuveComptee
from accroche.redaction.queries.preuves import preuves_of


@dataclass(frozen=True, slots=True)
class LigneMontree:
    """A row: whose sheet, what it says there, and where one talks of that sheet; empty without one."""

    academie: str
    dit: str
    address: str


@dataclass(frozen=True, slots=True)
class PreuveMontree:
    """A piece of evidence as its page shows it."""

    code: str
    phrase: str
    noms: tuple[str, ...]
    provenance: str
    lignes: tuple[LigneMontree, ...]


def beside(edition: Edition, partie: Partie) -> list[PreuveMontree]:
    """The evidence beside a part of the report of an edition, in its order; a fixed number of queries."""
    slugs = dict(edition.semaines.order_by().values_list("academie__name", "academie__slug"))
    pages = {name: reverse("redaction:fiche", args=[edition.year, slug]) for name, slug in slugs.items()}
    return list(_shown(preuves_of(edition, partie), pages))


def _shown(preuves: Iterable[PreuveComptee], pages: dict[str, str]) -> Iterable[PreuveMontree]:
    for one in preuves:
        rows = tuple(LigneMontree(row.academie, row.dit, pages.get(row.academie, "")) for row in one.lignes)
        yield PreuveMontree(one.code, one.phrase, one.noms, one.provenance, rows)
