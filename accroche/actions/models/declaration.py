"""What a declared sheet carries: its activities, attachments, comments, and the links that open it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accroche.actions.models.action import Action
from accroche.actions.regles import Consentement, TypePiece


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


class PieceJointe(models.Model):
    """An image or a document, checked, bounded and stripped of metadata before it was kept.

    ``name`` is the visitor's file name, to show; the stored name is ours. Bytes for ``size``.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(t, t.value) for t in TypePiece])
    file = models.FileField(upload_to="pieces/", max_length=200)
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
        constraints = [models.UniqueConstraint(name="piece_once", fields=["action", "sha256"])]

    def __str__(self) -> str:
        return self.name


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


class LienAcces(models.Model):
    """A single-use link sent by mail to who has no account: it opens one sheet, and confirms the address."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="acces")
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    # following it also sends the sheet to the académie
    submits = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email} → {self.action_id}"
