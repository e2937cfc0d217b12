"""WSGI entry point."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from accroche.exploitation.operations.demarrage import StartError, check_start  # noqa: E402 - apps are loaded

try:
    check_start()
except StartError as error:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(error.status) from None
