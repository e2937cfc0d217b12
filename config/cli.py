"""The ``accroche`` console command: Django's management commands under our name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the setting

    execute_from_command_line(sys.argv)
