"""The second page of a sheet: the note on the examples, what precedes them, and the actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accroche.actions.dossier import ActionDossier, Lien, RessourceDossier, SourceAction
from accroche.imports.rapport.adresses import Pied, assembler
from accroche.imports.rapport.lignes import Ligne, fait, sans_accents
from accroche.imports.rapport.paragraphes import Paragraphe, en_texte, paragraphes
from accroche.imports.rapport.porteurs import lire_titre
from accroche.imports.rapport.problemes import Releve

#: Signs that start an action: the Wingdings arrow of the report, and what other readers make of it.
MARQUES: Final = ("\uf0d8", "➢", "►", "▶", "➤", "⮚")
#: Longer is no title.
MAX_TITRE: Final = 500
_MAX_LIGNES_TITRE = 4
# A title line this long has been wrapped; a shorter one ends the title.
_LIGNE_PLEINE = 60
_MAX_PARENTHESE = 80
_MAX_VIDES = 2
_MAX_ANNONCE = 200
_VERBES = (
    "voir",
    "ecouter",
    "acceder",
    "lire",
    "consulter",
    "decouvrir",
    "telecharger",
    "regarder",
    "retrouver",
)
_INVITATION = re.compile(
    r"(?:voir|[ée]couter|acc[ée]der|lire|consulter|d[ée]couvrir|t[ée]l[ée]charger|regarder|retrouver)"
    r"(?: (?:aux|au|à) | )(?:(?:les|le|la) |l’)?",
    re.IGNORECASE,
)
_FICHE = re.compile(r"experitheque/\S*[?&]idFiche=([0-9]{1,9})(?![0-9])", re.IGNORECASE)
_PRIX_OBTENU = re.compile(
    r"\ba (?:obtenu|reçu|remporté) (?:le|un) (prix [^.;,()]{2,80}?)(?: en [0-9]{4})?(?=[.;,()]|$)",
    re.IGNORECASE,
)
_REMARQUEE = re.compile(r"\ba été (?:remarquée?|primée?|récompensée?|lauréate?|distinguée?)\b", re.IGNORECASE)
_VIDEO = re.compile(r"https?://(?:[\w-]+\.)*(?:youtube|youtu|dailymotion|vimeo)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exemples:
    """What the second page says."""

    note: str = ""
    source: SourceAction = SourceAction.SEMAINE
    ressources: tuple[RessourceDossier, ...] = ()
    actions: tuple[ActionDossier, ...] = ()


def est_action(ligne: Ligne) -> bool:
    """Tell whether a line starts an action."""
    return ligne.texte.startswith(MARQUES)


def ressource(adresse: str, titre: str = "") -> RessourceDossier:
    """Describe an address the text only cites: a video by its host, a site otherwise."""
    return RessourceDossier(titre, "video" if _VIDEO.match(adresse) else "site", adresse)


def lire_exemples(lignes: Sequence[Ligne], pied: Pied, releve: Releve) -> Exemples:
    """Read the lines that follow the title of the page."""
    debut = next((rang for rang, ligne in enumerate(lignes) if est_action(ligne)), len(lignes))
    note: list[Paragraphe] = []
    ressources: list[RessourceDossier] = []
    for paragraphe in paragraphes(lignes[:debut], pied, releve):
        if paragraphe.adresse_seule:
            titre = note.pop().texte if note and not note[-1].texte.endswith(".") else ""
            ressources.extend(ressource(adresse, _sans_invitation(titre)) for adresse in paragraphe.adresses)
        else:
            note.append(paragraphe)
            ressources.extend(ressource(adresse) for adresse in paragraphe.adresses)
    texte = en_texte(note)
    source = _source(texte)
    blocs: list[list[Ligne]] = []
    for ligne in lignes[debut:]:
        if est_action(ligne):
            blocs.append([])
        blocs[-1].append(ligne)
    lues = (_action(bloc, source, pied, releve) for bloc in blocs)
    return Exemples(texte, source, tuple(ressources), tuple(a for a in lues if a is not None))


def _source(note: str) -> SourceAction:
    cle = sans_accents(note[:2_000])
    if "experitheque" in cle:
        return SourceAction.EXPERITHEQUE
    if "cardie" in cle or "centre academique recherche" in cle:
        return SourceAction.CARDIE
    return SourceAction.SEMAINE


def _action(bloc: Sequence[Ligne], source: SourceAction, pied: Pied, releve: Releve) -> ActionDossier | None:
    premiere = bloc[0]
    debut = premiere.texte[1:].lstrip()
    textes = [debut] if debut else []
    rang = 1
    while (
        rang < len(bloc)
        and len(textes) < _MAX_LIGNES_TITRE
        and _suit_le_titre(textes, bloc[rang - 1], bloc[rang])
    ):
        textes.append(bloc[rang].texte)
        rang += 1
    titre = assembler(textes, pied)
    if not titre.strip(" ,;"):
        releve.note(
            premiere.numero,
            premiere.texte,
            "Cette action n’a pas de titre : elle n’est pas reprise. Ajoutez-le.",
        )
        return None
    if len(titre) > MAX_TITRE:
        releve.note(
            premiere.numero,
            titre,
            "Ce titre d’action est trop long : la description y est sans doute mêlée. Laissez une ligne vide "
            "entre le titre et la description.",
        )
    description, liens = _description(paragraphes(bloc[rang:], pied, releve))
    lu = lire_titre(titre, description)
    if lu.doute:
        releve.note(premiere.numero, titre, lu.doute)
    if not description:
        releve.note(
            premiere.numero,
            titre,
            "Cette action n’a pas de description. Complétez-la ou laissez-la telle quelle.",
        )
    obtenu = _PRIX_OBTENU.search(description)
    prize = lu.prize or (obtenu.group(1)[0].upper() + obtenu.group(1)[1:] if obtenu else "")
    fiche = next((m for m in (_FICHE.search(lien.url) for lien in liens) if m), None)
    return ActionDossier(
        title=lu.title,
        carriers=lu.carriers,
        links=liens,
        description=description,
        prize=prize,
        remarkable=bool(prize) or _REMARQUEE.search(description) is not None,
        source=source,
        experitheque_id=int(fiche.group(1)) if fiche else None,
    )


def _suit_le_titre(textes: Sequence[str], precedente: Ligne, ligne: Ligne) -> bool:
    """Tell whether a line goes on with the title: wrapped, or only the commune in brackets."""
    if not textes:
        return True
    texte = ligne.texte
    if texte[0] == "(" and texte[-1] == ")" and len(texte) <= _MAX_PARENTHESE:
        return ligne.vides <= _MAX_VIDES and "://" not in texte
    if ligne.vides:
        return False
    if textes[-1][-1] in ",;(–-":
        return True
    return len(textes[-1]) >= _LIGNE_PLEINE and ligne.page == precedente.page


def _description(trouves: Sequence[Paragraphe]) -> tuple[str, tuple[Lien, ...]]:
    """Separate the text of an action from its links, which the line above each announces."""
    texte: list[Paragraphe] = []
    liens: dict[str, str] = {}
    for paragraphe in trouves:
        libelle = ""
        if paragraphe.adresse_seule:
            if texte and _annonce_un_lien(texte[-1]):
                libelle = _sans_invitation(texte.pop().texte)
        else:
            texte.append(paragraphe)
        for adresse in paragraphe.adresses:
            fiche = _FICHE.search(adresse)
            liens.setdefault(adresse, f"Fiche Expérithèque n° {fiche.group(1)}" if fiche else libelle)
    return en_texte(texte), tuple(Lien(url, label) for url, label in liens.items())


def _annonce_un_lien(paragraphe: Paragraphe) -> bool:
    if paragraphe.puce or paragraphe.adresses or len(paragraphe.texte) > _MAX_ANNONCE:
        return False
    cle = sans_accents(paragraphe.texte)
    return cle.startswith(_VERBES) and ". " not in paragraphe.texte


def _sans_invitation(texte: str) -> str:
    """Say what the link shows: « Voir la vidéo du projet : » is « Vidéo du projet »."""
    reste = fait(texte).rstrip(" :")
    invitation = _INVITATION.match(reste)
    if invitation and invitation.end() < len(reste):
        reste = reste[invitation.end() :]
    return reste[:1].upper() + reste[1:]
