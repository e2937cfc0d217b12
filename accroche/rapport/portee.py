"""What a past report can be asked: the parts the reader takes, and those it takes where they are plain.

A report retold as data says more than the reader takes of it. To compare the two, what the reader never
takes is set aside and named; what it takes where the report is plain is compared where it did.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from accroche.dossier.comparaison import ACTION_PROSE, EDITION_PROSE, SEMAINE_PROSE
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    EditionDossier,
    MentionsDossier,
    RessourceDossier,
    SemaineDossier,
    StatutSemaine,
    TempsFortDossier,
)
from accroche.lib.texte import comparable, pluriel, slug

#: What the reader takes of an edition, of a semaine and of an action; the rest is not asked of a report.
EDITION: Final = frozenset(
    {
        "edition",
        "semaines",
        "title",
        "introduction",
        "objectifs",
        "perspectives",
        "tutorats",
        "previous_academies",
    }
)
SEMAINE: Final = frozenset(
    {
        "academie",
        "windows",
        "ordinal",
        "status",
        "levels",
        "levels_unknown",
        "actions_figures",
        "etablissements_figures",
        "pilot",
        "sponsor",
        "funding",
        "committee",
        "narrative",
        "partners_narrative",
        "axes",
        "temps_forts",
        "ressources",
        "actions",
        "examples_note",
        "alliances",
        "portage",
        "appel",
        "bassins",
    }
)
ACTION: Final = frozenset(
    {"title", "porteurs", "liens", "description", "prize", "remarkable", "source", "experitheque_id"}
)
#: Taken where the report names them plainly: silence is no answer.
NAMED: Final = ("pilot", "sponsor", "funding", "committee")
#: Words that only link those of a place.
_LINKS: Final = frozenset({"a", "au", "de", "du", "des", "d", "la", "le", "les", "l", "et", "en"})
EDITION_NAMES: Final = EDITION_PROSE | {"grille": "grille"}
SEMAINE_NAMES: Final = {name: f"{told} (académies)" for name, told in SEMAINE_PROSE.items()}
ACTION_NAMES: Final = {name: f"{told} (actions)" for name, told in ACTION_PROSE.items()}


@dataclass(slots=True)
class Reste:
    """What a comparison with a report leaves out.

    ``unread``: parts the reader never takes. ``unrecognised``: of what it takes in part, how many it did not.
    """

    completed: bool = False
    unread: list[str] = field(default_factory=list)
    unrecognised: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = []
        if self.unread:
            lines.append(f"Non comparé, car le lecteur ne le reprend pas : {', '.join(self.unread)}.")
        if self.unrecognised:
            told = ", ".join(f"{part} ({count})" for part, count in self.unrecognised.items())
            lines.append(f"Non reconnu dans le rapport, à vérifier à la main : {told}.")
        return "\n".join(lines)


def within(
    report: EditionDossier, other: EditionDossier, *, completed: bool = False
) -> tuple[EditionDossier, Reste]:
    """Give ``other`` without what cannot be asked of ``report``, and what that leaves out.

    ``completed``: people may have typed what the reader never takes; a part that says something is compared.
    """
    reste = Reste(completed=completed)
    kept = _without(report, other, EDITION, EDITION_NAMES, reste)
    told = {semaine.academie: semaine for semaine in report.semaines}
    semaines = tuple(
        _semaine(told[one.academie], one, reste) if one.academie in told else one for one in other.semaines
    )
    return replace(kept, semaines=semaines), reste


def _without(report: Any, other: Any, read: frozenset[str], names: dict[str, str], reste: Reste) -> Any:
    unread = [one.name for one in fields(other) if one.name not in read]
    if reste.completed:
        unread = [name for name in unread if _is_silent(getattr(report, name))]
    for name in unread:
        told = names.get(name)  # what is not compared at all has no name
        if told and told not in reste.unread and getattr(other, name) != getattr(report, name):
            reste.unread.append(told)
    return replace(other, **{name: getattr(report, name) for name in unread})


def _is_silent(value: object) -> bool:
    """Whether a part says nothing: it is empty, or a catalogue of axes with their usual names alone."""
    if isinstance(value, tuple):
        return all(isinstance(one, AxeCatalogue) and not (one.text or one.pistes) for one in value)
    return not value or value == MentionsDossier()


def _semaine(report: SemaineDossier, other: SemaineDossier, reste: Reste) -> SemaineDossier:
    kept: SemaineDossier = _without(report, other, SEMAINE, SEMAINE_NAMES, reste)
    for name in NAMED:
        mine, theirs = getattr(report, name), getattr(other, name)
        if not mine and theirs:
            reste.unrecognised[SEMAINE_PROSE[name]] += 1
        if not mine or comparable(mine) == comparable(_head(theirs)):
            kept = replace(kept, **{name: mine})
    if report.status is other.status is StatutSemaine.UNAVAILABLE:
        kept = replace(kept, narrative=report.narrative)  # which only says so
    events, left = _events(report.temps_forts, other.temps_forts)
    _count(reste, left, "temps fort", "temps forts")
    resources, left = _resources(report.ressources, other.ressources)
    _count(reste, left, "ressource", "ressources")
    return replace(
        kept,
        temps_forts=events,
        ressources=resources,
        actions=_actions(report.actions, other.actions, reste),
    )


def _count(reste: Reste, left: int, one: str, several: str) -> None:
    if left:
        known = reste.unrecognised.pop(one, 0) + reste.unrecognised.pop(several, 0) + left
        reste.unrecognised[pluriel(known, one, several)] = known


def _head(text: str) -> str:
    """A name without what is said of it: « Une marraine, ancienne championne »."""
    return text.partition(",")[0].partition("(")[0]


def _events(
    report: Iterable[TempsFortDossier], other: Iterable[TempsFortDossier]
) -> tuple[tuple[TempsFortDossier, ...], int]:
    """Pair events by their kind and days, those whose day the report does not tell by their kind.

    What the report says of each besides is compared.
    """
    waiting = list(other)
    kept: dict[int, TempsFortDossier] = {}
    for rank, mine in sorted(enumerate(report), key=lambda one: one[1].starts is None):
        same = [one for one in waiting if one.kind == mine.kind and mine.starts in {None, one.starts}]
        if not same:
            continue
        theirs = max(same, key=lambda one: (one.starts == mine.starts, len(_words(one) & _words(mine))))
        waiting.remove(theirs)
        told = {name: getattr(mine, name) for name in ("starts", "ends", "place", "stops", "authorities")}
        silent = {name: value for name, value in told.items() if not value}
        if set(mine.authorities) < set(theirs.authorities):
            silent["authorities"] = mine.authorities
        if _are_one_place(mine.place, theirs.place):
            silent["place"] = mine.place
        stops = zip(mine.stops, theirs.stops, strict=False)
        if len(mine.stops) == len(theirs.stops) and all(_are_one_place(a.place, b.place) for a, b in stops):
            silent["stops"] = mine.stops
        kept[rank] = replace(theirs, **silent)
    return tuple(kept[rank] for rank in sorted(kept)), len(waiting)


def _words(one: TempsFortDossier) -> set[str]:
    return set(slug(f"{one.title} {one.place}").split("-"))


def _are_one_place(mine: str, theirs: str) -> bool:
    """Whether one of two names says no more than the other: « Clairval », « Lycée du Val à Clairval »."""
    words, others = (set(slug(one).split("-")) - _LINKS for one in (mine, theirs))
    return bool(words and others) and (words <= others or others <= words)


def _resources(
    report: Iterable[RessourceDossier], other: Iterable[RessourceDossier]
) -> tuple[tuple[RessourceDossier, ...], int]:
    """Pair resources by their address, or by their kind; what is at an address is a matter of words."""
    waiting = list(other)
    kept = []
    for mine in report:
        same = next(
            (one for one in waiting if one.url == mine.url and (one.url or one.kind == mine.kind)), None
        )
        if same is None:
            continue
        waiting.remove(same)
        unsaid = mine.published is None
        kept.append(replace(same, kind=mine.kind, published=None if unsaid else same.published))
    return tuple(kept), len(waiting)


def _actions(
    report: Iterable[ActionDossier], other: Iterable[ActionDossier], reste: Reste
) -> tuple[ActionDossier, ...]:
    waiting: dict[str, deque[ActionDossier]] = {}
    for mine in report:
        waiting.setdefault(comparable(mine.title), deque()).append(mine)
    kept = []
    for one in other:
        same = waiting.get(comparable(one.title))
        kept.append(_without(same.popleft(), one, ACTION, ACTION_NAMES, reste) if same else one)
    return tuple(kept)
