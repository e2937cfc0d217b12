"""The levels a cell names, as people write them: classes, ranges, cycles, degrees, kinds of schools; pure.

A class has a rank, from the youngest pupils up, so that « du CM1 à la terminale » holds the collège between.
What looks like a level and is none of ours (BTS, apprentices) or tells none by itself (ULIS) is handed back
to be told: nothing is read by half in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.lib.texte import liste, slug

#: A longer cell is not quoted whole.
_QUOTED: Final = 200

#: A longer text is a description; nothing is read in it.
LONGEST: Final = 500

_PD, _CLG, _LYC, _LP = Niveau.PREMIER_DEGRE, Niveau.COLLEGE, Niveau.LYCEE, Niveau.LYCEE_PROFESSIONNEL
#: The rank of each class, and the level each rank is of.
_CLASSES: Final = (
    "ps", "ms", "gs", "cp", "ce1", "ce2", "cm1", "cm2", "6", "5", "4", "3", "2", "1", "t",
)  # fmt: skip
_RANK: Final = {name: rank for rank, name in enumerate(_CLASSES)} | {"tps": 0, "ce": 4, "cm": 6}
_OF_RANK: Final = (_PD,) * 8 + (_CLG,) * 4 + (_LYC,) * 3
#: The first and the last rank of what is no single class.
_SPANS: Final = {
    "maternelle": (0, 2), "elementaire": (3, 7), "ecole": (0, 7), "college": (8, 11),
    "cycle1": (0, 2), "cycle2": (3, 5), "cycle3": (6, 8), "cycle4": (9, 11),
}  # fmt: skip

_ADJECTIVE: Final = (
    r"(?:generales?|general|generaux|gt|technologiques?|techno|agricoles?|polyvalents?|professionnels?"
    r"|professionnelles?|pros?)"
)
_PRO: Final = re.compile(r"\bpro")
_NOT_PRO: Final = re.compile(r"\b(?:gene|gt|techno|agri)")
_EME: Final = r"(?:-?(?:iemes?|ieme|emes?|eme|es?))"
_TOKEN: Final = re.compile(
    r"(?P<none>\b(?:post-?bac(?:calaureat)?|bac-\d|bts|btsa|sts|dut|iut|cpge|classes?-prepas?|prepas?(?!-(?:met|pro))"
    r"|licences?|masters?|universites?|universitaires?|etudiants?|etudiantes?|superieure?|enseignement-superieur"
    r"|e2c|ecoles?-(?:de-la-)?(?:2e|2eme|deuxieme|seconde)-chance|grandes?-ecoles?|ecoles?-d-ingenieurs?|ingenieurs?"
    r"|cfa|apprenti(?:e)?s?|apprentissage|mfr|adultes?|creches?)\b)"
    r"|(?P<anywhere>\b(?:ulis|clis|upe2a(?:-nsa)?|ueea?|erea|dispositifs?-relais|classes?-relais|mlds|rased)\b)"
    r"|(?P<year>\b(?:1e?re?|1ere|2e|2n?de|2eme|premiere|seconde|deuxieme|derniere|3eme|troisieme)-annee\b)"
    r"|(?P<all>\btous?(?:-les)?-(?:niveaux|degres|cycles)(?:-scolaires?|-d-enseignement)?\b|\btous?-publics?(?:-scolaires?)?\b)"
    r"|(?P<degrees>\b(?:1er|premier|1)-(?:et-|ou-|a-|degre-et-|degre-)?(?:le-|du-)?(?:2nd|2d|second|2e|2eme|2)-?(?:degres?)\b"
    r"|\b1er-(?:et-)?2n?d\b|\b1d-?2d\b|\binter-?degres?\b)"
    r"|(?P<first>\b(?:premier|1er|1)-?degre\b|\b1d\b)"
    r"|(?P<second>\b(?:second|2nd|2d|2e|2eme|deuxieme)-?degre\b|\b2d\b|\bsecondaires?\b)"
    rf"|(?P<lycee>\b(?:micro-?)?lycees?(?:-(?:et-|ou-|d-enseignement-)?{_ADJECTIVE})*\b|\blyceen(?:ne)?s?(?:-{_ADJECTIVE})*\b|\blyc\b)"
    r"|(?P<lgt>\b(?:lgt|lg|lt|legta?|gt|voies?-generales?|voies?-technologiques?|cycle-terminal)\b)"
    r"|(?P<lpo>\b(?:lpo|lycees?-polyvalents?)\b)"
    r"|(?P<lp>\b(?:lp|lpp|lpa|sep|capa?|bep|bepa|bma|bac-?pros?|bacs?-pros?|bac(?:calaureat)?s?-professionnels?|voies?-pro(?:fessionnelles?)?"
    r"|enseignement-professionnel)\b)"
    r"|(?P<segpa>\b(?:[3-6](?:e|eme)?-)?segpa\b)"
    r"|(?P<ecole>\b(?:ecoles?|ecoliers?|ecolieres?|primaires?)\b)"
    r"|(?P<maternelle>\b(?:maternelles?|(?:toute-)?(?:petites?|moyennes?|grandes?)-sections?)\b)"
    r"|(?P<elementaire>\b(?:elementaires?|elem)\b)"
    r"|(?P<college>\b(?:colleges?|collegien(?:ne)?s?|clg)\b)"
    r"|(?P<cycle>\bcycles?-?[1-4](?:-(?:et-|a-|ou-)?[1-4])*\b|\bc[1-4]\b)"
    r"|(?P<young>\b(?:tps|ps|ms|gs|cp|ce1|ce2|cm1|cm2|ce|cm)\b)"
    rf"|(?P<pro>\b(?:2-?n?des?|secondes?|1-?e?re?s?|premieres?|terminales?|tles?|term)-(?:bac-)?pro(?:fessionnelles?|s)?\b)"
    rf"|(?P<class>\b(?P<digit>[3-6])(?:{_EME}|-?prepa)(?:-?[a-h1-9])?\b|\b(?P<letter>[3-6])[a-h]\d?\b|\b(?P<prepa>3)-?pm\b"
    r"|\b(?P<word>sixiemes?|cinquiemes?|quatriemes?|troisiemes?)\b)"
    r"|(?P<high>\b(?:2-?n?des?|2nd|2es?|2emes?|secondes?|2-?gt\d?)\b)"
    r"|(?P<higher>\b(?:1-?e?res?|1es?|1er|premieres?|1-?(?:gt?|st[a-z0-9]{1,3}))\b)"
    r"|(?P<highest>\b(?:terminales?|tles?|tale?s?|term|ter|t|t-?(?:gt?|st[a-z0-9]{1,3}))\b)"
)
_WORDS: Final = {"sixieme": "6", "cinquieme": "5", "quatrieme": "4", "troisieme": "3"}
_SECOND: Final = (_CLG, _LYC, _LP)
#: What each of these words says: its levels, and the ranks they go from and to.
_FIXED: Final[dict[str, tuple[frozenset[Niveau], int, int]]] = {
    "degrees": (frozenset(Niveau), 0, 14),
    "first": (frozenset({_PD}), 0, 7),
    "lgt": (frozenset({_LYC}), 12, 14),
    "lpo": (frozenset({_LYC, _LP}), 12, 14),
    "lp": (frozenset({_LP}), 12, 14),
    "pro": (frozenset({_LP}), 12, 14),
    "segpa": (frozenset({_CLG}), 8, 11),
}
_HIGH: Final = {"high": 12, "higher": 13, "highest": 14}
#: What makes two levels the ends of a range, between them.
_RANGE: Final = re.compile(r"-(?:a|au|aux|jusqu-a|jusqu-au|jusqu-en|vers)(?:-(?:la|l|les|le|en|classe-de))*-")
_DASHED: Final = re.compile(r"[-–—→>]")
#: What parts levels that are named one by one.
_LISTED: Final = re.compile(r"[,;/&+\n]|\bet\b|\bou\b")
_DEGREE: Final = re.compile(r"(?<=\d)°")
_BRACKETS: Final = re.compile(r"[(:\[]")
#: What takes away from what was said: nothing is then read.
_BUT: Final = re.compile(r"\b(?:sauf|hors|excepte)\b")
#: All of them, when nothing else is said.
_EVERYBODY: Final = re.compile(
    r"tous|tous-scolaires|tout-niveau|tous-(?:les-)?etablissements|de-la-maternelle-(?:au|a-la)-(?:lycee|terminale)"
    r"|tout-public(?:-scolaire)?"
)
#: Digits alone, when all the text is made of them: « 6 5 4 3 ».
_DIGITS: Final = re.compile(r"[3-6](?:-[3-6])+")
#: What may stay unread beside a level: what is counted.
_COUNTED: Final = re.compile(r"\b\d+-(?:classes?|eleves?|groupes?|divisions?|jeunes)\b")
#: What still looks like a class once all is read.
_LOOKS: Final = re.compile(r"\b(?:[a-z]{0,2}[1-9][a-z]{1,4}\d?|degres?|cycles?)\b")


@dataclass(frozen=True, slots=True)
class Niveaux:
    """What a text says. ``unread``: its words that look like a level and gave none.

    ``classes``: whether it names some, « 5e » or « CM1-CM2 », which is more than their level.
    """

    levels: tuple[Niveau, ...] = ()
    unread: tuple[str, ...] = ()
    classes: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """Some levels named at a place of the text, and the ranks they go from and to."""

    start: int
    end: int
    levels: frozenset[Niveau]
    first: int
    last: int


@lru_cache(maxsize=4096)
def read_levels(text: str) -> Niveaux:
    """Return the levels a text names, from the youngest pupils up, and what it names that is none."""
    if len(text) > LONGEST:
        return Niveaux()
    words = slug(_DEGREE.sub("e ", text))
    if _BUT.search(words):
        return Niveaux(unread=(text.strip(),))
    if _EVERYBODY.fullmatch(words):
        return Niveaux(tuple(Niveau))
    if _DIGITS.fullmatch(words):
        return Niveaux((_CLG,))
    found = list(_TOKEN.finditer(words))
    levels = _levels(found, text, words)
    unread = [match[0] for match in found if match["none"] or (match["anywhere"] and not levels)]
    rest = _COUNTED.sub(" ", _TOKEN.sub(" ", words))
    unread += [match[0] for match in _LOOKS.finditer(rest)]
    return Niveaux(
        tuple(level for level in Niveau if level in levels),
        tuple(dict.fromkeys(_as_written(word, text) for word in unread)),
        any(map(_is_class, found)),
    )


@lru_cache(maxsize=4096)
def is_everybody(text: str) -> bool:
    """Whether a text says « tous » and no more: all levels of « Niveaux », whoever comes of « Public »."""
    return len(text) <= LONGEST and bool(_EVERYBODY.fullmatch(slug(text)))


def _levels(found: list[re.Match[str]], text: str, words: str) -> set[Niveau]:
    named = list(_named(found))
    levels = {level for one in named for level in one.levels}
    dashed = _DASHED.search(text) and not _LISTED.search(text)
    for one, other in pairwise(named):
        between = words[one.end : other.start]
        if _RANGE.fullmatch(between) or (dashed and between == "-"):
            low, high = sorted((one, other), key=lambda end: end.first)
            levels |= {_OF_RANK[rank] for rank in range(low.first, high.last + 1)}
    if any(match["second"] for match in found) and not (levels & set(_SECOND) and _BRACKETS.search(text)):
        levels |= set(_SECOND)
    if not levels and any(match["all"] for match in found):
        return set(Niveau)
    return levels


def _named(found: list[re.Match[str]]) -> Iterator[_Named]:
    """The levels named one after the other, and the ranks they go from and to."""
    for match in found:
        levels, first, last = _meaning(match)
        if levels:
            yield _Named(match.start(), match.end(), levels, first, last)


def _meaning(match: re.Match[str]) -> tuple[frozenset[Niveau], int, int]:
    kind = match.lastgroup or ""
    if kind in _FIXED:
        return _FIXED[kind]
    if kind == "lycee":
        return _of_lycee(match[0])
    if kind == "cycle":
        return _of_cycles(match)
    if kind in _SPANS:
        return _of_span(_SPANS[kind])
    rank = _rank(match)
    return (frozenset(), 0, 0) if rank is None else _of_span((rank, rank))


def _of_span(span: tuple[int, int]) -> tuple[frozenset[Niveau], int, int]:
    first, last = span
    return frozenset(_OF_RANK[first : last + 1]), first, last


def _of_cycles(match: re.Match[str]) -> tuple[frozenset[Niveau], int, int]:
    """« cycles 2 et 3 »: each of them; « cycles 1 à 4 »: those between too, which are the same levels."""
    numbers = re.findall(r"[1-4]", match["cycle"])
    spans = [_SPANS[f"cycle{number}"] for number in numbers]
    first, last = min(spans)[0], max(spans)[1]
    return frozenset(_OF_RANK[first : last + 1]), first, last


def _of_lycee(word: str) -> tuple[frozenset[Niveau], int, int]:
    """A lycée is one of general and technological education, unless its adjectives tell otherwise."""
    if "polyvalent" in word:
        return _FIXED["lpo"]
    if not _PRO.search(word):
        return _FIXED["lgt"]
    return _FIXED["lpo"] if _NOT_PRO.search(word) else _FIXED["lp"]


def _rank(match: re.Match[str]) -> int | None:
    """The rank of a class; None for what is no class."""
    kind = match.lastgroup or ""
    if kind == "young":
        return _RANK[match[0]]
    if kind == "class":
        digit = match["digit"] or match["letter"] or match["prepa"]
        return _RANK[digit or _WORDS[match["word"].rstrip("s")]]
    return _HIGH.get(kind)


def _is_class(match: re.Match[str]) -> bool:
    kind = match.lastgroup
    return kind == "pro" or (kind == "segpa" and match[0][0].isdigit()) or _rank(match) is not None


def _as_written(word: str, text: str) -> str:
    """The word of the text that reads so."""
    pieces = re.split(r"[\s,;/()+&]+", text)
    return next((piece for piece in pieces if slug(piece) == word), word.replace("-", " "))


def half_read(written: str, read: Niveaux) -> str:
    """Return what to tell of levels that were not all understood; nothing when they were."""
    words = f"« {written} »" if len(written) <= _QUOTED else "Ce texte"
    if not read.levels:
        return (
            f"{words} ne dit aucun niveau du site : sans autre colonne, celui de l’établissement est repris."
        )
    if not read.unread:
        return ""
    told, left = liste(level.label for level in read.levels), liste(f"« {word} »" for word in read.unread)
    verb = "n’est pas un niveau" if len(read.unread) == 1 else "ne sont pas des niveaux"
    return f"{words} est lu : {told} ; {left} {verb} du site."
