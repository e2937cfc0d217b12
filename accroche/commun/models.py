"""What every app shares: the journal of what people did, mails that wait, jobs, and counters of limits."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """Who did what, when, from what to what. Written once, never changed.

    ``subject`` names the thing (``action:12``); ``changes`` holds ``{field: [before, after]}``.
    """

    subject = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    # how the person was named then; kept when the account goes
    actor_name = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(name="journal_subject", fields=["subject", "-at"])]

    def __str__(self) -> str:
        return f"{self.subject}: {self.verb}"


class Priority(models.IntegerChoices):
    """Who goes first: somebody waits for a code in front of a page, nobody for a digest."""

    URGENT = 0, "urgent"
    USUAL = 1, "habituel"
    BULK = 2, "en nombre"


class Message(models.Model):
    """A mail, written in the transaction of what it tells, sent by the worker; the same ``key`` only once.

    Who sends it holds ``claim`` until ``retry_at``. ``handed_at`` is written right before the server may take
    it. With that and without ``sent_at``, nobody can tell whether it left: it is not sent again by itself.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    # the office that reads the answers; empty: the site's contact
    reply_to = models.EmailField(max_length=254, blank=True)
    # the same at each try, so that who receives it twice can tell
    message_id = models.CharField(max_length=250)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.USUAL)
    created_at = models.DateTimeField()
    # what it holds serves until then: it is not sent later, and forgotten
    until = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # it was taken, and came back later: ``retours.record_bounce``
    bounced_at = models.DateTimeField(null=True, blank=True)
    # how often it was refused
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="message_waiting", fields=["priority", "created_at"], condition=models.Q(sent_at=None)
            ),
            # what became of the mails of one address; which one came back
            models.Index(name="message_to", fields=["to", "-created_at"]),
            models.Index(name="message_name", fields=["message_id"]),
            models.Index(
                name="message_returned",
                fields=["bounced_at"],
                condition=models.Q(bounced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class Outage(models.Model):
    """An outside service that does not answer; the row goes when it does again."""

    service = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    failures = models.PositiveIntegerField(default=1)
    # one tries again then, for all
    retry_at = models.DateTimeField()
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.service}: {self.error}"


class Compteur(models.Model):
    """How often one thing was asked for since its period began (``limites.take``); ``key`` is hashed."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="compteur_once", fields=["name", "key"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"


class Reserve(models.Model):
    """Somebody who holds room on the disk; the row is claimed while it is counted, see ``reserves``."""

    holder = models.CharField(max_length=80, unique=True)
    claimed_at = models.DateTimeField()

    class Meta:
        ordering = ["holder"]

    def __str__(self) -> str:
        return self.holder


class Envoi(models.Model):
    """A form that was sent (``envois``); ``key`` is hashed, ``content`` a digest of what it held.

    Claimed by one request at a time, settled once it is done, with where that led; given back otherwise.
    """

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    claimed_at = models.DateTimeField(db_index=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    location = models.TextField(blank=True)
    # the session its answer opened, for who never received that answer
    session = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.location}"


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    FAILED = "failed", "en échec"
    CANCELLED = "cancelled", "annulé"


class Job(models.Model):
    """Work that takes longer than a page may. Claimed by a conditional update: run by one worker at a time.

    ``arguments`` are numbers and codes, never content, and forgotten once it is over. How far it is stands in
    a file (``jobs.Handle``): what runs in one transaction cannot tell it through the database.
    """

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.WAITING)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # what to tell the person when it failed
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(name="job_waiting", fields=["state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class Revision(models.Model):
    """Something that changed what the public sees: its row has a number of chance (``revision``).

    One row on SQLite, which has one writer. On PostgreSQL one a transaction, put together now and then.
    """

    mark = models.BigIntegerField()
    # The same of what changed apart from sheets, and of carriers that no directory holds. The database has
    # their default too: until an upgrade is over, triggers of the version before write the mark alone.
    apart = models.BigIntegerField(default=0, db_default=0)
    outside = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.mark:x}"
