"""Writing the axes an académie keeps, and what it says of those it had kept before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from accroche.campagne.models import AxeRetenu, Semaine
from accroche.campagne.operations import hold_writing
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.dossier.dossier import AxeRetenu as AxeDit
from accroche.evaluation.axes import MOST_AXES
from accroche.evaluation.models import ChoixAxes, SuiviAxe
from accroche.evaluation.regles import EtatSuivi


class StaleAxesError(RuntimeError):
    """Somebody else wrote meanwhile: show both before deciding."""


class AxesError(ValueError):
    """What cannot be kept; the message is French and says why."""


def in_lines(axes: Sequence[AxeDit], labels: dict[str, str]) -> str:
    """The axes in their order, a line each, as the journal and a conflict tell them."""
    return "\n".join(
        " – ".join(filter(None, (f"{rank}. {labels.get(axe.code, axe.code)}", axe.detail)))
        for rank, axe in enumerate(axes, start=1)
    )


def axes_of(semaine: Semaine) -> tuple[AxeDit, ...]:
    """The axes it keeps, in their order."""
    kept = semaine.axes_retenus.select_related("axe")
    return tuple(AxeDit(one.axe.code, one.detail) for one in kept)


@transaction.atomic
def choose_axes(
    semaine: Semaine, axes: Sequence[AxeDit], *, access: Access, at: dt.datetime, version: int
) -> bool:
    """Keep one to four axes of the catalogue, in order; return whether something changed.

    ``version``: the one the person read. Raises ``PermissionDenied``, :class:`AxesError` and
    :class:`StaleAxesError`.
    """
    hold_writing(semaine, access)
    catalogue = {axe.code: axe for axe in semaine.edition.axes.all()}
    _check(axes, catalogue.keys())
    choix, _ = ChoixAxes.objects.get_or_create(semaine=semaine)
    held = ChoixAxes.objects.filter(pk=choix.pk, version=version)
    before = axes_of(semaine)
    if before == tuple(axes):
        if not held.exists():
            raise StaleAxesError
        return False
    # the row is taken first: a second writer waits here, then finds another version
    if not held.update(version=F("version") + 1, chosen_at=at):
        raise StaleAxesError
    semaine.axes_retenus.all().delete()
    AxeRetenu.objects.bulk_create(
        AxeRetenu(semaine=semaine, axe=catalogue[axe.code], detail=axe.detail, position=position)
        for position, axe in enumerate(axes)
    )
    labels = {code: axe.label for code, axe in catalogue.items()}
    changes = {"axes": (in_lines(before, labels), in_lines(axes, labels))}
    journal.record(choix, "choose_axes", at=at, actor=access.user, changes=changes)
    return True


def _check(axes: Sequence[AxeDit], known: object) -> None:
    codes = [axe.code for axe in axes]
    if not codes:
        raise AxesError("Choisissez au moins un axe.")
    if len(codes) > MOST_AXES:
        raise AxesError(f"Choisissez {MOST_AXES} axes au plus : mieux vaut peu d’axes, que l’on tient.")
    if len(set(codes)) < len(codes):
        raise AxesError("Le même axe est choisi deux fois : gardez-le à un seul rang.")
    if not set(codes) <= set(known):  # type: ignore[call-overload]
        raise AxesError("Cet axe n’est pas au catalogue de l’édition.")


@transaction.atomic
def follow_axe(
    semaine: Semaine,
    code: str,
    etat: EtatSuivi,
    comment: str,
    *,
    access: Access,
    at: dt.datetime,
    version: int,
) -> bool:
    """Say what became of an axis kept in the edition before; return whether something changed.

    ``code``: one that ``queries.axes.devenirs_of`` tells. Each axis has its own version, so that two services
    answer two of them at once. Raises ``PermissionDenied`` and :class:`StaleAxesError`.
    """
    hold_writing(semaine, access)
    row, _ = SuiviAxe.objects.get_or_create(semaine=semaine, code=code)
    held = SuiviAxe.objects.filter(pk=row.pk, version=version)
    if (row.said, row.comment) == (etat.value, comment):
        if not held.exists():
            raise StaleAxesError
        return False
    if not held.update(version=F("version") + 1, said=etat, comment=comment, updated_at=at):
        raise StaleAxesError
    changes = {"said": (row.mot.label, etat.label), "comment": (row.comment, comment)}
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    journal.record(row, "follow_axe", at=at, actor=access.user, changes=told)
    return True
