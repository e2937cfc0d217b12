"""What the page of coverage shows: tables of territories and levels, each row with where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from accroche.annuaire.models import Bassin
from accroche.annuaire.regles import Niveau
from accroche.pilotage.couverture import Avancement, Effectif, LigneCouverture, Tri, group, sort_lines
from accroche.pilotage.forms.couverture import NO_ACADEMIE, NO_BASSIN
from accroche.pilotage.queries.couverture import Cadre


@dataclass(frozen=True, slots=True)
class Colonne:
    """A heading of a table: its words, the address that sorts by it, and how it is sorted now."""

    label: str
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table: its title, and its rows in order."""

    title: str
    first: str
    lines: list[LigneCouverture]


HEADINGS = {
    Tri.NAME: "",
    Tri.SCHOOLS: "Établissements",
    Tri.DECLARED: "Ont déclaré",
    Tri.MISSING: "Restent",
    Tri.RATE: "Taux",
}


def with_choice(chosen: dict[str, str], **more: str) -> str:
    """The query string of what is chosen, and ``more``."""
    return urlencode({name: value for name, value in (chosen | more).items() if value})


def colonnes(chosen: dict[str, str], tri: Tri, *, reverse: bool) -> list[Colonne]:
    """The headings; the one sorted by turns the order round."""
    found = []
    for column, label in HEADINGS.items():
        current = column is tri
        turned = "inverse" if current and not reverse else ""
        # names rise first, figures fall first
        rises = (column is Tri.NAME) != reverse
        state = ("ascending" if rises else "descending") if current else ""
        found.append(Colonne(label, with_choice(chosen, tri=column.value, sens=turned), state))
    return found


def territories(
    rows: list[Effectif], cadre: Cadre, chosen: dict[str, str], tri: Tri, *, reverse: bool
) -> Tableau | None:
    """The parts of what is chosen, at the widest level that has several; None when there is but one."""
    by_academie = group((cadre.academies.get(row.departement), row) for row in rows)
    if not chosen.get("academie") and len(by_academie) > 1:
        lines = [
            LigneCouverture(
                academie.name if academie else "Sans académie",
                with_choice(chosen, academie=academie.slug if academie else NO_ACADEMIE),
                avancement,
            )
            for academie, avancement in by_academie.items()
        ]
        return Tableau("Par académie", "Académie", sort_lines(lines, tri, reverse=reverse))
    by_departement = group((row.departement, row) for row in rows)
    if not chosen.get("departement") and len(by_departement) > 1:
        lines = []
        for number, avancement in by_departement.items():
            departement = cadre.departements[number]
            lines.append(
                LigneCouverture(
                    str(departement), with_choice(chosen, departement=departement.code), avancement
                )
            )
        return Tableau("Par département", "Département", sort_lines(lines, tri, reverse=reverse))
    by_bassin = group((row.bassin, row) for row in rows)
    if not chosen.get("bassin") and len(by_bassin) > 1:
        names = Bassin.objects.in_bulk([number for number in by_bassin if number])
        lines = [
            LigneCouverture(
                names[number].name if number else "Sans bassin",
                with_choice(chosen, bassin=str(number or NO_BASSIN)),
                avancement,
            )
            for number, avancement in by_bassin.items()
        ]
        return Tableau("Par bassin", "Bassin", sort_lines(lines, tri, reverse=reverse))
    return None


def levels(rows: list[Effectif], chosen: dict[str, str], tri: Tri, *, reverse: bool) -> Tableau:
    """The same schools by level; all four, also those without school."""
    found = group((row.level, row) for row in rows)
    lines = [
        LigneCouverture(level.label, with_choice(chosen, niveau=level.value), found.get(level, Avancement()))
        for level in Niveau
    ]
    # from the youngest pupils up, unless a figure is asked for
    ordered = lines if tri is Tri.NAME else sort_lines(lines, tri, reverse=reverse)
    return Tableau("Par niveau", "Niveau", ordered)
