"""The two sides that talk about an académie's sheet of the report, and a thread as one finds it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from accroche.lib.libelles import Libelle


class CoteFiche(Libelle):
    """Who writes: a side, for people come and go."""

    BUREAU = "bureau", "le bureau national"
    ACADEMIE = "academie", "l’académie"

    @property
    def other(self) -> CoteFiche:
        """Whom it writes to."""
        return CoteFiche.ACADEMIE if self is CoteFiche.BUREAU else CoteFiche.BUREAU


@dataclass(frozen=True, slots=True)
class Fil:
    """A thread as one side finds it: how many messages, which are new to it, and whether it is settled."""

    messages: int = 0
    unread: int = 0
    settled: bool = False

    @property
    def waits(self) -> bool:
        """Whether something there is still to be read or settled."""
        return bool(self.unread) or (bool(self.messages) and not self.settled)
