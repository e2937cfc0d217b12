"""Who leaves out which action, rule by rule."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.votes.deport import ANoter, Deport, Jure, deport

TOLD = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
BEFORE, AFTER = TOLD - dt.timedelta(days=1), TOLD + dt.timedelta(days=1)
SHEET = ANoter(
    declarant=7,
    mailboxes=frozenset({"prof@a.fr"}),
    schools=frozenset({"0210001A"}),
    school_mailboxes=frozenset({"ce.0210001a@a.fr"}),
    told_at=TOLD,
)


@pytest.mark.parametrize(
    ("juror", "why"),
    [
        (Jure(1, "x@a.fr"), None),
        (Jure(1, "x@a.fr", {"0210002B": None}), None),
        (Jure(7, "x@a.fr"), Deport.AUTEUR),
        (Jure(1, "prof@a.fr"), Deport.AUTEUR),
        (Jure(1, "ce.0210001a@a.fr"), Deport.ETABLISSEMENT),
        (Jure(1, "x@a.fr", {"0210001A": None}), Deport.ETABLISSEMENT),
        (Jure(1, "x@a.fr", {"0210001A": AFTER}), Deport.ETABLISSEMENT),
        # gone before it was declared
        (Jure(1, "x@a.fr", {"0210001A": BEFORE}), None),
    ],
)
def test_a_juror_leaves_out(juror: Jure, why: Deport | None) -> None:
    assert deport(juror, SHEET) is why


def test_when_a_file_told_it_nobody_knows_who_was_there() -> None:
    told = ANoter(schools=frozenset({"0210001A"}))
    assert deport(Jure(1, "x@a.fr", {"0210001A": BEFORE}), told) is Deport.ETABLISSEMENT
    # nobody declared it: nobody is its author
    assert deport(Jure(1, "x@a.fr"), told) is None
