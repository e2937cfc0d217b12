"""WSGI entry point."""

import gc
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_wsgi_application()

from accroche.catalogue.operations import veille  # noqa: E402 - the apps are loaded by now only
from accroche.commun import worker  # noqa: E402 - the same
from accroche.commun.tetes import without_body  # noqa: E402 - the same
from accroche.exploitation.operations.demarrage import StartError, check_start  # noqa: E402 - the same

_site = without_body(_django)

try:
    check_start()
except StartError as error:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(error.status) from None

worker.embed()
veille.embed()

# what is loaded by now stays: to look through it for garbage, as often as Python would, is a tenth of a page
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Serve one request."""
    # again: in a process that was forked since, nothing runs yet
    worker.embed()
    veille.embed()
    return _site(environ, start_response)
