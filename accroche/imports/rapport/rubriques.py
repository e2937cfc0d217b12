"""The rubrics of a sheet: dates, ordinal, levels, figures, axes, sponsor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.actions.dossier import AxeRetenu, Niveau
from accroche.imports.rapport.axes import code_axe
from accroche.imports.rapport.lignes import Ligne, sans_accents
from accroche.imports.rapport.paragraphes import Paragraphe
from accroche.imports.rapport.problemes import Releve
from accroche.lib.chiffres import Chiffre, ChiffreError, parse
from accroche.lib.dates import DateError, Window, parse_windows
from accroche.lib.texte import OrdinalError, parse_ordinal

_COCHEES: Final = "\uf0fe\uf052☒☑✓✔"
_VIDES: Final = "\uf06f\uf0a8☐□"
_CASE = re.compile(f"([{_COCHEES}{_VIDES}])([^{_COCHEES}{_VIDES}]*)")
_NIVEAUX: Final = {
    "premier degre": Niveau.PREMIER_DEGRE,
    "college": Niveau.COLLEGE,
    "lycee": Niveau.LYCEE,
    "lycee professionnel": Niveau.LYCEE_PROFESSIONNEL,
}
#: A figure longer than this is no figure.
_MAX_CHIFFRE: Final = 600
# Where a paragraph says which edition it is about.
_OUVERTURE: Final = 600
_SA_SEMAINE = re.compile(r"\bsa ([\w-]+) (?:semaine|édition)\b", re.IGNORECASE)
_EDITION_DE = re.compile(r"La ([\w-]+) (?:édition de la )?Semaine\b.{0,120}\bAcadémie\b", re.IGNORECASE)
_CONTINUITE = re.compile(r"\bcontinuité de la ([\w-]+) (?:semaine|édition)\b", re.IGNORECASE)
_PARRAIN = re.compile(
    r"(?:Le |La |L’|Les )?([^.]{2,80}?) (?:est|sont) (?:le parrain|la marraine|les parrains)\b"
)
_PARRAINE = re.compile(r"\bparrainée? par ([^.,;]{2,100})")


def est_case(ligne: Ligne) -> bool:
    """Tell whether a line is a box to tick."""
    return _CASE.match(ligne.texte) is not None


def lire_dates(lignes: Sequence[Ligne], edition: str, releve: Releve) -> tuple[Window, ...]:
    """Read the windows; lines that wrap are read together, a line not understood is reported."""
    try:
        return parse_windows([ligne.texte for ligne in lignes], edition)
    except DateError:
        pass
    trouvees: list[Window] = []
    for ligne in lignes:
        try:
            trouvees.extend(parse_windows([ligne.texte], edition))
        except DateError as erreur:
            releve.note(ligne.numero, ligne.texte, f"{erreur}")
    return tuple(trouvees)


def lire_ordinal(recit: Iterable[Paragraphe]) -> int | None:
    """Read which edition of the académie this is, None when the text does not say.

    Only what the académie says of itself counts: a département may be ahead of it (Nièvre),
    and « dans la continuité de la première Semaine » makes this one the second.
    """
    for paragraphe in recit:
        texte = paragraphe.texte[:_OUVERTURE]
        motif, decalage = None, 0
        if texte.startswith(("L’Académie", "L’académie")):
            motif = _SA_SEMAINE.search(texte)
        if motif is None:
            motif = _EDITION_DE.match(texte)
        if motif is None:
            motif, decalage = _CONTINUITE.search(texte), 1
        if motif is None:
            continue
        try:
            return parse_ordinal(motif.group(1)) + decalage
        except OrdinalError:
            continue
    return None


def lire_niveaux(lignes: Sequence[Ligne], defaut: int, releve: Releve) -> frozenset[Niveau]:
    """Read the ticked boxes; each of the four must be there, ticked or not."""
    vues: dict[Niveau, bool] = {}
    for ligne in lignes:
        for signe, libelle in _CASE.findall(ligne.texte):
            niveau = _NIVEAUX.get(sans_accents(libelle).rstrip(" :;,."))
            if niveau is None:
                releve.note(
                    ligne.numero,
                    ligne.texte,
                    "Cette case ne nomme aucun des quatre niveaux (premier degré, collège, lycée, lycée "
                    "professionnel) : elle est laissée de côté. Corrigez son libellé.",
                )
            elif niveau in vues and vues[niveau] != (signe in _COCHEES):
                releve.note(
                    ligne.numero,
                    ligne.texte,
                    "Ce niveau a déjà une case, qui dit le contraire : la première compte. Supprimez celle "
                    "qui est en trop.",
                )
            else:
                vues[niveau] = signe in _COCHEES
    manquantes = [libelle for libelle, niveau in _NIVEAUX.items() if niveau not in vues]
    if manquantes:
        releve.note(
            lignes[0].numero if lignes else defaut,
            "",
            f"Cases à cocher non trouvées : {', '.join(manquantes)}. Ces niveaux sont tenus pour non "
            "cochés ; vérifiez la fiche.",
        )
    return frozenset(niveau for niveau, cochee in vues.items() if cochee)


def lire_chiffres(
    lignes: Sequence[Ligne], quoi: str, defaut: int, source: str, releve: Releve
) -> tuple[Chiffre, ...]:
    """Read one figure, « Nombre … : » and its wrapped lines; an unreadable one is unavailable."""
    brut = "\n".join(ligne.texte for ligne in lignes)
    valeur = brut.partition(":")[2].strip()
    numero = lignes[0].numero if lignes else defaut
    probleme = ""
    if not valeur:
        probleme = f"Le nombre {quoi} manque. Écrivez un nombre, ou « N.C. »."
    elif len(valeur) > _MAX_CHIFFRE:
        probleme = f"Le nombre {quoi} est noyé dans un long texte. Ne laissez que le nombre et sa précision."
    else:
        try:
            return parse(valeur, source=source)
        except ChiffreError as erreur:
            probleme = f"{erreur}"
    releve.note(numero, brut, probleme)
    return parse("", source=source)


def lire_axes(
    puces: Sequence[Paragraphe], annonces: int, numero: int, releve: Releve
) -> tuple[AxeRetenu, ...]:
    """Classify the bullets of the axes list, and compare their number with the one announced."""
    axes: list[AxeRetenu] = []
    for puce in puces:
        code = code_axe(puce.texte)
        if code is None:
            releve.note(
                puce.numero,
                puce.texte,
                "Cet axe de travail ne correspond à aucun des dix axes du catalogue : il n’est pas repris. "
                "Rattachez-le à la main.",
            )
        else:
            axes.append(AxeRetenu(code, puce.texte.rstrip(" ;.")))
    if len(puces) != annonces:
        releve.note(
            numero,
            "",
            f"Le texte annonce {annonces} axe(s) de travail et en énumère {len(puces)}. Vérifiez la liste.",
        )
    return tuple(axes)


def lire_parrain(paragraphes: Iterable[Paragraphe]) -> str:
    """Give the sponsor's name, empty when none is named."""
    for paragraphe in paragraphes:
        texte = paragraphe.texte[: _OUVERTURE * 2]
        motif = _PARRAIN.match(texte)
        if motif:
            return motif.group(1)
        motif = _PARRAINE.search(texte)
        if motif:
            return _nom_propre(motif.group(1))
    return ""


def _nom_propre(groupe: str) -> str:
    """Keep the name that closes « l’ex-basketteur professionnel Yohann Sangaré »."""
    mots = groupe.split()
    rang = len(mots)
    while rang and mots[rang - 1][0].isupper():
        rang -= 1
    return " ".join(mots[rang:]) or groupe
