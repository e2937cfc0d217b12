"""Help, contact, and what visitors think of the site: HTTP only."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.aide import operations, presentation, queries
from accroche.aide.avis import KEPT, EtatAvis, Satisfaction
from accroche.aide.forms import AvisForm, FiltreAvisForm
from accroche.aide.guide import words_of
from accroche.aide.http import page_of
from accroche.aide.models import AvisSite
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun.classeur import send_csv
from accroche.commun.http import public_page, too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.integrations.tableur.ecriture import csv_lines

#: Opinions on one page.
PER_PAGE: Final = 50
HEADINGS: Final = ("Donné le", "Réponse", "Texte", "Page", "Adresse pour répondre", "Traité le")


@public
@require_safe
@public_page
def guide(request: HttpRequest) -> HttpResponse:
    """The contents of the guide, or what a question finds in it."""
    asked = " ".join(request.GET.get("q", "").split())
    is_long = len(asked) > presentation.LONGEST
    first = presentation.pages()[""]
    trouves = [] if is_long else presentation.found(asked)
    context: dict[str, Any] = {
        "guide": first,
        "texte": presentation.body(first),
        "q": asked[: presentation.LONGEST],
        "trop_long": is_long,
        "longueur": presentation.LONGEST,
        "sans_mot": bool(asked) and not words_of(asked),
        "trouves": trouves,
        "en_partie": any(not trouve.is_whole for trouve in trouves),
    }
    return render(request, "aide/guide.html", context)


@public
@require_safe
@public_page
def page(request: HttpRequest, code: str) -> HttpResponse:
    """A page of the guide."""
    shown = presentation.pages().get(code)
    if shown is None:
        raise Http404
    context = {
        "guide": shown,
        "texte": presentation.body(shown),
        "sommaire": presentation.contents(shown),
    }
    return render(request, "aide/page.html", context)


@public
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask for what. Kept by nobody: an office's address is no part of what raises the revision."""
    academies = Academie.objects.valid_on(timezone.localdate())
    asked = request.GET.get("academie", "")
    chosen = academies.filter(slug=asked).first() if asked else None
    context = {
        "academies": academies,
        "choisie": chosen,
        "inconnue": bool(asked) and chosen is None,
        "a_une_page": chosen is not None
        and Edition.objects.published().filter(semaines__academie=chosen).exists(),
        "bureau": chosen.courriel if chosen and settings.OFFICES_PUBLIC else "",
        "contact": settings.CONTACT,
        "organisation": settings.ORGANISATION,
    }
    return render(request, "aide/contact.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def avis(request: HttpRequest) -> HttpResponse:
    """Say what one thinks of the site."""
    access, now = current_access(request), timezone.now()
    refusal: LimitError | None = None
    if request.method == "POST":
        form = AvisForm(request.POST)
        if form.is_valid():
            told = form.cleaned_data
            try:
                operations.give_avis(
                    Satisfaction(told["satisfaction"]),
                    text=told["text"],
                    page=told["page"],
                    email=told["email"],
                    access=access,
                    at=now,
                )
            except LimitError as error:
                refusal = error
                form.add_error(None, str(error))
            else:
                return redirect("aide:merci")
    else:
        form = AvisForm(initial={"page": page_of(request.GET.get("page", ""))})
    context = {"form": form, "page_concernee": page_of(str(form["page"].value() or "")), "jours": KEPT.days}
    response = render(request, "aide/avis.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@require_safe
@public_page
def merci(request: HttpRequest) -> HttpResponse:
    """The opinion has arrived."""
    return render(request, "aide/merci.html")


@requires(Right.STEER)
@require_safe
def recus(request: HttpRequest) -> HttpResponse:
    """The opinions, by what became of them."""
    filtre = FiltreAvisForm(request.GET)
    found = AvisSite.objects.in_state(filtre.state)
    if filtre.answer:
        found = found.filter(satisfaction=filtre.answer)
    states, answers = queries.counts()
    context = {
        "etat": filtre.state,
        "reponse": filtre.answer,
        "etats": states.items(),
        "reponses": answers.items(),
        "total": sum(answers.values()),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "rubrique": "espace",
    }
    return render(request, "aide/recus.html", context)


@requires(Right.STEER)
@require_safe
def fichier(_request: HttpRequest) -> HttpResponseBase:
    """All opinions, as a spreadsheet."""
    rows = (
        (
            timezone.localtime(one.given_at),
            one.how,
            one.text,
            one.page,
            one.email,
            timezone.localtime(one.handled_at) if one.handled_at else None,
        )
        for one in AvisSite.objects.iterator()
    )
    return send_csv(f"avis-{timezone.localdate().isoformat()}", csv_lines(HEADINGS, rows))


@requires(Right.STEER)
@require_POST
def traiter(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an opinion as dealt with, or as waiting again."""
    handled = request.POST.get("faire") == "traiter"
    if operations.handle_avis(pk, handled=handled, access=current_access(request), at=timezone.now()):
        messages.success(request, "L’avis est traité." if handled else "L’avis est de nouveau à traiter.")
    else:
        messages.info(request, "Rien n’a changé : une autre personne vient de le faire.")
    back = EtatAvis.NEW if handled else EtatAvis.HANDLED
    return redirect(f"{reverse('aide:recus')}?etat={back}")
