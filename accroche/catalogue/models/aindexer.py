"""What the search index has to read again."""

from __future__ import annotations

from django.db import models


class AIndexer(models.Model):
    """A sheet that may be another than the index knows; no ``action_id``: all of them may.

    Triggers write it in the transaction that changes something; ``queries/aindexer.py`` reads it.
    ``tx``: the transaction's number on PostgreSQL, 0 on SQLite.
    """

    # no constraint: the sheet may be gone
    action_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    tx = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # of PostgreSQL alone: SQLite reads by number
            models.Index(name="aindexer_tx", fields=["tx"], condition=models.Q(tx__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.action_id}"
