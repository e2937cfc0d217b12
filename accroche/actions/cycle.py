"""The life of a sheet, as one table: its states, and what leads from one to the next.

Nothing else changes a state (``operations.cycle.move``). A published sheet has always been submitted
and then published by a moderator: no other row leads there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.libelles import Libelle

#: Where a sheet stands before its life begins: on its way in with many others, seen by nobody
#: (``models.Arrivage``). No state of the cycle: no step leads here, no list of states names it.
ARRIVING: Final = "arriving"


class Etat(Libelle):
    """Where a sheet stands."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "En attente de relecture"
    TO_COMPLETE = "to_complete", "À compléter"
    PUBLISHED = "published", "Publiée"
    WITHDRAWN = "withdrawn", "Retirée"
    REFUSED = "refused", "Refusée"
    MERGED = "merged", "Fusionnée"

    @property
    def is_editable(self) -> bool:
        """Whether its owner may write in it as it stands."""
        return self in {Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE}

    @property
    def counts_as_declared(self) -> bool:
        """Whether its school has declared: sent to the académie, and neither refused nor taken back."""
        return self in {Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED}


class Side(StrEnum):
    """Who makes a step: the school, or the académie that moderates."""

    OWNER = "owner"
    MODERATOR = "moderator"


class Step(Libelle):
    """One thing that changes a state."""

    SUBMIT = "submit", "Envoyer à l’académie"
    TAKE_BACK = "take_back", "Remettre en brouillon"
    PUBLISH = "publish", "Publier"
    UNPUBLISH = "unpublish", "Dépublier"
    ASK = "ask", "Demander un complément"
    CANCEL_ASK = "cancel_ask", "Annuler la demande de complément"
    REFUSE = "refuse", "Refuser"
    RECONSIDER = "reconsider", "Revenir sur le refus"
    REVISE = "revise", "Modifier la fiche publiée"
    WITHDRAW = "withdraw", "Retirer la fiche"
    RESTORE = "restore", "Rétablir en brouillon"
    REMOVE = "remove", "Retirer du site"
    REINSTATE = "reinstate", "Remettre en attente de relecture"
    MERGE = "merge", "Fusionner"
    SPLIT = "split", "Défaire la fusion"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    ``needs_reason``: the other side is owed a word. ``gated``: refused while the sheet is not complete
    (submit) or not publishable (publish). ``undoes``: the step this one takes back.
    """

    step: Step
    side: Side
    sources: frozenset[Etat]
    target: Etat
    needs_reason: bool = False
    gated: bool = False
    undoes: Step | None = None


TRANSITIONS: dict[Step, Transition] = {
    row.step: row
    for row in (
        Transition(
            Step.SUBMIT, Side.OWNER, frozenset({Etat.DRAFT, Etat.TO_COMPLETE}), Etat.SUBMITTED, gated=True
        ),
        Transition(Step.TAKE_BACK, Side.OWNER, frozenset({Etat.SUBMITTED}), Etat.DRAFT, undoes=Step.SUBMIT),
        Transition(Step.PUBLISH, Side.MODERATOR, frozenset({Etat.SUBMITTED}), Etat.PUBLISHED, gated=True),
        Transition(
            Step.UNPUBLISH, Side.MODERATOR, frozenset({Etat.PUBLISHED}), Etat.SUBMITTED, undoes=Step.PUBLISH
        ),
        Transition(
            Step.ASK, Side.MODERATOR, frozenset({Etat.SUBMITTED}), Etat.TO_COMPLETE, needs_reason=True
        ),
        Transition(
            Step.CANCEL_ASK, Side.MODERATOR, frozenset({Etat.TO_COMPLETE}), Etat.SUBMITTED, undoes=Step.ASK
        ),
        Transition(
            Step.REFUSE,
            Side.MODERATOR,
            frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE}),
            Etat.REFUSED,
            needs_reason=True,
        ),
        Transition(
            Step.RECONSIDER, Side.MODERATOR, frozenset({Etat.REFUSED}), Etat.SUBMITTED, undoes=Step.REFUSE
        ),
        # what was published changes only through a new reading: it leaves the site meanwhile
        Transition(Step.REVISE, Side.OWNER, frozenset({Etat.PUBLISHED}), Etat.DRAFT),
        Transition(
            Step.WITHDRAW,
            Side.OWNER,
            frozenset({Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED}),
            Etat.WITHDRAWN,
        ),
        Transition(Step.RESTORE, Side.OWNER, frozenset({Etat.WITHDRAWN}), Etat.DRAFT, undoes=Step.WITHDRAW),
        Transition(
            Step.REMOVE, Side.MODERATOR, frozenset({Etat.PUBLISHED}), Etat.WITHDRAWN, needs_reason=True
        ),
        Transition(
            Step.REINSTATE, Side.MODERATOR, frozenset({Etat.WITHDRAWN}), Etat.SUBMITTED, undoes=Step.REMOVE
        ),
        Transition(
            Step.MERGE,
            Side.MODERATOR,
            frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED}),
            Etat.MERGED,
        ),
        Transition(Step.SPLIT, Side.MODERATOR, frozenset({Etat.MERGED}), Etat.SUBMITTED, undoes=Step.MERGE),
    )
}


#: The steps by which an académie judges what a sheet says, each after reading it.
JUDGES: Final = frozenset({Step.PUBLISH, Step.ASK, Step.REFUSE, Step.REMOVE})


class TransitionError(ValueError):
    """A step is not possible from where the sheet stands; the message says what is."""


def target_of(etat: Etat, step: Step) -> Etat:
    """Return the state ``step`` leads to from ``etat``. Raises :class:`TransitionError`."""
    row = TRANSITIONS[step]
    if etat not in row.sources:
        possible = ", ".join(f"« {row.label} »" for row in steps_from(etat)) or "aucune"
        raise TransitionError(
            f"« {step.label} » n’est pas possible : la fiche est « {etat.label} ». "
            f"Étapes possibles : {possible}."
        )
    return row.target


def steps_from(etat: Etat, side: Side | None = None) -> tuple[Step, ...]:
    """Return the steps possible from ``etat``, of one side or of both, in the order of the table."""
    return tuple(
        row.step for row in TRANSITIONS.values() if etat in row.sources and (side is None or row.side is side)
    )
