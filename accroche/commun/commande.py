"""The base of our console commands."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand

from accroche.commun.schema import ensure_schema
from accroche.lib.dates import DateError, school_year


class Commande(BaseCommand):
    """A command that reads or writes the database: its tables are there before it starts.

    What Django checks of the code, which loads every page and doubles a start, is for ``accroche check`` and
    the tests: no operator could mend it, and no command needs the pages.
    """

    requires_system_checks = ()

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Prepare the database, then run as Django does."""
        ensure_schema()
        return super().execute(*args, **options)


def edition_argument(text: str) -> str:
    """An edition's year as a command-line argument: « 2015-2016 »."""
    try:
        school_year(text)
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def day_argument(text: str) -> dt.date:
    """A day as a command-line argument: « 2026-09-01 »."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date : écrivez 2026-09-01") from error
