"""Places and menu entries: what lies below points at a page of an app above without naming that app.

A place is a name of :data:`PLACES`. The app that has the page offers it as it starts (``AppConfig.ready``);
templates say ``{% lieu 'espace' %}``, mails and views :func:`address`. Why:
docs/adr/0029-places-instead-of-names.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.module_loading import import_string

from accroche.commun.chemins import path_of

#: Every place that may be pointed at from below, and what is found there; arguments in parentheses.
PLACES: Final = {
    "accueil": "the first page of the site",
    "espace": "what awaits the person who is signed in",
    "plan": "every page of the site",
    "vignette": "the picture that goes with a link to a page that has none of its own",
    "accessibilite": "the declaration the law asks for",
    "mentions": "who publishes, and what is kept about people",
    "securite": "whom to tell about a flaw, for programs",
    "aide": "the guide, page by page",
    "contact": "whom to ask for what",
    "avis": "saying what one thinks of the site",
    "changer_adresse": "having one's account answer at another address",
    "retour_adresse": "taking such a change back, from the old mailbox (token)",
    "mes_donnees": "all that is held of the person who is signed in, as an archive",
    "supprimer_compte": "leaving, with all that is known of oneself",
    "connexion": "signing in",
    "deconnexion": "signing out, by a form",
    "presence": "what a page asks to know that its visitor is still signed in",
    "edition": "a published edition (year)",
    "comparaison": "two editions side by side, of the country",
    "semaine": "the public page of a semaine (year, academie)",
    "avancement": "how far each sheet of the report of an edition has come (year)",
    "fiche_redaction": "one académie’s sheet of the report, for it and the bureau (year, academie)",
    "apercu": "the same before it is published (year, academie)",
    "action": "the public page of a sheet (year, academie, slug)",
    "recherche": "all published actions, searched (the criteria are its parameters)",
    "suggestions": "what a few letters may lead to, for a script",
    "reprendre": "taking up the action of a public sheet (year, academie, slug)",
    "qr": "the QR code of its page (year, academie, slug)",
    "affiche": "its poster (year, academie, slug)",
    "apercu_fiche": "the same as it will be, for those who follow the sheet (number)",
    "atelier_synthese": "where the bureau builds, freezes and publishes a synthesis (year)",
    "annuaire": "looking a school up",
    "etablissement": "what a school did, edition by edition (UAI)",
    "etablissement_absent": "telling that a school is not in the directory (what was looked for is ``q``)",
    "declarer": "declaring an action (its school’s UAI is ``etablissement``)",
    "retrouver": "asking for a link to what one declared without an account",
    "file": "the sheets a moderator has to read",
    "exporter_fiches": "the sheets that its filter keeps, as a spreadsheet",
    "fiche": "a sheet for those who follow it (number)",
    "doublons": "the sheets that resemble the one being written, for a script",
    "redaction": "the report of an edition, as the national bureau writes it (year)",
    "passer_la_main": "handing over one's sheets (number of the role)",
}


class LieuError(LookupError):
    """A place that is not in :data:`PLACES`, that nobody offers, or that two apps offer."""


@dataclass(frozen=True)
class EntreeMenu:
    """An entry of the main menu.

    ``rubrique``: what its pages call themselves in their context, so that the entry is shown as the current
    one; ``page``: it leads to the only page of its kind, not to a section. ``shown``: asked with what the
    visitor may do, whether the entry is for them; without it, it is for everybody. ``annual``: the route of
    the same page of one edition (year), which the menu of a page that speaks of an edition leads to.
    """

    order: int
    label: str
    route: str
    rubrique: str
    page: bool = False
    shown: Callable[[Any], bool] | None = None
    annual: str = ""

    def address(self, year: str = "") -> str:
        """Where it leads, from a page that speaks of the edition of ``year``."""
        return path_of(self.annual, year) if year and self.annual else path_of(self.route)


@dataclass(frozen=True)
class ChoixEdition:
    """An edition one may switch to: its year, where that leads, and what differs there; all: « »."""

    label: str
    address: str
    is_current: bool
    note: str = ""


@dataclass(frozen=True)
class Bascule:
    """The switch of the header: which edition the page speaks of (``year``; all: « »), and the others."""

    year: str
    label: str
    choices: tuple[ChoixEdition, ...]


@dataclass(frozen=True)
class AideDePage:
    """What the footer offers about the page one reads.

    ``title`` and ``address``: of the page of the guide that helps with it, empty without one; ``avis``: where
    one says what one thinks of it.
    """

    title: str
    address: str
    avis: str


_offered: dict[str, str] = {}
_switches: list[str] = []
_helps: list[str] = []
_menu: dict[str, EntreeMenu] = {}


def offer(**places: str) -> None:
    """Say which route is found at each place: ``offer(espace="portail:tableau")``; once for each place."""
    for name, route in places.items():
        if name not in PLACES:
            raise LieuError(f"« {name} » is no place: add it to accroche/commun/lieux.py, or mend its name.")
        if _offered.setdefault(name, route) != route:
            raise LieuError(f"« {name} » is offered twice: by {_offered[name]} and by {route}.")


def address(name: str, *args: object) -> str:
    """The address of a place, from the root of the site; :class:`LieuError` when nobody offers it.

    ``args`` that its route does not take are ``NoReverseMatch``, as anywhere.
    """
    return path_of(route(name), *args)


def route(name: str) -> str:
    """The name of the route that is offered as ``name``; :class:`LieuError` when none is."""
    if name not in _offered:
        known = ", ".join(sorted(_offered))
        raise LieuError(f"No app offers the place « {name} ». Offered: {known}.")
    return _offered[name]


def missing() -> list[str]:
    """The places that no app offers."""
    return [name for name in PLACES if name not in _offered]


def add_entry(entry: EntreeMenu) -> None:
    """Put an entry in the main menu, which shows them by ``order``; two of one order are refused."""
    for other in _menu.values():
        if other.order == entry.order and other != entry:
            raise LieuError(f"« {entry.label} » and « {other.label} » have the same order in the menu.")
    _menu[entry.route] = entry


def offer_switch(path: str) -> None:
    """Say which function makes the switch of editions of a page, by its path; once.

    It is told the request and the variables of the template, and returns a :class:`Bascule` or None. It is
    loaded with the first page: an operator's command needs none.
    """
    if _switches and _switches != [path]:
        raise LieuError("The switch of editions is offered twice.")
    _switches[:] = [path]


def switch_of(request: Any, context: Any) -> Bascule | None:
    """The switch of editions of a page, from its request and what its template is given; None without."""
    if request is None or not _switches:
        return None
    made: Bascule | None = import_string(_switches[0])(request, context)
    return made


def offer_help(path: str) -> None:
    """Say which function, told the request, makes the :class:`AideDePage` of a page; once."""
    if _helps and _helps != [path]:
        raise LieuError("The help of pages is offered twice.")
    _helps[:] = [path]


def help_of(request: Any) -> AideDePage | None:
    """What the footer offers about the page of a request; None without one."""
    if request is None or not _helps:
        return None
    made: AideDePage = import_string(_helps[0])(request)
    return made


def routes() -> list[str]:
    """All the routes that places and the menu lead to."""
    return sorted({*_offered.values(), *_menu, *(entry.annual for entry in _menu.values() if entry.annual)})


def entries(access: Any = None) -> list[EntreeMenu]:
    """The main menu of who has ``access``, in its order; without it, what everybody is shown."""
    wanted = [
        entry
        for entry in _menu.values()
        if entry.shown is None or (access is not None and entry.shown(access))
    ]
    return sorted(wanted, key=lambda entry: entry.order)
