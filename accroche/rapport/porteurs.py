"""The title line of an action: its title, who carries it, the prize it got.

« Défis, Collèges A, X ; B, Y » has two carriers; « Micro-lycée Pergaud, Besançon » names its
carrier in the title. The rules are those of docs/pack.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from accroche.annuaire.departements import is_departement
from accroche.dossier.dossier import PorteurSaisi, TypePorteur
from accroche.lib.texte import capitale
from accroche.rapport.lines import fact, folded
from accroche.rapport.organisations import kind_of
from accroche.rapport.phrases import flat

_PRIZE = re.compile(r"\(((?:prix|mention|troph[ée]e|m[ée]daille)\b[^()]*)\)$", re.IGNORECASE)
#: A longer text after a dash is a part of the title.
_MAX_PLACE: Final = 40
_DASH = re.compile(r" [–—|/-] ")
_ENDS_IN_BRACKETS = re.compile(r"([^()]+) \(([^()]+)\)")
_IN_BRACKETS = re.compile(r"([^()]+) \(([^()]+)\)")
# Words of a school's type, in the plural, that a list of schools shares.
_PLURAL_TYPES: dict[str, str] = {
    "collèges": "collège",
    "lycées": "lycée",
    "écoles": "école",
    "ecoles": "ecole",
    "micro-lycées": "micro-lycée",
    "professionnels": "professionnel",
    "polyvalents": "polyvalent",
    "généraux": "général",
    "technologiques": "technologique",
    "élémentaires": "élémentaire",
    "primaires": "primaire",
    "maternelles": "maternelle",
    "agricoles": "agricole",
    "départementaux": "départemental",
}
# The same where accents are lost: « Colleges A, X ; B, Y ».
_PLURAL_TYPES |= {flat(word): flat(one) for word, one in _PLURAL_TYPES.items()}
_PARTICLES: Final = frozenset(
    ["de", "du", "des", "la", "le", "les", "et", "en", "sur", "sous", "lès", "à", "-", "–"]
)
# « Collège Croix Menée du Creusot »: the place closes the name. But « du Bellay » is a person.
_FINAL_PLACE = re.compile(r"(?P<name>\S+ .*\S) (?P<article>du|à) (?P<place>[^\W\d_a-z].*)")
_CIO_PLACE = re.compile(r"CIO (?P<article>de |du |des |d’|à )(?P<place>[^\W\d_a-z].*)")
_PEOPLE: Final = frozenset(["Bellay", "Guesclin", "Châtelet", "Deffand", "Barry", "Bos"])
_IN_TITLE = re.compile(
    r"(?:^|[ ’])(?P<name>(?:(?:micro-)?lyc[ée]e|coll[èe]ge|[ée]cole|CIO|DSDEN|circonscription|CCI)s?\b.*)",
    re.IGNORECASE,
)
_ACADEMIE = re.compile(r" (?:de|pour) l’(?P<name>Acad[ée]mie (?:de |d’|du )[^\W\d_a-z].*)")
_TERRITORY = re.compile(r" territoire (?:de |d’)(?P<place>[^\W\d_a-z].*)")
_ARTICLES: Final = {"du ": "Le ", "des ": "Les "}


@dataclass(frozen=True, slots=True)
class TitleLine:
    """What a title line says; ``doubt`` is a French question to the reader, empty when clear."""

    title: str
    porteurs: tuple[PorteurSaisi, ...] = ()
    prize: str = ""
    doubt: str = ""


def read_title(line: str, description: str = "") -> TitleLine:
    """Read a title line, its wrapped lines joined; ``description`` settles what a lone name is."""
    text = fact(line).rstrip(" ,;")
    awarded = _PRIZE.search(text)
    prize = ""
    if awarded:
        prize = awarded.group(1)
        text = text[: awarded.start()].rstrip(" ,;")
    segments = _segments(text)
    for rank, segment in enumerate(segments[1:], start=1):
        if _is_organisation(segment):
            return TitleLine(", ".join(segments[:rank]), _porteurs(segments[rank:]), prize)
    for segments_by_sign in _otherwise_parted(text):
        for rank, segment in enumerate(segments_by_sign[1:], start=1):
            if _is_organisation(segment):
                title = text[: text.index(segment)].rstrip(" –—-/|(:,")
                return TitleLine(title, _porteurs(segments_by_sign[rank:]), prize)
    return _asked(_without_organisation(segments, description, prize), text)


def _asked(found: TitleLine, text: str) -> TitleLine:
    """Ask of a title without a carrier whether what follows its dash is one, or a place."""
    last = _DASH.split(text)[-1]
    if found.porteurs or found.doubt or last == text or not last[:1].isupper() or len(last) > _MAX_PLACE:
        return found
    return replace(
        found,
        doubt=f"« {last} », après un tiret, est laissé dans le titre : est-ce le lieu de l’action, ou qui la "
        "porte ?",
    )


def _otherwise_parted(text: str) -> Iterator[list[str]]:
    """The parts of a title without a comma before its organisation: by dashes, or in brackets."""
    yield [piece for part in _DASH.split(text) for piece in _segments(part)] if _DASH.search(text) else []
    bracketed = _ENDS_IN_BRACKETS.fullmatch(text)
    if bracketed:
        yield [bracketed[1], *_segments(bracketed[2])]


def names_organisation(line: str, *, commas: bool = False) -> bool:
    """Tell whether a line names an organisation after a comma, as the titles of actions do.

    ``commas``: after a comma alone, neither a dash nor an opening bracket.
    """
    text = fact(line).rstrip(" ,;")
    return any(
        _is_organisation(segment)
        for parts in (_segments(text), *(() if commas else _otherwise_parted(text)))
        for segment in parts[1:]
    )


def _segments(text: str) -> list[str]:
    """Cut at the commas that are outside brackets and quotation marks."""
    cuts: list[int] = []
    depth = 0
    quoted = False
    for rank, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
            depth = max(0, depth + (1 if quoted else -1))
        elif sign in "(«":
            depth += 1
        elif sign in ")»":
            depth = max(0, depth - 1)
        elif sign == "," and not depth:
            cuts.append(rank)
    if depth:  # a quotation that is never closed hides nothing
        cuts = [rank for rank, sign in enumerate(text) if sign == ","]
    bounds = [-1, *cuts, len(text)]
    pieces = (text[a + 1 : b].strip() for a, b in pairwise(bounds))
    return [m for m in pieces if m] or [""]


def _is_organisation(segment: str) -> bool:
    if kind_of(segment) is None:
        return False
    if segment[0].isupper():
        return True
    # « collège Les Eucalyptus » is one, « collège, lycée : un parcours » is not.
    return any(word[0].isupper() for word in segment.split()[1:])


def _porteurs(segments: list[str]) -> tuple[PorteurSaisi, ...]:
    """Read « Collège A, X », « Collèges A, X ; B, Y », « Collèges A (X), B (Y) », « Collèges A, B »."""
    head, first = _head(segments[0])
    if head:
        return _list(head, [first, *segments[1:]])
    found: list[PorteurSaisi] = []
    for group in _groups(segments):
        name, commune = group[0], ", ".join(group[1:])
        bracketed = _IN_BRACKETS.fullmatch(name)
        if bracketed and not commune and not bracketed.group(2).isupper():
            name, commune = bracketed.group(1), bracketed.group(2)
        found.extend(_porteur(n, commune) for n in _acronyms(name))
    return tuple(found)


def _head(segment: str) -> tuple[str, str]:
    """Split « Collèges Félix Tisserand » into its type in the singular and the first name."""
    words = segment.split()
    head: list[str] = []
    plural = False
    for word in words:
        lower = word.casefold()
        if lower in _PLURAL_TYPES:
            head.append(_PLURAL_TYPES[lower])
            plural = plural or not head[1:]
        elif (
            head
            and lower == "et"
            and len(words) > len(head) + 1
            and words[len(head) + 1].casefold() in _PLURAL_TYPES
        ):
            head.append(word)
        else:
            break
    if not plural:
        return "", segment
    name = " ".join(head)
    return capitale(name), " ".join(words[len(head) :])


def _list(head: str, segments: list[str]) -> tuple[PorteurSaisi, ...]:
    """Read the schools of a list that shares its type."""
    first = segments[0]
    if ";" in "".join(segments):
        groups = [[s.strip() for s in g.split(",") if s.strip()] for g in ", ".join(segments).split(";")]
        return tuple(_named(head, g[0], ", ".join(g[1:])) for g in groups if g)
    bracketed = [_IN_BRACKETS.fullmatch(s) for s in segments]
    if any(bracketed):
        return tuple(
            _named(head, m.group(1), m.group(2)) if m else _named(head, s, "")
            for s, m in zip(segments, bracketed, strict=True)
        )
    if not first:  # « Collèges, Port Louis, Abymes Bourg »: only their places
        return tuple(_porteur(head, place) for place in segments[1:]) or (_porteur(head, ""),)
    if " et " in first and len(segments) <= 2:  # noqa: PLR2004  a list of names, then their place
        return tuple(_named(head, name, ", ".join(segments[1:])) for name in first.split(" et "))
    if first.startswith(("des ", "du ", "de ", "d’")):  # « Ecoles des lacs, Aydat »: one group
        return (_porteur(f"{head} {first}", ", ".join(segments[1:])),)
    return tuple(_named(head, name, "") for segment in segments for name in segment.split(" et "))


def _named(head: str, name: str, commune: str) -> PorteurSaisi:
    """Name a school of a list; one that states its own type keeps it."""
    clean = name.strip()
    return _porteur(clean if kind_of(clean) else f"{head} {clean}", commune.strip())


def _groups(segments: list[str]) -> list[list[str]]:
    """Group each organisation with the places that follow it."""
    groups: list[list[str]] = []
    for segment in segments:
        for rank, piece in enumerate(m.strip() for m in segment.split(";")):
            if not piece:
                continue
            if rank or not groups or _is_organisation(piece):
                groups.append([piece])
            else:
                groups[-1].append(piece)
    return groups


def _acronyms(name: str) -> list[str]:
    """Separate « MENESR – IFé », two bodies that sign together."""
    parts = _DASH.split(name)
    if len(parts) > 1 and all(" " not in p and kind_of(p) for p in parts):
        return parts
    return [name]


def _porteur(name: str, commune: str) -> PorteurSaisi:
    name = capitale(name)
    kind = kind_of(name) or TypePorteur.AUTRE
    if not commune:
        cio = _CIO_PLACE.fullmatch(name)
        final = _FINAL_PLACE.fullmatch(name)
        if cio:
            commune = _place(cio.group("article"), cio.group("place"))
        elif final and _place_closes_name(kind, final):
            commune = _place(final.group("article") + " ", final.group("place"))
            name = final.group("name")
    return PorteurSaisi(name=name, kind=kind, commune=commune)


def _place(article: str, place: str) -> str:
    return _ARTICLES.get(article, "") + place


def _place_closes_name(kind: TypePorteur, final: re.Match[str]) -> bool:
    if kind not in {
        TypePorteur.ECOLE,
        TypePorteur.COLLEGE,
        TypePorteur.LYCEE,
        TypePorteur.LYCEE_PROFESSIONNEL,
    }:
        return False
    if final.group("place").split()[0] in _PEOPLE:
        return False
    return any(word[0].isupper() for word in final.group("name").split()[1:])


def _without_organisation(segments: list[str], description: str, prize: str) -> TitleLine:
    """Read a line whose commas lead to no organisation: the title names one, or a place."""
    last = segments[-1]
    place = last if len(segments) > 1 and last[0].isupper() else ""
    title = ", ".join(segments[:-1]) if place else ", ".join(segments)
    named = _named_in(title)
    if named:
        porteur = _porteur(named, place)
        if "nouvelle chance" in folded(named):  # a network of schools under one name
            porteur = replace(porteur, kind=TypePorteur.RESEAU)
        return TitleLine(title, (porteur,), prize)
    if not place:
        academie = _ACADEMIE.search(title)
        if academie:
            return TitleLine(
                title, (PorteurSaisi(kind=TypePorteur.ACADEMIE, name=academie.group("name")),), prize
            )
        territory = _TERRITORY.search(title)
        if territory:
            return TitleLine(title, (_territory(territory.group("place")),), prize)
        return TitleLine(title, (), prize)
    is_place, doubt = _place_or_organisation(place, description)
    return TitleLine(
        title,
        (_territory(place) if is_place else PorteurSaisi(kind=TypePorteur.AUTRE, name=place),),
        prize,
        doubt,
    )


def _territory(place: str) -> PorteurSaisi:
    """Make a place the carrier of an action; a département is no commune."""
    commune = "" if is_departement(place) else place
    return PorteurSaisi(kind=TypePorteur.TERRITOIRE, name=place, commune=commune)


def _named_in(title: str) -> str:
    """Give the organisation a title ends with: « Actions du Collège Hector Berlioz »."""
    match = _IN_TITLE.search(title)
    if match is None:
        return ""
    name = match.group("name")
    rest = name.split()[1:]
    types = {*_PLURAL_TYPES, *_PLURAL_TYPES.values()}
    proper = [m for m in rest if m.casefold() not in _PARTICLES and m.casefold() not in types]
    if not proper or not all(_is_proper_name(m) for m in proper):
        return ""
    return name


def _is_proper_name(word: str) -> bool:
    return word.rpartition("’")[2][:1].isupper()


def _place_or_organisation(name: str, description: str) -> tuple[bool, str]:
    """Tell a place from an organisation by the way the description speaks of it."""
    if any(f"{by}{name}" in description for by in ("par l’", "par le ", "par la ")):
        return False, ""
    if name in description or is_departement(name):
        return True, ""
    doubt = (
        f"« {name} », en fin de titre, est lu comme le lieu de l’action. Corrigez si c’est une partie du "
        "titre ou un organisme."
    )
    return True, doubt
