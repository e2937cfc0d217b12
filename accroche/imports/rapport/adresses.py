"""Web addresses of a report: cut at line ends in the body, listed whole at the foot of the page."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from accroche.imports.rapport.lignes import Ligne

_ADRESSE = re.compile(r"https?://[^\s<>«»\"“”]+")
_LIGNE_ADRESSE = re.compile(r"https?://[^\s<>«»\"“”]+", re.IGNORECASE)
_MAX_ADRESSE = 4_000
# Blank lines between a description and its own link; the foot of the page is further down.
_ECART_LIEN = 2


def est_adresse(ligne: Ligne) -> bool:
    """Tell whether the line is an address and nothing else."""
    return _LIGNE_ADRESSE.fullmatch(ligne.texte) is not None


def epurer(adresse: str) -> str:
    """Strip the punctuation of the sentence around an address."""
    while adresse:
        dernier = adresse[-1]
        if dernier in ".,;:!?’'" or (dernier == ")" and adresse.count(")") > adresse.count("(")):
            adresse = adresse[:-1]
        else:
            break
    return adresse


def est_complete(adresse: str) -> bool:
    """Tell whether an address has a host and does not stop at a hyphen."""
    if adresse.endswith("-") or len(adresse) > _MAX_ADRESSE:
        return False
    try:
        hote = urlsplit(adresse).hostname or ""
    except ValueError:
        return False
    return "." in hote.strip(".")


@dataclass(slots=True)
class Pied:
    """The addresses listed at the foot of the pages: their spelling is the right one."""

    adresses: tuple[str, ...] = ()
    _exactes: dict[str, str] = field(default_factory=dict)
    _triees: list[str] = field(default_factory=list)

    @classmethod
    def de(cls, adresses: Iterable[str]) -> Pied:
        """Build the foot from its lines, each whole address once, in order."""
        exactes: dict[str, str] = {}
        for adresse in adresses:
            if est_complete(adresse):
                exactes.setdefault(adresse.casefold(), adresse)
        return cls(tuple(exactes.values()), exactes, sorted(exactes))

    def exacte(self, adresse: str) -> str | None:
        """Give the foot's spelling of ``adresse``, whatever its capitals."""
        return self._exactes.get(adresse.casefold())

    def commence(self, debut: str) -> bool:
        """Tell whether an address of the foot begins with ``debut`` and goes further."""
        cle = debut.casefold()
        rang = bisect.bisect_right(self._triees, cle)
        return rang < len(self._triees) and self._triees[rang].startswith(cle)


def se_colle(fin: str, suite: str, pied: Pied) -> bool:
    """Tell whether the last word of a line and the first of the next are one.

    Two cases: a word or an address cut after its own hyphen, and an address cut anywhere
    when the foot of the page has the whole of it.
    """
    if not fin or not suite or len(fin) > _MAX_ADRESSE:
        return False
    debut = fin.rfind("http")
    if debut < 0 or "://" not in fin[debut:]:
        return fin[-1] == "-" and fin[-2:-1].isalnum()
    adresse = fin[debut:]
    if adresse[-1] == "-":
        return True
    if not pied.commence(adresse):
        return False
    entier = adresse + suite
    return pied.exacte(epurer(entier)) is not None or pied.commence(entier)


def assembler(lignes: Sequence[str], pied: Pied) -> str:
    """Join wrapped lines into one text, words and addresses made whole again."""
    if not lignes:
        return ""
    morceaux = [lignes[0]]
    fin = lignes[0].rpartition(" ")[2]
    for ligne in lignes[1:]:
        colle = se_colle(fin, ligne.partition(" ")[0], pied)
        morceaux.append(ligne if colle else f" {ligne}")
        fin = fin + ligne if colle and " " not in ligne else ligne.rpartition(" ")[2]
    return "".join(morceaux)


def remplacer(texte: str, pied: Pied) -> tuple[str, tuple[str, ...]]:
    """Give ``texte`` with its addresses in their right spelling, and those addresses."""
    trouvees: list[str] = []

    def _une(motif: re.Match[str]) -> str:
        brute = motif.group()
        propre = epurer(brute)
        bonne = pied.exacte(propre) or propre
        trouvees.append(bonne)
        return bonne + brute[len(propre) :]

    return _ADRESSE.sub(_une, texte), tuple(trouvees)


def separer_pied(lignes: Sequence[Ligne], *, liens_en_fin: bool) -> tuple[list[Ligne], list[Ligne]]:
    """Split the lines of a part into its body and the addresses at the foot of its pages.

    A foot repeats the addresses of its page in their order, so it begins where the first
    address of the page comes back, or the first one since the last foot when a page was cut.
    When neither does, only the end of the part may have a foot: its last addresses, less
    those that follow the text closely when ``liens_en_fin`` says that it may end with links.
    """
    corps: list[Ligne] = []
    pied: list[Ligne] = []
    debut = 0
    ancienne = ""
    for rang in range(1, len(lignes) + 1):
        if rang < len(lignes) and lignes[rang].page == lignes[debut].page:
            continue
        page = lignes[debut:rang]
        coupe, certain = _debut_du_pied(page, ancienne)
        if not certain and rang < len(lignes):
            coupe = len(page)
        elif not certain and liens_en_fin:
            while coupe < len(page) and page[coupe].vides <= _ECART_LIEN:
                coupe += 1
        corps.extend(page[:coupe])
        pied.extend(page[coupe:])
        ancienne = "" if coupe < len(page) else ancienne or _premiere_adresse(page)
        debut = rang
    return corps, pied


def _debut_du_pied(page: Sequence[Ligne], ancienne: str) -> tuple[int, bool]:
    """Give the rank of the first of the closing addresses that are a foot, and whether one is sure.

    ``ancienne`` is the first address of the pages before. Without certainty, the rank is
    that of the first closing address.
    """
    debut = len(page)
    while debut and est_adresse(page[debut - 1]):
        debut -= 1
    if debut == len(page):
        return debut, True
    ici = _premiere_adresse(page[:debut])
    rangs = [r for repere in (ici, ancienne) if repere and (r := _rang(page, debut, repere)) is not None]
    if rangs:
        return min(rangs), True
    if not ici and (rang := _rang(page, debut + 1, page[debut].texte.casefold())) is not None:
        return rang, True
    return debut, not debut


def _rang(page: Sequence[Ligne], debut: int, adresse: str) -> int | None:
    return next((r for r in range(debut, len(page)) if page[r].texte.casefold().startswith(adresse)), None)


def _premiere_adresse(lignes: Sequence[Ligne]) -> str:
    for ligne in lignes:
        motif = _ADRESSE.search(ligne.texte)
        if motif:
            return epurer(motif.group()).casefold()
    return ""
