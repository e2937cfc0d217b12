"""Where ProConnect, the other way in, is plugged."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache

from accroche.integrations.proconnect import ProConnect, Registration


def proconnect() -> ProConnect | None:
    """The instance's ProConnect; None where it is not registered."""
    given: dict[str, Any] = settings.PROCONNECT
    return ProConnect(Registration(**given), cache) if given else None
