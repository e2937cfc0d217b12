"""Territories and the organisations that carry actions: reference data."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accroche.annuaire.regles import Mouvement, Niveau, Precision, Secteur, TypePorteur
from accroche.commun.tri import alphabetical
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
    # the office that follows the semaine: what people answer to our mails goes there
    courriel = models.EmailField(max_length=254, blank=True)

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


class Bassin(models.Model):
    """A bassin d'éducation et de formation: a part of an académie, above its schools."""

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="bassins")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = [alphabetical("name"), "pk"]
        constraints = [models.UniqueConstraint(name="bassin_code", fields=["academie", "code"])]

    def __str__(self) -> str:
        return self.name


class Circonscription(models.Model):
    """A circonscription du premier degré: the écoles one inspector follows."""

    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="circonscriptions")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = [alphabetical("name"), "pk"]

    def __str__(self) -> str:
        return self.name


def on_earth(name: str) -> models.CheckConstraint:
    """Refuse a position that is incomplete or not WGS 84 degrees."""
    return models.CheckConstraint(
        name=name,
        condition=Q(latitude=None, longitude=None)
        # a check passes on unknown: half a position has to be refused by name
        | Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
    )


class EtablissementQuerySet(models.QuerySet["Etablissement"]):
    """Schools of the directory."""

    def open_on(self, day: dt.date) -> Self:
        """Keep those that were open on ``day``; an unknown opening counts as long ago."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day)).filter(
            Q(closed_on=None) | Q(closed_on__gt=day)
        )

    def of_academie(self, academie: Academie) -> Self:
        """Keep those of an académie, of today or of an old edition: a département decides."""
        return self.filter(departement__academies=academie)


class Etablissement(models.Model):
    """A school of the official directory, identified by its UAI.

    Which académie it belongs to follows from its département and the day (:meth:`academie_on`).
    Positions are WGS 84 degrees, of the school itself or of its commune (``precision``).
    """

    uai = models.CharField(max_length=8, unique=True, validators=[validate_uai])
    kind = models.CharField(max_length=20, choices=[(kind, kind.label) for kind in TypePorteur])
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=10, blank=True, choices=[(s, s.value) for s in Secteur])
    commune = models.CharField(max_length=100)
    insee = models.CharField(max_length=5, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="etablissements")
    bassin = models.ForeignKey(
        Bassin, on_delete=models.PROTECT, related_name="etablissements", null=True, blank=True
    )
    circonscription = models.ForeignKey(
        Circonscription, on_delete=models.PROTECT, related_name="etablissements", null=True, blank=True
    )
    # the school's own mailbox, as the directory publishes it
    email = models.EmailField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=20, blank=True, choices=[(p, p.value) for p in Precision])
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = EtablissementQuerySet.as_manager()

    class Meta:
        ordering = ["uai"]
        constraints = [on_earth("etablissement_on_earth")]
        indexes = [
            # counted by place and kind on a day, by the index alone: the cockpit does at each page
            models.Index(
                name="etablissement_counted",
                fields=["departement", "kind", "bassin", "opened_on", "closed_on"],
            ),
            # the page of a commune
            models.Index(name="etablissement_insee", fields=["insee"]),
            models.Index(name="etablissement_commune", fields=["commune", "insee"]),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name

    def has_closed(self, day: dt.date) -> bool:
        """Whether it was no more on ``day``."""
        return self.closed_on is not None and self.closed_on <= day

    def academie_on(self, day: dt.date) -> Academie | None:
        """The académie it belonged to on ``day``; None where no académie held its département."""
        return Academie.objects.valid_on(day).filter(departements=self.departement_id).first()


class NomEtablissement(models.Model):
    """A name a school had before: people still look for it."""

    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="anciens_noms")
    name = models.CharField(max_length=200)
    replaced_on = models.DateField()

    class Meta:
        ordering = ["-replaced_on", alphabetical("name")]
        constraints = [models.UniqueConstraint(name="ancien_nom_once", fields=["etablissement", "name"])]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A school that is no more, by its UAI, and the one that took its place.

    No constraint binds the UAI: directories leave out the schools that closed before.
    """

    uai = models.CharField(max_length=8, unique=True, validators=[validate_uai])
    successeur = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="predecesseurs")
    since = models.DateField()

    class Meta:
        ordering = ["uai"]

    def __str__(self) -> str:
        return f"{self.uai}: {self.successeur_id}"


class HistoriqueEtablissement(models.Model):
    """What an import of the directory changed about a school: ``{field: [before, after]}``."""

    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="historique")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=[(m, m.value) for m in Mouvement])
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.etablissement_id}: {self.kind}"


class ReponseReconnaissance(models.Model):
    """What a person answered about a mention: this school, or none of the directory.

    ``kind``: the organisation that it is instead, when that was said; such an answer holds for all communes.
    ``mention`` and ``commune`` are kept as they are compared (:func:`appariement.answer_key`), so that
    another spelling of the same words finds the answer.
    """

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    mention = models.CharField(max_length=300)
    commune = models.CharField(max_length=150, blank=True)
    etablissement = models.ForeignKey(
        Etablissement, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    kind = models.CharField(
        max_length=20, blank=True, choices=[(kind, kind.label) for kind in TypePorteur if not kind.level]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="reponse_once_per_mention", fields=["academie", "mention", "commune"]
            ),
            models.CheckConstraint(
                name="reponse_school_or_organisation", condition=Q(etablissement=None) | Q(kind="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention}: {self.etablissement_id or 'aucun'}"


class Porteur(models.Model):
    """An organisation that carries actions: a school, a CIO, a DSDEN, a chamber.

    A carrier belongs to an académie of its time; a school recognised in the directory points to it.
    Positions are WGS 84 degrees, of the school itself or of its commune.
    """

    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="porteurs")
    kind = models.CharField(max_length=20, choices=[(kind, kind.label) for kind in TypePorteur])
    name = models.CharField(max_length=200)
    commune = models.CharField(max_length=100, blank=True)
    insee = models.CharField(max_length=5, blank=True)
    # The UAI itself, and no constraint: a report may name a school before the directory is there.
    etablissement = models.OneToOneField(
        Etablissement,
        to_field="uai",
        db_column="uai",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="porteur",
        null=True,
        blank=True,
        validators=[validate_uai],
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = [alphabetical("name"), alphabetical("commune"), "pk"]
        constraints = [
            # two schools may share name and commune; a mention without UAI is known by nothing else
            models.UniqueConstraint(
                name="porteur_mention_once_per_academie",
                fields=["academie", "kind", "name", "commune"],
                condition=Q(etablissement=None),
            ),
            on_earth("porteur_on_earth"),
        ]
        indexes = [models.Index(name="porteur_insee", fields=["insee"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name

    @property
    def kind_words(self) -> str:
        """Its kind, as people read it."""
        return TypePorteur(self.kind).label

    @property
    def school(self) -> Etablissement | None:
        """Its school; None for a carrier that is none, or that the directory does not hold yet."""
        try:
            return self.etablissement
        except Etablissement.DoesNotExist:
            return None

    @property
    def uai(self) -> str | None:
        """The school's UAI, in the directory or not; None for a carrier not recognised as a school."""
        return self.etablissement_id

    @uai.setter
    def uai(self, value: str | None) -> None:
        self.etablissement_id = value


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
