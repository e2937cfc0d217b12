"""Attaching images as the page does, for the tests of what becomes of them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import add_piece
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.permissions import Access


def picture(sides: tuple[int, int] = (2000, 1500), colour: str = "teal") -> bytes:
    """Too many pixels to be drawn at once, in a file of some kilobytes."""
    out = BytesIO()
    Image.new("RGB", sides, colour).save(out, "PNG")
    return out.getvalue()


LARGE = picture()
SMALL = picture((40, 30))


def files(data: Path) -> list[str]:
    """What is kept or waits, but for the slots."""
    return sorted(
        str(path.relative_to(data))
        for path in data.rglob("*")
        if path.is_file() and not path.name.startswith("slot-")
    )


def add(action: Action, access: Access, sent: bytes = LARGE, name: str = "photo.png") -> PieceJointe:
    return add_piece(Action.with_unconfirmed.get(pk=action.pk), name, [sent], access=access, at=NOW)
