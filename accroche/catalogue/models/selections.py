"""Selections: some sheets under a name, chosen by a filter or one by one."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Which selections who sees."""

    def published(self) -> Self:
        """Those that everybody reads."""
        return self.filter(published=True)

    def kept_by(self, access: Access) -> Self:
        """Those that a person writes: the bureau its own, moderators those of their académie."""
        mine = access.q(Right.MODERATE, Lookups(academie="academie")) & Q(academie__isnull=False)
        if access.has(Right.STEER):
            mine |= Q(academie__isnull=True)
        return self.filter(mine)


class Selection(models.Model):
    """Some published sheets under a name: live, the filter is asked each time; frozen, they are listed.

    ``academie``: whose moderators keep it; None: the national bureau. ``criteres``: the filter, as
    ``Criteres.canonical`` writes it. ``version`` counts what changed, so that nobody writes over another.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    introduction = models.TextField(blank=True)
    academie = models.ForeignKey(Academie, models.PROTECT, null=True, blank=True, related_name="selections")
    criteres = models.TextField(blank=True)
    frozen = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        ordering = [alphabetical("name"), "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where everybody reads it once it is published."""
        return reverse("catalogue:selection", args=[self.slug])

    def may(self, access: Access) -> bool:
        """Whether a person writes it."""
        return may_keep(access, self.academie_id)


class FicheRetenue(models.Model):
    """A sheet of a frozen selection, in its place."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="retenues")
    action = models.ForeignKey(Action, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "action"], name="a_sheet_once_in_a_selection"),
        ]

    def __str__(self) -> str:
        return f"{self.selection} : {self.action}"


def may_keep(access: Access, academie: int | None) -> bool:
    """Whether a person keeps the selections of an académie, by its number; None: those of the bureau."""
    if academie is None:
        return access.has(Right.STEER)
    return access.allows(Right.MODERATE, Place(academie=academie))
