"""Whether a person gives such an hour, or a program noted it."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.imports.recensement.especes import Espece, espece


@pytest.mark.parametrize(
    ("hour", "what"),
    [
        ((9, 0), Espece.DAY),
        ((9, 55), Espece.DAY),
        ((9, 7), Espece.STAMP),
        ((9, 0, 3), Espece.STAMP),
        ((9, 59, 59), Espece.STAMP),
        # a day without an hour, as some programs end it
        ((23, 59), Espece.DAY),
        ((23, 59, 59), Espece.DAY),
        ((22, 59), Espece.STAMP),
    ],
)
def test_a_stamp_is_told_from_an_hour(hour: tuple[int, ...], what: Espece) -> None:
    assert espece(dt.datetime(2026, 11, 3, *hour, tzinfo=dt.UTC), "") is what
