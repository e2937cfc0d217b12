"""Mentions that name several schools: how they may be parted, and what says that they are several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.cadre import Entry, Rarity
from accroche.annuaire.appariement.genres import Genre, all_spelt, phrases
from accroche.annuaire.appariement.mention import uai_codes_in
from accroche.annuaire.appariement.mots import fold, telling, words

# each begins with the first space of a run: from every space of it, a run would cost its square
_HARD = re.compile(r"(?:(?<!\s)\s+)?[;\n|]\s*")
#: These part schools only when a type is said again; not « Biscarrosse / Jean Mermoz / Clg », « X + élèves ».
_FIRM = re.compile(r"(?:(?<!\s)\s+)?\+\s*|(?<!\s)\s+/\s+")
_SOFT = re.compile(r"(?<!\s)\s+(?:et|&)\s+|(?:(?<!\s)\s+)?[/+,]\s*|(?<!\s)\s+[-–]\s+", re.IGNORECASE)
_COMMA = re.compile(r"(?:(?<!\s)\s+)?,\s*")
_AND = re.compile(r"(?<!\s)\s+(?:et|&)\s+", re.IGNORECASE)
#: After a bracket, what parts a school from the next.
_CLOSED = re.compile(r"(?<=\))(?:(?<!\s)\s+)?(?:(?:[,;/&+-]|\bet\b)\s*)+", re.IGNORECASE)
_GENRE_FIRST = re.compile(r"[a-z]+(?: (?:professionnel|polyvalent|general|technologique|elementaire))?\s+")
_PLURAL = re.compile(r"\W*(?:colleges|lycees|ecoles|clgs|lps|lgts|lpos|cios)\b")
_ONE: Final = (
    "college|clg|coll?|lyc|lycee(?: professionnel)?|lp|lgt|lpo|"
    "ecole maternelle|ecoles? elementaire|maternelle"
)
#: « Collège et lycée Jean Moulin »: two schools of one name; read without accents.
_TWINS = re.compile(
    rf"\W*({_ONE}|elementaire|primaire|sep|segpa)\s*(?:et|&|/|-|\+|,)\s*(?:du |le |la )?"
    rf"((?:{_ONE}|elementaire|primaire|sep)\b.*)",
    re.DOTALL,
)
#: No line of a census names more schools in one cell; beyond, it is a paragraph.
MOST = 30


@dataclass(frozen=True, slots=True)
class Parts:
    """How a mention may name several schools, each part with its genre.

    ``sure``: parted by what always parts, one part otherwise. ``spoken``: a genre is said again, « Collège
    A, lycée B ». ``guessed``: a plural, « Collèges A et B ». ``named``: how many the words say, whether
    or not they can be parted. ``coded``: a UAI says which, whatever else is written. ``inherited``: the type
    of the plural for all, « Collèges A, X ; École magique, Y » where a collège is named so
    (:func:`other_types`).
    """

    sure: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...] = ()
    guessed: tuple[tuple[str, ...], ...] = ()
    named: int = 1
    coded: bool = False
    inherited: tuple[tuple[str, ...], ...] = ()

    @property
    def plural(self) -> bool:
        """Whether nothing but a plural says that there are several."""
        return self.named == MOST


def parts(text: str) -> Parts:
    """Split a mention: « Collèges A, X ; B, Y » is « Collège A, X » and « Collège B, Y »."""
    codes = uai_codes_in(text)
    if codes:
        return Parts(codes if len(codes) > 1 else (text,), coded=True)
    sure = [part for part in _HARD.split(text) if part.strip()][:MOST]
    firm = [piece for part in sure for piece in _FIRM.split(part) if piece.strip()][:MOST]
    several = _PLURAL.match(fold(text)) or all(phrases(all_spelt(words(piece))) for piece in firm)
    if len(firm) > len(sure) and several:
        sure = firm
    plural = bool(_PLURAL.match(fold(text)))
    if len(sure) > 1:
        return Parts(_with_genre(sure), inherited=_inherited([sure]) if plural else ())
    pieces = [piece for piece in _SOFT.split(text) if piece.strip()]
    tokens = all_spelt(words(text))
    spoken = [*_twins(text), *_repeated(tokens)]
    guessed: list[list[str]] = []
    if 1 < len(pieces) <= MOST:
        spoken += _spoken(pieces)
        if plural or _BRACKETS.search(text):
            guessed = _guessed(text, pieces)
    return Parts(
        (text,),
        tuple(spoken),
        tuple(dict.fromkeys(_with_genre(option) for option in guessed)),
        named=schools_named(text, tokens),
        inherited=_inherited(guessed) if plural else (),
    )


#: A plural type anywhere, unless it is spoken of all: « réseau des collèges ».
_PLURALS: Final = re.compile(
    r"(?<!des )(?<!les )(?<!inter )\b(?:colleges|lycees|ecoles|clgs|lps|lgts|lpos|legts)\b"
)
_FAMILIES: Final = frozenset({"ecole", "college", "lycee"})
_TRADES: Final = ["lycee", "des", "metiers"]


def _said(tokens: list[str]) -> list[tuple[int, int, Genre]]:
    """Where the tokens say a genre, the tail « lycée des métiers » of a lycée's name apart."""
    said = phrases(tokens)
    if not said or said[0][2].family != "lycee":
        return said
    return [found for found in said if found[0] == 0 or tokens[found[0] : found[0] + 3] != _TRADES]


def _starts(tokens: list[str]) -> list[int]:
    """Where each school begins whose type is said again, a name standing between."""
    said = _said(tokens)
    if len(said) < 2:  # noqa: PLR2004 - a type said once
        return [start for start, _, _ in said]
    starts: list[int] = []
    end = 0
    for start, after, genre in said:
        if genre.family in _FAMILIES and (not starts or telling(tokens[end:start])):
            starts.append(start)
        end = after
    return [start for start in starts if telling(tokens[_after(tokens, start) :])]


def _after(tokens: list[str], start: int) -> int:
    return next(after for at, after, _ in phrases(tokens) if at == start)


#: « A (X), B (Y) »: two communes in brackets, a name before each.
_BRACKETS = re.compile(r"\(([^()]+)\)([^()]*)\(([^()]+)\)")


def schools_named(text: str, tokens: list[str] | None = None) -> int:
    """How many schools a text says it names; MOST for a plural, 1 when it says nothing of it."""
    folded = fold(text)
    if _PLURALS.search(folded):
        return MOST
    brackets = _BRACKETS.search(folded)
    if brackets and all(telling(words(inside)) for inside in brackets.groups()):
        return 2
    starts = _starts(all_spelt(words(text)) if tokens is None else tokens)
    return max(len(starts), 1 + bool(_TWINS.fullmatch(folded)))


def _repeated(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """« Collège A, X Collège B, Y » without anything that parts them."""
    starts = _starts(tokens)
    if len(starts) > 1:
        bounds = [0, *starts[1:], len(tokens)]
        yield tuple(" ".join(tokens[i:j]) for i, j in pairwise(bounds))


#: A word of the mention and one of the school that resemble each other so much are the same.
_ALIKE: Final = 0.7
_JOINS = re.compile(r"(?:(?<!\s)\s+)?[+&]\s*")
_BAR: Final = "barre"
_ANY_JOIN = re.compile(r"[+&/]|\b(?:et|ou)\b", re.IGNORECASE)
_BARS = re.compile(r"(?<!\s)\s+/\s+")


def severed(text: str, entry: Entry, rarity: Rarity) -> bool:
    """Whether « et », « & », « + » or « / » joins to the school something that its name does not hold.

    « Collège Jean Moulin et Tarare »: two schools, though one is found. The commune may stand behind a bar,
    or hold an « et » of its own; « Lucie et Raymond Aubrac » are one name, as other schools are named so.
    """
    if not _ANY_JOIN.search(text):
        return False
    joined = _BARS.sub(f" {_BAR} ", _JOINS.sub(" et ", text))
    tokens = all_spelt(words(joined))
    spans = {i for start, end, _ in phrases(tokens) for i in range(start, end)}
    pieces: list[list[str]] = [[]]
    bars = False
    for i, token in enumerate(tokens):
        if i in spans:
            continue
        if token in {"et", "ou", _BAR}:
            bars = bars or token == _BAR
            pieces.append([])
        else:
            pieces[-1].append(token)
    held = {word for name in entry.names for word in (*name.core, *name.weak)}
    told: list[tuple[str, ...]] = []
    for piece in filter(None, map(telling, pieces)):
        # a first name, and a surname that is the school's
        couple = told and len(told[-1]) == 1 and len(piece) == 2 and piece[-1] in held  # noqa: PLR2004
        if couple and rarity.follows(told[-1][-1], piece[0]):
            told[-1] += piece
        else:
            told.append(piece)
    if len(told) < 2:  # noqa: PLR2004 - nothing is joined
        return False
    town = entry.commune_words
    apart = bars or "et" in words(entry.facts.commune)
    return not all(
        _explained(piece, held, town) or (apart and all(_resembles(word, town) for word in piece))
        for piece in told
    )


def _explained(piece: tuple[str, ...], held: set[str], town: frozenset[str]) -> bool:
    """Whether more than half of the words are the school's, its commune's once one is of its name."""
    own = [word for word in piece if _resembles(word, held)]
    rest = [word for word in piece if word not in own and _resembles(word, town)]
    return bool(own) and 2 * (len(own) + len(rest)) > len(piece)


def _resembles(word: str, others: frozenset[str] | set[str]) -> bool:
    return word in others or any(
        other.startswith(word) or (len(other) == 1 and word.startswith(other))
        if len(word) <= 2 or len(other) == 1  # noqa: PLR2004 - an initial
        else OSA.normalized_similarity(word, other, score_cutoff=_ALIKE) > 0
        for other in others
    )


#: « Collège X (ex Y) »: the name of today and the one before.
_RENAMED = re.compile(r"\((?:ex|anciennement|ancien(?:ne)?)\b[ .:-]{0,3}([^()]{2,100})\)?", re.IGNORECASE)


def renamed(text: str) -> tuple[str, str]:
    """Part « Collège X (ex Y), Z » in « Collège X, Z » and « Collège Y, Z »; the second may be empty."""
    found = _RENAMED.search(text)
    if found is None or not telling(words(found[1])):
        return text, ""
    now = text[: found.start()] + text[found.end() :]
    return now, _with_genre([now, found[1]])[1] + text[found.end() :]


def _twins(text: str) -> Iterator[tuple[str, ...]]:
    found = _TWINS.fullmatch(fold(text))
    if found:
        genre = _GENRE_FIRST.match(found[2])
        if genre and (name := found[2][genre.end() :]):
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


def _guessed(text: str, pieces: list[str]) -> list[list[str]]:
    closed, ands, commas = (
        [piece for piece in pattern.split(text) if piece.strip()] for pattern in (_CLOSED, _AND, _COMMA)
    )
    # « A et B (X), C (Y) », « A à X, B et C à Y »: a bracket ends a school; one « et » parts the last two
    options = [closed, ands, commas, *_one_and(commas)]
    # « Collèges A, X, B - C, Y »: two by two, what a name holds of « et » and dashes left whole
    paired = [_paired(option) for option in (commas, *_one_and(commas))]
    return [pieces, *(option for option in options if 1 < len(option) < len(pieces)), *filter(None, paired)]


def _paired(pieces: list[str]) -> list[str]:
    """Put a name and its commune together, when everything goes two by two; else, or in brackets, nothing."""
    if len(pieces) % 2 or len(pieces) < 4 or any("(" in piece for piece in pieces):  # noqa: PLR2004
        return []
    return [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]


#: « Pierre et Marie Curie » holds an « et »: so many at the end may part the last two schools.
_MOST_ANDS: Final = 3


def _one_and(pieces: list[str]) -> list[list[str]]:
    """Part the last piece at one « et », the last first."""
    *before, end = pieces
    joins = list(_AND.finditer(end))[-_MOST_ANDS:]
    return [[*before, end[: one.start()], end[one.end() :]] for one in reversed(joins)]


def _inherited(readings: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """Each reading with the type of its head for all, where one part seems to say another."""
    found = []
    for pieces in readings:
        tokens = all_spelt(words(pieces[0]))
        head = phrases(tokens[:4])
        if not head or head[0][0]:
            continue
        genre = " ".join(tokens[: head[0][1]])
        alike = (pieces[0], *(f"{genre} {piece}" for piece in pieces[1:]))
        if any(map(other_types, alike)):
            found.append(alike)
    return tuple(found)


def other_types(text: str) -> frozenset[str]:
    """The words of a mention that say another type than its first: a school taken for it is named so."""
    tokens = all_spelt(words(text))
    said = phrases(tokens)
    others = [(start, end) for start, end, genre in said if genre.family != said[0][2].family]
    return frozenset(token for start, end in others for token in tokens[start:end])


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
