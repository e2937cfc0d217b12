"""What the site answers while something it needs is busy, away or full: nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.commun.pannes import Panne
from accroche.commun.renvoi import posted
from accroche.comptes.permissions import ANONYMOUS

logger = logging.getLogger(__name__)

STATUS = 503
#: What the page's own scripts say; they keep what is typed and try again.
MESSAGE = "Le site est trop occupé pour enregistrer en ce moment. Rien n’est perdu : nous réessayons."


def unavailable(request: HttpRequest, panne: Panne) -> HttpResponse:
    """Say when to come back; a page gets all that was posted, to send it again. Reads no database."""
    logger.warning("unavailable: %s", panne.name, extra={"facts": {"panne": panne.name}})
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse({"message": MESSAGE, "reference": reference(request)}, status=STATUS)
    else:
        response = error_page(request, STATUS, {"panne": panne.name, **posted(request)})
    response.headers["Retry-After"] = str(panne.retry_after)
    return response


def too_often(request: HttpRequest, error: LimitError, at: dt.datetime) -> HttpResponse:
    """Say when there is room again, where the view has no better place for it; nothing posted is lost."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return too_many(JsonResponse({"message": str(error), "reference": reference(request)}), error, at)
    return too_many(render(request, "429.html", {"raison": str(error), **posted(request)}), error, at)


def error_page(request: HttpRequest, status: int, context: dict[str, Any]) -> HttpResponse:
    """A page that needs nothing: neither who reads it nor what they were told is asked of the database."""
    request.access = ANONYMOUS  # type: ignore[attr-defined]
    told = {"messages": (), "reference": reference(request), **context}
    return render(request, f"{status}.html", told, status=status)


def reference(request: HttpRequest) -> str:
    """The number under which the log tells of this request."""
    return getattr(request, "number", "")
