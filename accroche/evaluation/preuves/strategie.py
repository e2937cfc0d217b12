"""Evidence of how the semaine belongs to a policy: one function a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from accroche.campagne.regles import TypeRessource, TypeTempsFort
from accroche.evaluation.faits import Faits
from accroche.evaluation.preuves.savoir import Cible, Parts, Savoir, counted, said, share, unknown
from accroche.lib.texte import capitale, liste, nombre, ordinal_feminin

#: Temps forts where teams learn from each other.
OF_THE_NETWORK: Final = (TypeTempsFort.SEMINAIRE, TypeTempsFort.FORMATION, TypeTempsFort.JOURNEE)


def strategie(savoir: Savoir) -> Parts:
    """Texts of strategy."""
    if count := savoir.faits.strategies:
        yield said(f"{counted(count, 'texte de stratégie noté', 'textes de stratégie notés')}.")
    else:
        yield unknown("Aucun texte de stratégie n’est noté sur la page de la semaine.")


def financement(savoir: Savoir) -> Parts:
    """Whether funding is told."""
    if savoir.faits.has_funding:
        yield said("Un financement est annoncé sur la page de la semaine.")
    else:
        yield unknown("Aucun financement n’est noté.")


def pilotage(savoir: Savoir) -> Parts:
    """Pilot service and committee."""
    faits = savoir.faits
    yield (
        said("Un service pilote est nommé.")
        if faits.has_pilot
        else unknown("Aucun service pilote n’est noté.")
    )
    yield (
        said("Un comité de pilotage est décrit.")
        if faits.has_committee
        else unknown("Aucun comité de pilotage n’est noté.")
    )


def dates(savoir: Savoir) -> Parts:
    """Windows and days."""
    faits = savoir.faits
    if not faits.windows:
        yield unknown("Aucune date n’est donnée.")
        return
    yield said(
        f"{counted(faits.windows, 'période', 'périodes')}, {counted(faits.days, 'jour', 'jours')} en tout."
    )


def territoires(savoir: Savoir) -> Parts:
    """Bassins called, and those that have a sheet."""
    faits, terrain = savoir.faits, savoir.terrain
    if faits.appel == "tous":
        yield said("Tous les bassins ont été appelés à participer.")
    elif faits.appel:
        words = (
            counted(faits.bassins, "bassin appelé", "bassins appelés")
            if faits.bassins
            else "Certains bassins seulement"
        )
        yield said(f"{words} à participer." if faits.bassins else f"{words} ont été appelés à participer.")
    else:
        yield unknown("L’académie n’a pas dit quels bassins ont été appelés à participer.")
    if terrain is None or not terrain.bassins:
        yield unknown("Le découpage en bassins n’est pas connu ici.", None)
    else:
        yield said(
            f"{share(terrain.bassins_with, terrain.bassins, ('bassin', 'bassins'), ('a', 'ont'), 'Aucun')} "
            "au moins une fiche.",
            Cible.COUVERTURE,
        )
    if faits.stops:
        yield said(f"{counted(faits.stops, 'étape', 'étapes')} de tournée.")


def reseau(savoir: Savoir) -> Parts:
    """What brings teams together, and sheets that last all year."""
    faits = savoir.faits
    if found := [kind for kind in OF_THE_NETWORK if faits.temps_forts.get(kind)]:
        yield said(f"{events(faits, found)}.")
    else:
        yield unknown("Aucun séminaire, aucune formation ni journée n’est noté.")
    if faits.fiches.count:
        yield said(
            f"{share(faits.fiches.all_year, faits.fiches.count, ('fiche', 'fiches'), ('dure', 'durent'))} "
            "toute l’année.",
            Cible.FICHES,
            etat="published",
        )


def events(faits: Faits, kinds: Iterable[TypeTempsFort]) -> str:
    """Events by kind: « Séminaire (2) et forum (1) »."""
    return capitale(liste(f"{kind.label.lower()} ({nombre(faits.temps_forts[kind])})" for kind in kinds))


def bilan(savoir: Savoir) -> Parts:
    """The report, the figures left N.C., the rank."""
    faits = savoir.faits
    if faits.published.get(TypeRessource.BILAN):
        yield said("Un bilan est en ligne.")
    elif faits.unpublished.get(TypeRessource.BILAN):
        yield said("Un bilan est noté, sans être publié.")
    else:
        yield unknown("Aucun bilan n’est noté sur la page de la semaine.")
    if faits.figures_nc:
        yield unknown("Ni les actions ni les établissements ne sont comptés (N.C.).")
    if faits.ordinal is not None:
        yield said(f"C’est la {ordinal_feminin(faits.ordinal)} semaine de l’académie.")


def axes_suivis(savoir: Savoir) -> Parts:
    """Axes of the edition before, and those kept for the next."""
    if savoir.axes_before is None:
        yield unknown("Les axes de l’édition d’avant ne sont pas connus ici.", None)
    elif not savoir.axes_told:
        kept = counted(savoir.axes_before, "axe retenu", "axes retenus")
        yield unknown(f"{kept} à l’édition d’avant : l’académie n’a pas encore dit ce qu’il en est.")
    else:
        nouns = ("axe retenu à l’édition d’avant", "axes retenus à l’édition d’avant")
        told = share(savoir.axes_done, savoir.axes_before, nouns, ("a avancé", "ont avancé"), "Aucun")
        yield said(f"{told}.")
    if savoir.axes_kept:
        yield said(f"{counted(savoir.axes_kept, 'axe retenu', 'axes retenus')} pour l’édition suivante.")
