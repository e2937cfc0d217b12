"""Evidence of how partners take part: one function a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from accroche.campagne.regles import PARTENAIRE_LABELS, Alliances, Portage, RoleSemaine, TypePartenaire
from accroche.evaluation.preuves.savoir import (
    LACKS,
    NO_EXTERNAL,
    Cible,
    Indication,
    Parts,
    Savoir,
    counted,
    said,
    share,
    unknown,
)
from accroche.lib.texte import liste

SHEETS: Final = ("fiche", "fiches")


def alliances(savoir: Savoir) -> Parts:
    """Between whom alliances are, as the académie says."""
    yield _answered(
        savoir.faits.alliances,
        {
            code.value: f"Alliances déclarées : {code.label[0].lower()}{code.label[1:]}."
            for code in Alliances
            if code
        },
        Alliances.NC,
        "L’académie n’a pas dit entre qui se nouent les alliances.",
    )


def portage(savoir: Savoir) -> Parts:
    """Who weaves them, as the académie says."""
    yield _answered(
        savoir.faits.portage,
        {
            code.value: f"Qui noue les alliances : {code.label[0].lower()}{code.label[1:]}."
            for code in Portage
            if code
        },
        Portage.NC,
        "L’académie n’a pas dit qui noue les alliances.",
    )


def _answered(code: str, words: Mapping[str, str], nc: str, missing: str) -> Indication:
    if code == nc:
        return unknown(f"{words[code].removesuffix('.')} (N.C.).")
    return said(words[code]) if code in words else unknown(missing)


def partenaires_des_fiches(savoir: Savoir) -> Parts:
    """Sheets that name an external partner, and those of the semaine."""
    faits, fiches = savoir.faits, savoir.faits.fiches
    if fiches.count:
        alone = fiches.count - fiches.with_external
        yield said(
            f"{share(fiches.with_external, fiches.count, SHEETS, ('nomme', 'nomment'))} un partenaire "
            "extérieur.",
            Cible.FICHES,
            etat="published",
            **({LACKS: NO_EXTERNAL} if alone else {}),
        )
    else:
        yield unknown("Aucune fiche n’est publiée : leurs partenaires ne sont pas connus.", Cible.FICHES)
    words = (
        counted(
            faits.partners_external, "partenaire extérieur est nommé", "partenaires extérieurs sont nommés"
        )
        if faits.partners_external
        else "Aucun partenaire extérieur n’est nommé"
    )
    yield said(f"{words} sur la page de la semaine.")


def familles(savoir: Savoir) -> Parts:
    """Families of external partners."""
    kinds = savoir.faits.partner_kinds
    if not kinds:
        yield unknown("Aucun partenaire extérieur n’a de famille connue.")
        return
    names = liste(
        f"{label[0].lower()}{label[1:]}" for kind, label in PARTENAIRE_LABELS.items() if kind in kinds
    )
    yield said(f"{counted(len(kinds), 'famille', 'familles')} de partenaires extérieurs : {names}.")


def roles(savoir: Savoir) -> Parts:
    """What partners of the semaine do."""
    told = [role for role in RoleSemaine if role and role in savoir.faits.partner_roles]
    if not told:
        yield unknown("Le rôle des partenaires n’est pas dit sur la page de la semaine.")
        return
    yield said(f"Au moins un partenaire {liste(role.label for role in told)}.")


def parents(savoir: Savoir) -> Parts:
    """Sheets about parents, and parents among the partners."""
    fiches = savoir.faits.fiches
    if fiches.count:
        yield said(
            f"{share(fiches.with_parents, fiches.count, SHEETS, ('a', 'ont'))} les parents pour thème.",
            Cible.FICHES,
            etat="published",
        )
    if TypePartenaire.PARENTS in savoir.faits.partner_kinds:
        yield said("Des parents sont nommés parmi les partenaires.")
    else:
        yield unknown("Aucun partenaire de la famille « parents » n’est nommé.")
