"""What an académie made of sheets as it read them: what they said then, and which of them are two actions."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accroche.actions.models.action import Action


class Lecture(models.Model):
    """What a sheet said when its académie last judged it: who reads it next is told first what changed since.

    The journal alone does not know: a draft saves itself without a line. ``said``: as
    ``actions.queries.lecture.said_by`` gives it, never whom to ask. One row a sheet, written with the
    decision.
    """

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    said = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.at}"


class DoublonEcarteQuerySet(models.QuerySet["DoublonEcarte"]):
    """Pairs told apart."""

    def of(self, *numbers: int) -> Self:
        """Keep those that one of these sheets is in, on either side."""
        return self.filter(Q(one__in=numbers) | Q(other__in=numbers))


class DoublonEcarte(models.Model):
    """Two sheets that somebody said are two actions: nobody is asked again while they stay what they were.

    ``one`` is the older of the two, so that a pair is one row whichever way it was met. ``seen``: what was
    compared of each, in that order (``relecture.doublons.trace``); ``same_text``: whether both had the very
    same account. Who said so is told by the journal of both, and kept here while they have an account.
    """

    one = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    seen = models.JSONField(default=list)
    same_text = models.BooleanField(default=False)

    objects = DoublonEcarteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="doublon_ecarte_once", fields=["one", "other"]),
            models.CheckConstraint(name="doublon_ecarte_older_first", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"

    def beside(self, number: int) -> int:
        """The number of the sheet that is not ``number``."""
        return self.other_id if number == self.one_id else self.one_id
