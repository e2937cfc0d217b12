"""What published sheets add up to, kept by triggers: nothing here is written otherwise."""

from __future__ import annotations

from django.db import models


class ComptageSemaine(models.Model):
    """A part of what a semaine's published sheets add up to: its rows are summed.

    One row a semaine on SQLite. On PostgreSQL each transaction adds its own, and nobody waits for another.
    """

    semaine_id = models.BigIntegerField(db_index=True)
    actions = models.IntegerField(default=0, db_default=0)
    premier_degre = models.IntegerField(default=0, db_default=0)
    college = models.IntegerField(default=0, db_default=0)
    lycee = models.IntegerField(default=0, db_default=0)
    lycee_professionnel = models.IntegerField(default=0, db_default=0)
    etablissements = models.IntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["semaine_id", "pk"]

    def __str__(self) -> str:
        return f"{self.semaine_id}: {self.actions}"


class PresencePorteur(models.Model):
    """How many published sheets of a semaine a carrier carries: the first and the last make it count."""

    semaine_id = models.BigIntegerField()
    porteur_id = models.BigIntegerField(db_index=True)
    fiches = models.IntegerField()

    class Meta:
        ordering = ["semaine_id", "porteur_id"]
        constraints = [models.UniqueConstraint(name="presence_once", fields=["semaine_id", "porteur_id"])]

    def __str__(self) -> str:
        return f"{self.semaine_id}, {self.porteur_id}: {self.fiches}"
