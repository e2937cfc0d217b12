"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accroche.commun import rgaa


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site-wide template variables."""
    return {
        "state_brand": settings.STATE_BRAND,
        "current_path": request.path,
        "conformite": rgaa.DECLARATION,
    }
