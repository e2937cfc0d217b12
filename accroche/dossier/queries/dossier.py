"""Reads across the whole edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from accroche.actions.champs import Voie, names
from accroche.actions.models import Action
from accroche.actions.queries.contenu import content_of, distinctions_of, pieces_of
from accroche.actions.queries.lignee import ORIGINE_PARTS
from accroche.actions.saisie import Distinctions
from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import ENTRE_NOUS
from accroche.campagne.models import (
    AxeRetenu as AxeRetenuRow,
)
from accroche.campagne.models import (
    Chiffre,
    Edition,
    Fenetre,
    Mentions,
    Ressource,
    Semaine,
    SemainePartenaire,
    TempsFort,
)
from accroche.campagne.models import (
    Retombee as RetombeeRow,
)
from accroche.campagne.models import (
    TexteStrategie as TexteStrategieRow,
)
from accroche.campagne.queries.grille import grille_of
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Charge,
    Indicateur,
    Obstacle,
    Portage,
    RoleSemaine,
    SectionTexte,
    Signataire,
    StatutSemaine,
    TypeMedia,
)
from accroche.commun.preparees import PartiesDeListe
from accroche.dossier.dossier import (
    ActionDossier,
    AxeCatalogue,
    AxeRetenu,
    EditionDossier,
    MentionsDossier,
    ObjectifDossier,
    PartenaireDossier,
    PerspectiveDossier,
    RessourceDossier,
    Retombee,
    SemaineDossier,
    TexteStrategie,
    TutoratDossier,
)
from accroche.dossier.queries.actions import actions_told
from accroche.dossier.rows import event_dossier

SEMAINE_PARTS = (
    "fenetres",
    "chiffres",
    "axes_retenus__axe",
    "participations__partenaire",
    "temps_forts__etapes",
    "ressources",
    "strategie",
    "medias",
)
#: The same of the rows of a list, by queries made once; no sheet with them.
_OF_SEMAINES: Final = PartiesDeListe(
    Semaine,
    fenetres=lambda pks: Fenetre.objects.filter(semaine__in=pks),
    chiffres=lambda pks: Chiffre.objects.filter(semaine__in=pks),
    axes_retenus=lambda pks: AxeRetenuRow.objects.filter(semaine__in=pks).select_related("axe"),
    participations=lambda pks: SemainePartenaire.objects.filter(semaine__in=pks).select_related("partenaire"),
    temps_forts=lambda pks: TempsFort.objects.filter(semaine__in=pks).prefetch_related("etapes"),
    ressources=lambda pks: Ressource.objects.filter(semaine__in=pks),
    strategie=lambda pks: TexteStrategieRow.objects.filter(semaine__in=pks),
    medias=lambda pks: RetombeeRow.objects.filter(semaine__in=pks),
)
#: What pages read of an action, and what :func:`action_dossier` reads besides.
ACTION_PARTS = ("portages__porteur", "participations__partenaire", "liens", "themes")
DOSSIER_PARTS = (*ACTION_PARTS, "activites", "cles", "pieces")


def complete_semaines(actions: QuerySet[Action]) -> QuerySet[Semaine]:
    """Semaines with everything :func:`semaine_dossier` reads, in a fixed number of queries.

    ``actions`` says which actions to bring along (all of them, or the published ones).
    """
    actions = actions.select_related(*ORIGINE_PARTS).prefetch_related(*DOSSIER_PARTS)
    return Semaine.objects.select_related("academie", "edition").prefetch_related(
        *SEMAINE_PARTS, Prefetch("actions", queryset=actions)
    )


def with_parts(semaines: Iterable[Semaine]) -> list[Semaine]:
    """Read some semaines with all that :func:`semaine_dossier` reads of them but their sheets."""
    rows = list(semaines)
    _OF_SEMAINES.read(rows)
    return rows


def dossier_of(
    edition: Edition, actions: QuerySet[Action] | None = None, *, steering: bool = False
) -> EditionDossier:
    """Return the whole edition as plain data, académies and actions in their own order.

    ``actions`` says which actions it tells: by default those published or waiting for it, never a draft,
    a refused or a withdrawn one. ``steering``: with what académies tell the national bureau alone.
    """
    chosen = Action.objects.told() if actions is None else actions
    told: dict[int, list[ActionDossier]] = defaultdict(list)
    for semaine, action in actions_told(chosen.filter(semaine__edition=edition)):
        told[semaine].append(action)
    semaines = tuple(
        replace(semaine_dossier(semaine, steering=steering), actions=tuple(told.pop(semaine.pk, ())))
        for semaine in complete_semaines(Action.objects.none()).filter(edition=edition)
    )
    return replace(edition_dossier(edition), semaines=semaines, previous_academies=earlier_of(semaines))


def earlier_of(semaines: Iterable[SemaineDossier]) -> tuple[str, ...]:
    """The académies that had already held a semaine."""
    return tuple(semaine.academie for semaine in semaines if semaine.ordinal and semaine.ordinal > 1)


def edition_dossier(edition: Edition, *, texts: bool = True) -> EditionDossier:
    """Return the national part of an edition as plain data, without its semaines.

    ``texts``: with what the bureau writes; else as ``dossier.without_texts`` leaves it, without reading them.
    """
    silent = EditionDossier(
        edition=edition.year,
        title=edition.title,
        axes=tuple(
            AxeCatalogue(axe.code, axe.label, axe.text, tuple(axe.pistes)) for axe in edition.axes.all()
        ),
        notes=tuple(edition.notes),
        grille=grille_of(edition),
    )
    if not texts:
        named = edition.objectifs.values_list("code", "label")
        return replace(
            silent, objectifs=tuple(ObjectifDossier(code=code, label=label) for code, label in named)
        )
    textes = list(edition.textes.all())
    return replace(
        silent,
        introduction=tuple((t.title, t.text) for t in textes if t.section == SectionTexte.INTRODUCTION),
        objectifs=tuple(
            ObjectifDossier(
                code=objectif.code,
                label=objectif.label,
                conclusion=objectif.conclusion,
                academies=tuple(citation.academie.name for citation in objectif.citations.all()),
            )
            for objectif in edition.objectifs.prefetch_related("citations__academie")
        ),
        perspectives=tuple(
            PerspectiveDossier(t.title, t.text, t.acteur, t.echeance)
            for t in textes
            if t.section == SectionTexte.PERSPECTIVES
        ),
        tutorats=tuple(
            TutoratDossier(
                kind=tutorat.kind,
                academies=tuple(place.academie.name for place in tutorat.places.all()),
                reason=tutorat.reason,
            )
            for tutorat in edition.tutorats.prefetch_related("places__academie")
        ),
        messages=tuple(t.text for t in textes if t.section == SectionTexte.MESSAGES),
        preambule="".join(t.text for t in textes if t.section == SectionTexte.PREAMBULE),
        mentions=mentions_dossier(Mentions.objects.filter(edition=edition).first()),
    )


def mentions_dossier(row: Mentions | None) -> MentionsDossier:
    """Return an imprint as plain data; empty where there is none."""
    if row is None:
        return MentionsDossier()
    return MentionsDossier(row.ministere, row.contact, row.licence, row.credits, row.couverture)


def semaine_dossier(
    semaine: Semaine, *, steering: bool = False, actions: Iterable[ActionDossier] | None = None
) -> SemaineDossier:
    """Return one semaine as plain data; reads only what :func:`complete_semaines` prefetches.

    ``steering``: with what its académie tells the national bureau alone, for who may read it.
    ``actions``: its sheets, where they were read apart.
    """
    if actions is None:
        actions = map(action_dossier, semaine.actions.all())
    entre_nous = {name: _ENTRE_NOUS.get(name, _same)(getattr(semaine, name)) for name in ENTRE_NOUS}
    return SemaineDossier(
        academie=semaine.academie.name,
        windows=semaine.windows,
        ordinal=semaine.ordinal,
        status=StatutSemaine(semaine.status),
        levels=frozenset(semaine.levels),
        levels_unknown=tuple(level for level in Niveau if level in semaine.levels_unknown),
        actions_figures=semaine.figures(Indicateur.ACTIONS),
        etablissements_figures=semaine.figures(Indicateur.ETABLISSEMENTS),
        title=semaine.title,
        themes=tuple(semaine.themes),
        pilot=semaine.pilot,
        sponsor=semaine.sponsor,
        funding=semaine.funding,
        committee=semaine.committee,
        narrative=semaine.narrative,
        partners_narrative=semaine.partners_narrative,
        partners=tuple(_partner(one) for one in semaine.participations.all()),
        axes=tuple(AxeRetenu(kept.axe.code, kept.detail) for kept in semaine.axes_retenus.all()),
        temps_forts=tuple(event_dossier(event) for event in semaine.temps_forts.all()),
        ressources=tuple(
            RessourceDossier(r.title, r.kind, r.url, r.published) for r in semaine.ressources.all()
        ),
        actions=tuple(actions),
        examples_note=semaine.examples_note,
        alliances=Alliances(semaine.alliances),
        portage=Portage(semaine.portage),
        appel=Appel(semaine.appel),
        bassins=tuple(semaine.bassins),
        strategie=tuple(TexteStrategie(t.title, t.date, t.url) for t in semaine.strategie.all()),
        absence_by=Signataire(semaine.absence_by),
        absence_on=semaine.absence_on,
        absence_word=semaine.absence_word,
        medias=tuple(Retombee(m.media, TypeMedia(m.kind), m.date, m.url) for m in semaine.medias.all()),
        **(entre_nous if steering else {}),
    )


def _same(value: Any) -> Any:
    return value


_ENTRE_NOUS: Final[dict[str, Callable[[Any], Any]]] = {"obstacle": Obstacle, "staff_strain": Charge}


#: What a dossier holds of a content: all but whom to ask.
_TOLD = names(Voie.DOSSIER)


def action_dossier(action: Action) -> ActionDossier:
    """Return one action as plain data, without its private contact; reads only what is prefetched with it."""
    content = content_of(action, as_printed=True)
    # which row an activity is matters to who edits it alone
    content = replace(content, activites=tuple(replace(row, number=None) for row in content.activites))
    known = distinctions_of(action)
    return ActionDossier(
        **{name: getattr(content, name) for name in _TOLD},
        **{one.name: getattr(known, one.name) for one in fields(Distinctions)},
        pieces=tuple(piece for piece in pieces_of(action) if piece.is_public),
    )


def _partner(one: SemainePartenaire) -> PartenaireDossier:
    told = one.partenaire
    return PartenaireDossier(told.name, told.kind, told.internal, RoleSemaine(one.role))
