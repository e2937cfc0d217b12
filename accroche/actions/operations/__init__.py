"""Every write about sheets: a view, a command or a job calls one of these and nothing else."""

from __future__ import annotations

from accroche.actions.operations.cycle import StaleError, move
from accroche.actions.operations.edition import publish_edition

__all__ = ["StaleError", "move", "publish_edition"]
