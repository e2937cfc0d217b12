"""A view that met a busy database, a full disk, a limit or a closed edition is answered as such."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accroche.campagne.operations import ClosedEditionError
from accroche.commun.limites import LimitError
from accroche.commun.pannes import panne_of
from accroche.portail.http import closed, form_only, too_often, unavailable


class PassingFailures:
    """Turns a failure that passes into a 503, a limit into a 429, a closed edition into a page that says so.

    So is a form's own address, which somebody opens.

    What is broken goes on to be a 500, with its traceback.

    What fails around the views, such as a session that cannot be written, ends in ``views.erreur_500``, which
    asks the same question.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method in {"GET", "HEAD"}:
            return form_only(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that raised, if coming back may help."""
        if isinstance(exception, LimitError):
            return too_often(request, exception, timezone.now())
        if isinstance(exception, ClosedEditionError):
            return closed(request, exception.edition)
        panne = panne_of(exception)
        return unavailable(request, panne) if panne else None
