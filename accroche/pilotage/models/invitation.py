"""Inviting schools: whom steering wrote to, and who does not want it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition


class Sollicitation(models.Model):
    """An invitation to declare, sent to a school: never two in one week (``week``: its Monday)."""

    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="sollicitations")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sollicitations")
    week = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    to = models.EmailField(max_length=254)
    text = models.TextField()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="sollicitation_once_a_week", fields=["etablissement", "week"])
        ]

    def __str__(self) -> str:
        return f"{self.etablissement_id}, {self.week}"


class Refus(models.Model):
    """A school that does not want to be invited any more; it may change its mind."""

    etablissement = models.OneToOneField(Etablissement, on_delete=models.CASCADE, related_name="refus")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.etablissement_id}"
