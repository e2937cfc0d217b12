"""What a page of somebody else shows of the catalogue: which drawing of which search, and how it is named.

An embed is an address: ``/integre/carte/?academie=dijon&aspect=sombre``. Pure: no request, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Final
from urllib.parse import urlencode

from accroche.catalogue.criteres import Criteres, Parametres
from accroche.lib.libelles import Libelle

#: All addresses of embeds begin so; nothing else does.
PREFIX: Final = "/integre/"
#: The parameter of an address that says how an embed looks.
LOOK: Final = "aspect"
#: Pixels an embed is wide, where a number has to be told and nobody says which.
WIDTH: Final = 800


class Forme(Libelle):
    """How the actions of a search are drawn on somebody else's page."""

    ACTIONS = "actions", "Liste"
    CARTE = "carte", "Carte"
    AGENDA = "agenda", "Agenda"

    @property
    def frame_title(self) -> str:
        """What it is called for who cannot see it: the title of the frame."""
        return _TITLES[self]

    @property
    def height(self) -> int:
        """Pixels it takes when nothing makes its height follow."""
        return _HEIGHTS[self]


_TITLES: Final = {
    Forme.ACTIONS: "Actions de la Semaine de la persévérance scolaire",
    Forme.CARTE: "Carte des actions de la Semaine de la persévérance scolaire",
    Forme.AGENDA: "Agenda de la Semaine de la persévérance scolaire",
}
_HEIGHTS: Final = {Forme.ACTIONS: 720, Forme.CARTE: 760, Forme.AGENDA: 720}


class Aspect(Libelle):
    """Light as most sites are, dark, or as each visitor's device has it."""

    CLAIR = "clair", "Clair"
    SOMBRE = "sombre", "Sombre"
    AUTO = "auto", "Selon le visiteur"


@dataclass(frozen=True, slots=True)
class Integration:
    """One embed. Its search is always on its first page."""

    forme: Forme
    criteres: Criteres = Criteres()  # noqa: RUF009 - frozen
    aspect: Aspect = Aspect.CLAIR

    def __post_init__(self) -> None:
        """Begin with the first page."""
        object.__setattr__(self, "criteres", replace(self.criteres, page=1))

    def query(self) -> str:
        """Its query string, in the one way to write it; what goes without saying is left out."""
        pairs = self.criteres.pairs()
        if self.aspect is not Aspect.CLAIR:
            pairs.append((LOOK, self.aspect.value))
        return urlencode(pairs, safe=",")


@dataclass(frozen=True, slots=True)
class CadreMontre:
    """A frame on somebody else’s page: what it is called, its path on this site, its height in pixels.

    ``locates``: it offers to ask where its reader is, which browsers refuse to a frame that is not let.
    """

    title: str
    path: str
    height: int
    locates: bool = False

    def snippet(self, site: str, *, width: int | None = None, height: int | None = None) -> str:
        """What to paste to show it, from ``site``; as wide as its place unless told."""
        asks = 'allow="geolocation" ' if self.locates else ""
        return (
            f'<iframe src="{escape(site + self.path)}" title="{escape(self.title)}" '
            f'width="{width or "100%"}" height="{height or self.height}" loading="lazy" '
            f'{asks}style="border:0"></iframe>'
        )


def aspect_of(data: Parametres) -> Aspect:
    """How an embed is asked to look; light when the address says nothing we know."""
    found = str(data.get(LOOK, ""))[:20]
    return Aspect(found) if found in set(Aspect) else Aspect.CLAIR


def forme_of(data: Parametres) -> Forme:
    """Which drawing is asked for; the list when the address says nothing we know."""
    found = str(data.get("forme", ""))[:20]
    return Forme(found) if found in set(Forme) else Forme.ACTIONS
