"""Opening an edition, from the one before."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accroche.annuaire.models import Academie
from accroche.campagne.models import Axe, Edition, Objectif, Semaine
from accroche.campagne.regles import AXE_LABELS, StatutSemaine
from accroche.commun import journal
from accroche.lib.dates import DateError, edition_of, format_date, school_year

TITLE = "Semaine de la persévérance scolaire"


class ReportedEditionError(ValueError):
    """An edition told by a report cannot be declared in a second time."""


@transaction.atomic
def open_edition(year: str, *, opens: dt.date, closes: dt.date, at: dt.datetime) -> tuple[Edition, bool]:
    """Open an edition to declarations, publicly; return it, and whether it is new.

    Each académie of the first day gets its semaine, in preparation. The axes and objectives start as
    those of the latest edition, as copies: an old edition does not change with a new one. Again, only the
    days of declaration follow.

    Raises ``DateError`` (days out of order or outside the school year) and
    :class:`ReportedEditionError`.
    """
    school_year(year)
    if closes < opens:
        raise DateError(f"Les déclarations fermeraient le {format_date(closes)}, avant d’ouvrir.")
    for day in (opens, closes):
        if edition_of(day) != year:
            raise DateError(f"Le {format_date(day)} n’est pas dans l’année scolaire {year}.")
    known = Edition.objects.filter(year=year).first()
    if known and not known.is_counted:
        raise ReportedEditionError(f"L’édition {year} vient d’un rapport : on n’y déclare pas d’actions.")
    days = {"declaration_opens": opens, "declaration_closes": closes}
    previous = Edition.objects.exclude(year=year).filter(year__lt=year).order_by("-year").first()
    edition, created = Edition.objects.update_or_create(
        year=year, defaults=days, create_defaults={"title": TITLE, "published_at": at, **days}
    )
    if created:
        _copy_catalogue(edition, previous)
        journal.record(edition, "open", at=at)
    Semaine.with_begun.filter(edition=edition, begun=True).update(begun=False)
    held = set(edition.semaines.values_list("academie_id", flat=True))
    Semaine.objects.bulk_create(
        Semaine(edition=edition, academie=academie, status=StatutSemaine.PREPARING)
        for academie in Academie.objects.valid_on(opens)
        if academie.pk not in held
    )
    return edition, created


def _copy_catalogue(edition: Edition, previous: Edition | None) -> None:
    """Give a new edition its own axes and objectives."""
    axes = list(previous.axes.values_list("code", "label")) if previous else list(AXE_LABELS.items())
    Axe.objects.bulk_create(
        Axe(edition=edition, code=code, label=label, position=position)
        for position, (code, label) in enumerate(axes)
    )
    objectifs = list(previous.objectifs.values_list("code", "label")) if previous else []
    Objectif.objects.bulk_create(
        Objectif(edition=edition, code=code, label=label, position=position)
        for position, (code, label) in enumerate(objectifs)
    )
