"""People, their roles on a territory, and how they get them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accroche.annuaire.models import Academie, Bassin, Departement, Etablissement
from accroche.annuaire.regles import TypePorteur
from accroche.comptes.regles import ROLE_SCOPES, IssueAbsence, Portee, TypeRole
from accroche.comptes.sessions import KEPT, SHORT, Duree, is_over


class UserManager(BaseUserManager["User"]):
    """People are known by their e-mail address; there are no passwords."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> User:
        """Create a person who signs in with a code sent by e-mail, or through ProConnect."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person, known by an e-mail address. What they may do comes from their roles alone."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, or the address of who gave none."""
        return str(self)


class CodeConnexion(models.Model):
    """A code sent to an address to sign in with, in the one browser that asked for it.

    The code itself is nowhere but in its mail: ``code_hash`` is keyed with the instance's secret key. What is
    used, expired or tried too often is dead for everybody at once (``operations.codes.try_code``). The same
    mail has a link that nobody guesses (``link_hash``): it serves in any browser, until either was used.
    """

    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    link_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique, and none before it was
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(name="code_email", fields=["email"])]

    def __str__(self) -> str:
        return f"{self.email} ({self.created_at.isoformat()})"


class AppareilQuerySet(models.QuerySet["Appareil"]):
    """Devices; an ended one opens nothing and is recognised no more."""

    def of_session(self, hashed: str) -> Self:
        """Keep the device of the sign-in whose secret gives ``hashed``, with its person, neither closed."""
        return self.filter(session_hash=hashed, ended_at=None, user__is_active=True).select_related("user")

    def mark(self, device: Appareil, at: dt.datetime) -> None:
        """Note a visit, once for all those of the same moment."""
        self.filter(pk=device.pk, seen_at=device.seen_at).update(seen_at=at)


class Appareil(models.Model):
    """A browser in which a person signed in: recognised the next time, told to them, ended by them.

    The browser keeps a random number in a signed cookie: who comes back with it is not slowed by strangers.

    ``token_hash``: of the person and of what the browser's cookie holds, so that two people at one computer
    are not linked. ``session_hash``: of the secret of its one open sign-in, None once it is closed. Neither
    the network nor the whole of what the browser says is kept.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appareils")
    token_hash = models.CharField(max_length=64)
    session_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # « Firefox sur Windows »
    label = models.CharField(max_length=60)
    # whether the person asked to stay signed in there
    kept = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    # the sign-in under way: when it began, and the last visit that was noted (``sessions.Duree.mark``)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppareilQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(name="appareil_once", fields=["user", "token_hash"])]

    def __str__(self) -> str:
        return self.label

    @property
    def duree(self) -> Duree:
        """How long its sign-in lasts."""
        return KEPT if self.kept else SHORT

    def is_open(self, at: dt.datetime) -> bool:
        """Whether the person is signed in there at ``at``."""
        closed = self.session_hash is None or self.ended_at is not None
        return not closed and not is_over(self.duree, self.opened_at, self.seen_at, at)


class ChangementAdresseQuerySet(models.QuerySet["ChangementAdresse"]):
    """Changes of address; one that may still be taken back keeps the address it left for its person."""

    def pending(self, at: dt.datetime) -> Self:
        """Keep those whose code may still be given."""
        return self.filter(confirmed_at=None, expires_at__gt=at)

    def standing(self) -> Self:
        """Keep those that were made and not taken back; they go once they cannot be (``adresses.purge``)."""
        return self.filter(confirmed_at__isnull=False, undone_at=None)


class ChangementAdresse(models.Model):
    """A person’s account that answers, or is to answer, at another address.

    ``code_hash``: of the code sent to the new one, keyed with the instance's secret key; ``back_hash``: of
    the link sent to the old one. ``moved``: what followed, by row numbers, so that it can be put back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adresses")
    before = models.EmailField(max_length=254)
    after = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    back_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique, and none before
    back_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict, blank=True)

    objects = ChangementAdresseQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="changement_adresse_pending_once", fields=["user"], condition=Q(confirmed_at=None)
            ),
            models.UniqueConstraint(
                name="changement_adresse_left_once",
                fields=["before"],
                condition=Q(confirmed_at__isnull=False, undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class SurTerritoire(models.Model):
    """A role and the one territory it holds for; the others stay empty."""

    kind = models.CharField(max_length=20, choices=[(r, r.label) for r in TypeRole])
    etablissement = models.ForeignKey(
        Etablissement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    bassin = models.ForeignKey(Bassin, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # a partner's name as the sheets give it
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def territory(self) -> str:
        """The territory in words, to show; « France » for who has no limit."""
        place = self.etablissement or self.bassin or self.departement or self.academie
        return str(place or self.organisation or "France")

    @property
    def clock_of(self) -> str:
        """The name of the département or académie whose clock people have there; empty for all of France."""
        school, bassin = self.etablissement, self.bassin
        departement = self.departement or (school.departement if school else None)
        academie = self.academie or (bassin.academie if bassin else None)
        return departement.name if departement else str(academie or "")

    @property
    def role_words(self) -> str:
        """The role and its territory in words."""
        return f"{TypeRole(self.kind).label}, {self.territory}"

    @property
    def columns(self) -> dict[str, Any]:
        """The territory as columns, to write or look for another row of the same."""
        names = ("etablissement_id", "bassin_id", "departement_id", "academie_id", "organisation")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @staticmethod
    def one_territory(name: str) -> models.CheckConstraint:
        """Refuse a role without its territory, or with one that is not its own."""
        condition = Q()
        for kind, scopes in ROLE_SCOPES.items():
            for scope in sorted(scopes):  # a set has no order, and a migration compares
                row = Q(kind=kind)
                for column in ("etablissement", "bassin", "departement", "academie"):
                    row &= Q(**{f"{column}__isnull": column != scope})
                row &= ~Q(organisation="") if scope is Portee.ORGANISATION else Q(organisation="")
                condition |= row
        return models.CheckConstraint(name=name, condition=condition)


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles; only those in force give rights."""

    def in_force(self, at: dt.datetime) -> Self:
        """Keep the roles that are neither ended nor past their last day at ``at``."""
        return self.filter(ended_at=None, user__is_active=True).filter(
            Q(expires_at=None) | Q(expires_at__gt=at)
        )


class Role(SurTerritoire):
    """What a person may do on one territory, from whom and until when. Never deleted: ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [SurTerritoire.one_territory("role_one_territory")]

    def __str__(self) -> str:
        return self.role_words

    def is_in_force(self, at: dt.datetime) -> bool:
        """Whether it gives rights at ``at`` to a person who is active."""
        return self.ended_at is None and (self.expires_at is None or self.expires_at > at)


class Invitation(SurTerritoire):
    """A role offered to an address, whose person accepts it by the single-use link before its end."""

    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    expires_at = models.DateTimeField()
    # when the role it gives ends; None for no end
    role_expires_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [SurTerritoire.one_territory("invitation_one_territory")]

    def __str__(self) -> str:
        return f"{self.email}: {TypeRole(self.kind).label}"


class Demande(models.Model):
    """What a person asks for; the first answer of those concerned is the one."""

    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True


class DemandeAcceptable(Demande):
    """What is answered by yes or no."""

    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        abstract = True


class DemandeInvitation(DemandeAcceptable):
    """A person holds the link of an invitation sent to another address, and asks to accept it with theirs."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="demandes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(name="demande_invitation_once", fields=["invitation", "user"])]

    def __str__(self) -> str:
        return f"{self.user} → {self.invitation_id}"


class DemandeRattachement(DemandeAcceptable):
    """A person asks to share the sheets of a school."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="demandes")
    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="demandes")
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="demande_pending_once",
                fields=["user", "etablissement"],
                condition=Q(decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.etablissement}"


class EtablissementAbsent(Demande):
    """A school somebody did not find in the directory, told to the académie of its département.

    Who tells it too while it waits joins the same row (``signalements``), and has the same answer.
    ``issue``: what the académie answered, ``etablissement`` which school it is, once there is an answer.
    ``cle``: name and commune as they are compared (``operations/absents.py: absent_key``).
    """

    name = models.CharField(max_length=200)
    commune = models.CharField(max_length=100)
    postal_code = models.CharField(max_length=5, blank=True)
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in TypePorteur])
    uai = models.CharField(max_length=8, blank=True)
    cle = models.CharField(max_length=1500)
    issue = models.CharField(max_length=20, blank=True, choices=[(i, i.label) for i in IssueAbsence])
    etablissement = models.ForeignKey(
        Etablissement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="absent_waits_once",
                fields=["departement", "kind", "cle"],
                condition=Q(decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}"

    @property
    def kind_words(self) -> str:
        """What it is, in words."""
        return TypePorteur(self.kind).label


class SignalementAbsent(models.Model):
    """Who does not find a school: no account is needed, and nobody has confirmed where the answer goes."""

    absent = models.ForeignKey(EtablissementAbsent, on_delete=models.CASCADE, related_name="signalements")
    email = models.EmailField(max_length=254)
    message = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(name="absent_told_once", fields=["absent", "email"])]

    def __str__(self) -> str:
        return f"{self.email}: {self.absent_id}"
