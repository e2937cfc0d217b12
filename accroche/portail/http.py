"""What the site answers while something it needs is busy, away or full: nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import logging
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from accroche.campagne.models import Edition
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


def closed(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Say that an edition is closed, since when, and who opens it again; nothing posted is lost."""
    edition.refresh_from_db(fields=["closed_at", "archived_at"])
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        message = f"Le bureau national a clos l’édition {edition.year}."
        return JsonResponse({"message": message}, status=HTTPStatus.GONE)
    context = {"edition": edition, "rubrique": "espace", **posted(request)}
    return render(request, "portail/close.html", context, status=HTTPStatus.CONFLICT)


def form_only(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Say of an address that only takes a form that one opens the page the form stands on, and lead there.

    It stays in the bar of who sent one that was refused; they keep it, or send it to a colleague.
    """
    context = {"page": page_above(request.path_info), "rubrique": ""}
    page = render(request, "405.html", context, status=refused.status_code)
    page.headers["Allow"] = refused.headers["Allow"]
    return page


def page_above(path: str) -> str:
    """The nearest address above one that is one of ours; empty where that is the home page alone."""
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        try:
            found = resolve(f"/{'/'.join(parts[:count])}/")
        except Resolver404:
            continue
        return reverse(found.view_name, args=found.args, kwargs=found.kwargs)
    return ""


def error_page(request: HttpRequest, status: int, context: dict[str, Any]) -> HttpResponse:
    """A page that needs nothing: neither who reads it nor what they were told is asked of the database."""
    request.access = ANONYMOUS  # type: ignore[attr-defined]
    told = {"messages": (), "reference": reference(request), **context}
    return render(request, f"{status}.html", told, status=status)


def reference(request: HttpRequest) -> str:
    """The number under which the log tells of this request."""
    return getattr(request, "number", "")
