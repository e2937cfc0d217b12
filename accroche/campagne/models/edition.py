"""Editions, and what they say of the whole country."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from accroche.annuaire.models import Academie
from accroche.campagne.axes import AxeNational
from accroche.campagne.models.origine import AvecOrigine
from accroche.campagne.regles import SectionTexte, StatutSemaine, TypeTutorat
from accroche.campagne.vie import EtatEdition, Jours, TypeEcheance, etat_of


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions; the public sees those that are published."""

    def published(self) -> Self:
        """Keep the editions the public may see."""
        return self.filter(published_at__isnull=False)

    def reported(self) -> Self:
        """Keep those at least one académie has reported on: a running edition has no synthesis to read."""
        told = Edition.objects.filter(pk=models.OuterRef("pk"), semaines__status=StatutSemaine.REPORTED)
        return self.filter(models.Exists(told))

    def declaring_on(self, day: dt.date) -> Self:
        """Keep the editions in which schools may declare on ``day``."""
        return self.published().filter(declaration_opens__lte=day, declaration_closes__gte=day)

    def current_on(self, day: dt.date) -> Edition | None:
        """The latest that is not still in preparation on ``day``; one in preparation only when alone."""
        latest = self.order_by("-year")
        return latest.exclude(declaration_opens__gt=day).first() or latest.first()


class Edition(AvecOrigine):
    """A school year's national campaign."""

    year = models.CharField(max_length=9, unique=True)
    title = models.CharField(max_length=200)
    notes = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # the days on which schools declare here; None for an edition told by a report
    declaration_opens = models.DateField(null=True, blank=True)
    declaration_closes = models.DateField(null=True, blank=True)
    # nothing is told of it any more; then put away
    closed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="edition_declaration_in_order",
                condition=Q(declaration_opens=None, declaration_closes=None)
                | Q(declaration_opens__isnull=False, declaration_closes__gte=F("declaration_opens")),
            ),
            models.CheckConstraint(
                name="edition_archived_once_closed",
                condition=Q(archived_at=None) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.year

    @property
    def is_counted(self) -> bool:
        """Whether its actions are declared here, so that counting them gives its figures."""
        return self.declaration_opens is not None

    @property
    def is_closed(self) -> bool:
        """Whether académies no longer write what they tell of it."""
        return self.closed_at is not None

    def is_declaring_on(self, day: dt.date) -> bool:
        """Whether schools may declare on ``day``."""
        opens, closes = self.declaration_opens, self.declaration_closes
        return opens is not None and closes is not None and opens <= day <= closes

    def etat_on(self, day: dt.date) -> EtatEdition:
        """Where it stands on ``day``."""
        jours = Jours(
            self.declaration_opens, self.declaration_closes, self.is_closed, self.archived_at is not None
        )
        return etat_of(jours, day)


class Echeance(models.Model):
    """A deadline of an edition's calendar, set by the bureau."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="echeances")
    kind = models.CharField(max_length=20, choices=[(k, k.value) for k in TypeEcheance])
    day = models.DateField()

    class Meta:
        ordering = ["day", "kind"]
        constraints = [models.UniqueConstraint(name="echeance_once", fields=["edition", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class Texte(models.Model):
    """A national text of an edition: a passage of its introduction, a key message, a perspective.

    ``text`` is rich (``lib.redige``). Messages and the preamble of the grid have no title; who acts and by
    when is said of perspectives.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="textes")
    section = models.CharField(max_length=20, choices=[(s, s.value) for s in SectionTexte])
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    acteur = models.CharField(max_length=200, blank=True)
    echeance = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(name="texte_position", fields=["edition", "section", "position"])
        ]

    def __str__(self) -> str:
        return self.title or self.section


class Mentions(models.Model):
    """The imprint of an edition's synthesis."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="mentions")
    ministere = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    credits = models.TextField(blank=True)
    couverture = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["edition"]

    def __str__(self) -> str:
        return f"{self.ministere} ({self.edition})"


class Axe(models.Model):
    """An axis of work in the national catalogue of one edition (an old edition keeps its own)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="axes")
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    # what it asks for, and what to try, a sentence each
    text = models.TextField(blank=True)
    pistes = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="axe_code", fields=["edition", "code"])]

    def __str__(self) -> str:
        return self.label

    def as_told(self) -> AxeNational:
        """Return it as plain data."""
        return AxeNational(self.code, self.label, self.text, tuple(self.pistes))


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
