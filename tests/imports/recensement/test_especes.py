"""Whether a person gives such an hour, or a program noted it."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.imports.recensement.especes import Espece, espece


@pytest.mark.parametrize(
    ("hour", "what"),
    [
        (dt.time(9, 0), Espece.DAY),
        (dt.time(9, 55), Espece.DAY),
        (dt.time(9, 7), Espece.STAMP),
        (dt.time(9, 0, 3), Espece.STAMP),
        (dt.time(9, 59, 59), Espece.STAMP),
        # a day without an hour, as some programs end it
        (dt.time(23, 59), Espece.DAY),
        (dt.time(23, 59, 59), Espece.DAY),
        (dt.time(22, 59), Espece.STAMP),
    ],
)
def test_a_stamp_is_told_from_an_hour(hour: dt.time, what: Espece) -> None:
    assert espece(dt.datetime.combine(dt.date(2026, 11, 3), hour, dt.UTC), "") is what
