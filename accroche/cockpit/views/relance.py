"""Reminding the académies of one group: who gets what, a preview, one button. HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.cockpit.cockpit import Signe
from accroche.cockpit.forms.relance import RelanceForm
from accroche.cockpit.operations.relance import mail_of, remind
from accroche.cockpit.queries.relance import destinataires
from accroche.cockpit.relance import SUBJECT
from accroche.cockpit.views.cockpit import demande
from accroche.comptes.decorators import requires
from accroche.comptes.regles import Right
from accroche.lib.texte import nombre, pluriel


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def relancer(request: HttpRequest, year: str, groupe: str) -> HttpResponse:
    """Whom a reminder goes to, what it says, and sending it."""
    asked, now = demande(request, year), timezone.now()
    if asked is None or groupe not in set(Signe):
        raise Http404
    signe, edition = Signe(groupe), asked.asked.edition
    form = RelanceForm(request.POST or None)
    word = form.cleaned_data["word"] if request.method == "POST" and form.is_valid() else ""
    if request.method == "POST" and form.is_valid() and "envoyer" in request.POST:
        sent = remind(signe, edition, word, access=asked.access, at=now)
        if sent:
            words = pluriel(sent, "académie va recevoir", "académies vont recevoir")
            messages.success(request, f"{nombre(sent)} {words} votre relance dans les minutes qui viennent.")
        else:
            messages.info(
                request, "Personne à relancer : c’est déjà fait aujourd’hui, ou il ne manque plus rien."
            )
        return redirect("cockpit:relancer", year, groupe)
    found = destinataires(asked.asked, signe, now)
    due = [who for who in found if who.is_due(now)]
    context = {
        "form": form,
        "manquent": signe.lacking(len(found)),
        "edition": edition,
        "destinataires": [who for who in found if who.addresses],
        "sans_adresse": [who.row.name for who in found if not who.addresses],
        "a_relancer": due,
        "exemple": mail_of(due[0], signe, edition, word) if due else "",
        "premiere": due[0].row.name if due else "",
        "objet": SUBJECT,
        "maintenant": now,
        "rubrique": "espace",
    }
    return render(request, "cockpit/relancer.html", context)
