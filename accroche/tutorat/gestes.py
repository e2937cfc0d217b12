"""What people do about tutoring, as the journal names and tells it."""

from __future__ import annotations

from typing import Final

from accroche.tutorat.binome import Pas

#: What was done about tutoring, as the journal tells it after a name.
VERBS: Final = {
    "binome_propose": "a proposé ce binôme",
    **{
        f"binome_{pas}": words
        for pas, words in {
            Pas.ACCEPT: "a accepté l’accompagnement",
            Pas.DECLINE: "a décliné l’accompagnement",
            Pas.WITHDRAW: "a retiré la proposition d’accompagnement",
            Pas.PAUSE: "a mis l’accompagnement en pause",
            Pas.RESUME: "a repris l’accompagnement",
            Pas.FINISH: "a clos l’accompagnement",
            Pas.LEAVE: "a mis fin à sa part de l’accompagnement",
        }.items()
    },
    "binome_add_step": "a ajouté une étape au plan",
    "binome_finish_step": "a fait une étape du plan",
    "binome_reopen_step": "a rouvert une étape du plan",
    "binome_remove_step": "a retiré une étape du plan",
    "binome_answer_contact": "a répondu sur les échanges du binôme",
    "binome_tell_contact": "a noté un échange du binôme",
    "binome_assess": "a écrit le bilan de l’accompagnement",
    "tutorat_pin": "a imposé un binôme",
    "tutorat_exclude": "a exclu un binôme",
    "tutorat_release": "a libéré un binôme",
    "tutorat_settle": "a réglé la part d’une académie au tutorat",
    "tutorat_leave": "a annoncé que son académie n’accompagne plus personne",
}
