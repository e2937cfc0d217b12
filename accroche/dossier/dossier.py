"""A whole edition as plain data: what files carry in, and what the database gives back.

Pack, past report and database all speak this one structure, so that any two of them can be
compared field by field (``accroche diff_edition``) and one operation writes any of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Final

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.actions.saisie import Contenu, Distinctions, LienSaisi, PartenaireSaisi, PieceDite, PorteurSaisi
from accroche.annuaire.regles import Niveau, TypePorteur, reaches
from accroche.campagne.grille import GrilleDite
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    Charge,
    Obstacle,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypeMedia,
)
from accroche.lib.chiffres import Chiffre

__all__ = [
    "TEXTES",
    "ActionDossier",
    "AxeCatalogue",
    "AxeRetenu",
    "EditionDossier",
    "EtapeDossier",
    "LienSaisi",
    "MentionsDossier",
    "Nature",
    "Niveau",
    "ObjectifDossier",
    "PartenaireDossier",
    "PartenaireSaisi",
    "PerspectiveDossier",
    "PorteurSaisi",
    "RessourceDossier",
    "Retombee",
    "SemaineDossier",
    "SourceAction",
    "StatutSemaine",
    "Temporalite",
    "TempsFortDossier",
    "TexteStrategie",
    "TutoratDossier",
    "TypePorteur",
    "without_texts",
]


@dataclass(frozen=True, slots=True)
class PartenaireDossier:
    """A partner of a semaine, whether it belongs to Éducation nationale, and what part it takes."""

    name: str
    kind: str = ""
    internal: bool = False
    role: RoleSemaine = RoleSemaine.UNKNOWN


@dataclass(frozen=True)
class ActionDossier(Distinctions, Contenu):
    """One action of a semaine: the content of its sheet, its distinctions, and what its public pieces show.

    Its private contact is empty: frozen versions keep a dossier for good, and who is forgotten must be.
    """

    pieces: tuple[PieceDite, ...] = ()


@dataclass(frozen=True, slots=True)
class EtapeDossier:
    """One stop of a tour or travelling forum."""

    place: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TempsFortDossier:
    """A dated event of a semaine; dates are unknown (None) when the report gives none."""

    title: str
    kind: str
    starts: dt.date | None = None
    ends: dt.date | None = None
    place: str = ""
    summary: str = ""
    stops: tuple[EtapeDossier, ...] = ()
    authorities: tuple[Autorite, ...] = ()


@dataclass(frozen=True, slots=True)
class RessourceDossier:
    """A document or medium the semaine produced; ``published`` is None while nobody said whether it is."""

    title: str
    kind: str
    url: str = ""
    published: bool | None = True


@dataclass(frozen=True, slots=True)
class TexteStrategie:
    """A written policy of the académie that the semaine belongs to."""

    title: str
    date: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Retombee:
    """A medium that told of the semaine, with the day it did when it is known."""

    media: str
    kind: TypeMedia = TypeMedia.UNKNOWN
    date: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class AxeRetenu:
    """An axis of the national catalogue kept for the next edition, with its local wording."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SemaineDossier:
    """One académie's semaine. ``windows`` are closed intervals [first day, last day].

    ``absence_*``: who signed that it has no data, which day, and on whose word; all three or none.

    What the académie tells the national bureau alone (``campagne.champs.ENTRE_NOUS``) is empty, but for who
    may read it: ``queries.dossier.semaine_dossier`` leaves it out unless it is asked for.
    """

    academie: str
    windows: tuple[tuple[dt.date, dt.date], ...]
    ordinal: int | None
    status: StatutSemaine
    levels: frozenset[Niveau] = frozenset()
    actions_figures: tuple[Chiffre, ...] = ()
    etablissements_figures: tuple[Chiffre, ...] = ()
    title: str = ""
    themes: tuple[str, ...] = ()
    pilot: str = ""
    sponsor: str = ""
    funding: str = ""
    committee: str = ""
    narrative: str = ""
    partners_narrative: str = ""
    partners: tuple[PartenaireDossier, ...] = ()
    axes: tuple[AxeRetenu, ...] = ()
    temps_forts: tuple[TempsFortDossier, ...] = ()
    ressources: tuple[RessourceDossier, ...] = ()
    actions: tuple[ActionDossier, ...] = ()
    examples_note: str = ""
    alliances: Alliances = Alliances.UNKNOWN
    portage: Portage = Portage.UNKNOWN
    appel: Appel = Appel.UNKNOWN
    bassins: tuple[str, ...] = ()
    strategie: tuple[TexteStrategie, ...] = ()
    medias: tuple[Retombee, ...] = ()
    obstacle: Obstacle = Obstacle.UNKNOWN
    obstacle_text: str = ""
    help_asked: bool | None = None
    help_text: str = ""
    staff_days: int | None = None
    staff_strain: Charge = Charge.UNKNOWN
    mentor_offer: int | None = None
    absence_by: Signataire = Signataire.UNKNOWN
    absence_on: dt.date | None = None
    absence_word: str = ""
    #: those of which nobody can tell, in their order; where no level is told nor named here, none is known
    levels_unknown: tuple[Niveau, ...] = ()
    #: told before examples were chosen: each action was one (``dossier/exemples.py``)
    all_examples: bool = False

    def reaches(self, level: Niveau) -> bool | None:
        """Tell whether it reaches a level; None, and never no, where nobody can tell."""
        return reaches(level, self.levels, self.levels_unknown)


@dataclass(frozen=True, slots=True)
class AxeCatalogue:
    """An axis of the national catalogue of an edition: its wording, what it asks for, and what to try."""

    code: str
    label: str
    text: str = ""
    pistes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectifDossier:
    """One objective of the national grid and what the edition shows about it (rich text, ``lib.redige``)."""

    code: str
    label: str
    conclusion: str = ""
    academies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PerspectiveDossier:
    """One perspective for the next edition: its text rich, who acts and by when in plain words."""

    title: str
    text: str
    acteur: str = ""
    echeance: str = ""


@dataclass(frozen=True, slots=True)
class TutoratDossier:
    """Académies that may be accompanied: those who need it, those who may ask. The reason is rich text."""

    kind: str
    academies: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MentionsDossier:
    """The imprint of a synthesis, in plain words; ``couverture`` is a line for its cover."""

    ministere: str = ""
    contact: str = ""
    licence: str = ""
    credits: str = ""
    couverture: str = ""


@dataclass(frozen=True, slots=True)
class EditionDossier:
    """A national edition with all its semaines, in the order of the report.

    What the bureau writes is rich text (``lib.redige``): the text of each passage of the ``introduction``
    (title, text; the first may have no title), each of the ``messages`` (one or two sentences to remember),
    and the ``preambule`` of the grid, whose own is printed when it is empty.
    """

    edition: str
    semaines: tuple[SemaineDossier, ...] = ()
    title: str = ""
    introduction: tuple[tuple[str, str], ...] = ()
    axes: tuple[AxeCatalogue, ...] = ()
    objectifs: tuple[ObjectifDossier, ...] = ()
    perspectives: tuple[PerspectiveDossier, ...] = ()
    tutorats: tuple[TutoratDossier, ...] = ()
    previous_academies: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    #: the version of the self-evaluation grid the edition uses; never an answer to it
    grille: GrilleDite | None = None
    messages: tuple[str, ...] = ()
    preambule: str = ""
    mentions: MentionsDossier = MentionsDossier()


#: What the bureau writes of an edition.
TEXTES: Final = (
    "introduction",
    "objectifs",
    "perspectives",
    "tutorats",
    "messages",
    "preambule",
    "mentions",
)


def without_texts(dossier: EditionDossier) -> EditionDossier:
    """Leave out what the bureau writes; what académies tell stays, and how the objectives are called."""
    silent: dict[str, Any] = dict.fromkeys(TEXTES, ()) | {"preambule": "", "mentions": MentionsDossier()}
    silent["objectifs"] = tuple(replace(one, conclusion="", academies=()) for one in dossier.objectifs)
    return replace(dossier, **silent)
