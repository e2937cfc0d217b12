"""What the pages of steering share: where their edition stands, and whose turn it is."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from accroche.pilotage.queries.edition import ou_en_est

register = template.Library()


@register.inclusion_tag("pilotage/edition/_tour.html")
def tour(edition: Any) -> dict[str, Any]:
    """One line that says where ``edition`` stands, whose turn it is and what comes next; three queries."""
    return {"place": ou_en_est(edition, timezone.now())}
