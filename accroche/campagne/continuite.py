"""Which event of a page rewritten whole is which of the events it held: so that calendars know it again.

The temps forts of a semaine are written anew each time its page is. A calendar that took one up knows it by a
name that never changes (``uid``) and looks at its number of changes (``sequence``): docs/adr on calendars.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from accroche.lib.texte import slug

#: How much of a title the name of a new event holds.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Connu:
    """An event as calendars compare it; ``content`` is all it says, its title included."""

    title: str
    content: Hashable
    uid: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Identite:
    """What a calendar knows an event by, and how often it changed."""

    uid: str
    sequence: int


def continued(before: Sequence[Connu], told: Sequence[Connu], where: str) -> list[Identite]:
    """Say of each event of ``told`` which it is, in their order; ``where`` begins the names of new ones.

    The same content is the same event, then the same title, in the order of the page; whatever else is new:
    an event under another title on other days is not the one that stood there.
    """
    found: dict[int, Connu] = {}
    left = list(before)
    for same in (_content, _title):
        for position, event in enumerate(told):
            if position not in found and (old := next((one for one in left if same(one, event)), None)):
                found[position] = old
                left.remove(old)
    taken = {old.uid for old in before}
    identities = []
    for position, event in enumerate(told):
        if old := found.get(position):
            identities.append(Identite(old.uid, old.sequence + (old.content != event.content)))
            continue
        uid = _new(f"{where}-{slug(event.title)[:LONGEST].strip('-')}", taken)
        taken.add(uid)
        identities.append(Identite(uid, 0))
    return identities


def _content(one: Connu, other: Connu) -> bool:
    return one.content == other.content


def _title(one: Connu, other: Connu) -> bool:
    return slug(one.title) == slug(other.title)


def _new(wanted: str, taken: set[str]) -> str:
    """``wanted``, or with the first number that makes it one of its own."""
    uid, number = wanted, 1
    while uid in taken:
        number += 1
        uid = f"{wanted}-{number}"
    return uid
