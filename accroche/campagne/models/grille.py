"""The national self-evaluation grid: its versions, and which of them an edition uses."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accroche.campagne.grille import (
    CODE_LENGTH,
    CRITERE_CODE_LENGTH,
    LABEL_LENGTH,
    MOST_WEIGHT,
    PREAMBLE_LENGTH,
)
from accroche.campagne.models.edition import Edition
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


class GrilleQuerySet(models.QuerySet["Grille"]):
    """Versions of the grid."""

    def visible_to(self, access: Access) -> Self:
        """Keep those one may read: the bureau all, an académie those that an edition uses or used."""
        if access.has(Right.STEER):
            return self
        return self.filter(frozen_at__isnull=False) if access.has(Right.SEE_STEERING) else self.none()

    def complete(self) -> Self:
        """Bring along all that a version says, in a fixed number of queries."""
        return self.select_related("previous").prefetch_related(
            "objectifs__criteres__correspondances__ancien",
            "previous__objectifs__criteres",
            "editions__edition",
        )


class Grille(models.Model):
    """One version of the grid; once an edition uses it, it is frozen and never written again."""

    code = models.SlugField(max_length=CODE_LENGTH, unique=True)
    name = models.CharField(max_length=LABEL_LENGTH)
    preamble = models.TextField(max_length=PREAMBLE_LENGTH, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = GrilleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class GrilleObjectif(models.Model):
    """One objective of a version."""

    grille = models.ForeignKey(Grille, on_delete=models.CASCADE, related_name="objectifs")
    code = models.CharField(max_length=CODE_LENGTH)
    label = models.CharField(max_length=LABEL_LENGTH)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="grille_objectif_code", fields=["grille", "code"])]

    def __str__(self) -> str:
        return self.label


class Critere(models.Model):
    """One criterion: five levels in words, what it is judged on, and the axis a low level proposes.

    ``evidence``: codes of ``campagne/preuves.py``; ``levels``: five texts, the lowest first.
    """

    objectif = models.ForeignKey(GrilleObjectif, on_delete=models.CASCADE, related_name="criteres")
    code = models.CharField(max_length=CRITERE_CODE_LENGTH)
    title = models.CharField(max_length=LABEL_LENGTH)
    axe = models.CharField(max_length=30)
    weight = models.PositiveSmallIntegerField(default=1)
    evidence = models.JSONField(default=list, blank=True)
    levels = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["objectif__position", "position"]
        constraints = [
            models.UniqueConstraint(name="critere_code", fields=["objectif", "code"]),
            models.CheckConstraint(
                name="critere_weight", condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Correspondance(models.Model):
    """A criterion comes from one of the version before."""

    critere = models.ForeignKey(Critere, on_delete=models.CASCADE, related_name="correspondances")
    ancien = models.ForeignKey(Critere, on_delete=models.PROTECT, related_name="suites")

    class Meta:
        ordering = ["ancien__objectif__position", "ancien__position"]
        constraints = [
            models.UniqueConstraint(name="correspondance_once", fields=["critere", "ancien"]),
        ]

    def __str__(self) -> str:
        return f"{self.ancien} → {self.critere}"


class GrilleEdition(models.Model):
    """The version an edition uses; ``due_on``: the last day to fill it, ``answered_at``: when it was begun.

    Until somebody has begun to answer, another version may still take its place.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="grille_edition")
    grille = models.ForeignKey(Grille, on_delete=models.PROTECT, related_name="editions")
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-edition__year"]

    def __str__(self) -> str:
        return f"{self.grille}, {self.edition}"
