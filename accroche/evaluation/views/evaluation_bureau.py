"""The evaluations of an edition: how far each has come, and reminding who has not signed. HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.campagne.models import Edition
from accroche.campagne.queries.relances import reminded_on
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import Relance, deadline_words
from accroche.evaluation.forms.evaluation import MotForm
from accroche.evaluation.operations.evaluation_avis import of_academie
from accroche.evaluation.operations.evaluation_relances import TEXTS, mail_of, remind
from accroche.evaluation.queries.evaluation import (
    LigneEvaluation,
    editions_with_grid,
    lignes,
    readable,
    unsigned,
)
from accroche.lib.texte import pluriel
from accroche.pilotage.invitation import monday

#: Addresses that are not a number of a row cannot name one; académies there are at most.
DIGITS, MOST = 18, 100


def _edition(request: HttpRequest) -> tuple[Edition | None, list[Edition]]:
    """The edition asked for, by default the current one, of those whose grid is open. Raises ``Http404``."""
    found = editions_with_grid(timezone.now())
    editions = list(found)
    year = request.GET.get("edition", "")
    if not year:
        return found.current_on(timezone.localdate()), editions
    named = next((one for one in editions if one.year == year), None)
    if named is None:
        raise Http404
    return named, editions


@requires(Right.SEE_STEERING)
@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    """The evaluations one may open in an edition; one académie's own editions are all listed."""
    access = current_access(request)
    edition, editions = _edition(request)
    everywhere = access.scope(Right.SEE_STEERING).france
    found = readable(access).filter(edition__in=editions)
    if everywhere and edition:
        found = found.filter(edition=edition)
    rows, today = lignes(found), timezone.localdate()
    context = {
        "lignes": [(one, deadline_words(one.due_on, today), one.is_late(today)) for one in rows],
        "edition": edition,
        "editions": editions,
        "partout": everywhere,
        "relance": access.scope(Right.STEER).france and edition is not None and not edition.is_closed,
        "signees": sum(one.is_signed for one in rows),
        "en_retard": sum(one.is_late(today) for one in rows),
        "rubrique": "espace",
    }
    return render(request, "evaluation/liste.html", context)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def relancer(request: HttpRequest) -> HttpResponse:
    """Remind those who have not signed: who gets it, who does not and why, and the text, before it leaves."""
    access, at = current_access(request), timezone.now()
    if not access.scope(Right.STEER).france:
        raise PermissionDenied
    edition, _ = _edition(request)
    if edition is None:
        return redirect("evaluation:evaluations")
    wanted = [
        int(text)
        for text in request.GET.getlist("semaine")[:MOST]
        if text.isdecimal() and len(text) <= DIGITS
    ]
    found = unsigned(edition)
    chosen = lignes(found.filter(pk__in=wanted) if wanted else found)
    to, without = _addressed(chosen)
    form = MotForm(request.POST or None, label="Votre message", initial={"texte": TEXTS[Relance.BY_HAND]})
    text = TEXTS[Relance.BY_HAND]
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["texte"]
        if "envoyer" in request.POST:
            told = remind(edition, [one.semaine.pk for one, _ in to], text, access=access, at=at)
            _say(request, len(told), len(to))
            return redirect(f"{reverse('evaluation:evaluations')}?edition={edition.year}")
    context = {
        "edition": edition,
        "form": form,
        "destinataires": to,
        "sans": without,
        "exemple": mail_of(to[0][0], text) if to else "",
        "rubrique": "espace",
    }
    return render(request, "evaluation/relancer.html", context)


def _addressed(
    chosen: list[LigneEvaluation],
) -> tuple[list[tuple[LigneEvaluation, list[str]]], list[tuple[LigneEvaluation, str]]]:
    """Who is written to, with the addresses; and who is not, with why."""
    at, to, without = timezone.now(), [], []
    week = monday(timezone.localdate(at))
    today = reminded_on([one.semaine for one in chosen], at)
    for one in chosen:
        addresses = of_academie(one.semaine, at)
        if one.reminded_at and timezone.localdate(one.reminded_at) >= week:
            without.append((one, "déjà relancée cette semaine"))
        elif one.semaine.pk in today:
            without.append((one, "déjà relancée aujourd’hui, d’autre chose"))
        elif not addresses:
            without.append((one, "personne à qui écrire : ni modérateur, ni adresse de bureau"))
        else:
            to.append((one, addresses))
    return to, without


def _say(request: HttpRequest, sent: int, asked: int) -> None:
    if sent:
        words = pluriel(sent, "académie est relancée", "académies sont relancées")
        messages.success(request, f"{sent} {words}.")
    if left := asked - sent:
        words = pluriel(left, "académie vient", "académies viennent")
        messages.info(request, f"Sans message : {left} {words} de signer ou d’être relancée.")
