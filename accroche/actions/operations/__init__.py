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
from accroche.actions.operations.pieces import (
    PieceError,
    add_piece,
    describe_piece,
    remove_piece,
    shift_piece,
)

__all__ = [
    "DeclarationError",
    "NotReadyError",
    "PieceError",
    "Saved",
    "StaleError",
    "TooManyError",
    "add_piece",
    "declare",
    "describe_piece",
    "move",
    "publish_edition",
    "remove_piece",
    "save",
    "shift_piece",
]
