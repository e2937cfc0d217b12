"""The map of the site for search engines (sitemaps.org): parts of a bounded size, each made alone.

Sheets are parted by their numbers, so that a part is read by one range whatever their number; places, which
are counted in thousands, one after another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from accroche.actions.models import Action
from accroche.campagne.models import Edition, Semaine
from accroche.catalogue.models import Selection
from accroche.catalogue.presentation.territoires import SITEMAP
from accroche.catalogue.queries.syntheses import readable
from accroche.commun import lieux

#: Sheet numbers in one part, and pages in one part of places: the standard allows 50 000.
SHEETS: Final = 20_000
PLACES: Final = 20_000
#: Pages that are always there.
FIXED: Final = ("catalogue:recherche", "catalogue:carte", "catalogue:agenda", "catalogue:selections")
#: Places of apps above that are.
PLACED: Final = ("accueil", "aide", "contact", "accessibilite", "plan")


@dataclass(frozen=True, slots=True)
class PageDuPlan:
    """An address, with the name of the site, and when what it shows last changed."""

    address: str
    changed: dt.date | None = None


def parts() -> tuple[PageDuPlan, ...]:
    """The addresses of all parts: pages, editions, sheets, then places, none of them empty."""
    last = Action.objects.published().aggregate(last=Max("pk"))["last"]
    names = ["pages", "editions"]
    names += [f"fiches-{n}" for n in range(last // SHEETS + 1)] if last else []
    for kind, places in SITEMAP.items():
        names += [f"{kind}-{n}" for n in range(-(-places.how_many() // PLACES))]
    return tuple(PageDuPlan(_whole(reverse("catalogue:sitemap_part", args=[name]))) for name in names)


def pages(part: str) -> Iterator[PageDuPlan] | None:
    """The pages of one part, one by one; None when there is no such part."""
    if part == "pages":
        selections = (found.get_absolute_url() for found in Selection.objects.published())
        paths = [*map(lieux.address, PLACED), *map(reverse, FIXED), *selections]
        return (PageDuPlan(_whole(path)) for path in paths)
    if part == "editions":
        return _editions()
    kind, _, rank = part.rpartition("-")
    # at most twenty billion sheets, and one address for each part: « 00 » is none
    if not rank.isdecimal() or len(rank) > 6 or rank != str(int(rank)):  # noqa: PLR2004 - said above
        return None
    number = int(rank)
    if kind == "fiches":
        return _sheets(number)
    if kind in SITEMAP:
        found = islice(SITEMAP[kind].pages(), number * PLACES, (number + 1) * PLACES)
        return (PageDuPlan(_whole(address), at.date() if at else None) for address, at in found)
    return None


def _editions() -> Iterator[PageDuPlan]:
    to_read = readable()
    for edition in Edition.objects.published().order_by("year"):
        synthese = ("publications:synthese",) if edition.pk in to_read else ()
        for name in ("catalogue:edition", "catalogue:academies", *synthese):
            yield PageDuPlan(_whole(reverse(name, args=[edition.year])))
    rows = Semaine.objects.filter(edition__published_at__isnull=False, begun=False).order_by("pk")
    for year, academie, at in rows.values_list("edition__year", "academie__slug", "updated_at"):
        yield PageDuPlan(
            _whole(reverse("catalogue:semaine", args=[year, academie])), at.date() if at else None
        )


def _sheets(number: int) -> Iterator[PageDuPlan]:
    rows = Action.objects.published().filter(pk__gte=number * SHEETS, pk__lt=(number + 1) * SHEETS)
    columns = ("semaine__edition__year", "semaine__academie__slug", "slug", "updated_at")
    for year, academie, slug, at in rows.order_by("pk").values_list(*columns).iterator(2_000):
        address = reverse("catalogue:action", args=[year, academie, slug])
        yield PageDuPlan(_whole(address), at.date() if at else None)


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
