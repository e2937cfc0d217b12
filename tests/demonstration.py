"""Run as a program: fill an empty instance with an edition to read and one in which schools declare today.

``python -m tests.demonstration``, on tables that are there.
"""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after Django's setup
from django.utils import timezone  # noqa: E402 - the same

from accroche.portail.operations import load_demonstration  # noqa: E402 - the same

if __name__ == "__main__":
    call_command("load_edition", "2015-2016", verbosity=0)
    load_demonstration(at=timezone.now())
