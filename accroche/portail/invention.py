"""An edition nobody held, for the demo and the tests alone: what could have followed one that was.

Each académie does next year what it had chosen to work on, so that comparisons and follow-ups have something
to show. No real partner, school or person is named in it. Pure: the same edition gives the same invention.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    Charge,
    CodeAxe,
    Obstacle,
    RoleSemaine,
    StatutSemaine,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.campagne.vie import a_year_later
from accroche.dossier.dossier import (
    AxeRetenu,
    EditionDossier,
    PartenaireDossier,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
)
from accroche.lib.chiffres import Chiffre, Kind, counted
from accroche.lib.dates import next_edition

TITLE: Final = "Semaine de la persévérance scolaire (édition inventée pour la démonstration)"
NOTE: Final = (
    "Tout est inventé dans cette édition : elle sert à essayer la comparaison et le suivi des axes. "
    "Aucune académie n’a tenu ces semaines."
)
SOURCE: Final = "Inventé pour la démonstration"
TEXT: Final = "Texte inventé pour la démonstration."

#: What comes after each axis once it was worked on; the others are simply done.
NEXT: Final = {
    CodeAxe.STRUCTURATION: CodeAxe.ANIMATION,
    CodeAxe.ANIMATION: CodeAxe.VALORISATION,
    CodeAxe.VALORISATION: CodeAxe.VALORISATION_PROJET,
    CodeAxe.VALORISATION_PROJET: CodeAxe.DYNAMIQUE,
    CodeAxe.RECENSEMENT: CodeAxe.DYNAMIQUE,
    CodeAxe.DYNAMIQUE: CodeAxe.CONSOLIDATION,
    CodeAxe.CONSOLIDATION: CodeAxe.CONSOLIDATION,
}
#: Organisations of no place in particular.
PARTNERS: Final = {
    TypePartenaire.COLLECTIVITE: "Une collectivité (exemple)",
    TypePartenaire.SERVICE_ETAT: "Un service de l’État (exemple)",
    TypePartenaire.ASSOCIATION: "Une association (exemple)",
    TypePartenaire.ENTREPRISE: "Une entreprise (exemple)",
    TypePartenaire.PARENTS: "Des parents d’élèves (exemple)",
}


def invented(dossier: EditionDossier) -> EditionDossier:
    """Return what could have followed ``dossier``; of the académies that were silent, the last reports."""
    silent = [s.academie for s in dossier.semaines if s.status is StatutSemaine.UNAVAILABLE]
    return EditionDossier(
        edition=next_edition(dossier.edition),
        title=TITLE,
        axes=dossier.axes,
        objectifs=tuple(replace(one, conclusion="", academies=()) for one in dossier.objectifs),
        notes=(NOTE,),
        semaines=tuple(
            _semaine(semaine, number, speaks=semaine.academie not in silent[:-1])
            for number, semaine in enumerate(dossier.semaines)
        ),
    )


def _semaine(before: SemaineDossier, number: int, *, speaks: bool) -> SemaineDossier:
    windows = tuple((a_year_later(first), a_year_later(last)) for first, last in before.windows)
    if not speaks:
        return SemaineDossier(before.academie, windows, None, StatutSemaine.UNAVAILABLE)
    worked_on = {axe.code for axe in before.axes}
    counts = bool({CodeAxe.ANIMATION, CodeAxe.RECENSEMENT} & worked_on)
    return SemaineDossier(
        academie=before.academie,
        windows=windows[:1] if CodeAxe.STRUCTURATION in worked_on else windows,
        ordinal=(before.ordinal or 0) + 1,
        status=StatutSemaine.REPORTED,
        levels=_levels(before, worked_on),
        actions_figures=_figures(before.actions_figures, number, counts=counts),
        etablissements_figures=_figures(before.etablissements_figures, number, counts=counts),
        narrative=TEXT,
        partners_narrative=TEXT,
        partners=_partners(before, more=CodeAxe.PARTENAIRES in worked_on),
        alliances=Alliances.INTERNES_EXTERNES if CodeAxe.PARTENAIRES in worked_on else before.alliances,
        portage=before.portage,
        appel=Appel.TOUS if CodeAxe.DEPLOIEMENT in worked_on else before.appel,
        bassins=() if CodeAxe.DEPLOIEMENT in worked_on else before.bassins,
        **_entre_nous(before, number),
        axes=_axes(before),
        temps_forts=_events(before, more=CodeAxe.ANIMATION in worked_on),
        ressources=_resources(before, more=CodeAxe.VALORISATION in worked_on),
    )


def _entre_nous(before: SemaineDossier, number: int) -> dict[str, Any]:
    """What each would tell the bureau alone, one in four nothing."""
    if number % 4 == 3:  # noqa: PLR2004 - the last of four
        return {}
    offers = before.ordinal is not None and before.ordinal > 1
    return {
        "obstacle": (Obstacle.AUCUN, Obstacle.CALENDRIER, Obstacle.CHARGE)[number % 3],
        "help_asked": not offers and number % 3 == 2,  # noqa: PLR2004 - the last of three
        "staff_days": 10 + 5 * (number % 7),
        "staff_strain": (Charge.TENABLE, Charge.TENDUE, Charge.TENDUE)[number % 3],
        "mentor_offer": 1 if offers else 0,
    }


def _levels(before: SemaineDossier, worked_on: set[str]) -> frozenset[Niveau]:
    reached = {Niveau.PREMIER_DEGRE} if CodeAxe.NIVEAUX in worked_on else set()
    return before.levels | reached or frozenset({Niveau.COLLEGE, Niveau.LYCEE})


def _figures(before: tuple[Chiffre, ...], number: int, *, counts: bool) -> tuple[Chiffre, ...]:
    """A little more than last year; a number where none was, for who had chosen to count."""
    value = counted(before)
    if value is None:
        told = (Kind.EXACT, 20 + 3 * number) if counts or not before else (Kind.NOT_COMMUNICATED, None)
    else:
        told = (Kind.EXACT, value + value * (5 + number % 4 * 5) // 100 + 1)
    return (Chiffre(told[0], told[1], source=SOURCE),)


def _partners(before: SemaineDossier, *, more: bool) -> tuple[PartenaireDossier, ...]:
    held = {partner.kind for partner in before.partners if not partner.internal}
    kinds = [kind for kind in PARTNERS if kind in held or more]
    roles = (RoleSemaine.INTERVIENT, RoleSemaine.CO_ORGANISE, RoleSemaine.UNKNOWN)
    return tuple(
        PartenaireDossier(PARTNERS[kind], kind, role=roles[rank % 3]) for rank, kind in enumerate(kinds)
    )


def _axes(before: SemaineDossier) -> tuple[AxeRetenu, ...]:
    following = [NEXT[CodeAxe(axe.code)] for axe in before.axes if axe.code in NEXT]
    codes = dict.fromkeys(following or [CodeAxe.ANIMATION])
    return tuple(AxeRetenu(code) for code in codes)


def _events(before: SemaineDossier, *, more: bool) -> tuple[TempsFortDossier, ...]:
    kinds = [TypeTempsFort(event.kind) for event in before.temps_forts if event.kind]
    kinds += [TypeTempsFort.SEMINAIRE, TypeTempsFort.LANCEMENT] if more else []
    return tuple(
        TempsFortDossier(
            f"{kind.label} (exemple {number})",
            kind,
            summary=TEXT,
            authorities=(Autorite.RECTEUR,) if kind is TypeTempsFort.LANCEMENT else (),
        )
        for number, kind in enumerate(kinds, start=1)
    )


def _resources(before: SemaineDossier, *, more: bool) -> tuple[RessourceDossier, ...]:
    kinds = [TypeRessource(one.kind) for one in before.ressources if one.published and one.kind]
    kinds += [TypeRessource.DOSSIER_PRESSE, TypeRessource.SITE] if more else []
    return tuple(
        RessourceDossier(f"{kind.label} (exemple)", kind, published=True) for kind in dict.fromkeys(kinds)
    )
