"""Reads of the versions of the grid, for the pages of the bureau and of the académies."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet

from accroche.campagne.models import Edition, Grille, GrilleEdition
from accroche.comptes.permissions import Access


def grilles(access: Access) -> QuerySet[Grille]:
    """The versions one may read, the latest first, each with its size and the editions that use it."""
    used = GrilleEdition.objects.select_related("edition")
    return (
        Grille.objects.visible_to(access)
        .select_related("previous")
        .annotate(criteres=Count("objectifs__criteres"))
        .prefetch_related(Prefetch("editions", used))
        # an aggregate would drop the usual order
        .order_by("-created_at", "-pk")
    )


def readable(access: Access) -> QuerySet[Grille]:
    """The versions one may read, with all they say."""
    return Grille.objects.complete().visible_to(access)


def open_editions() -> QuerySet[Edition]:
    """The editions that may be given a version, the latest first, each with the one it has."""
    return Edition.objects.filter(closed_at=None).select_related("grille_edition__grille")
