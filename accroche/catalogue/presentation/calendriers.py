"""Events as a calendar file (RFC 5545): the same bytes for the same events.

Every event is of whole days: no hour is known, and a day is a day by every clock of the Republic. Its end is
the day after its last, as the standard counts. What was withdrawn is in no calendar any more: who subscribed
forgets it at the next look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings

from accroche.catalogue.agenda import Rendezvous
from accroche.lib.texte import typographie

if TYPE_CHECKING:
    from icalendar import Event

#: How often who subscribes is asked to look again.
EVERY: Final = dt.timedelta(hours=6)
#: How much of an account an event tells; its page tells the rest.
LONGEST: Final = 1_000
#: What orders text from right to left whatever its letters: it would turn a title over.
_TURNING: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: Controls but the end of a line, and halves of a letter.
_CONTROLS: Final = (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
#: What becomes of the letters that programs stumble over.
_KEPT: Final = dict.fromkeys(_CONTROLS, " ") | dict.fromkeys(map(ord, _TURNING))


def calendrier_of(events: Iterable[Rendezvous], name: str, said: str = "", path: str = "") -> bytes:
    """Write events as a calendar called ``name``; ``said`` tells what it leaves out, ``path`` is its page."""
    # a tenth of a second, which only who asks for a calendar waits for
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//Accroche//Semaine de la perseverance scolaire//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = " ".join(plain(name).splitlines())  # one line, or the library writes none
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    if said:
        calendar.add("description", said)
        calendar.add("x-wr-caldesc", said)
    if path:
        calendar.add("url", f"{settings.SITE_URL}{path}")
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for told in events:
        event = Event()
        _write(event, told)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def host() -> str:
    """What makes the names of events of this site no other's."""
    return urlsplit(settings.SITE_URL).hostname or "accroche"


def _write(event: Event, told: Rendezvous) -> None:
    more = told.precise
    event.add("uid", f"{told.uid}@{host()}")
    event.add("sequence", more.sequence)
    event.add("dtstamp", more.stamp.astimezone(dt.UTC))
    event.add("last-modified", more.stamp.astimezone(dt.UTC))
    event.add("dtstart", told.first)
    event.add("dtend", told.last + dt.timedelta(days=1))
    event.add("summary", plain(typographie(told.title)))
    if told.where:
        event.add("location", plain(told.where))
    if more.position:
        event.add("geo", more.position)
    event.add("categories", [told.kind.label, f"Académie : {told.academie}"])
    address = f"{settings.SITE_URL}{told.path}"
    event.add("description", "\n\n".join(filter(None, (shortened(more.summary, LONGEST), address))))
    event.add("url", address)
    # whoever looks at an agenda is free on those days
    event.add("transp", "TRANSPARENT")


def shortened(text: str, longest: int) -> str:
    """The beginning of an account, as :func:`plain` text, in ``longest`` letters at most and whole words."""
    text = plain(typographie(text))
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def plain(text: str) -> str:
    """A text that no program stumbles over: its lines, without controls nor what turns text over."""
    return text.translate(_KEPT).strip()
