"""Home, static pages and error pages: HTTP only."""

from __future__ import annotations

import datetime as dt
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.campagne.models import Edition
from accroche.catalogue.queries import editions as queries
from accroche.catalogue.queries import syntheses
from accroche.commun import rgaa
from accroche.commun.http import public_page
from accroche.commun.pannes import panne_of
from accroche.commun.renvoi import comes_from_here, posted
from accroche.commun.securite import Evenement
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access
from accroche.comptes.permissions import ANONYMOUS
from accroche.lib.texte import liste
from accroche.portail.http import error_page, unavailable
from accroche.votes.queries import open_votes

REMARKABLE_SHOWN = 3
COMING_SHOWN = 3
# RFC 9116 asks for less than a year.
SECURITY_CONTACT_DAYS = 180


@public
@require_safe
@public_page
def accueil(request: HttpRequest) -> HttpResponse:
    """The edition under way, which the menu leads to as well; or what to run."""
    today = timezone.localdate()
    edition = queries.current_edition(today)
    if edition is None:
        return render(request, "portail/vide.html", {"rubrique": "accueil"})
    running = queries.declaring_edition(today)
    others = [one for one in queries.published_editions() if one != edition]
    told = next(iter(syntheses.told()), None)
    remarkable, of = queries.remarkable_actions(edition, REMARKABLE_SHOWN), edition
    if not remarkable and told and told != edition:
        # an edition that begins has none yet: those of the one before, under its year
        remarkable, of = queries.remarkable_actions(told, REMARKABLE_SHOWN), told
    context = {
        "edition": edition,
        "panorama": queries.panorama(edition),
        "temps_forts": queries.coming(running, today, COMING_SHOWN) if running else (),
        "remarquables": remarkable,
        "remarquables_de": of,
        # one to read, rather than one that begins to be written
        "synthese_de": told or (edition if edition.pk in syntheses.readable() else None),
        "autres": others,
        "ouverte": running,
        "votes": open_votes(timezone.now()),
        "rubrique": "accueil",
    }
    return render(request, "portail/accueil.html", context)


@public
@require_safe
def synthese_courante(_request: HttpRequest) -> HttpResponse:
    """Go to the synthesis of the latest reported edition, or to the home page that says there is none."""
    edition = next(iter(syntheses.told()), None)
    return redirect("publications:synthese", edition.year) if edition else redirect("portail:accueil")


@public
@require_safe
@public_page
def accessibilite(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    nombres = rgaa.decompte()
    declare = {
        "nombres": {chaque.name: combien for chaque, combien in nombres.items()},
        "criteres": len(rgaa.CRITERES),
        "applicables": len(rgaa.CRITERES) - nombres[rgaa.ResultatCritere.NON_APPLICABLE],
        "taux": int(rgaa.taux(nombres) * 100),
        "manques": [(texte, liste(cas), len(cas) > 1) for texte, cas in rgaa.MANQUES.items()],
        "audit": rgaa.AUDIT,
    }
    return render(request, "portail/accessibilite.html", _publisher() | declare)


@public
@require_safe
@public_page
def mentions(request: HttpRequest) -> HttpResponse:
    """The legal notice."""
    return render(request, "portail/mentions.html", _publisher())


def _publisher() -> dict[str, str]:
    """Who answers for the site, as the operator's settings say; empty where they do not."""
    return {
        "site_url": settings.SITE_URL,
        "organisation": settings.ORGANISATION,
        "address": settings.ADDRESS,
        "hosting": settings.HOSTING,
        "contact": settings.CONTACT,
    }


@public
@require_safe
@public_page
def plan(request: HttpRequest) -> HttpResponse:
    """Every page of the site."""
    editions = list(Edition.objects.published().prefetch_related("semaines__academie"))
    to_read = syntheses.readable()
    there = {semaine.academie for edition in editions for semaine in edition.semaines.all()}
    academies = sorted(there, key=lambda academie: academie.slug)
    context = {"editions": editions, "academies": academies, "syntheses": to_read}
    return render(request, "portail/plan.html", context)


@public
@require_safe
@public_page
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed; filtered lists would only repeat it."""
    lines = (
        "User-agent: *",
        "Disallow: /*?",
        "Allow: /",
        f"Sitemap: {settings.SITE_URL}{reverse('catalogue:sitemap')}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
@public_page
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell about a flaw (RFC 9116)."""
    midnight = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    notice = f"{settings.SITE_URL}{reverse('portail:mentions')}#securite"
    contact = f"mailto:{settings.CONTACT}" if settings.CONTACT else notice
    expires = midnight + dt.timedelta(days=SECURITY_CONTACT_DAYS)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}{reverse('portail:security')}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _erreur(request: HttpRequest, status: int) -> HttpResponse:
    # the header greets who is signed in: not known when the request was refused before anybody looked
    if not hasattr(request, "access"):
        request.access = ANONYMOUS  # type: ignore[attr-defined]
    return render(request, f"{status}.html", posted(request), status=status)


def erreur_400(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's call
    """The request cannot be read."""
    return error_page(request, 400, {})


def erreur_403(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's call
    """The reader may not see this."""
    return _erreur(request, 403)


@public
def erreur_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of its browser: what happened, and all that was posted, to send it again.

    Signing in changes the token, also in another tab; a cookie goes when it is erased, or was never taken.
    What another site posted is shown to nobody and gets no button (``renvoi.comes_from_here``).
    """
    request.from_here = comes_from_here(request)  # type: ignore[attr-defined]
    if not request.from_here:  # type: ignore[attr-defined]
        cause = "ailleurs"
    elif reason == REASON_NO_CSRF_COOKIE:
        cause = "cookie"
    elif current_access(request).is_signed_in:
        cause = "connexion"
    else:
        cause = "autre_visite"
    context = {"cause": cause, "personne": current_access(request).user, **posted(request)}
    response = render(request, "403_csrf.html", context, status=403)
    response.security_event = Evenement.CSRF  # type: ignore[attr-defined]
    return response


def erreur_404(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's call
    """There is nothing here, or nothing public."""
    return _erreur(request, 404)


def erreur_500(request: HttpRequest) -> HttpResponse:
    """Our fault, unless coming back may help: Django calls this while it handles the error."""
    panne = panne_of(sys.exc_info()[1])
    return unavailable(request, panne) if panne else error_page(request, 500, posted(request))
