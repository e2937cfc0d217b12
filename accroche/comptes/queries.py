"""Reads of people and roles, each kept to the territory of who reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet

from accroche.annuaire.models import Academie, Etablissement
from accroche.commun import courriers, journal
from accroche.commun.courriers import Defaut
from accroche.comptes.models import (
    Appareil,
    AppareilQuerySet,
    ChangementAdresse,
    DemandeInvitation,
    DemandeRattachement,
    EtablissementAbsent,
    Invitation,
    Role,
    RoleQuerySet,
    User,
)
from accroche.comptes.permissions import NOBODY_SEES, Access, Lookups, place_of_role
from accroche.comptes.regles import Right, TypeRole

#: How allauth's table of outside identities calls ProConnect.
PROCONNECT = "proconnect"

#: Where the people of the demo have their address: example names nobody receives mails at.
DEMO_DOMAIN = "@exemple.fr"

#: What ends the address that stands for who deleted their account: no mailbox has one like it.
GONE = "@invalid"

#: Lines of the life of a school on its page.
EVENTS = 100

TERRITORY = ("etablissement", "bassin", "departement", "academie")


def _granted_by(access: Access) -> Q:
    """The roles and invitations ``access`` may give and end: of a kind it gives, on its territory."""
    scope = access.scope(Right.GRANT)
    kinds = Q(kind__in=access.grantable())
    if scope.france:
        return kinds
    academies = scope.academies
    place = (
        Q(academie__in=academies)
        | Q(bassin__academie__in=academies)
        | Q(departement__academies__in=academies)
        | Q(etablissement__departement__academies__in=academies)
        | Q(etablissement__in=scope.etablissements)
    )
    return kinds & place


def roles_for(access: Access) -> RoleQuerySet:
    """The roles one may end, in force or not, latest first."""
    if not access.has(Right.GRANT):
        return Role.objects.filter(NOBODY_SEES)
    kept = Role.objects.order_by().filter(_granted_by(access)).values("pk")
    return (
        Role.objects.filter(pk__in=kept)
        .select_related("user", "granted_by", *TERRITORY)
        .order_by("-granted_at", "-pk")
    )


def own_roles(access: Access) -> RoleQuerySet:
    """One's own roles."""
    if access.user is None:
        return Role.objects.filter(NOBODY_SEES)
    return roles_of(access.user)


def roles_of(user: User) -> RoleQuerySet:
    """All the roles of a person, latest first."""
    return Role.objects.filter(user=user).select_related("user", *TERRITORY).order_by("-granted_at", "-pk")


def invitations_for(access: Access) -> Any:
    """The invitations one may take back."""
    if not access.has(Right.GRANT):
        return Invitation.objects.filter(NOBODY_SEES)
    kept = Invitation.objects.order_by().filter(_granted_by(access)).values("pk")
    return Invitation.objects.filter(pk__in=kept).select_related("invited_by", *TERRITORY)


def invitation_requests_for(access: Access) -> QuerySet[DemandeInvitation]:
    """Who asks to accept an invitation sent to another address, and waits for one's answer; oldest first."""
    waiting = DemandeInvitation.objects.filter(
        invitation__in=invitations_for(access).order_by().values("pk"),
        invitation__accepted_at=None,
        invitation__cancelled_at=None,
        user__is_active=True,
        decided_at=None,
    )
    return waiting.select_related("user", *(f"invitation__{place}" for place in TERRITORY))


def requests_for(access: Access) -> Any:
    """The requests to join that wait for one's answer, oldest first."""
    lookups = Lookups(academie="etablissement__departement__academies", etablissement="etablissement")
    condition = access.q(Right.GRANT, lookups)
    kept = DemandeRattachement.objects.order_by().filter(condition).values("pk")
    return DemandeRattachement.objects.filter(pk__in=kept, decided_at=None).select_related(
        "user", "etablissement"
    )


def absents_for(access: Access) -> QuerySet[EtablissementAbsent]:
    """The schools told as missing from the directory that wait for one's answer, oldest first."""
    condition = access.q(Right.GRANT, Lookups(academie="departement__academies"))
    kept = EtablissementAbsent.objects.order_by().filter(condition).values("pk")
    waiting = EtablissementAbsent.objects.filter(pk__in=kept, decided_at=None)
    return waiting.select_related("departement").prefetch_related("signalements")


def person_by_proconnect(sub: str) -> User | None:
    """Who signs in as what ProConnect calls ``sub``; None for nobody yet."""
    link = SocialAccount.objects.filter(provider=PROCONNECT, uid=sub).select_related("user").first()
    return link.user if link else None


@dataclass(frozen=True, slots=True)
class Essai:
    """An account of the demo to try a role with: its address, whose it is, what it is, in words."""

    email: str
    name: str
    role: str


def demo_accounts(at: dt.datetime) -> list[Essai]:
    """The demo's accounts with a role in force at ``at``, one line each, in the order roles are told."""
    roles = Role.objects.in_force(at).filter(user__email__endswith=DEMO_DOMAIN)
    held: dict[User, list[Role]] = {}
    for role in sorted(
        roles.select_related("user", *TERRITORY).order_by("user__email", "pk"),
        key=lambda role: list(TypeRole).index(TypeRole(role.kind)),
    ):
        held.setdefault(role.user, []).append(role)
    # who holds one in many places is told by its name alone
    return [
        Essai(
            user.email,
            str(user),
            mine[0].role_words if len(mine) == 1 else " et ".join({TypeRole(r.kind).label: 1 for r in mine}),
        )
        for user, mine in held.items()
    ]


@dataclass(frozen=True, slots=True)
class Episode:
    """One thing that happened to who shares a school's sheets: when, to whom or by whom, in words."""

    at: dt.datetime
    who: str
    words: str


def _invited(row: Invitation) -> str:
    return "a invité une personne partie depuis" if row.email.endswith(GONE) else f"a invité {row.email}"


def life_of(school: Etablissement, now: dt.datetime) -> list[Episode]:
    """Who joined a school, who left, who asked, what was handed over: latest first.

    Names are read where people keep theirs, so that a deleted account leaves none here.
    """
    events = []
    roles = Role.objects.filter(etablissement=school).select_related("user", "granted_by")
    for role in roles.order_by("-granted_at", "-pk")[:EVENTS]:
        giver = role.granted_by if role.granted_by_id != role.user_id else None
        events.append(
            Episode(
                role.granted_at,
                str(role.user),
                f"a rejoint l’établissement{f', par {giver}' if giver else ''}",
            )
        )
        end = role.ended_at or role.expires_at
        if end and end <= now:
            events.append(Episode(end, str(role.user), "n’y a plus de rôle"))
    asked = school.demandes.select_related("user", "decided_by").order_by("-asked_at", "-pk")[:EVENTS]
    for request in asked:
        events.append(Episode(request.asked_at, str(request.user), "a demandé à le rejoindre"))
        if request.decided_at:
            answer = "acceptée" if request.accepted else "refusée"
            words = f"a répondu à {request.user} : demande {answer}"
            events.append(Episode(request.decided_at, str(request.decided_by or "Quelqu’un"), words))
    invited = Invitation.objects.filter(etablissement=school).select_related("invited_by")[:EVENTS]
    events += [Episode(row.invited_at, str(row.invited_by or "Quelqu’un"), _invited(row)) for row in invited]
    handed = journal.entries(school).filter(verb="hand_over")[:EVENTS]
    events += [Episode(entry.at, entry.actor_name or "Quelqu’un", "a passé la main") for entry in handed]
    return sorted(events, key=lambda event: event.at, reverse=True)[:EVENTS]


def has_proconnect(user: User) -> bool:
    """Whether a person also signs in with ProConnect."""
    return bool(SocialAccount.objects.filter(user=user, provider=PROCONNECT).exists())


def addresses_of(user: User) -> list[str]:
    """The address of a person, then those they left and may come back to, the latest first."""
    left = ChangementAdresse.objects.standing().filter(user=user).order_by("-confirmed_at", "-pk")
    return [user.email, *left.values_list("before", flat=True)]


def devices_of(user: User) -> AppareilQuerySet:
    """The devices of a person that were not ended, latest seen first."""
    return Appareil.objects.filter(user=user, ended_at=None)


@dataclass(frozen=True, slots=True)
class AppareilMontre:
    """A device as its person is shown it: where it is signed in now, ``here`` for the one they hold."""

    pk: int
    label: str
    since: dt.datetime
    seen: dt.datetime
    kept: bool
    is_open: bool
    here: bool


def devices_shown(user: User, here: Appareil | None, at: dt.datetime) -> list[AppareilMontre]:
    """The devices where a person is signed in or recognised at ``at``, the one they hold first; one query.

    Where they did not ask to stay, nothing is left to show once the sign-in is over.
    """
    rows = [
        AppareilMontre(
            device.pk,
            device.label,
            device.known_at,
            device.seen_at,
            kept=device.kept,
            is_open=device.is_open(at),
            here=here is not None and device.pk == here.pk,
        )
        for device in devices_of(user)
    ]
    return sorted((row for row in rows if row.kept or row.is_open), key=lambda row: not row.here)


def office_of(territory: Mapping[str, Any], at: dt.datetime) -> str:
    """Where answers about a role given as columns go; empty: no académie's, or one that gave no address."""
    number = place_of_role(territory, at).academie
    found = Academie.objects.filter(pk=number).values_list("courriel", flat=True).first() if number else ""
    return found or ""


def moderated(access: Access, day: dt.date) -> QuerySet[Academie]:
    """The académies of ``day`` that a person moderates, by name."""
    own = access.q(Right.MODERATE, Lookups(academie="pk"))
    return Academie.objects.valid_on(day).filter(own)


def unreached(academie: Academie, at: dt.datetime) -> list[tuple[str, Defaut]]:
    """The addresses of an académie that our latest mail did not reach, each with whose it is; five queries.

    Those of its people, of who is invited, and of its schools.
    """
    here = Q(academie=academie) | Q(bassin__academie=academie)
    here |= Q(departement__academies=academie) | Q(etablissement__departement__academies=academie)
    people = Role.objects.in_force(at).filter(here).values_list("user__email", "user__name")
    whose = {address.lower(): name or "a un rôle" for address, name in people.order_by("pk")}
    invited = Invitation.objects.filter(here, accepted_at=None, cancelled_at=None, expires_at__gt=at)
    whose |= {address.lower(): "invitation" for address in invited.values_list("email", flat=True)}
    schools = Etablissement.objects.open_on(at.date()).filter(departement__academies=academie)
    whose |= {
        row.email.lower(): f"{row.name}, {row.commune}" for row in schools.exclude(email="").order_by("uai")
    }
    found = courriers.in_trouble(whose)
    return [(whose[address], defaut) for address, defaut in sorted(found.items())]
