"""What a report says outside its sheets: introduction, objectives, perspectives, tutoring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.actions.dossier import ObjectifDossier, PerspectiveDossier, TutoratDossier
from accroche.imports.rapport.adresses import Pied, assembler
from accroche.imports.rapport.axes import nombre
from accroche.imports.rapport.lignes import Ligne, fait, sans_accents
from accroche.imports.rapport.paragraphes import prose
from accroche.imports.rapport.problemes import Releve

#: The end of a report is a few pages; beyond, it is not read.
MAX_FIN: Final = 200_000
_OBJECTIFS: Final = (
    ("identifier_valoriser", "identifier et valoriser les actions"),
    ("mobiliser_partenaires", "mobiliser les partenaires"),
    ("integrer_strategie", "integrer la semaine dans une strategie"),
    ("communiquer", "communiquer et rendre visible"),
)
_PERSPECTIVES: Final = "perspectives pour l'edition"
_TEXTE: Final = "texte"
_PRECEDENTES: Final = "precedentes"
_MAX_TITRE: Final = 130
_NUMEROTEE = re.compile(r"[1-9]\. (?=[^\W\d_])")
_LISTE: Final = r"[^()]{0,400}\(([^()]{1,600})\)"
_DEJA = re.compile(rf"(\w+) Académies avaient déjà organisé{_LISTE}")
_TUTORATS: Final = (
    ("prioritaire", re.compile(rf"(Académies présentant la plus grande marge de progrès){_LISTE}")),
    ("possible", re.compile(rf"(Académies qui viennent d’amorcer une nouvelle dynamique){_LISTE}")),
)


@dataclass(frozen=True, slots=True)
class Fin:
    """What the end of the report gives."""

    objectifs: tuple[ObjectifDossier, ...] = ()
    perspectives: tuple[PerspectiveDossier, ...] = ()
    tutorats: tuple[TutoratDossier, ...] = ()
    previous_academies: tuple[str, ...] = ()
    textes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Bloc:
    code: str
    titre: str
    lignes: list[Ligne]


def lire_introduction(lignes: Sequence[Ligne]) -> tuple[tuple[str, str], ...]:
    """Read the headings in capitals and their paragraphs."""
    blocs: list[tuple[str, list[Ligne]]] = []
    for ligne in lignes:
        if ligne.texte.isupper() and len(ligne.texte) <= _MAX_TITRE:
            blocs.append((fait(ligne.texte), []))
        else:
            if not blocs:
                blocs.append(("", []))
            blocs[-1][1].append(ligne)
    return tuple((titre, prose(corps)) for titre, corps in blocs if corps)


def lire_fin(lignes: Sequence[Ligne], academies: Sequence[str], releve: Releve) -> Fin:
    """Read the end; every part may be absent."""
    lues = _bornees(lignes, releve)
    blocs = _blocs(lues)
    objectifs = tuple(
        ObjectifDossier(b.code, b.titre, prose(b.lignes), _citees(b.lignes, academies))
        for b in blocs
        if b.code and b.code not in {_TEXTE, _PRECEDENTES}
    )
    perspectives = tuple(PerspectiveDossier(b.titre, prose(b.lignes)) for b in blocs if not b.code)
    tout = fait(assembler([ligne.texte for ligne in lues], Pied()))
    debut = lues[0].numero if lues else 0
    tutorats = []
    for kind, motif in _TUTORATS:
        trouve = motif.search(tout)
        if trouve:
            tutorats.append(TutoratDossier(kind, _noms(trouve.group(2)), trouve.group(1)))
    precedentes = _precedentes(tout, debut, releve)
    textes = [(b.titre, prose(b.lignes)) for b in blocs if b.code == _TEXTE and b.lignes]
    if not precedentes:
        textes.extend(("", prose(b.lignes)) for b in blocs if b.code == _PRECEDENTES)
    return Fin(objectifs, perspectives, tuple(tutorats), precedentes, tuple(textes))


def _bornees(lignes: Sequence[Ligne], releve: Releve) -> list[Ligne]:
    lues: list[Ligne] = []
    taille = 0
    for ligne in lignes:
        taille += len(ligne.texte)
        if taille > MAX_FIN:
            releve.note(
                ligne.numero,
                ligne.texte,
                "La conclusion est anormalement longue : elle n’est pas lue au-delà de cette ligne. Vérifiez "
                "le fichier.",
            )
            break
        lues.append(ligne)
    return lues


def _blocs(lignes: Iterable[Ligne]) -> list[_Bloc]:
    """Group the lines under the headings of the conclusion; a heading may wrap."""
    blocs: list[_Bloc] = [_Bloc(_TEXTE, "Conclusion", [])]
    titre_ouvert = False
    for ligne in lignes:
        code = _code(ligne)
        if code is not None:
            titre = _NUMEROTEE.sub("", ligne.texte, count=1) if not code else ligne.texte
            blocs.append(_Bloc(code, fait(titre), []))
            titre_ouvert = True
        elif titre_ouvert and ligne.texte[0].islower() and len(ligne.texte) <= _MAX_TITRE // 2:
            blocs[-1].titre = fait(f"{blocs[-1].titre} {ligne.texte}")
        elif "avaient déjà organisé" in ligne.texte:
            blocs.append(_Bloc(_PRECEDENTES, "", [ligne]))
            titre_ouvert = False
        else:
            blocs[-1].lignes.append(ligne)
            titre_ouvert = False
    return blocs


def _code(ligne: Ligne) -> str | None:
    """Give the code of an objective's heading, an empty one for a numbered perspective, None for text."""
    if len(ligne.texte) > _MAX_TITRE or ligne.texte.endswith("."):
        return None
    if _NUMEROTEE.match(ligne.texte):
        return ""
    cle = sans_accents(ligne.texte)
    if cle.startswith(_PERSPECTIVES):
        return _TEXTE
    return next((code for code, debut in _OBJECTIFS if cle.startswith(debut)), None)


def _citees(lignes: Sequence[Ligne], academies: Sequence[str]) -> tuple[str, ...]:
    """Give the académies a text cites, in its order."""
    texte = fait(assembler([ligne.texte for ligne in lignes], Pied()))
    rangs: list[tuple[int, str]] = []
    for nom in academies:
        motif = re.search(rf"(?<![\w-]){re.escape(nom)}(?![\w-])", texte)
        if motif:
            rangs.append((motif.start(), nom))
    return tuple(nom for _rang, nom in sorted(rangs))


def _noms(liste: str) -> tuple[str, ...]:
    noms = re.split(r",| et ", liste)
    return tuple(nom.strip() for nom in noms if nom.strip())


def _precedentes(tout: str, debut: int, releve: Releve) -> tuple[str, ...]:
    trouve = _DEJA.search(tout)
    if trouve is None:
        return ()
    noms = _noms(trouve.group(2))
    annonces = nombre(trouve.group(1))
    if annonces is not None and annonces != len(noms):
        releve.note(
            debut,
            trouve.group(0),
            f"La conclusion annonce {annonces} académies qui avaient déjà organisé une semaine et en nomme "
            f"{len(noms)}. Vérifiez la liste.",
        )
    return noms
