"""What changed from one edition to another, for an académie or the whole country, as firmly as figures allow.

A figure is compared as the range of numbers it may stand for: « plus de 300 » against « 110 » is more for
certain, « une trentaine » against « 31 » is not, and N.C. compares with nothing. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur, StatutSemaine, TypePartenaire, TypeRessource
from accroche.dossier.comptage import is_counted
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, Total, format_number, total
from accroche.lib.libelles import Libelle
from accroche.lib.texte import NBSP, comparable, liste, nombre

#: A perimeter that says no more than the question does.
_BARE: Final = frozenset(
    {
        "",
        "action",
        "actions",
        "école",
        "écoles",
        "établissement",
        "établissements",
        "écoles et établissements",
    }
)
#: What stands for the number of who counts here and has no published sheet.
UNPUBLISHED: Final = "rien de publié"
#: How far « environ » may be from the number it stands for, as a share of it.
ROUGHLY: Final = 0.1


class Sens(Libelle):
    """Which way something went."""

    HAUSSE = "hausse", "en hausse"
    BAISSE = "baisse", "en baisse"
    EGAL = "egal", "inchangé"
    #: the figures may overlap: nobody can tell
    INDECIS = "indecis", "on ne peut pas dire"
    #: one of the two has no number
    INCONNU = "inconnu", "pas de comparaison possible"


@dataclass(frozen=True, slots=True)
class Fourchette:
    """The numbers a figure may stand for; ``high`` is None when nothing bounds it, both for no number."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Ligne:
    """One thing compared: how each edition tells it, which way it went, and by how much, in words."""

    code: str
    label: str
    before: str
    after: str
    sens: Sens
    phrase: str


@dataclass(frozen=True, slots=True)
class ListeComparee:
    """What a list gained and lost, in words; ``once``: one of the two editions alone tells it."""

    code: str
    label: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    kept: tuple[str, ...]
    once: bool = False


@dataclass(frozen=True, slots=True)
class DeuxEditions:
    """Two editions of a territory side by side; ``constant``: figures of those with a number in both."""

    figures: tuple[Ligne, ...]
    counts: tuple[Ligne, ...]
    lists: tuple[ListeComparee, ...]
    constant: tuple[Ligne, ...] = ()
    #: how many territories ``constant`` adds up
    comparable: int = 0


def fourchette_of(result: Total) -> Fourchette | None:
    """Return the numbers a total may stand for; None without a number."""
    if not result.has_number:
        return None
    low = high = 0
    for name, figures in result.parts:
        bounds = [_bounds(one) for one in figures if one.additive and one.value is not None]
        if bounds:
            least = [below for below, _ in bounds]
            # all of the smaller numbers may stand in the largest
            low += max(least) if name in result.overlapping else sum(least)
            high += sum(above for _, above in bounds)
    return Fourchette(low, None if result.is_bound else high)


def _bounds(figure: Chiffre) -> tuple[int, int]:
    value = figure.value or 0
    if figure.kind is Kind.ABOUT:
        return math.floor(value * (1 - ROUGHLY)), math.ceil(value * (1 + ROUGHLY))
    return (value + 1, value + 1) if figure.kind is Kind.MORE_THAN else (value, value)


def perimeters_of(result: Total) -> frozenset[str]:
    """What the numbers of a total are counted over, as far as somebody says more than the question does."""
    told = {
        comparable(figure.perimeter.lower())
        for _, figures in result.parts
        for figure in figures
        if figure.additive and figure.value is not None
    }
    return frozenset("" if one in _BARE else one for one in told)


def compared(code: str, label: str, before: Total, after: Total) -> Ligne:
    """Compare two totals that answer the same question."""
    was, now = fourchette_of(before), fourchette_of(after)
    sens, phrase = _sens(was, now)
    return Ligne(code, label, _number(before), _number(after), sens, phrase)


def _number(result: Total) -> str:
    """A total in words; who has not published yet did not refuse to tell."""
    silent = not result.has_number and is_counted(result)
    if silent:
        return UNPUBLISHED
    return f"{format_number(result)}{' (somme)' if result.is_bare_sum else ''}"


def _sens(was: Fourchette | None, now: Fourchette | None) -> tuple[Sens, str]:
    if was is None or now is None:
        return Sens.INCONNU, Sens.INCONNU.label
    if was.high is not None and now.low > was.high:
        return Sens.HAUSSE, f"{_at_least(was, now)}{nombre(now.low - was.high)} de plus"
    if now.high is not None and was.low > now.high:
        return Sens.BAISSE, f"{_at_least(was, now)}{nombre(was.low - now.high)} de moins"
    if was == now and was.low == was.high:
        return Sens.EGAL, Sens.EGAL.label
    return Sens.INDECIS, Sens.INDECIS.label


def _at_least(was: Fourchette, now: Fourchette) -> str:
    return "" if was.low == was.high and now.low == now.high else "au moins "


def count_line(code: str, label: str, before: int, after: int) -> Ligne:
    """Compare two counts that are known to be whole."""
    was, now = Fourchette(before, before), Fourchette(after, after)
    sens, phrase = _sens(was, now)
    return Ligne(code, label, nombre(before), nombre(after), sens, phrase)


#: What is counted in what académies tell: code, words, count.
COUNTS: Final[tuple[tuple[str, str, Callable[[SemaineDossier], int]], ...]] = (
    ("temps_forts", "Temps forts racontés", lambda s: len(s.temps_forts)),
    ("ressources", "Ressources publiées", lambda s: sum(r.published is True for r in s.ressources)),
    ("partenaires", "Partenaires extérieurs nommés", lambda s: sum(not p.internal for p in s.partners)),
    ("jours", "Jours de semaine", lambda s: sum((last - first).days + 1 for first, last in s.windows)),
)
#: What is compared as a list: code, words, what one semaine has, in the order of its vocabulary.
LISTS: Final[tuple[tuple[str, str, Callable[[SemaineDossier], Collection[str]], tuple[str, ...]], ...]] = (
    (
        "niveaux",
        "Niveaux",
        lambda s: {level.label for level in s.levels},
        tuple(level.label for level in Niveau),
    ),
    (
        "supports",
        "Supports publiés",
        lambda s: {TypeRessource(r.kind).label for r in s.ressources if r.published and r.kind},
        tuple(kind.label for kind in TypeRessource),
    ),
    (
        "familles",
        "Familles de partenaires",
        lambda s: {TypePartenaire(p.kind).label for p in s.partners if p.kind and not p.internal},
        tuple(dict.fromkeys(kind.label for kind in TypePartenaire if kind)),
    ),
)
LEVELS: Final = "niveaux"
#: The figures in which one thing may stand twice.
REPEATED: Final = frozenset(f"{one}_figures" for one in Indicateur if one.repeats)
FIGURES: Final = (
    ("actions", "Actions", "actions_figures"),
    ("etablissements", "Écoles et établissements", "etablissements_figures"),
)


def evolution(
    before: Sequence[SemaineDossier],
    after: Sequence[SemaineDossier],
    successors: Mapping[str, str] | None = None,
) -> DeuxEditions:
    """Compare what the semaines of a territory tell in two editions.

    ``successors``: who follows each académie that no longer exists, by its name; one whose name stays is its
    own. Several that became one are added up before they are compared.
    """
    was, now, those = _told_twice(before, after, successors or {})
    constant, comparable = _constant(before, after, successors or {})
    return DeuxEditions(
        figures=tuple(
            compared(code, label, _total(before, name), _total(after, name)) for code, label, name in FIGURES
        ),
        counts=tuple(
            count_line(code, f"{label}{those}", sum(map(count, was)), sum(map(count, now)))
            for code, label, count in COUNTS
            if was
        ),
        lists=tuple(
            _levels(before, after, successors or {})
            if code == LEVELS
            else _passage(code, f"{label}{those}", held, order, was, now)
            for code, label, held, order in LISTS
            if was
        ),
        constant=constant,
        comparable=comparable,
    )


def _levels(
    before: Sequence[SemaineDossier], after: Sequence[SemaineDossier], successors: Mapping[str, str]
) -> ListeComparee:
    """Compare the levels of those that told theirs twice: one without a tick may reach them all."""
    was, now, those = _told_twice(before, after, successors, _tells_levels)
    code, label, held, order = next(one for one in LISTS if one[0] == LEVELS)
    found = _passage(code, f"{label}{those if was else ''}", held, order, was, now)
    return replace(found, once=not was and any(semaine.levels for semaine in (*before, *after)))


def _tells_levels(semaine: SemaineDossier) -> bool:
    return bool(semaine.levels) and not semaine.levels_unknown


def _told_twice(
    before: Sequence[SemaineDossier],
    after: Sequence[SemaineDossier],
    successors: Mapping[str, str],
    told: Callable[[SemaineDossier], bool] = lambda _semaine: True,
) -> tuple[list[SemaineDossier], list[SemaineDossier], str]:
    """The semaines of territories that told of both editions, and who they are in words when some did not.

    What nobody told yet is no count of zero, and is nothing lost: a country half of which reported did not
    lose the other half. ``told``: whether a semaine says what is compared.
    """
    alone = len(after) < 2 and len({successors.get(s.academie, s.academie) for s in before}) < 2  # noqa: PLR2004

    def territory(semaine: SemaineDossier) -> str:
        return "" if alone else successors.get(semaine.academie, semaine.academie)

    silent, here = set[str](), []
    for semaines in (before, after):
        here.append({territory(one) for one in semaines})
        silent |= {territory(s) for s in semaines if s.status is not StatutSemaine.REPORTED or not told(s)}
    both = here[0] & here[1] - silent
    was, now = ([one for one in some if territory(one) in both] for some in (before, after))
    return was, now, "" if both == here[0] | here[1] else f", {_those(len(both))}"


def _total(semaines: Iterable[SemaineDossier], name: str) -> Total:
    return total(
        ((semaine.academie, getattr(semaine, name)) for semaine in semaines), repeats=name in REPEATED
    )


def _constant(
    before: Sequence[SemaineDossier], after: Sequence[SemaineDossier], successors: Mapping[str, str]
) -> tuple[tuple[Ligne, ...], int]:
    """The figures of territories with a number in both editions, and how many; nothing for one alone."""
    if len(after) < 2 and len({successors.get(s.academie, s.academie) for s in before}) < 2:  # noqa: PLR2004
        return (), 0
    lines: list[Ligne] = []
    comparable = 0
    for code, label, name in FIGURES:
        was, now = _by_territory(before, name, successors), _by_territory(after, name, successors)
        both = [one for one in was if one in now and _same_measure(was[one], now[one])]
        comparable = max(comparable, len(both))
        pairs = [(_sum(was, both, name), _sum(now, both, name))]
        lines += [compared(code, f"{label}, {_those(len(both))}", a, b) for a, b in pairs if both]
    return tuple(lines), comparable


def _same_measure(was: Total, now: Total) -> bool:
    """Whether both tell a whole number of the same thing."""
    return was.is_complete and now.is_complete and perimeters_of(was) == perimeters_of(now)


def _those(count: int) -> str:
    if count == 1:
        return "l’académie dont les données sont disponibles les deux fois"
    return f"les {nombre(count)}{NBSP}académies dont les données sont disponibles les deux fois"


def _by_territory(
    semaines: Iterable[SemaineDossier], name: str, successors: Mapping[str, str]
) -> dict[str, Total]:
    found: dict[str, list[tuple[str, Sequence[Chiffre]]]] = {}
    for semaine in semaines:
        now = successors.get(semaine.academie, semaine.academie)
        found.setdefault(now, []).append((semaine.academie, getattr(semaine, name)))
    return {one: total(parts, repeats=name in REPEATED) for one, parts in found.items()}


def _sum(totals: Mapping[str, Total], names: Iterable[str], column: str) -> Total:
    return total((part for name in names for part in totals[name].parts), repeats=column in REPEATED)


def _passage(
    code: str,
    label: str,
    held: Callable[[SemaineDossier], Collection[str]],
    order: tuple[str, ...],
    before: Sequence[SemaineDossier],
    after: Sequence[SemaineDossier],
) -> ListeComparee:
    was = {word for one in before for word in held(one)}
    now = {word for one in after for word in held(one)}

    def kept(words: Collection[str]) -> tuple[str, ...]:
        return tuple(word for word in order if word in words)

    return ListeComparee(code, label, gained=kept(now - was), lost=kept(was - now), kept=kept(was & now))


def phrase_of(passage: ListeComparee) -> str:
    """Say what a list gained and lost: « en plus : Collège ; en moins : Vidéo »."""
    parts = []
    if passage.gained:
        parts.append(f"en plus{NBSP}: {liste(passage.gained)}")
    if passage.lost:
        parts.append(f"en moins{NBSP}: {liste(passage.lost)}")
    if not parts:
        unsaid = "précisé dans une seule des deux éditions" if passage.once else "rien n’est dit"
        return "les mêmes" if passage.kept else unsaid
    return f"{NBSP}; ".join(parts)
