"""Organising a vote, for who may on their académie: HTTP only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.models import User
from accroche.comptes.regles import Right
from accroche.lib.texte import sort_key
from accroche.votes import queries
from accroche.votes.forms import JureForm, ScrutinForm
from accroche.votes.models import Candidature, Scrutin
from accroche.votes.operations import organisation as operations
from accroche.votes.scrutin import Phase


def _own(request: HttpRequest, slug: str) -> Scrutin:
    """The vote one organises; not found elsewhere."""
    own = Scrutin.objects.within(current_access(request), Right.RUN_VOTE)
    return get_object_or_404(own.select_related("academie", "edition"), slug=slug)


@requires(Right.RUN_VOTE)
@require_safe
def organiser(request: HttpRequest) -> HttpResponse:
    """The votes one organises."""
    now = timezone.now()
    own = Scrutin.objects.within(current_access(request), Right.RUN_VOTE)
    rows = own.select_related("academie", "edition")[:100]
    context = {
        "scrutins": [(scrutin, scrutin.phase(now).label) for scrutin in rows],
        "rubrique": "espace",
    }
    return render(request, "votes/organiser.html", context)


@requires(Right.RUN_VOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def creer_scrutin(request: HttpRequest) -> HttpResponse:
    """Organise a new vote."""
    access, now = current_access(request), timezone.now()
    form = ScrutinForm(request.POST or None, access=access, at=now)
    if request.method == "POST" and form.is_valid():
        made = operations.create_vote(**form.cleaned_data, access=access, at=now)
        messages.success(request, "Le vote est créé. Ajoutez ses candidatures et son jury.")
        return redirect("votes:gerer_scrutin", made.slug)
    return render(request, "votes/formulaire.html", {"form": form, "scrutin": None, "rubrique": "espace"})


@requires(Right.RUN_VOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier_scrutin(request: HttpRequest, slug: str) -> HttpResponse:
    """Change its words and dates."""
    access, now, found = current_access(request), timezone.now(), _own(request, slug)
    names = ("title", "presentation", "opens_at", "closes_at")
    initial = {name: getattr(found, name) for name in names}
    form = ScrutinForm(request.POST or None, initial=initial, access=access, at=now, existing=True)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_vote(found, access=access, at=now, **form.cleaned_data)
        except operations.VoteError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("votes:gerer_scrutin", slug)
    context = {"form": form, "scrutin": found, "rubrique": "espace"}
    return render(request, "votes/formulaire.html", context)


@requires(Right.RUN_VOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def candidatures(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the candidates among the published actions, and their order."""
    now, found = timezone.now(), _own(request, slug)
    text, remarkable = request.GET.get("q", "")[:100].strip(), bool(request.GET.get("remarquables"))
    if request.method == "POST":
        try:
            _choose(request, found)
        except operations.VoteError as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())
    proposable = queries.proposable(found, text, remarkable=remarkable)
    shown = list(proposable[: queries.FOUND + 1])
    context = {
        "scrutin": found,
        "candidatures": list(queries.candidatures(found)),
        "trouvees": shown[: queries.FOUND],
        "tronque": len(shown) > queries.FOUND,
        "texte": text,
        "remarquables": remarkable,
        "fige": queries.has_votes(found) or found.phase(now) is Phase.PUBLISHED,
        "pourquoi": operations.FROZEN,
        "rubrique": "espace",
    }
    return render(request, "votes/candidatures.html", context)


def _choose(request: HttpRequest, found: Scrutin) -> None:
    """Add, remove or move the candidate a button names. Raises ``VoteError``."""
    access, now = current_access(request), timezone.now()
    if number := _number(request, "ajouter"):
        action = get_object_or_404(queries.proposable(found), pk=number)
        operations.add_candidate(found, action, access=access, at=now)
        return
    for button in ("retirer", "monter", "descendre"):
        if number := _number(request, button):
            row = get_object_or_404(queries.candidatures(found).select_related("scrutin"), pk=number)
            if button == "retirer":
                operations.remove_candidate(row, access=access, at=now)
            else:
                operations.move_candidate(row, up=button == "monter", access=access)
            return
    raise Http404


def _number(request: HttpRequest, name: str) -> int:
    """The row a button names; 0 when it was not pressed."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004 - what a row number may be


@requires(Right.RUN_VOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def gerer_scrutin(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a vote: turnout, jury, then results, prizes and their publication."""
    now, found = timezone.now(), _own(request, slug)
    form, refusal = JureForm(request.POST if request.POST.get("geste") == "jure" else None), None
    if request.method == "POST":
        try:
            done = _act(request, found, form)
        except operations.VoteError as error:
            messages.error(request, str(error))
            done = True
        except LimitError as error:
            refusal, done = error, False
            form.add_error("email", str(error))
        if done:
            return redirect("votes:gerer_scrutin", slug)
    phase = found.phase(now)
    over = phase in {Phase.CLOSED, Phase.PUBLISHED}
    context = {
        "scrutin": found,
        "phase": phase.value,
        "phase_mots": phase.label,
        "participation": queries.turnout(found),
        "candidatures": list(queries.candidatures(found)),
        # nobody reads the tally of an open vote, not even who organises it
        "resultats": queries.results(found, now) if over else [],
        "jury": _jury(found, now),
        "form": form,
        "rubrique": "espace",
    }
    response = render(request, "votes/gerer.html", context)
    return too_many(response, refusal, now) if refusal else response


def _jury(found: Scrutin, at: dt.datetime) -> list[tuple[User, int, int]]:
    """Each juror, with how many candidates they marked and how many they leave out."""
    marks = queries.marks_by_juror(found)
    rows = list(queries.with_carriers(queries.candidatures(found)))
    out = queries.exclusions(found, rows, at).values()
    return [
        (person, marks.get(person.pk, 0), sum(person.pk in jurors for jurors in out))
        for person in sorted(found.jury.order_by("pk"), key=lambda person: sort_key(str(person)))
    ]


def _act(request: HttpRequest, found: Scrutin, form: JureForm) -> bool:
    """Do what a form of the page asks for; False when it is to be shown again. Raises ``VoteError``."""
    gestures: dict[str, Callable[[HttpRequest, Scrutin], None]] = {
        "retirer_jure": _remove_juror,
        "prix": _prizes,
        "publier": _publish,
    }
    asked = request.POST.get("geste", "")
    if asked == "jure":
        if not form.is_valid():
            return False
        access = current_access(request)
        person = operations.add_juror(found, form.cleaned_data["email"], access=access, at=timezone.now())
        messages.success(request, f"{person} est au jury, et vient d’en être informé par courriel.")
    elif asked in gestures:
        gestures[asked](request, found)
    else:
        raise Http404
    return True


def _remove_juror(request: HttpRequest, found: Scrutin) -> None:
    person = get_object_or_404(found.jury, pk=_number(request, "personne"))
    operations.remove_juror(found, person, access=current_access(request), at=timezone.now())
    messages.success(request, f"{person} n’est plus au jury.")


def _write_prizes(request: HttpRequest, found: Scrutin) -> None:
    access, now = current_access(request), timezone.now()
    for row in Candidature.objects.filter(scrutin=found).select_related("scrutin").order_by("pk"):
        told = request.POST.get(f"prix-{row.pk}")
        if told is not None:
            operations.give_prize(row, told, access=access, at=now)


def _prizes(request: HttpRequest, found: Scrutin) -> None:
    _write_prizes(request, found)
    messages.success(request, "Les prix sont enregistrés. Ils restent cachés jusqu’à la publication.")


def _publish(request: HttpRequest, found: Scrutin) -> None:
    with transaction.atomic():  # the prizes typed beside go out with the rest, or nothing does
        _write_prizes(request, found)
        operations.publish_results(found, access=current_access(request), at=timezone.now())
    messages.success(request, "Les résultats sont publiés.")
