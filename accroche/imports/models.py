"""Files on their way in: what was uploaded, and which headings an académie uses for what."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun.models import Job
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Place, Right


class MemoireColonne(models.Model):
    """What somebody of an académie said a heading holds; ``heading`` as ``colonnes.normal`` makes it."""

    academie = models.ForeignKey(Academie, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    # a ``recensement.champs.Champ``
    champ = models.CharField(max_length=30)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["academie", "heading"]
        constraints = [models.UniqueConstraint(name="memoire_once", fields=["academie", "heading"])]

    def __str__(self) -> str:
        return f"{self.heading} → {self.champ}"


class DepotQuerySet(models.QuerySet["Depot"]):
    """Uploads; each is of one académie."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those of the académies where ``right`` holds."""
        return self.filter(access.q(right, Lookups(academie="academie")))


class Depot(models.Model):
    """One census file somebody uploaded, from its reading to what became of it.

    The file and what is read of it stay in :attr:`folder` until it is written or given up; the report
    stays. ``tables``, ``report`` and ``result``: see ``recensement.tables`` and ``recensement.review``.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    token = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    tables = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    # what holds for every row that does not say it itself, by ``recensement.answers`` key
    answers = models.JSONField(default=dict, blank=True)
    # whether the file wins where the site changed too, by cell: « sheet:row:column »
    choices = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DepotQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def may(self, access: Access, right: Right) -> bool:
        """Whether ``right`` holds in its académie."""
        return access.allows(right, Place(academie=self.academie_id))

    @staticmethod
    def root() -> Path:
        """Where the private folders of all uploads are, outside of what the site serves."""
        return Path(settings.DATA) / "imports"

    @property
    def folder(self) -> Path:
        """Its private folder."""
        return self.root() / self.token

    @property
    def source(self) -> Path:
        """The file as it came."""
        return self.folder / "fichier"

    @property
    def spool(self) -> Path:
        """Its rows, once read."""
        return self.folder / "lignes"

    @property
    def refused(self) -> Path:
        """The rows to correct."""
        return self.folder / "refusees"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.written_at is None and self.closed_at is None

    def forget_rows(self) -> None:
        """Remove what was written from: only the rows to correct still serve."""
        for path in (self.source, self.spool):
            path.unlink(missing_ok=True)
