"""Figures counted from published sheets, and the académie's own beside them when they differ.

In an edition declared here (``Edition.is_counted``) nobody has to be believed: the number of actions of a
semaine is that of its published sheets, its schools those that carry them. What the académie announces
never enters a total, or one school's first sheet would make that total fall. It stands beside, with why.
Pure: ``docs/adr`` tells the choice, ``tests/dossier/test_comptage.py`` its table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.dossier.dossier import ActionDossier, EditionDossier, PorteurSaisi, SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, Total, format_chiffre, format_etendue, total
from accroche.lib.texte import NBSP, nombre, pluriel

#: Where a counted figure comes from, and whose word stands beside it.
COUNTED: Final = "Fiches publiées sur Accroche"
ANNOUNCED: Final = "Annoncé par l’académie"

#: How far « environ » may be from the count and still say the same.
ROUGHLY: Final = 0.1

_PARTICIPLES: Final = {
    Indicateur.ACTIONS: ("recensée", "recensées", "annoncée", "annoncées"),
    Indicateur.ETABLISSEMENTS: ("recensé", "recensés", "annoncé", "annoncés"),
}
_BELOW: Final = {
    Indicateur.ACTIONS: "la différence peut venir d’actions non déclarées ou pas encore publiées",
    Indicateur.ETABLISSEMENTS: (
        "la différence peut venir d’établissements dont l’action n’est pas déclarée ou pas encore publiée"
    ),
}
_ABOVE: Final = (
    "des fiches ont sans doute été publiées depuis, ou portent sur l’année et non sur la seule semaine"
)


@dataclass(frozen=True, slots=True)
class Decompte:
    """What the published sheets of one semaine add up to: sheets, schools (each once), levels ticked."""

    actions: int = 0
    etablissements: int = 0
    levels: frozenset[Niveau] = frozenset()

    def of(self, indicateur: Indicateur) -> int:
        """The count that answers one question."""
        return self.actions if indicateur is Indicateur.ACTIONS else self.etablissements


def decompte_of(actions: Iterable[ActionDossier]) -> Decompte:
    """Count sheets that are plain data. See :func:`accroche.dossier.queries.comptage.decomptes`."""
    told = tuple(actions)
    schools = {_school(porteur) for action in told for porteur in action.porteurs if porteur.level}
    return Decompte(
        len(told), len(schools), frozenset(Niveau(code) for action in told for code in action.levels)
    )


def _school(porteur: PorteurSaisi) -> tuple[str, ...]:
    return (porteur.uai,) if porteur.uai else (porteur.kind, porteur.name, porteur.commune)


def are_counted(figures: Iterable[Chiffre]) -> bool:
    """Whether an answer was counted here rather than declared."""
    return any(figure.source == COUNTED for figure in figures)


def is_counted(result: Total) -> bool:
    """Whether a total adds up counts rather than declarations."""
    return any(are_counted(figures) for _, figures in result.parts)


def etendue(result: Total) -> str:
    """Say how much of the whole a total covers: « les fiches publiées de 3 académies sur 30 »."""
    if not is_counted(result):
        return format_etendue(result)
    counted, everyone = len(result.counted), len(result.parts)
    if not counted:
        return "aucune fiche publiée à ce jour"
    noun = pluriel(counted, "académie", "académies")
    return f"les fiches publiées de {nombre(counted)}{NBSP}{noun} sur {nombre(everyone)}"


def counted_figures(
    indicateur: Indicateur, declared: tuple[Chiffre, ...], decompte: Decompte, *, unavailable: bool = False
) -> tuple[Chiffre, ...]:
    """Return the figures of one answer: the count, which alone enters totals, then what was announced.

    No sheet yet is « non communiqué », never zero. ``unavailable``: the académie said it has nothing to
    report; without a sheet nor a figure it keeps saying so.
    """
    count = decompte.of(indicateur)
    announced = tuple(f for f in declared if f.additive and f.value is not None)
    if not count and unavailable and not announced:
        return declared or (Chiffre(Kind.UNAVAILABLE),)
    note = _note(indicateur, declared, announced, count)
    # zero is a number only in the mouth of who knows: the académie announces none, and none is published
    known = count or (announced and all(f.kind is Kind.EXACT and not f.value for f in announced))
    kind = Kind.EXACT if known else Kind.NOT_COMMUNICATED
    first = Chiffre(kind, count if known else None, note=note, source=COUNTED)
    apart = tuple(replace(f, source=f.source or ANNOUNCED) for f in declared if not f.additive)
    if not announced or _agrees(announced, count):
        return (first, *apart)
    beside = tuple(_beside(indicateur, figure) for figure in announced)
    return (first, *beside, *apart)


def _beside(indicateur: Indicateur, figure: Chiffre) -> Chiffre:
    *_, one, many = _PARTICIPLES[indicateur]
    word = f"{pluriel(figure.value or 0, one, many)} par l’académie"
    perimeter = f"{word}, {figure.perimeter}" if figure.perimeter else word
    return replace(figure, perimeter=perimeter, source=ANNOUNCED, additive=False)


def _agrees(announced: tuple[Chiffre, ...], count: int) -> bool:
    """Whether what was announced says nothing else than the count."""
    said = total([("", announced)])
    if said.is_approximate:
        return abs(said.added - count) <= math.ceil(ROUGHLY * said.added)
    if said.is_open_ended:
        strictly = any(figure.kind is Kind.MORE_THAN for figure in announced)
        return count > said.added if strictly else count >= said.added
    return count == said.added


def _note(
    indicateur: Indicateur, declared: tuple[Chiffre, ...], announced: tuple[Chiffre, ...], count: int
) -> str:
    """Say why the académie's word and the count differ; nothing when they do not."""
    one, many, said_one, said_many = _PARTICIPLES[indicateur]
    if announced and not _agrees(announced, count):
        said = total([("", announced)])
        words = " + ".join(format_chiffre(figure) for figure in announced)
        verb = pluriel(said.added, said_one, said_many)
        if not count:
            return f"{words} {verb} par l’académie, aucune fiche publiée à ce jour"
        here = f"{nombre(count)} {pluriel(count, one, many)} ici, {words} {verb} par l’académie"
        return f"{here}{NBSP}: {_BELOW[indicateur] if said.added >= count else _ABOVE}"
    if not count:
        return "" if announced else "aucune fiche publiée à ce jour"
    if any(f.kind is Kind.ALL for f in declared):
        return f"l’académie répond «{NBSP}tous{NBSP}», sans nombre"
    if any(f.kind is Kind.NOT_COMMUNICATED for f in declared):
        return "l’académie n’a pas communiqué de nombre, celui-ci est compté sur les fiches publiées"
    return ""


def with_counts(dossier: EditionDossier) -> EditionDossier:
    """Return an edition whose figures and levels are counted from the actions it holds."""
    semaines = dossier.semaines
    return replace(dossier, semaines=tuple(with_count(one, decompte_of(one.actions)) for one in semaines))


def with_count(semaine: SemaineDossier, decompte: Decompte) -> SemaineDossier:
    """Return a semaine with the figures and levels that were counted."""
    unavailable = semaine.status == StatutSemaine.UNAVAILABLE
    return replace(
        semaine,
        actions_figures=counted_figures(
            Indicateur.ACTIONS, semaine.actions_figures, decompte, unavailable=unavailable
        ),
        etablissements_figures=counted_figures(
            Indicateur.ETABLISSEMENTS, semaine.etablissements_figures, decompte, unavailable=unavailable
        ),
        levels=semaine.levels | decompte.levels,
        levels_unknown=tuple(one for one in semaine.levels_unknown if one not in decompte.levels),
    )
