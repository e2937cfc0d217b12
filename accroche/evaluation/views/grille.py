"""The versions of the grid: their list, one to read and print, and the bureau's gestures. HTTP only."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.campagne.models import Critere, Grille
from accroche.campagne.operations import attach_grille
from accroche.campagne.operations.grille import GrilleError
from accroche.commun import journal
from accroche.commun.changements import lignes
from accroche.commun.conflit import auteur_of, ecarts, marks, preferred
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.forms.grille import CopieForm, CritereForm, TetePage, UsageForm
from accroche.evaluation.grille import CRITERE, LEVEL_FIELDS, TETE, Valeurs, next_code
from accroche.evaluation.operations.grille import (
    StaleGrilleError,
    copy_grille,
    critere_values,
    delete_grille,
    move_critere,
    remove_critere,
    tete_values,
    write_critere,
    write_tete,
)
from accroche.evaluation.presentation.grille import VERBES, VOCABULAIRE, vue
from accroche.evaluation.queries import grille as queries

JOURNAL_SHOWN = 10
CONFLICT = 409
REMOVED = "Ce critère vient d’être retiré par quelqu’un d’autre : rien n’a été fait."


@requires(Right.SEE_STEERING)
@require_safe
def grilles(request: HttpRequest) -> HttpResponse:
    """Every version one may read: which edition uses it, whether it is still being written."""
    access = current_access(request)
    context = {"grilles": queries.grilles(access), "pilote": access.has(Right.STEER), "rubrique": "espace"}
    return render(request, "evaluation/grille/liste.html", context)


@requires(Right.SEE_STEERING)
@require_safe
def grille(request: HttpRequest, code: str) -> HttpResponse:
    """One version, to read and to print; for the bureau, what it lacks and what may be done with it."""
    return _shown(request, _found(request, code))


def _found(request: HttpRequest, code: str) -> Grille:
    return get_object_or_404(queries.readable(current_access(request)), code=code)


def _shown(request: HttpRequest, found: Grille, *, refus: str = "") -> HttpResponse:
    pilote = current_access(request).has(Right.STEER)
    told = journal.entries(found)[:JOURNAL_SHOWN] if pilote else ()
    context = {
        "grille": found,
        "vue": vue(found),
        "pilote": pilote,
        "brouillon": pilote and found.frozen_at is None,
        "journal": [(line, VERBES.get(line.verb, "")) for line in lignes(told, VOCABULAIRE)],
        "refus": refus,
        "rubrique": "espace",
    }
    return render(request, "evaluation/grille/grille.html", context, status=CONFLICT if refus else 200)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, code: str) -> HttpResponse:
    """Write the name, the preamble and the objectives of a version."""
    found = _found(request, code)
    values = tete_values(found)
    if request.method != "POST":
        return _tete(request, found, TetePage(values))
    typed = {name: request.POST.getlist(name) for name in request.POST}
    page = TetePage(values, typed)
    if page.touched or not page.is_valid():
        return _tete(request, found, page)
    content = page.values() | {name: values[name] for name in preferred(request.POST, TETE)}
    try:
        changed = write_tete(
            found, content, read=page.read, access=current_access(request), at=timezone.now()
        )
    except StaleGrilleError as error:
        found = _found(request, code)
        now = tete_values(found)
        again = TetePage(now, typed | {"lu": [_kept(now)]})
        apart = {name: (now[name], content[name]) for name in error.fields}
        return _tete(request, found, again, ecarts=ecarts(apart, VOCABULAIRE, ()), conflit=True)
    except GrilleError as error:
        page.form.add_error(None, str(error))
        return _tete(request, _found(request, code), page)
    _tell(request, changed)
    return redirect("evaluation:grille", code)


def _tete(
    request: HttpRequest, found: Grille, page: TetePage, *, conflit: bool = False, **more: Any
) -> HttpResponse:
    context = {
        "grille": found,
        "page": page,
        "form": page.form,
        "listes": page.listes,
        "conflit": conflit,
        "auteur": auteur_of(journal.entries(found).first(), request.user.pk) if conflit else None,
        "rubrique": "espace",
    }
    status = CONFLICT if conflit else 200
    return render(request, "evaluation/grille/modifier.html", context | more, status=status)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def critere(request: HttpRequest, code: str, numero: int | None = None) -> HttpResponse:
    """Write a criterion; a new one, of the objective the address names, when it has no ``numero``."""
    found = _found(request, code)
    row = None if numero is None else _critere_of(found, numero)
    values = critere_values(row) if row else _blank(found, request.GET.get("objectif", ""))
    typed = {name: request.POST.getlist(name) for name in request.POST} if request.method == "POST" else None
    form = CritereForm(found, values, typed)
    if typed is None or not form.is_valid():
        return _critere(request, found, row, form)
    content = form.values() | {name: values[name] for name in preferred(request.POST, CRITERE)}
    try:
        written, changed = write_critere(
            found, numero, content, read=form.read, access=current_access(request), at=timezone.now()
        )
    except StaleGrilleError as error:
        now = critere_values(_critere_of(found, numero))
        again = CritereForm(found, now, typed | {"lu": [_kept(now)]})
        apart = {name: (now[name], content[name]) for name in error.fields}
        return _critere(request, found, row, again, ecarts=ecarts(apart, VOCABULAIRE, ()), conflit=True)
    except Critere.DoesNotExist:
        return _shown(request, _found(request, code), refus=REMOVED)
    except GrilleError as error:
        form.add_error(None, str(error))
        return _critere(request, _found(request, code), row, form)
    _tell(request, changed)
    return redirect(_next(request, code, written))


def _next(request: HttpRequest, code: str, written: int) -> str:
    """Where one goes on once a criterion is written: to the one that follows, or back to it in the grid."""
    if "suivant" in request.POST and (after := _after(_found(request, code), written)):
        return reverse("evaluation:critere", args=[code, after])
    return f"{reverse('evaluation:grille', args=[code])}#critere-{written}"


def _after(found: Grille, numero: int) -> int | None:
    """The number of the criterion that follows in the order of the grid; None behind the last."""
    numbers = [critere.pk for objectif in found.objectifs.all() for critere in objectif.criteres.all()]
    return next((after for one, after in pairwise(numbers) if one == numero), None)


def _critere_of(found: Grille, numero: int | None) -> Critere:
    return get_object_or_404(Critere.objects.select_related("objectif"), pk=numero, objectif__grille=found)


def _blank(found: Grille, objectif: str) -> dict[str, Any]:
    """A new criterion as its page begins."""
    rows = list(found.objectifs.all())
    if not rows:
        raise Http404
    codes = [one.code for one in rows]
    chosen = objectif if objectif in codes else codes[0]
    taken = {critere.code for one in rows for critere in one.criteres.all()}
    return {
        "objectif": chosen,
        "code": next_code(codes.index(chosen) + 1, taken),
        "title": "",
        **dict.fromkeys(LEVEL_FIELDS, ""),
        "axe": "",
        "weight": 1,
        "evidence": [],
        "anciens": [],
    }


def _critere(
    request: HttpRequest,
    found: Grille,
    row: Critere | None,
    form: CritereForm,
    *,
    conflit: bool = False,
    **more: Any,
) -> HttpResponse:
    context = {
        "grille": found,
        "critere": row,
        "form": form,
        "conflit": conflit,
        "auteur": auteur_of(journal.entries(found).first(), request.user.pk) if conflit else None,
        "rubrique": "espace",
    }
    status = CONFLICT if conflit else 200
    return render(request, "evaluation/grille/critere.html", context | more, status=status)


def _kept(values: Valeurs) -> str:
    """The marks of what is there now: sent again over them, what was typed is meant."""
    return json.dumps(marks(values))


def _tell(request: HttpRequest, changed: Valeurs) -> None:
    if changed:
        messages.success(request, "C’est enregistré.")
    else:
        messages.info(request, "Rien n’avait changé : c’est déjà comme cela.")


@requires(Right.STEER)
@require_POST
def geste(request: HttpRequest, code: str) -> HttpResponse:
    """Move or take away a criterion, or give the version up."""
    found = _found(request, code)
    access, at = current_access(request), timezone.now()
    name = next((one for one in ("monter", "descendre", "retirer", "supprimer") if one in request.POST), "")
    number = request.POST.get(name, "")
    try:
        if name == "supprimer":
            delete_grille(found, access=access, at=at)
            messages.success(request, f"La version « {found.name} » est supprimée.")
            return redirect("evaluation:grilles")
        if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - the digits of a row's number
            return _shown(request, found, refus="Ce geste n’existe pas : choisissez l’un de ceux de la page.")
        if name == "retirer":
            told = remove_critere(found, int(number), access=access, at=at)
            messages.success(request, f"Le critère « {told} » est retiré.")
        else:
            move_critere(found, int(number), up=name == "monter", access=access, at=at)
    except Critere.DoesNotExist:
        return _shown(request, _found(request, code), refus=REMOVED)
    except GrilleError as error:
        return _shown(request, _found(request, code), refus=str(error))
    address = reverse("evaluation:grille", args=[code])
    return redirect(address if name == "retirer" else f"{address}#critere-{number}")


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def copier(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a version from this one."""
    found = _found(request, code)
    form = CopieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = copy_grille(
                found, data["code"], data["name"].strip(), access=current_access(request), at=timezone.now()
            )
        except GrilleError as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, "La nouvelle version est là : elle se prépare ici.")
            return redirect("evaluation:grille", made.code)
    context = {"grille": found, "form": form, "rubrique": "espace"}
    return render(request, "evaluation/grille/copier.html", context)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def donner(request: HttpRequest, code: str) -> HttpResponse:
    """Give this version to an edition, with the last day to fill it."""
    found = _found(request, code)
    editions = queries.open_editions()
    form = UsageForm(editions, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            attach_grille(
                edition,
                found,
                access=current_access(request),
                at=timezone.now(),
                due_on=form.cleaned_data["due_on"],
            )
        except GrilleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"L’édition {edition} utilise cette grille.")
            return redirect("evaluation:grille", code)
    context = {"grille": found, "vue": vue(found), "editions": editions, "form": form, "rubrique": "espace"}
    return render(request, "evaluation/grille/donner.html", context)
