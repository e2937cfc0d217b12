"""The queue of an académie: what waits, oldest first, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import Length

from accroche.actions.cycle import Etat
from accroche.actions.models import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    ActionQuerySet,
    DoublonEcarte,
    Lien,
)
from accroche.annuaire.models import Academie, Bassin, Departement
from accroche.annuaire.regles import NIVEAU_DE, Niveau
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.lib.libelles import Libelle
from accroche.lib.uai import UaiError, parse
from accroche.relecture.indices import CAPITAL, DATED, SHORT, SMALL, Apercu, Indice, indices

#: Sheets that stand for something: two of them with the same text are worth a look.
_STANDING = (Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)


class FicheSans(Libelle):
    """What a sheet does not hold, though nothing obliges it to: what an académie’s grid looks at."""

    NO_LINK = "lien", "Sans lien"
    NO_TEXT = "texte", "Sans texte"
    NO_EXTERNAL = "exterieur", "Sans partenaire extérieur"


@dataclass(frozen=True)
class Filtre:
    """What the person asked for; an empty one keeps everything.

    ``territory``: columns of :class:`Territoires` to row numbers.
    """

    etat: Etat | None = Etat.SUBMITTED
    academie: int | None = None
    departement: int | None = None
    bassin: int | None = None
    edition: int | None = None
    niveau: Niveau | None = None
    moment: str = ""
    indice: Indice | None = None
    lacune: FicheSans | None = None
    texte: str = ""


@dataclass(frozen=True)
class Territoires:
    """What a person may narrow the queue to."""

    academies: list[Academie]
    departements: list[Departement]
    bassins: list[Bassin]
    editions: list[Edition]


def readable(access: Access) -> ActionQuerySet:
    """The sheets of the territory one answers for or looks after."""
    return Action.objects.within(access, Right.SEE_COVERAGE)


def selected(access: Access, filtre: Filtre) -> ActionQuerySet:
    """The sheets a filter shows to one person, in the order of its pages and of its file."""
    return oldest_first(kept(readable(access), filtre))


def territoires(access: Access) -> Territoires:
    """The académies, départements, bassins and editions one may filter by; four queries."""
    scope = access.scope(Right.SEE_COVERAGE)
    if scope.france:
        academies = Academie.objects.filter(valid_until=None)
        departements, bassins = Departement.objects.all(), Bassin.objects.all()
    else:
        academies = Academie.objects.filter(pk__in=scope.academies)
        departements = Departement.objects.filter(
            Q(academies__in=scope.academies) | Q(pk__in=scope.departements)
        ).distinct()
        bassins = Bassin.objects.filter(Q(academie__in=scope.academies) | Q(pk__in=scope.bassins))
    return Territoires(list(academies), list(departements), list(bassins), list(Edition.objects.all()))


def kept(actions: ActionQuerySet, filtre: Filtre, *, any_state: bool = False) -> ActionQuerySet:
    """Keep what ``filtre`` asks for; ``any_state``: whatever their state, to count each."""
    found = actions
    if filtre.etat and not any_state:
        found = found.filter(etat=filtre.etat)
    if filtre.academie:
        found = found.filter(semaine__academie=filtre.academie)
    if filtre.edition:
        found = found.filter(semaine__edition=filtre.edition)
    for column in ("departement", "bassin"):
        if number := getattr(filtre, column):
            found = found.filter(Exists(_porteurs(**{f"porteur__etablissement__{column}": number})))
    if filtre.niveau:
        found = found.filter(**{filtre.niveau.value: True})
    if filtre.moment:
        found = found.filter(temporality=filtre.moment)
    if filtre.indice:
        found = with_hint(found, filtre.indice)
    if filtre.lacune:
        found = found.filter(_LACKS[filtre.lacune])
    return _with_text(found, filtre.texte) if filtre.texte else found


_LACKS: Final[Mapping[FicheSans, Any]] = {
    FicheSans.NO_LINK: ~Exists(Lien.objects.order_by().filter(action=OuterRef("pk"))),
    FicheSans.NO_TEXT: Q(description=""),
    FicheSans.NO_EXTERNAL: ~Exists(
        ActionPartenaire.objects.order_by().filter(action=OuterRef("pk"), partenaire__internal=False)
    ),
}


def _porteurs(**columns: object) -> QuerySet[ActionPorteur]:
    return ActionPorteur.objects.order_by().filter(action=OuterRef("pk"), **columns)


def _with_text(actions: ActionQuerySet, text: str) -> ActionQuerySet:
    """Keep those whose title, carriers or text hold every word; a UAI is looked for as one."""
    try:
        return actions.filter(Exists(_porteurs(porteur__etablissement=parse(text.strip().upper()))))
    except UaiError:
        pass
    for word in text.split():
        named = Q(porteur__name__icontains=word) | Q(porteur__commune__icontains=word)
        actions = actions.filter(
            Q(title__icontains=word) | Q(description__icontains=word) | Exists(_porteurs().filter(named))
        )
    return actions


def with_hint(actions: ActionQuerySet, indice: Indice) -> ActionQuerySet:
    """Keep the sheets that ``indices.py`` would point at, asked of the database."""
    unknown = Q(porteur__etablissement=None) & (Q(porteur__kind__in=list(NIVEAU_DE)) | Q(porteur__commune=""))
    conditions: dict[Indice, Q | Exists] = {
        Indice.NO_LEVEL: Q(**{level.value: False for level in Niveau}),
        Indice.NO_DATE: Q(temporality__in=DATED, starts=None),
        Indice.UNKNOWN_SCHOOL: ~Exists(_porteurs()) | Exists(_porteurs().filter(unknown)),
        Indice.CAPITALS: Q(title__regex=CAPITAL) & ~Q(title__regex=SMALL),
        Indice.SAME_TEXT: Q(pk__in=_twins()) & (~Q(Exists(_pairs())) | Q(Exists(_unsettled_twins()))),
        Indice.NO_CONTACT: Q(declarant=None, declarant_email="", private_email=""),
    }
    if indice is Indice.SHORT:
        return actions.annotate(length=Length("description")).filter(length__lt=SHORT)
    return actions.filter(conditions[indice])


def _twins() -> QuerySet[Action, int]:
    """The numbers of all sheets with the text of another of their semaine, in one pass over the table."""
    standing = Q(etat__in=_STANDING)
    same = Window(Count("pk", filter=standing), partition_by=[F("semaine"), F("description")])
    itself = Case(When(standing, then=1), default=0)
    told = Action.objects.order_by().exclude(description="").annotate(others=same - itself)
    return told.filter(others__gt=0).values_list("pk", flat=True)


def _pairs() -> QuerySet[DoublonEcarte]:
    """The pairs of a sheet with another of the very same text that somebody told apart from it."""
    mine = Q(one=OuterRef("pk")) | Q(other=OuterRef("pk"))
    return DoublonEcarte.objects.order_by().filter(mine, same_text=True)


def _unsettled_twins() -> QuerySet[Action]:
    """The other sheets with its text that nobody told apart from it: asked of the few that are in a pair."""
    settled = DoublonEcarte.objects.order_by().filter(
        Q(one=OuterRef("pk"), other=OuterRef(OuterRef("pk")))
        | Q(other=OuterRef("pk"), one=OuterRef(OuterRef("pk"))),
        same_text=True,
    )
    same = Action.objects.order_by().filter(
        semaine=OuterRef("semaine"), description=OuterRef("description"), etat__in=_STANDING
    )
    return same.exclude(pk=OuterRef("pk")).filter(~Exists(settled))


def oldest_first(actions: ActionQuerySet) -> ActionQuerySet:
    """Order by the day they were sent; what was loaded from a file, without such a day, comes last."""
    return actions.order_by(F("submitted_at").asc(nulls_last=True), "pk")


def counts(actions: ActionQuerySet) -> dict[Etat, int]:
    """How many sheets stand in each state; one query."""
    rows = actions.order_by().values_list("etat").annotate(Count("pk"))
    found = dict(rows)
    return {etat: found.get(etat, 0) for etat in Etat}


def with_parts(actions: ActionQuerySet) -> ActionQuerySet:
    """Bring along what a line of the queue shows, and what rights are asked of."""
    return actions.select_related("semaine__academie", "semaine__edition", "declarant").prefetch_related(
        "portages__porteur", "porteurs__etablissement"
    )


def repeated(actions: Iterable[Action]) -> frozenset[int]:
    """Which of these sheets have the text of another of their semaine that nobody told apart; two queries.

    One reading of each semaine on the page, not one a sheet.
    """
    shown = list(actions)
    same = Action.objects.order_by().filter(
        semaine__in={action.semaine_id for action in shown},
        etat__in=_STANDING,
        description__in={action.description for action in shown} - {""},
    )
    counts = {
        (semaine, text): count
        for semaine, text, count in same.values_list("semaine", "description").annotate(Count("pk"))
    }
    settled = _settled(shown)
    return frozenset(
        action.pk
        for action in shown
        # itself left out, where it is counted
        if counts.get((action.semaine_id, action.description), 0) - settled[action.pk]
        > (action.etat in _STANDING)
    )


def _settled(actions: Iterable[Action]) -> Counter[int]:
    """How many sheets of the very same text were told apart from each of these, and still stand."""
    pairs = DoublonEcarte.objects.of(*(action.pk for action in actions)).filter(
        same_text=True, one__description=F("other__description"), one__semaine=F("other__semaine")
    )
    found: Counter[int] = Counter()
    for one, other, etat, other_etat in pairs.values_list("one", "other", "one__etat", "other__etat"):
        found[one] += other_etat in _STANDING
        found[other] += etat in _STANDING
    return found


def hints_of(action: Action, *, is_repeated: bool) -> tuple[Indice, ...]:
    """What is worth a second look in a sheet brought along with its parts; asks nothing more."""
    porteurs = [portage.porteur for portage in action.portages.all()]
    return indices(
        Apercu(
            title=action.title,
            description=action.description,
            has_level=bool(action.levels),
            temporality=action.temporality,
            has_day=action.starts is not None,
            porteurs=len(porteurs),
            unknown_porteurs=sum(
                not porteur.uai and (porteur.kind in NIVEAU_DE or not porteur.commune) for porteur in porteurs
            ),
            has_contact=bool(action.declarant_id or action.declarant_email or action.private_email),
            is_repeated=is_repeated,
        )
    )


@dataclass(frozen=True)
class Attente:
    """How many sheets wait for a person, since when, and the first to read."""

    count: int
    since: object
    first: Action | None


def waiting_for(access: Access, *, but: Action | None = None) -> Attente:
    """What waits for somebody's decision; ``but``: the sheet they are reading. Two queries at most."""
    waiting = Action.objects.waiting().within(access, Right.MODERATE)
    if but is not None:
        waiting = waiting.exclude(pk=but.pk)
    told = waiting.order_by().aggregate(count=Count("pk"), since=Min("submitted_at"))
    first = oldest_first(waiting).first() if told["count"] else None
    return Attente(told["count"], told["since"], first)
