"""Two sheets side by side: each field of both, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from accroche.actions.models import Action
from accroche.actions.queries import content_of
from accroche.actions.saisie import FIELD_LABELS, as_value, in_words
from accroche.relecture.presentation.fiche import field_label


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """One field of two sheets, in words."""

    label: str
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.values[0] != self.values[1]


def compared(one: Action, other: Action) -> list[LigneComparee]:
    """Return each field that one of two sheets fills, those that differ first."""
    contents = (content_of(one), content_of(other))
    rows = []
    for name in FIELD_LABELS:
        values = [getattr(content, name) for content in contents]
        if any(value not in (None, "", ()) for value in values):
            left, right = (in_words(name, as_value(value)) for value in values)
            rows.append(LigneComparee(field_label(name), (left, right)))
    for label, manager in (("Pièces jointes", "pieces"), ("Messages", "commentaires")):
        left, right = (str(len(getattr(action, manager).all())) for action in (one, other))
        if (left, right) != ("0", "0"):
            rows.append(LigneComparee(label, (left, right)))
    return sorted(rows, key=lambda row: not row.differs)
