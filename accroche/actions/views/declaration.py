"""Beginning a sheet, and finding one's own again: HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.actions import operations
from accroche.actions.cycle import Etat
from accroche.actions.forms.declaration import DebutForm
from accroche.actions.forms.declaration_liens import ReprendreForm
from accroche.actions.forms.pieces import PiecesSaisies
from accroche.actions.models import Action
from accroche.actions.operations.attente import EnAttente, keep, waiting
from accroche.actions.queries import CONTENT_PARTS, complements_of, content_of, public_address
from accroche.actions.queries.brouillons import followers, own_drafts, own_sheets, reusable_sheets
from accroche.actions.queries.public import vues_of
from accroche.actions.saisie import borrowed, taken_up
from accroche.actions.views.declaration_acces import DRAFTS, writing_access
from accroche.actions.views.pieces_recues import attach, sent_files, shown_with
from accroche.annuaire.forms import label
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition
from accroche.commun import lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: Drafts shown before one begins another.
DRAFTS_SHOWN = 5
#: Sheets on one page of a list.
PER_PAGE = 20
#: Of one's schools, those offered at once.
SCHOOLS_SHOWN = 10


#: Said to who took up a sheet that left the site while they wrote.
LOST = (
    "L’action que vous repreniez n’est plus publiée : votre brouillon garde ce que vous avez écrit, "
    "sans lien avec elle ni ce qu’elle disait de plus."
)


def _open_edition() -> Edition | None:
    return Edition.objects.declaring_on(timezone.localdate()).first()


def _closed(request: HttpRequest) -> HttpResponse:
    """No edition is open: say so, and when the next one opens if that is known."""
    today = timezone.localdate()
    coming = Edition.objects.published().filter(declaration_opens__gt=today)
    context = {"prochaine": coming.order_by("declaration_opens").first(), "rubrique": "declarer"}
    return render(request, "actions/declaration/fermee.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def declarer(request: HttpRequest) -> HttpResponse:
    """The first page of a sheet: what a draft needs."""
    edition = _open_edition()
    if edition is None:
        return _closed(request)
    access = writing_access(request)
    with_email = not access.is_signed_in
    previous = _earlier(access, request.POST.get("reprise") or request.GET.get("reprise"), edition)
    context: dict[str, Any] = {
        "edition": edition,
        "reprise": previous,
        "emprunt": previous and not _is_own(previous, access),
        "reprise_perdue": previous is None and bool(request.GET.get("reprise")),
        "rubrique": "declarer",
    }
    refusal: LimitError | None = None
    if request.method == "POST":
        form = DebutForm(request.POST, with_email=with_email)
        gardees = waiting(request.POST.getlist("garde"))
        if form.is_valid():
            drafts = own_drafts(access, edition, form.cleaned_data["etablissement"])[:DRAFTS_SHOWN]
            if drafts and not request.POST.get("autre"):
                context["semblables"] = drafts
            elif isinstance(made := _begin(form, edition, previous, access), Action):
                if not access.is_signed_in:
                    request.session[DRAFTS] = [*request.session.get(DRAFTS, ()), made.pk]
                messages.success(request, "Votre brouillon est enregistré. Complétez-le, ou envoyez-le.")
                if previous is None and form.cleaned_data["reprise"]:
                    messages.warning(request, LOST)
                return _with_files(request, made, access, gardees)
            else:
                refusal = made
        context["gardees"] = [*gardees, *_kept(request, access)]
    else:
        form = DebutForm(initial=_initial(request, previous, access), with_email=with_email)
        context["brouillons"] = own_drafts(access, edition)[:DRAFTS_SHOWN]
    if previous:
        # what others made of it is theirs: only one's own is gone on with
        mine = own_sheets(access).filter(semaine__edition=edition)
        again = mine if context["emprunt"] else followers(access, edition)
        context["deja_reprises"] = again.filter(previous=previous)[:DRAFTS_SHOWN]
    shown = shown_with(None, PiecesSaisies(None, ()), form=form)
    response = render(request, "actions/declaration/debut.html", context | shown)
    return too_many(response, refusal, timezone.now()) if refusal else response


def _with_files(
    request: HttpRequest, action: Action, access: Access, gardees: list[EnAttente]
) -> HttpResponse:
    """Attach to a new draft what was chosen with it, and go on with the draft."""
    sent = sent_files(request)
    attach(request, action, [*gardees, *sent], access.opening([action.pk]))
    for fichier in gardees:
        fichier.forget()
    there = reverse("actions:modifier", args=[action.pk])
    return redirect(f"{there}#id_pieces" if sent or gardees else there)


def _kept(request: HttpRequest, access: Access) -> list[EnAttente]:
    """Keep the files of a page that is given back: there is no sheet yet to attach them to."""
    kept = []
    for upload in sent_files(request):
        try:
            kept.append(keep(upload.name or "", upload.chunks(), access=access, at=timezone.now()))
        except (operations.PieceError, LimitError) as error:
            messages.error(request, f"« {upload.name} » : {error}")
    return kept


def _earlier(access: Access, number: str | None, edition: Edition) -> Action | None:
    """The sheet that is taken up, if the visitor may read it: of an earlier edition, or a public one."""
    if not number or not number.isdecimal() or len(number) >= 18:  # noqa: PLR2004 - what a row number may be
        return None
    earlier = Q(semaine__edition__year__lt=edition.year)
    public = Q(etat=Etat.PUBLISHED, semaine__edition__year=edition.year)
    readable = Action.objects.visible_to(access).filter(earlier | public)
    parts = readable.select_related("semaine__edition", "semaine__academie").prefetch_related(*CONTENT_PARTS)
    found = parts.filter(pk=int(number)).first()
    is_own = found is not None and found.semaine.edition_id == edition.pk and _is_own(found, access)
    return None if is_own else found  # one's own sheet of this very year is there to be written on


def _is_own(previous: Action, access: Access) -> bool:
    """Whether who takes a sheet up also answers for it: it is of their school."""
    return previous.may(access, Right.EDIT_ACTION)


def _initial(request: HttpRequest, previous: Action | None, access: Access) -> dict[str, Any]:
    """What the first page holds already: an earlier sheet, or the school it was opened from.

    Of another school's sheet the school is not taken over; one's own is written when one has a single one.
    """
    code = request.GET.get("etablissement", "")[:300]
    if previous is None:
        return {"etablissement": code}
    content = content_of(previous)
    schools = Etablissement.objects.order_by("pk")
    own = access.scope(Right.EDIT_ACTION).etablissements
    if code or _is_own(previous, access):
        school = schools.filter(uai__in=[code] if code else content.schools).first()
    else:
        school = schools.filter(pk__in=own).first() if len(own) == 1 else None
    return {
        "title": content.title,
        "description": content.description,
        "temporality": content.temporality,
        "etablissement": label(school) if school else "",
        "reprise": previous.pk,
    }


def _begin(
    form: DebutForm, edition: Edition, previous: Action | None, access: Access
) -> Action | LimitError | None:
    """Write the draft; when it cannot be, put the reason in the form and return the limit, if it is one."""
    base = None
    if previous:
        told, school = content_of(previous), form.cleaned_data["etablissement"]
        if school.uai in told.schools:
            base = taken_up(told, with_private=previous.may(access, Right.SEE_ACTION))
        else:
            base = borrowed(told)
    try:
        return operations.declare(
            form.content(base),
            edition=edition,
            access=access,
            at=timezone.now(),
            email=form.email_given,
            previous=previous,
        )
    except operations.DeclarationError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except LimitError as error:
        form.add_error(None, str(error))
        return error
    return None


@public
@require_safe
def reprendre(request: HttpRequest) -> HttpResponse:
    """What a school did in earlier editions, to take it up again."""
    edition = _open_edition()
    if edition is None:
        return _closed(request)
    access = writing_access(request)
    form = ReprendreForm(request.GET if "etablissement" in request.GET else None)
    context: dict[str, Any] = {"form": form, "edition": edition, "rubrique": "declarer"}
    if form.is_bound and form.is_valid():
        school = form.cleaned_data["etablissement"]
        found = reusable_sheets(access, school, edition)
        context |= {
            "etablissement": school,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        }
    own = access.scope(Right.EDIT_ACTION).etablissements
    context["ecoles"] = Etablissement.objects.filter(pk__in=own)[:SCHOOLS_SHOWN] if own else ()
    return render(request, "actions/declaration/reprendre.html", context)


@public
@require_safe
def mes_fiches(request: HttpRequest) -> HttpResponse:
    """One's own sheets: what awaits its author first."""
    access = writing_access(request)
    page = Paginator(own_sheets(access), PER_PAGE).get_page(request.GET.get("page"))
    asked = complements_of(sheet for sheet in page if sheet.etat == Etat.TO_COMPLETE)
    read = vues_of(page)
    rows = [
        (
            sheet,
            Etat(sheet.etat),
            asked.get(sheet.pk),
            public_address(sheet) if sheet.is_public else "",
            read[sheet.pk],
            reverse("actions:modifier", args=[sheet.pk])
            if operations.may_write(sheet, access)
            else lieux.address("fiche", sheet.pk),
        )
        for sheet in page
    ]
    context = {
        "page": page,
        "lignes": rows,
        "connecte": access.is_signed_in,
        "ouverte": _open_edition(),
        "rubrique": "espace",
    }
    return render(request, "actions/declaration/mes_fiches.html", context)
