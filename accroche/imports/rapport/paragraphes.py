"""Paragraphs out of wrapped lines: text, bullets, and addresses that stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.imports.rapport.adresses import Pied, assembler, epurer, est_adresse, est_complete, remplacer
from accroche.imports.rapport.lignes import Ligne, fait
from accroche.imports.rapport.problemes import Releve

_PUCES = ("- ", "• ", "\uf0b7 ", "\uf0a7 ")
_FINS = frozenset(".:;!?…»)")
# A sentence broken by the layout has at most this many blank lines in its middle.
_MAX_VIDES = 2
# A bullet's line this long that ends without punctuation has been wrapped.
_PUCE_PLEINE = 95
# In double-spaced prose, a line that stops earlier than this and ends a sentence ends a paragraph.
_LIGNE_PLEINE = 100


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A paragraph, its first line's number, and the addresses it holds."""

    numero: int
    texte: str
    puce: bool = False
    adresses: tuple[str, ...] = ()
    adresse_seule: bool = False


def paragraphes(lignes: Iterable[Ligne], pied: Pied, releve: Releve) -> list[Paragraphe]:
    """Group lines into paragraphs; doubtful addresses are reported."""
    groupes: list[list[Ligne]] = []
    for ligne in lignes:
        if groupes and _continue(groupes[-1], ligne, pied):
            groupes[-1].append(ligne)
        else:
            groupes.append([ligne])
    return [_paragraphe(groupe, pied, releve) for groupe in groupes]


def _continue(groupe: Sequence[Ligne], ligne: Ligne, pied: Pied) -> bool:
    """Tell whether a line goes on with the paragraph of ``groupe``."""
    precedente = groupe[-1]
    fin = precedente.texte.rpartition(" ")[2]
    if ligne.texte.startswith(_PUCES) or est_adresse(ligne):
        return False
    if "://" in fin and fin.endswith("-") and ligne.vides <= _MAX_VIDES:
        return True
    if ligne.vides == 0 and len(groupe) == 1 and est_adresse(precedente):
        return pied.exacte(epurer(fin)) is None and pied.commence(fin)
    if ligne.vides == 0 and ligne.page == precedente.page:
        return True
    # Across a gap, only a sentence that the layout has broken goes on.
    pleine = groupe[0].texte.startswith(_PUCES) and len(precedente.texte) >= _PUCE_PLEINE and ligne.vides == 1
    suite = ligne.texte[0].islower() or ligne.texte[0] == "»" or ligne.vides == 0 or pleine
    return ligne.vides <= _MAX_VIDES and precedente.texte[-1] not in _FINS and suite


def _paragraphe(groupe: Sequence[Ligne], pied: Pied, releve: Releve) -> Paragraphe:
    puce = groupe[0].texte.startswith(_PUCES)
    brut = assembler([ligne.texte for ligne in groupe], pied)
    if puce:
        brut = brut[2:].lstrip()
    texte, adresses = remplacer(brut, pied)
    bonnes = tuple(a for a in adresses if _est_sure(a, groupe[0], pied, releve))
    seule = len(adresses) == 1 and epurer(texte) == adresses[0]
    return Paragraphe(groupe[0].numero, fait(texte), puce, bonnes, seule)


def _est_sure(adresse: str, ligne: Ligne, pied: Pied, releve: Releve) -> bool:
    if pied.exacte(adresse) is not None:
        return True
    if not est_complete(adresse):
        releve.note(
            ligne.numero,
            adresse,
            "Cette adresse est coupée et le pied de page ne la donne pas : elle n’est pas reprise. "
            "Complétez-la dans le texte.",
        )
        return False
    if "Semaine" in adresse:
        releve.note(
            ligne.numero,
            adresse,
            "« Semaine » a peut-être pris sa majuscule par erreur dans cette adresse, et le pied de page "
            "ne permet pas de le savoir. Ouvrez l’adresse et corrigez-la au besoin.",
        )
    return True


def en_texte(trouves: Iterable[Paragraphe]) -> str:
    """Write paragraphs one after the other, bullets on lines of their own."""
    morceaux: list[str] = []
    precedente_puce = False
    for paragraphe in trouves:
        if morceaux:
            morceaux.append("\n" if paragraphe.puce and precedente_puce else "\n\n")
        morceaux.append(f"- {paragraphe.texte}" if paragraphe.puce else paragraphe.texte)
        precedente_puce = paragraphe.puce
    return "".join(morceaux)


def prose(lignes: Sequence[Ligne]) -> str:
    """Join double-spaced lines (introduction, conclusion) into paragraphs."""
    groupes: list[list[str]] = []
    precedente = ""
    for ligne in lignes:
        finie = precedente.endswith((".", "!", "?")) and len(precedente) < _LIGNE_PLEINE
        if not groupes or finie or ligne.vides > _MAX_VIDES:
            groupes.append([])
        groupes[-1].append(ligne.texte)
        precedente = ligne.texte
    vide = Pied()
    return "\n\n".join(fait(assembler(groupe, vide)) for groupe in groupes)
