"""The queue, one decision about several sheets, and the territories without a moderator: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accroche.actions.cycle import Etat
from accroche.actions.queries.fiche import FICHE_PARTS
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.relecture.forms.fiche import MotifsForm
from accroche.relecture.forms.file import FiltreForm, LotForm
from accroche.relecture.lot import Effet, Lot
from accroche.relecture.operations.decision import decide, foresee
from accroche.relecture.presentation import file as shown
from accroche.relecture.queries import file as file_attente
from accroche.relecture.queries.doublons import doublons_among
from accroche.relecture.queries.territoires import sans_moderateur

#: Lines of a page of the queue.
PER_PAGE = 25
UNPROCESSABLE = 422


@requires(Right.SEE_COVERAGE)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """What waits on one's territory, oldest first."""
    access = current_access(request)
    territoires = file_attente.territoires(access)
    form = FiltreForm(request.GET, territoires=territoires)
    filtre = form.filtre()
    readable = file_attente.readable(access)
    counts = file_attente.counts(file_attente.kept(readable, filtre, any_state=True))
    paginator = Paginator(file_attente.with_parts(file_attente.selected(access, filtre)), PER_PAGE)
    # counted above: not asked of the database again
    paginator.count = counts[filtre.etat] if filtre.etat else sum(counts.values())
    page = paginator.get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    actifs = shown.actifs(form, kept)
    everywhere = access.scope(Right.SEE_COVERAGE).france
    context = {
        "form": form,
        "filtre": filtre,
        "actifs": actifs,
        "page": page,
        "lignes": shown.lignes(page, access),
        "phrase": shown.phrase(
            paginator.count,
            filtre,
            territoires,
            everywhere=everywhere,
            narrowed=any(one.name not in {"etat", "academie"} for one in actifs),
        ),
        "a_completer": counts[Etat.TO_COMPLETE] if filtre.etat is Etat.SUBMITTED else 0,
        "modere": access.has(Right.MODERATE),
        "national": everywhere,
        "lots": list(Lot),
        "parametres": kept.urlencode(),
        "rubrique": "relecture",
    }
    return render(request, "relecture/moderation/file.html", context)


@requires(Right.MODERATE)
@require_POST
def lot(request: HttpRequest) -> HttpResponse:
    """Show what a decision would do to each sheet; do it once that is confirmed."""
    access = current_access(request)
    form = LotForm(request.POST)
    valid = form.is_valid()
    data = form.cleaned_data
    back = f"{reverse('relecture:file')}?{data.get('retour', '')}"
    if not valid or not data["versions"]:
        messages.error(request, "Cochez au moins une fiche, puis choisissez quoi en faire.")
        return redirect(back)
    choice: Lot = data["choix"]
    versions: dict[int, int] = data["versions"]
    readable = file_attente.readable(access).filter(pk__in=versions)
    chosen = list(file_attente.oldest_first(file_attente.with_parts(readable).prefetch_related(*FICHE_PARTS)))
    confirmed = "confirmer" in request.POST
    motifs = None
    if choice.step is not None:
        asked = MotifsForm(request.POST if confirmed else None, step=choice.step)
        motifs = asked if asked.needs_reason else None
    verdicts: list[Effet]
    if confirmed and (motifs is None or motifs.is_valid()):
        reason = motifs.cleaned_data["reason"] if motifs else ""
        verdicts = decide(chosen, choice, versions=versions, access=access, at=timezone.now(), reason=reason)
        context = _told(choice, verdicts, back, len(versions)) | {"etape": "C’est fait"}
        return render(request, "relecture/moderation/lot_fait.html", context)
    verdicts = [foresee(row, choice, access=access, version=versions[row.pk]) for row in chosen]
    context = _told(choice, verdicts, back, len(versions))
    doubles = doublons_among(chosen, access) if choice is Lot.PUBLISH else {}
    context |= {"etape": "Aperçu", "motifs": motifs, "retour": data["retour"]}
    # what is published once is seldom compared again: said before, as on the page of a sheet
    context["doubles"] = [
        (verdict, doubles[verdict.number])
        for verdict in verdicts
        if verdict.is_possible and doubles.get(verdict.number)
    ]
    status = UNPROCESSABLE if confirmed else 200
    return render(request, "relecture/moderation/lot.html", context, status=status)


def _told(choice: Lot, verdicts: list[Effet], back: str, asked: int) -> dict[str, object]:
    return {
        "choix": choice,
        "possibles": [verdict for verdict in verdicts if verdict.is_possible],
        "impossibles": [verdict for verdict in verdicts if not verdict.is_possible],
        # gone, or of another territory
        "absentes": asked - len(verdicts),
        "adresse_retour": back,
        "rubrique": "relecture",
    }


@requires(Right.SEE_COVERAGE)
@require_safe
def territoires(request: HttpRequest) -> HttpResponse:
    """The académies where nobody reads what schools send, for the national bureau."""
    if not current_access(request).scope(Right.SEE_COVERAGE).france:
        raise PermissionDenied
    found = sans_moderateur(timezone.now())
    context = {
        "attendent": [one for one in found if one.waiting],
        "sans_fiche": list(dict.fromkeys(one.academie.name for one in found if not one.waiting)),
        "rubrique": "relecture",
    }
    return render(request, "relecture/moderation/territoires.html", context)
