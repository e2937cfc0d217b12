"""The text layer of a PDF, with what the reader of reports needs and PDFium leaves out.

PDFium gives the lines without the blank ones between paragraphs, and without the addresses
behind the links: both are put back, the blank lines from the distance between lines, the
addresses at the foot of their page, page ends as form feeds.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from accroche.imports.rapport.problemes import SourceError

#: The 2015-2016 report has some sixty pages.
MAX_PAGES: Final = 600
#: Characters of text kept from one file.
MAX_CARACTERES: Final = 20_000_000
_MAX_LIENS: Final = 500
_MAX_ADRESSE: Final = 4_000
# Two lines further apart than this many usual distances have a blank line between them.
_ECART: Final = 1.3
# PDFium's sign for a hyphen at a line end, which it joins to the next line.
_CESURES: Final = ("\ufffe", "\x02")


def lire_pdf(data: bytes, nom: str, progress: Callable[[int, int], None] | None = None) -> str:
    """Give the text of a PDF; raise :class:`SourceError` when it has none or cannot be opened."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as erreur:
        raise SourceError(_refus(str(erreur), nom)) from erreur
    with closing(document):
        total = len(document)
        if total > MAX_PAGES:
            raise SourceError(
                f"« {nom} » a {total} pages ; une synthèse n’en a pas {MAX_PAGES}. Extrayez-en les pages "
                "utiles."
            )
        pages: list[str] = []
        muettes = taille = 0
        for rang in range(total):
            try:
                texte = _page(document, rang)
            except pdfium.PdfiumError as erreur:
                raise SourceError(
                    f"La page {rang + 1} de « {nom} » est abîmée. Rouvrez le PDF et enregistrez-le à nouveau."
                ) from erreur
            muettes += not texte.strip()
            taille += len(texte)
            if taille > MAX_CARACTERES:
                raise SourceError(f"« {nom} » contient trop de texte pour une synthèse. Vérifiez le fichier.")
            pages.append(texte)
            if progress is not None:
                progress(rang + 1, total)
    if muettes * 2 > total or not total:
        raise SourceError(
            f"« {nom} » est un PDF numérisé : {muettes} page(s) sur {total} n’ont pas de texte. Passez-le "
            "à la reconnaissance de caractères (OCR), ou demandez le document d’origine."
        )
    return "\f".join(pages)


def _refus(message: str, nom: str) -> str:
    if "password" in message.lower() or "security" in message.lower():
        return f"« {nom} » est protégé par un mot de passe. Enregistrez-en une copie sans protection."
    return f"« {nom} » est un PDF abîmé ou incomplet. Téléchargez-le à nouveau."


def _page(document: pdfium.PdfDocument, rang: int) -> str:
    with closing(document[rang]) as page:
        with closing(page.get_textpage()) as texte:
            lignes = _lignes(texte)
        liens = list(_liens(document, page))
    return "\n".join([*lignes, *(["", "", *liens] if liens else []), ""])


def _lignes(page: pdfium.PdfTextPage) -> list[str]:
    """Give the lines, with a blank one wherever the page shows more space than usual."""
    brut: str = page.get_text_range()
    lignes: list[str] = []
    hauts: list[float | None] = []
    debut = 0
    aligne = len(brut) == page.count_chars()
    for ligne in brut.split("\r\n"):
        marge = len(ligne) - len(ligne.lstrip())
        visible = aligne and marge < len(ligne)
        lignes.append(ligne)
        hauts.append(page.get_charbox(debut + marge, loose=True)[3] if visible else None)
        debut += len(ligne) + 2
    # Loose boxes have the height of the font, whatever the letter: tops compare from line to line.
    ecarts = sorted(a - b for a, b in pairwise(hauts) if a is not None and b is not None and a > b)
    usuel = ecarts[len(ecarts) // 4] if ecarts else 0.0
    sortie: list[str] = []
    precedent: float | None = None
    for ligne, haut in zip(lignes, hauts, strict=True):
        if precedent is not None and haut is not None and usuel and abs(precedent - haut) > usuel * _ECART:
            sortie.append("")
        for cesure in _CESURES:
            ligne = ligne.replace(cesure, "-\n")  # noqa: PLW2901
        sortie.append(ligne)
        precedent = haut if haut is not None else precedent
    return sortie


def _liens(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """Give the web addresses behind the links of a page, in their order."""
    position = ctypes.c_int(0)
    lien = raw.FPDF_LINK()
    for _ in range(_MAX_LIENS):
        if not raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(lien)):
            return
        action = raw.FPDFLink_GetAction(lien)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        taille = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 1 < taille <= _MAX_ADRESSE:
            continue
        tampon = ctypes.create_string_buffer(taille)
        raw.FPDFAction_GetURIPath(document.raw, action, tampon, taille)
        adresse = tampon.value.decode("utf-8", "replace").strip()
        if adresse.startswith(("http://", "https://")) and not any(c.isspace() for c in adresse):
            yield adresse
