"""How the page of a semaine names and words what changed in it."""

from __future__ import annotations

from typing import Final

from accroche.campagne.champs import CHAMPS
from accroche.commun.changements import Vocabulaire
from accroche.lib.champs import Genre
from accroche.pilotage.semaine import LABELS, in_words

#: Each field, what is signed on a page of its own included.
_NAMES: Final = {champ.name: champ.label for champ in CHAMPS}

#: A line of the journal from before it named fields by their code has labels and words, and reads as it is.
VOCABULAIRE: Final = Vocabulaire(
    lambda field: _NAMES.get(field, field),
    in_words,
    order=tuple(LABELS),
    chosen={champ.name for champ in CHAMPS if champ.genre not in {Genre.TEXT, Genre.ROWS}},
)
