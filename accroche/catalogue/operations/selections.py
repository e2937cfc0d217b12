"""Writing selections: each change takes the version that its author read, so that none is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.models import FicheRetenue, Selection
from accroche.catalogue.models.selections import may_keep
from accroche.catalogue.queries.selections import MOST, sheets_found
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.lib.libelles import Libelle
from accroche.lib.texte import NBSP, slug

#: Names of pages beside those of selections, which no selection takes.
RESERVED: Final = frozenset({"nouvelle", "gerer"})
#: How many selections may begin with the same name.
_HOMONYMS: Final = 50


class SelectionError(ValueError):
    """What cannot be kept; the message is French and says why."""


class StaleSelectionError(RuntimeError):
    """Somebody else wrote meanwhile: show both before deciding."""


@dataclass(frozen=True, slots=True)
class SelectionDite:
    """What is written of a selection."""

    name: str
    introduction: str = ""


class GesteDeSelection(Libelle):
    """What is done with a selection by one press of a button."""

    PUBLIER = "publier", "La sélection est publiée."
    RETIRER = "retirer", "La sélection n’est plus publiée."
    AJOUTER = "ajouter", "La fiche est ajoutée, en dernier."
    MONTER = "monter", "La fiche est remontée d’un rang."
    DESCENDRE = "descendre", "La fiche est descendue d’un rang."
    ENLEVER = "enlever", "La fiche est enlevée de la sélection."
    SUPPRIMER = "supprimer", "La sélection est supprimée."


def dite_of(selection: Selection) -> SelectionDite:
    """What is written of a selection now."""
    return SelectionDite(selection.name, selection.introduction)


def create_selection(
    dite: SelectionDite,
    criteres: Criteres,
    academie: Academie | None,
    *,
    frozen: bool,
    access: Access,
    at: dt.datetime,
) -> Selection:
    """Keep a filter under a name, as a draft; ``frozen``: the sheets it finds now are listed.

    Raises ``PermissionDenied`` and :class:`SelectionError`.
    """
    if not may_keep(access, academie.pk if academie else None):
        raise PermissionDenied
    # asked before anybody has to wait for what is written
    found = sheets_found(criteres) if frozen else None
    if found is not None and not found.actions:
        raise SelectionError("Aucune fiche publiée ne répond à ces filtres : il n’y a rien à figer.")
    if found is not None and found.beyond:
        raise SelectionError(
            f"Une sélection figée contient {MOST}{NBSP}fiches au plus : précisez les filtres."
        )
    with transaction.atomic():
        selection = _named(dite, criteres, academie, frozen=frozen)
        if found is not None:
            FicheRetenue.objects.bulk_create(
                FicheRetenue(selection=selection, action=action, position=position)
                for position, action in enumerate(found.actions)
            )
        journal.record(selection, "create_selection", at=at, actor=access.user)
    return selection


def _named(dite: SelectionDite, criteres: Criteres, academie: Academie | None, *, frozen: bool) -> Selection:
    """A row under the first address that is free; two at once do not take the same."""
    base = slug(dite.name)[:70].strip("-") or "selection"
    for number in range(1, _HOMONYMS + 1):
        address = base if number == 1 else f"{base}-{number}"
        if address in RESERVED:
            continue
        try:
            with transaction.atomic():
                return Selection.objects.create(
                    slug=address,
                    academie=academie,
                    criteres=criteres.canonical(),
                    frozen=frozen,
                    **asdict(dite),
                )
        except IntegrityError:
            continue
    raise SelectionError("Beaucoup de sélections s’appellent déjà ainsi : choisissez un nom plus précis.")


@transaction.atomic
def write_selection(
    selection: Selection, dite: SelectionDite, *, version: int, access: Access, at: dt.datetime
) -> bool:
    """Write its name and its introduction; return whether something changed. Its address stays.

    Raises ``PermissionDenied`` and :class:`StaleSelectionError`.
    """
    held = _held(selection, version, access)
    before = asdict(dite_of(held))
    changes = {name: (before[name], value) for name, value in asdict(dite).items() if before[name] != value}
    if not changes:
        return False
    Selection.objects.filter(pk=selection.pk).update(**asdict(dite))
    journal.record(selection, "write_selection", at=at, actor=access.user, changes=changes)
    return True


@transaction.atomic
def do_with_selection(
    selection: Selection,
    geste: GesteDeSelection,
    fiche: int | None = None,
    *,
    version: int,
    access: Access,
    at: dt.datetime,
) -> None:
    """Publish a selection, take it back, delete it, or add, move or leave out a sheet (its number).

    Raises ``PermissionDenied``, :class:`StaleSelectionError`, and :class:`SelectionError` for a sheet that
    cannot be added. One that is not there, or has nowhere to go, stays as it is.
    """
    held = _held(selection, version, access)
    row = Selection.objects.filter(pk=held.pk)
    if geste is GesteDeSelection.SUPPRIMER:
        journal.record(held, "delete_selection", at=at, actor=access.user, note=held.name)
        row.delete()
        return
    if geste in {GesteDeSelection.PUBLIER, GesteDeSelection.RETIRER}:
        row.update(published=geste is GesteDeSelection.PUBLIER)
    elif held.frozen and geste is GesteDeSelection.AJOUTER:
        _append(held, fiche)
    elif held.frozen and fiche is not None:
        _rearrange(held, geste, fiche)
    journal.record(held, _VERBS[geste], at=at, actor=access.user, note=_title(fiche) if fiche else "")


_VERBS: Final = {
    GesteDeSelection.PUBLIER: "publish_selection",
    GesteDeSelection.RETIRER: "withdraw_selection",
    GesteDeSelection.AJOUTER: "extend_selection",
    GesteDeSelection.MONTER: "reorder_selection",
    GesteDeSelection.DESCENDRE: "reorder_selection",
    GesteDeSelection.ENLEVER: "reduce_selection",
}


def _title(fiche: int) -> str:
    return Action.objects.filter(pk=fiche).values_list("title", flat=True).first() or ""


def _append(selection: Selection, fiche: int | None) -> None:
    if fiche is None or not Action.objects.published().filter(pk=fiche).exists():
        raise SelectionError(
            "Cette adresse n’est pas celle d’une fiche publiée : copiez celle de la page de la fiche."
        )
    positions = dict(selection.retenues.values_list("action_id", "position"))
    if fiche in positions:
        raise SelectionError("Cette fiche est déjà dans la sélection.")
    if len(positions) >= MOST:
        raise SelectionError(
            f"Une sélection figée contient {MOST}{NBSP}fiches au plus : enlevez-en une d’abord."
        )
    last = max(positions.values(), default=-1)
    FicheRetenue.objects.create(selection=selection, action_id=fiche, position=last + 1)


def _rearrange(selection: Selection, geste: GesteDeSelection, fiche: int) -> None:
    rows = list(selection.retenues.all())
    at = next((rank for rank, row in enumerate(rows) if row.action_id == fiche), None)
    if at is None:
        return
    if geste is GesteDeSelection.ENLEVER:
        rows.pop(at).delete()
    else:
        to = at + (-1 if geste is GesteDeSelection.MONTER else 1)
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows):
        row.position = position
    FicheRetenue.objects.bulk_update(rows, ["position"])


def _held(selection: Selection, version: int, access: Access) -> Selection:
    """The row as it is, taken by this writer: a second one waits, then finds another version."""
    if not selection.may(access):
        raise PermissionDenied
    if not Selection.objects.filter(pk=selection.pk, version=version).update(version=F("version") + 1):
        raise StaleSelectionError
    return Selection.objects.get(pk=selection.pk)
