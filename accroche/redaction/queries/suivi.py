"""How far the sheets of a report have come, and the thread about each; in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet

from accroche.actions.models import Action
from accroche.actions.regles import SourceAction
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.vie import TypeEcheance
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.dossier.exemples import MOST
from accroche.evaluation.queries.evaluation import LigneEvaluation, lignes
from accroche.evaluation.queries.faits import told_publicly
from accroche.redaction.attendus import Attendu, GrilleRendue, Suivi, suivi_of
from accroche.redaction.echanges import CoteFiche, Fil
from accroche.redaction.models import FilFiche, MessageFiche, RelanceFiche

#: Which deadline of the calendar each step has.
_DUE = {
    TypeEcheance.BILAN: (
        Attendu.COMPTE,
        Attendu.CHIFFRES,
        Attendu.EXEMPLES,
        Attendu.PARTENAIRES,
        Attendu.NIVEAUX,
    ),
    TypeEcheance.AXES: (Attendu.AXES,),
}


def suivis(edition: Edition, at: dt.datetime, *, only: Semaine | None = None) -> list[Suivi]:
    """Return how far each académie's sheet has come, in alphabetical order; ``only`` reads one of them."""
    here = Semaine.objects.filter(edition=edition)
    if only:
        here = here.filter(pk=only.pk)
    semaines = {one.academie.name: one for one in here.select_related("academie")}
    grids = {one.semaine.pk: one for one in lignes(here)}
    examples, days = _examples(edition), _days(edition)
    used = getattr(edition, "grille_edition", None)
    is_open = used is not None and used.opened_at is not None and used.opened_at <= at
    if is_open and used is not None and used.due_on:
        days[Attendu.GRILLE] = used.due_on
    found = []
    for told, _ in told_publicly(edition, only=only, with_sheets=False):
        row = semaines[told.academie]
        chosen, sheets = examples.get(row.pk, (0, 0))
        found.append(
            suivi_of(
                told,
                number=row.pk,
                slug=row.academie.slug,
                exemples=chosen,
                fiches=sheets,
                grille=_grid(grids[row.pk]) if is_open else None,
                due=days,
            )
        )
    return found


def suivi_of_semaine(semaine: Semaine, at: dt.datetime) -> Suivi:
    """Return how far one sheet has come."""
    (found,) = suivis(semaine.edition, at, only=semaine)
    return found


def _grid(ligne: LigneEvaluation) -> GrilleRendue:
    return GrilleRendue(ligne.is_signed, ligne.answered, ligne.asked)


def _days(edition: Edition) -> dict[Attendu, dt.date]:
    told = {TypeEcheance(one.kind): one.day for one in edition.echeances.all()}
    return {attendu: told[kind] for kind, attendus in _DUE.items() if kind in told for attendu in attendus}


def _examples(edition: Edition) -> dict[int, tuple[int, int]]:
    """The examples and the sheets of each semaine that has some (``dossier/exemples.py`` says which)."""
    sheets = Action.objects.accepted() if edition.is_counted else Action.objects.told()
    declared = Q(source=SourceAction.DECLARATION)
    marked = Q(remarkable=True) | Q(chosen=True) | ~Q(prize="")
    rows = sheets.filter(semaine__edition=edition).order_by().values("semaine")
    counts = rows.annotate(
        sheets=Count("pk"), told=Count("pk", filter=~declared), marked=Count("pk", filter=declared & marked)
    ).values_list("semaine", "told", "marked", "sheets")
    return {
        semaine: (told + min(marked, max(0, MOST - told)), sheets) for semaine, told, marked, sheets in counts
    }


def fils(semaines: QuerySet[Semaine], side: CoteFiche) -> dict[int, Fil]:
    """Return the thread of each semaine that has one, as a side finds it; one query."""
    read = f"read_{side}"
    new = Count("messages", filter=Q(messages__pk__gt=F(read)) & ~Q(messages__side=side))
    rows = FilFiche.objects.filter(semaine__in=semaines).order_by()
    counts = rows.annotate(count=Count("messages"), new=new)
    return {
        row.semaine_id: Fil(row.count, row.new, row.settled_at is not None) for row in counts if row.count
    }


@dataclass(frozen=True)
class FilLu:
    """A thread with its messages, those that are new to who reads it, and its last number."""

    messages: tuple[MessageFiche, ...] = ()
    unread: frozenset[int] = frozenset()
    settled: FilFiche | None = None

    @property
    def last(self) -> int:
        """The number of the last message; 0 for none."""
        return max((one.pk for one in self.messages), default=0)


def fil_of(semaine: Semaine, side: CoteFiche | None) -> FilLu:
    """Return the thread of a semaine as a side finds it; nothing is new to who only reads; two queries."""
    fil = FilFiche.objects.select_related("settled_by").filter(semaine=semaine).first()
    if fil is None:
        return FilLu()
    told = tuple(fil.messages.select_related("author"))
    new = (
        frozenset(one.pk for one in told if one.side != side and one.pk > fil.read_by(side))
        if side
        else frozenset()
    )
    return FilLu(told, new, fil if fil.settled_at else None)


def messages_for(access: Access) -> list[Semaine]:
    """The semaines whose thread holds messages of the bureau that an académie has not read; one query."""
    mine = access.q(Right.EDIT_SEMAINE, Lookups(academie="fil__semaine__academie"))
    new = MessageFiche.objects.order_by().filter(
        mine,
        side=CoteFiche.BUREAU,
        pk__gt=F("fil__read_academie"),
        fil__semaine__edition__archived_at=None,
    )
    found = Semaine.objects.filter(pk__in=new.values("fil__semaine"))
    return list(found.select_related("edition", "academie").order_by("-edition__year", "academie__slug"))


def reminded(edition: Edition) -> Mapping[int, dt.datetime]:
    """When each semaine was last reminded of its sheet; one query."""
    rows = RelanceFiche.objects.filter(semaine__edition=edition).order_by()
    return dict(rows.values("semaine").annotate(last=Max("sent_at")).values_list("semaine", "last"))
