"""What people read about the life of a sheet: what a state means now, what was done, what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from accroche.actions.cycle import Etat, Side, Step

#: What a state means now, for the school and for the académie, in one sentence.
MEANING: dict[Side, dict[Etat, str]] = {
    Side.OWNER: {
        Etat.DRAFT: "La fiche n’est pas encore envoyée : l’académie attend que vous le fassiez.",
        Etat.SUBMITTED: "L’académie relit la fiche ; vous recevrez sa réponse par courriel.",
        Etat.TO_COMPLETE: "L’académie attend un complément : modifiez la fiche, puis renvoyez-la.",
        Etat.PUBLISHED: "La fiche est sur le site ; modifiée, elle le quitte jusqu’à une nouvelle relecture.",
        Etat.WITHDRAWN: "La fiche est retirée : personne d’autre ne la voit, et rien n’est perdu.",
        Etat.REFUSED: "L’académie n’a pas retenu la fiche ; vous pouvez lui demander pourquoi ci-dessous.",
        Etat.MERGED: "La fiche a rejoint une autre fiche, qui en garde tout le contenu.",
    },
    Side.MODERATOR: {
        Etat.DRAFT: "L’établissement écrit encore : il n’a pas envoyé la fiche.",
        Etat.SUBMITTED: "La fiche attend une relecture de l’académie.",
        Etat.TO_COMPLETE: "L’établissement doit compléter la fiche ; il a été prévenu par courriel.",
        Etat.PUBLISHED: "La fiche est sur le site.",
        Etat.WITHDRAWN: "La fiche est retirée du site ; elle peut y revenir après une relecture.",
        Etat.REFUSED: "La fiche est refusée ; l’établissement a reçu le motif.",
        Etat.MERGED: "La fiche a rejoint une autre fiche, qui en garde tout le contenu.",
    },
}
#: The same for a sheet accepted before its edition is public.
ACCEPTED = "La fiche est acceptée : elle paraîtra avec l’édition."
#: What a mail says before the address of its public page, now and later.
ONLINE = (
    "Tout le monde peut la lire et la faire connaître à cette adresse, où sont aussi son affiche à imprimer "
    "et son code QR :"
)
ONLINE_LATER = (
    "Elle paraîtra avec l’édition {edition}, qui n’est pas encore publique. Elle sera alors à cette adresse :"
)

#: What was done, after the name of who did it: « Camille Petit l’a publiée ».
DONE: dict[str, str] = {
    Step.SUBMIT: "l’a envoyée à l’académie",
    Step.TAKE_BACK: "l’a remise en brouillon",
    Step.PUBLISH: "l’a publiée",
    Step.UNPUBLISH: "l’a dépubliée",
    Step.ASK: "a demandé un complément",
    Step.CANCEL_ASK: "a annulé la demande de complément",
    Step.REFUSE: "l’a refusée",
    Step.RECONSIDER: "a annulé le refus",
    Step.REVISE: "l’a rouverte pour la modifier",
    Step.WITHDRAW: "l’a retirée",
    Step.RESTORE: "l’a rétablie en brouillon",
    Step.REMOVE: "l’a retirée du site",
    Step.REINSTATE: "l’a remise en attente de relecture",
    Step.MERGE: "l’a fusionnée avec une autre fiche",
    Step.SPLIT: "a défait la fusion",
    "edit": "l’a modifiée",
    "declare": "l’a commencée",
    "confirm": "a confirmé son adresse",
    "comment": "a écrit un message",
    "internal_note": "a laissé une note interne",
    "add_piece": "a joint un fichier",
    "remove_piece": "a retiré un fichier",
    "caption_piece": "a décrit une image",
    "consent_piece": "a répondu sur l’accord des personnes visibles",
    "order_pieces": "a changé l’ordre des fichiers",
    "absorb": "y a réuni une autre fiche",
    "part": "en a séparé une fiche qu’elle avait absorbée",
    "tell_apart": "a dit que ce n’est pas la même action qu’une autre fiche",
    "not_apart": "n’exclut plus que ce soit la même action qu’une autre fiche",
    "remarkable": "l’a signalée comme remarquable",
    "not_remarkable": "a retiré la mention « remarquable »",
    "prize": "a changé son prix",
    "chosen": "l’a choisie comme exemple de la synthèse",
    "not_chosen": "ne la présente plus en exemple dans la synthèse",
    "hand_over": "a passé la main : la fiche reste à l’établissement",
    "attach": "l’a rattachée à son compte",
    "remind_owner": "a rappelé à l’établissement qu’elle est à compléter",
    "remind_draft": "a rappelé à son auteur qu’elle n’est pas envoyée",
    "remind_moderator": "a rappelé à l’académie qu’elle attend",
}


def done(verb: str) -> str:
    """Return what a line of the journal tells, after a name; a verb nobody worded is still told."""
    return DONE.get(verb, f"a fait « {verb} »")


#: What a step's button does, when its label does not say it all.
HINTS: dict[Step, str] = {
    Step.REVISE: "Elle quitte le site jusqu’à une nouvelle relecture.",
    Step.WITHDRAW: "Personne d’autre ne la verra ; vous pourrez la rétablir.",
    Step.TAKE_BACK: "L’académie ne la relit plus, jusqu’à ce que vous la renvoyiez.",
    Step.ASK: "L’établissement reçoit vos motifs par courriel et peut répondre.",
    Step.REFUSE: "L’établissement reçoit vos motifs par courriel.",
    Step.REMOVE: "L’établissement reçoit vos motifs par courriel.",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The mail about a step: its subject after the title, what happened, what to do next."""

    subject: str
    told: str
    next_step: str


#: What a mail's link is for, when there is nothing to do.
SEE = "La fiche et les échanges :"
_ANSWER = "Pour poser une question ou répondre :"
_COMPLETE = "Pour la compléter et la renvoyer :"
_READ = "La relire et y répondre :"
_AGAIN = "de nouveau en relecture"
_NOTICES: dict[Step, tuple[str, str, str]] = {
    Step.SUBMIT: ("à relire", "vient d’être envoyée à l’académie", _READ),
    Step.TAKE_BACK: (
        "remise en brouillon",
        "est remise en brouillon par l’établissement, qui la modifie",
        SEE,
    ),
    Step.PUBLISH: ("publiée", "est publiée. Merci", SEE),
    Step.UNPUBLISH: (_AGAIN, "n’est plus sur le site : l’académie la relit", SEE),
    Step.ASK: ("à compléter", "a besoin d’un complément avant d’être publiée", _COMPLETE),
    Step.CANCEL_ASK: ("plus rien à compléter", "n’a plus besoin de complément : l’académie la relit", SEE),
    Step.REFUSE: ("non retenue", "n’est pas retenue par l’académie", _ANSWER),
    Step.RECONSIDER: (_AGAIN, "n’est plus refusée : l’académie la relit", SEE),
    Step.REVISE: ("modifiée par l’établissement", "quitte le site : l’établissement la modifie", SEE),
    Step.WITHDRAW: ("retirée par l’établissement", "est retirée par l’établissement", SEE),
    Step.RESTORE: ("rétablie", "est rétablie en brouillon par l’établissement", SEE),
    Step.REMOVE: ("retirée du site", "est retirée du site par l’académie", _ANSWER),
    Step.REINSTATE: (_AGAIN, "est de nouveau relue par l’académie", SEE),
    Step.MERGE: ("fusionnée", "a rejoint une autre fiche, qui en garde tout le contenu", SEE),
    Step.SPLIT: ("séparée", "est de nouveau une fiche à part, relue par l’académie", SEE),
}
NOTICES = {step: Notice(*words) for step, words in _NOTICES.items()}
#: Of a sheet that was accepted before its edition was public.
NOW_PUBLIC = Notice("en ligne", "est maintenant en ligne", SEE)
#: Of a sheet that comes back once it is completed.
COMPLETED = Notice("complétée, à relire", "est complétée et renvoyée à l’académie", _READ)
