"""Why a column is taken for what it is, or left aside: one French sentence for whoever reads the preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from accroche.imports.recensement.accord import name_organisations
from accroche.imports.recensement.champs import CARRIERS, DAYS, Champ
from accroche.imports.recensement.colonne import TAKEN, Candidat, letter
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.entetes import autre
from accroche.imports.recensement.especes import Espece
from accroche.imports.recensement.replis import IN_SENTENCES, PERHAPS, WHEN_PERHAPS, WHO_PERHAPS

#: Characters of a heading that a reason repeats.
SHOWN: Final = 40
#: How many cells say a year, of a column of days, and what days are in.
_HALF: Final = 0.5
_ALL: Final = 0.8
#: Words of a heading that names something: more ask a question.
_A_NAME: Final = 5
_IN_WORDS: Final = (Espece.WORDS, Espece.PROSE)
#: The times that a form writes of each answer; the first alone is that of an agenda.
_BEGUN: Final = "start time"
_ENDED: Final = "completion time"


def because(choice: Candidat, heading: str, held: Cases | None) -> str:
    """Return why a column is taken for what it is."""
    if choice.remembered:
        return "retenu de la dernière fois"
    if choice.champ is Champ.IGNORE:
        return choice.why
    why = choice.why.replace("{}", heading[:SHOWN])
    if held is None:
        return why
    cells = held.in_words()
    if choice.champ in DAYS:  # as spreadsheets keep them, 46461: no postal codes
        cells = cells.replace(Espece.POSTAL.label, "numéros de jours")
    return f"{why} et {cells}"


def already(champ: Champ, position: int) -> str:
    """Return why a column is left aside, when the one at ``position`` says the same."""
    return f"« {champ.label} » est déjà dit par la colonne {letter(position)}"


def why_not(
    position: int,
    words: Sequence[str],
    told: Sequence[Cases | None],
    choices: Sequence[Candidat],
    holders: Mapping[Champ, int],
) -> str:
    """Return why a column is left aside, from what is most telling."""
    held = told[position]
    its_own = (one for one in choices if one.position == position)
    best = max(its_own, key=lambda one: one.score, default=None)
    if best and best.score >= TAKEN:
        return already(best.champ, holders[best.champ])
    if best and best.why == PERHAPS:
        return PERHAPS
    heading = words[position]
    if heading == _BEGUN and _ENDED in words:
        heading = _ENDED
    if what := autre(heading) or _days_aside(best, held, holders) or _who_aside(heading, held, holders):
        return what
    if best and held:
        fields = dict.fromkeys(one.champ.label for one in choices if one.position == position)
        thought = f"l’en-tête ferait penser à {' ou '.join(f'« {label} »' for label in fields)}"
        return f"{thought}, mais les cases sont autre chose : {held.in_words()}"
    if not held:
        return "colonne vide" if words[position] else ""
    return f"en-tête inconnu : {held.in_words()}"


def _days_aside(best: Candidat | None, held: Cases | None, holders: Mapping[Champ, int]) -> str:
    """What to tell of a column that holds days and is left aside, where no other says when."""
    if held is None or not DAYS.isdisjoint(holders) or held.years < _HALF:
        return ""
    if best and best.champ in DAYS and held.share(*_IN_WORDS) >= _HALF:
        return f"{IN_SENTENCES} : {held.in_words()}"
    if best and best.champ in DAYS and held.share(Espece.NUMBER) >= _ALL:
        return f"{WHEN_PERHAPS} : {held.in_words()}"
    if held.share(Espece.DAY, Espece.STAMP) >= _HALF:
        return f"{WHEN_PERHAPS} : {held.in_words()}"
    return ""


def _who_aside(heading: str, held: Cases | None, holders: Mapping[Champ, int]) -> str:
    """What to tell of a column of names that is left aside, where no other says who carries the actions."""
    if held is None or not CARRIERS.isdisjoint(holders) or len(heading.split()) > _A_NAME:
        return ""
    # « Association », « Mairie » are kinds, and name nobody
    named = name_organisations(held) and held.kinds_alone < _HALF
    return f"{WHO_PERHAPS} : {held.in_words()}" if named or held.communes >= _HALF else ""
