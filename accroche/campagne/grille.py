"""The national self-evaluation grid as plain data: what makes one right, and how two versions compare.

A grid asks, objective by objective, criteria that have five levels in words each. A version that an edition
uses never changes; the next one says which criteria each of its own comes from, and a comparison goes through
that and nothing else: where no line leads from one version to the other, no level is made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import CodeAxe

#: Levels of a criterion, from 0 to 4.
LEVELS: Final = 5
#: The heaviest a criterion may be: beyond, one would decide for its whole objective.
MOST_WEIGHT: Final = 5
#: Objectives of a grid and criteria of an objective: more is a mistake, and no evening's work.
MOST_OBJECTIFS: Final = 10
MOST_CRITERES: Final = 20
#: Characters, as the columns hold them.
CODE_LENGTH: Final = 30
CRITERE_CODE_LENGTH: Final = 10
LABEL_LENGTH: Final = 200
LEVEL_LENGTH: Final = 300
PREAMBLE_LENGTH: Final = 5000


@dataclass(frozen=True, slots=True)
class CritereDit:
    """One criterion: its five levels in words, the lowest first, and what it is judged on."""

    code: str
    title: str
    axe: str
    levels: tuple[str, ...]
    weight: int = 1
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectifDit:
    """One objective with its criteria, in their order."""

    code: str
    label: str
    criteres: tuple[CritereDit, ...] = ()


@dataclass(frozen=True, slots=True)
class GrilleDite:
    """One version of the grid, whole."""

    code: str
    name: str
    preamble: str = ""
    objectifs: tuple[ObjectifDit, ...] = ()

    @property
    def criteres(self) -> tuple[CritereDit, ...]:
        """All its criteria, in their order."""
        return tuple(critere for objectif in self.objectifs for critere in objectif.criteres)


#: Where the criteria of one version come from: codes of those of another, by the code of each; what comes
#: from none may be left out.
Origines = Mapping[str, Collection[str]]


#: The code of a grid is part of the address of its page.
_CODE: Final = re.compile(r"[a-z0-9_-]+")


# -- what makes a grid right -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Manque:
    """What keeps a grid from being used: where (the code of a criterion or objective), and what, in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where} : {self.what}" if self.where else self.what


def manques(grille: GrilleDite) -> tuple[Manque, ...]:
    """Return all that keeps ``grille`` from being used, in its order; nothing for a grid that is right."""
    return tuple(_manques(grille))


def _manques(grille: GrilleDite) -> Iterator[Manque]:
    yield from (Manque("", what) for what in _of_head(grille))
    for code in _twice(objectif.code for objectif in grille.objectifs):
        yield Manque(code, "deux objectifs portent ce code")
    for code in _twice(critere.code for critere in grille.criteres):
        yield Manque(code, "deux critères portent ce code")
    for objectif in grille.objectifs:
        where = objectif.label or objectif.code
        if not objectif.code or not objectif.label.strip():
            yield Manque(where, "cet objectif n’a pas de code ou pas d’intitulé")
        if not objectif.criteres:
            yield Manque(where, "cet objectif n’a aucun critère")
        for critere in objectif.criteres:
            for what in (*_of_words(critere), *_of_codes(critere)):
                yield Manque(critere.code, what)


def _of_head(grille: GrilleDite) -> Iterator[str]:
    if not _CODE.fullmatch(grille.code):
        yield "le code de la grille s’écrit en minuscules, chiffres et tirets"
    if not grille.name.strip():
        yield "la grille n’a pas de nom"
    if not grille.objectifs:
        yield "il n’y a aucun objectif"


def _of_words(critere: CritereDit) -> Iterator[str]:
    if not critere.code.strip():
        yield "ce critère n’a pas de code"
    if not critere.title.strip():
        yield "ce critère n’a pas d’intitulé"
    levels = critere.levels
    if empty := [n for n in range(LEVELS) if n >= len(levels) or not levels[n].strip()]:
        yield f"le niveau {empty[0]} n’a pas de mots"
    if len(levels) > LEVELS:
        yield f"il y a plus de {LEVELS} niveaux"
    if any(same(a, b) for a, b in combinations(levels, 2) if a.strip()):
        yield "deux niveaux disent la même chose"


def _of_codes(critere: CritereDit) -> Iterator[str]:
    if not critere.axe:
        yield "aucun axe de travail n’est choisi"
    elif critere.axe not in set(CodeAxe):
        yield f"l’axe « {critere.axe} » n’existe pas"
    if not 1 <= critere.weight <= MOST_WEIGHT:
        yield f"le poids est un nombre de 1 à {MOST_WEIGHT}"
    for code in critere.evidence:
        if code not in set(Preuve):
            yield f"la preuve « {code} » n’est pas connue"


def same(a: str, b: str) -> bool:
    """Whether two wordings say the same, spaces and capitals apart."""
    return " ".join(a.split()).casefold() == " ".join(b.split()).casefold()


def _twice(codes: Iterator[str]) -> list[str]:
    return [code for code, count in Counter(codes).items() if count > 1 and code]


# -- one version and the next ----------------------------------------------------------------------


class Parente(StrEnum):
    """How a criterion of one version stands to those of the version before."""

    #: one criterion became one
    SUITE = "suite"
    #: one became several
    PARTAGE = "partage"
    #: several became one
    REUNION = "reunion"
    #: several became several: nothing can be said level by level
    MELE = "mele"
    #: comes from none
    NOUVEAU = "nouveau"
    #: leads to none
    ABANDON = "abandon"


@dataclass(frozen=True, slots=True)
class Filiation:
    """Criteria of the version before and those they became, as codes, each in the order of its grid."""

    lien: Parente
    anciens: tuple[str, ...] = ()
    nouveaux: tuple[str, ...] = ()


def filiations(old: GrilleDite, new: GrilleDite, origines: Origines) -> tuple[Filiation, ...]:
    """Return how ``new`` follows from ``old``: each criterion of either stands in exactly one filiation.

    In the order of ``new``, what was dropped at the end. Nothing is guessed from codes or titles that look
    alike: without a line in ``origines`` everything is dropped and new.
    """
    known = {critere.code for critere in old.criteres}
    sources = {c.code: {a for a in origines.get(c.code, ()) if a in known} for c in new.criteres}
    found: list[Filiation] = []
    seen: set[str] = set()
    for critere in new.criteres:
        if critere.code in seen:
            continue
        anciens, nouveaux = _together(critere.code, sources)
        seen |= nouveaux
        found.append(
            Filiation(
                _lien(len(anciens), len(nouveaux)),
                tuple(c.code for c in old.criteres if c.code in anciens),
                tuple(c.code for c in new.criteres if c.code in nouveaux),
            )
        )
    led = {code for one in found for code in one.anciens}
    dropped = (Filiation(Parente.ABANDON, (c.code,)) for c in old.criteres if c.code not in led)
    return (*found, *dropped)


def through(later: Origines, earlier: Origines) -> dict[str, frozenset[str]]:
    """Return where the criteria of a version come from two versions before, through the one between."""
    return {
        code: frozenset(first for middle in middles for first in earlier.get(middle, ()))
        for code, middles in later.items()
    }


def itself(grille: GrilleDite) -> dict[str, frozenset[str]]:
    """Return where the criteria of a version come from when it is compared with itself."""
    return {critere.code: frozenset({critere.code}) for critere in grille.criteres}


def _together(code: str, sources: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """All that lines join to the new criterion ``code``: older ones, and new ones."""
    nouveaux, anciens = {code}, set(sources[code])
    while True:
        more = {new for new, old in sources.items() if anciens & old} - nouveaux
        if not more:
            return anciens, nouveaux
        nouveaux |= more
        anciens |= {old for new in more for old in sources[new]}


def _lien(olds: int, news: int) -> Parente:
    if not olds:
        return Parente.NOUVEAU
    if olds == 1:
        return Parente.SUITE if news == 1 else Parente.PARTAGE
    return Parente.REUNION if news == 1 else Parente.MELE


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What two editions answered about the same thing.

    Levels are by code, None where nobody answered. ``change`` is how many levels one criterion gained that
    became one; of anything else no single number is true, and it is None.
    """

    filiation: Filiation
    before: tuple[int | None, ...] = ()
    after: tuple[int | None, ...] = ()
    change: int | None = None


def rapprochements(
    old: GrilleDite,
    new: GrilleDite,
    origines: Origines,
    before: Mapping[str, int],
    after: Mapping[str, int],
) -> tuple[Rapprochement, ...]:
    """Set the answers to two versions side by side, through the mapping.

    ``before`` and ``after``: levels from 0 to 4, by the code of the criterion.
    """
    told = []
    for one in filiations(old, new, origines):
        was = tuple(before.get(code) for code in one.anciens)
        now = tuple(after.get(code) for code in one.nouveaux)
        change = None
        if one.lien is Parente.SUITE and was[0] is not None and now[0] is not None:
            change = now[0] - was[0]
        told.append(Rapprochement(one, was, now, change))
    return tuple(told)
