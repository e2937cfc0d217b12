"""What the app remembers, subject by subject."""

from __future__ import annotations

from accroche.redaction.models.echanges import FilFiche, MessageFiche, RelanceFiche

__all__ = ["FilFiche", "MessageFiche", "RelanceFiche"]
