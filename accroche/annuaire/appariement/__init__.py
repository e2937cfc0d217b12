"""Recognising schools from what people write: « LP Trinité », « Collège, Saint Florent ». Pure.

:class:`Moteur` is built from the schools of the directory (:class:`SchoolFacts`) and the départements of
each académie; :meth:`Moteur.match` gives candidates with a score and a reason, and a decision. How it
reckons and what it reaches: docs/appariement.md.
"""

from __future__ import annotations

from accroche.annuaire.appariement.anciens import FormerName
from accroche.annuaire.appariement.cadre import SchoolFacts, academie_key
from accroche.annuaire.appariement.calcul import AWAY, PLACED
from accroche.annuaire.appariement.decision import THRESHOLD
from accroche.annuaire.appariement.mention import says_kind, says_kind_alone
from accroche.annuaire.appariement.moteur import LONGEST as LONGEST_MENTION
from accroche.annuaire.appariement.moteur import Moteur
from accroche.annuaire.appariement.plusieurs import MOST as MOST_PARTS
from accroche.annuaire.appariement.trouve import (
    Candidate,
    Decision,
    Heir,
    Match,
    Remembered,
    answer_key,
    together,
)

__all__ = [
    "AWAY",
    "LONGEST_MENTION",
    "MOST_PARTS",
    "PLACED",
    "THRESHOLD",
    "Candidate",
    "Decision",
    "FormerName",
    "Heir",
    "Match",
    "Moteur",
    "Remembered",
    "SchoolFacts",
    "academie_key",
    "answer_key",
    "says_kind",
    "says_kind_alone",
    "together",
]
