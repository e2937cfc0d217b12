"""The reference report as other extractors would give it: facts right, lost with a doubt, wrong in silence.

Usage: ``python -m benchmarks.rapports --report FILE [--kind NAME] [--show]``. What a way of giving it takes
away from the text (:mod:`benchmarks.extractions`, :mod:`benchmarks.transports`) is not counted as lost.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.phrases import alliances_told
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.lib.chiffres import format_chiffre
from accroche.lib.dates import format_windows
from accroche.lib.texte import comparable, slug
from accroche.rapport.reading import Reading, ReadingError, read
from benchmarks import extractions, transports
from benchmarks.extractions import Kind

Fact = tuple[str, str, str]
KINDS: Final = extractions.KINDS | transports.KINDS
_ADDRESS = re.compile(r"https?://")


def facts(dossier: EditionDossier) -> Iterator[Fact]:
    """What a report says that is no prose: where, what about, and its words."""
    for name in dossier.previous_academies:
        yield "", "édition", name
    for semaine in dossier.semaines:
        yield from ((semaine.academie, about, _key(words)) for about, words in _of_semaine(semaine))


def _key(words: str) -> str:
    return words if _ADDRESS.match(words) else slug(comparable(words))


def _of_semaine(semaine: SemaineDossier) -> Iterator[tuple[str, str]]:
    yield "dates", format_windows(semaine.windows)
    if semaine.ordinal:
        yield "rang", str(semaine.ordinal)
    yield from (("niveau", f"{level.label} {semaine.reaches(level)}") for level in Niveau)
    for name in ("actions_figures", "etablissements_figures"):
        yield from (("chiffre", f"{name} {format_chiffre(one)}") for one in getattr(semaine, name))
    yield from (("bassin", name) for name in semaine.bassins)
    for action in semaine.actions:
        yield "titre", action.title
        if action.prize:
            yield "prix", action.prize
        for porteur in action.porteurs:
            yield "porteur", f"{action.title} {porteur.name}"
            if porteur.commune:
                yield "commune", f"{action.title} {porteur.name} {porteur.commune}"
        yield from (("lien", link.url) for link in action.liens)
    yield from (("ressource", one.url) for one in semaine.ressources)
    yield from (("axe", axe.code) for axe in semaine.axes)
    yield from (("alliances", words) for words in alliances_told(semaine.alliances, semaine.portage))
    if semaine.status is StatutSemaine.UNAVAILABLE:
        yield "statut", "non disponible"


@dataclass(frozen=True)
class Measure:
    """How one way was read: counts of facts, those told wrong without a doubt, and what was assumed."""

    held: int
    right: int
    doubted: int
    silent: tuple[Fact, ...]
    doubts: int
    wrong: tuple[Fact, ...] = ()
    reading: Reading | None = None


def measure(text: str, kind: Kind, expected: Counter[Fact], edition: str = "2015-2016") -> Measure:
    """Read ``text`` given in one way, against the facts of the report as it is.

    A fact that is missing, and one that is told and is not in the report, count alike: each needs a doubt on
    its own académie.
    """
    wanted = Counter(
        {(kind.renamed.get(where, where), about, words): n for (where, about, words), n in expected.items()}
    )
    held = sum(n for (_, about, _w), n in wanted.items() if about not in kind.lost)
    try:
        reading = read(kind.change(text), edition)
    except ReadingError:
        return Measure(held, 0, held, (), 1)
    found = Counter(facts(reading.dossier))
    right = sum(min(n, wanted[fact]) for fact, n in found.items() if fact[1] not in kind.lost)
    different = list((wanted - found) + (found - wanted))
    told = {problem.academie for problem in reading.problems}
    named = " ".join(problem.message for problem in reading.problems if not problem.academie)
    silent = tuple(fact for fact in different if fact[0] not in told and f" {fact[0]}" not in named)
    missing = tuple(f for f in (wanted - found) if f[1] not in kind.lost)
    return Measure(
        held,
        right,
        held - right - sum(f in silent for f in missing),
        silent,
        len(reading.problems),
        tuple(different),
        reading,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--show", action="store_true", help="each wrong fact, each doubt, each convention")
    options = parser.parse_args()
    text = options.report.read_text(encoding="utf-8")
    expected = Counter(facts(read(text, "2015-2016").dossier))
    print(f"{sum(expected.values())} facts")
    print(f"{'kind':32}{'held':>6}{'right':>7}{'%':>7}{'doubted':>9}{'silent':>8}{'doubts':>8}")
    for name, kind in KINDS.items():
        if options.kind and name not in options.kind:
            continue
        done = measure(text, kind, expected)
        share = 100 * done.right / done.held
        print(
            f"{name:32}{done.held:>6}{done.right:>7}{share:>7.1f}{done.doubted:>9}{len(done.silent):>8}"
            f"{done.doubts:>8}"
        )
        if options.show and done.reading:
            for sentence in done.reading.conventions:
                print("   ", sentence)
            for problem in done.reading.problems:
                print("   ?", problem.line, problem.academie, problem.message[:150], "|", problem.excerpt)
            for fact in done.wrong:
                print("   !" if fact in done.silent else "   -", *fact)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
