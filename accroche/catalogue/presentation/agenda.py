"""What the pages of the agenda show, computed from what its queries read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from accroche.catalogue.agenda import (
    Cadence,
    LieuDit,
    Periode,
    Programme,
    by_place,
    programme,
    within,
)
from accroche.catalogue.criteres import Criteres, Parametres, read_day
from accroche.catalogue.presentation import recherche
from accroche.catalogue.queries.agenda import Moisson
from accroche.catalogue.queries.demande import RechercheDemandee
from accroche.catalogue.queries.recherche import Noms
from accroche.commun.chemins import path_of
from accroche.lib.dates import day_name, format_date
from accroche.lib.texte import NBSP, capitale, nombre, pluriel

#: What an agenda holds, one or several.
RENDEZ_VOUS: Final = "rendez-vous"
#: Events of each kind that a page shows: more are a reason to filter.
SHOWN: Final = 150


@dataclass(frozen=True, slots=True)
class AgendaDemande:
    """How an agenda is asked to be read: its cadence and a day; ``problems`` tell what was refused."""

    cadence: Cadence
    day: dt.date
    problems: tuple[str, ...] = ()
    #: whether the day is the reader's choice
    chosen: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """Its part of an address."""
        found = [("vue", self.cadence.value)] if self.cadence is not Cadence.LISTE else []
        return [*found, ("jour", self.day.isoformat())] if self.chosen else found


def read_agenda(data: Parametres, today: dt.date) -> AgendaDemande:
    """Read the two parameters that are the agenda's own; whatever they hold, it is bounded and told."""
    problems: list[str] = []
    cadence, vue = Cadence.LISTE, str(data.get("vue", ""))[:20]
    if vue in set(Cadence):
        cadence = Cadence(vue)
    elif vue:
        problems.append(f"Cette façon de lire l’agenda n’existe pas{NBSP}: voici ce qui vient.")
    day = read_day(data, "jour", problems)
    return AgendaDemande(cadence, day or today, tuple(problems), chosen=day is not None)


def address(criteres: Criteres, asked: AgendaDemande) -> str:
    """The address of the agenda for a search, read in one way."""
    query = urlencode([*replace(criteres, page=1).pairs(), *asked.pairs()], safe=",")
    path = path_of("catalogue:agenda")
    return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class Abonnement:
    """The three ways people put an agenda into their own."""

    fichier: str
    webcal: str
    adresse: str
    atom: str


def abonnement(criteres: Criteres) -> Abonnement:
    """Where the events of a search are as a calendar and as a feed."""
    query = replace(criteres, page=1).canonical()
    more = f"?{query}" if query else ""
    fichier = f"{path_of('catalogue:agenda_ics')}{more}"
    whole = f"{settings.SITE_URL}{fichier}"
    return Abonnement(
        fichier, f"webcal:{whole.partition(':')[2]}", whole, f"{path_of('catalogue:agenda_atom')}{more}"
    )


@dataclass(frozen=True, slots=True)
class PageAgenda:
    """The agenda as it is drawn."""

    periode: Periode
    titre: str
    phrase: str
    programme: Programme
    lieux: tuple[LieuDit, ...]
    avant: str
    apres: str
    #: how many events there are beyond those shown
    beyond: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told of the period."""
        return not (self.programme.jours or self.programme.longs or self.lieux)


def page(criteres: Criteres, asked: AgendaDemande, period: Periode, found: Moisson) -> PageAgenda:
    """Put what was found on the days of a period."""
    days = within(period, criteres.du, criteres.au) or (period.first, period.last)
    by_day = asked.cadence is not Cadence.LIEU

    def at(day: dt.date | None) -> str:
        return address(criteres, replace(asked, day=day, chosen=True)) if day else ""

    return PageAgenda(
        periode=period,
        titre=_title(asked.cadence, period),
        phrase=_phrase(found.total),
        programme=programme(found.events if by_day else (), days[0]),
        lieux=() if by_day else by_place(found.events),
        avant=at(period.before),
        apres=at(period.after),
        beyond=found.total - len(found.events),
    )


def _title(cadence: Cadence, period: Periode) -> str:
    if cadence is Cadence.SEMAINE:
        return f"Semaine {period.words}"
    if cadence is Cadence.JOUR:
        return capitale(f"{day_name(period.first)} {format_date(period.first)}")
    return f"À partir du {format_date(period.first)}"


def _phrase(total: int) -> str:
    if not total:
        return "Aucun rendez-vous"
    return f"{nombre(total)}{NBSP}{RENDEZ_VOUS} {pluriel(total, 'annoncé', 'annoncés')}"


def context(
    demandee: RechercheDemandee, asked: AgendaDemande, period: Periode, found: Moisson, names: Noms
) -> dict[str, Any]:
    """All that the page of the agenda shows of its search and of its period."""
    criteres = demandee.criteres
    path = path_of("catalogue:agenda")
    own = asked.pairs()
    shown = recherche.page_of(demandee, found.resultats, names, path)
    # temps forts and semaines are counted with actions
    shown["filtres"] = tuple(replace(one, noun=(RENDEZ_VOUS, RENDEZ_VOUS)) for one in shown["filtres"])
    shown["hidden"] = [*shown["hidden"], *own]
    shown["etiquettes"] = tuple(
        replace(one, address=recherche.with_pairs(one.address, own)) for one in shown["etiquettes"]
    )
    return shown | {
        "agenda": page(criteres, asked, period, found),
        "cadence": asked.cadence,
        "cadences": [
            (one.label, address(criteres, replace(asked, cadence=one)), one is asked.cadence)
            for one in Cadence
        ],
        "seulement_actions": found.actions_only,
        "partielle": found.resultats.partial,
        "abonnement": abonnement(criteres),
        "aujourdhui": "" if not asked.chosen else address(criteres, replace(asked, chosen=False)),
        "coming": ""
        if asked.cadence in {Cadence.LISTE, Cadence.LIEU}
        else address(criteres, replace(asked, cadence=Cadence.LISTE, chosen=False)),
        "liste": liste_of(criteres),
    }


def liste_of(criteres: Criteres) -> str:
    """The address of the same search as a list."""
    return recherche.recherche_address(replace(criteres, page=1))
