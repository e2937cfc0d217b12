"""What happened where: the published actions of a school, a carrier, a commune, a département, an académie.

An action is where its carriers are: a school of the directory where the directory says, any other carrier
where its INSEE code says. Each page asks the same number of queries, however much there is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur, PresencePorteur
from accroche.annuaire.models import Academie, Departement, Etablissement, Porteur
from accroche.annuaire.queries import with_academie
from accroche.annuaire.toponymes import city_of, departement_code, name_of_city, parts_of
from accroche.campagne.models import Semaine, TempsFort
from accroche.catalogue.queries.liste import ActionDeCarte, listed
from accroche.commun.preparees import Parties, prepared
from accroche.commun.tri import alphabetical
from accroche.lib.texte import sort_key

#: How far the nearest actions are looked for, in degrees of latitude: a hundred kilometres.
AROUND: Final = 0.9
#: One degree of latitude, in kilometres.
DEGREE: Final = 111.2
NEAREST: Final = 5
COMING: Final = 3
HOMONYMS: Final = 6
#: Schools of the same kind a closed one may have become.
FOLLOWERS: Final = 3


#: What makes the sheet of a row that says who carries it public: the same as ``Action.objects.published()``,
#: by joins, which both databases plan from the carriers on.
PUBLIC: Final = Q(action__etat=Etat.PUBLISHED, action__semaine__edition__published_at__isnull=False)


def published_of(carriers: Collection[int]) -> QuerySet[Action]:
    """The published actions that one of ``carriers`` carries (their numbers), each once."""
    portages = ActionPorteur.objects.filter(porteur__in=carriers).order_by()
    return Action.objects.published_among(portages.values("action"))


def published_carriers() -> QuerySet[Porteur]:
    """The carriers of a published action: of the others, whose name somebody typed, nobody is told."""
    # the state as no index knows it: without statistics SQLite would walk through all published sheets for
    # each carrier, instead of through the few that it carries
    told = ActionPorteur.objects.alias(etat=Coalesce("action__etat", Value(""))).filter(etat=Etat.PUBLISHED)
    public = told.filter(action__semaine__edition__published_at__isnull=False, porteur=OuterRef("pk"))
    return Porteur.objects.filter(Exists(public.order_by()))


def present_carriers() -> QuerySet[Porteur]:
    """The same as triggers count them, for who asks for all: none is left where the last was withdrawn."""
    there = Semaine.objects.filter(edition__published_at__isnull=False).order_by().values("pk")
    rows = PresencePorteur.objects.filter(semaine_id__in=there, fiches__gt=0).order_by().values("porteur_id")
    return Porteur.objects.filter(pk__in=rows).order_by()


def carriers_of_communes(codes: Iterable[str]) -> list[int]:
    """The numbers of the carriers that are in one of the communes of these INSEE codes."""
    those = tuple(codes)
    schools = Etablissement.objects.filter(insee__in=those).order_by()
    there = Q(insee__in=those) & ~_placed_by_the_directory()
    return _numbers(Q(etablissement_id__in=schools.values("uai")) | there)


def carriers_of_departement(departement: Departement) -> list[int]:
    """The numbers of the carriers that are in a département."""
    schools = Etablissement.objects.filter(departement=departement).order_by()
    there = Q(insee__startswith=departement.code) & ~_placed_by_the_directory()
    return _numbers(Q(etablissement_id__in=schools.values("uai")) | there)


def _numbers(where: Any) -> list[int]:
    # known before what they carry is asked for: no plan then begins with all actions there are
    return list(Porteur.objects.filter(where).order_by("pk").values_list("pk", flat=True))


def _placed_by_the_directory() -> Exists:
    known = Etablissement.objects.filter(uai=OuterRef("etablissement_id")).exclude(insee="")
    return Exists(known.order_by())


@dataclass(frozen=True, slots=True)
class ActionsDuLieu:
    """The published actions of a place, each once, of which a page asks a slice.

    ``carriers``: the numbers of those that are there; ``year``: of one edition alone.
    """

    carriers: tuple[int, ...]
    year: str = ""

    @property
    def by_edition(self) -> list[tuple[str, int]]:
        """How many each edition holds, the latest first; editions without any are left out."""
        return [(year, count) for year, count in _by_edition(self.carriers)]

    def of(self, year: str) -> ActionsDuLieu:
        """Those of one edition."""
        return ActionsDuLieu(self.carriers, year)

    def __getitem__(self, asked: slice) -> list[ActionDeCarte]:
        """Those of a page."""
        rows = range(asked.start, asked.stop)
        found = _of_year(self.carriers, self.year, rows) if self.year else _of_all(self.carriers, rows)
        return list(map(ActionDeCarte._make, found))

    def coming(self, today: dt.date) -> list[Action]:
        """The few that are still to come or not over, the soonest first, whatever their edition."""
        return _coming(self.carriers, today)


@prepared
def _by_edition(carriers: tuple[int, ...]) -> QuerySet[Action, tuple[Any, ...]]:
    found = published_of(carriers).order_by().values_list("semaine__edition__year")
    return found.annotate(count=Count("pk")).order_by("-semaine__edition__year")


@prepared
def _of_all(carriers: tuple[int, ...], rows: range) -> QuerySet[Action, tuple[Any, ...]]:
    return listed(published_of(carriers))[rows.start : rows.stop]


@prepared
def _of_year(carriers: tuple[int, ...], year: str, rows: range) -> QuerySet[Action, tuple[Any, ...]]:
    return listed(published_of(carriers).filter(semaine__edition__year=year))[rows.start : rows.stop]


@prepared
def _coming(carriers: tuple[int, ...], today: dt.date) -> QuerySet[Action]:
    found = published_of(carriers).filter(starts__isnull=False).annotate(last=Coalesce("ends", F("starts")))
    found = found.filter(last__gte=today).select_related("semaine__academie", "semaine__edition")
    return found.order_by("starts", "pk")[:COMING]


def coming_in(academies: Iterable[Academie], today: dt.date) -> list[TempsFort]:
    """The temps forts of these académies that are not over yet, the soonest first."""
    return _coming_in(tuple(academie.pk for academie in academies), today)


@prepared
def _coming_in(academies: tuple[int, ...], today: dt.date) -> QuerySet[TempsFort]:
    found = TempsFort.objects.filter(
        semaine__academie__in=academies, semaine__begun=False, starts__isnull=False
    )
    found = found.filter(semaine__edition__published_at__isnull=False)
    found = found.annotate(last=Coalesce("ends", F("starts"))).filter(last__gte=today)
    found = found.select_related("semaine__academie", "semaine__edition").prefetch_related("etapes")
    return found.order_by("starts", "semaine__academie__slug", "position")[:COMING]


@dataclass(frozen=True, slots=True)
class PageEcole:
    """A school: what the directory says of it, and its row as a carrier; one of the two may be missing."""

    uai: str
    name: str
    kind: str
    etablissement: Etablissement | None
    porteur: Porteur | None
    insee: str

    @property
    def position(self) -> tuple[float, float] | None:
        """Where it stands, when somebody says."""
        return _position(self.etablissement) or _position(self.porteur)


def school_of(uai: str, today: dt.date) -> PageEcole | None:
    """The school of a code: of the directory, or one that a published action names; None for any other."""
    row = with_academie(today).prefetch_related("anciens_noms").filter(uai=uai).first()
    porteur = published_carriers().filter(etablissement_id=uai).select_related("academie").first()
    if row:
        return PageEcole(
            uai, row.name, row.kind, row, porteur, row.insee or (porteur.insee if porteur else "")
        )
    return PageEcole(uai, porteur.name, porteur.kind, None, porteur, porteur.insee) if porteur else None


def followers_of(school: Etablissement) -> list[Etablissement]:
    """Schools of its kind that opened in its commune since it closed, or the year before: perhaps its own."""
    if not school.closed_on or not school.insee:
        return []
    since = school.closed_on - dt.timedelta(days=366)
    found = Etablissement.objects.filter(
        insee=school.insee, kind=school.kind, opened_on__gte=since, closed_on=None
    )
    return list(found.exclude(pk=school.pk).order_by("opened_on", "uai")[:FOLLOWERS])


def carrier_of(pk: int) -> Porteur | None:
    """A carrier of published actions; None for one nobody is told of."""
    return published_carriers().select_related("academie").filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, by its INSEE code: ``codes`` are its own and those of its arrondissements."""

    insee: str
    name: str
    departement: Departement | None
    codes: tuple[str, ...]

    @property
    def city(self) -> tuple[str, str] | None:
        """The code and name of the city it is an arrondissement of."""
        return city_of(self.insee)


def commune_of(insee: str) -> Commune | None:
    """The commune of a code, when a school of the directory or a published action is there.

    A code that several names go with has the one most schools write.
    """
    codes = (insee, *parts_of(insee))
    schools = Etablissement.objects.filter(insee__in=codes).exclude(commune="")
    carried = published_carriers().filter(insee__in=codes).exclude(commune="")
    name = _most_written(schools) or _most_written(carried)
    if not name:
        return None
    departement = next(iter(_departement(departement_code(insee))), None)
    return Commune(insee, name_of_city(insee) or name, departement, codes)


def _most_written(rows: QuerySet[Any]) -> str:
    """The name of the commune most of ``rows`` write; of several, the first of the alphabet."""
    told = Counter(rows.order_by().values_list("commune", flat=True))
    return min(told, key=lambda name: (-told[name], sort_key(name)), default="")


def homonyms_of(commune: Commune) -> list[tuple[str, str, str]]:
    """Other communes of the same name: code, name and département of each."""
    rows = Etablissement.objects.filter(commune=commune.name).exclude(insee__in=(*commune.codes, ""))
    found = rows.order_by("insee").values_list("insee", "commune", "departement__name").distinct()
    return list(found[:HOMONYMS])


def departement_of(code: str) -> Departement | None:
    """A département with the académies it belonged to, the oldest first."""
    found = _departement(code)
    return _ACADEMIES.read(found[0]) if found else None


@prepared
def _departement(code: str) -> QuerySet[Departement]:
    return Departement.objects.filter(code=code).order_by("pk")[:1]


_ACADEMIES: Final = Parties(Departement, academies=lambda row: row.academies.order_by("valid_from", "slug"))


@prepared
def academies_of(code: str) -> QuerySet[Academie]:
    """The académies a département belonged to, the oldest first; none for an unknown one."""
    return Academie.objects.filter(departements__code=code).order_by("valid_from", "slug")


def academie_of_slug(slug: str) -> Academie | None:
    """An académie with those it follows, those that follow it, and its départements."""
    found = _academie(slug)
    return _PARTS.read(found[0]) if found else None


@prepared
def _academie(slug: str) -> QuerySet[Academie]:
    return Academie.objects.filter(slug=slug).order_by("pk")[:1]


_PARTS: Final = Parties(
    Academie,
    predecessors=lambda row: row.predecessors.all(),
    successors=lambda row: row.successors.all(),
    departements=lambda row: row.departements.all(),
)


def semaines_of(academies: Iterable[Academie]) -> list[Semaine]:
    """The semaines of these académies in published editions, the latest first."""
    return _semaines_of(tuple(academie.pk for academie in academies))


@prepared
def _semaines_of(academies: tuple[int, ...]) -> QuerySet[Semaine]:
    found = Semaine.objects.filter(academie__in=academies, edition__published_at__isnull=False)
    return found.select_related("edition", "academie").order_by("-edition__year", "academie__slug")


@dataclass(frozen=True, slots=True)
class CompteDeCommune:
    """A place or carrier and how many published actions are there."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ActionsPortees:
    """What some carriers carry: the year of each published action, and which of them carries which."""

    years: dict[int, str]
    portages: tuple[tuple[int, int], ...]

    @property
    def by_edition(self) -> list[tuple[str, int]]:
        """How many actions each edition holds, the latest first."""
        return sorted(Counter(self.years.values()).items(), reverse=True)

    @property
    def by_carrier(self) -> dict[int, set[int]]:
        """The published actions of each carrier that has some."""
        found: dict[int, set[int]] = {}
        for action, porteur in self.portages:
            if action in self.years:
                found.setdefault(porteur, set()).add(action)
        return found


def held_by(carriers: Collection[int]) -> ActionsPortees:
    """Read what these carriers carry, in two queries that take the time of their matches.

    They are joined here: grouped by the database, SQLite begins with all published actions of the country.
    """
    numbers = tuple(carriers)
    return ActionsPortees(dict(_years(numbers)), tuple(_portages(numbers)))


@prepared
def _years(carriers: tuple[int, ...]) -> QuerySet[Action, tuple[int, str]]:
    return published_of(carriers).order_by().values_list("pk", "semaine__edition__year")


@prepared
def _portages(carriers: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[int, int]]:
    rows = ActionPorteur.objects.filter(porteur__in=carriers).order_by()
    return rows.values_list("action_id", "porteur_id")


def by_commune(held: ActionsPortees) -> list[CompteDeCommune]:
    """The communes of carriers, alphabetically, with their published actions; without a code, none."""
    carried = held.by_carrier
    rows = Porteur.objects.filter(pk__in=carried).order_by("pk")
    places = ("pk", "insee", "commune", "etablissement__insee", "etablissement__commune")
    names: dict[str, str] = {}
    actions: dict[str, set[int]] = {}
    for pk, insee, commune, of_school, named_by_school in rows.values_list(*places):
        code, name = of_school or insee, named_by_school or commune
        if code and name:
            names[code] = max(name, names.get(code, ""))
            actions.setdefault(code, set()).update(carried[pk])
    found = [CompteDeCommune(code, name, len(actions[code])) for code, name in names.items()]
    return sorted(found, key=lambda row: (sort_key(row.name), row.code))


def by_carrier(held: ActionsPortees, most: int) -> tuple[list[tuple[Porteur, int]], int]:
    """The carriers with published actions, alphabetically, at most ``most``; and how many in all."""
    carried = held.by_carrier
    shown = Porteur.objects.filter(pk__in=carried)
    shown = shown.order_by(alphabetical("name"), alphabetical("commune"), "pk")[:most]
    return [(porteur, len(carried[porteur.pk])) for porteur in shown], len(carried)


def nearest(position: tuple[float, float]) -> list[tuple[Porteur, int]]:
    """The carriers of published actions nearest to a position, with their distance in whole kilometres.

    At most a hundred kilometres away, as the crow flies.
    """
    latitude, longitude = position
    shrink = max(math.cos(math.radians(latitude)), 0.1)
    wide = AROUND / shrink
    north, east = F("lat") - latitude, (F("lon") - longitude) * shrink
    found = (
        published_carriers()
        .annotate(
            lat=Coalesce("etablissement__latitude", "latitude"),
            lon=Coalesce("etablissement__longitude", "longitude"),
        )
        .filter(
            lat__range=(latitude - AROUND, latitude + AROUND),
            lon__range=(longitude - wide, longitude + wide),
        )
        .annotate(far=ExpressionWrapper(north * north + east * east, output_field=FloatField()))
        .order_by("far", "pk")
    )
    return [(row, round(math.sqrt(row.far) * DEGREE)) for row in found[:NEAREST]]


def _position(row: Etablissement | Porteur | None) -> tuple[float, float] | None:
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return row.latitude, row.longitude
