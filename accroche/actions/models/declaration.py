"""What a declared sheet carries: its activities, attachments, comments, and the links that open it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accroche.actions.models.action import Action
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
from accroche.commun.models import Job
from accroche.comptes.models import Role


class Activite(models.Model):
    """One of the several things that happen inside an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="activites")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    # the sheet it was before a merge; undoing the merge finds it again
    absorbed_from = models.ForeignKey(
        Action, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="activite_position", fields=["action", "position"]),
            models.CheckConstraint(
                name="activite_days_in_order",
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Its first and last day; None while nobody gave them."""
        return (self.starts, self.ends or self.starts) if self.starts else None


class PieceJointe(models.Model):
    """An image or a document, checked, bounded and stripped of metadata before it is kept.

    ``name`` is the visitor's file name, to show; the stored name is ours. Bytes for ``size``: of what
    was sent while the image is prepared, then of what is kept. ``source``: what was sent, until ``job`` made
    it ours; two merged sheets may share it, as they share a file.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(t, t.value) for t in TypePiece])
    state = models.CharField(
        max_length=20, choices=[(s, s.value) for s in EtatPiece], default=EtatPiece.READY
    )
    file = models.FileField(upload_to="pieces/", max_length=200, blank=True)
    source = models.CharField(max_length=40, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    # why it cannot be opened, for who sent it
    problem = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    # what the image shows, for who cannot see it
    caption = models.CharField(max_length=300, blank=True)
    consent = models.CharField(
        max_length=20, choices=[(c, c.value) for c in Consentement], default=Consentement.PENDING
    )
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.CharField(max_length=254, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="piece_once", fields=["action", "sha256"]),
            models.CheckConstraint(
                name="piece_file_when_ready",
                condition=Q(state=EtatPiece.READY) & ~Q(file="") | ~Q(state=EtatPiece.READY) & Q(file=""),
            ),
        ]
        indexes = [models.Index(name="piece_source", fields=["source"], condition=~Q(source=""))]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def root() -> Path:
        """Where what was sent waits, outside of what the site serves."""
        return Path(settings.DATA) / "pieces"

    @property
    def received(self) -> Path:
        """What was sent, while it waits."""
        return self.root() / self.source

    @property
    def is_ready(self) -> bool:
        """Whether it can be shown."""
        return self.state == EtatPiece.READY

    @property
    def accord(self) -> Consentement:
        """What the people it shows agreed to, with its words; the column itself is a code."""
        return Consentement(self.consent)

    @property
    def is_stuck(self) -> bool:
        """Whether nobody prepares it any more: the worker was killed, or had no room."""
        return self.state == EtatPiece.PREPARING and (self.job is None or self.job.is_over)


class Commentaire(models.Model):
    """A message of the thread between a school and its académie; ``internal``: the académie's own."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="commentaires")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    author_name = models.CharField(max_length=254)
    from_moderator = models.BooleanField(default=False)
    internal = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.text[:40]}"


#: How long the browser that followed a link keeps its sheet.
LINK_OPENS = dt.timedelta(days=14)


class LienAccesQuerySet(models.QuerySet["LienAcces"]):
    """Links; what one opens ends with what gave it."""

    def valid(self, at: dt.datetime) -> Self:
        """Keep those whose address still answers for their sheet.

        It declared the sheet, without an account, and nobody took it up or over since; its person, if it is
        that of an account, has not left a school of the sheet.
        """
        still = Role.objects.in_force(at).filter(
            user=OuterRef("user"), etablissement=OuterRef("etablissement")
        )
        left = Role.objects.filter(
            ~Exists(still),
            user__email=OuterRef("email"),
            etablissement__porteur__portages__action=OuterRef("action"),
        )
        # no join: in an update, PostgreSQL then looks again at the columns of who waited for another one
        named = Action.with_unconfirmed.filter(
            pk=OuterRef("action"), declarant=None, declarant_email=OuterRef("email")
        )
        return self.filter(Exists(named.order_by()), ~Exists(left), revoked_at=None)

    def usable(self, at: dt.datetime) -> Self:
        """Keep those that may be followed."""
        return self.valid(at).filter(used_at=None, expires_at__gt=at)

    def opening(self, at: dt.datetime) -> Self:
        """Keep those that were followed, and still open their sheet to the browser that did."""
        return self.valid(at).filter(used_at__gt=at - LINK_OPENS)


class LienAcces(models.Model):
    """A single-use link sent by mail to who has no account: it opens one sheet, and confirms the address.

    The browser that followed it keeps its number, never the sheet's: what it opens is asked each time.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="acces")
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    # following it also sends the sheet to the académie
    submits = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # it opens nothing any more, whether it was followed or not (``operations.liens.revoke_links``)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LienAccesQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} → {self.action_id}"
