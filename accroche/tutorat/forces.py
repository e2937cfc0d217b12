"""What an académie does well enough to show it to another: one proof for each need of ``besoins.py``. Pure.

A strength asks for more than not needing help: who accompanies has something to show. Each one quotes its
fact, and what nobody knows is no strength.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.evaluation.faits import Faits
from accroche.lib.chiffres import Kind
from accroche.lib.texte import liste, ordinal_feminin, pluriel
from accroche.tutorat.appariement import MOST
from accroche.tutorat.besoins import Besoins, CodeBesoin, is_judged

#: Actions, and schools where no directory tells their share (per cent): many.
MANY: Final = 30
GOOD_RATE: Final = 25
#: External partners, kinds of public resources, temps forts: several.
SEVERAL_PARTNERS: Final = 3
SEVERAL: Final = 2
#: An académie that was not asked is proposed when it has as many strengths, and then for one other alone.
STRONG: Final = 4
UNASKED: Final = 1


def forces_of(
    faits: Faits, *, axes: Collection[str] | None = None, has_account: bool | None = None
) -> Mapping[CodeBesoin, str]:
    """What it does well, with the fact that says so. The arguments are those of ``besoins_of``."""
    if not is_judged(faits):
        return {}
    found = {code: proof for code, read in _READ.items() if (proof := read(faits))}
    if has_account and faits.fiches.count:
        found[CodeBesoin.COMPTE] = "Elle tient sa semaine sur le site."
    if axes is not None and len(axes) <= 1:
        found[CodeBesoin.AXES] = "Un axe de travail au plus lui est suggéré."
    return {code: found[code] for code in CodeBesoin if code in found}


def capacity_of(faits: Faits, besoins: Besoins, forces: Mapping[CodeBesoin, str]) -> int:
    """How many académies it could accompany: what it offers, or one if it is strong and nobody asked it.

    Who is to be helped accompanies nobody, unless it offered to.
    """
    if faits.mentor_offer is not None:
        return max(0, min(MOST, faits.mentor_offer))
    if besoins.motif.is_to_help or len(forces) < STRONG:
        return 0
    return UNASKED


def _data(faits: Faits) -> str:
    if faits.actions.value is not None and faits.etablissements.value is not None:
        return "Elle a chiffré ses actions et ses établissements."
    return ""


def _coverage(faits: Faits) -> str:
    if faits.rate is not None:
        return f"{faits.rate} % de l’annuaire a déclaré." if faits.rate >= GOOD_RATE else ""
    answer = faits.etablissements
    if answer.kind is Kind.ALL:
        return "Toutes ses écoles et tous ses établissements ont pris part."
    if answer.value is not None and answer.value >= MANY:
        return f"{answer.value} écoles et établissements ont pris part."
    return ""


def _actions(faits: Faits) -> str:
    value = faits.actions.value
    return f"{value} actions." if value is not None and value >= MANY else ""


def _experience(faits: Faits) -> str:
    if faits.ordinal is None or faits.is_first:
        return ""
    return f"Elle en est à sa {ordinal_feminin(faits.ordinal)} semaine."


def _levels(faits: Faits) -> str:
    return "Les quatre niveaux sont présents." if faits.levels == frozenset(Niveau) else ""


def _partners(faits: Faits) -> str:
    count = faits.partners_external
    if count >= SEVERAL_PARTNERS:
        return f"{count} partenaires extérieurs prennent part à sa semaine."
    if faits.alliances == "internes_externes":
        return "Ses alliances dépassent l’Éducation nationale."
    return ""


def _resources(faits: Faits) -> str:
    if len(faits.published) < SEVERAL:
        return ""
    return f"En ligne : {liste(sorted(kind.label.lower() for kind in faits.published))}."


def _visibility(faits: Faits) -> str:
    found = sorted(kind.label.lower() for kind in faits.supports)
    return f"{pluriel(len(found), 'Support public', 'Supports publics')} : {liste(found)}." if found else ""


def _events(faits: Faits) -> str:
    return f"{faits.events} temps forts." if faits.events >= SEVERAL else ""


def _staff(faits: Faits) -> str:
    if faits.obstacle == "aucun" and faits.staff_strain in {"", "tenable"}:
        return "Elle n’a pas rencontré d’obstacle."
    return "Elle juge la charge de ses services tenable." if faits.staff_strain == "tenable" else ""


_READ: Final[dict[CodeBesoin, Callable[[Faits], str]]] = {
    CodeBesoin.DONNEES: _data,
    CodeBesoin.CHIFFRES: _data,
    CodeBesoin.COUVERTURE: _coverage,
    CodeBesoin.ACTIONS: _actions,
    CodeBesoin.PREMIERE: _experience,
    CodeBesoin.NIVEAUX: _levels,
    CodeBesoin.PARTENAIRES: _partners,
    CodeBesoin.RESSOURCES: _resources,
    CodeBesoin.VISIBILITE: _visibility,
    CodeBesoin.TEMPS_FORTS: _events,
    CodeBesoin.OBSTACLE: _staff,
}
