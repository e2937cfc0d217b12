"""The pairs of an edition, and the proposal the bureau arranges and confirms: HTTP only."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.lib.texte import liste, pluriel
from accroche.pilotage.queries.destinataires import unreachable
from accroche.tutorat.appariement import AppariementError
from accroche.tutorat.binome import Cote, MotifSortie, PasImpossibleError
from accroche.tutorat.forms.tutorat import SortieForm
from accroche.tutorat.models import Binome, ContrainteBinome
from accroche.tutorat.operations import tutorat as operations
from accroche.tutorat.operations.binome import StaleBinomeError, leave_all
from accroche.tutorat.presentation.tutorat import (
    BUREAU_CODE,
    CAPACITIES,
    contrainte_words,
    paires_dites,
    places_dites,
    waiting_words,
)
from accroche.tutorat.queries.tutorat import pairs, proposition_of

Kind = ContrainteBinome.Kind
CONFLICT = 409


@requires(Right.SEE_STEERING)
@require_safe
def courants(request: HttpRequest) -> HttpResponse:
    """The current edition's pairs."""
    edition = Edition.objects.published().current_on(timezone.localdate())
    if edition is None:
        return render(request, "tutorat/vide.html", {"titre": "Tutorat", "rubrique": "espace"})
    return redirect("tutorat:tutorats", edition.year)


@requires(Right.SEE_STEERING)
@require_safe
def tutorats(request: HttpRequest, year: str) -> HttpResponse:
    """The pairs one may see: all of them, or those of one's académie."""
    access, today = current_access(request), timezone.localdate()
    edition = get_object_or_404(Edition.objects.published(), year=year)
    found = list(pairs(edition).visible_to(access))
    context = {
        "edition": edition,
        "editions": Edition.objects.published(),
        "binomes": [(one, waiting_words(one, today)) for one in found if one.etat.is_open],
        "finis": [one for one in found if not one.etat.is_open],
        "accompagne": _accompanying(found, access),
        "bureau": access.has(Right.STEER),
        "rubrique": "espace",
    }
    return render(request, "tutorat/liste.html", context)


def _accompanying(found: list[Binome], access: Access) -> list[Academie]:
    """One's own académies that accompany others, and may stop."""
    if access.scope(Right.EDIT_SEMAINE).france:
        return []
    mentors = {
        one.mentor for one in found if one.mentor and one.etat.is_open and Cote.MENTOR in one.sides_of(access)
    }
    return sorted(mentors, key=lambda academie: academie.slug)


@requires(Right.EDIT_SEMAINE)
@require_http_methods(["GET", "HEAD", "POST"])
def arreter(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Stop accompanying anybody, for an académie: what that closes is said first."""
    access = current_access(request)
    edition = get_object_or_404(Edition.objects.published(), year=year)
    mentor = get_object_or_404(Academie, slug=academie)
    if not access.allows(Right.EDIT_SEMAINE, Place(academie=mentor.pk)):
        raise Http404
    form = SortieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = leave_all(
                mentor,
                edition,
                access=access,
                at=timezone.now(),
                reason=MotifSortie(form.cleaned_data["raison"]),
                text=form.cleaned_data["mot"],
            )
        except (StaleBinomeError, PasImpossibleError):
            messages.error(
                request, "Quelqu’un a agi au même moment : rien n’a changé. Relisez, puis recommencez."
            )
            return redirect("tutorat:ne_plus_accompagner", edition.year, academie)
        one = pluriel(count, "L’accompagnement est clos", f"Les {count} accompagnements sont clos")
        told = f"{one}. Les académies concernées et le bureau national sont prévenus. Merci."
        messages.success(request, told if count else "C’est noté : aucun accompagnement n’était en cours.")
        return redirect("tutorat:tutorats", edition.year)
    found = [one for one in pairs(edition).filter(mentor=mentor) if one.etat.is_open]
    context = {
        "edition": edition,
        "mentor": mentor,
        "binomes": found,
        "form": form,
        "rubrique": "espace",
    }
    return render(request, "tutorat/arreter.html", context)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def proposition(request: HttpRequest, year: str) -> HttpResponse:
    """The proposal: each pair explained, what the bureau decides, and « confirm »."""
    edition = get_object_or_404(Edition.objects.published(), year=year)
    if request.method != "POST":
        return _shown(request, edition)
    if "confirmer" in request.POST:
        return _confirm(request, edition)
    gesture = GESTURES.get(request.POST.get("geste", ""))
    if gesture is None:
        raise Http404
    try:
        gesture(request, edition)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "C’est noté : la proposition est recalculée.")
    return redirect("tutorat:proposition", edition.year)


def _academie(request: HttpRequest, edition: Edition, field: str) -> Academie:
    return get_object_or_404(
        Academie, slug=request.POST.get(field, ""), pk__in=edition.semaines.values("academie")
    )


def _pair(request: HttpRequest, edition: Edition) -> tuple[Academie | None, Academie]:
    is_bureau = request.POST.get("mentor") == BUREAU_CODE
    mentor = None if is_bureau else _academie(request, edition, "mentor")
    return mentor, _academie(request, edition, "aidee")


def _constrain(kind: ContrainteBinome.Kind) -> Callable[[HttpRequest, Edition], None]:
    def gesture(request: HttpRequest, edition: Edition) -> None:
        mentor, mentee = _pair(request, edition)
        access = current_access(request)
        operations.constrain(edition, mentor, mentee, kind, access=access, at=timezone.now())

    return gesture


def _release(request: HttpRequest, edition: Edition) -> None:
    mentor, mentee = _pair(request, edition)
    operations.release(edition, mentor, mentee, access=current_access(request), at=timezone.now())


def _places(request: HttpRequest, edition: Edition) -> None:
    given = request.POST.get("places", "")
    if given and given not in CAPACITIES:
        raise Http404
    _set(request, edition, capacity=int(given) if given else None)


def _helped(helped: bool) -> Callable[[HttpRequest, Edition], None]:
    return lambda request, edition: _set(request, edition, helped=helped)


def _set(request: HttpRequest, edition: Edition, **choice: int | bool | None) -> None:
    academie = _academie(request, edition, "academie")
    operations.set_academie(edition, academie, access=current_access(request), at=timezone.now(), **choice)


GESTURES: dict[str, Callable[[HttpRequest, Edition], None]] = {
    "imposer": _constrain(Kind.PIN),
    "exclure": _constrain(Kind.EXCLUDE),
    "liberer": _release,
    "places": _places,
    "aider": _helped(helped=True),
    "ne_pas_aider": _helped(helped=False),
}


def _confirm(request: HttpRequest, edition: Edition) -> HttpResponse:
    chosen: dict[str, str | None] = {}
    for value in request.POST.getlist("paire"):
        mentee, _, mentor = value.partition(":")
        chosen[mentee] = None if mentor == BUREAU_CODE else mentor
    version = request.POST.get("version", "")
    if not chosen:
        messages.error(request, "Cochez au moins un binôme à proposer.")
        return redirect("tutorat:proposition", edition.year)
    try:
        found = operations.confirm(
            edition,
            chosen,
            version=int(version) if version.isdecimal() and len(version) <= len(CAPACITIES) * 2 else -1,
            access=current_access(request),
            at=timezone.now(),
        )
    except (operations.StalePropositionError, AppariementError):
        messages.error(
            request, "La proposition a changé depuis que vous l’avez lue : rien n’est parti. Relisez-la."
        )
        return redirect("tutorat:proposition", edition.year)
    named = {one.mentee for one in found} | {one.mentor for one in found if one.mentor}
    silent = unreachable(sorted(named, key=lambda one: one.slug), timezone.now())
    words = pluriel(len(found), "Le binôme est proposé", f"Les {len(found)} binômes sont proposés")
    messages.success(request, f"{words} : les académies reçoivent un courriel.")
    if silent:
        names = liste(one.name for one in silent)
        messages.warning(request, f"Personne à qui écrire : {names}. Prévenez leurs services autrement.")
    return redirect("tutorat:tutorats", edition.year)


def _shown(request: HttpRequest, edition: Edition) -> HttpResponse:
    contraintes = list(ContrainteBinome.objects.filter(edition=edition).select_related("mentor", "mentee"))
    context = {
        "edition": edition,
        "contraintes": [(one, contrainte_words(one)) for one in contraintes],
        "capacites": CAPACITIES,
        "bureau_code": BUREAU_CODE,
        "rubrique": "espace",
    }
    try:
        lue = proposition_of(edition, timezone.now())
    except AppariementError as error:
        context |= {"impossible": str(error), "paires": [], "places": [], "version": 0, "muettes": []}
        context |= {"autres": [], "ecartees": [], "mentors": []}
        return render(request, "tutorat/proposition.html", context, status=CONFLICT)
    mentees = {one.couple.mentee for one in lue.pairs}
    served = {mentee for _, mentee in lue.reglages.open_pairs}
    places = places_dites(lue)
    context |= {
        "impossible": "",
        "version": lue.version,
        "paires": paires_dites(lue),
        "places": places,
        # who is helped helps nobody at the same time
        "mentors": [one.academie for one in places if one.academie.slug not in mentees | served],
        "autres": [one for slug, one in lue.academies.items() if slug not in mentees | served],
        "ecartees": [
            lue.academies[slug]
            for slug, helped in lue.reglages.helped.items()
            if not helped and slug in lue.academies
        ],
        "muettes": unreachable(
            [lue.academies[slug] for slug in lue.academies if slug in mentees], timezone.now()
        ),
    }
    return render(request, "tutorat/proposition.html", context)
