"""What a browser opens besides what its person may."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accroche.actions.http import opened_sheets


class Liens:
    """Lets ``request.access`` count what followed links open, asked of the database at each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the way to know there for who makes the access."""
        request.opened_sheets = lambda: opened_sheets(request, timezone.now())  # type: ignore[attr-defined]
        return self.get_response(request)
