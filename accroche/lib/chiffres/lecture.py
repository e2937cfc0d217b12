"""Reading the figures of an answer written in French.

The text is cut where a new quantity begins: at its start, at a line start, after a comma,
« et », « mais », « dont »… What follows a quantity, up to the next, is its perimeter or its note.
A number found anywhere else must be governed by the words before it (« dans 3 lycées ») or be
a year or a date; otherwise the whole text is refused, so that no figure is ever lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from accroche.lib.chiffres.modele import SUBSET_NOTE, Chiffre, ChiffreError, Kind
from accroche.lib.chiffres.quantite import Quantite, read

_BOUNDARY = re.compile(
    r"""\n(?:[-–—•*]\s+)?
      | [ ]*[,;]\s*(?:(?P<comma>et|mais|dont|soit|puis)\s+)?
      | [ ]*(?P<paren>\()\s*(?:dont\s+|soit\s+)?
      | [ ]*(?P<colon>:)\s*
      | [ ]*\+[ ]+
      | [ ]*\.\s+(?=[0-9A-ZÀÉ])
      | \s+(?P<word>et|mais|dont|soit|puis|ainsi\s+que)\s+(?:de\s+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_PARENTHESISED = re.compile(r"\([^()]*\)")

#: A line that ends with one of these goes on: what follows is no new figure.
_GOVERNING: Final = (
    "à au aux avec ces chez d de des du dans durant en entre la le les lors l nos numéro n° page par parmi "
    "pour sauf selon sous sur vers pendant depuis édition article objectif axe plan année"
).split()
_GOVERNED = re.compile(rf"(?:^|[\s('’«“\"])(?:{'|'.join(map(re.escape, _GOVERNING))})['’]?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,°/-])[0-9]+(?:[ ][0-9]{3})*(?![\w])")
_DATED = re.compile(
    r"(?:19|20)[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}[ ](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    re.IGNORECASE,
)
# Being asked is not taking part: such a sentence explains a figure and is none.
_ASKED = re.compile(
    r"\b(?:sollicit|invit|contact|inform|destinat|consult|relanc|re[çc]u|associé)\w*", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:est|sont|a|ont|était|étaient|avait|avaient|sera|seront|peut|peuvent)\b", re.IGNORECASE)

_ACTIONS: Final = r"actions?|projets?|initiatives?|fiches?|pratiques?"
_SCHOOLS: Final = (
    r"(?:d['’])?établissements?|écoles?|collèges?|lycées?|LP|LGT|LPO|CFA|EREA|SEP|SEGPA|CIO|circonscriptions?"
)
# Things one may count in the same sentence, that are neither actions nor schools.
_OTHERS: Final = (
    r"élèves?|classes?|enseignant\w*|personnels?|personnes?|partenaires?|partenariats?|participant\w*|jeunes?"
    r"|parents?|séminaires?|conférences?|tables?|temps|vidéos?|articles?|départements?|bassins?|réseaux?|BEF"
    r"|visites?|visiteurs?|associations?|entreprises?|heures?|jours?|journées?|semaines?|mois|ans?|années?"
)
_UNIT = re.compile(
    rf"\s*(?:de\s+|d['’]\s*|des\s+)?(?:(?P<action>{_ACTIONS})|(?P<school>{_SCHOOLS})|(?P<other>{_OTHERS}))(?!\w)",
    re.IGNORECASE,
)
_AFTER = (
    (Kind.ABOUT, r"environ|à peu près|approximativement"),
    (Kind.AT_LEAST, r"au moins|au minimum|minimum|a minima|à minima|et plus|ou plus|\+"),
)
_DOUBT = re.compile(r"[?]|^\W*[^\W_(«“\"\s]?\W*$")


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a figure begins: ``cut`` ends the text before it; ``role`` says why it is apart."""

    cut: int
    quantity: Quantite
    role: str = ""
    group: int = 0


def parse(text: str, *, source: str = "") -> tuple[Chiffre, ...]:
    """Read the figures of one answer, in the order written; an empty text is one UNAVAILABLE.

    ``source`` is kept on every figure. Raise :class:`ChiffreError` for what is not understood.
    """
    clean = _clean(text)
    if not clean:
        return (Chiffre(Kind.UNAVAILABLE, source=source),)
    first = read(clean, 0)
    if first is None or (first.kind is Kind.ALL and _ASKED.search(clean)):
        raise _refusal(text, "écrivez un nombre (« 12 », « environ 40 », « plus de 30 ») ou « N.C. »")
    starts = _starts(clean, first)
    ends = [start.cut for start in starts[1:]] + [len(clean)]
    figures: list[Chiffre] = []
    for start, end in zip(starts, ends, strict=True):
        figures.append(_figure(clean, start, end, text))
    units = [_unit(clean, start) for start in starts]
    return tuple(
        replace(figure, source=source, additive=_is_additive(position, starts, units))
        for position, figure in enumerate(figures)
    )


def _clean(text: str) -> str:
    """Reduce spaces of every kind to one, keep line ends, drop empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _refusal(text: str, advice: str) -> ChiffreError:
    shown = " ".join(text.split())
    return ChiffreError(f"Nombre non compris : « {shown} » ; {advice}.")


def _starts(text: str, first: Quantite) -> list[_Start]:
    """Find where each figure begins, from left to right."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    notes = [found.span() for found in _PARENTHESISED.finditer(text)]
    starts = [_Start(0, first)]
    role, until = "", 0
    position = first.end
    while boundary := _BOUNDARY.search(text, position):
        position = max(boundary.end(), boundary.start() + 1)
        if until and boundary.start() >= until:
            role, until = "", 0
        here = boundary.start() + len(boundary[0]) - len(boundary[0].lstrip())
        opening = boundary["paren"] is not None
        inside = next((span for span in notes if span[0] < here < span[1]), None)
        if any(a < here < b for a, b in quoted) or (inside and inside[1] != until):
            continue
        new_role, new_until = _role(boundary, text, (role, until))
        quantity = read(text, boundary.end())
        if quantity is None or not _is_new(text, boundary, quantity):
            continue
        if opening:
            new_until = next((b for a, b in notes if a <= here < b), len(text))
        role, until = new_role, new_until
        starts.append(_Start(boundary.start(), quantity, role))
        position = quantity.end
    return starts


def _role(boundary: re.Match[str], text: str, current: tuple[str, int]) -> tuple[str, int]:
    """Say what the word before a figure makes of it, and up to which index that holds."""
    word = " ".join((boundary["word"] or boundary["comma"] or "").lower().split())
    line_end = text.find("\n", boundary.end())
    stop = len(text) if line_end < 0 else line_end
    if boundary["paren"] or boundary["colon"] or word in {"dont", "soit"}:
        return "subset" if word == "dont" or "dont" in boundary[0].lower() else "other", stop
    if word == "mais":
        return "other", stop
    if boundary[0].lstrip(" ").startswith((";", ".", "\n")):
        return "", 0
    return current


def _is_new(text: str, boundary: re.Match[str], quantity: Quantite) -> bool:
    """Tell a new figure from a number that only continues the sentence before it."""
    rest = text[quantity.end :]
    at_line = boundary[0].startswith("\n")
    if _GOVERNED.search(text[: boundary.start()]):
        return False
    if quantity.bare.lower() in {"un", "une"} and not at_line:
        # « et un séminaire » is an article, « et un lycée » a count.
        unit = _UNIT.match(rest)
        return unit is not None and unit["other"] is None
    if re.fullmatch(r"(?:19|20)[0-9]{2}", quantity.bare):
        return _UNIT.match(rest) is not None
    if quantity.kind is Kind.ALL:
        return at_line and not _ASKED.search(_sentence(text, boundary.end()))
    return not (at_line and _ASKED.search(_sentence(text, boundary.end())))


def _sentence(text: str, at: int) -> str:
    """Return the text from ``at`` to the next line that begins with a digit."""
    following = re.compile(r"\n(?=[0-9])").search(text, at)
    return text[at : following.start() if following else len(text)]


def _unit(text: str, start: _Start) -> str:
    """Return what is counted: « action », « school », « other », or nothing when not said."""
    found = _UNIT.match(text, start.quantity.end)
    return str(found.lastgroup) if found else ""


def _is_additive(position: int, starts: list[_Start], units: list[str]) -> bool:
    if starts[position].role:
        return False
    asked, unit = units[0], units[position]
    # Schools are not added to actions, nor pupils to either.
    return position == 0 or unit in {"", asked} or (not asked and unit != "other")


def _figure(text: str, start: _Start, end: int, original: str) -> Chiffre:
    """Build the figure whose quantity is followed by ``text[quantity.end:end]``."""
    quantity = start.quantity
    begin = quantity.end
    if quantity.kind is Kind.ALL:
        begin -= len(quantity.bare)
    body, notes = _split_notes(text[begin:end])
    if start.role == "subset":
        notes.insert(0, SUBSET_NOTE)
    kind, body = _qualified_after(quantity.kind, body)
    body = re.sub(r"^(?:de\s+|d['’]\s*|des\s+(?=\w))", "", body.strip(" ,;:.")) if quantity.value else body
    body = body.strip(" ,;:.\n")
    _check(body, quantity, original)
    if quantity.note:
        notes.insert(0, quantity.note)
    return Chiffre(kind, quantity.value, perimeter=body, note=" ; ".join(notes))
