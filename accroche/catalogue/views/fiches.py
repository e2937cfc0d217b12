"""What goes with the page of a sheet: code, poster, taking it up, its spread, one reading: HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accroche.actions.models import Action
from accroche.actions.operations import vues
from accroche.actions.queries import public_address
from accroche.actions.queries.public import moved_to
from accroche.campagne.models import Edition
from accroche.catalogue.presentation.diffusion import tableau
from accroche.catalogue.queries import fiche as queries
from accroche.catalogue.robots import is_reader
from accroche.commun.http import for_everybody, public_page
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.integrations import qr
from accroche.lib.texte import slug as words_of
from accroche.publications.operations import draw_poster

Shown = Callable[[HttpRequest, Action], HttpResponse]
View = Callable[[HttpRequest, str, str, str], HttpResponse]


def elsewhere(year: str, academie: str, slug: str) -> HttpResponse:
    """Lead from an address that is no sheet's any more to the sheet that has it now. Raises ``Http404``."""
    action = moved_to(year, academie, slug)
    if action is None:
        raise Http404
    semaine = action.semaine
    response = redirect(
        "catalogue:action", semaine.edition.year, semaine.academie.slug, action.slug, permanent=True
    )
    for_everybody(response)  # for good, but a merge may be undone: who keeps it asks again
    return response


def of_sheet(view: Shown) -> View:
    """Give a view the public sheet of its address; a former address leads to the sheet itself."""

    @wraps(view)
    def wrapped(request: HttpRequest, year: str, academie: str, action: str) -> HttpResponse:
        shown = queries.published_at(year, academie, action)
        return elsewhere(year, academie, action) if shown is None else view(request, shown)

    return wrapped


@public
@require_safe
@public_page
@of_sheet
def code(_request: HttpRequest, action: Action) -> HttpResponse:
    """The QR code of a sheet's page."""
    drawn = qr.svg(public_address(action), f"Code QR vers « {action.title} »")
    return HttpResponse(drawn, content_type="image/svg+xml")


@public
@require_safe
@public_page
@of_sheet
def affiche(_request: HttpRequest, action: Action) -> HttpResponse:
    """The poster of a sheet."""
    response = HttpResponse(draw_poster(action), content_type="application/pdf")
    name = words_of(action.title)[:60].strip("-") or "action"
    response.headers["Content-Disposition"] = f'inline; filename="affiche-{name}.pdf"'
    return response


@public
@require_safe
@of_sheet
def reprendre(request: HttpRequest, action: Action) -> HttpResponse:
    """What taking an action up means: what comes along, what does not, and where one begins."""
    today = timezone.localdate()
    opened = Edition.objects.declaring_on(today).first()
    coming = Edition.objects.published().filter(declaration_opens__gt=today).order_by("declaration_opens")
    is_own = action.may(current_access(request), Right.EDIT_ACTION)
    context = {
        "action": action,
        "semaine": action.semaine,
        "edition": action.semaine.edition,
        "ouverte": opened,
        "prochaine": None if opened else coming.first(),
        "sienne": is_own,
        # one's own sheet of the year that is open is there to be written on
        "deja": is_own and opened is not None and opened.pk == action.semaine.edition_id,
        "rubrique": "academies",
    }
    return render(request, "catalogue/fiches/reprendre.html", context)


@public
@require_safe
@public_page
@of_sheet
def diffusion(request: HttpRequest, action: Action) -> HttpResponse:
    """Where the idea of a sheet comes from, and where it went."""
    found = queries.diffusion_of(action, current_access(request))
    context = {
        "action": action,
        "semaine": action.semaine,
        "edition": action.semaine.edition,
        "diffusion": found,
        "tableau": tableau(found, action),
        "rubrique": "academies",
    }
    return render(request, "catalogue/fiches/diffusion.html", context)


# no token: the page is the same for everybody, and all that is written is a number
@public
@csrf_exempt
@require_POST
@of_sheet
def vue(request: HttpRequest, action: Action) -> HttpResponse:
    """Count one reading, told by the page once somebody sees it; who follows the sheet is no reader."""
    access = current_access(request)
    known = access.is_signed_in or action.pk in access.sheets
    if is_reader(request.headers) and not (known and action.may(access, Right.SEE_ACTION)):
        vues.count(action.pk, timezone.localdate())
    return HttpResponse(status=204)
