"""What a view reads of a request about its visitor."""

from __future__ import annotations

from django.http import HttpRequest

from accroche.comptes.permissions import Access


def current_access(request: HttpRequest) -> Access:
    """Return what the visitor may do, as the middleware found it."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access
