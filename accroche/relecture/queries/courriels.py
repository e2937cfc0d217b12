"""Who will not receive what the académie tells about a sheet, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accroche.actions.models import Action
from accroche.actions.operations.notices import owners, unconfirmed
from accroche.commun import courriers

NOT_CONFIRMED = "adresse jamais confirmée : aucune décision ne lui est envoyée."


@dataclass(frozen=True, slots=True)
class Injoignables:
    """The addresses that will not get a decision, each with why; ``nobody``: no other one will."""

    addresses: tuple[tuple[str, str], ...]
    nobody: bool

    def __bool__(self) -> bool:
        """Whether there is something to say."""
        return bool(self.addresses) or self.nobody


def unreached(action: Action, at: dt.datetime) -> Injoignables:
    """Whom a decision about a sheet does not reach; two queries more than who answers for it."""
    told = owners(action, at)
    trouble = courriers.in_trouble(told)
    lines = [(address, NOT_CONFIRMED) for address in sorted(unconfirmed(action, at))]
    lines += [(address, trouble[address].reason) for address in told if address in trouble]
    return Injoignables(tuple(lines), nobody=not set(told) - set(trouble))
