"""Handing a school's sheets over, and taking up those declared without an account: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.actions.forms.passation import PassationForm, RattachementForm
from accroche.actions.operations import passation as operations
from accroche.actions.queries.passation import sheets_naming, sheets_to_attach
from accroche.commun import lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires, signed_in
from accroche.comptes.http import current_access
from accroche.comptes.models import Role
from accroche.comptes.permissions import place_of_school
from accroche.comptes.queries import own_roles, roles_for
from accroche.comptes.regles import Right, TypeRole


def _role(request: HttpRequest, pk: int) -> Role:
    """The porteur's role a visitor may hand over. Raises ``Http404`` for any other."""
    access = current_access(request)
    now = timezone.now()
    seen = (own_roles(access) | roles_for(access)).in_force(now).filter(kind=TypeRole.PORTEUR)
    role: Role = get_object_or_404(seen, pk=pk)
    own = access.user is not None and role.user_id == access.user.pk
    school = role.etablissement
    # a colleague's sheets are theirs to hand over, or the académie's
    if school is None or not (
        own or access.allows(Right.MODERATE, place_of_school(school, school.academie_on(now.date())))
    ):
        raise Http404
    return role


@requires(Right.GRANT)
@require_http_methods(["GET", "HEAD", "POST"])
def passer_la_main(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the sheets of one's school over, or those of who leaves it."""
    access, now, role = current_access(request), timezone.now(), _role(request, pk)
    form, refusal = PassationForm(request.POST or None), None
    own = access.user is not None and role.user_id == access.user.pk
    if request.method == "POST" and form.is_valid():
        to, leave = form.cleaned_data["email"], form.cleaned_data["partir"]
        try:
            done = operations.hand_over(role, access=access, at=now, to=to, leave=leave)
        except operations.HandoverError as error:
            form.add_error("email", str(error))
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            parts = [f"C’est fait : {done.sheets} fiche{'s' if done.sheets > 1 else ''}"]
            parts.append(f"confiée{'s' if done.sheets > 1 else ''} à {to or 'l’établissement'}.")
            if done.invited:
                parts.append("L’invitation est partie.")
            if leave:
                parts.append("Le rôle est terminé.")
            messages.success(request, " ".join(parts))
            return redirect(lieux.address("espace") if own else "comptes:personnes")
    school = role.etablissement
    others = Role.objects.in_force(now).filter(kind=TypeRole.PORTEUR, etablissement=school)
    context = {
        "form": form,
        "role": role,
        "pour_soi": own,
        "collegues": others.exclude(user=role.user).values("user").distinct().count(),
        "fiches": sheets_naming(role.user, school).select_related("semaine__edition") if school else (),
        "rubrique": "espace",
    }
    response = render(request, "actions/passation/passer.html", context)
    return too_many(response, refusal, now) if refusal else response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rattacher(request: HttpRequest) -> HttpResponse:
    """Take up the sheets one declared without an account."""
    user = current_access(request).user
    if user is None:  # the rule above lets nobody else in
        raise PermissionDenied
    sheets = list(sheets_to_attach(user).select_related("semaine__academie", "semaine__edition"))
    form = RattachementForm(request.POST or None, sheets=[sheet.pk for sheet in sheets])
    if request.method == "POST" and form.is_valid():
        count = operations.attach(user, form.cleaned_data["fiches"], at=timezone.now())
        s = "s" if count > 1 else ""
        messages.success(request, f"{count} fiche{s} rattachée{s} à votre compte.")
        return redirect(lieux.address("espace"))
    context = {"form": form, "fiches": sheets, "rubrique": "espace"}
    return render(request, "actions/passation/rattacher.html", context)
