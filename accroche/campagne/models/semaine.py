"""Semaines: what each académie reports of its own, its partners and its figures."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accroche.annuaire.models import Academie, AvecNiveaux
from accroche.campagne.models.edition import Axe, Edition
from accroche.campagne.models.origine import AvecOrigine
from accroche.campagne.regles import (
    MENTOR_LIMIT,
    Alliances,
    Appel,
    Charge,
    Indicateur,
    Obstacle,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypePartenaire,
)
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right
from accroche.lib.chiffres import Chiffre as ValeurChiffre
from accroche.lib.chiffres import Kind
from accroche.lib.dates import Window

WITH_VALUE = [Kind.EXACT, Kind.ABOUT, Kind.MORE_THAN, Kind.AT_LEAST]


class Partenaire(models.Model):
    """An organisation outside the school that takes part."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True, choices=[(k, k.value) for k in TypePartenaire])
    internal = models.BooleanField(default=False)

    class Meta:
        ordering = [alphabetical("name"), "pk"]
        constraints = [
            # the same name may be filed under two kinds by two académies: both stay true to their source
            models.UniqueConstraint(name="partenaire_once", fields=["name", "kind", "internal"]),
        ]

    def __str__(self) -> str:
        return self.name


class SemaineQuerySet(models.QuerySet["Semaine"]):
    """Semaines; who may write one is decided by its académie."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those where ``right`` holds; nobody writes what is told of a closed edition."""
        found = self.filter(access.q(right, Lookups(academie="academie")))
        return found.filter(edition__closed_at=None) if right is Right.EDIT_SEMAINE else found


_FromQuerySet = models.Manager.from_queryset(SemaineQuerySet)


class SemaineManager(_FromQuerySet["Semaine"]):
    """Semaines that are there; one that only holds drafts nobody may read is nobody's to see either."""

    def get_queryset(self) -> SemaineQuerySet:
        """Leave out what was only begun."""
        return SemaineQuerySet(self.model, using=self._db).filter(begun=False)


class Semaine(AvecOrigine, AvecNiveaux):
    """One académie's week in an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="semaines")
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="semaines")
    status = models.CharField(max_length=20, choices=[(s, s.value) for s in StatutSemaine])
    ordinal = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    themes = models.JSONField(default=list, blank=True)
    # codes of the levels that nobody can tell: a box of an old report that could not be read
    levels_unknown = models.JSONField(default=list, blank=True)
    pilot = models.CharField(max_length=200, blank=True)
    sponsor = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    committee = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    partners_narrative = models.TextField(blank=True)
    examples_note = models.TextField(blank=True)
    alliances = models.CharField(max_length=20, blank=True, choices=[(a, a.value) for a in Alliances if a])
    portage = models.CharField(max_length=20, blank=True, choices=[(p, p.value) for p in Portage if p])
    appel = models.CharField(max_length=20, blank=True, choices=[(a, a.value) for a in Appel if a])
    # names, as the académie says them, and only when certain ones were called
    bassins = models.JSONField(default=list, blank=True)
    # between the académie and the national bureau: nothing public is made of these (``champs.ENTRE_NOUS``)
    obstacle = models.CharField(max_length=20, blank=True, choices=[(o, o.value) for o in Obstacle if o])
    obstacle_text = models.TextField(blank=True)
    help_asked = models.BooleanField(null=True, blank=True)
    help_text = models.TextField(blank=True)
    # days of work, all persons together
    staff_days = models.PositiveIntegerField(null=True, blank=True)
    staff_strain = models.CharField(max_length=20, blank=True, choices=[(c, c.value) for c in Charge if c])
    mentor_offer = models.PositiveSmallIntegerField(null=True, blank=True)
    # who signed that it has no data, when, and on whose word; which person signed, its journal tells
    absence_by = models.CharField(max_length=20, blank=True, choices=[(s, s.value) for s in Signataire if s])
    absence_on = models.DateField(null=True, blank=True)
    absence_word = models.TextField(blank=True)
    # counts the writes made on the site: who read an older one is told instead of overwriting
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)
    partenaires = models.ManyToManyField(
        Partenaire, through="SemainePartenaire", related_name="semaines", blank=True
    )

    # made for visitors’ drafts under unconfirmed addresses: it appears with the first sheet that may be read
    begun = models.BooleanField(default=False, editable=False)

    objects = SemaineManager()
    #: With those that were only begun: for who makes one appear.
    with_begun = SemaineQuerySet.as_manager()

    class Meta:
        ordering = ["academie__slug"]
        constraints = [
            models.UniqueConstraint(name="semaine_once", fields=["edition", "academie"]),
            models.CheckConstraint(
                name="semaine_ordinal_from_one", condition=Q(ordinal=None) | Q(ordinal__gte=1)
            ),
            models.CheckConstraint(
                name="semaine_absence_signed_whole",
                condition=Q(absence_by="", absence_on=None, absence_word="")
                | (~Q(absence_by="") & Q(absence_on__isnull=False) & ~Q(absence_word="")),
            ),
            models.CheckConstraint(
                name="semaine_mentor_offer_few",
                condition=Q(mentor_offer=None) | Q(mentor_offer__lte=MENTOR_LIMIT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academie} {self.edition}"

    def appear(self) -> None:
        """Be there for everybody from now on; again, do nothing."""
        Semaine.with_begun.filter(pk=self.pk, begun=True).update(begun=False)

    def may(self, access: Access, right: Right) -> bool:
        """Whether ``right`` holds on it; nobody writes what is told of a closed edition."""
        if right is Right.EDIT_SEMAINE and self.edition.is_closed:
            return False
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
    role = models.CharField(max_length=20, blank=True, choices=[(r, r.value) for r in RoleSemaine if r])
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
