"""Home, static pages and error pages: HTTP only."""

from __future__ import annotations

import datetime as dt
import sys

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations.adresse import confirm_address, take_address_back
from accroche.actions.queries import Complement, complements_of, public_address
from accroche.actions.queries.passation import sheets_to_attach
from accroche.actions.queries.public import vues_of
from accroche.actions.regles import SourceAction
from accroche.aide.operations import delete_person
from accroche.campagne.models import Edition
from accroche.catalogue.queries import editions as queries
from accroche.cockpit.presentation.outils import outils
from accroche.commun import plafonds, rgaa, securite
from accroche.commun.http import public_page, too_many
from accroche.commun.limites import LimitError, take
from accroche.commun.pannes import panne_of
from accroche.commun.renvoi import comes_from_here, posted
from accroche.commun.securite import Evenement
from accroche.comptes.decorators import public, requires, signed_in
from accroche.comptes.forms import CodeSeulForm, NouvelleAdresseForm
from accroche.comptes.http import current_access
from accroche.comptes.operations import adresses
from accroche.comptes.permissions import ANONYMOUS, Access
from accroche.comptes.queries import has_proconnect, invitation_requests_for, requests_for, roles_of
from accroche.comptes.regles import Right
from accroche.evaluation.queries.evaluation import questions_for
from accroche.imports.queries.export import MOST_IN_A_WORKBOOK, selection
from accroche.imports.views import sent
from accroche.lib.texte import liste, nombre
from accroche.pilotage.queries import couverture
from accroche.portail.http import error_page, unavailable
from accroche.portail.presentation import ARCHIVE, archive
from accroche.portail.queries import own_data
from accroche.redaction.queries.suivi import messages_for
from accroche.relecture.forms.file import FiltreForm
from accroche.relecture.queries.file import selected, territoires, waiting_for
from accroche.relecture.queries.reconnaissance import waiting
from accroche.tutorat.queries.tutorat import pairs_for
from accroche.votes.queries import juries_of, open_votes

REMARKABLE_SHOWN = 3
SHEETS_SHOWN = 20
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
    running = Edition.objects.declaring_on(today).first()
    others = list(Edition.objects.published().exclude(pk=edition.pk))
    told = Edition.objects.published().reported().first()
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
        "synthese_de": told or edition,
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
    edition = Edition.objects.published().reported().first()
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
    there = {semaine.academie for edition in editions for semaine in edition.semaines.all()}
    academies = sorted(there, key=lambda academie: academie.slug)
    return render(request, "portail/plan.html", {"editions": editions, "academies": academies})


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


@signed_in
@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """What awaits a signed-in person, role by role."""
    access = current_access(request)
    user = access.user
    if user is None:  # the rule above lets nobody else in
        raise PermissionDenied
    moderates = access.has(Right.MODERATE)
    context = {
        "personne": user,
        "roles": roles_of(user).in_force(timezone.now()),
        "demandes": requests_for(access).count() + invitation_requests_for(access).count()
        if access.has(Right.GRANT)
        else 0,
        "accorde_des_roles": access.has(Right.GRANT),
        "administre": access.has(Right.ADMINISTER),
        "modere": access.has(Right.MODERATE),
        "organise_des_votes": access.has(Right.RUN_VOTE),
        "jurys": juries_of(user),
        "couverture": couverture.avancement(access) if access.has(Right.SEE_COVERAGE) else None,
        "invite": access.has(Right.INVITE_SCHOOL),
        "a_rattacher": sheets_to_attach(user).count(),
        "file": waiting_for(access) if moderates else None,
        "lit_la_file": access.has(Right.SEE_COVERAGE),
        "bureau": access.scope(Right.SEE_COVERAGE).france,
        "lit_les_avis": access.has(Right.STEER),
        # to who moderates they are others' work
        "a_completer": () if moderates else _asked(access),
        "outils_de_pilotage": outils(access),
        "a_reconnaitre": len(waiting(access)) if moderates else 0,
        "questions": questions_for(access) if _steers_its_own(access) else (),
        "messages_fiche": messages_for(access) if _steers_its_own(access) else (),
        "binomes": pairs_for(access) if _steers_its_own(access) else (),
        # what a report told is on the public site already
        "fiches": _followed(access),
        "rubrique": "espace",
    }
    return render(request, "portail/tableau.html", context)


def _steers_its_own(access: Access) -> bool:
    """Whether it answers for académies: who may write of all of them answers for none."""
    return access.has(Right.EDIT_SEMAINE) and not access.scope(Right.EDIT_SEMAINE).france


def _followed(access: Access) -> list[tuple[Action, str, int]]:
    """The sheets one follows, latest first, with its public address once it has one and its readings."""
    if not access.has(Right.SEE_ACTION) or access.has(Right.SEE_COVERAGE):
        return []  # who has the queue finds the sheets there
    own = Action.objects.within(access, Right.SEE_ACTION).filter(source=SourceAction.DECLARATION)
    sheets = own.select_related("semaine__academie", "semaine__edition").order_by("-updated_at", "-pk")
    shown = list(sheets[:SHEETS_SHOWN])
    read = vues_of(shown)
    return [(sheet, public_address(sheet) if sheet.is_public else "", read[sheet.pk]) for sheet in shown]


def _asked(access: Access) -> list[tuple[Action, Complement | None]]:
    """The sheets that wait for an answer to the académie, each with what it asked; two queries."""
    waiting = Action.objects.within(access, Right.EDIT_ACTION).filter(etat=Etat.TO_COMPLETE)
    sheets = list(waiting.select_related("semaine__academie").order_by("updated_at", "pk")[:SHEETS_SHOWN])
    asked = complements_of(sheets)
    return [(sheet, asked.get(sheet.pk)) for sheet in sheets]


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def changer_adresse(request: HttpRequest) -> HttpResponse:
    """Have one's account answer at another address: ask for a code there, then give it here."""
    access, now = current_access(request), timezone.now()
    user = access.user
    if user is None:  # the rule above lets nobody else in
        raise PermissionDenied
    step = request.POST.get("etape", "")
    form = NouvelleAdresseForm(request.POST if step == "demander" else None)
    code = CodeSeulForm(request.POST if step == "confirmer" else None)
    refusal = None
    try:
        if step == "abandonner":
            adresses.give_up(user)
            return redirect("portail:changer_adresse")
        if form.is_valid():
            adresses.ask_address(user, form.cleaned_data["email"], network=access.network, at=now)
            return redirect("portail:changer_adresse")
        if code.is_valid():
            made = confirm_address(user, code.cleaned_data["code"], at=now)
            messages.success(request, f"Votre compte répond maintenant à {made.after}.")
            return redirect("comptes:mon_compte")
    except adresses.AddressError as error:
        (form if step == "demander" else code).add_error(None, str(error))
    except LimitError as error:
        refusal = error
        form.add_error(None, str(error))
    context = {
        "form": form,
        "code": code,
        "etape": step,
        "attend": adresses.pending(user, now),
        "proconnect": has_proconnect(user),
        "rubrique": "espace",
    }
    response = render(request, "portail/changer_adresse.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retour_adresse(request: HttpRequest, token: str) -> HttpResponse:
    """Take a change of address back, by a link of the old mailbox: shown first, as scanners follow it."""
    now = timezone.now()
    try:
        if request.method == "POST":
            take_address_back(token, at=now)
            logout(request)
            messages.success(request, "C’est annulé. Connectez-vous avec votre adresse d’avant.")
            return redirect("comptes:connexion")
        row = adresses.open_back(token, at=now)
    except adresses.AddressError as error:
        context = {"raison": str(error), "contact": settings.CONTACT}
        return render(request, "portail/retour_perdu.html", context, status=410)
    return render(request, "portail/retour_adresse.html", {"changement": row})


@signed_in
@require_safe
def mes_donnees(request: HttpRequest) -> HttpResponseBase:
    """All the site holds about oneself, as an archive that is made while it leaves."""
    access, now = current_access(request), timezone.now()
    user = access.user
    if user is None:  # the rule above lets nobody else in
        raise PermissionDenied
    take(access.counted(plafonds.EXPORTS_PERSON), at=now)
    securite.tell(Evenement.DATA_EXPORTED, by=f"user:{user.pk}")
    response = StreamingHttpResponse(archive(own_data(user, now)), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{ARCHIVE}"'
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def supprimer_compte(request: HttpRequest) -> HttpResponse:
    """Delete one's own account, once it is confirmed."""
    user = current_access(request).user
    if user is None:  # the rule above lets nobody else in
        raise PermissionDenied
    if request.method == "POST":
        delete_person(user, at=timezone.now())
        logout(request)
        messages.success(request, "Votre compte est supprimé. Les fiches de votre établissement restent.")
        return redirect("portail:accueil")
    return render(request, "comptes/supprimer.html", {"rubrique": "espace"})


@requires(Right.SEE_COVERAGE)
@require_safe
def exporter_fiches(request: HttpRequest) -> HttpResponseBase:
    """The very sheets that the list shows under the filter of the address, as a spreadsheet."""
    access = current_access(request)
    filtre = FiltreForm(request.GET, territoires=territoires(access)).filtre()
    found = selected(access, filtre)
    as_csv = request.GET.get("format") != "xlsx"
    if not as_csv and found.count() > MOST_IN_A_WORKBOOK:
        messages.error(
            request,
            f"Un classeur Excel contient au plus {nombre(MOST_IN_A_WORKBOOK)} fiches : filtrez la liste, ou "
            "choisissez le CSV.",
        )
        asked = request.GET.copy()
        asked.pop("format", None)
        return redirect(f"{reverse('relecture:file')}?{asked.urlencode()}")
    name = f"fiches-{timezone.localdate():%Y-%m-%d}"
    return sent(name, selection(found, access), as_csv=as_csv)


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
