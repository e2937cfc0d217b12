"""The sheets of one's own: to go on with, or to take up again in a new edition."""

from __future__ import annotations

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur, ActionQuerySet, declared_by
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: What awaits its author first.
ORDER = (Etat.DRAFT, Etat.TO_COMPLETE, Etat.SUBMITTED, Etat.PUBLISHED)


def _carried_by(schools: Q) -> Exists:
    return Exists(ActionPorteur.objects.filter(schools, action=OuterRef("pk")))


def own_sheets(access: Access) -> ActionQuerySet:
    """Those one declared or opened by a link, and those of one's schools; what awaits its author first."""
    own = declared_by(access)
    if schools := access.scope(Right.EDIT_ACTION).etablissements:
        own |= Q(_carried_by(Q(porteur__etablissement__pk__in=schools)))
    own = own & Q(unconfirmed=False) | Q(pk__in=access.sheets)
    rank = Case(
        *(When(etat=etat, then=Value(number)) for number, etat in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    return (
        Action.with_unconfirmed.filter(own)
        .select_related("semaine__academie", "semaine__edition")
        .prefetch_related("portages__porteur", "porteurs__etablissement")
        .order_by(rank, F("updated_at").desc(nulls_last=True), "-pk")
    )


def own_drafts(access: Access, edition: Edition, school: Etablissement | None = None) -> ActionQuerySet:
    """One's own drafts in an edition, of one school when given."""
    drafts = own_sheets(access).filter(etat=Etat.DRAFT, semaine__edition=edition)
    return drafts.filter(_carried_by(Q(porteur__etablissement=school))) if school else drafts


def reusable_sheets(access: Access, school: Etablissement, edition: Edition) -> ActionQuerySet:
    """What a school did in the editions before ``edition``, as far as the visitor may read it.

    ``taken_up``: whether one of the sheets the visitor may read takes it up in ``edition`` already.
    """
    follower = followers(access, edition).filter(previous=OuterRef("pk"))
    return (
        Action.objects.visible_to(access)
        .filter(_carried_by(Q(porteur__etablissement=school)), semaine__edition__year__lt=edition.year)
        .exclude(etat__in=[Etat.MERGED, Etat.REFUSED])
        .select_related("semaine__edition", "semaine__academie")
        .annotate(taken_up=Exists(follower))
        .order_by("-semaine__edition__year", alphabetical("title"), "pk")
    )


def followers(access: Access, edition: Edition) -> ActionQuerySet:
    """The sheets of an edition that take up an earlier one, and that the visitor may read."""
    return (
        Action.objects.visible_to(access)
        .filter(previous__isnull=False, semaine__edition=edition)
        .exclude(etat__in=[Etat.WITHDRAWN, Etat.REFUSED])
        .order_by("pk")
    )
