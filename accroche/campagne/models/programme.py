"""What happens in a semaine, and what it leaves behind."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accroche.campagne.models.semaine import Semaine
from accroche.campagne.phrases import presence_told
from accroche.campagne.regles import Autorite, TypeMedia, TypeRessource, TypeTempsFort


class TempsFort(models.Model):
    """A dated event of a semaine; days stay empty when nobody gave them."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="temps_forts")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in TypeTempsFort])
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    # codes of ``Autorite``
    authorities = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField()
    # what calendars know it by, and how often it changed: kept when its page is written anew
    uid = models.CharField(max_length=200, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="temps_fort_position", fields=["semaine", "position"]),
            models.CheckConstraint(
                name="temps_fort_in_order",
                # a check passes on unknown: an end without a start has to be refused by name
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gte=F("starts")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_words(self) -> str:
        """Its kind, as people read it; empty when nobody said it."""
        return TypeTempsFort(self.kind).label if self.kind else ""

    @property
    def autorites(self) -> tuple[Autorite, ...]:
        """Who in authority was there, in the order of their vocabulary."""
        return Autorite.in_order(self.authorities)

    @property
    def presence(self) -> str:
        """Who in authority was there, in a sentence; empty when nobody said."""
        return presence_told(self.autorites)


class Etape(models.Model):
    """One stop of a tour."""

    temps_fort = models.ForeignKey(TempsFort, on_delete=models.CASCADE, related_name="etapes")
    place = models.CharField(max_length=200)
    date = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="etape_position", fields=["temps_fort", "position"])]

    def __str__(self) -> str:
        return self.place


class Ressource(models.Model):
    """A document or medium a semaine produced. ``published`` is NULL while nobody said whether it is."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="ressources")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in TypeRessource])
    url = models.URLField(max_length=500, blank=True)
    published = models.BooleanField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="ressource_position", fields=["semaine", "position"])]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_words(self) -> str:
        """Its kind, as people read it; empty when nobody said it."""
        return TypeRessource(self.kind).label if self.kind else ""


class TexteStrategie(models.Model):
    """A written policy of the académie that a semaine belongs to: a plan, a circular, a project."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="strategie")
    title = models.CharField(max_length=250)
    date = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="texte_strategie_position", fields=["semaine", "position"])
        ]

    def __str__(self) -> str:
        return self.title


class Retombee(models.Model):
    """A medium that told of a semaine."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="medias")
    media = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True, choices=[(k, k.value) for k in TypeMedia if k])
    date = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="retombee_position", fields=["semaine", "position"])]

    def __str__(self) -> str:
        return self.media

    @property
    def kind_words(self) -> str:
        """Its kind, as people read it; empty when nobody said it."""
        return TypeMedia(self.kind).label
