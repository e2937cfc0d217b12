"""The title line of an action: its title, who carries it, the prize it got.

« Défis, Collèges A, X ; B, Y » has two carriers; « Micro-lycée Pergaud, Besançon » names its
carrier in the title. The rules are those of docs/pack.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from accroche.actions.dossier import PorteurDossier, TypePorteur
from accroche.imports.rapport.lignes import fait, sans_accents
from accroche.imports.rapport.organisations import DEPARTEMENTS, type_de

_PRIX = re.compile(r"\(((?:prix|mention|trophée|médaille)\b[^()]*)\)$", re.IGNORECASE)
_ENTRE_PARENTHESES = re.compile(r"([^()]+) \(([^()]+)\)")
# Words of a school's type, in the plural, that a list of schools shares.
_TYPES_PLURIELS: Final = {
    "collèges": "collège",
    "lycées": "lycée",
    "écoles": "école",
    "ecoles": "ecole",
    "micro-lycées": "micro-lycée",
    "professionnels": "professionnel",
    "polyvalents": "polyvalent",
    "généraux": "général",
    "technologiques": "technologique",
    "élémentaires": "élémentaire",
    "primaires": "primaire",
    "maternelles": "maternelle",
    "agricoles": "agricole",
    "départementaux": "départemental",
}
_PARTICULES: Final = frozenset(
    ["de", "du", "des", "la", "le", "les", "et", "en", "sur", "sous", "lès", "à", "-", "–"]
)
# « Collège Croix Menée du Creusot »: the place closes the name. But « du Bellay » is a person.
_LIEU_FINAL = re.compile(r"(?P<nom>\S+ .*\S) (?P<article>du|à) (?P<lieu>[^\W\d_a-z].*)")
_CIO_LIEU = re.compile(r"CIO (?P<article>de |du |des |d’|à )(?P<lieu>[^\W\d_a-z].*)")
_PERSONNES: Final = frozenset(["Bellay", "Guesclin", "Châtelet", "Deffand", "Barry", "Bos"])
_DANS_LE_TITRE = re.compile(
    r"(?:^|[ ’])(?P<nom>(?:micro-lycée|lycée|collège|école|ecole|CIO|DSDEN|circonscription|CCI)s?\b.*)",
    re.IGNORECASE,
)
_ACADEMIE = re.compile(r" (?:de|pour) l’(?P<nom>Académie (?:de |d’|du )[^\W\d_a-z].*)")
_TERRITOIRE = re.compile(r" territoire (?:de |d’)(?P<lieu>[^\W\d_a-z].*)")
_ARTICLES: Final = {"du ": "Le ", "des ": "Les "}


@dataclass(frozen=True, slots=True)
class TitreLu:
    """What a title line says; ``doute`` is a French question to the reader, empty when clear."""

    title: str
    carriers: tuple[PorteurDossier, ...] = ()
    prize: str = ""
    doute: str = ""


def lire_titre(ligne: str, description: str = "") -> TitreLu:
    """Read a title line, its wrapped lines joined; ``description`` settles what a lone name is."""
    texte = fait(ligne).rstrip(" ,;")
    prix = _PRIX.search(texte)
    prize = ""
    if prix:
        prize = prix.group(1)
        texte = texte[: prix.start()].rstrip(" ,;")
    segments = _segments(texte)
    for rang, segment in enumerate(segments[1:], start=1):
        if _est_organisation(segment):
            return TitreLu(", ".join(segments[:rang]), _porteurs(segments[rang:]), prize)
    return _sans_organisation(segments, description, prize)


def _segments(texte: str) -> list[str]:
    """Cut at the commas that are outside brackets and quotation marks."""
    coupes: list[int] = []
    profondeur = 0
    for rang, signe in enumerate(texte):
        if signe in "(«":
            profondeur += 1
        elif signe in ")»":
            profondeur = max(0, profondeur - 1)
        elif signe == "," and not profondeur:
            coupes.append(rang)
    if profondeur:  # a quotation that is never closed hides nothing
        coupes = [rang for rang, signe in enumerate(texte) if signe == ","]
    bornes = [-1, *coupes, len(texte)]
    morceaux = (texte[a + 1 : b].strip() for a, b in pairwise(bornes))
    return [m for m in morceaux if m] or [""]


def _est_organisation(segment: str) -> bool:
    if type_de(segment) is None:
        return False
    if segment[0].isupper():
        return True
    # « collège Les Eucalyptus » is one, « collège, lycée : un parcours » is not.
    return any(mot[0].isupper() for mot in segment.split()[1:])


def _porteurs(segments: list[str]) -> tuple[PorteurDossier, ...]:
    """Read « Collège A, X », « Collèges A, X ; B, Y », « Collèges A (X), B (Y) », « Collèges A, B »."""
    tete, premier = _tete(segments[0])
    if tete:
        return _liste(tete, [premier, *segments[1:]])
    trouves: list[PorteurDossier] = []
    for groupe in _groupes(segments):
        nom, commune = groupe[0], ", ".join(groupe[1:])
        entre = _ENTRE_PARENTHESES.fullmatch(nom)
        if entre and not commune and not entre.group(2).isupper():
            nom, commune = entre.group(1), entre.group(2)
        trouves.extend(_porteur(n, commune) for n in _acronymes(nom))
    return tuple(trouves)


def _tete(segment: str) -> tuple[str, str]:
    """Split « Collèges Félix Tisserand » into its type in the singular and the first name."""
    mots = segment.split()
    tete: list[str] = []
    pluriel = False
    for mot in mots:
        bas = mot.casefold()
        if bas in _TYPES_PLURIELS:
            tete.append(_TYPES_PLURIELS[bas])
            pluriel = pluriel or not tete[1:]
        elif (
            tete
            and bas == "et"
            and len(mots) > len(tete) + 1
            and mots[len(tete) + 1].casefold() in _TYPES_PLURIELS
        ):
            tete.append(mot)
        else:
            break
    if not pluriel:
        return "", segment
    nom = " ".join(tete)
    return nom[0].upper() + nom[1:], " ".join(mots[len(tete) :])


def _liste(tete: str, segments: list[str]) -> tuple[PorteurDossier, ...]:
    """Read the schools of a list that shares its type."""
    premier = segments[0]
    if ";" in "".join(segments):
        groupes = [[s.strip() for s in g.split(",") if s.strip()] for g in ", ".join(segments).split(";")]
        return tuple(_nomme(tete, g[0], ", ".join(g[1:])) for g in groupes if g)
    entre = [_ENTRE_PARENTHESES.fullmatch(s) for s in segments]
    if any(entre):
        return tuple(
            _nomme(tete, m.group(1), m.group(2)) if m else _nomme(tete, s, "")
            for s, m in zip(segments, entre, strict=True)
        )
    if not premier:  # « Collèges, Port Louis, Abymes Bourg »: only their places
        return tuple(_porteur(tete, lieu) for lieu in segments[1:]) or (_porteur(tete, ""),)
    if " et " in premier and len(segments) <= 2:  # noqa: PLR2004  a list of names, then their place
        return tuple(_nomme(tete, nom, ", ".join(segments[1:])) for nom in premier.split(" et "))
    if premier.startswith(("des ", "du ", "de ", "d’")):  # « Ecoles des lacs, Aydat »: one group
        return (_porteur(f"{tete} {premier}", ", ".join(segments[1:])),)
    return tuple(_nomme(tete, nom, "") for segment in segments for nom in segment.split(" et "))


def _nomme(tete: str, nom: str, commune: str) -> PorteurDossier:
    """Name a school of a list; one that states its own type keeps it."""
    propre = nom.strip()
    return _porteur(propre if type_de(propre) else f"{tete} {propre}", commune.strip())


def _groupes(segments: list[str]) -> list[list[str]]:
    """Group each organisation with the places that follow it."""
    groupes: list[list[str]] = []
    for segment in segments:
        for rang, morceau in enumerate(m.strip() for m in segment.split(";")):
            if not morceau:
                continue
            if rang or not groupes or _est_organisation(morceau):
                groupes.append([morceau])
            else:
                groupes[-1].append(morceau)
    return groupes


def _acronymes(nom: str) -> list[str]:
    """Separate « MENESR – IFé », two bodies that sign together."""
    parties = nom.split(" – ")
    if len(parties) > 1 and all(" " not in p and type_de(p) for p in parties):
        return parties
    return [nom]


def _porteur(nom: str, commune: str) -> PorteurDossier:
    nom = nom[0].upper() + nom[1:]
    kind = type_de(nom) or TypePorteur.AUTRE
    if not commune:
        cio = _CIO_LIEU.fullmatch(nom)
        final = _LIEU_FINAL.fullmatch(nom)
        if cio:
            commune = _lieu(cio.group("article"), cio.group("lieu"))
        elif final and _place_close_le_nom(kind, final):
            commune = _lieu(final.group("article") + " ", final.group("lieu"))
            nom = final.group("nom")
    return PorteurDossier(nom, kind, commune)


def _lieu(article: str, lieu: str) -> str:
    return _ARTICLES.get(article, "") + lieu


def _place_close_le_nom(kind: TypePorteur, final: re.Match[str]) -> bool:
    if kind not in {
        TypePorteur.ECOLE,
        TypePorteur.COLLEGE,
        TypePorteur.LYCEE,
        TypePorteur.LYCEE_PROFESSIONNEL,
    }:
        return False
    if final.group("lieu").split()[0] in _PERSONNES:
        return False
    return any(mot[0].isupper() for mot in final.group("nom").split()[1:])


def _sans_organisation(segments: list[str], description: str, prize: str) -> TitreLu:
    """Read a line whose commas lead to no organisation: the title names one, or a place."""
    dernier = segments[-1]
    lieu = dernier if len(segments) > 1 and dernier[0].isupper() else ""
    titre = ", ".join(segments[:-1]) if lieu else ", ".join(segments)
    nomme = _nomme_dans(titre)
    if nomme:
        porteur = _porteur(nomme, lieu)
        if "nouvelle chance" in sans_accents(nomme):  # a network of schools under one name
            porteur = PorteurDossier(porteur.name, TypePorteur.RESEAU, porteur.commune)
        return TitreLu(titre, (porteur,), prize)
    if not lieu:
        academie = _ACADEMIE.search(titre)
        if academie:
            return TitreLu(titre, (PorteurDossier(academie.group("nom"), TypePorteur.ACADEMIE),), prize)
        territoire = _TERRITOIRE.search(titre)
        if territoire:
            return TitreLu(titre, (_territoire(territoire.group("lieu")),), prize)
        return TitreLu(titre, (), prize)
    est_lieu, doute = _lieu_ou_organisation(lieu, description)
    return TitreLu(
        titre, (_territoire(lieu) if est_lieu else PorteurDossier(lieu, TypePorteur.AUTRE),), prize, doute
    )


def _territoire(lieu: str) -> PorteurDossier:
    """Make a place the carrier of an action; a département is no commune."""
    commune = "" if sans_accents(lieu) in DEPARTEMENTS else lieu
    return PorteurDossier(lieu, TypePorteur.TERRITOIRE, commune)


def _nomme_dans(titre: str) -> str:
    """Give the organisation a title ends with: « Actions du Collège Hector Berlioz »."""
    motif = _DANS_LE_TITRE.search(titre)
    if motif is None:
        return ""
    nom = motif.group("nom")
    suite = nom.split()[1:]
    types = {*_TYPES_PLURIELS, *_TYPES_PLURIELS.values()}
    propres = [m for m in suite if m.casefold() not in _PARTICULES and m.casefold() not in types]
    if not propres or not all(_est_nom_propre(m) for m in propres):
        return ""
    return nom


def _est_nom_propre(mot: str) -> bool:
    return mot.rpartition("’")[2][:1].isupper()


def _lieu_ou_organisation(nom: str, description: str) -> tuple[bool, str]:
    """Tell a place from an organisation by the way the description speaks of it."""
    if any(f"{par}{nom}" in description for par in ("par l’", "par le ", "par la ")):
        return False, ""
    if nom in description or sans_accents(nom) in DEPARTEMENTS:
        return True, ""
    doute = (
        f"« {nom} », en fin de titre, est lu comme le lieu de l’action. Corrigez si c’est une partie du "
        "titre ou un organisme."
    )
    return True, doute
