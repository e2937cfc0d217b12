"""What the app remembers, subject by subject."""

from __future__ import annotations

from accroche.redaction.models.echanges import FilFiche, MessageFiche, RelanceFiche
from accroche.redaction.models.textes import PartieEcrite, RedacteurPresent, VersionPartie

__all__ = ["FilFiche", "MessageFiche", "PartieEcrite", "RedacteurPresent", "RelanceFiche", "VersionPartie"]
