"""The characters of a document: those that mislead go as it is made, those no font can print are named."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from accroche.lib.signes import lisible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accroche.publications.outline import Document, Section

#: Characters named for one part: a title in another script has its own, and the reader knows from a few.
_NAMED: Final = 8


def readable(told: Any) -> Any:
    """Return a part of a document with each of its texts :func:`lisible`; itself when nothing changes."""
    if isinstance(told, str):
        # a code of ours is a text too, and has nothing to change
        return lisible(told)
    if isinstance(told, tuple):
        parts = tuple(map(readable, told))
        same = all(new is old for new, old in zip(parts, told, strict=True))
        return told if same else parts
    olds = ((name, getattr(told, name)) for name in _names(told.__class__))
    changes = {name: new for name, old in olds if (new := readable(old)) is not old}
    return replace(told, **changes) if changes else told


def make_readable(document: Any, *, but: str) -> None:
    """Do so to each part of a ``Document`` that is being made, but one."""
    for name in _names(document.__class__):
        told = getattr(document, name)
        if name != but and (shown := readable(told)) is not told:
            object.__setattr__(document, name, shown)


def texts(told: Any) -> Iterator[str]:
    """Yield every text of a part of a document."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, tuple):
        for part in told:
            yield from texts(part)
    else:
        for name in _names(told.__class__):
            yield from texts(getattr(told, name))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


@dataclass(frozen=True, slots=True)
class Perte:
    """The characters of one part of a document that its PDF prints « ? », by the title of that part."""

    where: str
    characters: str

    def __str__(self) -> str:
        """Name them, those that cannot be shown by their number."""
        named = ", ".join(f"« {one} » (U+{ord(one):04X})" for one in self.characters[:_NAMED])
        more = len(self.characters) - _NAMED
        return f"{self.where} : {named}" + (f" et {more} autres" if more > 0 else "")


def pertes(document: Document, lost: Callable[[str], str]) -> tuple[Perte, ...]:
    """Return what cannot be printed, part by part; ``lost`` tells it of one text.

    A part is what has its own page: an académie's sheet, a chapter; what is inside is told with it.
    """
    told = [Perte(document.title, _lost_of((document.title, document.subtitle, document.abstract), lost))]
    told += [one for section in document.sections for one in _section(section, lost)]
    told.append(Perte("Provenances", _lost_of(document.provenances, lost)))
    return tuple(one for one in told if one.characters)


def _section(section: Section, lost: Callable[[str], str]) -> list[Perte]:
    if not any(inner.kind != "plain" for inner in section.sections):
        return [Perte(section.title, _lost_of(section, lost))]
    own = (section.title, section.summary, section.blocks)
    return [
        Perte(section.title, _lost_of(own, lost)),
        *(p for one in section.sections for p in _section(one, lost)),
    ]


def _lost_of(told: Any, lost: Callable[[str], str]) -> str:
    return "".join(dict.fromkeys(character for text in texts(told) for character in lost(text)))
