"""The working page of a sheet, for its school and its académie: HTTP only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accroche.comptes.decorators import public


@public
@require_safe
def fiche(_request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet as it stands."""
    return HttpResponse(status=501 if pk else 404)
