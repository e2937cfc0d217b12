"""Territories and the organisations that carry actions: reference data."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.lib import uai


def validate_uai(value: str) -> None:
    """Refuse a UAI whose check letter does not follow from its digits."""
    try:
        uai.parse(value)
    except uai.UaiError as error:
        raise ValidationError(str(error)) from error


class AcademieQuerySet(models.QuerySet["Academie"]):
    """Académies, which change over time."""

    def valid_on(self, day: dt.date) -> Self:
        """Keep those that existed on ``day``."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))


class Academie(models.Model):
    """A regional education authority, with the period in which it exists and who succeeds it."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60, unique=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    objects = AcademieQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="academie_period_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Departement(models.Model):
    """A département, and the académies it has belonged to."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=60)
    academies = models.ManyToManyField(Academie, related_name="departements")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Porteur(models.Model):
    """An organisation that carries actions: a school (with its UAI), a CIO, a DSDEN, a chamber.

    Positions are WGS 84 degrees, of the school itself or of its commune.
    """

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="porteurs")
    kind = models.CharField(max_length=20, choices=[(kind, kind.label) for kind in TypePorteur])
    name = models.CharField(max_length=200)
    commune = models.CharField(max_length=100, blank=True)
    insee = models.CharField(max_length=5, blank=True)
    uai = models.CharField(max_length=8, null=True, blank=True, unique=True, validators=[validate_uai])
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["name", "commune", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="porteur_once_per_academie", fields=["academie", "kind", "name", "commune"]
            ),
            models.CheckConstraint(
                name="porteur_on_earth",
                condition=Q(latitude=None, longitude=None)
                # a check passes on unknown: half a position has to be refused by name
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name


class AvecNiveaux(models.Model):
    """Four tick boxes: which teaching levels something concerns."""

    premier_degre = models.BooleanField(default=False)
    college = models.BooleanField(default=False)
    lycee = models.BooleanField(default=False)
    lycee_professionnel = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def levels(self) -> tuple[Niveau, ...]:
        """The ticked levels, from the youngest pupils up."""
        return tuple(level for level in Niveau if getattr(self, level.value))

    def set_levels(self, levels: frozenset[Niveau] | tuple[Niveau, ...]) -> None:
        """Tick exactly ``levels``; the caller saves."""
        for level in Niveau:
            setattr(self, level.value, level in levels)
