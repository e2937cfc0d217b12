"""What machines read beside the pages: the pictures of links, and the map of the site. HTTP only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accroche.actions.models import Action
from accroche.campagne.models import Edition
from accroche.catalogue.presentation import plan
from accroche.catalogue.queries.editions import public_semaines
from accroche.catalogue.views.fiches import of_sheet
from accroche.commun.http import public_page
from accroche.comptes.decorators import public
from accroche.integrations.typst import printable
from accroche.lib.texte import de, typographie

SITE = "Semaine de la persévérance scolaire"


@public
@require_safe
@public_page
def vignette(_request: HttpRequest) -> HttpResponse:
    """The picture of a link to any page that has none of its own."""
    return _drawn(SITE, "Accroche", "Ce que font écoles, collèges et lycées")


@public
@require_safe
@public_page
def vignette_semaine(_request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """The picture of a link to a semaine."""
    edition = get_object_or_404(Edition.objects.published(), year=year)
    shown = get_object_or_404(public_semaines(edition).select_related("academie"), academie__slug=academie)
    return _drawn(f"Académie {de(shown.academie.name)}", SITE, f"Édition {year}")


@public
@require_safe
@public_page
@of_sheet
def vignette_action(_request: HttpRequest, action: Action) -> HttpResponse:
    """The picture of a link to a sheet."""
    semaine = action.semaine
    below = f"Académie {de(semaine.academie.name)}, {semaine.edition.year}"
    return _drawn(typographie(action.title), SITE, below)


def _drawn(title: str, above: str, below: str) -> HttpResponse:
    # an image library is nothing that a program waits for as it starts
    from accroche.integrations.images.vignette import draw_vignette  # noqa: PLC0415

    texts = map(printable, (title, above, below))
    return HttpResponse(draw_vignette(*texts), content_type="image/png")


@public
@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the map of the site."""
    return _xml(request, "catalogue/plan/index.xml", {"parts": plan.parts()})


@public
@require_safe
@public_page
def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """One part of the map of the site; a part there is not is a 404."""
    pages = plan.pages(part)
    if pages is None:
        raise Http404
    return _xml(request, "catalogue/plan/pages.xml", {"pages": pages})


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
