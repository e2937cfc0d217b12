"""Reads of tutoring: where each académie stands, what the bureau decided, the proposal, and the pairs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import OPERATOR, Access, Lookups
from accroche.comptes.regles import Right
from accroche.evaluation.axes_regles import reglement_of
from accroche.evaluation.queries.faits import facts_of_edition
from accroche.pilotage.couverture import Avancement, group
from accroche.pilotage.queries.couverture import cadre_of, effectifs, expected
from accroche.pilotage.queries.destinataires import with_account
from accroche.tutorat.appariement import AppariementError, Paire
from accroche.tutorat.besoins import CodeBesoin, Evolution, evolution, is_judged
from accroche.tutorat.binome import Cote, EtatBinome
from accroche.tutorat.models import (
    Binome,
    BinomeQuerySet,
    ContrainteBinome,
    PropositionTutorat,
    ReglageTutorat,
)
from accroche.tutorat.proposition import BinomePropose, ReglagesTutorat, Situation, proposer, situation_of


@dataclass(frozen=True, slots=True)
class AcademieSituee:
    """One académie, where it stands in an edition, and what became of it since the one before."""

    academie: Academie
    situation: Situation
    evolution: Mapping[CodeBesoin, Evolution]
    #: what it wrote of the help it asks for, to the bureau alone
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class PropositionLue:
    """A proposal, as of one ``version`` of what the bureau decided; académies by their slug."""

    version: int
    pairs: tuple[BinomePropose, ...]
    reglages: ReglagesTutorat
    academies: Mapping[str, Academie]
    situations: Mapping[str, Situation]


def situations(edition: Edition, at: dt.datetime) -> dict[str, Situation]:
    """Where each académie of an edition stands, by its slug, in a fixed number of queries."""
    return {semaine.academie.slug: found for semaine, found in _situations(edition, at)}


def _situations(edition: Edition, at: dt.datetime) -> list[tuple[Semaine, Situation]]:
    semaines = list(edition.semaines.select_related("academie").order_by("academie__slug"))
    coverage = _coverage(edition, semaines, at) if edition.is_counted else {}
    # nobody signed in here for an edition that only its report tells
    known = with_account(at) if edition.is_counted else None
    facts, regles = facts_of_edition(edition, coverage=coverage), reglement_of(edition.year)
    return [
        (
            semaine,
            situation_of(
                semaine.academie.slug,
                facts[semaine.pk],
                axes=regles.counted(facts[semaine.pk]) if is_judged(facts[semaine.pk]) else None,
                has_account=None if known is None else semaine.academie_id in known,
            ),
        )
        for semaine in semaines
    ]


def _coverage(
    edition: Edition, semaines: list[Semaine], at: dt.datetime
) -> dict[int, dict[Niveau, Avancement]]:
    """The schools of the directory by semaine and level; nothing where the directory holds none."""
    cadre = cadre_of(edition, timezone.localdate(at))
    rows = effectifs(expected(cadre, OPERATOR))
    levels = group(((cadre.academies.get(row.departement), row.level), row) for row in rows)
    by_academie: dict[int, dict[Niveau, Avancement]] = defaultdict(dict)
    for (academie, level), avancement in levels.items():
        if academie and level:
            by_academie[academie.pk][level] = avancement
    return {one.pk: by_academie[one.academie_id] for one in semaines if by_academie.get(one.academie_id)}


def situated(edition: Edition, at: dt.datetime) -> list[AcademieSituee]:
    """The académies of an edition where they stand, in the order of their addresses, with the trend."""
    earlier = Edition.objects.published().filter(year__lt=edition.year).order_by("-year").first()
    before = situations(earlier, at) if earlier else {}
    return [
        AcademieSituee(
            semaine.academie,
            found,
            evolution(before[found.code].besoins if found.code in before else None, found.besoins),
            semaine.help_text,
        )
        for semaine, found in _situations(edition, at)
    ]


def reglages_of(edition: Edition) -> ReglagesTutorat:
    """What the bureau decided of an edition's pairs, and the pairs there are or were; three queries."""
    pinned: dict[str, str | None] = {}
    excluded: set[Paire] = set()
    contraintes = ContrainteBinome.objects.filter(edition=edition).select_related("mentor", "mentee")
    for one in contraintes:
        mentor = one.mentor.slug if one.mentor else None
        if one.kind == ContrainteBinome.Kind.PIN:
            pinned[one.mentee.slug] = mentor
        else:
            excluded.add((mentor, one.mentee.slug))
    refused, open_pairs = _there_is(edition, excluded)
    helped: dict[str, bool] = dict.fromkeys(refused, False)
    capacities = {}
    for row in ReglageTutorat.objects.filter(edition=edition).select_related("academie"):
        if row.capacity is not None:
            capacities[row.academie.slug] = row.capacity
        if row.helped is not None:
            helped[row.academie.slug] = row.helped
    return ReglagesTutorat(pinned, frozenset(excluded), capacities, helped, open_pairs)


def _there_is(edition: Edition, excluded: set[Paire]) -> tuple[set[str], frozenset[Paire]]:
    """Who wants no help, and the pairs that are open; adds those that are not to be again to ``excluded``."""
    refused, open_pairs = set(), set()
    relevant = Q(edition=edition) | Q(started_at__isnull=False)
    for pair in Binome.objects.filter(relevant).select_related("mentor", "mentee"):
        mentor, mentee = pair.mentor.slug if pair.mentor else None, pair.mentee.slug
        here = pair.edition_id == edition.pk
        if here and pair.etat.is_open:
            open_pairs.add((mentor, mentee))
        elif here and pair.etat is EtatBinome.DECLINED and pair.ended_by == Cote.MENTEE:
            refused.add(mentee)
        elif (mentor and pair.started_at) or pair.etat is EtatBinome.DECLINED:
            excluded.add((mentor, mentee))
    return refused, frozenset(open_pairs)


def proposition_of(edition: Edition, at: dt.datetime) -> PropositionLue:
    """Return the proposal of an edition as the bureau has arranged it.

    Raises ``AppariementError`` when what it decided contradicts itself.
    """
    # the version first: what changes while the rest is read is told to who confirms
    version = version_of(edition)
    rows = _situations(edition, at)
    known = {found.code: found for _, found in rows}
    reglages = reglages_of(edition)
    academies = {semaine.academie.slug: semaine.academie for semaine, _ in rows}
    try:
        found = proposer(known.values(), reglages)
    except AppariementError as error:
        words = str(error)
        for slug, academie in academies.items():
            words = words.replace(f"« {slug} »", f"« {academie.name} »")
        raise AppariementError(words) from error
    return PropositionLue(version, found, reglages, academies, known)


def version_of(edition: Edition) -> int:
    """How often the bureau changed what it decided; 0 before the first time."""
    return PropositionTutorat.objects.filter(edition=edition).values_list("version", flat=True).first() or 0


def pairs(edition: Edition) -> BinomeQuerySet:
    """The pairs of an edition with what lists show of them."""
    return (
        Binome.objects.filter(edition=edition)
        .select_related("mentor", "mentee", "edition")
        .prefetch_related("etapes", "contacts")
        .order_by("mentee__slug", "-pk")
    )


def pairs_for(access: Access) -> list[Binome]:
    """The proposed pairs that wait for the answer of an académie one may answer for; one query."""
    mentor = access.q(Right.EDIT_SEMAINE, Lookups(academie="mentor")) & Q(mentor_accepted_at=None)
    mentee = access.q(Right.EDIT_SEMAINE, Lookups(academie="mentee")) & Q(mentee_accepted_at=None)
    waiting = Binome.objects.filter(mentor | mentee, state=EtatBinome.PROPOSED)
    return list(waiting.select_related("mentor", "mentee", "edition").order_by("proposed_at", "pk"))
