"""Frozen versions of the national synthesis."""

from __future__ import annotations

from django.db import models

from accroche.campagne.models import Edition


class Synthese(models.Model):
    """A published telling of an edition: its content, its digest, never changed afterwards."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="syntheses")
    number = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    snapshot = models.JSONField()

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(name="synthese_number", fields=["edition", "number"])]

    def __str__(self) -> str:
        return f"{self.edition}, version {self.number}"
