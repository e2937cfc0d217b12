"""What a part of a document says in plain words, and whether it only announces others."""

from __future__ import annotations

from typing import Final

from accroche.integrations.typst import Soft, printable, soft
from accroche.publications.outline import (
    UNTOLD_BOX,
    UNTOLD_BOXES,
    Figure,
    LevelBoxes,
    Line,
    Paragraph,
    Section,
    SectionKind,
)


def heading(text: str, *, narrow: bool = False) -> Soft:
    """Return a title to print; a heading without words is refused by the standards."""
    return soft(text, narrow=narrow) if printable(text).strip() else "Sans titre"


_SPOKEN: Final = {True: "coché", False: "non coché", None: UNTOLD_BOX}


def spoken(levels: LevelBoxes) -> str:
    """Say tick boxes in words."""
    if levels.unknown:
        return f"{levels.caption} : {UNTOLD_BOXES}."
    states = ", ".join(f"{label} {_SPOKEN[ticked]}" for label, ticked in levels.items)
    return f"{levels.caption} : {states}."


def divides(section: Section) -> bool:
    """Tell whether a section only announces the pages that follow it, with a few words."""
    first = section.sections[0] if section.sections else None
    return (
        first is not None
        and first.kind is not SectionKind.PLAIN
        and all(isinstance(block, Paragraph) for block in section.blocks)
        and not any(
            isinstance(item, Figure) for block in section.blocks for item in getattr(block, "content", ())
        )
    )


def plain(line: Line) -> str:
    """Return the words of a line."""
    return "".join(item.text for item in line)
