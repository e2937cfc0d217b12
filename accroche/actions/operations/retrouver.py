"""Asking for links to one's sheets, in a way that does not tell who declared any.

What a request does is the same for every address: it counts, and writes one row. Whether there is anything to
send is found out by the worker, where nobody measures the time.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from accroche.actions.operations.declaration_liens import ask_again
from accroche.commun import jobs, plafonds
from accroche.commun.limites import take

ASK_AGAIN: Final = "retrouver"


def ask_for_links(email: str, *, network: str, at: dt.datetime) -> None:
    """Have the sheets of an address looked for and their links mailed; the answer is the same to all.

    ``network``: where it is asked from. Raises ``LimitError`` when it asked for too much.
    """
    with transaction.atomic():
        asked = {"email": email.strip().lower(), "network": network}
        job = jobs.add(ASK_AGAIN, asked, owner=None, at=at)
        take(plafonds.mails_from(network), at=at)
    jobs.start(job, at_once=False)


@transaction.atomic
def answer(email: str, handle: jobs.Handle, *, at: dt.datetime, network: str = "") -> None:
    """Mail what :func:`ask_for_links` asked for, and say that it is done: both, or neither."""
    ask_again(email, at=at, network=network)
    handle.finish()
