"""What is kept of the public page of a sheet: the addresses it had, how often it was read."""

from __future__ import annotations

from django.db import models

from accroche.actions.models.action import Action
from accroche.campagne.models import Semaine


class AncienneAdresse(models.Model):
    """An address that a sheet had and left: it leads to the one it has, for good."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="anciennes_adresses")
    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="ancienne_adresse_once", fields=["semaine", "slug"])]

    def __str__(self) -> str:
        return self.slug


class Vues(models.Model):
    """How often a public page was read on one day; of a month that is long over, on its first day.

    A number, and nothing of who read: no visitor, network, browser nor page they came from.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="vues")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(name="vues_once_a_day", fields=["action", "day"])]

    def __str__(self) -> str:
        return f"{self.count} le {self.day}"
