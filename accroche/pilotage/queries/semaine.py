"""Reads of a semaine's own page, for who writes it."""

from __future__ import annotations

from django.db.models import QuerySet

from accroche.actions.models import Action
from accroche.campagne.models import Semaine
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.queries.dossier import complete_semaines, semaine_dossier


def editable_semaines(access: Access) -> QuerySet[Semaine]:
    """The semaines one may write, the latest edition first."""
    found = Semaine.objects.within(access, Right.EDIT_SEMAINE).select_related("edition", "academie")
    return found.order_by("-edition__year", "academie__slug")


def own_semaines(access: Access) -> QuerySet[Semaine]:
    """The semaines of one's académie, of closed editions too: there they are read, and no more written."""
    own = Semaine.objects.filter(access.q(Right.EDIT_SEMAINE, Lookups(academie="academie")))
    return own.select_related("edition", "academie").order_by("-edition__year", "academie__slug")


def closed_semaines(access: Access) -> QuerySet[Semaine]:
    """The semaines one wrote, of editions that are closed and not put away yet."""
    return own_semaines(access).filter(edition__closed_at__isnull=False, edition__archived_at=None)


def semaine_content(semaine: Semaine) -> SemaineDossier:
    """What its page holds now, without its actions, in a fixed number of queries.

    With what its académie tells the national bureau alone: for who may write it.
    """
    whole = complete_semaines(Action.objects.none()).get(pk=semaine.pk)
    return semaine_dossier(whole, steering=True)
