"""Writing a sheet and sending it: HTTP only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.actions import operations
from accroche.actions.controle import Remark, mark_of, missing, obstacles
from accroche.actions.cycle import TRANSITIONS, Etat, Step
from accroche.actions.forms.declaration import LINES, FicheForm
from accroche.actions.forms.pieces import PiecesSaisies
from accroche.actions.models import Action
from accroche.actions.operations.brouillons import UNCONFIRMED_DAYS
from accroche.actions.queries import CONTENT_PARTS, Complement, complement_of, content_of, fiche_of
from accroche.actions.queries.brouillons import own_sheets
from accroche.actions.saisie import FIELD_LABELS, changements, in_words, values_of
from accroche.actions.views.declaration_acces import is_unconfirmed, or_sign_in, writing_access
from accroche.actions.views.pieces_recues import CHANGED, attach, describe, sent_files, shown_with
from accroche.campagne.models import Edition
from accroche.commun import lieux
from accroche.commun.changements import Vocabulaire
from accroche.commun.conflit import ecarts, marks, preferred, settled
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.commun.listes import after_button
from accroche.comptes.decorators import public
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: How the page of a conflict names and words what two people wrote.
VOCABULAIRE = Vocabulaire(FIELD_LABELS.__getitem__, in_words)
#: What is said to who sends a sheet that could not be published as it is.
TOLD_FIRST = (
    "Votre fiche est enregistrée, pas encore envoyée : ce qui suit empêcherait sa publication. "
    "Corrigez-le, ou envoyez-la quand même."
)
#: The sections of the form that are folded away, and the fields in each.
FOLDED: dict[str, frozenset[str]] = {
    "public": frozenset({"classes", "audience_size", "audience_note", "nature", "themes", "cles"})
    | {line.name for line in LINES},
    "contacts": frozenset({"authority", "public_contact"}),
}


def _sheet(pk: int, access: Access) -> Action:
    """The sheet, if the visitor may write it or could before. Raises ``Http404``."""
    sheets = Action.with_unconfirmed.within(access, Right.EDIT_ACTION)
    return get_object_or_404(
        sheets.select_related("semaine__academie", "semaine__edition").prefetch_related(
            *CONTENT_PARTS, "porteurs__etablissement", "pieces__job"
        ),
        pk=pk,
    )


def _remarks(action: Action, form: FicheForm, *, every: bool = False) -> dict[str, Any]:
    """What the sheet still lacks, and what would keep it from being public, each with its place.

    Told on the fields of ``form`` too, when it shows what is written; ``every``: also what is only missing,
    which is told there to who wanted to send it.
    """
    fiche = fiche_of(action)
    lacking, hindering = missing(fiche), obstacles(fiche)
    if not form.is_bound:
        form.tell((*lacking, *hindering) if every else hindering)
    return {
        "action": action,
        "manque": [(remark, form.anchor(remark, action)) for remark in lacking],
        "obstacles": [(remark, form.anchor(remark, action)) for remark in hindering],
        "pieces_a_regler": [remark for remark in hindering if remark.place[0] == "pieces"],
        # who sends it has read this, or is told of it first
        "lu": mark_of(hindering),
        "envoyable": Etat(action.etat) in TRANSITIONS[Step.SUBMIT].sources,
        "renvoyee": action.etat == Etat.TO_COMPLETE,
    }


@public
@require_http_methods(["GET", "HEAD", "POST"])
@or_sign_in
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form of a sheet."""
    access = writing_access(request)
    action = _sheet(pk, access)
    if not operations.may_write(action, access):
        messages.info(request, f"Cette fiche est « {Etat(action.etat).label} » : elle ne s’écrit pas ainsi.")
        return redirect(lieux.address("fiche", pk))
    data, touched = after_button(request.POST) if request.method == "POST" else (None, "")
    # whatever becomes of the text: a file that came once is not chosen again
    recues = attach(request, action, sent_files(request), access)
    if recues.kept:
        action = _sheet(pk, access)
    form, pieces = _form(request, action, data), PiecesSaisies(data, action.pieces.all())
    if touched:
        form.keep_silent()
    if data is None or touched or not all([form.is_valid(), pieces.is_valid()]):
        told = {"touchee": touched, "envoi": "envoi" in request.GET}
        return _page(request, action, form, access, pieces=pieces, **told)
    return _write(request, action, form, access, pieces, goes=not recues.refused)


def _form(request: HttpRequest, action: Action, data: Any) -> FicheForm:
    with_email = is_unconfirmed(request, action)
    return FicheForm(
        data, action=action, content=content_of(action), with_email=with_email, asked=_asked(action)
    )


def _asked(action: Action) -> Complement | None:
    """What the académie asked for and waits for; None when there is nothing to answer."""
    asked = complement_of(action)
    waits = action.etat in TRANSITIONS[Step.SUBMIT].sources
    return asked if asked and asked.is_open and waits else None


def _save(action: Action, form: FicheForm, access: Access, **more: Any) -> operations.Saved:
    """Write what a valid form holds, but for the fields whose writing on the site is preferred."""
    wanted, there = preferred(form.data, FIELD_LABELS), content_of(action)
    # an image that came, or is prepared, makes a new version of a sheet whose every word is as it was read
    as_read = form.cleaned_data["lu"] == marks(values_of(there)) and form.answer_given is None
    return operations.save(
        action,
        settled(form.content(), there, wanted),
        access=access,
        at=timezone.now(),
        version=action.version if as_read else form.cleaned_data["version"],
        email=form.email_given,
        reponse=form.answer_given,
        **more,
    )


def _write(
    request: HttpRequest,
    action: Action,
    form: FicheForm,
    access: Access,
    pieces: PiecesSaisies,
    *,
    goes: bool,
) -> HttpResponse:
    """Save what was sent, then send the sheet if that was asked; or show why not.

    ``goes``: no file that came with it was refused, of which its author is told before the sheet leaves.
    """
    try:
        saved = _save(action, form, access)
    except operations.StaleError:
        return _conflict(request, access, action.pk)
    except operations.DeclarationError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return _page(request, action, form, access, pieces=pieces)
    except LimitError as error:
        messages.error(request, f"{error} Rien n’est perdu : ce que vous avez écrit est toujours ici.")
        return too_many(_page(request, action, form, access, pieces=pieces), error, timezone.now())
    except operations.NotReadyError as error:
        places = [(remark, form.anchor(remark, action)) for remark in error.remarks]
        return _page(request, action, form, access, pieces=pieces, refus=places)
    described = _describe(request, saved.action, pieces, access)
    if "envoyer" in request.POST and goes and described is not None:
        return _send(request, saved.action, access)
    is_new = described or saved.action.version != action.version
    return _written(request, action.pk, is_new=bool(is_new))


def _written(request: HttpRequest, pk: int, *, is_new: bool) -> HttpResponse:
    """Go on with a sheet that is saved, and that was not sent; say why if that was asked."""
    there = reverse("actions:modifier", args=[pk])
    if "envoyer" in request.POST:
        messages.info(request, "Votre fiche est enregistrée. Relisez ses fichiers, puis envoyez-la.")
        return redirect(f"{there}#id_pieces")
    messages.success(request, "C’est enregistré." if is_new else "Tout était déjà enregistré.")
    return redirect(there)


def _describe(request: HttpRequest, action: Action, pieces: PiecesSaisies, access: Access) -> bool | None:
    """Write what the form says of each attachment; return whether that was anything, None when it is old."""
    for ligne in pieces.told:
        ligne.piece.action = action
        try:
            describe(ligne, access, removes=True)
        except operations.StaleError:
            messages.error(request, f"« {ligne.piece.name} » : {CHANGED}")
            return None
    return bool(pieces.told)


def _page(request: HttpRequest, action: Action, form: FicheForm, access: Access, **more: Any) -> HttpResponse:
    owner = own_sheets(access).filter(pk=action.pk).exists()
    faulty = form.listes.faulty
    pieces: PiecesSaisies = more.pop("pieces", None) or PiecesSaisies(None, action.pieces.all())
    context = shown_with(action, pieces) | {
        "form": form,
        "annexes": pieces.lignes,
        "lignes_fautives": bool(faulty),
        "etat": Etat(action.etat),
        "a_confirmer": is_unconfirmed(request, action),
        "jours": UNCONFIRMED_DAYS,
        # a draft is saved while its author types; what others read changes only when one says so
        "enregistre_seul": owner and action.etat == Etat.DRAFT,
        "complement": form.asked,
        **_overdue(action),
        "ouvertes": {name for name, held in FOLDED.items() if held & set(form.errors)} | faulty,
        "rubrique": "declarer",
    }
    remarks = _remarks(action, form, every=bool(more.get("envoi")))
    pieces.tell(remarks.pop("pieces_a_regler"))
    return render(request, "actions/declaration/fiche.html", context | remarks | more)


def _overdue(action: Action) -> dict[str, Any]:
    """Whether a sheet that may be sent is of an edition in which schools declare no more, and what is open.

    Who finds last year's draft in September would send it to last year.
    """
    today, edition = timezone.localdate(), action.semaine.edition
    closes = edition.declaration_closes
    if action.etat not in TRANSITIONS[Step.SUBMIT].sources or closes is None or closes >= today:
        return {"echue": False}
    return {"echue": True, "ouverte": Edition.objects.declaring_on(today).first()}


def _conflict(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Somebody wrote meanwhile: show both writings of each field, and keep what was typed."""
    action = _sheet(pk, access)
    data = request.POST.copy()
    data["version"] = str(action.version)
    form, pieces = _form(request, action, data), PiecesSaisies(data, action.pieces.all())
    if not form.is_valid():
        raise Http404  # what was valid a moment ago
    apart = changements(content_of(action), form.content())
    # two who answer the académie: neither's words are lost
    other = action.reponse if form.answer_given not in (None, action.reponse) else ""
    told = ecarts(apart, VOCABULAIRE, form.untouched())
    return _page(request, action, form, access, pieces=pieces, ecarts=told, autre_reponse=other)


def _send(request: HttpRequest, action: Action, access: Access) -> HttpResponse:
    """Send a saved sheet to the académie, or first the link that confirms its visitor's address.

    What would keep it from being public does not keep it from being read by the académie, but is told before:
    the button that was pressed says what had been (:func:`mark_of`).
    """
    again = f"{reverse('actions:modifier', args=[action.pk])}?envoi=1"
    if (mark := mark_of(obstacles(fiche_of(action)))) and request.POST["envoyer"] != mark:
        messages.error(request, TOLD_FIRST)
        return redirect(again)
    try:
        if is_unconfirmed(request, action):
            operations.ask_to_confirm(action, access=access, at=timezone.now())
        else:
            operations.move(action, Step.SUBMIT, access=access, at=timezone.now())
    except operations.NotReadyError:
        messages.error(request, "Votre fiche est enregistrée, pas encore envoyée : il manque ce qui suit.")
        return redirect(again)
    except LimitError as error:
        messages.error(request, f"Votre fiche est enregistrée, pas encore envoyée. {error}")
        saved = _sheet(action.pk, access)
        page = _page(request, saved, _form(request, saved, None), access)
        return too_many(page, error, timezone.now())
    except (operations.TransitionError, operations.StaleError) as error:
        messages.error(request, str(error) or "La fiche vient de changer : relisez-la, puis recommencez.")
        return redirect("actions:modifier", action.pk)
    return redirect("actions:envoyee", action.pk)


@public
@require_POST
def enregistrer(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a draft while one types; the answer is for the page's script.

    200: saved, with the version it now has; 409: somebody else wrote; 422: what cannot be saved yet; 429: too
    often, and when to try again.
    """
    access = writing_access(request)
    action = _sheet(pk, access)
    if not operations.may_write(action, access):
        return JsonResponse({"message": "Cette fiche ne s’écrit plus ainsi."}, status=403)
    form, pieces = _form(request, action, request.POST), PiecesSaisies(request.POST, action.pieces.all())
    if not form.is_valid() or not pieces.is_valid():
        return JsonResponse({"message": _first_error(form)}, status=422)
    try:
        saved = _save(action, form, access, autosave=True)
        for ligne in pieces.told:
            ligne.piece.action = saved.action
            describe(ligne, access, removes=False)
    except operations.StaleError:
        return JsonResponse({"message": "La fiche a été modifiée ailleurs."}, status=409)
    except (operations.DeclarationError, operations.NotReadyError) as error:
        return JsonResponse({"message": str(error)}, status=422)
    except LimitError as error:
        return too_many(JsonResponse({"message": str(error)}), error, timezone.now())
    sheet = _sheet(pk, access)
    told = _remarks(sheet, form)
    reading = render_to_string("actions/declaration/_manque.html", told, request)
    places = _on_fields(form, sheet, (remark for remark, _ in told["obstacles"]))
    return JsonResponse({"version": saved.action.version, "manque": reading, "remarques": places})


@public
@require_POST
def verifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what of a sheet being typed would keep it from being public, and write nothing; for the script.

    What others read is saved when one says so: this is told before. Nothing is told of what is not valid yet.
    """
    access = writing_access(request)
    action = _sheet(pk, access)
    if not operations.may_write(action, access):
        return JsonResponse({"message": "Cette fiche ne s’écrit plus ainsi."}, status=403)
    form = _form(request, action, request.POST)
    if not form.is_valid():
        return JsonResponse({"remarques": None})
    hindering = obstacles(replace(fiche_of(action), content=form.content()))
    return JsonResponse({"remarques": _on_fields(form, action, hindering)})


def _on_fields(form: FicheForm, action: Action, remarks: Iterable[Remark]) -> list[dict[str, str]]:
    """What the page's script shows under each field of a sheet."""
    return [
        {"champ": form.anchor(remark, action), "message": remark.message, "extrait": remark.excerpt}
        for remark in remarks
        if not remark.passes
    ]


def _first_error(form: FicheForm) -> str:
    """The first mistake in words, with the name of its field."""
    for name, errors in form.errors.items():
        label = f"{form.fields[name].label} : " if name in form.fields else ""
        return f"{label}{errors[0]}"
    for liste in form.listes:
        for row in liste.rows.forms:
            for errors in row.errors.values():
                return f"{liste.sorte.title} : {errors[0]}"
    return "La page est incomplète : rechargez-la."


@public
@require_safe
@or_sign_in
def envoyee(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next, once a sheet is sent or its link is on the way."""
    access = writing_access(request)
    action = _sheet(pk, access)
    context = {
        "action": action,
        "etat": Etat(action.etat),
        "a_confirmer": is_unconfirmed(request, action),
        "jours": UNCONFIRMED_DAYS,
        "rubrique": "declarer",
    }
    return render(request, "actions/declaration/envoyee.html", context)
