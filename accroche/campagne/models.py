"""Editions and their semaines: what the académies report each year."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from accroche.annuaire.models import Academie, AvecNiveaux
from accroche.campagne.regles import (
    Indicateur,
    SectionTexte,
    StatutSemaine,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
    TypeTutorat,
)
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right
from accroche.lib.chiffres import Chiffre as ValeurChiffre
from accroche.lib.chiffres import Kind
from accroche.lib.dates import Window

WITH_VALUE = [Kind.EXACT, Kind.ABOUT, Kind.MORE_THAN, Kind.AT_LEAST]


class AvecOrigine(models.Model):
    """Remembers what was last loaded, and from which kind of source.

    A later load can so tell what people have changed since, and leave it alone.
    """

    loaded_from = models.CharField(max_length=20, blank=True)
    loaded_facts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions; the public sees those that are published."""

    def published(self) -> Self:
        """Keep the editions the public may see."""
        return self.filter(published_at__isnull=False)

    def reported(self) -> Self:
        """Keep those at least one académie has reported on: a running edition has no synthesis to read."""
        told = Semaine.objects.filter(edition=models.OuterRef("pk"), status=StatutSemaine.REPORTED)
        return self.filter(models.Exists(told))

    def declaring_on(self, day: dt.date) -> Self:
        """Keep the editions in which schools may declare on ``day``."""
        return self.published().filter(declaration_opens__lte=day, declaration_closes__gte=day)


class Edition(AvecOrigine):
    """A school year's national campaign."""

    year = models.CharField(max_length=9, unique=True)
    title = models.CharField(max_length=200)
    notes = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # the days on which schools declare here; None for an edition told by a report
    declaration_opens = models.DateField(null=True, blank=True)
    declaration_closes = models.DateField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="edition_declaration_in_order",
                condition=Q(declaration_opens=None, declaration_closes=None)
                | Q(declaration_opens__isnull=False, declaration_closes__gte=F("declaration_opens")),
            )
        ]

    def __str__(self) -> str:
        return self.year

    @property
    def is_census(self) -> bool:
        """Whether its actions are declared here, so that counting them gives its figures."""
        return self.declaration_opens is not None

    def is_declaring_on(self, day: dt.date) -> bool:
        """Whether schools may declare on ``day``."""
        opens, closes = self.declaration_opens, self.declaration_closes
        return opens is not None and closes is not None and opens <= day <= closes


class Texte(models.Model):
    """A national text of an edition: a passage of its introduction or a perspective."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="textes")
    section = models.CharField(max_length=20, choices=[(s, s.value) for s in SectionTexte])
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(name="texte_position", fields=["edition", "section", "position"])
        ]

    def __str__(self) -> str:
        return self.title


class Axe(models.Model):
    """An axis of work in the national catalogue of one edition (an old edition keeps its own)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="axes")
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="axe_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.label


class Objectif(models.Model):
    """An objective of the national grid, and what the edition shows about it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="objectifs")
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    conclusion = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="objectif_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.label


class CitationObjectif(models.Model):
    """An académie cited as an example under an objective."""

    objectif = models.ForeignKey(Objectif, on_delete=models.CASCADE, related_name="citations")
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="citation_once", fields=["objectif", "academie"]),
        ]

    def __str__(self) -> str:
        return str(self.academie)


class Tutorat(models.Model):
    """A group of académies proposed for support before the next edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tutorats")
    kind = models.CharField(max_length=20, choices=[(k, k.value) for k in TypeTutorat])
    reason = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    academies = models.ManyToManyField(Academie, through="TutoratAcademie", related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="tutorat_position", fields=["edition", "position"])]

    def __str__(self) -> str:
        return f"{self.kind} ({self.edition})"


class TutoratAcademie(models.Model):
    """One académie of a support group, in the order of the report."""

    tutorat = models.ForeignKey(Tutorat, on_delete=models.CASCADE, related_name="places")
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="tutorat_once", fields=["tutorat", "academie"])]

    def __str__(self) -> str:
        return str(self.academie)


class Partenaire(models.Model):
    """An organisation outside the school that takes part."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True, choices=[(k, k.value) for k in TypePartenaire])
    internal = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            # the same name may be filed under two kinds by two académies: both stay true to their source
            models.UniqueConstraint(name="partenaire_once", fields=["name", "kind", "internal"]),
        ]

    def __str__(self) -> str:
        return self.name


class SemaineQuerySet(models.QuerySet["Semaine"]):
    """Semaines; who may write one is decided by its académie."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those where ``right`` holds."""
        return self.filter(access.q(right, Lookups(academie="academie")))


class Semaine(AvecOrigine, AvecNiveaux):
    """One académie's week in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="semaines")
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="semaines")
    status = models.CharField(max_length=20, choices=[(s, s.value) for s in StatutSemaine])
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    themes = models.JSONField(default=list, blank=True)
    pilot = models.CharField(max_length=200, blank=True)
    sponsor = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    committee = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    partners_narrative = models.TextField(blank=True)
    examples_note = models.TextField(blank=True)
    # counts the writes made on the site: who read an older one is told instead of overwriting
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)
    partenaires = models.ManyToManyField(
        Partenaire, through="SemainePartenaire", related_name="semaines", blank=True
    )

    objects = SemaineQuerySet.as_manager()

    class Meta:
        ordering = ["academie__slug"]
        constraints = [
            models.UniqueConstraint(name="semaine_once", fields=["edition", "academie"]),
            models.CheckConstraint(
                name="semaine_ordinal_from_one", condition=Q(ordinal=None) | Q(ordinal__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academie} {self.edition}"

    def may(self, access: Access, right: Right) -> bool:
        """Whether ``right`` holds on it."""
        return access.allows(right, Place(academie=self.academie_id))

    @property
    def is_available(self) -> bool:
        """Whether the académie reported."""
        return self.status == StatutSemaine.REPORTED

    @property
    def windows(self) -> tuple[Window, ...]:
        """When it takes place; asks nothing of the database when its windows are prefetched."""
        return tuple((window.starts, window.ends) for window in self.fenetres.all())

    def figures(self, indicateur: Indicateur) -> tuple[ValeurChiffre, ...]:
        """What it answered to one question; asks nothing when its figures are prefetched."""
        return tuple(c.as_value() for c in self.chiffres.all() if c.indicateur == indicateur)


class SemainePartenaire(models.Model):
    """A partner of a semaine, in the order of the report."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="participations")
    partenaire = models.ForeignKey(Partenaire, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="semaine_partenaire_once", fields=["semaine", "partenaire"])
        ]

    def __str__(self) -> str:
        return str(self.partenaire)


class Fenetre(models.Model):
    """A date window of a semaine; both days belong to it."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="fenetres")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(name="fenetre_once", fields=["semaine", "starts"]),
            models.CheckConstraint(name="fenetre_in_order", condition=Q(ends__gte=F("starts"))),
        ]

    def __str__(self) -> str:
        return f"{self.starts} – {self.ends}"


class Chiffre(models.Model):
    """A figure of a semaine as the académie gives it; never zero for « N.C. »."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="chiffres")
    indicateur = models.CharField(max_length=20, choices=[(i, i.value) for i in Indicateur])
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(k, k.value) for k in Kind])
    value = models.PositiveIntegerField(null=True, blank=True)
    perimeter = models.TextField(blank=True)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    additive = models.BooleanField(default=True)

    class Meta:
        ordering = ["indicateur", "position"]
        constraints = [
            models.UniqueConstraint(name="chiffre_position", fields=["semaine", "indicateur", "position"]),
            models.CheckConstraint(
                name="chiffre_value_fits_kind",
                condition=Q(kind__in=WITH_VALUE, value__isnull=False)
                | (~Q(kind__in=WITH_VALUE) & Q(value=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicateur}: {self.kind} {self.value}"

    def as_value(self) -> ValeurChiffre:
        """Return the pure value, for printing and adding up."""
        return ValeurChiffre(
            kind=Kind(self.kind),
            value=self.value,
            perimeter=self.perimeter,
            note=self.note,
            source=self.source,
            additive=self.additive,
        )


class AxeRetenu(models.Model):
    """An axis a semaine keeps for the next edition."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="axes_retenus")
    # restricted, not protected: an edition goes with its catalogue and its semaines
    axe = models.ForeignKey(Axe, on_delete=models.RESTRICT, related_name="retenus")
    detail = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="axe_retenu_once", fields=["semaine", "axe"])]

    def __str__(self) -> str:
        return str(self.axe)


class TempsFort(models.Model):
    """A dated event of a semaine; days stay empty when nobody gave them."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="temps_forts")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in TypeTempsFort])
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

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
    """A document or medium a semaine produced."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="ressources")
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in TypeRessource])
    url = models.URLField(max_length=500, blank=True)
    published = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="ressource_position", fields=["semaine", "position"])]

    def __str__(self) -> str:
        return self.title
