"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accroche.commun import rgaa


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site-wide template variables."""
    match = request.resolver_match
    return {
        "state_brand": settings.STATE_BRAND,
        "current_path": request.path,
        "conformite": rgaa.DECLARATION,
        # what everybody reads, and may take away under the licence
        "est_publique": match is not None and getattr(match.func, "kept", False),
    }
