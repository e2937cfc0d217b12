"""Every write about sheets: a view, a command or a job calls one of these and nothing else."""

from __future__ import annotations

from accroche.actions.cycle import TransitionError
from accroche.actions.operations.cycle import NotReadyError, StaleError, move
from accroche.actions.operations.declaration import (
    DeclarationError,
    Saved,
    declare,
    may_write,
    save,
)
from accroche.actions.operations.declaration_liens import (
    Followed,
    ask_again,
    ask_to_confirm,
    follow_link,
    open_link,
    sheet_behind,
)
from accroche.actions.operations.pieces import (
    AlreadyThereError,
    add_piece,
    describe_piece,
    remove_piece,
    shift_piece,
)
from accroche.actions.operations.preparation import PieceError, resume_piece
from accroche.actions.operations.reponse import keep_answer

__all__ = [
    "AlreadyThereError",
    "DeclarationError",
    "Followed",
    "NotReadyError",
    "PieceError",
    "Saved",
    "StaleError",
    "TransitionError",
    "add_piece",
    "ask_again",
    "ask_to_confirm",
    "declare",
    "describe_piece",
    "follow_link",
    "keep_answer",
    "may_write",
    "move",
    "open_link",
    "remove_piece",
    "resume_piece",
    "save",
    "sheet_behind",
    "shift_piece",
]
