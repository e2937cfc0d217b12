"""Reads of coverage: the schools of an edition with how far each has come, kept to one's territory.

Figures, list, file and invitation all start from :func:`schools`: they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import ARRIVED, ActionPorteur
from accroche.annuaire.models import Academie, Departement, Etablissement, EtablissementQuerySet
from accroche.annuaire.regles import Secteur, TypePorteur
from accroche.campagne.models import Edition, EditionQuerySet
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import NOBODY_SEES, Access
from accroche.comptes.regles import Right
from accroche.pilotage.couverture import SCHOOLS, STATES, Avancement, Effectif, Etape, Filtres, day_of, total
from accroche.pilotage.invitation import monday
from accroche.pilotage.models import Refus, Sollicitation

#: How schools are listed.
BY_COMMUNE = (alphabetical("commune"), alphabetical("name"), "uai")


def editions() -> EditionQuerySet:
    """The public editions in which schools declare, or declared, here: only those can be covered."""
    return Edition.objects.published().exclude(declaration_opens=None)


def default_edition(today: dt.date) -> Edition | None:
    """The edition in which schools declare on ``today``, else the current one; None before the first."""
    return Edition.objects.declaring_on(today).first() or editions().current_on(today)


@dataclass(frozen=True)
class Cadre:
    """What is counted: the edition, the day, and to which académie each département belongs on it."""

    edition: Edition
    day: dt.date
    academies: dict[int, Academie]
    departements: dict[int, Departement]

    def of_academie(self, academie: int) -> list[int]:
        """The départements of an académie, as row numbers; 0: those that none holds on that day."""
        if not academie:
            return [number for number in self.departements if number not in self.academies]
        return [number for number, holder in self.academies.items() if holder.pk == academie]


def cadre_of(edition: Edition, today: dt.date) -> Cadre:
    """Return what is counted of ``edition`` on ``today``; two queries."""
    day = day_of(today, edition.declaration_closes)
    links = Academie.departements.through.objects.filter(
        academie__in=Academie.objects.order_by().valid_on(day)
    )
    departements = Departement.objects.in_bulk()
    pairs = links.select_related("academie").order_by("-academie__slug")
    academies = {link.departement_id: link.academie for link in pairs}
    return Cadre(edition, day, academies, departements)


def _within(cadre: Cadre, access: Access, right: Right) -> Q:
    """The condition that keeps the schools where ``right`` holds on the day that is counted."""
    scope = access.scope(right)
    if scope.france:
        return Q()
    if not scope:
        return NOBODY_SEES
    held = [number for academie in scope.academies for number in cadre.of_academie(academie)]
    return (
        Q(departement__in=[*scope.departements, *held])
        | Q(bassin__in=scope.bassins)
        | Q(pk__in=scope.etablissements)
    )


def _with_sheets(edition: Edition, states: tuple[Etat, ...]) -> QuerySet[Any, Any]:
    """The UAIs of the schools that carry a sheet in one of ``states``: read once, not school by school."""
    carried = ActionPorteur.objects.order_by().filter(
        ARRIVED,
        action__semaine__edition=edition,
        action__etat__in=states,
        porteur__etablissement__isnull=False,
    )
    return carried.values("porteur__etablissement_id")


def schools(cadre: Cadre, access: Access, right: Right = Right.SEE_COVERAGE) -> EtablissementQuerySet:
    """The schools of one's territory, closed ones too, each with its ``etape``."""
    steps = [When(uai__in=_with_sheets(cadre.edition, STATES[etape]), then=Value(etape)) for etape in STATES]
    return Etablissement.objects.filter(_within(cadre, access, right), kind__in=SCHOOLS).annotate(
        etape=Case(*steps, default=Value(Etape.NOTHING))
    )


def expected(cadre: Cadre, access: Access, right: Right = Right.SEE_COVERAGE) -> EtablissementQuerySet:
    """Those that are expected to declare: open on the day that is counted."""
    return schools(cadre, access, right).open_on(cadre.day)


#: What schools are counted by, as :class:`Effectif` names it.
COUNTED_BY = ("departement", "bassin", "kind", "etape")


def effectifs(found: EtablissementQuerySet) -> list[Effectif]:
    """Count schools by place, kind and step; one query."""
    rows = found.order_by().values_list(*COUNTED_BY).annotate(count=Count("pk")).order_by(*COUNTED_BY)
    return [
        Effectif(departement, bassin, TypePorteur(kind), Etape(etape), count)
        for departement, bassin, kind, etape, count in rows
    ]


def avancement(access: Access) -> Avancement | None:
    """Coverage of one's whole territory in the edition that runs; None when none does."""
    today = timezone.localdate()
    edition = Edition.objects.declaring_on(today).first()
    return total(effectifs(expected(cadre_of(edition, today), access))) if edition else None


def _place(filtres: Filtres, cadre: Cadre) -> Q:
    """Where the filters keep schools."""
    kept = Q()
    if filtres.academie is not None:
        kept &= Q(departement__in=cadre.of_academie(filtres.academie))
    if filtres.departement:
        kept &= Q(departement=filtres.departement)
    if filtres.bassin is not None:
        kept &= Q(bassin=filtres.bassin or None)
    if filtres.circonscription:
        kept &= Q(circonscription=filtres.circonscription)
    return kept


def _school(filtres: Filtres) -> Q:
    """Which schools the filters keep."""
    kept = Q()
    if filtres.levels:
        kept &= Q(kind__in=[kind for kind in SCHOOLS if kind.level in filtres.levels])
    if filtres.sector:
        kept &= Q(sector=filtres.sector)
    if filtres.commune:
        kept &= Q(commune__icontains=filtres.commune) | Q(postal_code__startswith=filtres.commune)
    if filtres.has_address is not None:
        kept &= ~Q(email="") if filtres.has_address else Q(email="")
    if filtres.etapes:
        kept &= Q(("etape__in", filtres.etapes))
    return kept


def filtered(
    found: EtablissementQuerySet, filtres: Filtres, cadre: Cadre, today: dt.date
) -> EtablissementQuerySet:
    """Keep what the filters ask for, by commune and name."""
    kept = _place(filtres, cadre) & _school(filtres)
    if filtres.invited is not None:
        sent = Exists(sent_to(cadre.edition).filter(etablissement=OuterRef("pk")))
        kept &= Q(sent) if filtres.invited else ~Q(sent)
    if filtres.not_this_week:
        kept &= ~Q(Exists(_this_week(today).filter(etablissement=OuterRef("pk"))))
    return found.filter(kept).order_by(*BY_COMMUNE)


def sent_to(edition: Edition) -> QuerySet[Sollicitation]:
    """The invitations of an edition."""
    return Sollicitation.objects.filter(edition=edition).order_by()


def _this_week(today: dt.date) -> QuerySet[Sollicitation]:
    return Sollicitation.objects.filter(week=monday(today)).order_by()


def for_invitation(found: EtablissementQuerySet, today: dt.date) -> EtablissementQuerySet:
    """Add what decides whether a school is written to: ``is_open``, ``opted_out``, ``this_week``."""
    return found.annotate(
        is_open=Case(
            When(Q(closed_on__lte=today) | Q(opened_on__gt=today), then=Value(value=False)),
            default=Value(value=True),
        ),
        opted_out=Exists(Refus.objects.filter(etablissement=OuterRef("pk"))),
        this_week=Exists(_this_week(today).filter(etablissement=OuterRef("pk"))),
    )


def opted_out(school: Etablissement) -> bool:
    """Whether a school asked not to be invited any more."""
    return Refus.objects.filter(etablissement=school).exists()


def last_sent(edition: Edition, numbers: Iterable[int]) -> dict[int, dt.datetime]:
    """When each of these schools was last invited, by row number."""
    rows = sent_to(edition).filter(etablissement__in=list(numbers)).order_by("sent_at")
    return dict(rows.values_list("etablissement", "sent_at"))


#: Columns of the file, in order: heading, and the value of a row.
COLUMNS = {
    "UAI": "uai",
    "Type": "kind",
    "Nom": "name",
    "Secteur": "sector",
    "Code postal": "postal_code",
    "Commune": "commune",
    "Département": "departement__code",
    "Bassin": "bassin__name",
    "Circonscription": "circonscription__name",
    "Courriel": "email",
    "Étape": "etape",
}

SECTORS = {Secteur.PUBLIC: "Public", Secteur.PRIVATE: "Privé", Secteur.UNKNOWN: ""}


def file_rows(found: EtablissementQuerySet) -> Iterable[list[str]]:
    """The lines of the file, headings first, in bounded memory."""
    yield list(COLUMNS)
    for row in found.values_list(*COLUMNS.values()).iterator(2000):
        told = dict(zip(COLUMNS, row, strict=True))
        told["Type"] = TypePorteur(told["Type"]).label
        told["Secteur"] = SECTORS[Secteur(told["Secteur"])]
        told["Étape"] = Etape(told["Étape"]).label
        yield [str(value or "") for value in told.values()]
