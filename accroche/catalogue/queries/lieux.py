"""Places a visitor may name: communes, schools, académies, départements; and documents beside them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.db.models import QuerySet

from accroche.annuaire.chefs_lieux import departement_of_seat
from accroche.annuaire.models import Academie, Departement, Etablissement, Porteur
from accroche.annuaire.queries import find_schools
from accroche.annuaire.queries.etat import directory_state
from accroche.campagne.models import Edition, Ressource
from accroche.catalogue.communes import Communes, Localite
from accroche.catalogue.filtrage import haystack, needles
from accroche.catalogue.queries import porteurs, syntheses
from accroche.catalogue.queries.porteurs import hors_annuaire
from accroche.commun.memoire import remembered_apart
from accroche.commun.tri import alphabetical

#: How many documents of the same words are looked at.
MOST_RESOURCES: Final = 50
#: How many documents are remembered with their words; of more, those that answer are asked for each time.
REMEMBERED: Final = 1_000
#: What is told of a document: its semaine and edition hold pages of prose.
_OF_RESOURCES: Final = ("title", "url", "semaine__academie__name", "semaine__edition__year")
_lock = threading.Lock()
_kept: dict[str, tuple[tuple[object, ...], Communes]] = {}


def communes() -> Communes:
    """The communes of the directory and of who published, made anew when either changed."""
    carried = hors_annuaire().communes
    state = (*directory_state(), carried)
    held = _kept.get("communes")
    if held and held[0] == state:
        return held[1]
    with _lock:
        held = _kept.get("communes")
        if held and held[0] == state:
            return held[1]
        rows = Etablissement.objects.filter(latitude__isnull=False, longitude__isnull=False).order_by("pk")
        read = rows.values_list("commune", "departement__code", "insee", "latitude", "longitude")
        told = ((n, d, i, lat or 0.0, lon or 0.0) for n, d, i, lat, lon in read.iterator(5000))
        found = Communes(chain(told, carried))
        _kept["communes"] = (state, found)
        return found


def forget() -> None:
    """Let go of what is kept in memory: for tests, each of which has a directory of its own."""
    _kept.clear()
    porteurs.forget()


@dataclass(frozen=True, slots=True)
class Endroits:
    """What answers beside actions, a few of each."""

    academies: tuple[Academie, ...] = ()
    departements: tuple[Departement, ...] = ()
    communes: tuple[Localite, ...] = ()
    etablissements: tuple[Etablissement, ...] = ()
    porteurs: tuple[Porteur, ...] = ()
    syntheses: tuple[Edition, ...] = ()
    ressources: tuple[Ressource, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything answers."""
        return any(
            (
                self.academies,
                self.departements,
                self.communes,
                self.etablissements,
                self.porteurs,
                self.syntheses,
                self.ressources,
            )
        )


def search_places(text: str, *, at: dt.date, limit: int = 3) -> Endroits:
    """The places and documents that answer to ``text``, ``limit`` of each at most; nothing typed, none."""
    wanted = needles(text)
    if not wanted:
        return Endroits()

    near = communes().begun(text, limit)
    # a seat of which no commune is known stands for what is around it
    seat = "" if near else departement_of_seat(text)
    departements = [row for whole, row in _departements() if row.code == seat or answers(whole, wanted)]
    return Endroits(
        academies=tuple(row for whole, row in _academies(at) if answers(whole, wanted))[:limit],
        departements=tuple(departements[:limit]),
        communes=tuple(near),
        etablissements=tuple(find_schools(text, at=at, limit=limit)),
        porteurs=tuple(porteurs.find_carriers(text, limit)),
        syntheses=tuple(row for whole, row in _told() if answers(whole, wanted))[:limit],
        ressources=tuple(_resources(wanted))[:limit],
    )


def answers(whole: str, wanted: Iterable[str]) -> bool:
    """Whether the words of something (:func:`haystack`) hold all that is wanted."""
    return all(needle in whole for needle in wanted)


#: By what words a synthesis is found.
SYNTHESE: Final = "synthèse nationale bilan rapport document"


@remembered_apart
def _academies(at: dt.date) -> tuple[tuple[str, Academie], ...]:
    """The académies of a day, each with the words it is found by."""
    rows = Academie.objects.valid_on(at)
    return tuple((_words(row.name, f"académie {row.name}"), row) for row in rows)


@remembered_apart
def _departements() -> tuple[tuple[str, Departement], ...]:
    rows = Departement.objects.all()
    return tuple((_words(row.name, row.code, f"département {row.name}"), row) for row in rows)


@remembered_apart
def _told() -> tuple[tuple[str, Edition], ...]:
    """The editions of which there is a synthesis to read, each with the words it is found by."""
    return tuple((_words(SYNTHESE, row.year), row) for row in syntheses.told())


def _resources(wanted: tuple[str, ...]) -> Iterable[Ressource]:
    """The documents of these words that semaines of published editions tell of, the latest first."""
    known = _all_resources()
    if known is None:  # more than are remembered
        found = _of_editions().annotate(folded=alphabetical("title"))
        for needle in wanted:
            found = found.filter(folded__contains=needle.replace("-", " ").strip())
        known = tuple((_words(row.title), row) for row in found[:MOST_RESOURCES])
    return (row for whole, row in known if answers(whole, wanted))


@remembered_apart
def _all_resources() -> tuple[tuple[str, Ressource], ...] | None:
    rows = list(_of_editions()[: REMEMBERED + 1])
    return tuple((_words(row.title), row) for row in rows) if len(rows) <= REMEMBERED else None


def _of_editions() -> QuerySet[Ressource]:
    found = Ressource.objects.filter(published=True, semaine__edition__published_at__isnull=False)
    found = found.exclude(url="").select_related("semaine__academie", "semaine__edition").only(*_OF_RESOURCES)
    return found.order_by("-semaine__edition__year", "semaine__academie__slug", "position", "pk")


def _words(*texts: str) -> str:
    return haystack("\n".join(texts))
