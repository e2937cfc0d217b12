"""The documents a semaine produced, as its narrative states them, and whether they are published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.campagne.regles import TypeRessource
from accroche.dossier.dossier import RessourceDossier
from accroche.lib.texte import capitale
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat, sentences
from accroche.rapport.problems import Problems

_NOUNS: Final = (
    (TypeRessource.DOSSIER_PRESSE, r"dossiers? de presse"),
    (TypeRessource.DOSSIER_THEMATIQUE, r"dossiers? thematiques?"),
    (TypeRessource.PROGRAMME, r"programmes? des (?:actions|activites|manifestations)"),
    (
        TypeRessource.RECENSEMENT,
        r"(?:documents? de )?(?:recensement|recueil)s?",
    ),
    (TypeRessource.CARTE, r"cartographies?|cartes? (?:des|interactive)"),
    (TypeRessource.BILAN, r"documents? de bilan"),
    (TypeRessource.GUIDE, r"guides?"),
    (TypeRessource.DIAPORAMA, r"diaporamas?"),
    (TypeRessource.FILM, r"courts?[ -]metrages?"),
)
_KINDS: Final = tuple((kind, re.compile(noun)) for kind, noun in _NOUNS)
_NOUN: Final = rf"(?P<noun>\b(?:{'|'.join(noun for _, noun in _NOUNS)})\b)"
_MADE: Final = r"(?:elabore|realise|publie|produit|cree|edite|diffuse)e?s?"
_PATTERNS: Final = (
    re.compile(
        rf"\b(?:a|ont) (?:\w{{2,20}}ment )?{_MADE}\b[^.;:]{{0,80}}? (?:une?|deux|plusieurs|des) {_NOUN}"
    ),
    re.compile(
        rf"\b(?:une?|le|la|les|des|deux) {_NOUN} (?:\w+ )?(?:(?:a|ont) (?:\w{{2,20}}ment )?ete )?{_MADE}\b"
    ),
    re.compile(rf"\bproced\w+[^.;:]{{0,40}}? (?:au|a la) {_NOUN}"),
)
_PUBLIC: Final = re.compile(
    r"\b(?:publie|disponible|consultable|accessible|telechargeable|mise? en ligne)e?s?\b"
)
_NOT_PUBLIC: Final = re.compile(
    r"\bn'(?:a|ont|est|etaient) (?:\w+ ){0,4}?pas (?:\w+ ){0,3}?"
    r"(?:publie|mise?s? en ligne|disponible|accessible|l'objet d'une publication)|\bne sont pas (?:\w+ )?"
    r"(?:publie|disponible|accessible)|\bnon publie"
)
#: « les ressources créées n’ont pas été publiées »: none of them is.
_NONE: Final = re.compile(r"les (?:\w+ )?(?:ressources|documents|productions|outils)\b")
_SAME: Final = re.compile(r"(?:ce|cet|cette|ces|il|elle|ils|elles) ")
_ADDRESS: Final = re.compile(r"https?://")


def read_ressources(narrative: Sequence[Paragraph], problems: Problems) -> tuple[RessourceDossier, ...]:
    """Read the documents that are told without an address: those with one are read by it.

    Whether one is published stays unknown when neither its sentence nor the next says so, nor one that all
    are not. Such a sentence is named all the same: it does not tell which they are.
    """
    told = list(sentences(narrative))
    found: list[RessourceDossier] = []
    none = False
    for rank, (paragraph, sentence) in enumerate(told):
        folded = flat(sentence)
        after = flat(told[rank + 1][1]) if rank + 1 < len(told) else ""
        further = flat(told[rank + 2][1]) if rank + 2 < len(told) else ""
        if _NOT_PUBLIC.search(folded):
            none = none or bool(_NONE.match(folded))
            problems.leave(
                paragraph.number,
                sentence,
                "Cette phrase dit que des ressources ne sont pas publiées, sans dire lesquelles : elle reste "
                "dans le récit. Ajoutez-les à la main s’il le faut.",
            )
            continue
        match = next(filter(None, (pattern.search(folded) for pattern in _PATTERNS)), None)
        if match is None or _ADDRESS.search(folded):
            continue
        goes_on = after if _SAME.match(after) else ""
        if _ADDRESS.search(goes_on) or (goes_on and _ADDRESS.match(further.lstrip("( "))):
            continue  # read by its address
        kind = next(kind for kind, noun in _KINDS if noun.match(match["noun"]))
        title = capitale(sentence[match.start("noun") : match.end("noun")].strip())
        known = _PUBLIC.search(folded) or _PUBLIC.search(goes_on)
        hidden = _NOT_PUBLIC.search(goes_on)
        published = None if not known and not hidden else not hidden
        found.append(RessourceDossier(title, kind, "", published))
    if none:
        found = [replace(one, published=bool(one.published)) for one in found]
    return tuple({(one.kind, one.title): one for one in found}.values())
