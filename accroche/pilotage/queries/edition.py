"""Reads of an edition's life: its calendar, how far everybody is, what the next one would start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import AxeRetenu, Edition, GrilleEdition, Semaine
from accroche.campagne.regles import StatutSemaine
from accroche.campagne.vie import (
    EtatEdition,
    Jalon,
    Suite,
    Tour,
    TypeEcheance,
    a_year_later,
    in_order,
    suite_of,
)
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.dates import edition_of, next_edition, school_year


@dataclass(frozen=True, slots=True)
class Avancee:
    """How many académies of an edition have done each thing, of how many."""

    semaines: int
    pages: int
    bilans: int
    axes: int


def editions(access: Access) -> QuerySet[Edition]:
    """Those ``access`` may know of, the latest first, with what their calendar reads.

    The public ones; of the others, those one's académie takes part in, and all for who reads the whole
    country.
    """
    found = _with_calendar()
    if access.scope(Right.SEE_STEERING).france:
        return found
    own = Semaine.objects.within(access, Right.SEE_STEERING).order_by().values("edition")
    return found.filter(Q(published_at__isnull=False) | Q(pk__in=own))


def _with_calendar() -> QuerySet[Edition]:
    return Edition.objects.prefetch_related("echeances").select_related("grille_edition")


def avancee_of(edition: Edition) -> Avancee:
    """Count what the académies of an edition have done; one query."""
    chosen = Exists(AxeRetenu.objects.filter(semaine=OuterRef("pk")))
    told = ~Q(status=StatutSemaine.PREPARING)
    # what a file told was not written here, and is told all the same
    written = Q(updated_at__isnull=False) | told
    counts = edition.semaines.annotate(chosen=chosen).aggregate(
        semaines=Count("pk"),
        pages=Count("pk", filter=written),
        bilans=Count("pk", filter=told),
        axes=Count("pk", filter=Q(chosen=True)),
    )
    return Avancee(**counts)


def calendrier(edition: Edition) -> tuple[Jalon, ...]:
    """The lines of an edition's calendar, in order, with how far the académies are; three queries at most."""
    echeances = list(edition.echeances.all())
    avancee = avancee_of(edition)
    done = {
        TypeEcheance.PAGE: avancee.pages,
        TypeEcheance.BILAN: avancee.bilans,
        TypeEcheance.AXES: avancee.axes,
    }
    lines = [
        Jalon(
            row.kind,
            TypeEcheance(row.kind).label,
            row.day,
            TypeEcheance(row.kind).tour,
            done.get(TypeEcheance(row.kind)),
            avancee.semaines if row.kind in done else None,
        )
        for row in echeances
    ]
    if edition.declaration_closes is not None:
        lines.append(
            Jalon("declaration", "Déclaration des actions", edition.declaration_closes, Tour.ETABLISSEMENTS)
        )
    used: GrilleEdition | None = getattr(edition, "grille_edition", None)
    if used is not None and used.due_on is not None:
        lines.append(Jalon("grille", "Grille d’auto-évaluation", used.due_on, Tour.ACADEMIES))
    return in_order(tuple(lines))


@dataclass(frozen=True, slots=True)
class OuEnEst:
    """Where an edition stands on a day, and what comes next."""

    edition: Edition
    etat: EtatEdition
    suite: Suite
    jalons: tuple[Jalon, ...]
    day: dt.date

    @property
    def is_declaring(self) -> bool:
        """Whether schools declare."""
        return self.etat is EtatEdition.DECLARATION

    @property
    def is_bilan(self) -> bool:
        """Whether it is time to report."""
        return self.etat is EtatEdition.BILAN

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is asked before schools may declare, and they may not yet."""
        now = self.suite.now
        return self.etat is EtatEdition.PREPARATION and now is not None and now.code == "declaration"


def ou_en_est(edition: Edition, at: dt.datetime) -> OuEnEst:
    """Where ``edition`` stands at ``at``; three queries at most."""
    day = timezone.localdate(at)
    etat, jalons = edition.etat_on(day), calendrier(edition)
    return OuEnEst(edition, etat, suite_of(jalons, etat, day), jalons, day)


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What the next edition would start from: days that are proposed, académies of the time, what is copied.

    ``new``: académies that were not in the edition before, each with those it follows; ``gone``: those that
    no longer exist, each with who follows it.
    """

    year: str
    opens: dt.date
    closes: dt.date
    previous: Edition | None
    academies: tuple[str, ...]
    new: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[tuple[str, tuple[str, ...]], ...]
    axes: int
    objectifs: int
    grille: str
    echeances: tuple[tuple[TypeEcheance, dt.date], ...]


def next_year(today: dt.date) -> str:
    """The edition to open: that of today while nobody opened it, else the one after the latest."""
    current = edition_of(today)
    latest = Edition.objects.order_by("-year").values_list("year", flat=True).first()
    return current if latest is None or latest < current else next_edition(latest)


def ouverture(year: str, today: dt.date) -> Ouverture:
    """What opening ``year`` would start from; a fixed number of queries. Raises ``DateError``."""
    opens, closes = school_year(year)
    opens = max(opens, today) if today <= closes else opens
    previous = _with_calendar().filter(year__lt=year).order_by("-year").first()
    here = list(Academie.objects.valid_on(opens).prefetch_related("predecessors"))
    before = list(
        # by the semaines that have begun: a draft nobody confirmed makes one that nobody sees
        Academie.objects.filter(pk__in=previous.semaines.values("academie")).prefetch_related("successors")
        if previous
        else ()
    )
    names, earlier = {one.name for one in here}, {one.name for one in before}
    used: GrilleEdition | None = getattr(previous, "grille_edition", None)
    arrived = [one for one in here if previous and one.name not in earlier]
    return Ouverture(
        year=year,
        opens=opens,
        closes=closes,
        previous=previous,
        academies=tuple(one.name for one in here),
        new=_with((one, one.predecessors.all()) for one in arrived),
        gone=_with((one, one.successors.all()) for one in before if one.name not in names),
        axes=previous.axes.count() if previous else 0,
        objectifs=previous.objectifs.count() if previous else 0,
        grille=str(used.grille) if used else "",
        echeances=tuple((TypeEcheance(row.kind), a_year_later(row.day)) for row in previous.echeances.all())
        if previous
        else (),
    )


def _with(pairs: Iterable[tuple[Academie, Iterable[Academie]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((one.name, tuple(other.name for other in others)) for one, others in pairs)
