"""Writes of the reference data."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

from django.db import transaction

from accroche.annuaire.models import Academie, Departement
from accroche.lib.texte import slug

REFERENCE = Path(__file__).with_name("reference.toml")
HORIZON = dt.date(1900, 1, 1)


@transaction.atomic
def load_reference() -> None:
    """Write académies and départements as ``reference.toml`` tells them; again changes nothing."""
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))
    for code, name in table["departements"].items():
        Departement.objects.update_or_create(code=code, defaults={"name": name})
    for name, facts in table["academies"].items():
        academie, _ = Academie.objects.update_or_create(
            slug=slug(name),
            defaults={
                "name": name,
                "valid_from": facts.get("valid_from", HORIZON),
                "valid_until": facts.get("valid_until"),
            },
        )
        academie.departements.set(Departement.objects.filter(code__in=facts["departements"]))
    for name, facts in table["academies"].items():
        successors = Academie.objects.filter(name__in=facts.get("successors", []))
        Academie.objects.get(name=name).successors.set(successors)
