"""The base of our console commands."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accroche.commun.schema import ensure_schema


class Commande(BaseCommand):
    """A command that reads or writes the database: its tables are there before it starts."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Prepare the database, then run as Django does."""
        ensure_schema()
        return super().execute(*args, **options)
