"""Writing a semaine's own page: one operation, refused when somebody else wrote meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model, QuerySet

from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Partenaire, Semaine, SemainePartenaire
from accroche.campagne.operations import hold_writing
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.rows import (
    SEMAINE_COLUMNS,
    SEMAINE_LISTS,
    event_rows,
    figure_rows,
    media_rows,
    resource_rows,
    strategy_rows,
    window_rows,
)
from accroche.pilotage.queries.semaine import semaine_content
from accroche.pilotage.semaine import FIGURES, changements


class StaleSemaineError(RuntimeError):
    """Somebody else wrote the page meanwhile: show both before deciding."""


@transaction.atomic
def write_semaine(
    semaine: Semaine, content: SemaineDossier, *, access: Access, at: dt.datetime, version: int
) -> dict[str, tuple[Any, Any]]:
    """Write what changed of a semaine's page; return it by field, nothing when nothing did.

    Only the fields that differ are written, so that what nobody touched still follows its file
    (``imports/edition/priorite.py``). ``version``: the one the person read.

    Raises ``PermissionDenied``, also for who would say here that there are no data, or that there are again:
    that is signed (``campagne/operations/absence.py``); and :class:`StaleSemaineError`.
    """
    hold_writing(semaine, access)
    before = semaine_content(semaine)
    changed = changements(before, content)
    fields = set(changed)
    if "status" in fields and StatutSemaine.UNAVAILABLE in (before.status, content.status):
        raise PermissionDenied
    columns = {name: getattr(content, name) for name in SEMAINE_COLUMNS if name in fields}
    columns |= {name: list(getattr(content, name)) for name in SEMAINE_LISTS if name in fields}
    if "levels" in fields:
        columns |= {level.value: level in content.levels for level in Niveau}
    kept = Semaine.objects.filter(pk=semaine.pk, version=version)
    if not changed:
        if not kept.exists():
            raise StaleSemaineError
        return {}
    # the row is taken first: a second writer waits here, then finds another version
    if not kept.update(version=F("version") + 1, updated_at=at, **columns):
        raise StaleSemaineError
    _write_rows(semaine, content, fields)
    journal.record(semaine, "write", at=at, actor=access.user, changes=changed)
    return changed


def _write_rows(semaine: Semaine, content: SemaineDossier, fields: set[str]) -> None:
    lists: dict[str, tuple[str, Callable[[Semaine, SemaineDossier], list[Model]]]] = {
        "windows": ("fenetres", lambda s, c: list(window_rows(s, c))),
        "temps_forts": ("temps_forts", event_rows),
        "ressources": ("ressources", lambda s, c: list(resource_rows(s, c))),
        "strategie": ("strategie", lambda s, c: list(strategy_rows(s, c))),
        "medias": ("medias", lambda s, c: list(media_rows(s, c))),
        "partners": ("participations", _partner_rows),
    }
    for field, (name, rows) in lists.items():
        if field in fields:
            # what they are is read of those they replace
            written = rows(semaine, content)
            getattr(semaine, name).all().delete()
            _insert(written)
    for indicateur in Indicateur:
        if FIGURES[indicateur] in fields:
            semaine.chiffres.filter(indicateur=indicateur).delete()
            _insert(list(figure_rows(semaine, indicateur, getattr(content, FIGURES[indicateur]))))


def _partner_rows(semaine: Semaine, content: SemaineDossier) -> list[Model]:
    found = [
        (
            Partenaire.objects.get_or_create(name=told.name, kind=told.kind, internal=told.internal)[0],
            told.role,
        )
        for told in content.partners
    ]
    once = {partner.pk: (partner, role) for partner, role in found}.values()
    return [
        SemainePartenaire(semaine=semaine, partenaire=one, position=n, role=role)
        for n, (one, role) in enumerate(once)
    ]


def _insert(rows: list[Model]) -> None:
    """Save rows that point at those before them, one statement for each kind."""
    for model in dict.fromkeys(type(row) for row in rows):
        table: QuerySet[Model] = QuerySet(model)
        table.bulk_create([row for row in rows if type(row) is model])
