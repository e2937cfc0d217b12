"""One decision about several sheets: what may be chosen, and what it does to each."""

from __future__ import annotations

from dataclasses import dataclass

from accroche.actions.cycle import Step
from accroche.lib.libelles import Libelle


class Lot(Libelle):
    """What one may decide for several sheets at once."""

    PUBLISH = "publish", "Publier"
    ASK = "ask", "Demander un complément"
    REFUSE = "refuse", "Refuser"
    REMARKABLE = "remarkable", "Marquer comme remarquables"

    @property
    def outcome(self) -> str:
        """What will happen to a sheet, after « elle »."""
        return OUTCOMES[self]

    @property
    def step(self) -> Step | None:
        """The step of the table it makes; None for a distinction, which changes no state."""
        return None if self is Lot.REMARKABLE else Step(self.value)


OUTCOMES = {
    Lot.PUBLISH: "sera publiée",
    Lot.ASK: "sera rendue à l’établissement, avec vos motifs",
    Lot.REFUSE: "sera refusée, avec vos motifs",
    Lot.REMARKABLE: "sera marquée comme remarquable",
}


@dataclass(frozen=True, slots=True)
class Effet:
    """What happens to one sheet: its number and title, whether it can be done, and why not."""

    number: int
    version: int
    title: str
    where: str
    is_possible: bool
    why: str = ""
