"""Signing in and out, one's own page, roles and invitations: HTTP only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accroche.comptes.decorators import public


@public
@require_safe
def connexion(_request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    return HttpResponse(status=501)
