"""The axes of académies: choosing them, printing them, saying what became of those before. HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations import check_writing
from accroche.campagne.regles import StatutSemaine
from accroche.commun import journal
from accroche.commun.changements import lignes
from accroche.commun.conflit import auteur_of, ecarts, preferred, settled
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.dossier.dossier import AxeRetenu
from accroche.evaluation.forms.axes import AxesSaisis, ChoixForm, SuiviForm, initial_of
from accroche.evaluation.models import ChoixAxes
from accroche.evaluation.operations.axes import (
    AxesError,
    StaleAxesError,
    axes_of,
    choose_axes,
    follow_axe,
    in_lines,
)
from accroche.evaluation.presentation.axes import VOCABULAIRE, suggestions_vues
from accroche.evaluation.queries import axes as queries
from accroche.evaluation.regles import EtatSuivi

JOURNAL_SHOWN = 10
CONFLICT = 409
#: What the address asks for to begin from the suggestions.
FROM_SUGGESTIONS = "propositions"


@requires(Right.SEE_STEERING)
@require_safe
def axes(request: HttpRequest) -> HttpResponse:
    """The semaines whose axes one may read; for the bureau, each edition as a whole."""
    access = current_access(request)
    national = access.has(Right.STEER)
    context = {
        "semaines": [] if national else queries.steered_semaines(access).select_related("choix_axes"),
        "editions": Edition.objects.all() if national else (),
        "rubrique": "espace",
    }
    return render(request, "evaluation/axes/liste.html", context)


@requires(Right.STEER)
@require_safe
def repartition(request: HttpRequest, year: str) -> HttpResponse:
    """Who chose what in an edition, and who has not chosen."""
    edition = get_object_or_404(Edition, year=year)
    context = {
        "edition": edition,
        "repartition": queries.repartition_of(edition),
        "rubrique": "espace",
    }
    return render(request, "evaluation/axes/repartition.html", context)


@requires(Right.SEE_STEERING)
@require_http_methods(["GET", "HEAD", "POST"])
def choisir(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """One académie's axes: suggestions, catalogue and choice; its moderators write it."""
    access = current_access(request)
    semaine = _semaine(request, year, academie)
    if request.method != "POST":
        return _shown(request, semaine)
    check_writing(semaine, access)
    form = ChoixForm(request.POST, catalogue=queries.catalogue_of(semaine.edition))
    if not form.is_valid():
        return _shown(request, semaine, form)
    # where two chose, the page says which writing to keep
    choix = settled(form.choix(), AxesSaisis(axes_of(semaine)), preferred(request.POST, ("axes",)))
    version: int = form.cleaned_data["version"]
    try:
        changed = choose_axes(semaine, choix.axes, access=access, at=timezone.now(), version=version)
    except StaleAxesError:
        return _shown(request, semaine, form, mine=choix)
    except AxesError as error:
        form.add_error(None, str(error))
        return _shown(request, semaine, form)
    if changed:
        messages.success(request, "C’est enregistré : vos axes sont choisis.")
    else:
        messages.info(request, "Rien n’avait changé : ces axes étaient déjà les vôtres.")
    return redirect("evaluation:choisir_axes", year, academie)


@requires(Right.SEE_STEERING)
@require_safe
def imprimer(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """The axes an académie keeps, on a page to print."""
    semaine = _semaine(request, year, academie)
    catalogue = {axe.code: axe for axe in queries.catalogue_of(semaine.edition)}
    context = {
        "semaine": semaine,
        "edition": semaine.edition,
        "axes": [(catalogue[axe.code], axe.detail) for axe in axes_of(semaine)],
        "suivis": queries.suivis_of(semaine),
        "rubrique": "espace",
    }
    return render(request, "evaluation/axes/imprimer.html", context)


@requires(Right.EDIT_SEMAINE)
@require_POST
def suivre(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Say what became of an axis of the edition before."""
    access = current_access(request)
    semaine = _semaine(request, year, academie)
    check_writing(semaine, access)
    form = SuiviForm(request.POST)
    if not form.is_valid():
        return _shown(request, semaine, suivi=form)
    data = form.cleaned_data
    if data["code"] not in queries.followed_codes(semaine):
        raise Http404
    try:
        follow_axe(
            semaine,
            data["code"],
            EtatSuivi(data["mot"]),
            data["comment"],
            access=access,
            at=timezone.now(),
            version=data["version"],
        )
    except StaleAxesError:
        return _shown(request, semaine, suivi=form, stale=True)
    messages.success(request, "C’est enregistré : le suivi de cet axe est à jour.")
    return redirect("evaluation:choisir_axes", year, academie)


def _semaine(request: HttpRequest, year: str, academie: str) -> Semaine:
    found = queries.steered_semaines(current_access(request))
    return get_object_or_404(found, edition__year=year, academie__slug=academie)


def _shown(
    request: HttpRequest,
    semaine: Semaine,
    form: ChoixForm | None = None,
    *,
    mine: AxesSaisis | None = None,
    suivi: SuiviForm | None = None,
    stale: bool = False,
) -> HttpResponse:
    catalogue = queries.catalogue_of(semaine.edition)
    conseil = queries.conseil_of(semaine)
    kept = axes_of(semaine)
    choix = ChoixAxes.objects.filter(semaine=semaine).first()
    version = choix.version if choix else 0
    writes = semaine.may(current_access(request), Right.EDIT_SEMAINE)
    vues = suggestions_vues(semaine, conseil.suggestions, catalogue, conseil.exemples, writes=writes)
    begin = kept
    if request.GET.get("depuis") == FROM_SUGGESTIONS and not kept:
        begin = tuple(AxeRetenu(vue.axe.code) for vue in vues if vue.counted)
    if form is None:
        form = ChoixForm(catalogue=catalogue, initial=initial_of(begin) | {"version": version})
    labels = {axe.code: axe.label for axe in catalogue}
    found = []
    if mine is not None:
        typed = request.POST.copy()
        typed["version"] = str(version)
        form = ChoixForm(typed, catalogue=catalogue)
        pair = in_lines(kept, labels), in_lines(mine.axes, labels)
        found = ecarts({"axes": pair} if pair[0] != pair[1] else {}, VOCABULAIRE, ())
    entries = list(journal.entries(choix)[:JOURNAL_SHOWN]) if choix else []
    told = lignes(entries, VOCABULAIRE)
    by_code = {axe.code: axe for axe in catalogue}
    context: dict[str, Any] = {
        "semaine": semaine,
        "edition": semaine.edition,
        "ecrit": writes,
        "en_preparation": semaine.status == StatutSemaine.PREPARING,
        "form": form,
        "suggestions": [vue for vue in vues if vue.counted],
        "a_envisager": [vue for vue in vues if not vue.counted],
        "catalogue": [(axe, conseil.exemples.get(axe.code, ())) for axe in catalogue],
        "retenus": [(by_code[axe.code], axe.detail) for axe in kept],
        "conseil": conseil,
        "suivis": [(one, _suivi_form(one, suivi, stale=stale)) for one in conseil.suivis],
        "suivi_depasse": stale,
        "conflit": mine is not None,
        "ecarts": found,
        "auteur": auteur_of(entries[0], request.user.pk) if entries else None,
        "journal": [
            (line, entry.changes["axes"][1].splitlines()) for line, entry in zip(told, entries, strict=True)
        ],
        "rubrique": "espace",
    }
    status = CONFLICT if mine is not None or stale else 200
    return render(request, "evaluation/axes/choisir.html", context, status=status)


def _suivi_form(one: queries.SuiviDit, sent: SuiviForm | None, *, stale: bool) -> SuiviForm:
    """The form of one axis: what was sent for it, or what is kept; each with names of its own on the page."""
    prefix = f"suivi-{one.devenir.code}"
    if sent is not None and sent.data.get("code") == one.devenir.code:
        if not stale:
            sent.auto_id = f"id_{prefix}_%s"
            return sent
        typed = dict(sent.data.items()) | {"version": str(one.version)}
        return SuiviForm(typed, auto_id=f"id_{prefix}_%s")
    initial = {
        "code": one.devenir.code,
        "version": one.version,
        "mot": one.word.said if one.word else "",
        "comment": one.word.comment if one.word else "",
    }
    return SuiviForm(initial=initial, auto_id=f"id_{prefix}_%s")
