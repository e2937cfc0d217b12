"""Opening an edition to declarations, from the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accroche.annuaire.models import Academie
from accroche.campagne.axes import CATALOGUE, completed
from accroche.campagne.models import Axe, Echeance, Edition, GrilleEdition, Objectif, Semaine
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.regles import StatutSemaine
from accroche.campagne.vie import TypeEcheance, a_year_later
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.lib.dates import DateError, edition_of, format_date, school_year

TITLE = "Semaine de la persévérance scolaire"


class ReportedEditionError(ValueError):
    """An edition told by a report cannot be declared in a second time."""


class OpenedEditionError(ValueError):
    """The edition is open already; the message says who to look at."""


class DayError(DateError):
    """Days that do not go together; ``champ``: « opens », « closes », or the kind of a deadline."""

    def __init__(self, champ: str, message: str) -> None:
        """Keep where it is."""
        super().__init__(message)
        self.champ = champ


def check_days(year: str, opens: dt.date, closes: dt.date) -> None:
    """Raise :class:`DayError` for days of declaration out of order, or outside the school year."""
    school_year(year)
    if closes < opens:
        raise DayError("closes", f"Les déclarations fermeraient le {format_date(closes)}, avant d’ouvrir.")
    for champ, day in (("opens", opens), ("closes", closes)):
        if edition_of(day) != year:
            raise DayError(champ, f"Le {format_date(day)} n’est pas dans l’année scolaire {year}.")


def check_echeances(echeances: Mapping[TypeEcheance, dt.date | None], first: dt.date) -> None:
    """Raise :class:`DayError` for a deadline before the ``first`` day of its edition."""
    for kind, day in echeances.items():
        if day is not None and day < first:
            told = f"« {kind.label} » serait à rendre le {format_date(day)}"
            raise DayError(kind.value, f"{told}, avant le début de l’édition, le {format_date(first)}.")


@transaction.atomic
def open_edition(
    year: str,
    *,
    opens: dt.date,
    closes: dt.date,
    access: Access,
    at: dt.datetime,
    echeances: Mapping[TypeEcheance, dt.date | None] | None = None,
    anew: bool = False,
) -> tuple[Edition, bool]:
    """Open an edition to declarations, publicly; return it, and whether it is new.

    Each académie of the first day gets its semaine, in preparation. The axes, objectives and deadlines start
    as those of the latest edition, as copies: an old edition does not change with a new one. Again, only the
    days of declaration follow; ``anew`` refuses again. ``echeances``: the deadlines of a new edition,
    rather than those of the one before a year later.

    Raises ``PermissionDenied``, ``DateError`` (days out of order or outside the school year),
    :class:`ReportedEditionError` and :class:`OpenedEditionError`.
    """
    check_steering(access)
    check_days(year, opens, closes)
    check_echeances(echeances or {}, opens)
    known = Edition.objects.filter(year=year).first()
    if known and not known.is_counted:
        raise ReportedEditionError(f"L’édition {year} vient d’un rapport : on n’y déclare pas d’actions.")
    days = {"declaration_opens": opens, "declaration_closes": closes}
    previous = Edition.objects.exclude(year=year).filter(year__lt=year).order_by("-year").first()
    # the year is unique: of two who open it at once, one finds it
    edition, created = Edition.objects.get_or_create(
        year=year, defaults={"title": TITLE, "published_at": at, **days}
    )
    if created:
        _copy_catalogue(edition, previous, at)
        days_of = _a_year_later(previous) if echeances is None else echeances
        Echeance.objects.bulk_create(
            Echeance(edition=edition, kind=kind, day=day) for kind, day in days_of.items() if day
        )
        journal.record(edition, "open", at=at, actor=access.user)
    elif anew:
        raise OpenedEditionError(f"L’édition {year} est déjà ouverte. Ses dates se changent sur sa page.")
    else:
        Edition.objects.filter(pk=edition.pk).update(**days)
        edition.declaration_opens, edition.declaration_closes = opens, closes
    Semaine.with_begun.filter(edition=edition, begun=True).update(begun=False)
    held = set(edition.semaines.values_list("academie_id", flat=True))
    Semaine.objects.bulk_create(
        Semaine(edition=edition, academie=academie, status=StatutSemaine.PREPARING)
        for academie in Academie.objects.valid_on(opens)
        if academie.pk not in held
    )
    return edition, created


def _copy_catalogue(edition: Edition, previous: Edition | None, at: dt.datetime) -> None:
    """Give a new edition its own axes, objectives and grid."""
    axes = completed(one.as_told() for one in previous.axes.all()) if previous else CATALOGUE.values()
    Axe.objects.bulk_create(
        Axe(
            edition=edition,
            code=axe.code,
            label=axe.label,
            text=axe.text,
            pistes=list(axe.pistes),
            position=position,
        )
        for position, axe in enumerate(axes)
    )
    objectifs = list(previous.objectifs.values_list("code", "label")) if previous else []
    Objectif.objects.bulk_create(
        Objectif(edition=edition, code=code, label=label, position=position)
        for position, (code, label) in enumerate(objectifs)
    )
    used = GrilleEdition.objects.filter(edition=previous).first() if previous else None
    if used:
        # a version in use is frozen already; the bureau may give a newer one until somebody has answered
        due_on = a_year_later(used.due_on) if used.due_on else None
        GrilleEdition.objects.create(edition=edition, grille_id=used.grille_id, opened_at=at, due_on=due_on)


def _a_year_later(previous: Edition | None) -> dict[TypeEcheance, dt.date | None]:
    return (
        {TypeEcheance(row.kind): a_year_later(row.day) for row in previous.echeances.all()}
        if previous
        else {}
    )
