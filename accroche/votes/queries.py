"""Reads of votes: what is shown of one, and its results when they may be seen."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.tri import alphabetical
from accroche.comptes.models import User
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from accroche.votes.scrutin import Rang, Resultat, ranking

#: Actions a search offers at once.
FOUND = 30


def candidatures(scrutin: Scrutin) -> QuerySet[Candidature]:
    """The candidates in their order, with what a card shows."""
    return (
        Candidature.objects.filter(scrutin=scrutin)
        .select_related("action__semaine__academie", "action__semaine__edition")
        .prefetch_related("action__portages__porteur")
        .order_by("position", "pk")
    )


def in_the_running(scrutin: Scrutin) -> QuerySet[Candidature]:
    """Those one may vote for: an action taken off the site is not shown there either."""
    return candidatures(scrutin).filter(action__etat=Etat.PUBLISHED)


def proposable(scrutin: Scrutin, text: str = "", *, remarkable: bool = False) -> QuerySet[Action]:
    """The published actions of its edition and académie that are no candidates yet."""
    found = Action.objects.accepted().filter(semaine__edition=scrutin.edition_id)
    if scrutin.academie_id:
        found = found.filter(semaine__academie=scrutin.academie_id)
    if remarkable:
        found = found.filter(remarkable=True)
    carried = Action.objects.order_by().filter(
        Q(porteurs__name__icontains=text) | Q(porteurs__commune__icontains=text)
    )
    if text:
        found = found.filter(Q(title__icontains=text) | Q(pk__in=carried.values("pk")))
    already = Candidature.objects.filter(scrutin=scrutin, action=OuterRef("pk"))
    return (
        found.filter(~Exists(already))
        .select_related("semaine__academie")
        .prefetch_related("portages__porteur")
        .order_by(alphabetical("title"), "pk")
    )


def turnout(scrutin: Scrutin) -> int:
    """How many have voted: all an organiser sees before the vote closes."""
    return Bulletin.objects.filter(scrutin=scrutin, confirmed_at__isnull=False).count()


def has_votes(scrutin: Scrutin) -> bool:
    """Whether somebody has voted, asked to, or marked: its candidates then stay as they are."""
    return (
        Bulletin.objects.filter(scrutin=scrutin).exists()
        or Note.objects.filter(candidature__scrutin=scrutin).exists()
    )


def marks_by_juror(scrutin: Scrutin) -> dict[int, int]:
    """How many candidates each juror has marked, by row number of the person."""
    rows = Note.objects.filter(candidature__scrutin=scrutin).order_by().values("juror")
    return dict(rows.annotate(count=Count("pk")).values_list("juror", "count").order_by("juror"))


def results(scrutin: Scrutin) -> list[tuple[Rang, Candidature]]:
    """The ranking, for who may see it: three queries."""
    confirmed = Count("bulletins", filter=Q(bulletins__confirmed_at__isnull=False))
    rows = (
        candidatures(scrutin)
        .annotate(votes=confirmed)
        .prefetch_related(Prefetch("notes", queryset=Note.objects.order_by("pk")))
    )
    by_number = {row.pk: row for row in rows}
    told = [
        Resultat(row.pk, row.votes, tuple(note.mark for note in row.notes.all()))
        for row in by_number.values()
    ]
    return [(rang, by_number[rang.resultat.candidature]) for rang in ranking(told)]


def juries_of(user: User) -> QuerySet[Scrutin]:
    """The votes whose jury waits for one's marks."""
    return Scrutin.objects.filter(jury=user, results_published_at=None)
