"""The vote as the public and the jury meet it: HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accroche.commun import envois
from accroche.commun.http import public_page, too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public, signed_in
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.lib.texte import pluriel
from accroche.votes import queries
from accroche.votes.forms import NoteForm, VoteForm
from accroche.votes.models import Candidature, Note, Scrutin
from accroche.votes.operations import organisation as innovation
from accroche.votes.operations import vote
from accroche.votes.scrutin import BEST_MARK, Phase


@public
@require_safe
@public_page
def votes(request: HttpRequest) -> HttpResponse:
    """The votes that have opened, latest first."""
    now = timezone.now()
    opened = Scrutin.objects.published().filter(opens_at__lte=now).select_related("academie", "edition")[:50]
    context = {"scrutins": [(scrutin, scrutin.phase(now).label) for scrutin in opened]}
    return render(request, "votes/votes.html", context)


def _vote_of(slug: str) -> Scrutin:
    return get_object_or_404(Scrutin.objects.published().select_related("academie", "edition"), slug=slug)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scrutin(request: HttpRequest, slug: str) -> HttpResponse:
    """One vote: its candidates while it is open, its results once they are published."""
    found, access, now = _vote_of(slug), current_access(request), timezone.now()
    candidates, refusal = queries.in_the_running(found), None
    form = VoteForm(request.POST or None, candidates=candidates, known=access.is_signed_in)
    if request.method == "POST" and form.is_valid():
        chosen: Candidature = form.cleaned_data["candidature"]
        chosen.scrutin = found
        try:
            if access.is_signed_in:
                vote.vote_now(chosen, access=access, at=now)
                messages.success(request, "Merci, votre voix est comptée.")
                return redirect("votes:scrutin", slug)
            vote.ask_to_vote(chosen, form.cleaned_data["email"], at=now, network=access.network)
        except innovation.VoteError as error:
            form.add_error(None, str(error))
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            context = {"scrutin": found, "adresse": form.cleaned_data["email"]}
            response = render(request, "votes/courriel.html", context)
            envois.done(response)  # sent twice, it sends one mail
            return response
    phase = found.phase(now)
    context = {
        "scrutin": found,
        "edition": found.edition,
        "phase": phase.value,
        "phase_mots": phase.label,
        "candidatures": list(candidates),
        "resultats": queries.results(found, now) if phase is Phase.PUBLISHED else [],
        "form": form,
        "choisie": str(form["candidature"].value() or ""),
        "connecte": access.is_signed_in,
        "a_vote": vote.has_voted(found, access),
        "organise": found.may(access, Right.RUN_VOTE),
    }
    response = render(request, "votes/scrutin.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmer_vote(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: shown first, so that a mail scanner does not vote."""
    now = timezone.now()
    try:
        bulletin = vote.open_vote(token, at=now)
        if request.method == "POST":
            counted = vote.confirm_vote(token, at=now)
            messages.success(request, "Merci, votre voix est comptée.")
            return redirect("votes:scrutin", counted.slug)
    except innovation.VoteError as error:
        return render(request, "votes/lien_perdu.html", {"raison": str(error)}, status=410)
    return render(request, "votes/confirmer.html", {"bulletin": bulletin})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own marks, for who sits on the jury; not found for the others."""
    access, now = current_access(request), timezone.now()
    user = access.user
    if user is None:
        raise PermissionDenied
    found = get_object_or_404(Scrutin.objects.filter(jury=user).select_related("edition"), slug=slug)
    candidates = list(queries.with_carriers(queries.candidatures(found)))
    out = queries.exclusions(found, candidates, now, only=user)
    notes = Note.objects.filter(candidature__in=candidates, juror=user)
    own = {note.candidature_id: note for note in notes}
    data = request.POST if request.method == "POST" else None
    forms = {row.pk: _note_form(data, row, own.get(row.pk)) for row in candidates if not out[row.pk]}
    if data is not None:
        wrong = _mark_all(request, found, [(row, forms[row.pk]) for row in candidates if row.pk in forms])
        if not wrong:
            return redirect("votes:jury", slug)
        own = {
            note.candidature_id: note for note in Note.objects.filter(candidature__in=candidates, juror=user)
        }
    context: dict[str, Any] = {
        "scrutin": found,
        "lignes": [(row, forms.get(row.pk), own.get(row.pk), out[row.pk].get(user.pk)) for row in candidates],
        "formulaires": list(forms.values()),
        "a_noter": sum(not out[row.pk] for row in candidates),
        "notees": sum(row.pk in own and not out[row.pk] for row in candidates),
        "fini": found.phase(now) is Phase.PUBLISHED,
        "meilleure": BEST_MARK,
        "rubrique": "espace",
    }
    return render(request, "votes/jury.html", context)


def _note_form(data: Any, row: Candidature, note: Note | None) -> NoteForm:
    initial = {"mark": note.mark, "comment": note.comment} if note else {}
    return NoteForm(data, initial=initial, prefix=str(row.pk), action=str(row.action))


def _mark_all(request: HttpRequest, scrutin: Scrutin, rows: list[tuple[Candidature, NoteForm]]) -> bool:
    """Write every mark of the page that is right and was changed; return whether one is wrong."""
    access, now, written = current_access(request), timezone.now(), 0
    for row, form in rows:
        row.scrutin = scrutin
        if not form.is_valid() or not form.has_changed():
            continue
        try:
            innovation.give_mark(
                row, form.cleaned_data["mark"], form.cleaned_data["comment"], access=access, at=now
            )
        except innovation.VoteError as error:
            form.add_error(None, str(error))
        else:
            written += 1
    wrong = any(form.errors for _, form in rows)
    if written:
        messages.success(request, f"{written} {pluriel(written, 'note enregistrée', 'notes enregistrées')}.")
    elif not wrong:
        messages.info(request, "Rien n’avait changé : vos notes sont déjà enregistrées.")
    return wrong
