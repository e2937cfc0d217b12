"""Events as a calendar file (RFC 5545): the same bytes for the same events.

Every event is of whole days: no hour is known, and a day is a day by every clock of the Republic. Its end is
the day after its last, as the standard counts. What was withdrawn is in no calendar any more: who subscribed
forgets it at the next look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from accroche.catalogue.agenda import Rendezvous
from accroche.lib.icalendrier import jour, lignes, moment, texte
from accroche.lib.texte import typographie

#: How often who subscribes is asked to look again.
EVERY: Final = "PT6H"
#: How much of an account an event tells; its page tells the rest.
LONGEST: Final = 1_000
_A_DAY: Final = dt.timedelta(days=1)
_APART: Final = "\n\n"
#: What orders text from right to left whatever its letters: it would turn a title over.
_TURNING: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: Controls but the end of a line, and halves of a letter.
_CONTROLS: Final = (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
#: What becomes of the letters that programs stumble over.
_KEPT: Final = dict.fromkeys(_CONTROLS, " ") | dict.fromkeys(map(ord, _TURNING))


def calendrier_of(events: Iterable[Rendezvous], name: str, said: str = "", path: str = "") -> bytes:
    """Write events as a calendar called ``name``; ``said`` tells what it leaves out, ``path`` is its page."""
    # of the names that standards give a calendar, programs read none but its description as a text with signs
    return lignes(_lines(events, " ".join(name.splitlines()), said, path))


def _lines(events: Iterable[Rendezvous], name: str, said: str, path: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Accroche//Semaine de la perseverance scolaire//FR"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    if said:
        yield f"DESCRIPTION:{texte(said)}"
        yield f"X-WR-CALDESC:{said}"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{EVERY}"
    if path:
        yield f"URL:{settings.SITE_URL}{path}"
    yield f"X-PUBLISHED-TTL:{EVERY}"
    site = host()
    for told in events:
        yield from _event(told, site)
    yield "END:VCALENDAR"


def host() -> str:
    """What makes the names of events of this site no other's."""
    return urlsplit(settings.SITE_URL).hostname or "accroche"


def _event(told: Rendezvous, site: str) -> Iterator[str]:
    more = told.precise
    stamp, address = moment(more.stamp), f"{settings.SITE_URL}{told.path}"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{texte(plain(typographie(told.title)))}"
    yield f"DTSTART;VALUE=DATE:{jour(told.first)}"
    yield f"DTEND;VALUE=DATE:{jour(told.last + _A_DAY)}"
    yield f"DTSTAMP:{stamp}"
    yield f"UID:{texte(f'{told.uid}@{site}')}"
    yield f"SEQUENCE:{more.sequence}"
    yield f"CATEGORIES:{texte(told.kind.label)},{texte(f'Académie : {told.academie}')}"
    described = filter(None, (shortened(more.summary, LONGEST), address))
    yield f"DESCRIPTION:{texte(_APART.join(described))}"
    if more.position:
        latitude, longitude = map(float, more.position)
        yield f"GEO:{latitude};{longitude}"
    yield f"LAST-MODIFIED:{stamp}"
    if told.place:
        yield f"LOCATION:{texte(plain(told.place))}"
    # whoever looks at an agenda is free on those days
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{address}"
    yield "END:VEVENT"


def shortened(text: str, longest: int) -> str:
    """The beginning of an account, as :func:`plain` text, in ``longest`` letters at most and whole words."""
    text = plain(typographie(text))
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def plain(text: str) -> str:
    """A text that no program stumbles over: its lines, without controls nor what turns text over."""
    return text.translate(_KEPT).strip()
