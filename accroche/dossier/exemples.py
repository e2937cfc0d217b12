"""Which sheets of a semaine stand in its synthesis as examples; the others are counted, and in its data."""

from __future__ import annotations

from typing import Final

from accroche.actions.regles import SourceAction
from accroche.dossier.dossier import ActionDossier, SemaineDossier

#: Examples of one académie. Those of a past report were five at most; twelve cards fill two pages, and thirty
#: académies then stay one book.
MOST: Final = 12


def exemples(semaine: SemaineDossier) -> tuple[ActionDossier, ...]:
    """Return the examples of a semaine, in the order they are shown in."""
    return tuple(semaine.actions[place] for place in places(semaine))


def places(semaine: SemaineDossier) -> tuple[int, ...]:
    """Return which actions of a semaine are its examples: at most :data:`MOST` of those declared here.

    What a past report told is an example, since it chose to tell it: all of it, in its order. Of the sheets
    declared here come the remarkable ones, those that won a prize, then those the académie's office chose;
    among equals, in the order of the semaine.
    """
    everywhere = range(len(semaine.actions))
    if semaine.all_examples:
        return tuple(everywhere)
    declared = {at for at in everywhere if semaine.actions[at].source == SourceAction.DECLARATION}
    told = [at for at in everywhere if at not in declared]
    ranked = sorted((rank, at) for at in declared if (rank := _rank(semaine.actions[at])) is not None)
    room = max(0, MOST - len(told))
    return (*told, *(at for _, at in ranked[:room]))


def _rank(action: ActionDossier) -> int | None:
    """What a sheet comes for, the first first; None for one that nobody chose."""
    if action.remarkable:
        return 0
    if action.prize:
        return 1
    return 2 if action.chosen else None
