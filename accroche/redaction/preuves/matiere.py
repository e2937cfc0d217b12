"""What evidence reads of an edition, and what it gives: a sentence, its names, and what it was counted on.

Sentences state counts, names and days, and judge nothing: no « bon », no « insuffisant », no rank that the
counts do not give. What nobody told is unknown: it is in no sentence, or the sentence says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import EditionDossier, PartenaireDossier, PartenaireSaisi, SemaineDossier
from accroche.evaluation.faits import Faits, faits_of
from accroche.lib.texte import NBSP, de, liste, nombre, pluriel, typographie

#: Beyond so many, names follow a number instead of being the subject of the sentence.
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class LignePreuve:
    """One row a sentence was counted on: whose sheet, and what it says there."""

    academie: str
    dit: str


@dataclass(frozen=True, slots=True)
class PreuveComptee:
    """One sentence ready to print. ``noms``: what it names, to insert one by one; ``code`` finds it again."""

    code: str
    phrase: str
    noms: tuple[str, ...]
    provenance: str
    lignes: tuple[LignePreuve, ...] = ()


@dataclass(frozen=True)
class Matiere:
    """An edition as evidence reads it, the one before (None: none is here), and who follows whom.

    What académies tell the bureau alone is not in it: its sentences are printed. ``faits``: of each semaine,
    by its académie. ``des_fiches``: the external partners that its sheets name, once each.
    ``successors``: who follows each académie that is no more, by name. ``closed``: whether nothing is
    added to this edition, and to the one before.
    """

    dossier: EditionDossier
    faits: Mapping[str, Faits] = field(default_factory=dict)
    des_fiches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    previous: EditionDossier | None = None
    successors: Mapping[str, str] = field(default_factory=dict)
    closed: tuple[bool, bool] = (False, False)

    @property
    def reported(self) -> tuple[SemaineDossier, ...]:
        """The semaines whose académie has reported."""
        return tuple(one for one in self.dossier.semaines if one.status is StatutSemaine.REPORTED)

    @property
    def heard(self) -> tuple[SemaineDossier, ...]:
        """The semaines that may tell something: all but those that say they have no data."""
        return tuple(one for one in self.dossier.semaines if one.status is not StatutSemaine.UNAVAILABLE)


def matiere_of(
    dossier: EditionDossier,
    previous: EditionDossier | None = None,
    successors: Mapping[str, str] | None = None,
    *,
    closed: tuple[bool, bool] = (False, False),
) -> Matiere:
    """Return what evidence reads of an edition that is plain data, its sheets included."""
    return Matiere(
        dossier,
        faits={one.academie: faits_of(one) for one in dossier.semaines},
        des_fiches={
            one.academie: external(partner for action in one.actions for partner in action.partenaires)
            for one in dossier.semaines
        },
        previous=previous,
        successors=successors or {},
        closed=closed,
    )


def external(partners: Iterable[PartenaireDossier | PartenaireSaisi]) -> tuple[str, ...]:
    """The names of the partners outside Éducation nationale, each once, in their order."""
    return tuple(dict.fromkeys(partner.name for partner in partners if not partner.internal))


def academies(names: Iterable[str]) -> str:
    """« l’académie de Nantes », « les académies de Créteil, d’Orléans-Tours et de Lille »."""
    told = [de(name) for name in names]
    return f"{pluriel(len(told), 'l’académie', 'les académies')} {liste(told)}"


def celles(names: tuple[str, ...]) -> str:
    """Some académies after a verb: « l’académie de Nantes », « 14 académies : Amiens, … »."""
    if len(names) <= FEW:
        return academies(names)
    return f"{nombre(len(names))}{NBSP}académies{NBSP}: {liste(names)}"


def of_academies(names: tuple[str, ...]) -> str:
    """« de l’académie de Caen », « des académies de Caen et de Dijon », « de 5 académies : Caen, … »."""
    told = celles(names)
    return f"d{told.removeprefix('l')}" if told.startswith("les ") else f"de {told}"


def preuve(
    code: str, phrase: str, noms: Iterable[str], provenance: str, lignes: Iterable[LignePreuve] = ()
) -> PreuveComptee:
    """A piece of evidence, its sentence set as French is."""
    return PreuveComptee(code, typographie(phrase), tuple(noms), typographie(provenance), tuple(lignes))


def rows(
    semaines: Iterable[SemaineDossier], said: Callable[[SemaineDossier], str]
) -> tuple[LignePreuve, ...]:
    """What each of the semaines says, for those that say something."""
    told = ((one.academie, said(one)) for one in semaines)
    return tuple(LignePreuve(name, typographie(words)) for name, words in told if words)


def count(number: int, singular: str, plural: str) -> str:
    """« 3 vidéos », « 1 vidéo »."""
    return f"{nombre(number)}{NBSP}{pluriel(number, singular, plural)}"
