"""Roles, invitations and requests to join: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.annuaire.models import Etablissement
from accroche.commun import lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.commun.tri import alphabetical
from accroche.comptes import operations, queries
from accroche.comptes.decorators import public, requires, signed_in
from accroche.comptes.forms import InvitationForm, IssueAbsenceForm, ReponseForm
from accroche.comptes.http import current_access
from accroche.comptes.models import Role, User
from accroche.comptes.permissions import Access, place_of_school
from accroche.comptes.regles import Right, TypeRole


@requires(Right.GRANT)
@require_http_methods(["GET", "HEAD", "POST"])
def demandes(request: HttpRequest) -> HttpResponse:
    """Requests about the schools one answers for."""
    access = current_access(request)
    waiting = queries.requests_for(access)
    form = ReponseForm(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            messages.error(request, "Cette réponse est incomplète : choisissez « Accepter » ou « Refuser ».")
            return redirect("comptes:demandes")
        asked = get_object_or_404(waiting, pk=form.cleaned_data["demande"])
        accepted = form.cleaned_data["reponse"] == "oui"
        done = operations.answer_request(
            asked,
            accepted=accepted,
            access=access,
            at=timezone.now(),
            note=form.cleaned_data["mot"],
        )
        issue = "peut maintenant déclarer pour" if accepted else "ne rejoint pas"
        told = f"{asked.user} {issue} {asked.etablissement} : un courriel le lui dit."
        tell_answer(request, told, done=done)
        return redirect("comptes:demandes")
    return show_requests(request, access)


def tell_answer(request: HttpRequest, told: str, *, done: bool) -> None:
    """Tell what one's answer did; not ``done``: somebody else's had come first, and it did nothing."""
    if done:
        messages.success(request, told)
    else:
        messages.info(request, "Quelqu’un avait déjà répondu : votre réponse n’a rien changé.")


def show_requests(
    request: HttpRequest, access: Access, *, answered: tuple[int, IssueAbsenceForm] | None = None
) -> HttpResponse:
    """Show all that waits for one's answer; ``answered``: a row, and its form that is to be mended."""
    number, refused = answered or (0, None)
    context = {
        "demandes": queries.requests_for(access),
        "invitations": queries.invitation_requests_for(access),
        "absents": [
            (row, refused if row.pk == number else IssueAbsenceForm(auto_id=f"absent-{row.pk}-%s"))
            for row in queries.absents_for(access)
        ],
        "refusee": refused,
        "rubrique": "espace",
    }
    return render(request, "comptes/demandes.html", context)


@requires(Right.GRANT)
@require_POST
def repondre_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another address than the invited one accept, or not."""
    access = current_access(request)
    asked = get_object_or_404(queries.invitation_requests_for(access), pk=pk)
    accepted = request.POST.get("reponse") == "oui"
    if not accepted and request.POST.get("reponse") != "non":
        messages.error(request, "Cette réponse est incomplète : choisissez « Accepter » ou « Refuser ».")
        return redirect("comptes:demandes")
    try:
        done = operations.answer_for_invitation(asked, accepted=accepted, access=access, at=timezone.now())
    except operations.LinkError as error:
        messages.error(request, str(error))
    else:
        issue = "a maintenant ce rôle" if accepted else "n’aura pas ce rôle"
        told = f"{asked.user.email} {issue} ({asked.invitation.role_words}) : un courriel le lui dit."
        tell_answer(request, told, done=done)
    return redirect("comptes:demandes")


@requires(Right.GRANT)
@require_safe
def personnes(request: HttpRequest) -> HttpResponse:
    """Who has which role on one's territory, and who is invited."""
    access = current_access(request)
    now = timezone.now()
    page = Paginator(queries.roles_for(access), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "invitations": queries.invitations_for(access).filter(accepted_at=None, cancelled_at=None)[:100],
        "maintenant": now,
        "passe_la_main": access.has(Right.MODERATE),
        "rubrique": "espace",
    }
    return render(request, "comptes/personnes.html", context)


@requires(Right.GRANT)
@require_safe
def vie_etablissement(request: HttpRequest, uai: str) -> HttpResponse:
    """Who joined a school and who left: for its own people, and for the académie."""
    access, now = current_access(request), timezone.now()
    school = get_object_or_404(Etablissement.objects.select_related("departement", "bassin"), uai=uai.upper())
    if not access.allows(Right.GRANT, place_of_school(school, school.academie_on(now.date()))):
        raise Http404
    present = Role.objects.in_force(now).filter(etablissement=school).select_related("user")
    context = {
        "etablissement": school,
        "presents": present.order_by(alphabetical("user__name"), "user__email", "pk"),
        "evenements": queries.life_of(school, now),
        "rubrique": "espace",
    }
    return render(request, "comptes/vie_etablissement.html", context)


@requires(Right.GRANT)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: HttpRequest) -> HttpResponse:
    """Offer a role to an address."""
    access = current_access(request)
    now = timezone.now()
    refusal = None
    form = InvitationForm(request.POST or None, kinds=access.grantable(), at=now)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.invite(
                data["email"],
                TypeRole(data["kind"]),
                access=access,
                at=now,
                role_expires_at=data["expires_at"],
                **data["territory"],
            )
        except PermissionDenied:
            form.add_error(None, "Ce territoire n’est pas le vôtre : choisissez-en un de votre ressort.")
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            messages.success(request, f"L’invitation est partie à {data['email']}.")
            return redirect("comptes:personnes")
    response = render(request, "comptes/inviter.html", {"form": form, "rubrique": "espace"})
    return too_many(response, refusal, now) if refusal else response


@requires(Right.GRANT)
@require_POST
def annuler_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    access = current_access(request)
    found = get_object_or_404(queries.invitations_for(access), pk=pk)
    operations.cancel_invitation(found, access=access, at=timezone.now())
    messages.success(request, f"L’invitation de {found.email} est annulée.")
    return redirect("comptes:personnes")


@signed_in
@require_POST
def terminer_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, or take its end back."""
    access = current_access(request)
    found = get_object_or_404(queries.roles_for(access) | queries.own_roles(access), pk=pk)
    if request.POST.get("reprendre"):
        operations.resume_role(found, access=access, at=timezone.now())
        messages.success(request, f"Le rôle « {found} » est rétabli.")
    else:
        operations.end_role(found, access=access, at=timezone.now())
        messages.success(request, f"Le rôle « {found} » est terminé.")
    own = access.user is not None and found.user_id == access.user.pk
    return redirect("comptes:mon_compte" if own else "comptes:personnes")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: shown first, so that a mail scanner does not accept it.

    Only the person of the invited address may. Following the link signs nobody in: links are forwarded, and
    a code proves the mailbox. Whoever signed in with another address may ask the sender's side.
    """
    user = current_access(request).user
    now = timezone.now()
    refusal: LimitError | None = None
    try:
        found = operations.open_invitation(token, now)
        if request.method == "POST" and user is not None:
            if "demander" in request.POST:
                return _asked(request, token, user)
            role = operations.accept_invitation(token, user, at=now)
            messages.success(request, f"Vous avez maintenant le rôle « {role} ».")
            return redirect(lieux.address("espace"))
    except operations.OtherAddressError:
        messages.error(request, "Cette invitation n’est pas à votre adresse : rien n’a changé.")
        return redirect("comptes:invitation", token)
    except operations.LinkError as error:
        return render(request, "comptes/lien_perdu.html", {"raison": str(error)}, status=410)
    except LimitError as error:
        refusal = error
    mine = user is not None and found.email == user.email
    context = {
        "invitation": found,
        "personne": user,
        "a_son_adresse": mine,
        "demande": found.demandes.filter(user=user).first() if user and not mine else None,
        "refus": str(refusal or ""),
    }
    response = render(request, "comptes/invitation.html", context)
    return too_many(response, refusal, now) if refusal else response


def _asked(request: HttpRequest, token: str, user: User) -> HttpResponse:
    """Ask the sender's side to let ``user`` accept."""
    if operations.ask_for_invitation(token, user, at=timezone.now()):
        messages.success(request, "Votre demande est partie. Un courriel vous dira la réponse.")
    else:
        messages.info(request, "Vous l’avez déjà demandé.")
    return redirect("comptes:invitation", token)
