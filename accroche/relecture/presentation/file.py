"""What the queue says of itself: how many sheets of what, what it is narrowed to, and each of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.texte import NBSP, de, nombre, pluriel
from accroche.relecture.forms.file import FiltreForm
from accroche.relecture.indices import Indice
from accroche.relecture.queries.file import Filtre, Territoires, hints_of, repeated

#: A sheet of each state, one and several; None: whatever its state.
NOUNS: Final[Mapping[Etat | None, tuple[str, str]]] = {
    None: ("fiche", "fiches"),
    Etat.DRAFT: ("fiche en brouillon", "fiches en brouillon"),
    Etat.SUBMITTED: ("fiche à relire", "fiches à relire"),
    Etat.TO_COMPLETE: ("fiche à compléter", "fiches à compléter"),
    Etat.PUBLISHED: ("fiche publiée", "fiches publiées"),
    Etat.WITHDRAWN: ("fiche retirée", "fiches retirées"),
    Etat.REFUSED: ("fiche refusée", "fiches refusées"),
    Etat.MERGED: ("fiche fusionnée", "fiches fusionnées"),
}


@dataclass(frozen=True, slots=True)
class LigneFile:
    """One sheet of the queue: what is worth a second look in it, and whether the person decides on it."""

    action: Action
    etat: Etat
    indices: tuple[Indice, ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class Actif:
    """One filter that is on: what it keeps, in words, and the parameters of the queue without it."""

    name: str
    label: str
    value: str
    without: str


def counted(count: int, etat: Etat | None) -> str:
    """« 12 fiches à relire », « Aucune fiche à relire »: a number is always of something."""
    singular, plural = NOUNS[etat]
    return f"{nombre(count)}{NBSP}{pluriel(count, singular, plural)}" if count else f"Aucune {singular}"


def phrase(count: int, filtre: Filtre, territoires: Territoires, *, everywhere: bool, narrowed: bool) -> str:
    """How many sheets of what, and where; ``narrowed``: by more than a state or an académie."""
    academies = [one for one in territoires.academies if filtre.academie in {None, one.pk}]
    if len(academies) == 1:
        where = f"dans l’académie {de(academies[0].name)}"
    else:
        where = "en France" if everywhere else "sur votre territoire"
    return " ".join(
        filter(None, (counted(count, filtre.etat), where, "avec ces filtres" if narrowed else ""))
    )


def actifs(form: FiltreForm, asked: QueryDict) -> list[Actif]:
    """The filters that are on, in the order of the form; what nobody offers is none."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not value:
            continue
        without = asked.copy()
        without.pop(name, None)
        words = dict(getattr(field, "choices", ())).get(value, f"«{NBSP}{value}{NBSP}»")
        found.append(Actif(name, str(field.label), str(words), without.urlencode()))
    return found


def lignes(rows: Iterable[Action], access: Access) -> list[LigneFile]:
    """The sheets of one page of the queue, brought along with their parts; one query."""
    shown = list(rows)
    twins = repeated(shown)
    return [
        LigneFile(
            action,
            Etat(action.etat),
            hints_of(action, is_repeated=action.pk in twins),
            action.may(access, Right.MODERATE),
        )
        for action in shown
    ]
