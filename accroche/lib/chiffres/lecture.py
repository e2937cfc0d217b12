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
from accroche.lib.chiffres.quantite import MONTH, Quantite, read
from accroche.lib.texte import NBSP

#: Characters; an answer is a few lines, and reading takes time that grows faster than the text.
MAX_LENGTH: Final = 2000

# Of a clean text: no blank stands beside another.
_BOUNDARY = re.compile(
    r"""\s(?P<word>et|mais|dont|soit|puis|ainsi\sque)\s
      | \n
      | [ ]?[,;]\s?(?:(?P<after>et|mais|dont|soit|puis)\s)?
      | \s?(?P<paren>\()\s?(?P<dont>dont\s)?
      | [ ]?(?P<colon>:)\s?
      | [ ]?\+[ ]
      | [ ]?\.\s
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BULLET = re.compile(r"^[-–—•*]\s+")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_PARENTHESISED = re.compile(r"\([^()]*\)")

#: What ends with one of these goes on: the number that follows is no new figure.
_GOVERNING: Final = (
    r"à|au|aux|avec|ces|chez|d|de|depuis|des|du|dans|durant|en|entre|la|le|les|l|lors|nos|numéro|n°|page|par"
    r"|parmi|pendant|pour|sauf|selon|sous|sur|vers|édition|article|objectif|axe|plan|année"
)
_GOVERNED = re.compile(rf"(?:^|[\s('’«“\"])(?:{_GOVERNING})['’]?\s*$|[«“]\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,°/-])[0-9]+(?:[ ][0-9]{3})*(?!\w)")
_DATED = re.compile(rf"(?:19|20)[0-9]{{2}}(?![0-9 ][0-9])|[0-9]{{1,2}}{MONTH}", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# Being asked is not taking part: such a sentence explains a figure and is none.
_ASKED = re.compile(r"\b(?:sollicit|invit|contact|inform|destinat|consult|relanc|re[çc]u)\w*", re.IGNORECASE)
# A capital alone begins no sentence: « dans le / Dossier de presse » goes on.
_SENTENCE = re.compile(r"[.!]\s+(?=[A-ZÀÂÇÉÈÊÎÔ«])|\n(?=[A-ZÀÂÇÉÈÊÎÔ0-9])")
_VERB = re.compile(
    r"\b(?:est|sont|a|ont|était|étaient|avait|avaient|sera|seront|peut|peuvent|participent|concerne)\b"
)

_ACTIONS: Final = r"actions?|projets?|initiatives?|fiches?|pratiques?"
_SCHOOLS: Final = r"établissements?|écoles?|collèges?|lycées?|LP|LGT|LPO|CFA|EREA|CIO|circonscriptions?"
# Things counted in the same breath that are neither actions nor schools.
_OTHERS: Final = (
    r"élèves?|classes?|enseignante?s?|personnels?|personnes?|partenaires?|partenariats?|participante?s?|jeunes?"
    r"|parents?|séminaires?|conférences?|tables?|temps|vidéos?|articles?|départements?|bassins?|réseaux?|BEF"
    r"|visites?|visiteurs?|associations?|entreprises?|heures?|jours?|journées?|semaines?|mois|ans?|années?"
)
_UNIT_WORDS: Final = rf"(?:(?P<action>{_ACTIONS})|(?P<school>{_SCHOOLS})|(?P<other>{_OTHERS}))(?!\w)"
_UNIT = re.compile(rf"\s*(?:d[e']\s*|d’\s*|des\s+|seule?\s+)?{_UNIT_WORDS}", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_ACTIONS}|{_SCHOOLS}|et|ou|/|\s)*", re.IGNORECASE)
_LINK = re.compile(r"^(?:de\s+|d['’]\s*)", re.IGNORECASE)
_AFTER: Final = (
    (Kind.ABOUT, r"environ|à peu près|approximativement"),
    (Kind.AT_LEAST, r"au moins|au minimum|minimum|a minima|à minima|et plus|ou plus|\+"),
)
# Shares, rates, second thoughts: words after a number that make it no count.
_NO_COUNT = re.compile(
    rf"(?:(?:et|ou|à|au)\s+(?:[0-9]|demie?)|(?:tiers|quarts?|moitiés?|cinquièmes?|pour\s+cent|sur\s+un"
    rf"|peu|certaine?|grande?|bonne?|petite?|partie|majorité|minorité)\b|(?:{_ACTIONS})?\s*par\s+(?:{_SCHOOLS}|{_OTHERS})\b)",
    re.IGNORECASE,
)
_ONE_IN = re.compile(r"\bsur\s+(?:[0-9]|deux|trois|quatre|cinq|six|dix|vingt|cent)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a figure begins.

    ``cut`` is where the text of the figure before it ends. ``role`` says why the figure stands
    apart: "subset" of the one before, "other" perimeter, or "" for none. ``close`` is the index
    of the parenthesis that closes it, when it stands in one.
    """

    cut: int
    quantity: Quantite
    role: str = ""
    close: int | None = None


def parse(text: str, *, source: str = "") -> tuple[Chiffre, ...]:
    """Read the figures of one answer, in the order written; an empty text is one UNAVAILABLE.

    ``source`` is kept on every figure. Raise :class:`ChiffreError` for what is not understood.
    """
    clean = _clean(text)
    if not clean:
        return (Chiffre(Kind.UNAVAILABLE, source=source),)
    if len(clean) > MAX_LENGTH:
        raise ChiffreError(f"Nombre trop long, plus de {MAX_LENGTH} caractères : « {clean[:60]}… ».")
    first = read(clean, 0)
    if first is None or (first.kind is Kind.ALL and _ASKED.search(clean)):
        raise _refusal(text, "écrivez un nombre (« 12 », « environ 40 », « plus de 30 ») ou « N.C. »")
    starts = _starts(clean, first)
    units = [_unit(clean, start.quantity) for start in starts]
    return tuple(
        replace(
            _figure(start, body, text), source=source, additive=not start.role and _same_kind(units, position)
        )
        for position, (start, body) in enumerate(zip(starts, _bodies(clean, starts), strict=True))
    )


def _clean(text: str) -> str:
    """Reduce spaces of every kind to one, keep line ends, drop bullets and empty lines."""
    lines = (_BULLET.sub("", " ".join(line.split())) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _refusal(text: str, advice: str) -> ChiffreError:
    return ChiffreError(f"Nombre non compris : « {' '.join(text.split())} ». Pour être lu, {advice}.")


def _starts(text: str, first: Quantite) -> list[_Start]:
    """Find where each figure begins, from left to right."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    brackets = [found.span() for found in _PARENTHESISED.finditer(text)]
    starts = [_Start(0, first)]
    position = first.end
    while boundary := _BOUNDARY.search(text, position):
        here = boundary.start() + len(boundary[0]) - len(boundary[0].lstrip())
        # Several separators may follow one another: « \net », « \n(dont ».
        position = here + 1
        previous = starts[-1]
        close = next((end - 1 for begin, end in brackets if begin < here < end), None)
        if any(begin < here < end for begin, end in quoted) or (
            close is not None and close != previous.close
        ):
            continue
        if boundary["paren"]:
            close = next((end - 1 for begin, end in brackets if begin == here), None)
        quantity = read(text, boundary.end())
        if quantity is None or not _is_new(text, previous, boundary, quantity):
            continue
        role = _role(boundary, previous, close)
        if role == "part":
            # « 15 établissements (10 écoles) » is a part, « 110 actions (62 lycées) » something else.
            alike = _unit(text, quantity) in {"", _unit(text, previous.quantity)}
            role = "subset" if alike else "other"
        starts.append(_Start(boundary.start(), quantity, role, close))
        position = quantity.end
    return starts


def _role(boundary: re.Match[str], previous: _Start, close: int | None) -> str:
    """Say what the words before a figure make of it; "part" is for the caller to settle."""
    word = (boundary["word"] or boundary["after"] or boundary["dont"] or "").strip().lower()
    if word == "dont":
        return "subset"
    if boundary["paren"] or boundary["colon"]:
        return "part"
    if word in {"mais", "soit"}:
        return "other"
    # A list goes on within its parenthesis or its line: « dont 17 remarquables et 5 primées ».
    separator = boundary[0].strip(" ")[:1]
    ends_list = separator in {";", "."} or (separator == "\n" and not word)
    return previous.role if close == previous.close and not ends_list else ""


def _is_new(text: str, previous: _Start, boundary: re.Match[str], quantity: Quantite) -> bool:
    """Tell a new figure from a number that only continues the sentence before it."""
    before, rest = text[previous.quantity.end : boundary.start()], text[quantity.end :]
    at_line = boundary[0] == "\n"
    if _GOVERNED.search(before) or _NO_COUNT.match(rest.lstrip(" ")):
        return False
    # « 31 dans 10 écoles et 5 collèges »: the 5 belongs with the 10.
    listing = not at_line and not boundary["paren"] and (boundary["word"] or boundary["after"] or "").lower()
    if listing == "et" and any(_GOVERNED.search(before[: n.start()]) for n in _NUMBER.finditer(before)):
        return False
    unit = _UNIT.match(rest)
    if quantity.bare.lower() in {"un", "une"}:
        # « et un séminaire » is an article, « et un lycée » a count.
        return unit is not None and unit["other"] is None
    if _YEAR.fullmatch(quantity.bare):
        return unit is not None
    asked = _ASKED.search(_sentence(text, boundary.end())) is not None
    if quantity.kind is Kind.ALL:
        # « Toutes les écoles et / tous les établissements » is one perimeter.
        return at_line and not asked and re.search(r"\b(?:et|ou)$", before) is None
    return not (at_line and asked)


def _sentence(text: str, at: int) -> str:
    """Return the text from ``at`` to the next line that begins with a digit."""
    following = re.compile(r"\n(?=[0-9])").search(text, at)
    return text[at : following.start() if following else len(text)]


def _unit(text: str, quantity: Quantite) -> str:
    """Return what is counted: "action", "school", "other", or "" when not said."""
    found = _UNIT.match(text, quantity.end)
    return str(found.lastgroup) if found else ""


def _same_kind(units: list[str], position: int) -> bool:
    """Tell whether a figure counts the same things as the first: pupils are not added to schools."""
    asked, unit = units[0], units[position]
    return position == 0 or unit in {"", asked} or (not asked and unit != "other")


def _bodies(text: str, starts: list[_Start]) -> list[str]:
    """Return what follows each quantity; text after a parenthesis goes back to its owner."""
    bodies: list[str] = []
    owner = 0
    for position, start in enumerate(starts):
        begin = start.quantity.end
        if start.quantity.kind is Kind.ALL:
            # « Toutes les écoles »: the word is part of the perimeter.
            begin -= len(start.quantity.bare)
        end = starts[position + 1].cut if position + 1 < len(starts) else len(text)
        if start.close is None:
            owner = position
            bodies.append(text[begin:end])
            continue
        bodies.append(text[begin : min(start.close, end)])
        bodies[owner] += text[start.close + 1 : end]
    return bodies


def _figure(start: _Start, body: str, original: str) -> Chiffre:
    """Build a figure from its quantity and what follows it."""
    quantity = start.quantity
    perimeter, notes = _split_notes(body)
    kind, perimeter = _qualified_after(quantity.kind, perimeter)
    _check(perimeter, quantity, original)
    if start.role == "subset":
        notes.insert(0, SUBSET_NOTE)
    if quantity.note:
        notes.insert(0, quantity.note)
    perimeter = _LINK.sub("", perimeter)
    if perimeter.count("«") > perimeter.count("»"):  # who wrote it forgot to close the quotation
        perimeter += f"{NBSP}»"
    return Chiffre(kind, quantity.value, perimeter=perimeter, note=" ; ".join(notes))


def _split_notes(body: str) -> tuple[str, list[str]]:
    """Separate the perimeter from the sentences and parentheses that comment on the figure.

    A parenthesis after a real perimeter narrows it and stays with it.
    """
    notes: list[str] = []
    for found in _SENTENCE.finditer(body):
        before, after = body[: found.start()], body[found.end() :]
        asked = _ASKED.search(after) or (_VERB.search(after) and not after[0].isdigit())
        if found[0] != "\n" or (asked and not _GOVERNED.search(before)):
            notes.append(" ".join(after.split()))
            body = before
            break
    perimeter = _tidy(body)
    bracket = re.search(r"\s?\(([^()]*)\)$", perimeter)
    if bracket and _BARE.fullmatch(perimeter, 0, bracket.start()):
        notes.insert(0, bracket[1].strip())
        perimeter = _tidy(perimeter[: bracket.start()])
    return perimeter, [note for note in notes if note]


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:.")


def _qualified_after(kind: Kind, perimeter: str) -> tuple[Kind, str]:
    """Read a qualifier written after the number: « 40 environ », « 12 actions au moins »."""
    if kind is not Kind.EXACT:
        return kind, perimeter
    for qualified, words in _AFTER:
        left = re.sub(rf"^(?:{words})(?!\w)|(?:^|[\s,])(?:{words})$", "", perimeter, flags=re.IGNORECASE)
        if left != perimeter:
            return qualified, _tidy(left)
    return kind, perimeter


def _check(perimeter: str, quantity: Quantite, original: str) -> None:
    """Refuse a perimeter that would hide a figure, a doubt or a share."""
    if quantity.kind is Kind.ALL:
        perimeter = perimeter[len(quantity.bare) :].strip()
    silent = _QUOTED.sub(lambda m: "_" * len(m[0]), perimeter)
    silent = _PARENTHESISED.sub(lambda m: "_" * len(m[0]), silent)
    one = quantity.bare.lower() in {"un", "une"} and perimeter and not _UNIT.match(perimeter)
    share = _NO_COUNT.match(perimeter) or (quantity.value == 1 and _ONE_IN.search(perimeter))
    strange = perimeter and not re.match(r"[\w(«“\"'’]", perimeter)
    if one or share or strange or "?" in silent:
        raise _refusal(original, "il faut un nombre, sans part, taux ni doute")
    governed = False
    for number in _NUMBER.finditer(silent):
        before = silent[: number.start()]
        governed = governed or _GOVERNED.search(before) is not None
        listed = governed and re.search(r"(?:,|\bet|\bou)\s*$", before)
        if not (_DATED.match(silent, number.start()) or _GOVERNED.search(before) or listed):
            raise _refusal(original, f"mettez « {number[0]} » sur une autre ligne ou entre parenthèses")
