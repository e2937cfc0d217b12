"""The semaine's own page, for who writes it: HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.campagne.models import Semaine
from accroche.campagne.operations import ClosedEditionError
from accroche.commun import journal
from accroche.commun.changements import lignes
from accroche.commun.conflit import auteur_of, ecarts, preferred, settled
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.texte import pluriel
from accroche.pilotage.forms.semaine import Page
from accroche.pilotage.operations.semaine import StaleSemaineError, write_semaine
from accroche.pilotage.presentation.semaine import VOCABULAIRE
from accroche.pilotage.queries.semaine import (
    closed_semaines,
    editable_semaines,
    own_semaines,
    semaine_content,
)
from accroche.pilotage.semaine import LABELS, changements

#: What was done to the page, shown under it.
JOURNAL_SHOWN = 10
CONFLICT = 409


@requires(Right.EDIT_SEMAINE)
@require_safe
def semaines(request: HttpRequest) -> HttpResponse:
    """The semaines one may write; the only one of a person who has one edition is one click away."""
    access = current_access(request)
    context = {
        "semaines": editable_semaines(access),
        "closes": closed_semaines(access),
        "rubrique": "espace",
    }
    return render(request, "pilotage/semaine/liste.html", context)


@requires(Right.EDIT_SEMAINE)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Write the page: a button of a list only rearranges it, « Enregistrer » writes it."""
    access = current_access(request)
    semaine = get_object_or_404(own_semaines(access), edition__year=year, academie__slug=academie)
    if semaine.edition.is_closed and request.method != "POST":
        # links of mails and of other pages lead here for years
        return render(request, "pilotage/semaine/close.html", {"semaine": semaine, "rubrique": "espace"})
    before = semaine_content(semaine)
    if request.method != "POST":
        return _shown(request, semaine, Page(before, edition=year, version=semaine.version))
    typed = {name: request.POST.getlist(name) for name in request.POST}
    page = Page(before, edition=year, version=semaine.version, data=typed)
    if semaine.edition.is_closed:
        return _shown(request, semaine, page, close=True)
    if page.touched or not page.is_valid():
        return _shown(request, semaine, page)
    return _saved(request, semaine, page, before, typed)


def _saved(
    request: HttpRequest,
    semaine: Semaine,
    page: Page,
    before: SemaineDossier,
    typed: dict[str, list[str]],
) -> HttpResponse:
    access, year = current_access(request), semaine.edition.year
    try:
        # where two wrote, the page says which writing of each field to keep
        content = settled(page.content(), before, preferred(request.POST, LABELS))
        changed = write_semaine(semaine, content, access=access, at=timezone.now(), version=page.read_version)
    except ClosedEditionError:  # since the page was read, a moment ago
        return _shown(request, semaine, page, close=True)
    except StaleSemaineError:
        semaine.refresh_from_db()
        now = semaine_content(semaine)
        # what was typed stays, over what is there now: sent again, it is meant
        again = Page(
            now, edition=year, version=semaine.version, data=typed | {"version": [str(semaine.version)]}
        )
        apart = changements(now, again.content()) if again.is_valid() else {}
        found = ecarts(apart, VOCABULAIRE, again.untouched() if apart else ())
        return _shown(request, semaine, again, ecarts=found, conflict=True)
    if changed:
        count = len(changed)
        parts = pluriel(count, "une rubrique a changé", f"{count} rubriques ont changé")
        messages.success(request, f"C’est enregistré : {parts}.")
    else:
        messages.info(request, "Rien n’avait changé : la page est déjà comme cela.")
    return redirect("pilotage:semaine", year, semaine.academie.slug)


def _shown(
    request: HttpRequest,
    semaine: Semaine,
    page: Page,
    *,
    conflict: bool = False,
    close: bool = False,
    **more: Any,
) -> HttpResponse:
    """The form; ``close``: the edition was closed while one wrote, nothing is written, all is given back."""
    # what else is told of a semaine (messages, reminders) changed nothing of this page
    entries = list(journal.entries(semaine).exclude(changes={})[:JOURNAL_SHOWN])
    context = {
        "semaine": semaine,
        "edition": semaine.edition,
        "page": page,
        "form": page.form,
        "listes": page.listes,
        "echos": page.echoes(),
        "conflit": conflict,
        "close": close,
        "refusee": page.form.is_bound,
        "auteur": auteur_of(entries[0], request.user.pk) if entries else None,
        "journal": lignes(entries, VOCABULAIRE),
        "rubrique": "espace",
    }
    status = CONFLICT if conflict or close else 200
    return render(request, "pilotage/semaine/modifier.html", context | more, status=status)
