"""Writes of the reference data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from accroche.annuaire.departements import read_reference
from accroche.annuaire.models import Academie, Departement
from accroche.lib.texte import slug

HORIZON = dt.date(1900, 1, 1)

T = TypeVar("T", bound=Model)


def load_reference() -> None:
    """Write académies and départements as ``reference.toml`` tells them; again writes nothing."""
    write_reference(read_reference())


@transaction.atomic
def write_reference(table: Mapping[str, Any]) -> None:
    """Write what :func:`read_reference` read, which whoever writes more with it reads before."""
    departements = _follow(
        Departement, "code", {code: {"name": name} for code, name in table["departements"].items()}
    )
    academies = _follow(
        Academie,
        "slug",
        {
            slug(name): {
                "name": name,
                "valid_from": facts.get("valid_from", HORIZON),
                "valid_until": facts.get("valid_until"),
            }
            for name, facts in table["academies"].items()
        },
    )
    told = {academies[slug(name)].pk: facts for name, facts in table["academies"].items()}
    _lead(
        "departements", {one: {departements[code].pk for code in told[one]["departements"]} for one in told}
    )
    _lead(
        "successors",
        {one: {academies[slug(name)].pk for name in told[one].get("successors", ())} for one in told},
    )


def _lead(relation: str, wanted: Mapping[int, set[int]]) -> None:
    """Have each académie lead where it should, in as many statements whatever there is to write."""
    manager = getattr(Academie(pk=0), relation)
    here, there = f"{manager.source_field_name}_id", f"{manager.target_field_name}_id"
    links = manager.through.objects
    held = {
        (one, other): pk
        for pk, one, other in links.filter(**{f"{here}__in": wanted}).values_list("pk", here, there)
    }
    asked = {(one, other) for one, others in wanted.items() for other in others}
    if extra := held.keys() - asked:
        links.filter(pk__in=[held[pair] for pair in extra]).delete()
    links.bulk_create(
        manager.through(**{here: one, there: other}) for one, other in sorted(asked - held.keys())
    )


def _follow(model: type[T], key: str, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, T]:
    """Create the rows that lack and write those that differ; return the rows by their key."""
    table: QuerySet[T] = QuerySet(model)
    rows: dict[str, T] = {getattr(row, key): row for row in table.all()}
    if missing := [value for value in wanted if value not in rows]:
        table.bulk_create(model(**{key: value}, **wanted[value]) for value in missing)
        rows = {getattr(row, key): row for row in table.all()}
    for value, columns in wanted.items():
        if any(getattr(rows[value], column) != content for column, content in columns.items()):
            for column, content in columns.items():
                setattr(rows[value], column, content)
            rows[value].save(update_fields=list(columns))
    return rows
