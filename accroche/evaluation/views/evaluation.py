"""An académie's self-evaluation: filled, signed, opened again, talked about. HTTP only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.campagne.models import Critere, Semaine
from accroche.campagne.operations import check_writing
from accroche.commun import journal
from accroche.commun.conflit import Auteur, Ecart, auteur, preferred
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import ReponseDite, deadline_words
from accroche.evaluation.forms.evaluation import MotForm, ReponseGrilleForm, mark_of
from accroche.evaluation.models import Reponse
from accroche.evaluation.operations import evaluation as operations
from accroche.evaluation.presentation import evaluation as shown
from accroche.evaluation.queries.evaluation import Consultee, consultee, readable, savoir_of
from accroche.lib.texte import pluriel

#: What was done to an evaluation, shown on its page.
JOURNAL_SHOWN = 12
#: How often an answer is set into a colleague's newer one before one is asked.
TRIES = 3


def read(request: HttpRequest, year: str, academie: str) -> Consultee:
    """The evaluation an address is about. Raises ``Http404`` for one that is not the visitor's to open."""
    access = current_access(request)
    semaine = get_object_or_404(readable(access), edition__year=year, academie__slug=academie)
    return consultee(semaine, access, timezone.now())


def rights(request: HttpRequest, found: Consultee) -> dict[str, Any]:
    """What every page of an evaluation knows of it and of its reader."""
    access, semaine = current_access(request), found.semaine
    writes = semaine.may(access, Right.EDIT_SEMAINE)
    due_on = found.used.due_on if found.used else None
    return {
        "semaine": semaine,
        "edition": semaine.edition,
        "consultee": found,
        "echeance": due_on,
        "echeance_mots": deadline_words(due_on, timezone.localdate()),
        "ecrit": writes,
        "repond": writes and found.used is not None and found.etat.is_open,
        "dirige": semaine.may(access, Right.STEER),
        "rubrique": "espace",
    }


def page_of(request: HttpRequest, found: Consultee, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page of an evaluation; ``more``: what a form that was refused says."""
    if found.used is None:
        return render(request, "evaluation/fermee.html", rights(request, found))
    context = {
        "objectifs": shown.objectifs(found),
        "questions": found.questions(None),
        "echanges": [
            (critere, asked, answers)
            for critere in (None, *found.criteres)
            for asked, answers in found.questions(critere)
        ],
        "journal": shown.gestes(journal.entries(found.evaluation)[:JOURNAL_SHOWN])
        if found.evaluation
        else (),
        "question": MotForm(auto_id="question_%s", label="Votre question"),
        "motif": MotForm(auto_id="motif_%s", label="Pourquoi la rouvrir ?"),
    }
    return render(
        request,
        "evaluation/evaluation.html",
        context | rights(request, found) | more,
        status=status,
    )


@requires(Right.SEE_STEERING)
@require_safe
def evaluation(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """How far the evaluation has come, who answered what, what is asked, and signing it."""
    return page_of(request, read(request, year, academie))


@requires(Right.SEE_STEERING)
@require_http_methods(["GET", "HEAD", "POST"])
def objectif(request: HttpRequest, year: str, academie: str, objectif: str) -> HttpResponse:
    """The criteria of one objective: read, or answered together by one button."""
    found = read(request, year, academie)
    here = [critere for critere in found.criteres if critere.objectif.code == objectif]
    if not here:
        raise Http404
    if found.hides:  # an empty page would tell the bureau that nothing was answered
        return redirect("evaluation:evaluation", year, academie)
    if request.method != "POST":
        return _objectif(request, found, here, _forms(found, here))
    check_writing(found.semaine, current_access(request))
    forms = _forms(found, here, request.POST)
    refused = [form for form in forms if not form.is_valid()]
    try:
        saved, late = save(request, found.semaine, [form for form in forms if form not in refused])
    except operations.ClosedEvaluationError as error:
        return _objectif(request, found, here, forms, refus=str(error), status=HTTPStatus.CONFLICT)
    except LimitError as error:
        page = _objectif(request, found, here, forms, refus=str(error))
        return too_many(page, error, timezone.now())
    if late or refused:
        again = read(request, year, academie)
        conflicts = [shown.ecart(form, held) for form, held in late]
        # what is late is typed over the newer answer: sent again, it is meant
        newer = {f"c{held.critere_id}-version": str(held.version) for _, held in late}
        typed = request.POST.copy()
        typed.update(newer)
        shown_again = _forms(again, here, typed)
        for form in shown_again:
            form.is_valid()
        return _objectif(
            request,
            again,
            here,
            shown_again,
            ecarts=conflicts,
            auteur=_author([held for _, held in late], request),
            status=HTTPStatus.CONFLICT if late else 200,
        )
    say(request, saved)
    return redirect(_next(found, objectif) if "suite" in request.POST else request.path)


def _forms(found: Consultee, criteres: Iterable[Critere], data: Any = None) -> list[ReponseGrilleForm]:
    return [ReponseGrilleForm(critere, found.reponses.get(critere.pk), data) for critere in criteres]


def save(
    request: HttpRequest, semaine: Semaine, forms: Iterable[ReponseGrilleForm]
) -> tuple[int, list[tuple[ReponseGrilleForm, Reponse]]]:
    """Write each criterion that was touched, each for itself.

    Return how many were, and those where somebody was faster, with what is there now.
    """
    access, at = current_access(request), timezone.now()
    theirs = preferred(request.POST, [shown.field_of(form.critere) for form in forms])
    saved, late = 0, []
    for form in forms:
        if not form.is_touched or shown.field_of(form.critere) in theirs:
            continue
        try:
            _answer(semaine, form, access=access, at=at)
            saved += 1
        except operations.StaleReponseError as error:
            late.append((form, error.held))
    return saved, late


def _answer(semaine: Semaine, form: ReponseGrilleForm, *, access: Access, at: dt.datetime) -> Reponse | None:
    """Write one answer; where a colleague touched another part of it meanwhile, both stay."""
    told, version = form.dite, form.cleaned_data["version"]
    for _ in range(TRIES):
        try:
            return operations.answer(semaine, form.critere, told, access=access, at=at, version=version)
        except operations.StaleReponseError as error:
            merged = form.over(error.held.dite)
            if merged is None:
                raise
            told, version = merged, error.held.version
    return operations.answer(semaine, form.critere, told, access=access, at=at, version=version)


def _author(held: list[Reponse], request: HttpRequest) -> Auteur | None:
    """Who answered meanwhile: a colleague, where one did, rather than oneself in another tab."""
    told = [auteur(str(one.by or ""), one.at, one.by_id, request.user.pk) for one in held]
    return min(told, key=lambda one: one.mine, default=None)


def say(request: HttpRequest, saved: int) -> None:
    """Tell how many answers were written."""
    if saved:
        words = pluriel(saved, "réponse enregistrée", "réponses enregistrées")
        messages.success(request, f"{saved} {words}.")
    else:
        messages.info(request, "Rien n’avait changé : tout était déjà enregistré.")


def _next(found: Consultee, code: str) -> str:
    """The page of the next objective; after the last, where one signs."""
    place = (found.semaine.edition.year, found.semaine.academie.slug)
    codes = list(dict.fromkeys(critere.objectif.code for critere in found.criteres))
    after = codes[codes.index(code) + 1 :]
    if after:
        return reverse("evaluation:evaluation_objectif", args=[*place, after[0]])
    return reverse("evaluation:evaluation", args=place)


def _objectif(
    request: HttpRequest,
    found: Consultee,
    criteres: list[Critere],
    forms: list[ReponseGrilleForm],
    *,
    status: int = 200,
    refus: str = "",
    ecarts: list[Ecart] | None = None,
    auteur: Auteur | None = None,
) -> HttpResponse:
    access = current_access(request)
    savoir = savoir_of(found.semaine, access, timezone.localdate())
    by_number = {form.critere.pk: form for form in forms}
    every = shown.objectifs(found)
    number = next(n for n, one in enumerate(every) if one.objectif == criteres[0].objectif)
    context = {
        "objectif": criteres[0].objectif,
        "rang": number + 1,
        "objectifs": every,
        "criteres": shown.montres(found, criteres, by_number, savoir, access),
        "formulaires": forms,
        "refus": refus,
        "ecarts": ecarts or [],
        "auteur": auteur,
        "question": MotForm(auto_id=False, label="Votre question"),
    }
    return render(request, "evaluation/objectif.html", context | rights(request, found), status=status)


@requires(Right.EDIT_SEMAINE)
@require_POST
def repondre(request: HttpRequest, year: str, academie: str, critere: int) -> HttpResponse:
    """Save one criterion while one types: what a script sends, answered in JSON."""
    found = read(request, year, academie)
    row = next((one for one in found.criteres if one.pk == critere), None)
    if row is None:
        raise Http404
    form, at = ReponseGrilleForm(row, found.reponses.get(row.pk), request.POST), timezone.now()
    if not form.is_valid():
        told = [message for errors in form.errors.values() for message in errors]
        return JsonResponse({"message": " ".join(map(str, told))}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    access = current_access(request)
    try:
        held = _answer(found.semaine, form, access=access, at=at)
    except operations.StaleReponseError as error:
        held = error.held
        late = {
            "version": held.version,
            "choix": held.dite.choice,
            "mot": held.comment,
            "lu": mark_of(held.dite),
        }
        mine = held.by is not None and held.by == access.user
        who = "" if mine else str(held.by or "une autre personne")  # nobody: oneself, in another tab
        words = {"mots": shown.words_of(row, held.dite.choice), "qui": who}
        return JsonResponse(late | words, status=HTTPStatus.CONFLICT)
    except operations.ClosedEvaluationError as error:
        return JsonResponse({"message": str(error)}, status=HTTPStatus.GONE)
    except LimitError as error:
        return too_many(JsonResponse({"message": str(error)}), error, at)
    again = consultee(found.semaine, access, at)
    now = held.dite if held else ReponseDite()
    return JsonResponse(
        {
            "version": held.version if held else 0,
            "choix": now.choice,
            "mot": now.comment,
            "lu": mark_of(now),
            "repondus": again.answered,
        }
    )


@requires(Right.EDIT_SEMAINE)
@require_POST
def signer(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Sign for the académie; what is missing is listed, with the way to each."""
    found = read(request, year, academie)
    try:
        operations.sign(
            found.semaine, access=current_access(request), at=timezone.now(), version=_version(request)
        )
    except operations.IncompleteError:
        return page_of(request, read(request, year, academie), incomplete=True, status=HTTPStatus.CONFLICT)
    except operations.StaleEvaluationError:
        refus = "Une réponse a changé depuis que vous avez ouvert cette page. Relisez-la, puis signez."
        return page_of(request, read(request, year, academie), refus=refus, status=HTTPStatus.CONFLICT)
    except operations.ClosedEvaluationError as error:
        messages.info(request, str(error))
        return redirect("evaluation:evaluation", year, academie)
    messages.success(request, "C’est signé : le bureau national en est averti. Voici ce que la grille dit.")
    return redirect("evaluation:evaluation_bilan", year, academie)


def _version(request: HttpRequest) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 10 else -1  # noqa: PLR2004 - no version is longer


@requires(Right.EDIT_SEMAINE, Right.STEER)
@require_POST
def rouvrir(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Let a signed evaluation be answered again."""
    found = read(request, year, academie)
    form = MotForm(request.POST, auto_id="motif_%s", label="Pourquoi la rouvrir ?")
    if found.evaluation is None:
        raise Http404
    if not form.is_valid():
        return page_of(request, found, motif=form, refusee=form)
    refus = _stepped(
        lambda: operations.reopen(
            found.evaluation,
            form.cleaned_data["texte"],
            access=current_access(request),
            at=timezone.now(),
            version=_version(request),
        )
    )
    if refus:
        return page_of(
            request, read(request, year, academie), motif=form, refus=refus, status=HTTPStatus.CONFLICT
        )
    messages.success(request, "L’auto-évaluation est rouverte : les réponses peuvent changer.")
    return redirect("evaluation:evaluation", year, academie)


@requires(Right.STEER)
@require_POST
def lue(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Say that the bureau has read it."""
    found = read(request, year, academie)
    if found.evaluation is None:
        raise Http404
    refus = _stepped(
        lambda: operations.mark_read(
            found.evaluation, access=current_access(request), at=timezone.now(), version=_version(request)
        )
    )
    if refus:
        return page_of(request, read(request, year, academie), refus=refus, status=HTTPStatus.CONFLICT)
    messages.success(request, "C’est noté : l’académie sait que vous l’avez lue.")
    return redirect("evaluation:evaluation", year, academie)


def _stepped(step: Any) -> str:
    """Make a step; return why it could not be made, in words."""
    try:
        step()
    except operations.StaleEvaluationError:
        return "Quelque chose a changé depuis que vous avez ouvert cette page. Relisez-la, puis recommencez."
    except (operations.ClosedEvaluationError, ValueError) as error:
        return str(error)
    return ""
