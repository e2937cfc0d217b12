"""What evidence reads of a semaine, and what it gives: sentences with numbers, and where their rows are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from accroche.evaluation.faits import Faits
from accroche.lib.texte import NBSP, nombre, pluriel

#: How the queue of sheets is narrowed to what a sheet lacks (``relecture/forms/file.py``).
LACKS, NO_LINK, NO_TEXT, NO_EXTERNAL = "manque", "lien", "texte", "exterieur"


class Cible(StrEnum):
    """Where the rows behind a sentence are shown."""

    SEMAINE = "semaine"
    FICHES = "fiches"
    COUVERTURE = "couverture"
    ETABLISSEMENTS = "etablissements"


@dataclass(frozen=True, slots=True)
class Terrain:
    """Bassins and départements of an académie, and those of them where a school has declared."""

    bassins: int = 0
    bassins_with: int = 0
    departements: int = 0
    departements_with: int = 0


@dataclass(frozen=True, slots=True)
class Savoir:
    """All that evidence reads of one semaine; ``None`` is what nobody knows.

    ``received``: sheets sent to the académie, published ones too. ``reprises``: those born of another.
    ``axes_kept``: axes it keeps for the next edition; ``axes_before``: those it kept in the one before, of
    which it said what became of ``axes_told``, and that ``axes_done`` moved.
    """

    faits: Faits = field(default_factory=Faits)
    terrain: Terrain | None = None
    received: int | None = None
    reprises: int | None = None
    axes_kept: int = 0
    axes_before: int | None = None
    axes_told: int = 0
    axes_done: int = 0

    @property
    def counts_sheets(self) -> bool:
        """Whether the number of its sheets says how many actions there are: they are declared here."""
        return not self.faits.fiches.told


@dataclass(frozen=True, slots=True)
class Indication:
    """One sentence of evidence; ``known`` is false where it says that something is not known.

    ``cible`` and ``query``: where its rows are, and how that page is narrowed to them.
    """

    text: str
    cible: Cible | None = None
    query: tuple[tuple[str, str], ...] = ()
    known: bool = True


Parts = Iterator[Indication]


def said(text: str, cible: Cible = Cible.SEMAINE, **query: str) -> Indication:
    """What is known, and where its rows are."""
    return Indication(text, cible, tuple(query.items()))


def unknown(text: str, cible: Cible | None = Cible.SEMAINE) -> Indication:
    """What is not known, and where one would say it."""
    return Indication(text, cible, known=False)


def part_of(part: int, whole: int, noun: str, nouns: str) -> str:
    """« 19 des 24 fiches », « 1 fiche sur 1 »."""
    if whole == 1:
        return f"{part}{NBSP}{noun} sur 1"
    return f"{nombre(part)} des {nombre(whole)}{NBSP}{nouns}"


def share(part: int, whole: int, nouns: tuple[str, str], verbs: tuple[str, str], none: str = "Aucune") -> str:
    """« 3 des 8 fiches durent », « Aucune des 8 fiches ne dure », « Les 8 fiches durent ».

    ``nouns`` and ``verbs``: singular and plural, what follows included.
    """
    if whole > 1 and part == 0:
        negation = "n’" if verbs[0][0] in "aeéio" else "ne "
        return f"{none} des {nombre(whole)}{NBSP}{nouns[1]} {negation}{verbs[0]}"
    if whole > 1 and part == whole:
        return f"Les {nombre(whole)}{NBSP}{nouns[1]} {verbs[1]}"
    return f"{part_of(part, whole, *nouns)} {pluriel(part, *verbs)}"


def counted(count: int, noun: str, nouns: str) -> str:
    """« 3 fiches », « 0 fiche »."""
    return f"{nombre(count)}{NBSP}{pluriel(count, noun, nouns)}"
