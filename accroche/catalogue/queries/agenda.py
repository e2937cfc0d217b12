"""What an agenda reads: temps forts and dated actions of published editions, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accroche.actions.models import Action, ActionPorteur
from accroche.campagne.models import Fenetre, TempsFort
from accroche.catalogue.agenda import (
    SPANS,
    Cadence,
    Periode,
    Precisions,
    Rendezvous,
    TypeRendezvous,
    periode,
    within,
)
from accroche.catalogue.criteres import Criteres, Ordre
from accroche.catalogue.filtrage import haystack, needles
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.positions import prepared_positions
from accroche.catalogue.resultats import Resultats
from accroche.commun.chemins import path_of, paths_of
from accroche.commun.memoire import remembered_apart
from accroche.commun.preparees import prepared
from accroche.lib.texte import de

#: Temps forts looked at for one period: more than all académies of two editions tell.
BOUND: Final = 2_000
#: What the filters of a sheet ask that no temps fort says.
OF_SHEETS: Final = (
    "departements",
    "niveaux",
    "natures",
    "themes",
    "temporalites",
    "partenaires",
    "distinctions",
    "video",
    "etablissement",
    "commune",
    "selection",
    "pres_de",
)
#: What an event tells of its semaine and of its sheet: they hold pages of prose that it does not.
_TOLD_OF_SEMAINES: Final = (
    *("semaine__updated_at", "semaine__version", "semaine__academie__slug", "semaine__academie__name"),
    *("semaine__edition__year", "semaine__edition__published_at"),
)


@dataclass(frozen=True, slots=True)
class Moisson:
    """What happens within days: at most so many events, how many there are, the search of its actions.

    ``actions_only``: a filter is about sheets, so that no temps fort can answer it.
    """

    events: tuple[Rendezvous, ...]
    total: int
    resultats: Resultats
    actions_only: bool


def of_sheets_alone(criteres: Criteres) -> bool:
    """Whether a filter asks what only sheets say."""
    return any(getattr(criteres, name) for name in OF_SHEETS)


def moisson(
    criteres: Criteres,
    first: dt.date,
    last: dt.date,
    limit: int,
    *,
    facets: bool = True,
    precise: bool = False,
) -> Moisson:
    """The events that take place between two days, both included; ``limit`` of each kind at most.

    ``precise``: with what calendars tell of each, and pages do not.
    """
    asked = replace(criteres, du=first, au=last, tri=Ordre.DATE, page=1)
    rows: dict[int, _FicheDatee] = {}

    def seen(pks: Sequence[int]) -> Collection[int]:
        rows.update(_read(pks))
        return rows

    found = moteur.numbers(asked, seen, size=limit, facets=facets)
    actions = _events([hit.action_pk for hit in found.hits], rows, precise=precise)
    alone = of_sheets_alone(criteres)
    anywhere = [] if alone else _of_academies(criteres, first, last)
    events = [event for event in anywhere if _stands(criteres, event)]
    if facets and anywhere:
        found = replace(found, facettes=_counted(criteres, found.facettes, anywhere))
    kept = [event for kind in _TOLD for event in [one for one in events if one.kind is kind][:limit]]
    return Moisson((*kept, *actions), found.total + len(events), found, alone)


_TOLD: Final = (TypeRendezvous.SEMAINE, TypeRendezvous.TEMPS_FORT)


def _of_academies(criteres: Criteres, first: dt.date, last: dt.date) -> list[Rendezvous]:
    """What académies hold between two days and say in the words looked for: semaines and temps forts."""
    known = _temps_forts()
    if known is None:  # more than are remembered
        known = tuple(map(temps_fort_event, temps_forts(Criteres(), first, last)[:BOUND]))
    events = [event for event in (*known, *_semaines()) if event.first <= last and event.last >= first]
    wanted = needles(criteres.q)
    return [event for event in events if not wanted or _says(event, wanted)]


def _says(event: Rendezvous, wanted: tuple[str, ...]) -> bool:
    text = haystack(f"{event.title}\n{event.place}\n{event.precise.summary}\n{event.academie}")
    return all(needle in text for needle in wanted)


def _stands(criteres: Criteres, event: Rendezvous, *, but: str = "") -> bool:
    """Whether an event is of the académies and the edition asked for; ``but`` leaves one filter out."""
    of_academie = not criteres.academies or event.academie_slug in criteres.academies
    of_edition = not criteres.edition or event.edition == criteres.edition
    return (of_academie or but == "academie") and (of_edition or but == "edition")


def _counted(
    criteres: Criteres, facettes: dict[str, dict[str, int]], events: list[Rendezvous]
) -> dict[str, dict[str, int]]:
    """The counts of the two filters that events of académies answer to, with theirs."""
    found = {name: dict(counts) for name, counts in facettes.items()}
    for name, field in (("academie", "academie_slug"), ("edition", "edition")):
        counts = found.setdefault(name, {})
        for event in events:
            if _stands(criteres, event, but=name):
                code = getattr(event, field)
                counts[code] = counts.get(code, 0) + 1
    return found


def coming_period(criteres: Criteres, day: dt.date, cadence: Cadence, limit: int) -> Periode:
    """The longest time from ``day`` on of which all can be read at once; the shortest when none can."""
    periods = [periode(cadence, day, span) for span in reversed(SPANS)]
    windows = [(period, days) for period in periods if (days := within(period, criteres.du, criteres.au))]
    if not windows:
        return periods[0]
    asked = replace(criteres, du=windows[0][1][0], page=1)
    few = moteur.few_until(asked, [last for _, (_, last) in windows], limit)
    return windows[few - 1][0] if few else periods[0]


def nearest_past(criteres: Criteres, day: dt.date) -> dt.date | None:
    """The last day before ``day`` on which something began that the public may read; None without any."""
    asked = replace(criteres, du=None, au=day, tri=Ordre.DATE, page=1)
    hits = moteur.search(asked, size=1, facets=False).hits
    found = [event.first for event in dated_actions([hit.action_pk for hit in hits])]
    if not of_sheets_alone(criteres):
        forts = temps_forts(criteres, dt.date.min, day).order_by("-starts").values_list("starts", flat=True)
        found += [first for first in forts[:1] if first]
    return max(found, default=None)


def temps_forts(criteres: Criteres, first: dt.date, last: dt.date) -> QuerySet[TempsFort]:
    """The temps forts of published editions between two days, in the places asked for."""
    found = TempsFort.objects.filter(semaine__edition__published_at__isnull=False, semaine__begun=False)
    found = (
        found.filter(starts__lte=last).annotate(until=Coalesce("ends", F("starts"))).filter(until__gte=first)
    )
    if criteres.edition:
        found = found.filter(semaine__edition__year=criteres.edition)
    if criteres.academies:
        found = found.filter(semaine__academie__slug__in=criteres.academies)
    found = found.select_related("semaine__academie", "semaine__edition")
    return found.order_by("starts", "semaine__academie__slug", "semaine", "position")


def event_of_uid(uid: str) -> TempsFort | None:
    """A dated temps fort of a published edition, by what calendars know it by."""
    return temps_forts(Criteres(), dt.date.min, dt.date.max).filter(uid=uid).first()


@remembered_apart
def _temps_forts() -> tuple[Rendezvous, ...] | None:
    """All temps forts that the public reads, as events in their order; None where they are too many."""
    rows = list(temps_forts(Criteres(), dt.date.min, dt.date.max)[: BOUND + 1])
    return tuple(map(temps_fort_event, rows)) if len(rows) <= BOUND else None


@remembered_apart
def _semaines() -> tuple[Rendezvous, ...]:
    """The windows of the semaines that the public reads, as events: a few for each académie and edition."""
    rows = (
        Fenetre.objects.filter(semaine__edition__published_at__isnull=False, semaine__begun=False)
        .select_related("semaine__academie", "semaine__edition")
        .only("starts", "ends", *_TOLD_OF_SEMAINES)
        .order_by("semaine", "starts", "pk")
    )
    ranks: Counter[int] = Counter()
    found = []
    for row in rows:
        ranks[row.semaine_id] += 1
        found.append(semaine_event(row, ranks[row.semaine_id]))
    return tuple(found)


def dated_actions(pks: list[int]) -> list[Rendezvous]:
    """The published sheets among ``pks`` that have days, as events, in the same order."""
    return _events(pks, _read(pks), precise=True)


def _read(pks: Sequence[int]) -> dict[int, _FicheDatee]:
    """What is read of the sheets among ``pks`` that the public sees, those that have no day as well."""
    return {row[0]: _FicheDatee(*row) for row in _seen(tuple(pks))}


def _events(pks: list[int], rows: dict[int, _FicheDatee], *, precise: bool) -> list[Rendezvous]:
    dated = tuple(pk for pk, row in rows.items() if row.starts)
    # what was withdrawn in between is in neither
    precisions = _precisions(dated) if precise else dict.fromkeys(dated)
    carriers: dict[int, list[tuple[str, str]]] = {}
    for pk, name, commune in _carriers(dated):
        carriers.setdefault(pk, []).append((name, commune))
    routes = _routes()
    return [
        _action_event(row, row.starts, carriers.get(pk, ()), routes, precisions[pk])
        for pk in pks
        if (row := rows.get(pk)) and row.starts and pk in precisions
    ]


def _precisions(pks: tuple[int, ...]) -> dict[int, Precisions | None]:
    places = prepared_positions(pks)
    found: dict[int, Precisions | None] = {}
    for pk, summary, version, *stamps in _accounts(pks):
        place = places.get(pk)
        where = (place.lat, place.lon) if place and place.precise else None
        found[pk] = Precisions(summary, version, stamp(*stamps), where)
    return found


@prepared
def _seen(pks: tuple[int, ...]) -> QuerySet[Action, tuple[Any, ...]]:
    return Action.objects.published_among(pks).order_by().values_list(*_COLUMNS)


@prepared
def _carriers(pks: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[int, str, str]]:
    rows = ActionPorteur.objects.filter(action__in=pks).order_by("action", "position", "pk")
    return rows.values_list("action", "porteur__name", "porteur__commune")


@prepared
def _accounts(pks: tuple[int, ...]) -> QuerySet[Action, tuple[Any, ...]]:
    rows = Action.objects.published_among(pks).order_by()
    return rows.values_list("pk", "description", "version", "updated_at", "semaine__edition__published_at")


class _FicheDatee(NamedTuple):
    """What an agenda shows of a sheet that has a day, as columns: a hundred and fifty rows are no models."""

    pk: int
    title: str
    slug: str
    starts: dt.date | None
    ends: dt.date | None
    place: str
    academie: str
    academie_slug: str
    edition: str


#: The same as the database names them.
_COLUMNS: Final = (
    *_FicheDatee._fields[:6],
    *("semaine__academie__name", "semaine__academie__slug", "semaine__edition__year"),
)


def action_event(action: Action) -> Rendezvous:
    """A dated sheet as an event; its carriers, semaine and edition are read."""
    if action.starts is None:
        raise ValueError(f"sheet {action.pk} has no day")
    carriers = [(portage.porteur.name, portage.porteur.commune) for portage in action.portages.all()]
    told = _FicheDatee(*attrgetter(*(column.replace("__", ".") for column in _COLUMNS))(action))
    changed = stamp(action.updated_at, action.semaine.edition.published_at)
    more = Precisions(action.description, action.version, changed)
    return _action_event(told, action.starts, carriers, _routes(), more)


def _routes() -> tuple[Callable[..., str], Callable[..., str]]:
    """How the page of a sheet is found, and how it alone as a calendar."""
    return paths_of("catalogue:action"), paths_of("catalogue:action_ics")


def _action_event(
    row: _FicheDatee,
    day: dt.date,
    carriers: Iterable[tuple[str, str]],
    routes: tuple[Callable[..., str], Callable[..., str]],
    precisions: Precisions | None,
) -> Rendezvous:
    who = (f"{name}, {commune}" if commune not in name else name for name, commune in carriers)
    names = (row.edition, row.academie_slug, row.slug)
    return Rendezvous(
        kind=TypeRendezvous.ACTION,
        title=row.title,
        first=day,
        last=row.ends or day,
        label="",
        place=row.place,
        academie=row.academie,
        academie_slug=row.academie_slug,
        edition=row.edition,
        path=routes[0](*names),
        fichier=routes[1](*names),
        uid=f"action-{row.pk}",
        carriers=" ; ".join(who),
        # told elsewhere than at its school, it is not where its school is
        precisions=precisions._replace(position=None) if precisions and row.place else precisions,
    )


def temps_fort_event(event: TempsFort) -> Rendezvous:
    """A dated temps fort as an event; its semaine, académie and edition are read."""
    if event.starts is None:
        raise ValueError(f"temps fort {event.pk} has no day")
    semaine = event.semaine
    page = path_of("catalogue:semaine", semaine.edition.year, semaine.academie.slug)
    return Rendezvous(
        kind=TypeRendezvous.TEMPS_FORT,
        title=event.title,
        first=event.starts,
        last=event.ends or event.starts,
        label=event.kind_words,
        place=event.place,
        academie=semaine.academie.name,
        academie_slug=semaine.academie.slug,
        edition=semaine.edition.year,
        path=f"{page}#temps-forts-titre",
        fichier=path_of("catalogue:temps_fort_ics", event.uid),
        uid=event.uid,
        precisions=Precisions(
            event.summary, event.sequence, stamp(semaine.updated_at, semaine.edition.published_at)
        ),
    )


def semaine_event(window: Fenetre, rank: int) -> Rendezvous:
    """A window of a semaine as an event; its semaine, académie and edition are read."""
    semaine = window.semaine
    names = (semaine.edition.year, semaine.academie.slug)
    uid = f"semaine-{'-'.join(names)}-{rank}"
    return Rendezvous(
        kind=TypeRendezvous.SEMAINE,
        title=f"Semaine de la persévérance scolaire, académie {de(semaine.academie.name)}",
        first=window.starts,
        last=window.ends,
        label="",
        place="",
        academie=semaine.academie.name,
        academie_slug=semaine.academie.slug,
        edition=semaine.edition.year,
        path=path_of("catalogue:semaine", *names),
        fichier="",
        uid=uid,
        precisions=Precisions("", semaine.version, stamp(semaine.updated_at, semaine.edition.published_at)),
    )


def stamp(*moments: dt.datetime | None) -> dt.datetime:
    """The last of the moments known: for a published edition there is one."""
    return max(moment for moment in moments if moment)
