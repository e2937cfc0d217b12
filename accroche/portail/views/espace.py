"""One's own space: what awaits a person, what the house holds of them, and the list of sheets as a file."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
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
from accroche.cockpit.presentation.outils import outils
from accroche.commun import plafonds, securite
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError, take
from accroche.commun.securite import Evenement
from accroche.comptes.decorators import public, requires, signed_in
from accroche.comptes.forms import CodeSeulForm, NouvelleAdresseForm
from accroche.comptes.http import current_access
from accroche.comptes.operations import adresses
from accroche.comptes.permissions import Access
from accroche.comptes.queries import (
    absents_for,
    has_proconnect,
    invitation_requests_for,
    requests_for,
    roles_of,
)
from accroche.comptes.regles import Right
from accroche.evaluation.queries.evaluation import questions_for
from accroche.imports.queries.export import MOST_IN_A_WORKBOOK, selection
from accroche.imports.views import sent
from accroche.lib.texte import nombre
from accroche.pilotage.queries import couverture
from accroche.portail.presentation import ARCHIVE, archive
from accroche.portail.queries import own_data
from accroche.redaction.queries.suivi import messages_for
from accroche.relecture.forms.file import FiltreForm
from accroche.relecture.queries.file import selected, territoires, waiting_for
from accroche.relecture.queries.reconnaissance import waiting
from accroche.tutorat.queries.tutorat import pairs_for
from accroche.votes.queries import juries_of

SHEETS_SHOWN = 20


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
        "demandes": sum(ask(access).count() for ask in (requests_for, invitation_requests_for, absents_for))
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
    form = FiltreForm(request.GET, territoires=territoires(access))
    found = selected(access, form.filtre())
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
    return sent(name, selection(found, access, form.en_mots()), as_csv=as_csv)
