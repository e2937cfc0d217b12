"""The rows a semaine's plain data stand for, not saved yet; whoever writes a semaine saves them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from accroche.campagne.champs import names
from accroche.campagne.continuite import Connu, continued
from accroche.campagne.models import (
    Chiffre,
    Etape,
    Fenetre,
    Ressource,
    Retombee,
    Semaine,
    TempsFort,
    TexteStrategie,
)
from accroche.campagne.regles import Indicateur
from accroche.dossier.dossier import EtapeDossier, SemaineDossier, TempsFortDossier
from accroche.lib.champs import Genre
from accroche.lib.chiffres import Chiffre as ValeurChiffre

#: The fields of a semaine that are columns of the same name.
SEMAINE_COLUMNS = names(None, Genre.TEXT, Genre.NUMBER, Genre.CHOICE, Genre.FLAG, Genre.DAY)
#: Those that are a column of the same name, as a list.
SEMAINE_LISTS = ("themes", "levels_unknown", "bassins")


def window_rows(semaine: Semaine, dossier: SemaineDossier) -> list[Fenetre]:
    """The date windows."""
    return [Fenetre(semaine=semaine, starts=starts, ends=ends) for starts, ends in dossier.windows]


def figure_rows(semaine: Semaine, indicateur: Indicateur, figures: Sequence[ValeurChiffre]) -> list[Chiffre]:
    """The figures of one answer, in their order."""
    return [
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
    ]


def event_rows(semaine: Semaine, dossier: SemaineDossier) -> list[Model]:
    """The temps forts, each followed by its stops; those the semaine already holds stay who they are."""
    held = () if semaine.pk is None else semaine.temps_forts.prefetch_related("etapes")
    where = f"{semaine.edition.year}-{semaine.academie.slug}"
    told = [Connu(event.title, event) for event in dossier.temps_forts]
    before = [Connu(one.title, event_dossier(one), one.uid, one.sequence) for one in held]
    identities = continued(before, told, where)
    rows: list[Model] = []
    for position, (event, identity) in enumerate(zip(dossier.temps_forts, identities, strict=True)):
        temps_fort = TempsFort(
            semaine=semaine,
            title=event.title,
            kind=event.kind,
            starts=event.starts,
            ends=event.ends,
            place=event.place,
            summary=event.summary,
            authorities=list(event.authorities),
            position=position,
            uid=identity.uid,
            sequence=identity.sequence,
        )
        rows.append(temps_fort)
        rows += [
            Etape(temps_fort=temps_fort, place=stop.place, date=stop.date, position=n)
            for n, stop in enumerate(event.stops)
        ]
    return rows


def event_dossier(event: TempsFort) -> TempsFortDossier:
    """A temps fort as plain data, with its stops."""
    return TempsFortDossier(
        title=event.title,
        kind=event.kind,
        starts=event.starts,
        ends=event.ends,
        place=event.place,
        summary=event.summary,
        stops=tuple(EtapeDossier(stop.place, stop.date) for stop in event.etapes.all()),
        authorities=event.autorites,
    )


def resource_rows(semaine: Semaine, dossier: SemaineDossier) -> list[Ressource]:
    """The resources, in their order."""
    return [
        Ressource(
            semaine=semaine,
            title=resource.title,
            kind=resource.kind,
            url=resource.url,
            published=resource.published,
            position=position,
        )
        for position, resource in enumerate(dossier.ressources)
    ]


def strategy_rows(semaine: Semaine, dossier: SemaineDossier) -> list[TexteStrategie]:
    """The texts of strategy, in their order."""
    return [
        TexteStrategie(semaine=semaine, title=text.title, date=text.date, url=text.url, position=position)
        for position, text in enumerate(dossier.strategie)
    ]


def media_rows(semaine: Semaine, dossier: SemaineDossier) -> list[Retombee]:
    """The media that told of it, in their order."""
    return [
        Retombee(
            semaine=semaine, media=one.media, kind=one.kind, date=one.date, url=one.url, position=position
        )
        for position, one in enumerate(dossier.medias)
    ]
