"""What visitors think of the site."""

from __future__ import annotations

from django.db import models

from accroche.aide.avis import EtatAvis, Satisfaction


class AvisSiteQuerySet(models.QuerySet["AvisSite"]):
    """Opinions, by what became of them."""

    def in_state(self, etat: EtatAvis) -> AvisSiteQuerySet:
        """Keep those that wait, or those that somebody dealt with."""
        return self.filter(handled_at__isnull=etat is EtatAvis.NEW)


class AvisSite(models.Model):
    """An opinion: how it went, in words if one likes, and of which page. No account, no network.

    ``email`` is only there for who wants an answer; ``page`` is a path of the site, or empty.
    """

    satisfaction = models.CharField(max_length=20, choices=[(one.value, one.label) for one in Satisfaction])
    text = models.TextField(blank=True)
    page = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    given_at = models.DateTimeField(db_index=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = AvisSiteQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(name="avis_to_handle", fields=["-given_at"], condition=models.Q(handled_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.satisfaction}: {self.page}"

    @property
    def is_handled(self) -> bool:
        """Whether somebody dealt with it."""
        return self.handled_at is not None

    @property
    def how(self) -> str:
        """How it went, in words."""
        return Satisfaction(self.satisfaction).label
