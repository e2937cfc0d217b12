"""Reading a mention of one school: what kind of school it says, which words name it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from accroche.annuaire.appariement.alternatives import one_type
from accroche.annuaire.appariement.genres import Genre, all_spelt, phrases
from accroche.annuaire.appariement.mots import (
    ABSORBED,
    APART,
    EMPTY,
    LAND,
    VOCABULARY,
    plain,
    telling,
    tells,
    words,
)
from accroche.lib import uai as uai_codes

_UAI = re.compile(r"(?<![0-9A-Za-z])([0-9]{7}) ?([A-Za-z])(?![0-9A-Za-z])")
_POSTAL = re.compile(r"(?<![0-9])([0-9]{5})(?![0-9])")
_ARRONDISSEMENT = re.compile(
    r"\b(paris|lyon|marseille)[\s,-]*\(?(?:([0-9]{1,2})(?![0-9])\s*(?:er|[eè]me|i[eè]me|e)?|([ivx]{1,5})e)\b\)?"
    r"(?:\s*arrondissement|\s*arr\b\.?)?",
    re.IGNORECASE,
)
_BY_POST = re.compile(
    r"\b(?:(paris|lyon|marseille)\s*\(?(?:75|69|13)[01]([0-9]{2})\)?|(?:75|69|13)[01]([0-9]{2})\s+(paris|lyon|marseille)\b)",
    re.IGNORECASE,
)
#: Collectivities that kept the postal codes of Guadeloupe.
_DEPARTEMENT_OF: Final = {"97133": "977", "97150": "978"}
_DEPARTEMENT = re.compile(r"\(\s*([0-9]{2,3}|2[abAB])\s*\)")
# spaces are read from the first of their run: from each of them, a run would cost its square
_SEGMENT = re.compile(r"(?:(?<!\s)\s+)?[,;()\n]\s*|(?<!\s)\s+[-–—]\s+|(?:(?<!\s)\s+)?/\s*")
#: « Estaque (L’) », « Michel L. », « d’École »: an article, an initial.
_LETTER_LAST = re.compile(r"(?<![^\W_])[^\W_]\s*\Z")
_NO_LETTER = re.compile(r"\b([a-z])(?:['’]|\.\s{0,3}(?:[,;()]|\Z))", re.IGNORECASE)
#: What stands in a cell beside the school: an address, a telephone number, whom to ask for.
_BESIDE = re.compile(
    r"\S{1,100}@\S+|(?<!\d)0[1-9](?:[ .-]?\d\d){4}(?!\d)|[,;/(–-]\s*(?:mme|mlle|mr|m\.)\s+[^\W\d_][^,;/()]*",
    re.IGNORECASE,
)

#: « LYCEE X LYCEE DES METIERS DE LA VENTE »: what is taught there, to the next sign.
_TRADES = re.compile(
    r"(?<=\w)(?:\s|-){1,3}lyc(?:[eé]e)?\.? (?:des )?m[eé]t(?:iers)?\b"
    r"(?=\s{0,3}(?:d(?:es?|u)?\b|[,;()/\n]|$))[^,;()/\n]{0,200}",
    re.IGNORECASE,
)
#: Who is no school, however much the rest sounds like one.
_OTHERS: Final = frozenset(VOCABULARY["others"].split())
#: The same at the head of a mention: « Salle X » is none, « La Salle » is.
_OTHERS_FIRST: Final = frozenset(VOCABULARY["others_first"].split())
_OTHER_PHRASES: Final = tuple(VOCABULARY["other_phrases"].strip().split("\n"))
#: How a sector is told: « E.E.PU. », « E.P.PR. ».
PRIVATE: Final = frozenset({"prive", "pr"})
PUBLIC: Final = frozenset({"public", "pu"})
#: Administrative genres: they are held as such or not at all.
SERVICES: Final = frozenset({Genre.CIO, Genre.DSDEN, Genre.CIRCONSCRIPTION, Genre.RECTORAT, Genre.MFR})


@dataclass(frozen=True, slots=True)
class Mention:
    """One school as somebody wrote it.

    ``core``: the words that name it, in order; ``tokens``: all of them; ``whole``: but those that tell
    nothing. ``foreign``: it names somebody
    who is no school; ``beside``: somebody else, then a school (« Association du collège X »).
    ``departement``: told by a postal code or a number. ``arrondissement``: « Paris 18e ». ``land``: a school
    of agriculture; ``apart``: « site X », « annexe X ». ``twice``: words said again, of the name and of the
    commune, « La Malgrange, Jarville-la-Malgrange ». ``letters``: those nothing follows, « Ferry B, Sète ».
    ``row``: the types said before any name, « École collège lycée X »; ``secondary``: « École secondaire ».
    """

    uai: str = ""
    genre: Genre = Genre.UNKNOWN
    private: bool | None = None
    tokens: tuple[str, ...] = ()
    whole: tuple[str, ...] = field(default=(), compare=False)
    core: tuple[str, ...] = ()
    joined: str = ""
    segments: tuple[str, ...] = ()
    letters: frozenset[str] = field(default_factory=frozenset, compare=False)
    row: frozenset[Genre] = field(default_factory=frozenset, compare=False)
    secondary: bool = field(default=False, compare=False)
    foreign: bool = False
    beside: bool = False
    departement: str = ""
    arrondissement: str = ""
    land: bool = False
    apart: bool = False
    words: frozenset[str] = field(default_factory=frozenset)
    twice: frozenset[str] = field(default_factory=frozenset)


def cleaned(text: str) -> str:
    """Leave out addresses, telephone numbers, « / Mme Durand », « lycée des métiers de … » after a name."""
    text = _BESIDE.sub(" ", text)
    text = one_type(ABSORBED.sub("", text) if "(" in text else text)
    trades = _TRADES.search(text)
    if trades and _is_of(text[: trades.start()], trades[0]):
        text = text[: trades.start()] + " " + text[trades.end() :]
    return text


def _is_of(name: str, trades: str) -> bool:
    """Whether « lycée des métiers de … » is what a lycée teaches; beside a collège it is another school."""
    tokens = words(name)
    tail = words(trades)
    said = phrases(all_spelt(tokens))
    return (
        bool(said)
        and all(genre.family == "lycee" for _, _, genre in (*said, *phrases(tail)))
        # « et le lycée des métiers de … »; « … et lycée Y »
        and tokens[-1] not in EMPTY
        and all(start == 0 or "metiers" in tail[start:end] for start, end, _ in phrases(tail))
        and any(map(tells, tokens))
    )


def read(text: str) -> Mention:
    """Read a mention of one school; odd text gives an empty mention, never an error."""
    code, text = _code(cleaned(text))
    arrondissement, text = _arrondissement(text)
    departement, text = _where(text)
    tokens = all_spelt(words(text))
    said = phrases(tokens)
    spans = {i for start, end, _ in said for i in range(start, end)}
    named = [token for i, token in enumerate(tokens) if i not in spans]
    head, *segments = [part for part in _SEGMENT.split(text) if part.strip()] or [""]
    last = {len(named) - 1}
    if segments and _LETTER_LAST.search(head[-3:]):
        last.add(sum(i not in spans for i in range(len(words(head)))) - 1)
    ends = {i for i in last if 0 < i < len(named) and len(named[i]) == 1}
    if ends:
        ends -= _no_letters(text, named)
    core = telling(named, ends)
    genre, first = _genre(said, tokens)
    foreign, beside = _foreign(tokens, genre, first)
    # « Annexe du lycée X » is not the lycée X
    beside = beside or (bool(tokens) and tokens[0] in APART and genre is not Genre.UNKNOWN)
    if genre is Genre.DSDEN and not departement:
        # « DSDEN 34 »
        departement = next((token.zfill(2) for token in tokens if token.isdigit() and len(token) < 4), "")  # noqa: PLR2004
    return Mention(
        uai=code,
        genre=genre,
        private=True if PRIVATE & set(tokens) else False if PUBLIC & set(tokens) else None,
        tokens=tuple(tokens),
        whole=plain(tokens),
        core=core,
        joined="".join(core),
        segments=tuple(segments),
        letters=frozenset(named[i] for i in ends),
        row=_in_a_row(said, tokens) if len(said) > 1 else frozenset(),
        secondary=not _SECOND.isdisjoint(pairwise(tokens)),
        foreign=foreign,
        beside=beside,
        departement=departement,
        arrondissement=arrondissement,
        land=not LAND.isdisjoint(tokens),
        apart=not APART.isdisjoint(tokens),
        words=frozenset(named),
        twice=frozenset(token for token, times in Counter(core).items() if times > 1),
    )


def _no_letters(text: str, named: list[str]) -> set[int]:
    """Where a letter is an article or an initial: no letter of a school's."""
    shortened = {found[1].lower() for found in _NO_LETTER.finditer(text)}
    return {i for i, word in enumerate(named) if word in shortened}


def says_kind(text: str) -> bool:
    """Whether a mention says what kind of school it is."""
    return read(text).genre is not Genre.UNKNOWN


def says_kind_alone(text: str) -> bool:
    """Whether a mention says what kind of school it is, and not which: « SEGPA », « École maternelle »."""
    mention = read(text)
    return mention.genre is not Genre.UNKNOWN and not mention.core


def uai_codes_in(text: str) -> tuple[str, ...]:
    """Return the valid UAI of a text, each once."""
    found = ((one[1] + one[2]).upper() for one in _UAI.finditer(text))
    return tuple(dict.fromkeys(code for code in found if uai_codes.is_valid(code)))


def _code(text: str) -> tuple[str, str]:
    for found in _UAI.finditer(text):
        code = (found[1] + found[2]).upper()
        if uai_codes.is_valid(code):
            return code, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _arrondissement(text: str) -> tuple[str, str]:
    found = _BY_POST.search(text)
    if found:
        told = f"{found[1] or found[4]} {found[2] or found[3]}"
    else:
        found = _ARRONDISSEMENT.search(text)
        if found is None:
            return "", text
        told = f"{found[1]} {found[2] or found[3] + 'e'}"
    # « à » before a town is no letter
    return told, text[: found.start()].rstrip().removesuffix(" à") + " " + text[found.end() :]


def _where(text: str) -> tuple[str, str]:
    for pattern in (_POSTAL, _DEPARTEMENT):
        found = pattern.search(text)
        if found:
            number = found[1].upper()
            if len(number) == 5:  # noqa: PLR2004 - a postal code
                number = _DEPARTEMENT_OF.get(number) or number[: 3 if number[:2] in {"97", "98"} else 2]
            # postal codes of Corsica begin with 20, whatever the half of the island
            return "" if number == "20" else number, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _genre(said: list[tuple[int, int, Genre]], tokens: list[str]) -> tuple[Genre, int]:
    """The genre that decides, and where the first school is named (a large number: nowhere)."""
    if not said:
        return Genre.UNKNOWN, 10**6
    first, _, genre = said[0]
    later = {other for _, _, other in said[1:]}
    if genre in {Genre.ECOLE, Genre.GROUPE} and len(later) == 1:
        finer = next(iter(later))
        genre = finer if finer.family == "ecole" else genre
    if genre is Genre.CITE and len(later) == 1:
        genre = next(iter(later))
    if genre.family == "lycee":
        # « Lycée X (voie professionnelle) » is the section, which has a code; « lycée et SEP X », the whole
        alone = (part for at, _, part in said[1:] if tokens[at - 1] not in {"et", "avec"})
        genre = next((part for part in alone if part in {Genre.SEP, Genre.SGT}), genre)
    return genre, first


#: « École secondaire », « école second. »: a collège, or a lycée.
_SECOND: Final = frozenset({("ecole", "secondaire"), ("ecole", "second")})
#: Types a school has beside another of its family: said with a finer one, they add nothing.
_BROAD: Final = frozenset({Genre.ECOLE, Genre.LYCEE})
_IN_A_ROW: Final = frozenset({"ecole", "college", "lycee"})


def _in_a_row(said: list[tuple[int, int, Genre]], tokens: list[str]) -> frozenset[Genre]:
    """The types said before any name stands between, but those a finer one of the family says."""
    row: set[Genre] = set()
    end = said[0][0] if said else 0
    for start, after, genre in said:
        if telling(tokens[end:start]):
            break
        # « Collège École magique » is a name
        if (
            genre.family in _IN_A_ROW
            and genre not in {Genre.SEP, Genre.SGT}
            and not (row and genre is Genre.ECOLE)
        ):
            row.add(genre)
        end = after
    finer = {genre.family for genre in row - _BROAD}
    return frozenset(genre for genre in row if genre not in _BROAD or genre.family not in finer)


def _foreign(tokens: list[str], genre: Genre, first: int) -> tuple[bool, bool]:
    """Whether somebody who is no school is named alone; and before a school."""
    if genre in SERVICES:
        return False, False
    text = f" {' '.join(tokens)} "
    if any(f" {phrase} " in text for phrase in _OTHER_PHRASES):
        # « Collège Nouvelle Chance » is one
        return first > 0 or genre is not Genre.COLLEGE, False
    if tokens and tokens[0] in _OTHERS_FIRST:
        return genre is Genre.UNKNOWN, genre is not Genre.UNKNOWN
    at = next((i for i, token in enumerate(tokens) if token in _OTHERS), first)
    return at < first and genre is Genre.UNKNOWN, at < first and genre is not Genre.UNKNOWN
