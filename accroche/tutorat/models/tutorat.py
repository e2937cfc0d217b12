"""Tutoring: what the bureau decided of a proposal, the pairs, their plan, their contacts and their end."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right
from accroche.tutorat.binome import OPEN, Cote, EtatBinome, MotifSortie, ReponseContact, Utilite

_OPEN = sorted(OPEN)
#: The bureau offers to accompany, and nobody more than three.
MOST = 3


class PropositionTutorat(models.Model):
    """What the bureau decides about an edition's pairs: who confirms an older ``version`` is told."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="proposition_tutorat")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.edition}, {self.version}"


class ContrainteBinome(models.Model):
    """A pair the bureau pinned or excluded; without ``mentor``, the bureau itself."""

    class Kind(models.TextChoices):
        """What is asked of the pair."""

        PIN = "pin", "Imposé"
        EXCLUDE = "exclude", "Exclu"

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="contraintes_binomes")
    mentor = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    mentee = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["mentee__slug", "mentor__slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="contrainte_binome_one_pin", fields=["edition", "mentee"], condition=Q(kind="pin")
            ),
            models.UniqueConstraint(
                name="contrainte_binome_once",
                fields=["edition", "mentee", "mentor"],
                condition=Q(mentor__isnull=False),
            ),
            models.UniqueConstraint(
                name="contrainte_binome_bureau_once", fields=["edition", "mentee"], condition=Q(mentor=None)
            ),
            models.CheckConstraint(
                name="contrainte_binome_of_two", condition=Q(mentor=None) | ~Q(mentor=F("mentee"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mentor_id} {self.mentee_id}"


class ReglageTutorat(models.Model):
    """What the bureau set for one académie.

    How many it takes, and whether it is helped; None: as reckoned.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reglages_tutorat")
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    helped = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["academie__slug"]
        constraints = [
            models.UniqueConstraint(name="reglage_tutorat_once", fields=["edition", "academie"]),
            models.CheckConstraint(
                name="reglage_tutorat_at_most", condition=Q(capacity=None) | Q(capacity__lte=MOST)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academie}: {self.capacity}, {self.helped}"


class BinomeQuerySet(models.QuerySet["Binome"]):
    """Pairs; an académie sees its own alone."""

    def visible_to(self, access: Access) -> Self:
        """Keep those a person may read: on either side, or the whole country."""
        seen = access.q(Right.SEE_STEERING, Lookups(academie="mentor"))
        return self.filter(seen | access.q(Right.SEE_STEERING, Lookups(academie="mentee")))

    def open(self) -> Self:
        """Keep those that run, or wait for an answer."""
        return self.filter(state__in=_OPEN)


class Binome(models.Model):
    """One académie accompanied by another, or by the bureau (no ``mentor``), before the next edition.

    ``reasons``: why, as it was when the bureau confirmed it. ``moves`` counts what changed its state.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="binomes")
    mentor = models.ForeignKey(
        Academie, on_delete=models.PROTECT, related_name="binomes_mentor", null=True, blank=True
    )
    mentee = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="binomes_mentee")
    state = models.CharField(
        max_length=10, choices=[(one, one.label) for one in EtatBinome], default=EtatBinome.PROPOSED
    )
    reasons = models.JSONField(default=dict, blank=True)
    moves = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField()
    mentor_accepted_at = models.DateTimeField(null=True, blank=True)
    mentee_accepted_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    # since when it runs without a pause: what the rhythm of questions counts from
    running_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=10, blank=True, choices=[(one, one.label) for one in Cote])
    end_reason = models.CharField(
        max_length=20, blank=True, choices=[(one, one.label) for one in MotifSortie]
    )
    end_text = models.TextField(blank=True)

    objects = BinomeQuerySet.as_manager()

    class Meta:
        ordering = ["mentee__slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="binome_one_open_per_mentee",
                fields=["edition", "mentee"],
                condition=Q(state__in=_OPEN),
            ),
            # whoever worked together does not a second time: others have more to show
            models.UniqueConstraint(
                name="binome_never_repeated",
                fields=["mentor", "mentee"],
                condition=Q(mentor__isnull=False) & (Q(state__in=_OPEN) | Q(started_at__isnull=False)),
            ),
            models.CheckConstraint(name="binome_of_two", condition=Q(mentor=None) | ~Q(mentor=F("mentee"))),
            models.CheckConstraint(
                name="binome_runs_once_accepted",
                condition=~Q(state__in=["active", "paused"])
                | Q(
                    mentor_accepted_at__isnull=False,
                    mentee_accepted_at__isnull=False,
                    started_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_name} – {self.mentee}"

    @property
    def etat(self) -> EtatBinome:
        """Its state."""
        return EtatBinome(self.state)

    @property
    def mentor_name(self) -> str:
        """Who accompanies, as people read it."""
        return self.mentor.name if self.mentor else "le bureau national"

    @property
    def ended_by_words(self) -> str:
        """Who ended it, as people read it; empty while it lasts. Who accompanies may be the bureau itself."""
        if not self.ended_by:
            return ""
        side = Cote(self.ended_by)
        return (Cote.BUREAU if side is Cote.MENTOR and self.mentor is None else side).label

    @property
    def accepted(self) -> frozenset[Cote]:
        """The sides that accepted."""
        pairs = ((Cote.MENTOR, self.mentor_accepted_at), (Cote.MENTEE, self.mentee_accepted_at))
        return frozenset(side for side, at in pairs if at)

    def sides_of(self, access: Access) -> frozenset[Cote]:
        """The sides a person may act for."""
        found = {Cote.BUREAU} if access.allows(Right.STEER, Place()) else set()
        if access.allows(Right.EDIT_SEMAINE, Place(academie=self.mentee_id)):
            found.add(Cote.MENTEE)
        if self.mentor_id and access.allows(Right.EDIT_SEMAINE, Place(academie=self.mentor_id)):
            found.add(Cote.MENTOR)
        return frozenset(found)


class EtapeBinome(models.Model):
    """A step of a pair's plan; ``dropped_at``: the pair ended before it was done."""

    binome = models.ForeignKey(Binome, on_delete=models.CASCADE, related_name="etapes")
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            # the same step sent twice is one step
            models.UniqueConstraint(name="etape_binome_once", fields=["binome", "title"])
        ]

    def __str__(self) -> str:
        return self.title


class ContactBinome(models.Model):
    """« Avez-vous pu vous parler ? », asked on a day (``asked_on``), or told by a side unasked."""

    binome = models.ForeignKey(Binome, on_delete=models.CASCADE, related_name="contacts")
    asked_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=3, blank=True, choices=[(one, one.value) for one in ReponseContact])
    talked_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=10, blank=True, choices=[(one, one.label) for one in Cote])
    # the pair ended before anybody answered
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="contact_binome_once", fields=["binome", "asked_on"]),
            # what two tell of one day is one talk
            models.UniqueConstraint(
                name="contact_binome_told_once", fields=["binome", "talked_on"], condition=Q(asked_on=None)
            ),
            models.CheckConstraint(
                name="contact_binome_told",
                condition=Q(answer="", answered_at=None, talked_on=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.binome_id}, {self.asked_on or self.talked_on}"


class BilanBinome(models.Model):
    """What a side says of the accompaniment once it ended."""

    binome = models.ForeignKey(Binome, on_delete=models.CASCADE, related_name="bilans")
    side = models.CharField(max_length=10, choices=[(one, one.label) for one in Cote])
    useful = models.CharField(max_length=10, choices=[(one, one.label) for one in Utilite])
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    # counts the writes: who read an older one is told instead of overwriting
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["side"]
        constraints = [models.UniqueConstraint(name="bilan_binome_once", fields=["binome", "side"])]

    def __str__(self) -> str:
        return f"{self.binome_id}, {self.side}"
