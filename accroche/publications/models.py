"""Frozen versions of the national synthesis, and the making of its files."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from accroche.campagne.models import Edition
from accroche.commun.models import Job


class SyntheseQuerySet(models.QuerySet["Synthese"]):
    """Frozen versions; the public reads those that are published."""

    def published(self) -> Self:
        """Keep those the public may read, where it may read their edition."""
        return self.filter(published_at__isnull=False)

    def light(self) -> Self:
        """Leave their content out: a list of them needs none."""
        return self.defer("snapshot")


class Synthese(models.Model):
    """A telling of an edition: its content and its digest never change afterwards.

    The bureau alone reads it until it is published; one that was withdrawn says so and why to who follows a
    link to it. ``name`` is the bureau's own word for it, which the public is not told.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="syntheses")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField()
    # nobody: an operator's command
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    digest = models.CharField(max_length=64)
    snapshot = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal = models.CharField(max_length=500, blank=True)

    objects = SyntheseQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(name="synthese_number", fields=["edition", "number"]),
            models.CheckConstraint(
                name="synthese_published_or_withdrawn",
                condition=models.Q(published_at=None) | models.Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, version {self.number}"


class Chantier(models.TextChoices):
    """What is being built."""

    TRAVAIL = "travail", "la version de travail"
    ARRET = "arret", "une version à arrêter"
    VERSION = "version", "une version arrêtée"


class Construction(models.Model):
    """What is built of an edition's synthesis: one thing at a time, and the last working build.

    ``job`` says whether something is under way; ``quoi``, ``number`` and ``name`` say what. Files of the last
    working build are in ``folder``, and tell the content of ``digest``.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="construction")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    quoi = models.CharField(max_length=10, choices=Chantier.choices, default=Chantier.TRAVAIL)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    built_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    folder = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["edition"]

    def __str__(self) -> str:
        return f"{self.edition}, {self.get_quoi_display()}"
