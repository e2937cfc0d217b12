"""Run as a program: schools that people of then did not find, in an empty instance, and what becomes of them.

``python -m tests.upgrade.absents``. Prints the rows as JSON; nothing of today's models is used.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import sys
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402 - after Django's setup
from django.db.migrations.executor import MigrationExecutor  # noqa: E402 - the same

NOW: Final = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
#: name, commune, postal code, UAI, address, message, whether it was answered
TOLD: Final = (
    ("Collège du Lac", "Saint-Léger", "", "", "a@exemple.fr", "Le mien.", False),
    ("collège du lac", "Saint Léger", "21000", "0210001A", "b@exemple.fr", "", False),
    ("COLLEGE DU LAC", "Saint-Leger", "21001", "", "a@exemple.fr", "Toujours pas.", False),
    ("Collège du Lac", "Saint-Léger", "", "", "c@exemple.fr", "", True),
    ("Collège du Pré", "Saint-Léger", "", "", "a@exemple.fr", "", False),
)


def migrated(name: str) -> Any:
    """The models once the accounts came to a step."""
    executor = MigrationExecutor(connection)
    return executor.migrate([("comptes", name)]).apps


def tell(apps: Any) -> None:
    """Write what was told then."""
    departement = apps.get_model("annuaire", "Departement").objects.create(code="21", name="Côte-d’Or")
    for at, (name, commune, postal_code, uai, email, message, settled) in enumerate(TOLD):
        apps.get_model("comptes", "EtablissementAbsent").objects.create(
            name=name,
            commune=commune,
            postal_code=postal_code,
            uai=uai,
            email=email,
            message=message,
            kind="college",
            departement=departement,
            asked_at=NOW + dt.timedelta(minutes=at),
            decided_at=NOW if settled else None,
        )


def told(apps: Any) -> list[Any]:
    """Each school, and who tells it."""
    return [
        [
            *(row.name, row.postal_code, row.uai, row.decided_at is not None),
            [[one.email, one.message] for one in row.signalements.order_by("pk")],
        ]
        for row in apps.get_model("comptes", "EtablissementAbsent").objects.order_by("pk")
    ]


if __name__ == "__main__":
    gc.set_threshold(50_000, 20, 50)  # as every command
    tell(migrated("0007_etablissement_absent"))
    json.dump(told(migrated("0009_one_row_waits_for_an_answer")), sys.stdout)
