"""Reading a mention: what kind of school it says, which words name it, whether it names several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from accroche.annuaire.appariement.genres import Genre, all_spelt, phrases
from accroche.annuaire.appariement.mots import VOCABULARY, fold, telling, words
from accroche.lib import uai as uai_codes

_UAI = re.compile(r"(?<![0-9A-Za-z])([0-9]{7}) ?([A-Za-z])(?![0-9A-Za-z])")
_POSTAL = re.compile(r"(?<![0-9])([0-9]{5})(?![0-9])")
_ARRONDISSEMENT = re.compile(
    r"\b(paris|lyon|marseille)[\s,-]*\(?([0-9]{1,2})(?![0-9])\s*(?:er|[eè]me|i[eè]me|e)?\b\)?(?:\s*arrondissement)?",
    re.IGNORECASE,
)
_DEPARTEMENT = re.compile(r"\(\s*([0-9]{2,3}|2[abAB])\s*\)")
_SEGMENT = re.compile(r"\s*[,;()\n]\s*|\s+[-–—]\s+|\s*/\s*")
_EMAIL = re.compile(r"\S+@\S+")

#: Who is no school, however much the rest sounds like one.
_OTHERS: Final = frozenset(VOCABULARY["others"].split())
_OTHER_PHRASES: Final = tuple(VOCABULARY["other_phrases"].strip().split("\n"))
#: Administrative genres: they are held as such or not at all.
SERVICES: Final = frozenset({Genre.CIO, Genre.DSDEN, Genre.CIRCONSCRIPTION, Genre.RECTORAT})


@dataclass(frozen=True, slots=True)
class Mention:
    """One school as somebody wrote it.

    ``core``: the words that name it, in order; ``tokens``: all of them. ``foreign``: it names somebody
    who is no school; ``beside``: somebody else, then a school (« Association du collège X »).
    ``departement``: told by a postal code or a number.
    ``arrondissement``: « Paris 18e ».
    """

    uai: str = ""
    genre: Genre = Genre.UNKNOWN
    private: bool | None = None
    tokens: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    joined: str = ""
    segments: tuple[str, ...] = ()
    foreign: bool = False
    beside: bool = False
    departement: str = ""
    arrondissement: str = ""
    words: frozenset[str] = field(default_factory=frozenset)


def read(text: str) -> Mention:
    """Read a mention of one school; odd text gives an empty mention, never an error."""
    text = _EMAIL.sub(" ", text)
    code, text = _code(text)
    departement, text = _where(text)
    arrondissement, text = _arrondissement(text)
    tokens = all_spelt(words(text))
    said = phrases(tokens)
    spans = {i for start, end, _ in said for i in range(start, end)}
    named = [token for i, token in enumerate(tokens) if i not in spans]
    core = telling(named)
    genre, first = _genre(said)
    foreign, beside = _foreign(tokens, genre, first)
    segments = tuple(part for part in _SEGMENT.split(text) if part.strip())[1:]
    return Mention(
        uai=code,
        genre=genre,
        private=True if {"prive", "pr"} & set(tokens) else (False if "public" in tokens else None),
        tokens=tuple(tokens),
        core=core,
        joined="".join(core),
        segments=segments,
        foreign=foreign,
        beside=beside,
        departement=departement,
        arrondissement=arrondissement,
        words=frozenset(named),
    )


def says_kind(text: str) -> bool:
    """Whether a mention says what kind of school it is."""
    return read(text).genre is not Genre.UNKNOWN


def _code(text: str) -> tuple[str, str]:
    for found in _UAI.finditer(text):
        code = (found[1] + found[2]).upper()
        if uai_codes.is_valid(code):
            return code, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _arrondissement(text: str) -> tuple[str, str]:
    found = _ARRONDISSEMENT.search(text)
    if found is None:
        return "", text
    return f"{found[1]} {found[2]}", text[: found.start()] + " " + text[found.end() :]


def _where(text: str) -> tuple[str, str]:
    for pattern in (_POSTAL, _DEPARTEMENT):
        found = pattern.search(text)
        if found:
            number = found[1].upper()
            if len(number) == 5:  # noqa: PLR2004 - a postal code
                number = number[:3] if number.startswith("97") else number[:2]
            # postal codes of Corsica begin with 20, whatever the half of the island
            return "" if number == "20" else number, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _genre(said: list[tuple[int, int, Genre]]) -> tuple[Genre, int]:
    """The genre that decides, and where the first school is named (a large number: nowhere)."""
    if not said:
        return Genre.UNKNOWN, 10**6
    first, _, genre = said[0]
    later = {other for _, _, other in said[1:]}
    if genre is Genre.ECOLE and len(later) == 1:
        finer = next(iter(later))
        genre = finer if finer.family == "ecole" else genre
    if genre is Genre.CITE and len(later) == 1:
        genre = next(iter(later))
    return genre, first


def _foreign(tokens: list[str], genre: Genre, first: int) -> tuple[bool, bool]:
    """Whether somebody who is no school is named alone; and before a school."""
    if genre in SERVICES:
        return False, False
    text = f" {' '.join(tokens)} "
    if any(f" {phrase} " in text for phrase in _OTHER_PHRASES):
        return True, False
    at = next((i for i, token in enumerate(tokens) if token in _OTHERS), first)
    return at < first and genre is Genre.UNKNOWN, at < first and genre is not Genre.UNKNOWN


_HARD = re.compile(r"\s*[;\n|+]\s*|\s+/\s+")
_SOFT = re.compile(r"\s+(?:et|&)\s+|\s*/\s*|\s*,\s*|\s+[-–]\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
_AND = re.compile(r"\s+(?:et|&)\s+", re.IGNORECASE)
_GENRE_FIRST = re.compile(r"\W*[a-z]+(?: (?:professionnel|polyvalent|general|technologique|elementaire))?\s+")
_PLURAL = re.compile(r"\W*(?:colleges|lycees|ecoles|clgs|lps|lgts|lpos|cios)\b")
_ONE: Final = (
    "college|clg|lycee(?: professionnel)?|lp|lgt|lpo|ecole maternelle|ecoles? elementaire|maternelle"
)
#: « Collège et lycée Jean Moulin »: two schools of one name; read without accents.
_TWINS = re.compile(
    rf"\W*({_ONE}|elementaire|primaire|sep|segpa)\s*(?:et|&|/|-|\+)\s*(?:du |le |la )?"
    rf"((?:{_ONE}|elementaire|primaire|sep)\b.*)",
    re.DOTALL,
)
#: No line of a census names more schools in one cell; beyond, it is a paragraph.
MOST = 30


@dataclass(frozen=True, slots=True)
class Parts:
    """How a mention may name several schools, each part with its genre.

    ``sure``: parted by what always parts, one part otherwise. ``spoken``: a genre is said again, « Collège
    A, lycée B ». ``guessed``: a plural, « Collèges A et B ».
    """

    sure: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...] = ()
    guessed: tuple[tuple[str, ...], ...] = ()


def parts(text: str) -> Parts:
    """Split a mention: « Collèges A, X ; B, Y » is « Collège A, X » and « Collège B, Y »."""
    sure = [part for part in _HARD.split(text) if part.strip()][:MOST]
    if len(sure) > 1:
        return Parts(_with_genre(sure))
    pieces = [piece for piece in _SOFT.split(text) if piece.strip()]
    spoken = [*_twins(text)]
    guessed: list[tuple[str, ...]] = []
    if 1 < len(pieces) <= MOST:
        spoken += _spoken(pieces)
        if _PLURAL.match(fold(text)):
            guessed = _guessed(text, pieces)
    return Parts((text,), tuple(spoken), tuple(guessed))


def _twins(text: str) -> Iterator[tuple[str, ...]]:
    found = _TWINS.fullmatch(fold(text))
    if found:
        name = _GENRE_FIRST.sub("", found[2], count=1)
        if name and name != found[2]:
            yield f"{found[1]} {name}", found[2]


def _spoken(pieces: list[str]) -> Iterator[tuple[str, ...]]:
    """A genre after « et » or a comma begins another school; what says none belongs to the one before."""
    grouped: list[str] = []
    for piece in pieces:
        speaks = bool(phrases(all_spelt(words(piece))[:4]))
        if speaks or not grouped:
            grouped.append(piece)
        else:
            grouped[-1] += f", {piece}"
    if len(grouped) > 1:
        yield _with_genre(grouped)


def _guessed(text: str, pieces: list[str]) -> list[tuple[str, ...]]:
    readings = [_with_genre(pieces)]
    commas = [piece for piece in _COMMA.split(text) if piece.strip()]
    ands = [piece for piece in _AND.split(text) if piece.strip()]
    readings += [_with_genre(option) for option in (ands, commas) if 1 < len(option) < len(pieces)]
    pairs = [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=False)]
    if len(pairs) > 1 and len(pieces) == len(commas) == 2 * len(pairs):
        # « Collèges A, X, B, Y »
        readings.append(_with_genre(pairs))
    return readings


def _with_genre(pieces: list[str]) -> tuple[str, ...]:
    """Give each part the genre of the part before when it says none."""
    done: list[str] = []
    genre = ""
    for piece in pieces:
        tokens = all_spelt(words(piece))
        said = phrases(tokens[:6])
        if said:
            start, end, _ = said[0]
            genre = " ".join(tokens[start:end])
            done.append(piece)
        else:
            done.append(f"{genre} {piece}" if genre else piece)
    return tuple(done)
