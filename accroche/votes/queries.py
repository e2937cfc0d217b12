"""Reads of votes: what is shown of one, and its results when they may be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.commun.memoire import remembered, remembered_apart
from accroche.commun.tri import alphabetical
from accroche.comptes.models import Role, User
from accroche.votes.deport import ANoter, Deport, Jure, deport
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from accroche.votes.scrutin import Rang, Resultat, one_address, ranking

#: Actions a search offers at once.
FOUND = 30


#: Open votes a page announces.
ANNOUNCED = 6


def open_votes(
    at: dt.datetime,
    semaine: Semaine | None = None,
    *,
    academie: Academie | None = None,
    edition: Edition | None = None,
) -> list[Scrutin]:
    """The votes one may take part in now, the first to close first; for a semaine, its own and national ones.

    ``academie``: its own and national ones, of any edition; ``edition``: all of this one. A vote whose
    candidates are not chosen yet is not announced.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    found = [one for one in _open_in(hour) if one.opens_at <= at < one.closes_at]
    if semaine:
        found = [one for one in found if one.edition_id == semaine.edition_id]
    elif edition:
        found = [one for one in found if one.edition_id == edition.pk]
    where = semaine.academie_id if semaine else academie.pk if academie else None
    if where is not None:
        found = [one for one in found if one.academie_id in {None, where}]
    return found[:ANNOUNCED]


def _open_in(hour: dt.datetime) -> tuple[Scrutin, ...]:
    """The votes that have candidates and are open at some moment of the hour that begins then."""
    opened = _opened_in(hour)
    # most of the year there is none, and no candidate is asked for
    running = _running(tuple(one.pk for one in opened)) if opened else frozenset()
    return tuple(one for one in opened if one.pk in running)


@remembered_apart
def _opened_in(hour: dt.datetime) -> tuple[Scrutin, ...]:
    found = Scrutin.objects.published().filter(opens_at__lt=hour + dt.timedelta(hours=1), closes_at__gt=hour)
    return tuple(found.select_related("academie", "edition").order_by("closes_at", "pk"))


@remembered
def _running(votes: tuple[int, ...]) -> frozenset[int]:
    """Those of some votes that have a candidate."""
    running = _standing(Candidature.objects.filter(scrutin__in=votes))
    return frozenset(running.order_by().values_list("scrutin", flat=True).distinct())


def _standing(found: QuerySet[Candidature]) -> QuerySet[Candidature]:
    """Those whose action is on the site: its state is told as no index knows it (``published_among``)."""
    return found.alias(state=Coalesce("action__etat", Value(""))).filter(state=Etat.PUBLISHED)


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
    return _standing(candidatures(scrutin))


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


def results(scrutin: Scrutin, at: dt.datetime) -> list[tuple[Rang, Candidature, int]]:
    """The ranking, and how many jurors left each out, for who may see it.

    A mark of who may not give it any more counts for nothing. Once published nothing moves: who left an
    action out was written down with the results.
    """
    confirmed = Count("bulletins", filter=Q(bulletins__confirmed_at__isnull=False))
    rows = (
        with_carriers(candidatures(scrutin))
        .annotate(votes=confirmed)
        .prefetch_related(Prefetch("notes", queryset=Note.objects.order_by("pk")))
    )
    by_number = {row.pk: row for row in rows}
    settled = scrutin.results_published_at is not None
    out = {} if settled else exclusions(scrutin, list(by_number.values()), at)
    told = [
        Resultat(
            row.pk,
            row.votes,
            tuple(note.mark for note in row.notes.all() if note.juror_id not in out.get(row.pk, {})),
        )
        for row in by_number.values()
    ]
    ranked = [(rang, by_number[rang.resultat.candidature]) for rang in ranking(told)]
    return [(rang, row, (row.excluded or 0) if settled else len(out[row.pk])) for rang, row in ranked]


def with_carriers(rows: QuerySet[Candidature]) -> QuerySet[Candidature]:
    """Read the schools of the candidates too: :func:`exclusions` asks for them."""
    return rows.prefetch_related("action__portages__porteur__etablissement")


def exclusions(
    scrutin: Scrutin, rows: Sequence[Candidature], at: dt.datetime, *, only: User | None = None
) -> dict[int, dict[int, Deport]]:
    """Which jurors leave out each of ``rows``, and why: by row number of the candidature, then of the person.

    ``rows`` as :func:`with_carriers` reads them; ``only``: asks about one juror. As many queries for one
    candidate as for many.
    """
    jury = _jurors([only] if only else scrutin.jury.order_by("pk"), at)
    told = {row.pk: _to_mark(row.action) for row in rows}
    return {
        number: {juror.number: why for juror in jury if (why := deport(juror, candidate))}
        for number, candidate in told.items()
    }


def _jurors(people: Iterable[User], at: dt.datetime) -> list[Jure]:
    """What is known of these people: from their roles, and from the sheets they declared."""
    known = {person.pk: person for person in people}
    schools: dict[int, dict[str, dt.datetime | None]] = {number: {} for number in known}
    offices = set()
    for role in Role.objects.filter(user__in=known).select_related("etablissement").order_by("pk"):
        if role.etablissement:
            left = None if role.is_in_force(at) else role.ended_at or role.expires_at
            held = schools[role.user_id]
            before = held.get(role.etablissement.uai, left)
            held[role.etablissement.uai] = max(left, before) if left and before else None
        elif role.is_in_force(at):
            offices.add(role.user_id)
    declared = Action.objects.filter(declarant__in=known.keys() - offices).order_by("pk")
    carriers: dict[tuple[int, int], list[str | None]] = {}
    for sheet, number, uai in declared.values_list("pk", "declarant", "porteurs__etablissement__uai"):
        carriers.setdefault((sheet, number), []).append(uai)
    for (_, number), uais in carriers.items():
        # of several carriers, nobody says which one is theirs
        if len(uais) == 1 and uais[0]:
            schools[number].setdefault(uais[0], None)
    return [Jure(number, one_address(one.email), schools[number]) for number, one in known.items()]


def _to_mark(action: Action) -> ANoter:
    """What is known of an action, of its own columns and its carriers."""
    schools = [school for portage in action.portages.all() if (school := portage.porteur.school)]
    own = (action.declarant_email, action.private_email)
    return ANoter(
        declarant=action.declarant_id,
        mailboxes=frozenset(one_address(address) for address in own if address),
        schools=frozenset(school.uai for school in schools),
        school_mailboxes=frozenset(one_address(school.email) for school in schools if school.email),
        told_at=action.created_at,
    )


def juries_of(user: User) -> QuerySet[Scrutin]:
    """The votes whose jury waits for one's marks."""
    return Scrutin.objects.filter(jury=user, results_published_at=None)
