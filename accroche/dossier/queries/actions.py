"""The sheets of an edition as plain data, however many: read table by table, and not row by row.

The same as ``queries.dossier.action_dossier`` of each, for a tenth of the time: no row is made into a model
in between, and what many sheets share (a carrier, a set of levels) is there once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accroche.actions.champs import Voie, names
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Activite, Lien, PieceJointe
from accroche.actions.queries.lignee import ORIGINE_PARTS, origine_told
from accroche.actions.saisie import (
    COLUMNS,
    ActiviteSaisie,
    LienSaisi,
    PartenaireSaisi,
    PieceDite,
    PorteurSaisi,
)
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau
from accroche.dossier.dossier import ActionDossier

#: Sheets whose parts are asked for at once; a database takes that many numbers in one question.
BATCH: Final = 5_000
_LEVELS: Final = tuple(level.value for level in Niveau)
_CONTENT: Final = tuple(name for name in COLUMNS if name in names(Voie.DOSSIER))
#: What nobody types, by the name it has in a dossier and as a column.
_DISTINCTIONS: Final = {
    "prize": "prize",
    "remarkable": "remarkable",
    "chosen": "chosen",
    "source": "source",
    "experitheque_id": "experitheque_id",
    "reprise_de": "reprise_de",
    "declared": "created_at",
    "submitted": "submitted_at",
}
_KEYS: Final = ("pk", "semaine_id", "previous_id", *_LEVELS)
_NAMES: Final = (*_CONTENT, *_DISTINCTIONS)

Parts = dict[int, tuple[Any, ...]]


def actions_told(actions: QuerySet[Action]) -> Iterator[tuple[int, ActionDossier]]:
    """Yield the number of the semaine and the sheet, for each of ``actions``, in the order of the semaine.

    To be read as of one moment (``commun.transactions.one_moment``) when others may write meanwhile.
    """
    columns = (*_KEYS, *_CONTENT, *_DISTINCTIONS.values())
    rows = iter(actions.order_by("semaine_id", "position", "pk").values_list(*columns).iterator(BATCH))
    porteurs: dict[int, PorteurSaisi] = {}
    shared: dict[Any, Any] = {}
    while batch := list(islice(rows, BATCH)):
        yield from _batch(batch, porteurs, shared)


def _batch(
    batch: list[Any], porteurs: dict[int, PorteurSaisi], shared: dict[Any, Any]
) -> Iterator[tuple[int, ActionDossier]]:
    """The sheets of some rows; what comes again is taken from ``porteurs`` and ``shared``."""

    def once(value: Any) -> Any:
        return shared.setdefault(value, value)

    told = among([row[0] for row in batch])
    parts: dict[str, Any] = {
        "porteurs": _porteurs(told, porteurs),
        "themes": _codes(Action.themes.through, "theme__code", told),
        "cles": _codes(Action.cles.through, "cle__code", told),
        "partenaires": _grouped(
            (pk, once(PartenaireSaisi(name, role, part, kind, internal)))
            for pk, name, role, part, kind, internal in ActionPartenaire.objects.filter(action__in=told)
            .order_by("position", "pk")
            .values_list(
                "action_id", "partenaire__name", "role", "part", "partenaire__kind", "partenaire__internal"
            )
        ),
        "liens": _grouped(
            (pk, LienSaisi(url, once(label)))
            for pk, url, label in Lien.objects.filter(action__in=told)
            .order_by("position", "pk")
            .values_list("action_id", "url", "label")
        ),
        "activites": _grouped(
            (pk, ActiviteSaisie(title, description, starts, ends))
            for pk, title, description, starts, ends in Activite.objects.filter(action__in=told)
            .order_by("position", "pk")
            .values_list("action_id", "title", "description", "starts", "ends")
        ),
        "pieces": _grouped(
            (pk, piece)
            for pk, *said in PieceJointe.objects.filter(action__in=told)
            .order_by("position", "pk")
            .values_list("action_id", "name", "kind", "caption", "consent", "state")
            if (piece := PieceDite(*said)).is_public
        ),
    }
    origins = _origins(row[0] for row in batch if row[2] is not None)
    first = len(_KEYS)
    for row in batch:
        pk = row[0]
        content = dict(zip(_NAMES, row[first:], strict=True))
        if pk in origins:
            content["reprise_de"] = origins[pk]
        yield (
            row[1],
            ActionDossier(
                **content,
                levels=_levels(row[3:first]),
                **{name: found.get(pk, ()) for name, found in parts.items()},
            ),
        )


def among(numbers: list[int]) -> RawSQL:
    """Stand for many numbers of rows in a question, as one value: each would be looked at by itself."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [numbers])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(numbers)])


def _grouped(rows: Iterable[tuple[int, Any]]) -> Parts:
    found: dict[int, list[Any]] = defaultdict(list)
    for pk, value in rows:
        found[pk].append(value)
    return {pk: tuple(values) for pk, values in found.items()}


def _codes(through: Any, column: str, told: RawSQL) -> Parts:
    rows = through.objects.filter(action__in=told).order_by(column).values_list("action_id", column)
    return _grouped(rows)


def _porteurs(told: RawSQL, known: dict[int, PorteurSaisi]) -> Parts:
    """The carriers of sheets; those met before are not asked for again."""
    rows = ActionPorteur.objects.filter(action__in=told).order_by("position", "pk")
    carried = list(rows.values_list("action_id", "porteur_id"))
    missing = {porteur for _, porteur in carried} - known.keys()
    columns = ("etablissement_id", "kind", "name", "commune", "insee", "latitude", "longitude")
    for pk, uai, *rest in Porteur.objects.filter(pk__in=among(list(missing))).values_list("pk", *columns):
        known[pk] = PorteurSaisi(uai or "", *rest)
    return _grouped((action, known[porteur]) for action, porteur in carried)


def _origins(numbers: Iterable[int]) -> dict[int, str]:
    """What public data say of the sheets that these take up."""
    rows = Action.objects.filter(pk__in=list(numbers)).select_related(*ORIGINE_PARTS)
    return {action.pk: origine_told(action) for action in rows}


@cache
def _levels(ticked: tuple[bool, ...]) -> tuple[str, ...]:
    return tuple(code for code, is_ticked in zip(_LEVELS, ticked, strict=True) if is_ticked)
