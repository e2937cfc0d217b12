"""``accroche migrate``: makes the tables of a new instance at once, and brings those of others up to date."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections

from accroche.commun import tables

#: What asks for some of the steps, or about them.
_STEPS: Final = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    """Django's own, but for an instance that has nothing yet."""

    requires_system_checks = ()  # as with every command of ours (``commun/commande.py``)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables at once where there are none; else do the steps that are left."""
        connection = connections[options["database"]]
        by_steps = any(options[name] for name in _STEPS) or not tables.are_none(connection)
        if by_steps or not tables.make_at_once(connection):
            super().handle(*args, **options)
            return
        verbosity = options["verbosity"]
        emit_post_migrate_signal(
            verbosity, options["interactive"], connection.alias, stdout=self.stdout, plan=[]
        )
        if verbosity:
            self.stdout.write("Tables créées.")
