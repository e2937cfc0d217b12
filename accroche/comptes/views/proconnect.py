"""Signing in and out through ProConnect: HTTP only. Every failure leaves the code by mail open.

The secrets of an attempt are in the visitor's session and used once. The first time a person comes, the
code by mail proves the mailbox, unless ProConnect itself says that it is verified.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accroche.commun import lieux, securite
from accroche.commun.securite import Evenement
from accroche.comptes import adapters, operations, queries
from accroche.comptes.decorators import public
from accroche.comptes.http import next_page
from accroche.comptes.models import User
from accroche.comptes.views import entree
from accroche.integrations.proconnect import (
    Attempt,
    BusyError,
    Identity,
    ProConnect,
    ProConnectError,
    UnavailableError,
)

logger = logging.getLogger(__name__)

#: Where the session keeps the attempts under way, who still has to prove a mailbox, and what signs out.
ATTEMPTS = "proconnect_attempts"
WAITING = "proconnect_waiting"
ID_TOKEN = "proconnect_id_token"  # noqa: S105 - the name of a place, not a secret
FAREWELL = "proconnect_farewell"

#: How long an attempt may take, and how many tabs may try at once.
ATTEMPT_LASTS = dt.timedelta(minutes=10)
ATTEMPTS_KEPT = 5
#: How long a mailbox may wait to be proved: as long as the code holds.
WAITING_LASTS = dt.timedelta(minutes=15)

#: What the page says, by what went wrong: a title, what to do, and the status.
FAILURES = {
    "renonce": (
        "Vous n’êtes pas connecté",
        "Vous avez renoncé à vous identifier avec ProConnect. Rien n’a été enregistré.",
        200,
    ),
    "perdue": (
        "Cette connexion a expiré",
        "Elle a déjà servi, vient d’un autre navigateur ou a plus de dix minutes. Recommencez d’ici.",
        400,
    ),
    "indisponible": (
        "ProConnect ne répond pas",
        "Réessayez dans quelques minutes, ou connectez-vous tout de suite avec un code reçu par courriel.",
        503,
    ),
    "refusee": (
        "ProConnect n’a pas pu vous identifier",
        "Sa réponse n’a pas pu être vérifiée : rien n’a été enregistré. Connectez-vous avec un code.",
        400,
    ),
}


def _client() -> ProConnect:
    """The instance's ProConnect. Raises ``Http404`` where it is not registered: nothing is served."""
    client = adapters.proconnect()
    if client is None:
        raise Http404
    return client


def _failure(request: HttpRequest, name: str, suite: str = "") -> HttpResponse:
    title, text, status = FAILURES[name]
    context = {"titre": title, "texte": text, "suite": suite}
    return render(request, "comptes/proconnect_echec.html", context, status=status)


def _own_address(name: str) -> str:
    """An address of ours as ProConnect has it registered, whatever host the visitor asked for."""
    return f"{settings.SITE_URL}{reverse(name)}"


@public
@never_cache
@require_safe
def depart(request: HttpRequest) -> HttpResponse:
    """Send the visitor to ProConnect."""
    client = _client()
    if request.user.is_authenticated:
        return redirect(lieux.address("espace"))
    attempt, suite = Attempt.new(), next_page(request)
    try:
        address = client.authorization_url(attempt, _own_address("comptes:proconnect_retour"))
    except ProConnectError as error:
        return _stopped(request, error, suite)
    kept = request.session.get(ATTEMPTS, [])[-(ATTEMPTS_KEPT - 1) :]
    began = timezone.now().isoformat()
    request.session[ATTEMPTS] = [*kept, {**asdict(attempt), "suite": suite, "at": began}]
    return redirect(address)


def _taken(request: HttpRequest, state: str) -> dict[str, str] | None:
    """Take the attempt called ``state`` out of the session, for good; None when there is none in time."""
    kept = request.session.get(ATTEMPTS, [])
    found: dict[str, str] | None = next(
        (row for row in kept if state and secrets.compare_digest(row["state"], state)), None
    )
    if found is None:
        return None
    request.session[ATTEMPTS] = [row for row in kept if row is not found]
    if timezone.now() - dt.datetime.fromisoformat(found["at"]) > ATTEMPT_LASTS:
        return None
    return found


@public
@never_cache
@require_safe
def retour(request: HttpRequest) -> HttpResponse:
    """Receive the visitor back, and sign in who is known."""
    client = _client()
    if request.user.is_authenticated:
        return redirect(lieux.address("espace"))
    taken = _taken(request, request.GET.get("state", ""))
    if taken is None:
        return _failure(request, "perdue")
    attempt, suite = Attempt(taken["state"], taken["nonce"], taken["verifier"]), taken["suite"]
    if error := request.GET.get("error", ""):
        logger.warning("ProConnect sent back %.60r", error)
        names = {"access_denied": "renonce", "temporarily_unavailable": "indisponible"}
        names |= {"server_error": "indisponible"}
        return _failure(request, names.get(error, "refusee"), suite)
    try:
        who = client.identify(
            request.GET.get("code", ""),
            attempt,
            _own_address("comptes:proconnect_retour"),
            issuer=request.GET.get("iss", ""),
        )
    except BusyError as problem:  # nothing was used: the same address, asked for again, goes on
        request.session[ATTEMPTS] = [*request.session.get(ATTEMPTS, []), taken]
        return _stopped(request, problem, suite)
    except ProConnectError as problem:
        return _stopped(request, problem, suite)
    return _received(request, who, suite)


def _stopped(request: HttpRequest, problem: ProConnectError, suite: str) -> HttpResponse:
    """Say what stopped the sign-in; the reason in full is for the operator alone."""
    logger.warning("ProConnect: %s", problem)
    securite.tell(Evenement.PROVIDER_REFUSED, reason=type(problem).__name__)
    return _failure(request, "indisponible" if isinstance(problem, UnavailableError) else "refusee", suite)


def _received(request: HttpRequest, who: Identity, suite: str) -> HttpResponse:
    now = timezone.now()
    known = queries.person_by_proconnect(who.sub)
    if known is None and who.email_verified:
        known = operations.link_proconnect(operations.person_of(who.email), who.sub, at=now)
    if known is not None:
        return _enter(request, known, who.name, who.id_token, suite)
    # the address is what the person's organisation says it is: the code proves it, once. Asked for with a
    # form, like any other: a page that only opens sends no mail, and the same limits hold
    request.session[WAITING] = {**asdict(who), "suite": suite, "at": now.isoformat()}
    return render(request, "comptes/proconnect_adresse.html", {"adresse": who.email, "suite": suite})


def _enter(request: HttpRequest, user: User, name: str, id_token: str, suite: str) -> HttpResponse:
    if user.is_active:
        operations.name_at_first(user, name, at=timezone.now())
        request.session[ID_TOKEN] = id_token
    return entree.enter(request, user, suite or lieux.address("espace"))


def mailbox_proved(request: HttpRequest) -> None:
    """After a code was given back: link who came through ProConnect for that very mailbox.

    Nothing when nobody waits, waited too long, or when the code was for another mailbox.
    """
    if not request.user.is_authenticated:
        return
    waiting = request.session.pop(WAITING, None)
    if waiting is None or waiting["email"] != request.user.email:
        return
    now = timezone.now()
    if now - dt.datetime.fromisoformat(waiting["at"]) > WAITING_LASTS:
        return
    owner = operations.link_proconnect(request.user, waiting["sub"], at=now)
    if owner.pk == request.user.pk:
        operations.name_at_first(owner, waiting["name"], at=now)
        request.session[ID_TOKEN] = waiting["id_token"]


def farewell(request: HttpRequest, id_token: str) -> HttpResponse | None:
    """Lead who just signed out here to the sign-out of ProConnect; None when there is nowhere to lead to.

    A page that refreshes at once, and no redirection: our policy lets a form lead nowhere else, and
    ProConnect goes on to the sign-out of each organisation.
    """
    client = adapters.proconnect()
    if client is None:
        return None
    state = secrets.token_urlsafe(32)
    try:
        address = client.logout_url(id_token, state, _own_address("comptes:proconnect_deconnexion"))
    except ProConnectError as error:
        logger.warning("ProConnect: %s", error)
        return None
    request.session[FAREWELL] = state
    response = render(request, "comptes/proconnect_deconnexion.html", {"adresse": address})
    response.headers["Refresh"] = f"0; url={address}"
    return response


@public
@never_cache
@require_safe
def au_revoir(request: HttpRequest) -> HttpResponse:
    """Receive back who signed out of ProConnect."""
    _client()
    state = request.session.pop(FAREWELL, "")
    if state and secrets.compare_digest(state, request.GET.get("state", "")):
        messages.success(request, "Vous êtes déconnecté, de ce site et de ProConnect.")
    return redirect(lieux.address("accueil"))
