"""The axes an académie chooses on the site, and its word on those it had chosen before."""

from __future__ import annotations

from django.db import models

from accroche.campagne.models import Semaine
from accroche.evaluation.regles import EtatSuivi


class ChoixAxes(models.Model):
    """That an académie chooses its axes here (``campagne.AxeRetenu``): how often it wrote, and when."""

    semaine = models.OneToOneField(Semaine, on_delete=models.CASCADE, related_name="choix_axes")
    # counts the writes: who read an older one is told instead of overwriting
    version = models.PositiveIntegerField(default=0)
    chosen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.semaine)


class SuiviAxe(models.Model):
    """What an académie says became of an axis that it, or those it follows, kept in the edition before."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="suivis_axes")
    code = models.CharField(max_length=30)
    said = models.CharField(
        max_length=20, blank=True, choices=[(e, e.value) for e in EtatSuivi], default=EtatSuivi.UNKNOWN
    )
    comment = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="suivi_axe_once", fields=["semaine", "code"])]

    def __str__(self) -> str:
        return f"{self.code} ({self.semaine})"

    @property
    def mot(self) -> EtatSuivi:
        """How far, in words."""
        return EtatSuivi(self.said)
