"""Evidence of how the semaine is seen: one function a code."""

from __future__ import annotations

from accroche.campagne.regles import Autorite, TypeMedia, TypeRessource, TypeTempsFort
from accroche.evaluation.preuves.savoir import Parts, Savoir, counted, said, share, unknown
from accroche.evaluation.preuves.strategie import events
from accroche.lib.texte import liste, nombre


def supports(savoir: Savoir) -> Parts:
    """Published resources by kind."""
    published = savoir.faits.published
    if not published:
        yield unknown("Aucune ressource publiée n’est notée sur la page de la semaine.")
        return
    told = liste(
        f"{kind.label.lower()} ({nombre(published[kind])})" for kind in TypeRessource if published.get(kind)
    )
    yield said(f"En ligne : {told}.")


def productions(savoir: Savoir) -> Parts:
    """Published resources against all of them."""
    faits = savoir.faits
    if not faits.resources:
        yield unknown("Aucune production n’est notée sur la page de la semaine.")
        return
    yield said(
        share(
            faits.resources_public,
            faits.resources,
            ("production", "productions"),
            ("est en ligne", "sont en ligne"),
        )
        + "."
    )


def medias(savoir: Savoir) -> Parts:
    """Coverage in the media."""
    faits = savoir.faits
    if count := sum(faits.medias.values()):
        kinds = liste(kind.label.lower() for kind in TypeMedia if kind and faits.medias.get(kind))
        yield said(f"{counted(count, 'retombée notée', 'retombées notées')}{f' : {kinds}' if kinds else ''}.")
    else:
        yield unknown("Aucune retombée n’est notée sur la page de la semaine.")
    if press := faits.temps_forts.get(TypeTempsFort.PRESSE):
        yield said(f"{counted(press, 'rencontre avec la presse', 'rencontres avec la presse')}.")


def temps_forts(savoir: Savoir) -> Parts:
    """Events by kind."""
    faits = savoir.faits
    if not faits.events:
        yield unknown("Aucun temps fort n’est noté sur la page de la semaine.")
        return
    kinds = [kind for kind in TypeTempsFort if faits.temps_forts.get(kind)]
    detail = f" : {events(faits, kinds)[0].lower()}{events(faits, kinds)[1:]}" if kinds else ""
    yield said(f"{counted(faits.events, 'temps fort', 'temps forts')}{detail}.")


def autorites(savoir: Savoir) -> Parts:
    """Who in authority came."""
    told = [one for one in Autorite if one in savoir.faits.authorities]
    if not told:
        yield unknown("La présence d’autorités n’est pas dite.")
        return
    yield said(f"Présents à un temps fort au moins : {liste(one.label.lower() for one in told)}.")
