"""Writes the chosen fields of one record; each field replaces the rows it stands for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from accroche.actions.dossier import (
    ActionDossier,
    EditionDossier,
    PartenaireDossier,
    PorteurDossier,
    SemaineDossier,
)
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Lien, Theme
from accroche.annuaire.models import Academie, Porteur
from accroche.campagne.models import (
    Axe,
    AxeRetenu,
    Chiffre,
    CitationObjectif,
    Edition,
    Etape,
    Fenetre,
    Objectif,
    Partenaire,
    Ressource,
    Semaine,
    SemainePartenaire,
    TempsFort,
    Texte,
    Tutorat,
    TutoratAcademie,
)
from accroche.campagne.regles import Indicateur, SectionTexte
from accroche.lib.chiffres import Chiffre as ValeurChiffre

SEMAINE_COLUMNS = (
    "status",
    "ordinal",
    "title",
    "pilot",
    "sponsor",
    "funding",
    "committee",
    "narrative",
    "partners_narrative",
    "examples_note",
)
ACTION_COLUMNS = (
    "title",
    "description",
    "prize",
    "remarkable",
    "temporality",
    "nature",
    "source",
    "experitheque_id",
)


def write_edition(
    edition: Edition, dossier: EditionDossier, fields: Collection[str], academies: Mapping[str, Academie]
) -> None:
    """Write the named fields of an edition."""
    if "title" in fields or "notes" in fields:
        edition.title = dossier.title if "title" in fields else edition.title
        edition.notes = list(dossier.notes) if "notes" in fields else edition.notes
        edition.save(update_fields=["title", "notes"])
    if "introduction" in fields:
        _write_texts(edition, SectionTexte.INTRODUCTION, dossier.introduction)
    if "perspectives" in fields:
        _write_texts(edition, SectionTexte.PERSPECTIVES, [(p.title, p.text) for p in dossier.perspectives])
    if "axes" in fields:
        # an axis in use is never deleted: rows are renewed in place
        for position, axe in enumerate(dossier.axes):
            Axe.objects.update_or_create(
                edition=edition, code=axe.code, defaults={"label": axe.label, "position": position}
            )
    if "objectifs" in fields:
        edition.objectifs.all().delete()
        for position, goal in enumerate(dossier.objectifs):
            objectif = Objectif.objects.create(
                edition=edition,
                code=goal.code,
                label=goal.label,
                conclusion=goal.conclusion,
                position=position,
            )
            CitationObjectif.objects.bulk_create(
                CitationObjectif(objectif=objectif, academie=academies[name], position=n)
                for n, name in enumerate(goal.academies)
            )
    if "tutorats" in fields:
        edition.tutorats.all().delete()
        for position, group in enumerate(dossier.tutorats):
            tutorat = Tutorat.objects.create(
                edition=edition, kind=group.kind, reason=group.reason, position=position
            )
            TutoratAcademie.objects.bulk_create(
                TutoratAcademie(tutorat=tutorat, academie=academies[name], position=n)
                for n, name in enumerate(group.academies)
            )


def _write_texts(edition: Edition, section: SectionTexte, texts: Sequence[tuple[str, str]]) -> None:
    edition.textes.filter(section=section).delete()
    Texte.objects.bulk_create(
        Texte(edition=edition, section=section, position=position, title=title, text=text)
        for position, (title, text) in enumerate(texts)
    )


def write_semaine(
    semaine: Semaine, dossier: SemaineDossier, fields: Collection[str], axes: Mapping[str, Axe]
) -> None:
    """Write the named fields of a semaine."""
    for column in SEMAINE_COLUMNS:
        if column in fields:
            setattr(semaine, column, getattr(dossier, column))
    if "themes" in fields:
        semaine.themes = list(dossier.themes)
    if "levels" in fields:
        semaine.set_levels(dossier.levels)
    if fields:
        semaine.save()
    if "windows" in fields:
        semaine.fenetres.all().delete()
        Fenetre.objects.bulk_create(Fenetre(semaine=semaine, starts=a, ends=b) for a, b in dossier.windows)
    for indicateur, field in (
        (Indicateur.ACTIONS, "actions_figures"),
        (Indicateur.ETABLISSEMENTS, "etablissements_figures"),
    ):
        if field in fields:
            _write_figures(semaine, indicateur, getattr(dossier, field))
    if "partners" in fields:
        semaine.participations.all().delete()
        SemainePartenaire.objects.bulk_create(
            SemainePartenaire(semaine=semaine, partenaire=partner(facts), position=position)
            for position, facts in enumerate(dict.fromkeys(dossier.partners))
        )
    if "axes" in fields:
        semaine.axes_retenus.all().delete()
        AxeRetenu.objects.bulk_create(
            AxeRetenu(semaine=semaine, axe=axes[kept.code], detail=kept.detail, position=position)
            for position, kept in enumerate(dossier.axes)
        )
    if "temps_forts" in fields:
        semaine.temps_forts.all().delete()
        for position, event in enumerate(dossier.temps_forts):
            temps_fort = TempsFort.objects.create(
                semaine=semaine,
                title=event.title,
                kind=event.kind,
                starts=event.starts,
                ends=event.ends,
                place=event.place,
                summary=event.summary,
                position=position,
            )
            Etape.objects.bulk_create(
                Etape(temps_fort=temps_fort, place=stop.place, date=stop.date, position=n)
                for n, stop in enumerate(event.stops)
            )
    if "ressources" in fields:
        semaine.ressources.all().delete()
        Ressource.objects.bulk_create(
            Ressource(
                semaine=semaine,
                title=resource.title,
                kind=resource.kind,
                url=resource.url,
                published=resource.published,
                position=position,
            )
            for position, resource in enumerate(dossier.ressources)
        )


def _write_figures(semaine: Semaine, indicateur: Indicateur, figures: Sequence[ValeurChiffre]) -> None:
    semaine.chiffres.filter(indicateur=indicateur).delete()
    Chiffre.objects.bulk_create(
        Chiffre(
            semaine=semaine,
            indicateur=indicateur,
            position=position,
            kind=figure.kind,
            value=figure.value,
            perimeter=figure.perimeter,
            note=figure.note,
            source=figure.source,
            additive=figure.additive,
        )
        for position, figure in enumerate(figures)
    )


def write_action(
    action: Action, dossier: ActionDossier, fields: Collection[str], themes: Mapping[str, Theme]
) -> None:
    """Write the named fields of an action."""
    for column in ACTION_COLUMNS:
        if column in fields:
            setattr(action, column, getattr(dossier, column))
    if "levels" in fields:
        action.set_levels(dossier.levels)
    if fields:
        action.save()
    if "themes" in fields:
        action.themes.set(themes[code] for code in dossier.themes)
    if "carriers" in fields:
        action.portages.all().delete()
        rows = [carrier(action.semaine.academie, facts) for facts in dossier.carriers]
        ActionPorteur.objects.bulk_create(
            ActionPorteur(action=action, porteur=porteur, position=position)
            for position, porteur in enumerate(dict.fromkeys(rows))
        )
    if "partners" in fields:
        action.participations.all().delete()
        ActionPartenaire.objects.bulk_create(
            ActionPartenaire(action=action, partenaire=partner(facts), position=position)
            for position, facts in enumerate(dict.fromkeys(dossier.partners))
        )
    if "links" in fields:
        action.liens.all().delete()
        Lien.objects.bulk_create(
            Lien(action=action, url=link.url, label=link.label, position=position)
            for position, link in enumerate(dossier.links)
        )


def carrier(academie: Academie, facts: PorteurDossier) -> Porteur:
    """Find or make the carrier; what a later file knows fills what is still unknown, no more."""
    porteur, created = Porteur.objects.get_or_create(
        academie=academie,
        kind=facts.kind,
        name=facts.name,
        commune=facts.commune,
        defaults={
            "insee": facts.insee,
            "uai": facts.uai,
            "latitude": facts.latitude,
            "longitude": facts.longitude,
        },
    )
    if not created:
        changed = []
        for column in ("insee", "uai", "latitude", "longitude"):
            if getattr(porteur, column) in (None, "") and getattr(facts, column) not in (None, ""):
                setattr(porteur, column, getattr(facts, column))
                changed.append(column)
        if changed:
            porteur.save(update_fields=changed)
    return porteur


def partner(facts: PartenaireDossier) -> Partenaire:
    """Find or make the partner."""
    return Partenaire.objects.get_or_create(name=facts.name, kind=facts.kind, internal=facts.internal)[0]
