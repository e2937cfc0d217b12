"""The day of the week beside a day: « dimanche 24 septembre » is of one year in six."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
#: « mar. 9 » may be a month, in English.
_SHORT: Final = {day[:3]: rank for rank, day in enumerate(_WEEKDAYS) if day != "mardi"}
_RANKS: Final = {**_SHORT, **{day: rank for rank, day in enumerate(_WEEKDAYS)}}
_BESIDE: Final = re.compile(rf"(?<![a-z])({'|'.join(_RANKS)})(?![a-z])\.? (?:le )?(\d{{1,2}})(?![\d:h]| ?h)")


def contradicts(text: str, days: Iterable[dt.date]) -> bool:
    """Whether a text, in lower case, names a weekday that is not that of its day, of those read in it."""
    told = {(int(number), _RANKS[word]) for word, number in _BESIDE.findall(text)}
    read = {(day.day, day.weekday()) for day in days}
    numbers = {number for number, _ in read}
    return any(number in numbers and (number, rank) not in read for number, rank in told)
