"""Parts of a report that somebody wrote on the site, the versions of each, and who is at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from accroche.campagne.models import Edition
from accroche.redaction.parties import Partie


class PartieEcrite(models.Model):
    """That a part was written here: who wrote last, and when. What it says is data of the edition.

    ``version`` counts the writings.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="parties_ecrites")
    partie = models.CharField(max_length=50, choices=[(one, one.value) for one in Partie])
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["edition", "partie"]
        constraints = [models.UniqueConstraint(name="partie_ecrite_once", fields=["edition", "partie"])]

    def __str__(self) -> str:
        return f"{self.partie} ({self.edition})"


class VersionPartie(models.Model):
    """What a part said at the end of one person's sitting; ``valeurs``: as ``redaction/contenu.py`` tells it.

    The latest is written again while the same person goes on; none before it ever is. Number 0 is what the
    part said before anybody wrote it here.
    """

    partie = models.ForeignKey(PartieEcrite, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    valeurs: models.JSONField[Any, Any] = models.JSONField()
    began_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    # the number of the version that was put back
    restored = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="version_partie_once", fields=["partie", "number"])]

    def __str__(self) -> str:
        return f"{self.partie}, {self.number}"


class RedacteurPresent(models.Model):
    """Somebody has the page of a part open and writes; forgotten some minutes after they left."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    partie = models.CharField(max_length=50)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(name="redacteur_present_once", fields=["edition", "partie", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.partie}"
