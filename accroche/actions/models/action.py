"""What schools do to keep pupils in education."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from accroche.actions.cycle import ARRIVING, Etat
from accroche.actions.regles import CodeCle, CodeTheme, Nature, RolePartenaire, SourceAction, Temporalite
from accroche.annuaire.models import AvecNiveaux, Porteur
from accroche.campagne.models import AvecOrigine, Partenaire, Semaine
from accroche.comptes.permissions import NOBODY_SEES, Access, Lookups
from accroche.comptes.regles import Place, Right


class Theme(models.Model):
    """What an action is about (reference table, one row per code)."""

    code = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return CodeTheme(self.code).label


class Cle(models.Model):
    """One of the sixteen keys of raccrochage (reference table, one row per code)."""

    code = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return CodeCle(self.code).label


#: From an action to the schools of the directory that carry it.
SCHOOL = "porteurs__etablissement"


def declared_by(access: Access) -> Q:
    """The condition that keeps the sheets a person declared, but for those of schools they have left."""
    if access.user is None:
        return NOBODY_SEES
    own = Q(declarant=access.user)
    if access.left:
        of_left = ActionPorteur.objects.filter(porteur__etablissement__pk__in=access.left)
        own &= ~Q(pk__in=of_left.order_by().values("action"))
    return own


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions; the public sees the published ones of published editions."""

    def within(self, access: Access, right: Right) -> Self:
        """Keep those where ``right`` holds, and the sheets opened by a link where it is about writing."""
        if access.scope(right).france:  # all of them: no subquery over the whole table
            return self.filter(Q(unconfirmed=False) | Q(pk__in=access.sheets))
        lookups = Lookups(
            academie="semaine__academie",
            etablissement=f"{SCHOOL}__pk",
            departement=f"{SCHOOL}__departement",
            bassin=f"{SCHOOL}__bassin",
        )
        # through a subquery: an action with two schools of one bassin is one row
        kept = Q(pk__in=Action.objects.order_by().filter(access.q(right, lookups)).values("pk"))
        if right in {Right.SEE_ACTION, Right.EDIT_ACTION}:
            kept |= Q(pk__in=access.sheets)
            kept |= declared_by(access)
        return self.filter(kept)

    def visible_to(self, access: Access) -> Self:
        """Keep the public ones and those the visitor may read before they are."""
        public = Q(etat=Etat.PUBLISHED, semaine__edition__published_at__isnull=False)
        own = Action.objects.order_by().within(access, Right.SEE_ACTION)
        return self.filter(public | Q(pk__in=own.values("pk")))

    def waiting(self) -> Self:
        """Keep those that wait for moderation."""
        return self.filter(etat=Etat.SUBMITTED)

    def accepted(self) -> Self:
        """Keep those that moderation let through, whether or not their edition is public yet."""
        return self.filter(etat=Etat.PUBLISHED)

    def told(self) -> Self:
        """Keep what a source or a school has told and stands by: published, or waiting for it."""
        return self.filter(etat__in=[Etat.SUBMITTED, Etat.PUBLISHED])

    def published(self) -> Self:
        """Keep what the public may see."""
        return self.accepted().filter(semaine__edition__published_at__isnull=False)

    def published_among(self, numbers: Collection[int] | models.QuerySet[Any, Any]) -> Self:
        """Keep what the public may see of these numbers, found by them.

        The state is told as no index knows it: without statistics SQLite would walk through all published
        sheets, and see of each whether its number is wanted.
        """
        return self._public_by_number().filter(pk__in=numbers)

    def last_published(self) -> Self:
        """Keep what the public may see, the last that came first: read from the end, as far as one asks."""
        return self._public_by_number().order_by("-pk")

    def published_after(self, number: int) -> Self:
        """Keep what the public may see of greater numbers, the smallest first: read as far as one asks."""
        return self._public_by_number().filter(pk__gt=number).order_by("pk")

    def _public_by_number(self) -> Self:
        found = self.alias(state=Coalesce("etat", Value(""))).filter(state=Etat.PUBLISHED)
        return found.filter(semaine__edition__published_at__isnull=False)

    def at(self, academie: str, slug: str, **semaine: Any) -> Action | None:
        """The one of these sheets that has an address, its semaine told (``edition``…); None without it.

        Found by its address alone, then read: by its state, one walks through its semaine.
        """
        place = {f"semaine__{name}": value for name, value in semaine.items()}
        named = Action._base_manager.filter(semaine__academie__slug=academie, slug=slug, **place)  # noqa: SLF001
        numbers = list(named.order_by().values_list("pk", flat=True))
        return next(iter(self.order_by().filter(pk__in=numbers)), None) if numbers else None


_FromQuerySet = models.Manager.from_queryset(ActionQuerySet)


#: The same, of what points at a sheet and may be read before the sheet is there: its carriers.
ARRIVED = ~Q(action__etat=ARRIVING) & Q(action__unconfirmed=False)


class ActionManager(_FromQuerySet["Action"]):
    """Sheets that are there. Those still on their way in with many others are nobody's to see.

    Nor are those of a visitor whose address nobody confirmed: a stranger's words, under a school's name.
    """

    def get_queryset(self) -> ActionQuerySet:
        """Leave out what is not there; what joins to sheets names a sent state, or says :data:`ARRIVED`."""
        return ActionQuerySet(self.model, using=self._db).exclude(etat=ARRIVING).filter(unconfirmed=False)


class UnconfirmedManager(_FromQuerySet["Action"]):
    """The same, with those of visitors: for the browser that writes one, and for its mailbox."""

    def get_queryset(self) -> ActionQuerySet:
        """Leave out what has not arrived; ``within`` keeps, of what is unconfirmed, what was opened."""
        return ActionQuerySet(self.model, using=self._db).exclude(etat=ARRIVING)


class Action(AvecOrigine, AvecNiveaux):
    """One action of a semaine. It belongs to its carriers, not to a person."""

    semaine = models.ForeignKey(Semaine, on_delete=models.CASCADE, related_name="actions")
    slug = models.SlugField(max_length=120)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    # where it stands: changed by ``operations.cycle.move`` alone
    etat = models.CharField(max_length=20, choices=[(e, e.value) for e in Etat], default=Etat.SUBMITTED)
    # counts the writes: who read an older one is told instead of overwriting
    version = models.PositiveIntegerField(default=0)
    # the number of the ``Arrivage`` it comes with, 0 once it is there
    arrivage = models.PositiveIntegerField(default=0, editable=False)
    declarant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    # who declared without an account; never public
    declarant_email = models.EmailField(max_length=254, blank=True)
    # a draft whose author's address nobody confirmed: read by nobody else, and its ``slug`` is chance
    unconfirmed = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # what its school answers to the académie's request, while it is typed: sent, the journal keeps it
    reponse = models.TextField(blank=True)
    # the sheet it takes up, of its school or of another, and the one that absorbed it
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="followers", null=True, blank=True
    )
    # the same in the words of a file, which may name a sheet that is not here (``lignee.FicheReprise``)
    reprise_de = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, blank=True
    )
    prize = models.CharField(max_length=200, blank=True)
    remarkable = models.BooleanField(default=False)
    # by the académie's office, to stand in its synthesis as an example
    chosen = models.BooleanField(default=False)
    temporality = models.CharField(
        max_length=20, blank=True, choices=[(t, t.value) for t in Temporalite], default=Temporalite.UNKNOWN
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    # where, when it is not at its carriers': a hall, a neighbourhood, a commune; the database has its default
    # too: until an upgrade is over, the version before writes sheets without it
    place = models.CharField(max_length=200, blank=True, default="", db_default="")
    classes = models.CharField(max_length=200, blank=True)
    # pupils concerned
    audience_size = models.PositiveIntegerField(null=True, blank=True)
    audience_note = models.CharField(max_length=200, blank=True)
    # what to plan for who does it anew: place, material, time, advice
    refaire = models.TextField(blank=True)
    # who comes: a rectrice, a préfet, a mayor
    authority = models.CharField(max_length=200, blank=True)
    public_contact = models.CharField(max_length=200, blank=True)
    # never public: for the académie's questions
    private_contact = models.CharField(max_length=200, blank=True)
    private_email = models.EmailField(max_length=254, blank=True)
    private_phone = models.CharField(max_length=30, blank=True)
    nature = models.CharField(
        max_length=20, blank=True, choices=[(n, n.value) for n in Nature], default=Nature.UNKNOWN
    )
    source = models.CharField(
        max_length=20, choices=[(s, s.value) for s in SourceAction], default=SourceAction.SEMAINE
    )
    # idFiche of Expérithèque, today's Innovathèque
    experitheque_id = models.PositiveIntegerField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="actions", blank=True)
    cles = models.ManyToManyField(Cle, related_name="actions", blank=True)
    porteurs = models.ManyToManyField(Porteur, through="ActionPorteur", related_name="actions", blank=True)
    partenaires = models.ManyToManyField(
        Partenaire, through="ActionPartenaire", related_name="actions", blank=True
    )

    objects = ActionManager()
    #: With the drafts of visitors whose address nobody confirmed: for these visitors alone.
    with_unconfirmed = UnconfirmedManager()
    #: With those that have not arrived: for who brings them, and for nobody else.
    with_arriving = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["semaine", "position", "pk"]
        constraints = [
            # what arrives disputes an address with nobody before it is there
            models.UniqueConstraint(name="action_slug", fields=["semaine", "slug", "arrivage"]),
            models.CheckConstraint(
                name="action_arriving_with_others",
                condition=Q(etat=ARRIVING, arrivage__gt=0) | (~Q(etat=ARRIVING) & Q(arrivage=0)),
            ),
            # it is sent, read again and published only once its address is confirmed
            models.CheckConstraint(
                name="action_unconfirmed_is_a_draft",
                condition=Q(unconfirmed=False) | Q(etat=Etat.DRAFT, declarant=None),
            ),
            models.CheckConstraint(
                name="action_days_in_order",
                condition=Q(ends=None) | Q(starts__isnull=False, ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="action_takes_up_another", condition=Q(previous=None) | ~Q(previous=F("pk"))
            ),
            models.CheckConstraint(
                name="action_merged_into_another",
                condition=Q(etat=Etat.MERGED, merged_into__isnull=False)
                | (~Q(etat=Etat.MERGED) & Q(merged_into=None)),
            ),
        ]
        indexes = [
            # the queue: oldest first
            models.Index(name="action_queue", fields=["etat", "submitted_at"]),
            # the same for one académie
            models.Index(name="action_queue_semaine", fields=["semaine", "etat", "submitted_at"]),
            # the usual order, and the last place of a semaine
            models.Index(name="action_place", fields=["semaine", "position"]),
            # those to read first, of each semaine
            models.Index(
                # no condition: SQLite, which is given values apart, would not see that a query meets it
                name="action_remarkable",
                fields=["semaine", "etat", "remarkable", "position"],
            ),
            # a page of a semaine
            models.Index(
                name="action_published",
                fields=["semaine", "etat", "position"],
            ),
            # what comes next in an académie: all that is asked of each is there
            models.Index(name="action_days", fields=["semaine", "etat", "starts", "ends"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def situation(self) -> Etat:
        """Where it stands, with its words; the column itself is a code that nobody reads."""
        return Etat(self.etat)

    @property
    def is_published(self) -> bool:
        """Whether moderation let it through, whether or not its edition is public yet."""
        return self.situation is Etat.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether the public reads it: published, in an edition that is; reads ``semaine__edition``."""
        return self.is_published and self.semaine.edition.published_at is not None

    @property
    def is_declared(self) -> bool:
        """Whether somebody here sends it, or is about to, and so answers for it; else a file told it.

        A sheet that a pack or a report told, and that nobody took up since, is all its académie wrote.
        """
        taken_up = self.etat in {Etat.DRAFT, Etat.TO_COMPLETE}
        return taken_up or not self.loaded_from or self.submitted_at is not None

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Its first and last day; None while nobody gave them."""
        return (self.starts, self.ends or self.starts) if self.starts else None

    @property
    def territory(self) -> Place:
        """Whose it is; asks nothing when ``porteurs__etablissement`` and ``semaine`` are prefetched."""
        schools = [school for porteur in self.porteurs.all() if (school := porteur.school)]
        return Place(
            academie=self.semaine.academie_id,
            departements=frozenset(school.departement_id for school in schools),
            bassins=frozenset(school.bassin_id for school in schools if school.bassin_id),
            etablissements=frozenset(school.pk for school in schools),
        )

    def may(self, access: Access, right: Right) -> bool:
        """Whether the visitor has ``right`` here: by role, as who declared it, or by a followed link.

        Who declared it for a school they have left keeps nothing: the sheet is the school's. One whose
        address nobody confirmed is open to nobody by role.
        """
        if self.unconfirmed:
            return right in {Right.SEE_ACTION, Right.EDIT_ACTION} and self.pk in access.sheets
        territory = self.territory
        if access.allows(right, territory):
            return True
        if right not in {Right.SEE_ACTION, Right.EDIT_ACTION}:
            return False
        declared = access.user is not None and self.declarant_id == access.user.pk
        return self.pk in access.sheets or (declared and not territory.etablissements & access.left)


class ActionPorteur(models.Model):
    """A carrier of an action, in the order given."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="portages")
    porteur = models.ForeignKey(Porteur, on_delete=models.PROTECT, related_name="portages")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="portage_once", fields=["action", "porteur"])]

    def __str__(self) -> str:
        return str(self.porteur)


class ActionPartenaire(models.Model):
    """A partner of an action, in the order given."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="participations")
    partenaire = models.ForeignKey(Partenaire, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(
        max_length=20,
        blank=True,
        choices=[(r, r.value) for r in RolePartenaire],
        default=RolePartenaire.UNKNOWN,
    )
    # in words: what it brings
    part = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="action_partenaire_once", fields=["action", "partenaire"])
        ]

    def __str__(self) -> str:
        return str(self.partenaire)


class Lien(models.Model):
    """A link of an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="liens")
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="lien_position", fields=["action", "position"])]

    def __str__(self) -> str:
        return self.label or self.url
