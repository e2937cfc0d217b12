"""The lineage of sheets: which one a sheet takes up, and which take it up."""

from __future__ import annotations

from django.db import connection
from django.db.models import Exists, OuterRef

from accroche.actions.lignee import FicheReprise
from accroche.actions.models import Action, ActionPorteur, ActionQuerySet

#: What :func:`origine_told` reads of a sheet besides itself.
ORIGINE_PARTS = ("previous__semaine__academie", "previous__semaine__edition")

#: « union » keeps each sheet once: a chain that closed on itself would end all the same.
_UP = """
    WITH RECURSIVE lignee(id, previous_id) AS (
        SELECT id, previous_id FROM actions_action WHERE id = %s
        UNION
        SELECT a.id, a.previous_id FROM actions_action a JOIN lignee ON a.id = lignee.previous_id
    )
    SELECT id FROM lignee
"""
_DOWN = """
    WITH RECURSIVE lignee(id) AS (
        SELECT id FROM actions_action WHERE id = %s
        UNION
        SELECT a.id FROM actions_action a JOIN lignee ON a.previous_id = lignee.id
    )
    SELECT id FROM lignee LIMIT %s
"""


def ascendance(number: int) -> frozenset[int]:
    """The numbers of a sheet and of all those it comes from, whatever became of them; one query."""
    return frozenset(_numbers(_UP, [number]))


def descendance(number: int, limit: int) -> list[int]:
    """The numbers of a sheet and of those that come from it, at most ``limit``; one query."""
    return _numbers(_DOWN, [number, limit])


def _numbers(query: str, told: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return [row[0] for row in cursor.fetchall()]


def origine_told(action: Action) -> str:
    """What public data say of the sheet one takes up: its address; nothing while the public reads it not.

    A sheet that is not on this instance is named as the file that told it did.
    """
    before = action.previous
    if before is None:
        return action.reprise_de
    if not before.is_public:
        return ""
    semaine = before.semaine
    return str(FicheReprise(semaine.edition.year, semaine.academie.slug, before.slug))


def born_elsewhere(actions: ActionQuerySet) -> ActionQuerySet:
    """Keep those that take up another's sheet: no carrier is of both. One's own of last year is no spread."""
    shared = ActionPorteur.objects.order_by().filter(
        action=OuterRef("previous"), porteur__portages__action=OuterRef("pk")
    )
    return actions.filter(previous__isnull=False).exclude(Exists(shared))
