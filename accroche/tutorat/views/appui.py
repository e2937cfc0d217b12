"""Who needs help: all académies for the bureau, one's own for an académie. HTTP only."""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Place, Right
from accroche.tutorat.forms.tutorat import TERRITORY, AppuiForm
from accroche.tutorat.models import Binome
from accroche.tutorat.presentation.tutorat import appui_dit
from accroche.tutorat.queries.tutorat import AcademieSituee, pairs, situated


@requires(Right.SEE_STEERING)
@require_safe
def courant(request: HttpRequest) -> HttpResponse:
    """The current edition's page."""
    edition = Edition.objects.published().current_on(timezone.localdate())
    if edition is None:
        return render(request, "tutorat/vide.html", {"titre": "Qui a besoin d’appui", "rubrique": "espace"})
    return redirect("tutorat:appui", edition.year)


@requires(Right.SEE_STEERING)
@require_safe
def appui(request: HttpRequest, year: str) -> HttpResponse:
    """The components of each académie, in alphabetical or territorial order."""
    access, now = current_access(request), timezone.now()
    edition = get_object_or_404(Edition.objects.published(), year=year)
    scope = access.scope(Right.SEE_STEERING)
    found = [
        one
        for one in situated(edition, now)
        if access.allows(Right.SEE_STEERING, Place(academie=one.academie.pk))
    ]
    if not found and not scope.france:
        raise Http404
    form = AppuiForm(request.GET or None)
    shown = _narrowed(found, form) if form.is_bound and form.is_valid() else found
    by_mentee: dict[int, list[Binome]] = defaultdict(list)
    for pair in pairs(edition).visible_to(access):
        by_mentee[pair.mentee_id].append(pair)
    context = {
        "edition": edition,
        "editions": Edition.objects.published(),
        "academies": [
            appui_dit(
                one,
                by_mentee[one.academie.pk],
                writes=not scope.france
                and access.allows(Right.EDIT_SEMAINE, Place(academie=one.academie.pk)),
            )
            for one in shown
        ],
        "proposees": sum(one.situation.besoins.motif.is_to_help for one in found),
        "form": form,
        "tout": len(found),
        "national": scope.france,
        "bureau": access.has(Right.STEER),
        "rubrique": "espace",
    }
    return render(request, "tutorat/appui.html", context)


def _narrowed(found: list[AcademieSituee], form: AppuiForm) -> list[AcademieSituee]:
    data = form.cleaned_data
    kept = [
        one
        for one in found
        if (not data["motif"] or one.situation.besoins.motif == data["motif"])
        and (not data["besoin"] or data["besoin"] in one.situation.besoins.present)
    ]
    if data["ordre"] != TERRITORY:
        return kept
    links = Academie.departements.through.objects.order_by("-departement__code")
    # the last of each académie stays: its first département
    codes = dict(links.values_list("academie", "departement__code"))
    return sorted(kept, key=lambda one: (codes.get(one.academie.pk, "~"), one.academie.slug))
