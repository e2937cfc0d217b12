"""What a visitor looks for: read from an address, and written back as the one address that names it.

``read`` never fails: what it refuses is told in French, and left out. ``Criteres.canonical`` writes a search
in one way only, so that two people who look for the same thing share one address. :data:`FACETTES` is the one
list of filters: search, map, agenda, embeds and selections use it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import PARTENAIRE_LABELS
from accroche.lib.libelles import Libelle
from accroche.lib.terre import distance
from accroche.lib.texte import NBSP, normalised, plain_separators

#: The longest text looked for, the last page shown, the choices kept of one filter, the widest circle (km).
LONGEST: Final = 200
LAST_PAGE: Final = 200
MOST_CHOICES: Final = 30
WIDEST: Final = 500
#: The circle around a place when nobody says (km), and those the form offers.
AROUND: Final = 30
RAYONS: Final = (5, 10, 20, 30, 50, 100, 200)
#: The years a day may be of: what people mean, and what calendars hold.
YEARS: Final = (1990, 2100)
#: Positions are kept to about a kilometre: enough to find what is near, too little to find somebody.
DECIMALS: Final = 2


class Ordre(Libelle):
    """In what order results come."""

    PERTINENCE = "pertinence", "Pertinence"
    DATE = "date", "Les plus récentes d’abord"
    DISTANCE = "distance", "Les plus proches d’abord"


class Distinction(Libelle):
    """What an action was told apart by."""

    REMARQUABLE = "remarquable", "Remarquable"
    PRIX = "prix", "Primée"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in WGS 84 degrees rounded to about a kilometre, and what it is called."""

    lat: float
    lon: float
    label: str = ""

    def __post_init__(self) -> None:
        """Round; ``+ 0.0`` makes one zero of both."""
        object.__setattr__(self, "lat", round(self.lat, DECIMALS) + 0.0)
        object.__setattr__(self, "lon", round(self.lon, DECIMALS) + 0.0)

    def distance_to(self, lat: float, lon: float) -> float:
        """How far another place is, in kilometres as the crow flies."""
        return distance((self.lat, self.lon), (lat, lon))


@dataclass(frozen=True, slots=True)
class Criteres:
    """A search. Choices within one filter widen it (« or »), filters narrow each other (« and »).

    ``niveaux``, ``natures``, ``themes``, ``temporalites``, ``partenaires`` and ``distinctions`` hold codes of
    their vocabularies, ``academies`` and ``selection`` slugs, ``departements`` and ``commune`` codes of the
    Insee, ``rayon`` kilometres around ``pres_de`` (never without it). Made in one form: choices sorted and
    once each, an order that means something: « pertinence » without words is the nearest first around a
    place, else the latest.
    """

    q: str = ""
    edition: str = ""
    academies: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    niveaux: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    temporalites: tuple[str, ...] = ()
    partenaires: tuple[str, ...] = ()
    distinctions: tuple[str, ...] = ()
    video: bool = False
    etablissement: str = ""
    commune: str = ""
    selection: str = ""
    pres_de: Point | None = None
    rayon: int | None = None
    du: dt.date | None = None
    au: dt.date | None = None
    tri: Ordre = Ordre.PERTINENCE
    page: int = 1

    def __post_init__(self) -> None:
        """Put what means the same into one form."""
        for name in _CHOICES.values():
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if self.pres_de is None:
            object.__setattr__(self, "rayon", None)
        elif self.rayon is None:
            object.__setattr__(self, "rayon", AROUND)
        if self.tri is Ordre.DISTANCE and self.pres_de is None:
            object.__setattr__(self, "tri", Ordre.PERTINENCE)
        if self.tri is Ordre.PERTINENCE and not self.q:
            object.__setattr__(self, "tri", self.usual_tri)

    @property
    def usual_tri(self) -> Ordre:
        """The order nobody has to ask for."""
        if self.q:
            return Ordre.PERTINENCE
        return Ordre.DISTANCE if self.pres_de else Ordre.DATE

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out by more than words."""
        return replace(self, q="", page=1, tri=Ordre.PERTINENCE) != Criteres()

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address, in their order; what goes without saying is left out."""
        found: list[tuple[str, str]] = [("q", self.q), ("edition", self.edition)]
        for name, attribute in _CHOICES.items():
            found += [(name, code) for code in getattr(self, attribute)]
        found += [("video", "1" if self.video else "")]
        found += [("etablissement", self.etablissement), ("commune", self.commune)]
        found += [("selection", self.selection)]
        if self.pres_de:
            found += [("pres", f"{self.pres_de.lat:.{DECIMALS}f},{self.pres_de.lon:.{DECIMALS}f}")]
            found += [("lieu", self.pres_de.label)]
            found += [("rayon", "" if self.rayon == AROUND else str(self.rayon))]
        found += [
            ("du", self.du.isoformat() if self.du else ""),
            ("au", self.au.isoformat() if self.au else ""),
        ]
        found += [("tri", "" if self.tri is self.usual_tri else self.tri.value)]
        found += [("page", "" if self.page == 1 else str(self.page))]
        return [(name, value) for name, value in found if value]

    def canonical(self) -> str:
        """The query string that names it: stable order, usual values left out, « » when all are usual."""
        return urlencode(self.pairs(), safe=",")


@dataclass(frozen=True, slots=True)
class Facette:
    """A filter: its ``name`` in addresses and in counts, what people read, its field of :class:`Criteres`."""

    name: str
    label: str
    field: str
    #: its codes with their words, where a vocabulary has them; the database knows the others
    words: dict[str, str] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    #: whether one choice excludes the others
    single: bool = False


def _words(vocabulary: type[Libelle]) -> dict[str, str]:
    return {code.value: code.label for code in vocabulary if code.value}


#: Every filter with counts, in the order in which people meet them.
FACETTES: Final = (
    Facette("academie", "Académie", "academies"),
    Facette("departement", "Département", "departements"),
    Facette("niveau", "Niveau", "niveaux", _words(Niveau)),
    Facette("theme", "Thème", "themes", _words(CodeTheme)),
    Facette("nature", "Étape", "natures", _words(Nature)),
    Facette("temporalite", "Quand dans l’année", "temporalites", _words(Temporalite)),
    Facette(
        "partenaire",
        "Partenaires",
        "partenaires",
        {kind.value: label for kind, label in PARTENAIRE_LABELS.items() if kind.value},
    ),
    Facette("distinction", "Distinction", "distinctions", _words(Distinction)),
    Facette("video", "Vidéo", "video", {"1": "Avec une vidéo"}, single=True),
    Facette("edition", "Édition", "edition", single=True),
)
#: The parameters that may be given several times, and their fields.
_CHOICES: Final = {
    facette.name: facette.field for facette in FACETTES if facette.field not in {"video", "edition"}
}
#: Every parameter of an address.
PARAMETRES: Final = frozenset(
    {"q", "etablissement", "commune", "selection", "pres", "lieu", "rayon", "du", "au", "tri", "page"}
    | {facette.name for facette in FACETTES}
)
#: What a code looks like where no vocabulary lists them.
CODES: Final = {
    "academie": re.compile(r"[a-z0-9-]{1,50}"),
    "departement": re.compile(r"[0-9AB]{2,3}"),
}
EDITION: Final = re.compile(r"[0-9]{4}-[0-9]{4}")
_SLUG: Final = re.compile(r"[a-z0-9-]{1,80}")
_UAI: Final = re.compile(r"[0-9]{7}[A-Z]")
_INSEE: Final = re.compile(r"[0-9][0-9AB][0-9]{3}")
_POSITION: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,15})?),(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)")
#: As calendars of browsers send a day, and as one is typed where there is none.
_DAYS: Final = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
_WHOLE: Final = re.compile(r"[0-9]{1,9}")


class Parametres(Protocol):
    """What is read: the parameters of an address, as Django's ``QueryDict`` gives them."""

    def get(self, name: str, default: str, /) -> Any:
        """The last value of ``name``."""

    def getlist(self, name: str, /) -> list[Any]:
        """All of them."""


@dataclass(frozen=True, slots=True)
class Lu:
    """What was read, and what was left out of it: sentences for who reads the page."""

    criteres: Criteres
    problems: tuple[str, ...] = ()


def read(data: Parametres) -> Lu:
    """Read a search from the parameters of an address; whatever they hold, it is bounded and told."""
    problems: list[str] = []
    text = clean(data.get("q", ""))
    if len(text) > LONGEST:
        text = text[:LONGEST].strip()
        problems.append(
            f"Votre recherche était trop longue{NBSP}: ses {LONGEST} premiers caractères ont été gardés."
        )
    point = _point(data, problems)
    du, au = read_day(data, "du", problems), read_day(data, "au", problems)
    if du and au and du > au:
        du, au = au, du
        problems.append(f"La fin de la période précédait son début{NBSP}: les deux dates ont été échangées.")
    tri = _one_of(data, "tri", Ordre, problems)
    if tri is Ordre.DISTANCE and not point:
        problems.append("Pour classer par distance, dites près de quel lieu chercher.")
    found = Criteres(
        q=text,
        edition=_matching(data, "edition", EDITION, "Cette édition n’existe pas.", problems),
        **{attribute: _codes(data, name, problems) for name, attribute in _CHOICES.items()},
        video=data.get("video", "") not in {"", "0"},
        etablissement=_matching(
            data, "etablissement", _UAI, "Ce code d’établissement n’en est pas un.", problems
        ),
        commune=_matching(data, "commune", _INSEE, "Ce code de commune n’en est pas un.", problems),
        selection=_selection(data, problems),
        pres_de=point,
        rayon=rayon_of(data, problems) if point else None,
        du=du,
        au=au,
        tri=tri or Ordre.PERTINENCE,
        page=_page(data, problems),
    )
    return Lu(found, tuple(dict.fromkeys(problems)))


def clean(text: object) -> str:
    """One line of what somebody typed or pasted: no control, no half character, spaces once."""
    # far more than is kept, far less than costs
    bare = plain_separators(str(text)[: 5 * LONGEST])
    bare = "".join(char if char.isprintable() else " " for char in normalised(bare))
    return " ".join(bare.split())


def _codes(data: Parametres, name: str, problems: list[str]) -> tuple[str, ...]:
    facette = next(facette for facette in FACETTES if facette.name == name)
    pattern = CODES.get(name)
    asked = [str(value)[:LONGEST] for value in data.getlist(name)[: 10 * MOST_CHOICES] if value]
    kept = sorted({code for code in asked if (pattern.fullmatch(code) if pattern else code in facette.words)})
    if len(kept) < len(set(asked)):
        problems.append(f"Un choix inconnu du filtre «{NBSP}{facette.label}{NBSP}» n’a pas été retenu.")
    if len(kept) > MOST_CHOICES:
        problems.append(
            f"Du filtre «{NBSP}{facette.label}{NBSP}», seuls {MOST_CHOICES} choix ont été retenus."
        )
    return tuple(kept[:MOST_CHOICES])


def _matching(
    data: Parametres, name: str, pattern: re.Pattern[str], refusal: str, problems: list[str]
) -> str:
    text = str(data.get(name, ""))[:LONGEST].strip()
    if not text:
        return ""
    text = text.upper()
    if not pattern.fullmatch(text):
        problems.append(refusal)
        return ""
    return text


def _selection(data: Parametres, problems: list[str]) -> str:
    text = str(data.get("selection", ""))[:LONGEST].strip()
    if text and not _SLUG.fullmatch(text):
        problems.append("Cette sélection n’existe pas.")
        return ""
    return text


def _one_of(data: Parametres, name: str, vocabulary: type[Ordre], problems: list[str]) -> Ordre | None:
    code = str(data.get(name, ""))[:LONGEST]
    if code and code not in set(vocabulary):
        problems.append(f"Cet ordre n’existe pas{NBSP}: l’ordre habituel a été gardé.")
        return None
    return vocabulary(code) if code else None


def _point(data: Parametres, problems: list[str]) -> Point | None:
    text = str(data.get("pres", ""))[:LONGEST].strip()
    if not text:
        return None
    found = _POSITION.fullmatch(text)
    lat, lon = (float(found[1]), float(found[2])) if found else (math.inf, math.inf)
    if abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004 - degrees
        problems.append(
            f"Le lieu de cette adresse n’a pas été compris{NBSP}: la recherche porte sur toute la France."
        )
        return None
    return Point(lat, lon, clean(data.get("lieu", ""))[:LONGEST].strip())


def rayon_of(data: Parametres, problems: list[str]) -> int | None:
    """The radius that is asked for, in kilometres; what is refused is added to ``problems``."""
    text = str(data.get("rayon", ""))[:LONGEST].strip()
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or int(text) < 1:
        problems.append(
            f"La distance doit être un nombre de kilomètres{NBSP}: {AROUND}{NBSP}km ont été retenus."
        )
        return None
    if int(text) > WIDEST:
        problems.append(f"La distance est limitée à {WIDEST}{NBSP}km.")
    return min(int(text), WIDEST)


def read_day(data: Parametres, name: str, problems: list[str]) -> dt.date | None:
    """A day of the parameters; None when none is given, or when it is no day, which is told."""
    text = str(data.get(name, ""))[:LONGEST].strip()
    if not text:
        return None
    found = next(filter(None, (way.fullmatch(text) for way in _DAYS)), None)
    try:
        day = dt.date(**{name: int(number) for name, number in found.groupdict().items()}) if found else None
    except ValueError:
        day = None
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        problems.append(
            f"La date «{NBSP}{clean(text)[:20]}{NBSP}» n’a pas été comprise{NBSP}: "
            "écrivez-la ainsi, 24/11/2026."
        )
        return None
    return day


def _page(data: Parametres, problems: list[str]) -> int:
    text = str(data.get("page", ""))[:LONGEST].strip()
    if not text:
        return 1
    if not re.fullmatch("[0-9]+", text) or int(text) < 1:
        problems.append(f"Ce numéro de page n’existe pas{NBSP}: voici la première.")
        return 1
    if len(text) > len(str(LAST_PAGE)) or int(text) > LAST_PAGE:
        problems.append(
            f"Les résultats ne sont montrés que jusqu’à la page {LAST_PAGE}{NBSP}: "
            "précisez votre recherche pour voir les autres."
        )
        return LAST_PAGE
    return int(text)


def without(criteres: Criteres, name: str, code: str = "") -> Criteres:
    """The same search without one choice (``code``) of a filter, or without all of them; page 1."""
    usual = Criteres()
    attribute = next((facette.field for facette in FACETTES if facette.name == name), name)
    value: Any = getattr(usual, attribute)
    if code and isinstance(value, tuple):
        value = tuple(kept for kept in getattr(criteres, attribute) if kept != code)
    return replace(criteres, page=1, **{attribute: value})


def near(criteres: Criteres, place: Point | None, rayon: int | None = None) -> Criteres:
    """The same search near a place, or nowhere in particular; an order nobody asked for follows; page 1."""
    usual = criteres.tri is criteres.usual_tri
    tri = Ordre.PERTINENCE if usual else criteres.tri
    return replace(criteres, pres_de=place, rayon=rayon, tri=tri, page=1)
