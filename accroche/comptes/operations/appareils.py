"""The devices people sign in with: recognised, told to their person, closed one by one or all at once."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from accroche.commun import journal, mail
from accroche.comptes.models import Appareil, User
from accroche.comptes.sessions import RECOGNISED, SHORT, device_hash, digest
from accroche.lib.moments import format_moment


@dataclass(frozen=True, slots=True)
class Entree:
    """A sign-in: its device, the secret its session keeps, and what the browser is to be recognised by."""

    appareil: Appareil
    secret: str
    token: str


@transaction.atomic
def open_device(
    user: User, token: str, *, label: str, kept: bool, at: dt.datetime, first: bool = False
) -> Entree:
    """Sign ``user`` in on the device that holds ``token``, or on a new one; what was open there closes.

    ``kept``: they asked to stay signed in. ``first``: they never signed in before, so that there is nobody
    to warn of a new device.
    """
    secret = secrets.token_urlsafe(32)
    now = {"session_hash": digest(secret), "label": label, "kept": kept, "opened_at": at, "seen_at": at}
    here = Appareil.objects.filter(user=user, token_hash=device_hash(user.pk, token), ended_at=None)
    if token and here.update(**now):
        return Entree(here.get(), secret, token)
    token = secrets.token_urlsafe(32)
    device = Appareil.objects.create(user=user, token_hash=device_hash(user.pk, token), known_at=at, **now)
    if not first:
        _warn(device, at)
    return Entree(device, secret, token)


def is_known(email: str, token: str) -> bool:
    """Whether the person of an address signed in with the browser that holds ``token``; one query."""
    devices = Appareil.objects.filter(user__email=email.strip().lower(), ended_at=None)
    held = devices.values_list("user", "token_hash")
    return bool(token) and any(device_hash(person, token) == kept for person, kept in held)


def _warn(device: Appareil, at: dt.datetime) -> None:
    """Tell a person that their account was opened somewhere new, without a link: forgers write those."""
    mail.queue(
        to=device.user.email,
        subject="Nouvelle connexion à votre compte Accroche",
        body=(
            f"Bonjour,\n\nVotre compte vient d’être ouvert depuis un appareil que nous ne connaissions pas : "
            f"{device.label}, le {format_moment(at)}.\n\n"
            "Si c’est vous, il n’y a rien à faire. Sinon, connectez-vous et choisissez « Me déconnecter "
            "partout » dans « Mon compte ».\n"
        ),
        key=f"appareil:{device.pk}",
        at=at,
    )


def close_device(device: Appareil) -> None:
    """Sign out of a device, which stays recognised."""
    Appareil.objects.filter(pk=device.pk).update(session_hash=None)


@transaction.atomic
def end_device(device: Appareil, *, at: dt.datetime) -> bool:
    """Sign out of a device and forget it; return whether it was still known."""
    ended = Appareil.objects.filter(pk=device.pk, ended_at=None).update(ended_at=at, session_hash=None)
    if ended:
        journal.record(device.user, "end_device", at=at, actor=device.user, note=device.label)
    return bool(ended)


@transaction.atomic
def sign_out_everywhere(user: User, *, at: dt.datetime, but: Appareil | None = None) -> int:
    """End every sign-in of one's own but the one on ``but``, and forget the devices; return how many."""
    count = end_sign_ins(user, at=at, but=but)
    journal.record(user, "sign_out_everywhere", at=at, actor=user)
    return count


@transaction.atomic
def end_sign_ins(user: User, *, at: dt.datetime, but: Appareil | None = None) -> int:
    """End every sign-in of ``user`` but the one on ``but``; return how many devices are forgotten.

    Their next request anywhere else is nobody's.
    """
    others = Appareil.objects.filter(user=user, ended_at=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    count = others.update(ended_at=at, session_hash=None)
    # what Django compares in each session that has no device of ours
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(password=user.password)
    return count


def purge(at: dt.datetime) -> int:
    """Remove the devices that were ended, or not seen for long; return how many."""
    gone = Q(ended_at__isnull=False) | Q(kept=True, seen_at__lt=at - RECOGNISED)
    # a computer where nobody asked to stay signed in is not theirs
    gone |= Q(kept=False, seen_at__lt=at - SHORT.longest)
    count, _ = Appareil.objects.filter(gone).delete()
    return count
