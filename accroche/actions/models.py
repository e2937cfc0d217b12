"""What schools do to keep pupils in education."""

from __future__ import annotations

from typing import Self

from django.db import models

from accroche.actions.regles import CodeTheme, Etat, Nature, SourceAction, Temporalite
from accroche.annuaire.models import AvecNiveaux, Porteur
from accroche.campagne.models import AvecOrigine, Partenaire, Semaine


class Theme(models.Model):
    """What an action is about (reference table, one row per code)."""

    code = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return CodeTheme(self.code).label


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions; the public sees the published ones of published editions."""

    def waiting(self) -> Self:
        """Keep those that wait for moderation."""
        return self.filter(etat=Etat.SUBMITTED)

    def accepted(self) -> Self:
        """Keep those that moderation let through, whether or not their edition is public yet."""
        return self.filter(etat=Etat.PUBLISHED)

    def published(self) -> Self:
        """Keep what the public may see."""
        return self.accepted().filter(semaine__edition__published_at__isnull=False)


class Action(AvecOrigine, AvecNiveaux):
    """One action of a semaine. It belongs to its carriers, not to a person."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="actions")
    slug = models.SlugField(max_length=120)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    etat = models.CharField(max_length=20, choices=[(e, e.value) for e in Etat], default=Etat.SUBMITTED)
    prize = models.CharField(max_length=200, blank=True)
    remarkable = models.BooleanField(default=False)
    temporality = models.CharField(
        max_length=20, blank=True, choices=[(t, t.value) for t in Temporalite], default=Temporalite.UNKNOWN
    )
    nature = models.CharField(
        max_length=20, blank=True, choices=[(n, n.value) for n in Nature], default=Nature.UNKNOWN
    )
    source = models.CharField(
        max_length=20, choices=[(s, s.value) for s in SourceAction], default=SourceAction.SEMAINE
    )
    # idFiche of Expérithèque, today's Innovathèque
    experitheque_id = models.PositiveIntegerField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="actions", blank=True)
    porteurs = models.ManyToManyField(Porteur, through="ActionPorteur", related_name="actions", blank=True)
    partenaires = models.ManyToManyField(
        Partenaire, through="ActionPartenaire", related_name="actions", blank=True
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["semaine", "position", "pk"]
        constraints = [models.UniqueConstraint(name="action_slug", fields=["semaine", "slug"])]

    def __str__(self) -> str:
        return self.title


class ActionPorteur(models.Model):
    """A carrier of an action, in the order given."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="portages")
    porteur = models.ForeignKey(Porteur, on_delete=models.PROTECT, related_name="portages")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="portage_once", fields=["action", "porteur"])]

    def __str__(self) -> str:
        return str(self.porteur)


class ActionPartenaire(models.Model):
    """A partner of an action, in the order given."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="participations")
    partenaire = models.ForeignKey(Partenaire, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="action_partenaire_once", fields=["action", "partenaire"])
        ]

    def __str__(self) -> str:
        return str(self.partenaire)


class Lien(models.Model):
    """A link of an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="liens")
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="lien_position", fields=["action", "position"])]

    def __str__(self) -> str:
        return self.label or self.url
