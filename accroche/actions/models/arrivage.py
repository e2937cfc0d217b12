"""Many new sheets on their way in, which nobody sees before all of them are there."""

from __future__ import annotations

from django.db import models

from accroche.campagne.models import Semaine
from accroche.commun.models import Job


class Arrivage(models.Model):
    """New sheets of one semaine, written slice by slice. Its row lives as long as some of them are hidden.

    What brings them is an attempt of a job, or a command on the machine when ``job`` is empty.
    """

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    # how many are written so far; each slice counts itself, and so finds out that it is not wanted any more
    written = models.PositiveIntegerField(default=0)
    # somebody takes its sheets away: nothing more is written, and nothing appears
    abandoned = models.BooleanField(default=False)
    # what it made besides its sheets goes with them when nothing else uses it: what is newer than this
    opened_semaine = models.BooleanField(default=False)
    last_porteur = models.PositiveBigIntegerField(default=0)
    last_partenaire = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"arrivage {self.pk}"  # for logs: asks the database nothing
