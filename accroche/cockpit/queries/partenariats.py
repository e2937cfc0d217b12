"""Reads of what partners do: in an edition for who steers it, over the editions for the partner itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire
from accroche.campagne.models import Partenaire, Semaine, SemainePartenaire
from accroche.campagne.regles import TypePartenaire
from accroche.cockpit.partenariats import Partenariat
from accroche.cockpit.queries.cockpit import Releve
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.texte import comparable


def partenariats(asked: Releve) -> list[Partenariat]:
    """The partners of the semaines and of their published sheets; three queries, in no order."""
    shown = ActionPartenaire.objects.order_by().filter(
        action__semaine__in=asked.numbers, action__etat=Etat.PUBLISHED
    )
    on_sheets = list(shown.values_list("partenaire", "action", "action__semaine"))
    named = SemainePartenaire.objects.order_by().filter(semaine__in=asked.numbers)
    on_pages = list(named.values_list("partenaire", "semaine"))
    of_sheets = Partenaire.objects.filter(pk__in=shown.values("partenaire"))
    rows = (of_sheets | Partenaire.objects.filter(pk__in=named.values("partenaire"))).order_by()
    found = {
        number: Partenariat(number, name, TypePartenaire(kind), internal)
        for number, name, kind, internal in rows.values_list("pk", "name", "kind", "internal")
    }
    for number, action, semaine in on_sheets:
        found[number].actions.add(action)
        found[number].semaines.add(semaine)
    for number, semaine in on_pages:
        found[number].semaines.add(semaine)
        found[number].named.add(semaine)
    return list(found.values())


def organisations(access: Access) -> list[Partenaire]:
    """The partners that are one's organisation, whatever spelling or kind each académie gave it.

    None for who has the right everywhere and no organisation of their own.
    """
    own = access.scope(Right.SEE_PARTNER).organisations
    if not own:
        return []
    rows = Partenaire.objects.order_by("pk")
    return [one for one in rows if comparable(one.name.casefold()) in own]


def public_actions(partners: Iterable[Partenaire]) -> QuerySet[Action]:
    """The sheets the public reads in which one of these partners takes part, the latest edition first."""
    taking_part = ActionPartenaire.objects.filter(partenaire__in=[one.pk for one in partners])
    found = Action.objects.published_among(taking_part.order_by().values("action"))
    return found.order_by("-semaine__edition__year", "semaine__academie__slug", "position", "pk")


def public_semaines(partners: Iterable[Partenaire]) -> QuerySet[Semaine]:
    """The semaines of published editions that name one of these partners, the latest first."""
    naming = SemainePartenaire.objects.filter(partenaire__in=[one.pk for one in partners])
    found = Semaine.objects.filter(edition__published_at__isnull=False)
    found = found.filter(pk__in=naming.order_by().values("semaine"))
    return found.select_related("edition", "academie").order_by("-edition__year", "academie__slug")
