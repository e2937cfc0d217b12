"""What the page of one sheet reads besides it: whose idea it takes up, who takes it up, where that went."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.actions.queries.lignee import ascendance, descendance
from accroche.annuaire.regles import NIVEAU_DE
from accroche.catalogue.diffusion import Dessin, Noeud, dessin, visible
from accroche.commun.preparees import prepared
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: Sheets of one lineage that are looked at: more would be a register, no drawing.
MOST_READ = 1_000
#: States of sheets that take up another and are told to nobody: neither begun, nor given up.
COUNTED = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED, Etat.WITHDRAWN})


def published_at(year: str, academie: str, slug: str) -> Action | None:
    """The public sheet of an address, with its carriers, académie and edition."""
    parts = Action.objects.published().select_related("semaine__academie", "semaine__edition")
    return parts.prefetch_related("portages__porteur").at(academie, slug, edition__year=year)


@dataclass(frozen=True, slots=True)
class Lignee:
    """The public sheet that one takes up, if any, and how many other schools took it up, in public."""

    source: Action | None = None
    schools: int = 0

    @property
    def is_drawn(self) -> bool:
        """Whether there is a tree to look at."""
        return self.source is not None or self.schools > 0


def lignee_of(action: Action) -> Lignee:
    """Return it; reads ``previous`` with its semaine, académie and edition, then asks one query."""
    source = action.previous
    own = {portage.porteur_id for portage in action.portages.all()}
    return Lignee(source if source and source.is_public else None, len(set(_takers(action.pk)) - own))


@prepared
def _takers(pk: int) -> QuerySet[ActionPorteur, int]:
    """The schools of the public sheets that take this one up."""
    takers = ActionPorteur.objects.order_by().filter(
        action__previous=pk,
        action__etat=Etat.PUBLISHED,
        action__semaine__edition__published_at__isnull=False,
        porteur__kind__in=NIVEAU_DE,
    )
    return takers.values_list("porteur", flat=True).distinct()


@dataclass(frozen=True, slots=True)
class Diffusion:
    """The lineage of a sheet as the public reads it: its drawing, its sheets, how many are not named."""

    dessin: Dessin
    fiches: dict[int, Action]
    hidden: int
    #: whether there may be more than was read
    is_cut: bool


def diffusion_of(action: Action, access: Access) -> Diffusion:
    """Read all that one sheet comes from and gave birth to; in a fixed number of queries.

    Those that are not public are counted for who signed in and may read them: the rest learns of none.
    """
    root = _root(action)
    numbers = descendance(root, MOST_READ)
    ties = Action.objects.filter(pk__in=numbers).order_by().values_list("pk", "previous", "etat")
    parents = {number: previous for number, previous, _ in ties}
    shown = (
        Action.objects.published_among(numbers)
        .select_related("semaine__academie", "semaine__edition")
        .prefetch_related("portages__porteur")
        .order_by("semaine__edition__year", "semaine__academie__slug", "position", "pk")
    )
    fiches = {sheet.pk: sheet for sheet in shown}
    tied = visible(parents, fiches)
    nodes = [Noeud(number, sheet.semaine.edition.year, tied[number]) for number, sheet in fiches.items()]
    waiting = {number for number, _, etat in ties if etat in COUNTED} - fiches.keys()
    hidden = 0
    if waiting and access.is_signed_in:
        hidden = Action.objects.within(access, Right.SEE_ACTION).filter(pk__in=waiting).count()
    return Diffusion(dessin(nodes, keep=action.pk), fiches, hidden, len(numbers) >= MOST_READ)


def _root(action: Action) -> int:
    """The sheet that all of its line come from: the one that takes up none, or the smallest of a circle."""
    line = ascendance(action.pk)
    first = Action.objects.filter(pk__in=line, previous=None).order_by("pk").first()
    return first.pk if first else min(line)
