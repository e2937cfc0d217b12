"""An académie's answers to the grid of its edition, and what it and the bureau say of them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accroche.campagne.models import Critere, Semaine
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation import COMMENT_LENGTH, TOP, EtatEvaluation, Relance, ReponseDite, Sans


def _person() -> models.ForeignKey[Any, Any]:
    """Who did something; what was done outlives their account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations; who may read one is decided by its académie."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those where ``right`` holds."""
        return self.filter(access.q(right, Lookups(academie="semaine__academie")))


class Evaluation(models.Model):
    """The evaluation of one semaine: made with its first answer.

    ``version`` counts what changed in it, so that one signs what one has read.
    """

    semaine = models.OneToOneField(Semaine, on_delete=models.CASCADE, related_name="evaluation")
    state = models.CharField(
        max_length=20, choices=[(one, one.label) for one in EtatEvaluation], default=EtatEvaluation.OPEN
    )
    version = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    # the first time: from then on the bureau reads it, whatever comes next
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = _person()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = _person()

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["semaine__edition__year", "semaine__academie__slug"]

    def __str__(self) -> str:
        return f"{self.semaine}"

    def may(self, access: Access, right: Right) -> bool:
        """Whether ``right`` holds on its semaine: nobody writes in an edition that is closed."""
        return self.semaine.may(access, right)

    @property
    def etat(self) -> EtatEvaluation:
        """Its state, with its words."""
        return EtatEvaluation(self.state)


class Reponse(models.Model):
    """The answer to one criterion; ``version`` is its own, so that two services may fill one grid."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="reponses")
    critere = models.ForeignKey(Critere, on_delete=models.PROTECT, related_name="reponses")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    sans = models.CharField(
        max_length=20, blank=True, choices=[(one, one.label) for one in Sans if one], default=""
    )
    comment = models.TextField(blank=True, max_length=COMMENT_LENGTH)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    by = _person()

    class Meta:
        ordering = ["critere__objectif__position", "critere__position"]
        constraints = [
            models.UniqueConstraint(name="reponse_once", fields=["evaluation", "critere"]),
            models.CheckConstraint(
                name="reponse_level_or_reason",
                condition=(Q(level=None) | Q(level__lte=TOP)) & (Q(level=None) | Q(sans="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.critere_id}: {self.dite.choice}"

    @property
    def dite(self) -> ReponseDite:
        """What it says, as plain data."""
        return ReponseDite(self.level, Sans(self.sans), self.comment)


class EchangeGrille(models.Model):
    """A question of the bureau about a criterion or the whole (``critere`` None), or the answer to one."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="echanges")
    critere = models.ForeignKey(Critere, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # what an answer answers; a question has none
    question = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="reponses", null=True, blank=True
    )
    author = _person()
    at = models.DateTimeField()
    text = models.TextField(max_length=COMMENT_LENGTH)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.evaluation_id}, {self.at}"


class RelanceGrille(models.Model):
    """A reminder of the grid sent to an académie: one a week at most, each automatic one once for all."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="relances_grille")
    kind = models.CharField(max_length=20, choices=[(one, one.label) for one in Relance])
    week = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = _person()
    text = models.TextField()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="relance_grille_once_a_week", fields=["semaine", "week"]),
            models.UniqueConstraint(
                name="relance_grille_automatic_once",
                fields=["semaine", "kind"],
                condition=~Q(kind=Relance.BY_HAND),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.semaine_id}, {self.week}"
