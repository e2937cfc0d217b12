"""What became of the axes an académie kept for this edition: what the facts say of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import CodeAxe
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.evolution import evolution, phrase_of
from accroche.evaluation.axes import Reglement
from accroche.evaluation.faits import Faits

#: What a semaine told, and its facts.
Dite = tuple[SemaineDossier, Faits]

#: What shows an axis, by the codes of ``dossier.evolution``.
MESURES: Final[Mapping[str, tuple[str, ...]]] = {
    CodeAxe.STRUCTURATION: ("jours",),
    CodeAxe.ANIMATION: ("etablissements", "actions", "temps_forts"),
    CodeAxe.VALORISATION: ("ressources", "supports"),
    CodeAxe.VALORISATION_PROJET: ("ressources", "supports"),
    CodeAxe.PARTENAIRES: ("partenaires", "familles"),
    CodeAxe.RECENSEMENT: ("actions", "supports"),
    CodeAxe.DYNAMIQUE: ("temps_forts", "partenaires"),
    CodeAxe.NIVEAUX: ("niveaux",),
    CodeAxe.DEPLOIEMENT: ("etablissements", "actions"),
    CodeAxe.CONSOLIDATION: ("etablissements", "actions", "ressources"),
}


@dataclass(frozen=True, slots=True)
class LigneSuivi:
    """One thing that shows an axis: before, after (empty for a list), and what changed, in words."""

    label: str
    before: str
    after: str
    phrase: str


@dataclass(frozen=True, slots=True)
class AxeSuivi:
    """What the facts say of one axis kept in the edition before.

    ``details``: who kept it, with its own wording. ``then`` and ``now``: whether the rules propose it, of the
    facts of that edition and of this one; ``None`` where there are none.
    """

    code: str
    details: tuple[tuple[str, str], ...]
    then: bool | None
    now: bool | None
    mesures: tuple[LigneSuivi, ...]

    @property
    def phrase(self) -> str:
        """What the rules say, in a sentence."""
        if self.now is None:
            return "Les faits de cette édition ne sont pas encore connus."
        if self.now:
            again = "encore " if self.then else ""
            return f"D’après les faits de cette édition, cet axe serait {again}proposé."
        if self.then:
            return "D’après les faits de cette édition, il n’est plus proposé : ce qui le motivait a changé."
        return "Les faits de cette édition ne le proposent pas."


def devenirs(before: Sequence[Dite], after: Dite, was: Reglement, now: Reglement) -> tuple[AxeSuivi, ...]:
    """Return what became of each axis that ``before`` kept, in its order.

    ``before``: the semaine of the académie in the edition before, or those of the académies it follows; each
    edition by its own rules (``was``, ``now``).
    """
    codes = dict.fromkeys(axe.code for semaine, _ in before for axe in semaine.axes)
    told = _told([semaine for semaine, _ in before], after[0])
    return tuple(
        AxeSuivi(
            code=code,
            details=tuple(
                (semaine.academie, axe.detail)
                for semaine, _ in before
                for axe in semaine.axes
                if axe.code == code
            ),
            then=_proposed(code, before, was),
            now=_proposed(code, [after], now),
            mesures=tuple(told[name] for name in MESURES.get(code, ()) if name in told),
        )
        for code in codes
    )


def _proposed(code: str, told: Sequence[Dite], regles: Reglement) -> bool | None:
    known = [faits for _, faits in told if faits.has_data]
    return any(code in regles.fired(one) for one in known) if known else None


def _told(before: Sequence[SemaineDossier], after: SemaineDossier) -> dict[str, LigneSuivi]:
    found = evolution(before, [after], {one.academie: after.academie for one in before})
    lines = (*found.figures, *found.counts)
    told = {line.code: LigneSuivi(line.label, line.before, line.after, line.phrase) for line in lines}
    return told | {one.code: LigneSuivi(one.label, "", "", phrase_of(one)) for one in found.lists}
