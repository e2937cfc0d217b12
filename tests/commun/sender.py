"""Run as a program: a sender of mails, until nothing is left, or until it is killed.

``python -m tests.commun.sender AHEAD``: its clock is that many seconds ahead, past the claims of others.
"""

from __future__ import annotations

import datetime as dt
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - after Django's setup

from accroche.commun import delivery  # noqa: E402 - the same

ahead = dt.timedelta(seconds=int(sys.argv[1]))
delivery.deliver(lambda: timezone.now() + ahead)
