"""Carriers that sound like a school and that nobody has recognised yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accroche.actions.models import ARRIVED, ActionPorteur
from accroche.annuaire.appariement import answer_key, says_kind
from accroche.annuaire.models import Academie, Etablissement, Porteur, ReponseReconnaissance
from accroche.annuaire.queries import Matcher
from accroche.annuaire.regles import NIVEAU_DE
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right

#: How many schools are proposed: as many as there are keys to press.
PROPOSED = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A school a carrier may be: ``percent``, what the recognition is worth; ``reason`` in French."""

    etablissement: Etablissement
    percent: int
    reason: str


def answering_for(access: Access) -> QuerySet[Academie]:
    """The académies whose mentions the visitor may settle: those moderated, and those they succeeded.

    Nobody works at Caen or Rouen any more; Normandie knows their schools.
    """
    own = access.q(Right.MODERATE, Lookups(academie="pk"))
    return Academie.objects.filter(own | access.q(Right.MODERATE, Lookups(academie="successors")))


def to_recognise(access: Access) -> QuerySet[Porteur]:
    """Carriers of actions that are said to be schools and point to none, where the visitor may answer."""
    carries = ActionPorteur.objects.filter(ARRIVED, porteur=OuterRef("pk"))
    return (
        Porteur.objects.filter(academie__in=answering_for(access).order_by().values("pk"))
        .filter(Exists(carries), etablissement=None, kind__in=list(NIVEAU_DE))
        .select_related("academie")
        .order_by("academie__slug", "pk")
    )


def waiting(access: Access) -> list[Porteur]:
    """Those nobody answered « none » about; two queries however many."""
    rows = list(to_recognise(access))
    none = {
        answer_key(academie, mention, commune)
        for academie, mention, commune in ReponseReconnaissance.objects.filter(
            etablissement=None, academie__in={row.academie_id for row in rows}
        ).values_list("academie__name", "mention", "commune")
    }
    return [row for row in rows if answer_key(row.academie.name, row.name, row.commune) not in none]


def proposals(porteur: Porteur) -> list[Proposal]:
    """Schools a carrier may be, best first; the académie of its time is the frame."""
    # a carrier is known to be a collège even where its name does not say so
    name = porteur.name if says_kind(porteur.name) else f"{porteur.kind_words} {porteur.name}"
    match = Matcher.for_directory().match(porteur.academie.name, name, porteur.commune)
    candidates = [one for part in match.parts or (match,) for one in part.candidates][:PROPOSED]
    held = Etablissement.objects.in_bulk([one.pk for one in candidates])
    return [
        Proposal(held[one.pk], round(100 * one.score), one.reason) for one in candidates if one.pk in held
    ]
