"""Compares two tellings of an edition, fact by fact.

Every part is compared, unless its row of a table says why not. Facts are what two sources can agree on
whatever their words; of what each tells in its own words (narratives, descriptions, conclusions…), only
whether it is there, and what it names, is a fact (:data:`RETOLD`): the words are compared when asked.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any, Final

from accroche.actions.champs import CHAMPS, Voie
from accroche.actions.regles import CodeCle, Nature, Temporalite
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne import champs as champs_semaine
from accroche.campagne.grille import GrilleDite
from accroche.campagne.regles import TypeRessource, TypeTempsFort, TypeTutorat
from accroche.dossier.dossier import (
    ActionDossier,
    EditionDossier,
    ObjectifDossier,
    PerspectiveDossier,
    PorteurSaisi,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
    TutoratDossier,
)
from accroche.lib.champs import Champ
from accroche.lib.chiffres import Chiffre, format_chiffre, format_chiffres
from accroche.lib.dates import format_date, format_windows
from accroche.lib.texte import comparable, liste, pluriel

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

    With ``prose`` the words of narratives, descriptions and national texts count too (two versions of one
    edition); without, only facts do (a pack and the report it retells).
    """
    return tuple(_edition(left, right, prose=prose))


def _prose(champs: Iterable[Champ], voie: StrEnum, facts: Collection[str]) -> dict[str, str]:
    """How a reader calls each field that is compared, but for those told as facts."""
    return {
        champ.name: champ.label.lower() if champ.parts else champ.cles(voie)[0]
        for champ in champs
        if champ.goes(voie) and champ.name not in facts
    }


#: What a reader calls the parts of an edition that need no more than being equal.
EDITION_PROSE = {
    "title": "titre",
    "introduction": "introduction",
    "axes": "catalogue des axes",
    "objectifs": "objectifs",
    "perspectives": "perspectives",
    "tutorats": "tutorats",
    "notes": "notes",
    "messages": "messages clés",
    "preambule": "préambule",
    "mentions": "mentions",
}
#: What is compared of a semaine in a way of its own.
SEMAINE_FACTS = (
    "status",
    "windows",
    "ordinal",
    "levels",
    "levels_unknown",
    "actions_figures",
    "etablissements_figures",
    "axes",
    "alliances",
    "portage",
    "appel",
    "bassins",
)
SEMAINE_PROSE = _prose(champs_semaine.CHAMPS, champs_semaine.Voie.COMPARAISON, SEMAINE_FACTS) | {
    # no semaine of the database says it: a version frozen before examples were chosen does
    "all_examples": "toutes les actions en exemple",
}
#: What is compared of an action in a way of its own; a title says which action it is.
ACTION_FACTS = ("title", "porteurs", "liens", "prize")
ACTION_PROSE = _prose(CHAMPS, Voie.COMPARAISON, ACTION_FACTS)


def _edition(left: EditionDossier, right: EditionDossier, *, prose: bool) -> Iterator[Difference]:
    yield from _pair("Édition", "année", left.edition, right.edition)
    yield from _pair(
        "Édition",
        "académies d’une édition précédente",
        liste(left.previous_academies),
        liste(right.previous_academies),
    )
    yield from _parts("Édition", EDITION_PROSE, left, right, prose=prose)
    yield from _grilles(left.grille, right.grille)
    by_name = {semaine.academie: semaine for semaine in right.semaines}
    for semaine in left.semaines:
        if (other := by_name.pop(semaine.academie, None)) is None:
            yield Difference(semaine.academie, "fiche", "présente", NOTHING)
        else:
            yield from _semaine(semaine, other, prose=prose)
    for name in by_name:
        yield Difference(name, "fiche", NOTHING, "présente")


def _grilles(left: GrilleDite | None, right: GrilleDite | None) -> Iterator[Difference]:
    names = (f"{grille.name} ({grille.code})" if grille else "" for grille in (left, right))
    yield from _pair("Édition", "grille", *names)
    if left and right:
        yield from _pair("Édition", "préambule de la grille", left.preamble, right.preamble)
        goals = (tuple((one.code, one.label) for one in grille.objectifs) for grille in (left, right))
        yield from _pair("Édition", "objectifs de la grille", *goals)
        told, other = ({c.code: c for c in grille.criteres} for grille in (left, right))
        for code in dict.fromkeys((*told, *other)):
            yield from _pair("Édition", f"critère {code} de la grille", told.get(code), other.get(code))


def _semaine(left: SemaineDossier, right: SemaineDossier, *, prose: bool) -> Iterator[Difference]:
    where = left.academie
    yield from _pair(where, "statut", left.status, right.status)
    yield from _pair(where, "dates", format_windows(left.windows), format_windows(right.windows))
    yield from _pair(where, "rang", left.ordinal, right.ordinal)
    yield from _pair(where, "niveaux", _levels(left), _levels(right))
    yield from _pair(where, "alliances", left.alliances, right.alliances)
    yield from _pair(where, "portage", left.portage, right.portage)
    yield from _pair(where, "appel", left.appel, right.appel)
    yield from _pair(where, "bassins", left.bassins, right.bassins)
    for fact, a, b in (
        ("actions", left.actions_figures, right.actions_figures),
        ("établissements", left.etablissements_figures, right.etablissements_figures),
    ):
        yield from _pair(where, fact, _figures(a), _figures(b))
        if prose:
            yield from _pair(where, f"{fact}, provenance", _sources(a), _sources(b))
    if prose:
        yield from _pair(where, "axes", left.axes, right.axes)
    else:
        yield from _pair(where, "axes", _codes(left), _codes(right))
    yield from _parts(where, SEMAINE_PROSE, left, right, prose=prose)
    yield from _actions(where, left.actions, right.actions, prose=prose)


def _actions(
    where: str, left: tuple[ActionDossier, ...], right: tuple[ActionDossier, ...], *, prose: bool
) -> Iterator[Difference]:
    """Pair actions by title, in order, so that one missing action is one difference.

    Places are found by title and not looked for: a census has thousands of sheets in one semaine.
    """
    waiting: dict[str, deque[int]] = {}
    for place, action in enumerate(right):
        waiting.setdefault(comparable(action.title), deque()).append(place)
    places = []
    for action in left:
        if not (same := waiting.get(comparable(action.title))):
            yield Difference(where, "action", action.title, NOTHING)
            continue
        places.append(same.popleft())
        yield from _action(f"{where}, « {action.title} »", action, right[places[-1]], prose=prose)
    for place in sorted(chain.from_iterable(waiting.values())):
        yield Difference(where, "action", NOTHING, right[place].title)
    if places != sorted(places):
        yield Difference(where, "ordre des actions", _titles(left), _titles(right))


def _action(place: str, left: ActionDossier, right: ActionDossier, *, prose: bool) -> Iterator[Difference]:
    if prose:  # where carriers are, and what links are called
        yield from _pair(place, "porteurs", left.porteurs, right.porteurs)
        yield from _pair(place, "liens", left.liens, right.liens)
    else:
        yield from _pair(place, "porteurs", _porteurs(left), _porteurs(right))
        yield from _pair(place, "liens", _links(left), _links(right))
    yield from _pair(place, "prix", left.prize, right.prize)
    yield from _parts(place, ACTION_PROSE, left, right, prose=prose)


def _parts(
    where: str, parts: Mapping[str, str], left: object, right: object, *, prose: bool
) -> Iterator[Difference]:
    """Compare each part; a census has thousands of sheets, most parts of which are the same on both sides."""
    for name, fact in parts.items():
        one, other = getattr(left, name), getattr(right, name)
        if one != other:
            told = (_told(name, _read(name, value), prose=prose) for value in (one, other))
            yield from _pair(where, fact, *told)


def _read(name: str, value: object) -> object:
    """A part, the codes of an action as words of their vocabulary."""
    match name, value:
        case "levels", tuple():
            return tuple(Niveau(code) for code in value)
        case "cles", tuple():
            return tuple(CodeCle(code) for code in value)
        case "temporality", str():
            return Temporalite(value)
        case "nature", str():
            return Nature(value)
    return value


def _presence(value: object) -> str:
    return "présent" if value else ""


def _events(told: tuple[TempsFortDossier, ...]) -> tuple[TempsFortDossier, ...]:
    return tuple(replace(one, title="", summary="") for one in told)


def _resources(told: tuple[RessourceDossier, ...]) -> tuple[RessourceDossier, ...]:
    return tuple(replace(one, title="") for one in told)


def _goals(told: tuple[ObjectifDossier, ...]) -> tuple[str, ...]:
    return tuple(
        f"{one.code.replace('_', ' ')} ({liste(one.academies) or 'aucune académie citée'}"
        f"{'' if one.conclusion else ', sans conclusion'})"
        for one in told
    )


def _perspectives(told: tuple[PerspectiveDossier, ...]) -> tuple[str, ...]:
    count = f"{len(told)} {pluriel(len(told), 'perspective', 'perspectives')}" if told else ""
    return (count, *(word for one in told for word in (one.acteur, one.echeance)))


def _groups(told: tuple[TutoratDossier, ...]) -> tuple[TutoratDossier, ...]:
    return tuple(replace(one, reason=_presence(one.reason)) for one in told)


#: What each teller says in its own words, and the fact that is left of it without them. A part that is not
#: here is compared whole.
RETOLD: Final[Mapping[str, Callable[[Any], object]]] = {
    "introduction": _presence,
    "objectifs": _goals,
    "perspectives": _perspectives,
    "tutorats": _groups,
    "narrative": _presence,
    "partners_narrative": _presence,
    "examples_note": _presence,
    "temps_forts": _events,
    "ressources": _resources,
    "description": _presence,
}


def _told(name: str, value: object, *, prose: bool) -> object:
    """What a part says: all of it, or the fact that is left without its words."""
    return value if prose or name not in RETOLD else RETOLD[name](value)


def _pair(where: str, fact: str, left: object, right: object) -> Iterator[Difference]:
    if _key(left) != _key(right):
        yield Difference(where, fact, words(left) or NOTHING, words(right) or NOTHING)


def _levels(semaine: SemaineDossier) -> str:
    told = liste(level.label for level in Niveau if level in semaine.levels)
    unknown = liste(level.label for level in semaine.levels_unknown)
    if not unknown:
        return told or "non précisés"
    return f"{told or 'aucun'} (non précisé : {unknown})"


def _codes(semaine: SemaineDossier) -> str:
    return liste(axe.code for axe in semaine.axes)


def _figures(figures: tuple[Chiffre, ...]) -> str:
    # how it is written says its kind, in words
    apart = liste(format_chiffre(figure) for figure in figures if not figure.additive)
    notes = " ; ".join(figure.note for figure in figures if figure.note)
    told = (format_chiffres(figures), apart and f"à part : {apart}", notes)
    return " — ".join(part for part in told if part)


def _sources(figures: tuple[Chiffre, ...]) -> str:
    return " ; ".join(dict.fromkeys(figure.source for figure in figures))


def _porteurs(action: ActionDossier) -> str:
    return liste(f"{c.name} ({c.kind}{', ' + c.commune if c.commune else ''})" for c in action.porteurs)


def _links(action: ActionDossier) -> str:
    return " ".join(sorted({link.url for link in action.liens}))


def _titles(actions: tuple[ActionDossier, ...]) -> str:
    return " ; ".join(action.title for action in actions)


def _key(value: object) -> object:
    """What a value says, in a form that is equal when two sources mean the same."""
    if isinstance(value, str):
        return comparable(value)
    if isinstance(value, tuple):
        return tuple(_key(part) for part in value)
    if is_dataclass(value):
        return tuple(_key(getattr(value, field.name)) for field in fields(value))
    return value


#: What the kinds of these are called; a code is nobody's word, and one that nobody knows stays what it is.
_KINDS: Final[Mapping[type, Mapping[str, str]]] = {
    TempsFortDossier: {kind.value: kind.label for kind in TypeTempsFort},
    RessourceDossier: {kind.value: kind.label for kind in TypeRessource},
    TutoratDossier: {kind.value: kind.label for kind in TypeTutorat},
}


def words(value: object) -> str:
    """What a value says, for people: what is empty is left out."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, tuple):
        return " ; ".join(told for part in value if (told := words(part)))
    if isinstance(value, PorteurSaisi):  # its name first, and what it is in words
        where = (value.commune, value.insee, value.uai, value.latitude, value.longitude)
        return ", ".join(filter(None, map(words, (value.name, TypePorteur(value.kind), *where))))
    if is_dataclass(value):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        kinds = _KINDS.get(type(value), {})
        parts = (
            words(kinds.get(part, part) if name == "kind" else part)
            for name, part in named
            if part is not False
        )
        return ", ".join(told for told in parts if told)
    return str(getattr(value, "label", value)) if value is not None else ""
