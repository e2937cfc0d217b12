"""What the bureau and an académie write to each other about its sheet, and who was reminded of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from accroche.campagne.models import Semaine
from accroche.evaluation.evaluation import COMMENT_LENGTH
from accroche.redaction.echanges import CoteFiche


def _person() -> models.ForeignKey[Any, Any]:
    """Who did something; what was done outlives their account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )


class FilFiche(models.Model):
    """The thread about one académie's sheet: how far each side has read, and whether it is settled."""

    semaine = models.OneToOneField(Semaine, on_delete=models.CASCADE, related_name="fil_fiche")
    # the number of the last message each side has read
    read_bureau = models.BigIntegerField(default=0)
    read_academie = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = _person()

    class Meta:
        ordering = ["semaine"]

    def __str__(self) -> str:
        return str(self.semaine)

    def read_by(self, side: CoteFiche) -> int:
        """The number of the last message a side has read; 0 for none."""
        return self.read_bureau if side is CoteFiche.BUREAU else self.read_academie


class MessageFiche(models.Model):
    """A message of the thread; its side stays when its author leaves. Never printed, nor in any data."""

    fil = models.ForeignKey(FilFiche, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=20, choices=[(one, one.value) for one in CoteFiche])
    author = _person()
    at = models.DateTimeField()
    text = models.TextField(max_length=COMMENT_LENGTH)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.fil_id}, {self.at}"

    @property
    def cote(self) -> CoteFiche:
        """Who speaks, with words."""
        return CoteFiche(self.side)


class RelanceFiche(models.Model):
    """A reminder about what a sheet of the report still lacks: one a day at most for an académie."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="relances_fiche")
    day = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = _person()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(name="relance_fiche_once_a_day", fields=["semaine", "day"])]

    def __str__(self) -> str:
        return f"{self.semaine_id}, {self.day}"
