"""Why a moderator asks, refuses or removes: reasons ready to send, each for the steps it serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accroche.actions.cycle import Step
from accroche.relecture.indices import Indice

_ASK, _REFUSE, _REMOVE = Step.ASK, Step.REFUSE, Step.REMOVE


@dataclass(frozen=True, slots=True)
class Motif:
    """A preset reason: its code, its few words to tick, and the text the school reads."""

    code: str
    label: str
    text: str
    steps: frozenset[Step]


MOTIFS: dict[str, Motif] = {
    motif.code: motif
    for motif in (
        Motif(
            "trop_court",
            "Trop court",
            "La description est trop courte : dites en quelques phrases ce que font les élèves, avec qui, "
            "et ce que cela change pour eux.",
            frozenset({_ASK}),
        ),
        Motif(
            "titre",
            "Titre peu clair",
            "Le titre ne dit pas ce qui se passe : choisissez-en un qu’un parent comprendrait sans lire la "
            "suite.",
            frozenset({_ASK}),
        ),
        Motif(
            "dates",
            "Dates à préciser",
            "Les dates manquent ou ne tombent pas dans l’année scolaire : indiquez quand l’action a lieu.",
            frozenset({_ASK}),
        ),
        Motif(
            "niveau",
            "Niveau à préciser",
            "On ne sait pas quels élèves sont concernés : cochez les niveaux et indiquez les classes.",
            frozenset({_ASK}),
        ),
        Motif(
            "etablissement",
            "Établissement inconnu",
            "Nous n’avons pas reconnu l’établissement : choisissez-le dans l’annuaire, par son nom, sa "
            "commune ou son code UAI.",
            frozenset({_ASK, _REFUSE}),
        ),
        Motif(
            "donnees_personnelles",
            "Données personnelles",
            "Le texte contient des données personnelles (nom d’élève, téléphone, adresse privée) : "
            "retirez-les, car la fiche est publique.",
            frozenset({_ASK, _REMOVE}),
        ),
        Motif(
            "image",
            "Image sans accord",
            "Une image montre des personnes dont l’accord n’est pas enregistré : confirmez cet accord ou "
            "retirez l’image.",
            frozenset({_ASK, _REMOVE}),
        ),
        Motif(
            "doublon",
            "Doublon",
            "Cette action est déjà décrite par une autre fiche de votre établissement, que nous gardons.",
            frozenset({_REFUSE, _REMOVE}),
        ),
        Motif(
            "hors_sujet",
            "Hors sujet",
            "L’action ne concerne pas la persévérance scolaire.",
            frozenset({_REFUSE, _REMOVE}),
        ),
        Motif(
            "hors_edition",
            "Hors de l’année scolaire",
            "L’action n’a pas lieu pendant cette édition : déclarez-la dans celle de son année scolaire.",
            frozenset({_REFUSE}),
        ),
        Motif(
            "publicite",
            "Publicité",
            "La fiche présente une offre commerciale plutôt qu’une action de l’établissement.",
            frozenset({_REFUSE, _REMOVE}),
        ),
        Motif("annulee", "Action annulée", "L’action n’a finalement pas eu lieu.", frozenset({_REMOVE})),
    )
}


def motifs_for(step: Step) -> tuple[Motif, ...]:
    """Return the reasons that serve ``step``, in the order of the table."""
    return tuple(motif for motif in MOTIFS.values() if step in motif.steps)


#: The reason that says to the school what a hint says to the académie.
_SAYS = {
    Indice.SHORT: "trop_court",
    Indice.NO_LEVEL: "niveau",
    Indice.NO_DATE: "dates",
    Indice.UNKNOWN_SCHOOL: "etablissement",
    Indice.CAPITALS: "titre",
}


def suggested(hints: Iterable[Indice], step: Step) -> list[str]:
    """Return the codes of the reasons to tick beforehand, when asking for more; a refusal is one's own."""
    return [_SAYS[hint] for hint in hints if hint in _SAYS] if step is Step.ASK else []


def compose(codes: Iterable[str], own_words: str = "") -> str:
    """Return what the school reads: the text of each reason, then the moderator's own words.

    Raises ``KeyError`` for a code the table does not hold.
    """
    return "\n".join([*(MOTIFS[code].text for code in codes), *filter(None, [own_words.strip()])])
