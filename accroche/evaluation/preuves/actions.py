"""Evidence of how the actions are known and shown: one function a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import TypeRessource
from accroche.evaluation.faits import Annonce
from accroche.evaluation.preuves.savoir import (
    LACKS,
    NO_LINK,
    NO_TEXT,
    Cible,
    Parts,
    Savoir,
    counted,
    part_of,
    said,
    share,
    unknown,
)
from accroche.lib.chiffres import Chiffre, Kind, format_chiffre
from accroche.lib.texte import NBSP, capitale, liste, nombre, pluriel
from accroche.pilotage.couverture import Avancement

#: What tells the public which actions there are.
LISTS: Final = (TypeRessource.RECENSEMENT, TypeRessource.CARTE, TypeRessource.PROGRAMME)


def fiches(savoir: Savoir) -> Parts:
    """Sheets, schools that carry them, and the numbers the académie gives."""
    fiches = savoir.faits.fiches
    if not savoir.counts_sheets:
        yield said(
            f"{counted(fiches.count, 'fiche est racontée', 'fiches sont racontées')} en exemple par le "
            "bilan de cette édition : leur nombre ne dit pas combien d’actions ont eu lieu.",
            Cible.FICHES,
            etat="published",
        )
    elif not fiches.count:
        yield said("Aucune fiche n’est publiée.", Cible.FICHES, etat="toutes")
    else:
        carried = (
            f", portées par {counted(fiches.schools, 'établissement', 'établissements')}"
            if fiches.schools
            else ""
        )
        yield said(
            f"{counted(fiches.count, 'fiche publiée', 'fiches publiées')}{carried}.",
            Cible.FICHES,
            etat="published",
        )
    if savoir.counts_sheets and fiches.count:
        return  # the figures of the edition are these very counts
    yield from _announced(savoir.faits.actions, "actions", "Le nombre d’actions")
    yield from _announced(
        savoir.faits.etablissements, "écoles et établissements", "Le nombre d’établissements"
    )


def _announced(told: Annonce, nouns: str, name: str) -> Parts:
    if told.kind is None:
        yield unknown(f"{name} n’est pas donné.")
    elif told.kind is Kind.ALL:
        yield said(f"{name} est donné par « tous », sans chiffre.")
    elif told.value is None:
        yield unknown(f"{name} n’est pas communiqué (N.C.) : ce n’est pas zéro.")
    else:
        number = format_chiffre(Chiffre(kind=told.kind, value=told.value))
        yield said(f"L’académie compte {number}{NBSP}{nouns}.")


def couverture(savoir: Savoir) -> Parts:
    """The share of the directory that has declared, and who has not."""
    levels = savoir.faits.coverage
    if levels is None:
        yield unknown(
            "L’annuaire des établissements n’est pas connu ici : la part qui a répondu est inconnue.", None
        )
        return
    whole = sum(levels.values(), Avancement())
    if not whole.schools:
        yield unknown("L’annuaire ne connaît aucun établissement de l’académie.", Cible.COUVERTURE)
        return
    nouns = ("établissement", "écoles et établissements")
    told = share(
        whole.declared, whole.schools, nouns, ("a déclaré une action", "ont déclaré une action"), "Aucun"
    )
    yield said(f"{told} ({whole.rate}{NBSP}%).", Cible.COUVERTURE)
    if whole.missing:
        yield said(
            f"{counted(whole.missing, 'n’a pas encore déclaré', 'n’ont pas encore déclaré')}.",
            Cible.ETABLISSEMENTS,
        )
    for level in Niveau:
        part = levels.get(level)
        if part and part.schools and part.declared < part.schools:
            yield said(
                f"{level.label} : {nombre(part.declared)} sur {nombre(part.schools)} ({part.rate}{NBSP}%).",
                Cible.ETABLISSEMENTS,
                niveau=level.value,
            )


def touched(savoir: Savoir) -> tuple[Niveau, ...]:
    """The levels an edition reaches: those the académie ticked, and those of its sheets."""
    faits = savoir.faits
    return tuple(level for level in Niveau if level in faits.levels or faits.fiches.of(level))


def niveaux(savoir: Savoir) -> Parts:
    """Levels reached, and the sheets of each."""
    found, fiches = touched(savoir), savoir.faits.fiches
    if not found:
        yield unknown("Aucun niveau n’est coché, ni sur la page de la semaine ni sur une fiche.")
        return
    names = liste(level.label.lower() for level in found)
    every = f"Les {len(Niveau)}{NBSP}niveaux"
    some = part_of(len(found), len(Niveau), "niveau", "niveaux")
    yield said(f"{every if len(found) == len(Niveau) else some} : {names}.")
    if fiches.count and savoir.counts_sheets:
        for level in Niveau:
            count = fiches.of(level)
            words = counted(count, "fiche", "fiches") if count else "aucune fiche"
            yield said(f"{level.label} : {words}.", Cible.FICHES, etat="published", niveau=level.value)


def liste_publique(savoir: Savoir) -> Parts:
    """Public lists, and published sheets against those received."""
    faits = savoir.faits
    if public := [kind for kind in LISTS if faits.published.get(kind)]:
        yield said(f"{_kinds(public)} en ligne.")
    elif hidden := [kind for kind in LISTS if faits.unpublished.get(kind)]:
        yield said(f"{_kinds(hidden)} : noté, et non publié.")
    else:
        yield unknown(
            "Aucun recensement, aucune carte ni aucun programme n’est noté sur la page de la semaine."
        )
    if savoir.received and savoir.counts_sheets:
        published = faits.fiches.count
        told = share(
            published, savoir.received, ("fiche reçue", "fiches reçues"), ("est publiée", "sont publiées")
        )
        yield said(
            f"{told} sur le site.",
            Cible.FICHES,
            etat="submitted" if published < savoir.received else "published",
        )


def _kinds(kinds: Iterable[TypeRessource]) -> str:
    return capitale(liste(kind.label.lower() for kind in kinds))


def fiches_racontees(savoir: Savoir) -> Parts:
    """Sheets with a text, a link, a video, an attachment; and without."""
    fiches = savoir.faits.fiches
    if not fiches.count:
        yield unknown("Aucune fiche n’est publiée : il n’y a rien à regarder encore.", Cible.FICHES)
        return
    for have, noun, lacks in (
        (fiches.with_text, "texte", NO_TEXT),
        (fiches.with_link, "lien", NO_LINK),
    ):
        if missing := fiches.count - have:
            part = part_of(missing, fiches.count, "fiche", "fiches")
            told = f"{part} {pluriel(missing, 'n’a pas', 'n’ont pas')} de {noun}."
            if missing == fiches.count > 1:
                told = f"Aucune des {nombre(missing)}{NBSP}fiches n’a de {noun}."
            yield said(told, Cible.FICHES, etat="published", **{LACKS: lacks})
    if fiches.with_link == fiches.count:
        yield said("Toutes les fiches ont un lien.", Cible.FICHES, etat="published")
    if fiches.with_video:
        yield said(
            share(fiches.with_video, fiches.count, ("fiche", "fiches"), ("a une vidéo", "ont une vidéo"))
            + ".",
            Cible.FICHES,
            etat="published",
        )
    if fiches.with_piece:
        yield said(
            share(
                fiches.with_piece,
                fiches.count,
                ("fiche", "fiches"),
                ("a une image ou un document", "ont une image ou un document"),
            )
            + ".",
            Cible.FICHES,
            etat="published",
        )


def remarquables(savoir: Savoir) -> Parts:
    """Sheets that are marked or prized."""
    fiches = savoir.faits.fiches
    marked = max(fiches.remarkable, fiches.prized)
    if marked:
        prized = f", {counted(fiches.prized, 'primée', 'primées')}" if fiches.prized else ""
        yield said(
            f"{counted(fiches.remarkable, 'fiche remarquable', 'fiches remarquables')}{prized}.",
            Cible.FICHES,
            etat="published",
        )
    elif fiches.count:
        yield said("Aucune fiche n’est marquée comme remarquable ni primée.", Cible.FICHES, etat="published")
    else:
        yield unknown("Aucune fiche n’est publiée.", Cible.FICHES)


def reprises(savoir: Savoir) -> Parts:
    """Sheets born of another."""
    if savoir.reprises is None:
        yield unknown(
            "Le site ne sait pas quelle action est née d’une autre : aucune n’a été déclarée ici.", None
        )
    else:
        yield said(
            f"{counted(savoir.reprises, 'fiche née', 'fiches nées')} d’une autre.",
            Cible.FICHES,
            etat="published",
        )
