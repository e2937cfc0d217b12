"""The ``accroche`` console command: Django's management commands under our name."""

from __future__ import annotations

import gc
import os
import sys

#: What a shell expects of a command stopped by Ctrl+C.
INTERRUPTED = 130
#: How rarely garbage is looked for. Nearly all that a command makes stays until it ends: to look as often as
#: Python would is a sixth of the time of ``migrate``.
GARBAGE = (50_000, 20, 50)


def main() -> None:
    """Run one management command named on the command line.

    Ctrl+C ends it with a word rather than a traceback, at whatever moment it comes.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    gc.set_threshold(*GARBAGE)
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the setting

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu.\n")
        sys.exit(INTERRUPTED)
