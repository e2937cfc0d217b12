"""What a school is: said by a mention, or by the directory; and how far the two agree."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

from rapidfuzz.distance import OSA

from accroche.annuaire.appariement.mots import VOCABULARY


class Genre(StrEnum):
    """What kind of school, finer than the directory's kinds: people write « LPO » and « LP »."""

    UNKNOWN = ""
    ECOLE = "ecole"
    MATERNELLE = "maternelle"
    ELEMENTAIRE = "elementaire"
    PRIMAIRE = "primaire"
    COLLEGE = "college"
    LYCEE = "lycee"
    LGT = "lgt"
    LP = "lp"
    LPO = "lpo"
    SEP = "sep"
    EREA = "erea"
    SGT = "sgt"
    CITE = "cite"
    GROUPE = "groupe"
    MFR = "mfr"
    CIO = "cio"
    DSDEN = "dsden"
    CIRCONSCRIPTION = "circonscription"
    RECTORAT = "rectorat"
    AUTRE = "autre"

    @property
    def family(self) -> str:
        """The family genres are counted in: école, collège, lycée, or itself."""
        return _FAMILY.get(self, self.value)


_FAMILY: Final = {
    **dict.fromkeys((Genre.ECOLE, Genre.MATERNELLE, Genre.ELEMENTAIRE, Genre.PRIMAIRE), "ecole"),
    **dict.fromkeys((Genre.LYCEE, Genre.LGT, Genre.LP, Genre.LPO, Genre.SEP, Genre.SGT), "lycee"),
}

_G = Genre
#: Phrases that say a genre, by their first word, the longest first.
_BY_FIRST: Final[dict[str, list[tuple[tuple[str, ...], Genre]]]] = {}
for _genre, _lines in VOCABULARY["genres"].items():
    for _phrase in _lines.split("\n"):
        _parts = tuple(_phrase.split())
        if _parts:
            _BY_FIRST.setdefault(_parts[0], []).append((_parts, Genre(_genre)))
for _known in _BY_FIRST.values():
    _known.sort(key=lambda entry: -len(entry[0]))

#: A word of a genre has at least so many letters at the head of a mention; one more elsewhere. From LONG on
#: two letters may be wrong at the head.
SHORTEST, LONG = 4, 6
#: Long words of the phrases, which may be misspelt by one letter.
_LONG: Final = (
    "college",
    "lycee",
    "ecole",
    "professionnel",
    "polyvalent",
    "elementaire",
    "maternelle",
    "primaire",
    "technologique",
    "general",
)


def spelt(token: str, *, first: bool = False) -> str:
    """Return the word of a genre that a misspelt one stands for, or the token itself.

    ``first``: it begins the mention, where a genre is expected: one letter more may be wrong.
    """
    if len(token) < SHORTEST + (not first) or token in _BY_FIRST or token.isdigit():
        return token
    for word in _LONG:
        allowed = 1 + (first and len(word) > LONG)
        if OSA.distance(token, word, score_cutoff=allowed) <= allowed:
            return word
    return token


def all_spelt(tokens: list[str]) -> list[str]:
    """The tokens with the words of genres written right."""
    return [spelt(token, first=i == 0) for i, token in enumerate(tokens)]


def phrases(tokens: list[str]) -> list[tuple[int, int, Genre]]:
    """Where the tokens say a genre: first position, position after, genre."""
    found = []
    position = 0
    while position < len(tokens):
        for parts, genre in _BY_FIRST.get(tokens[position], ()):
            if tuple(tokens[position : position + len(parts)]) == parts:
                found.append((position, position + len(parts), genre))
                position += len(parts) - 1
                break
        position += 1
    return found


#: How the log of the odds changes: what the mention says, then what the school is.
_EVIDENCE: Final[dict[Genre, dict[Genre, float]]] = {
    _G.ECOLE: {_G.ECOLE: 0, _G.MATERNELLE: -0.5, _G.ELEMENTAIRE: 0, _G.PRIMAIRE: 0},
    _G.ELEMENTAIRE: {_G.ECOLE: -0.3, _G.MATERNELLE: -6, _G.ELEMENTAIRE: 0, _G.PRIMAIRE: -0.6},
    _G.PRIMAIRE: {_G.ECOLE: -0.3, _G.MATERNELLE: -3, _G.ELEMENTAIRE: -0.6, _G.PRIMAIRE: 0},
    _G.MATERNELLE: {_G.ECOLE: -1.5, _G.MATERNELLE: 0, _G.ELEMENTAIRE: -6, _G.PRIMAIRE: -3},
    _G.COLLEGE: {_G.COLLEGE: 0, _G.CITE: -1},
    _G.LYCEE: {_G.LYCEE: 0, _G.LGT: 0, _G.LPO: 0, _G.LP: -1.2, _G.SEP: -5, _G.SGT: -5, _G.EREA: -3},
    _G.LGT: {_G.LYCEE: -0.3, _G.LGT: 0, _G.LPO: -1, _G.LP: -5, _G.SEP: -5, _G.SGT: -2},
    _G.LPO: {_G.LYCEE: -0.3, _G.LGT: -2, _G.LPO: 0, _G.LP: -2.5, _G.SEP: -5, _G.SGT: -5},
    _G.LP: {_G.LYCEE: -2, _G.LGT: -4, _G.LPO: -1.5, _G.LP: 0, _G.SEP: -2, _G.SGT: -5, _G.EREA: -4},
    _G.SEP: {_G.LYCEE: -3, _G.LGT: -4, _G.LPO: -3, _G.LP: -3.5, _G.SEP: 0},
    _G.SGT: {_G.LYCEE: -3, _G.LGT: -3, _G.LPO: -3, _G.LP: -3, _G.SGT: 0},
    _G.GROUPE: {
        **dict.fromkeys((_G.ECOLE, _G.PRIMAIRE, _G.ELEMENTAIRE), 0),
        **dict.fromkeys((_G.LYCEE, _G.LGT, _G.LPO, _G.LP), -2),
        _G.MATERNELLE: -0.5,
        _G.COLLEGE: -1.5,
    },
    _G.CITE: {_G.COLLEGE: -1, _G.LYCEE: -1, _G.LGT: -1, _G.LPO: -1, _G.LP: -1.5, _G.CITE: 0},
}
#: A genre that contradicts the other.
CONFLICT: Final = -8.0


def evidence(said: Genre, held: Genre) -> float:
    """What agreement is worth, as a change of the log of the odds: 0 agrees, -8 contradicts."""
    if said is Genre.UNKNOWN:
        return 0.0 if held not in {Genre.SEP, Genre.SGT} else -3.0
    if said is held:
        return 0.0
    return _EVIDENCE.get(said, {}).get(held, CONFLICT)


@cache
def worth(said: Genre) -> dict[Genre, float]:
    """What every genre a school may have is worth, beside the one said."""
    return {held: evidence(said, held) for held in Genre}


#: The directory's kinds whose finer genre the name decides.
_FINER: Final = {"ecole": "ecole", "lycee": "lycee", "lycee_professionnel": "lycee"}
_OF_KIND: Final = {
    "college": _G.COLLEGE,
    "cio": _G.CIO,
    "dsden": _G.DSDEN,
    "circonscription": _G.CIRCONSCRIPTION,
    "academie": _G.RECTORAT,
    "ecole": _G.ECOLE,
    "lycee": _G.LYCEE,
    "lycee_professionnel": _G.LP,
}


def genre_of(kind: str, tokens: list[str]) -> Genre:
    """The genre of a school of the directory, from its kind and the words of its name."""
    said = [genre for _, _, genre in phrases(tokens)]
    if kind not in _OF_KIND:
        return next((genre for genre in (Genre.EREA, Genre.MFR) if genre in said), Genre.AUTRE)
    family = _FINER.get(kind)
    if family is None:
        return _OF_KIND[kind]
    for genre in said:
        if genre.family == family and genre not in {Genre.ECOLE, Genre.LYCEE}:
            return genre
    return _OF_KIND[kind]
