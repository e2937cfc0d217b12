"""Every write about sheets: a view, a command or a job calls one of these and nothing else."""

from __future__ import annotations

from accroche.actions.operations.cycle import NotReadyError, StaleError, move
from accroche.actions.operations.declaration import (
    DeclarationError,
    Saved,
    TooManyError,
    declare,
    save,
)
from accroche.actions.operations.edition import publish_edition

__all__ = [
    "DeclarationError",
    "NotReadyError",
    "Saved",
    "StaleError",
    "TooManyError",
    "declare",
    "move",
    "publish_edition",
    "save",
]
