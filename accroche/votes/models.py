"""The journée de l'innovation: a jury's marks and one public vote per confirmed person."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accroche.actions.models.action import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right
from accroche.votes.scrutin import Phase, phase_of


class ScrutinQuerySet(models.QuerySet["Scrutin"]):
    """Votes; the public sees those of published editions."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those where ``right`` holds; a national one belongs to who holds it everywhere."""
        return self.filter(access.q(right, Lookups(academie="academie")))

    def published(self) -> Self:
        """Keep what the public may see."""
        return self.filter(edition__published_at__isnull=False)


class Scrutin(models.Model):
    """A vote on an edition's actions, of one académie or national; results stay hidden until published."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="scrutins")
    academie = models.ForeignKey(
        Academie, on_delete=models.PROTECT, related_name="scrutins", null=True, blank=True
    )
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    presentation = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    results_published_at = models.DateTimeField(null=True, blank=True)
    jury = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="scrutins", blank=True)

    objects = ScrutinQuerySet.as_manager()

    class Meta:
        db_table = "actions_scrutin"
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(name="scrutin_in_order", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="scrutin_results_after_close",
                condition=Q(results_published_at=None) | Q(results_published_at__gte=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def phase(self, at: dt.datetime) -> Phase:
        """Where it stands."""
        return phase_of(self.opens_at, self.closes_at, self.results_published_at, at)

    def may(self, access: Access, right: Right) -> bool:
        """Whether ``right`` holds here."""
        return access.allows(right, Place(academie=self.academie_id))


class Candidature(models.Model):
    """An action proposed to a vote; ``prize``: what it won, once the results are published."""

    scrutin = models.ForeignKey(Scrutin, on_delete=models.CASCADE, related_name="candidatures")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="candidatures")
    position = models.PositiveSmallIntegerField()
    prize = models.CharField(max_length=200, blank=True)
    # how many jurors left it out, written down with the results
    excluded = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "actions_candidature"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="candidature_once", fields=["scrutin", "action"])]

    def __str__(self) -> str:
        return str(self.action)


class Bulletin(models.Model):
    """One confirmed person's vote. The address is kept as a keyed hash: nobody can read who voted what."""

    scrutin = models.ForeignKey(Scrutin, on_delete=models.CASCADE, related_name="bulletins")
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="bulletins")
    voter = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    cast_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "actions_bulletin"
        ordering = ["cast_at", "pk"]
        constraints = [
            # as many mails as a forgetful person asks for, one counted vote
            models.UniqueConstraint(
                name="bulletin_confirmed_once",
                fields=["scrutin", "voter"],
                condition=Q(confirmed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scrutin_id}: {self.candidature_id}"


class Note(models.Model):
    """A jury member's mark, from 0 to 20, and why."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="notes")
    juror = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "actions_note"
        ordering = ["candidature", "juror"]
        constraints = [
            models.UniqueConstraint(name="note_once", fields=["candidature", "juror"]),
            models.CheckConstraint(name="note_on_twenty", condition=Q(mark__lte=20)),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id}: {self.mark}"
