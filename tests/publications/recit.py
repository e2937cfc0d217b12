"""A part of a document as lines of text, so that a test compares it whole and a failure shows what changed.

No-break spaces are told as « ~ » and narrow ones as « ^ », which nobody would see otherwise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from accroche.lib.texte import NBSP, NNBSP
from accroche.publications.outline import Example, Figure, Line, Link, Provenance, Ref, Section, Text, Tone


def visible(text: str) -> str:
    """A text whose spaces that do not break are seen."""
    return text.replace(NBSP, "~").replace(NNBSP, "^")


def line(content: Line) -> str:
    """A line, with what each of its links and figures leads to."""
    return visible("".join(_inline(part) for part in content))


def _inline(part: Text | Link | Ref | Figure) -> str:
    if isinstance(part, Text):
        return f"**{part.text}**" if part.strong else part.text
    if isinstance(part, Link):
        return f"[{part.text}]({part.url})"
    return f"[{part.text}](#{part.target if isinstance(part, Ref) else part.provenance})"


def value(content: Any) -> str:
    """Anything a block holds, what is empty left out."""
    if isinstance(content, Text | Link | Ref | Figure):
        return line((content,))
    if isinstance(content, bool):
        return "oui" if content else "non"
    if dataclasses.is_dataclass(content):
        # what leads to an example is no word of it
        shown = [
            one for one in dataclasses.fields(content) if not isinstance(content, Example) or one.name != "id"
        ]
        told = ((field.default, getattr(content, field.name)) for field in shown)
        held = (value(given) for default, given in told if given is not None or default is not None)
        return " | ".join(part for part in held if part)
    if isinstance(content, tuple):
        between = "" if content and isinstance(content[0], Text | Link | Ref | Figure) else " ; "
        return between.join(value(part) for part in content)
    return visible(str(content))


def section(told: Section, depth: int = 1) -> list[str]:
    """A section and those under it: its heading with its anchor and kind, then one line a block."""
    heading = f"{'#' * depth} {visible(told.title)} (#{told.id}, {told.kind})"
    lines = [f"{heading} {visible(told.summary)}".rstrip()]
    for block in told.blocks:
        content = value(block).removesuffix(f" | {Tone.BODY}")
        lines.append(f"{type(block).__name__}: {content}")
    for part in told.sections:
        lines += section(part, depth + 1)
    return lines


def provenances(told: Iterable[Provenance]) -> list[str]:
    """Each provenance, then one line for each of its rows."""
    lines = []
    for one in told:
        lines.append(visible(f"#{one.id} {one.label} = {one.value} ; {one.statement}"))
        lines += [visible(f"  {' | '.join(row)}") for row in one.rows]
    return lines
