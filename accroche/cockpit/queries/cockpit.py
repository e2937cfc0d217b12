"""Reads of the cockpit: where each académie of an edition stands, in a fixed number of queries.

What the page counts and what its lists show come from here, so that they cannot disagree. Everything is kept
to the semaines where one may read the steering.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Chiffre, Edition, Fenetre, Ressource, Semaine, SemainePartenaire
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.campagne.vie import EtatEdition
from accroche.cockpit.cockpit import (
    EcriturePage,
    EtatAcademie,
    FichesComptees,
    Lacune,
    PageVue,
    after_day,
    constats,
    manques,
    states_before,
)
from accroche.commun import journal
from accroche.commun.models import JournalEntry
from accroche.comptes.models import Role
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right, TypeRole
from accroche.evaluation.models import Evaluation
from accroche.lib.chiffres import Kind
from accroche.pilotage.couverture import Avancement


def editions(access: Access) -> QuerySet[Edition]:
    """The editions that have a semaine where one reads the steering, the latest first."""
    held = Semaine.objects.within(access, Right.SEE_STEERING).order_by().values("edition")
    return Edition.objects.filter(pk__in=held).order_by("-year")


def default_edition(found: Sequence[Edition], today: dt.date) -> Edition | None:
    """The edition in which schools declare on ``today``, else the latest begun; None before the first."""
    begun = [one for one in found if one.etat_on(today) is not EtatEdition.PREPARATION]
    declaring = (one for one in begun if one.is_declaring_on(today))
    return next(declaring, next(iter([*begun, *found]), None))


@dataclass(frozen=True)
class Releve:
    """What is asked: an edition, the semaines one may read of it, and a past day (None: now)."""

    edition: Edition
    semaines: tuple[Semaine, ...]
    day: dt.date | None = None

    @property
    def moment(self) -> dt.datetime | None:
        """The moment before which facts count; None: all of them."""
        return after_day(self.day) if self.day else None

    def of(self, slug: str) -> Releve:
        """The same, of one académie; empty when there is none of that name."""
        kept = tuple(one for one in self.semaines if one.academie.slug == slug)
        return Releve(self.edition, kept, self.day)

    @cached_property
    def dated(self) -> list[FicheDatee]:
        """The sheets of the whole edition as they stood on the day that is asked, read once; none today."""
        if self.moment is None:
            return []
        return dated_sheets(Action.objects.filter(semaine__edition=self.edition), self.moment)

    @property
    def numbers(self) -> list[int]:
        """The semaines, as row numbers."""
        return [one.pk for one in self.semaines]


def releve(edition: Edition, access: Access, day: dt.date | None = None) -> Releve:
    """What one may read of an edition, the académies in alphabetical order; one query.

    Each semaine comes with whether its page tells windows, figures, partners and resources.
    """
    held = Semaine.objects.within(access, Right.SEE_STEERING).filter(edition=edition)
    told = {
        "windows": Fenetre.objects.filter(semaine=OuterRef("pk")),
        "partners": SemainePartenaire.objects.filter(semaine=OuterRef("pk")),
        "ressources": Ressource.objects.filter(semaine=OuterRef("pk")),
        **{
            f"{indicateur}_figures": Chiffre.objects.filter(
                semaine=OuterRef("pk"), indicateur=indicateur
            ).exclude(kind=Kind.UNAVAILABLE)
            for indicateur in Indicateur
        },
    }
    rows = held.annotate(**{f"tells_{name}": Exists(found.order_by()) for name, found in told.items()})
    return Releve(edition, tuple(rows.select_related("academie").order_by("academie__slug")), day)


TELLS: Final = ("windows", "partners", "ressources", *(f"{one}_figures" for one in Indicateur))


def _told(semaine: Semaine) -> frozenset[str]:
    """The fields of a page that say something now."""
    told = {name for name in TELLS if getattr(semaine, f"tells_{name}")}
    if semaine.pilot:
        told.add("pilot")
    if any(getattr(semaine, level.value) for level in Niveau):
        told.add("levels")
    return frozenset(told)


def pages(asked: Releve) -> dict[int, PageVue]:
    """What each semaine says, with its writings on the site and its signed grid; two queries."""
    subjects = {journal.subject_of(one): one.pk for one in asked.semaines}
    rows = JournalEntry.objects.filter(subject__in=list(subjects), verb="write").order_by("at", "pk")
    lines: dict[int, list[EcriturePage]] = defaultdict(list)
    for subject, at, changes in rows.values_list("subject", "at", "changes"):
        lines[subjects[subject]].append(EcriturePage(at, {name: pair[0] for name, pair in changes.items()}))
    grids = Evaluation.objects.filter(semaine__in=asked.numbers).order_by()
    signed = dict(grids.values_list("semaine", "signed_at"))
    return {
        one.pk: PageVue(_told(one), tuple(lines[one.pk]), StatutSemaine(one.status), signed.get(one.pk))
        for one in asked.semaines
    }


# -- sheets ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FicheDatee:
    """A sheet at a past day; ``etat``: None when nothing tells since when it is there."""

    number: int
    semaine: int
    etat: Etat | None


def dated_sheets(sheets: QuerySet[Action], moment: dt.datetime) -> list[FicheDatee]:
    """Some sheets as they stood at ``moment``; three queries.

    A step of the cycle is undone when the journal tells it later.
    """
    sheets = sheets.order_by()
    rows = list(sheets.values_list("pk", "etat", "created_at", "semaine"))
    # only what was written since can have moved since
    moved = _lines_of(sheets.filter(Q(updated_at__gte=moment) | Q(updated_at=None)))
    later = moved.filter(at__gte=moment, verb__in=list(Step)).order_by("-at", "-pk")
    # the last one read is the first that was made
    was = {
        _number(subject): changes["etat"][0]
        for subject, changes in later.values_list("subject", "changes")
        if "etat" in changes
    }
    nameless = _lines_of(sheets.filter(created_at=None)).filter(at__lt=moment).order_by()
    seen = frozenset(_number(subject) for subject in nameless.values_list("subject", flat=True))
    semaines = {number: semaine for number, _, _, semaine in rows}
    return [
        FicheDatee(number, semaines[number], etat)
        for number, etat in states_before(
            ((number, etat, created) for number, etat, created, _ in rows), was, seen, moment
        )
    ]


def _lines_of(sheets: QuerySet[Action]) -> QuerySet[JournalEntry]:
    """The journal of some sheets, found by its index on subjects: as many as there are, in one query."""
    name = Concat(Value("action:"), Cast("pk", CharField()))
    return JournalEntry.objects.filter(subject__in=sheets.annotate(subject=name).values("subject"))


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])


def fiches(asked: Releve) -> dict[int, FichesComptees]:
    """The sheets of each semaine by state; one query, three at a past day."""
    states: dict[int, Counter[Etat]] = {number: Counter() for number in asked.numbers}
    undated: Counter[int] = Counter()
    if asked.moment is None:
        rows = Action.objects.filter(semaine__in=asked.numbers).order_by().values_list("semaine", "etat")
        for semaine, etat, count in rows.annotate(count=Count("pk")):
            states[semaine][Etat(etat)] = count
    else:
        for sheet in asked.dated:
            if sheet.semaine not in states:
                continue
            if sheet.etat is None:
                undated[sheet.semaine] += 1
            else:
                states[sheet.semaine][sheet.etat] += 1
    return {number: FichesComptees(states[number], undated[number]) for number in asked.numbers}


# -- académies -------------------------------------------------------------------------------------


def moderated(at: dt.datetime) -> frozenset[int]:
    """The académies where a moderator may act at ``at``, as row numbers."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie__isnull=False)
    return frozenset(roles.order_by().values_list("academie", flat=True))


def etats(
    asked: Releve, at: dt.datetime, avancements: Mapping[int, Avancement] | None = None
) -> list[EtatAcademie]:
    """Where each académie stands, in alphabetical order. ``avancements``: their schools, by académie.

    ``at``: now, for who may act. Who moderates bears no date that a past day could ask: it is told of today.
    """
    found, sheets = pages(asked), fiches(asked)
    counted, moment = asked.edition.is_counted, asked.moment
    there = moderated(at) if counted and moment is None else None
    schools, counts = avancements or {}, avancements is not None
    lines = []
    for semaine in asked.semaines:
        page, own = found[semaine.pk], sheets[semaine.pk]
        missing = manques(page, own, moment, counted=counted)
        if there is not None and semaine.academie_id not in there:
            missing = (*missing, Lacune.MODERATEUR)
        lines.append(
            EtatAcademie(
                semaine=semaine.pk,
                academie=semaine.academie_id,
                name=semaine.academie.name,
                slug=semaine.academie.slug,
                signes=constats(page, own, moment),
                fiches=own,
                manques=missing,
                avancement=schools.get(semaine.academie_id, Avancement()) if counts else None,
                unavailable=semaine.status == StatutSemaine.UNAVAILABLE,
            )
        )
    return lines
