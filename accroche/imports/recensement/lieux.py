"""Where an action takes place: what headings say it, what several columns say of it together; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import is_somebody
from accroche.imports.recensement.ecriture import normal
from accroche.imports.recensement.prenoms import are_first_names, names_somebody
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.vocabulaire import A_THING
from accroche.imports.recensement.words import no_nowhere
from accroche.lib.texte import slug

#: Headings of places, where what is no school carries nothing: « Salle des fêtes ».
_PLACES: Final = re.compile(
    r"(?:nom du |nom de )?(?:lieu|salle|endroit|emplacement|adresse|location|place|placename|venue)\b"
    r"(?! d enseignement)|(?:ou|where)$"
)
#: Whose a commune is: of schools, which have their own, or of the action.
_OF_SCHOOLS: Final = re.compile(r"\b(?:etablissement|ecole|college|lycee|school)\b")
_OF_ACTIONS: Final = re.compile(
    rf"\b(?:lieu|location|venue|place|realisation)\b|^(?:endroit|emplacement|ou$|where$)|\b{A_THING}"
)
#: What says where without naming it.
_OF_A_MATCH: Final = re.compile(r"(?:a-)?domicile|(?:a-l-)?exterieur|home|away")
_BETWEEN: Final = ", "


def are_of_places(heading: str) -> bool:
    """Whether a normal heading is of places, whatever stands there."""
    return _PLACES.match(heading) is not None


def is_of_the_action(heading: str) -> bool:
    """Whether the commune under a normal heading is where the action is, and not its school."""
    return _OF_ACTIONS.search(heading) is not None and not _OF_SCHOOLS.search(heading)


def together(parts: Iterable[str]) -> str:
    """Return « Salle des fêtes, 3 rue Hoche, Dijon », without what another part says already."""
    kept: list[str] = []
    for part in filter(None, parts):
        if not any(_says(one, part) for one in kept):
            kept = [one for one in kept if not _says(part, one)]
            kept.append(part)
    return _BETWEEN.join(kept)


def _says(text: str, part: str) -> bool:
    """Whether a text has the words of another, one after the other."""
    return f"-{slug(part) or part}-" in f"-{slug(text) or text}-"


def elsewhere(place: str, names: Iterable[str], communes: Iterable[str]) -> str:
    """Return a place; nothing where it is who carries the action, by name: « Lieu » says it once more."""
    towns = {"", *communes}
    told = {slug(f"{name} {town}") for name in names if slug(name) for town in towns}
    return "" if slug(place) in told else place


def place_of(row: Row, told: str) -> str:
    """Return the place that a cell says; what says something, and no place, is told: « Extérieur »."""
    if is_somebody(told):
        row.note(
            Champ.LIEU,
            f"« {told} » est une personne, et un lieu est public : il n’est pas repris.",
            "Écrivez où se passe l’action.",
            blocks=False,
        )
        return ""
    if told.count(" ") == 1 and are_first_names(told.split(maxsplit=1)[0]) and names_somebody(told):
        row.note(
            Champ.LIEU,
            f"« {told} » est peut-être une personne, et un lieu est public.",
            "Ôtez ce nom si c’est quelqu’un.",
            blocks=False,
        )
    place = no_nowhere(told)
    if told and not place and _OF_A_MATCH.fullmatch(slug(told)):
        row.note(
            Champ.LIEU,
            f"« {told} » ne nomme pas de lieu : il n’est pas repris.",
            "Écrivez où se passe l’action.",
            blocks=False,
        )
    return place


def tell_place(row: Row, place: str) -> None:
    """Write where the action of a row is; of what is too long the end is left out, which is told."""
    row.place = row.shortened(Champ.LIEU, place)


def place_told(columns: Sequence[Column]) -> str:
    """Return what to tell of where actions are, when it says as well who carries them, or its commune."""
    held = {one.champ: one for one in columns}
    carrier, commune = held.get(Champ.ETABLISSEMENT), held.get(Champ.COMMUNE)
    if carrier is None or Champ.UAI in held:
        return ""
    if not carrier.remembered and are_of_places(normal(carrier.heading)):
        return (
            f"La colonne {carrier.letter}, « {carrier.heading} », nomme des établissements : faute d’autre "
            "porteur, ils portent les actions. S’ils ne font que les accueillir, choisissez « Lieu » pour "
            "elle, et dites qui les porte."
        )
    if (
        commune is None
        or _OF_SCHOOLS.search(normal(carrier.heading))
        or not is_of_the_action(normal(commune.heading))
    ):
        return ""
    return (
        f"La colonne {commune.letter}, « {commune.heading} », dit où se passent les actions : elle aide à "
        "reconnaître les établissements, et devient la commune des autres porteurs. Si ce n’est pas la leur, "
        "choisissez « Lieu » pour elle."
    )
