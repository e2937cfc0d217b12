"""What a record remembers of the file it came from."""

from __future__ import annotations

from django.db import models


class AvecOrigine(models.Model):
    """Remembers what was last loaded, and from which kind of source.

    A later load can so tell what people have changed since, and leave it alone.
    """

    loaded_from = models.CharField(max_length=20, blank=True)
    loaded_facts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
