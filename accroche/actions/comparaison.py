"""Compares two tellings of an edition, fact by fact.

Facts are what two sources can agree on whatever their words: dates, figures, levels, axes, titles,
carriers, links. Narratives and descriptions are prose, compared only when asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accroche.actions.dossier import ActionDossier, EditionDossier, SemaineDossier
from accroche.annuaire.regles import Niveau
from accroche.lib.chiffres import Chiffre, format_chiffres
from accroche.lib.dates import format_windows
from accroche.lib.texte import comparable, liste

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact told in two ways: where, which fact, left telling, right telling."""

    where: str
    fact: str
    left: str
    right: str


def differences(
    left: EditionDossier, right: EditionDossier, *, prose: bool = False
) -> tuple[Difference, ...]:
    """Return what the two tell differently, in the order of the report; none means the same facts.

    With ``prose`` narratives, descriptions and national texts count too (two versions of one edition);
    without, only facts do (a pack and the report it retells).
    """
    return tuple(_edition(left, right, prose=prose))


def _edition(left: EditionDossier, right: EditionDossier, *, prose: bool) -> Iterator[Difference]:
    yield from _pair("Édition", "année", left.edition, right.edition)
    yield from _pair(
        "Édition",
        "académies d’une édition précédente",
        liste(left.previous_academies),
        liste(right.previous_academies),
    )
    if prose:
        for name in ("title", "introduction", "axes", "objectifs", "perspectives", "tutorats", "notes"):
            yield from _pair("Édition", name, _flat(getattr(left, name)), _flat(getattr(right, name)))
    by_name = {semaine.academie: semaine for semaine in right.semaines}
    for semaine in left.semaines:
        if (other := by_name.pop(semaine.academie, None)) is None:
            yield Difference(semaine.academie, "fiche", "présente", NOTHING)
        else:
            yield from _semaine(semaine, other, prose=prose)
    for name in by_name:
        yield Difference(name, "fiche", NOTHING, "présente")


def _semaine(left: SemaineDossier, right: SemaineDossier, *, prose: bool) -> Iterator[Difference]:
    where = left.academie
    facts = (
        ("statut", left.status, right.status),
        ("dates", format_windows(left.windows), format_windows(right.windows)),
        ("rang", str(left.ordinal or NOTHING), str(right.ordinal or NOTHING)),
        ("niveaux", _levels(left), _levels(right)),
        ("actions", _figures(left.actions_figures), _figures(right.actions_figures)),
        ("établissements", _figures(left.etablissements_figures), _figures(right.etablissements_figures)),
        ("axes", liste(axe.code for axe in left.axes), liste(axe.code for axe in right.axes)),
    )
    for fact, a, b in facts:
        yield from _pair(where, fact, a, b)
    if prose:
        for name in [
            "title",
            "themes",
            "pilot",
            "sponsor",
            "funding",
            "committee",
            "narrative",
            "partners_narrative",
            "partners",
            "axes",
            "temps_forts",
            "ressources",
            "examples_note",
        ]:
            yield from _pair(where, name, _flat(getattr(left, name)), _flat(getattr(right, name)))
    yield from _actions(where, left.actions, right.actions, prose=prose)


def _actions(
    where: str, left: tuple[ActionDossier, ...], right: tuple[ActionDossier, ...], *, prose: bool
) -> Iterator[Difference]:
    """Pair actions by title, in order, so that one missing action is one difference."""
    waiting = list(right)
    for action in left:
        key = comparable(action.title)
        other = next((candidate for candidate in waiting if comparable(candidate.title) == key), None)
        if other is None:
            yield Difference(where, "action", action.title, NOTHING)
            continue
        waiting.remove(other)
        place = f"{where}, « {action.title} »"
        yield from _pair(place, "porteurs", _carriers(action), _carriers(other))
        yield from _pair(place, "liens", _links(action), _links(other))
        yield from _pair(place, "prix", action.prize, other.prize)
        if prose:
            for name in ("description", "temporality", "nature", "levels", "themes", "partners", "source"):
                yield from _pair(place, name, _flat(getattr(action, name)), _flat(getattr(other, name)))
    for action in waiting:
        yield Difference(where, "action", NOTHING, action.title)


def _pair(where: str, fact: str, left: str, right: str) -> Iterator[Difference]:
    if comparable(left) != comparable(right):
        yield Difference(where, fact, left or NOTHING, right or NOTHING)


def _levels(semaine: SemaineDossier) -> str:
    return liste(level.label for level in Niveau if level in semaine.levels)


def _figures(figures: tuple[Chiffre, ...]) -> str:
    kinds = liste(f"{figure.kind}{'' if figure.additive else ' à part'}" for figure in figures)
    notes = " ; ".join(figure.note for figure in figures if figure.note)
    return " — ".join(part for part in (format_chiffres(figures), kinds, notes) if part)


def _carriers(action: ActionDossier) -> str:
    return liste(f"{c.name} ({c.kind}{', ' + c.commune if c.commune else ''})" for c in action.carriers)


def _links(action: ActionDossier) -> str:
    return " ".join(sorted({link.url for link in action.links}))


def _flat(value: object) -> str:
    return value if isinstance(value, str) else repr(value) if value else ""
