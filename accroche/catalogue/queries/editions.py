"""What the public pages read, each in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from accroche.actions.models import Action, ActionPorteur, ActionQuerySet, PieceJointe
from accroche.actions.queries import public_pieces
from accroche.actions.queries.lignee import ORIGINE_PARTS
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import AxeRetenu, Edition, Semaine, TempsFort
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.catalogue.calendrier import Calendrier, calendrier
from accroche.catalogue.carte import AcademieEnCarte, Tuile, carte
from accroche.catalogue.provenance import (
    Provenance,
    Reponse,
    provenance,
    reponse_of,
)
from accroche.catalogue.queries.liste import ON_CARDS
from accroche.commun.memoire import remembered, remembered_apart, remembered_there
from accroche.commun.preparees import Parties, PartiesDeListe, prepared
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.dossier.comptage import Decompte
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.comptage import comptages, decomptes_of, figures_of, levels_of
from accroche.dossier.queries.dossier import ACTION_PARTS, complete_semaines, edition_dossier
from accroche.lib.chiffres import Chiffre, format_total, total
from accroche.lib.dates import Window
from accroche.publications.queries import public_texts


@remembered_apart
def published_editions() -> tuple[Edition, ...]:
    """The editions the public may read, the latest first."""
    return tuple(Edition.objects.published().order_by("-year"))


def published_edition(year: str) -> Edition | None:
    """One of them, by its year; None when there is none."""
    return next((one for one in published_editions() if one.year == year), None)


def current_edition(day: dt.date) -> Edition | None:
    """The edition the public is led to on ``day``: the next one, once opened, waits for its first day."""
    editions = published_editions()
    begun = (one for one in editions if one.declaration_opens is None or one.declaration_opens <= day)
    return next(begun, editions[0] if editions else None)


def declaring_edition(day: dt.date) -> Edition | None:
    """The latest in which schools may declare on ``day``."""
    return next((one for one in published_editions() if one.is_declaring_on(day)), None)


@dataclass(frozen=True, slots=True)
class SemaineEnListe:
    """One académie's semaine as lists show it."""

    name: str
    slug: str
    windows: tuple[Window, ...]
    ordinal: int | None
    status: StatutSemaine
    levels: tuple[Niveau, ...]
    levels_unknown: tuple[Niveau, ...]
    actions: tuple[Chiffre, ...]
    etablissements: tuple[Chiffre, ...]
    told: int
    #: nothing more is told of its edition
    is_over: bool = False

    @property
    def is_available(self) -> bool:
        """Whether there is anything to tell of its actions: it reported, or sheets are published."""
        return self.status is not StatutSemaine.UNAVAILABLE or self.told > 0

    @property
    def is_preparing(self) -> bool:
        """Whether it has not reported yet, and still may."""
        return self.status is StatutSemaine.PREPARING and not self.is_over

    @property
    def reponse(self) -> Reponse:
        """What it answered about its actions."""
        return reponse_of(self.actions)

    @property
    def phrase(self) -> str:
        """Its number of actions in words."""
        return format_total(total([(self.name, self.actions)]))


@dataclass(frozen=True)
class Panorama:
    """An edition at a glance: its semaines, and the totals, map and calendar made from them, once."""

    edition: Edition
    semaines: tuple[SemaineEnListe, ...]

    @property
    def is_counted(self) -> bool:
        """Whether its figures are counted from published sheets."""
        return self.edition.is_counted

    @cached_property
    def actions(self) -> Provenance:
        """The total of actions."""
        return provenance(((f.name, f.slug, f.actions) for f in self.semaines), Indicateur.ACTIONS)

    @cached_property
    def etablissements(self) -> Provenance:
        """The total of schools."""
        rows = ((f.name, f.slug, f.etablissements) for f in self.semaines)
        return provenance(rows, Indicateur.ETABLISSEMENTS)

    @cached_property
    def calendrier(self) -> Calendrier:
        """The windows, month by month."""
        return calendrier(self.edition.year, ((f.name, f.slug, f.windows) for f in self.semaines))

    @cached_property
    def tuiles(self) -> tuple[Tuile, ...]:
        """The tile map."""
        return self.carte(self.semaines)

    def carte(self, kept: tuple[SemaineEnListe, ...]) -> tuple[Tuile, ...]:
        """The tile map, académies outside ``kept`` faded."""
        names = {semaine.name for semaine in kept}
        return carte(AcademieEnCarte(f.name, f.slug, f.actions, f.name in names) for f in self.semaines)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """The address of each académie by its name."""
        return {semaine.name: semaine.slug for semaine in self.semaines}

    @cached_property
    def told(self) -> int:
        """How many actions are told in detail."""
        return sum(semaine.told for semaine in self.semaines)

    @cached_property
    def noms_indisponibles(self) -> tuple[str, ...]:
        """The names of those that did not report."""
        return tuple(semaine.name for semaine in self.unavailable)

    @cached_property
    def unavailable(self) -> tuple[SemaineEnListe, ...]:
        """The académies that did not report."""
        return tuple(semaine for semaine in self.semaines if not semaine.is_available)


#: The carriers of sheets with their schools, in one query rather than three.
WITH_SCHOOLS: Final = Prefetch(
    "portages", queryset=ActionPorteur.objects.select_related("porteur__etablissement")
)


class AcademieVoisine(NamedTuple):
    """An académie that has a semaine in the same edition."""

    slug: str
    name: str


#: A semaine without a published sheet.
NONE: Final = Decompte()


@remembered
def panorama(edition: Edition) -> Panorama:
    """Read an edition at a glance: as much of a million sheets as of none."""
    semaines, found = _semaines_in_list(edition), comptages(edition)
    counted = decomptes_of(edition, (semaine.pk for semaine in semaines), found)
    over = edition.is_closed
    return Panorama(
        edition,
        tuple(_en_liste(one, found.get(one.pk, NONE), counted, is_over=over) for one in semaines),
    )


@remembered_apart
def _semaines_in_list(edition: Edition) -> tuple[Semaine, ...]:
    """What lists tell of the semaines of an edition, but for their sheets."""
    rows = Semaine.objects.filter(edition=edition).select_related("academie")
    return tuple(rows.prefetch_related("fenetres", "chiffres").order_by("academie__slug"))


def _en_liste(
    semaine: Semaine, found: Decompte, counted: dict[int, Decompte], *, is_over: bool
) -> SemaineEnListe:
    return SemaineEnListe(
        name=semaine.academie.name,
        slug=semaine.academie.slug,
        windows=semaine.windows,
        ordinal=semaine.ordinal,
        status=StatutSemaine(semaine.status),
        levels=levels_of(semaine, counted),
        levels_unknown=tuple(Niveau(code) for code in semaine.levels_unknown),
        actions=figures_of(semaine, Indicateur.ACTIONS, counted),
        etablissements=figures_of(semaine, Indicateur.ETABLISSEMENTS, counted),
        told=found.actions,
        is_over=is_over,
    )


@remembered_apart
def coming(edition: Edition, today: dt.date, limit: int) -> tuple[TempsFort, ...]:
    """The temps forts of an edition that are not over yet, the soonest first."""
    found = TempsFort.objects.filter(semaine__edition=edition, semaine__begun=False, starts__isnull=False)
    found = found.annotate(last=Coalesce("ends", F("starts"))).filter(last__gte=today)
    found = found.select_related("semaine__academie", "semaine__edition").prefetch_related("etapes")
    return tuple(found.order_by("starts", "semaine__academie__slug", "position")[:limit])


@remembered_apart
def national(edition: Edition) -> EditionDossier:
    """What an edition tells the public of the whole country, without any of its semaines."""
    return public_texts(edition, edition_dossier(edition))


@remembered_apart
def axes_retenus(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The académies that keep each axis of the edition, by its code."""
    kept = AxeRetenu.objects.filter(semaine__edition=edition, semaine__begun=False)
    found: dict[str, list[str]] = {}
    for code, name in kept.order_by("semaine__academie__slug", "position").values_list(
        "axe__code", "semaine__academie__name"
    ):
        found.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in found.items()}


def public_semaines(edition: Edition) -> QuerySet[Semaine]:
    """The edition's semaines with all a page tells but their actions, which ``queries/liste.py`` reads."""
    return complete_semaines(Action.objects.none()).filter(edition=edition)


def public_semaine(edition: Edition, academie: str) -> Semaine | None:
    """One of these semaines, with all its page tells but its actions; None where there is none."""
    known = _semaine_told(edition.pk, academie)
    if known is None:
        return None
    # one of their own: what is remembered is everybody's, and partners are named by sheets as well
    found = copy(known)
    held = vars(found)
    held["_prefetched_objects_cache"] = dict(held["_prefetched_objects_cache"])
    return _SEMAINE_PARTNERS.read(found)


@remembered_there
def _semaine_told(edition: int, academie: str) -> Semaine | None:
    found = _semaine_of(edition, academie)
    return _SEMAINE_PARTS.read(found[0]) if found else None


@prepared
def _semaine_of(edition: int, academie: str) -> QuerySet[Semaine]:
    found = Semaine.objects.filter(edition=edition, academie__slug=academie).order_by()
    return found.select_related("academie", "edition")


#: The same as :func:`public_semaines` reads for many.
_SEMAINE_PARTS: Final = Parties(
    Semaine,
    fenetres=lambda row: row.fenetres.all(),
    chiffres=lambda row: row.chiffres.all(),
    axes_retenus=lambda row: row.axes_retenus.select_related("axe"),
    temps_forts=lambda row: row.temps_forts.prefetch_related("etapes"),
    ressources=lambda row: row.ressources.all(),
    strategie=lambda row: row.strategie.all(),
    medias=lambda row: row.medias.all(),
)
_SEMAINE_PARTNERS: Final = Parties(
    Semaine, participations=lambda row: row.participations.select_related("partenaire")
)


def public_actions(edition: Edition) -> ActionQuerySet:
    """The edition's published actions with all a page tells."""
    return _told(Action.objects.published().filter(semaine__edition=edition))


def _told(actions: ActionQuerySet) -> ActionQuerySet:
    found = actions.select_related("semaine__academie", "semaine__edition")
    return found.prefetch_related(WITH_SCHOOLS, *ACTION_PARTS)


def public_action(edition: Edition, academie: str, slug: str) -> Action | None:
    """One published action with all its page tells: of its attachments, what the public may see."""
    # by its address alone, then by its number: by its state, one would walk through its semaine
    numbers = _named(academie, slug, edition.pk)
    found = _public_action(numbers[0]) if numbers else []
    return _with_source(_PARTS.read(found[0])) if found else None


@prepared
def _named(academie: str, slug: str, edition: int) -> QuerySet[Action, int]:
    named = Action._base_manager.filter(semaine__academie__slug=academie, slug=slug, semaine__edition=edition)  # noqa: SLF001
    return named.order_by().values_list("pk", flat=True)


@prepared
def _public_action(pk: int) -> QuerySet[Action]:
    found = Action.objects.published().filter(pk=pk).order_by()
    return found.select_related("semaine__academie", "semaine__edition")


#: All that the page of a sheet tells, as :func:`_whole` and :func:`_told` name it for many.
_PARTS: Final = Parties(
    Action,
    portages=lambda row: row.portages.select_related("porteur__etablissement"),
    participations=lambda row: row.participations.select_related("partenaire"),
    liens=lambda row: row.liens.all(),
    themes=lambda row: row.themes.all(),
    activites=lambda row: row.activites.all(),
    cles=lambda row: row.cles.all(),
    pieces=lambda row: public_pieces().filter(action=row),
)


def followed_action(access: Access, pk: int) -> Action | None:
    """One sheet of those the visitor follows, whatever its state, with what its public page would tell."""
    return _with_source(_whole(_told(Action.objects.within(access, Right.SEE_ACTION).filter(pk=pk))).first())


def hidden_pieces(action: Action) -> int:
    """How many attachments of a sheet the public would not see: unready, or without consent."""
    return PieceJointe.objects.filter(action=action).count() - public_pieces().filter(action=action).count()


def _whole(actions: ActionQuerySet) -> ActionQuerySet:
    pieces = Prefetch("pieces", queryset=public_pieces())
    return actions.prefetch_related("activites", "cles", pieces)


def _with_source(action: Action | None) -> Action | None:
    """The same with the sheet it takes up, whatever its state: asked for where there is one."""
    if action is not None and action.previous_id:
        parts = [part.removeprefix("previous__") for part in ORIGINE_PARTS]
        sources = Action._base_manager.select_related(*parts)  # noqa: SLF001 - as Django follows such a link
        prefetch_related_objects([action], Prefetch("previous", queryset=sources))
    return action


@remembered
def remarkable_actions(edition: Edition, limit: int) -> tuple[Action, ...]:
    """A few actions to read first, as cards tell them: prize winners, then remarkable ones.

    One académie at a time.
    """
    found = _remarkable_of(edition.pk)
    with_prize = [pk for pk, _ in found if pk]
    chosen = [*with_prize, *(pk for prized, pk in found if pk and not prized)][:limit]
    told = {action.pk: action for action in _on_cards(tuple(chosen))}
    _WITH_SCHOOLS.read(list(told.values()))
    return tuple(told[pk] for pk in chosen if pk in told)


@prepared
def _remarkable_of(edition: int) -> QuerySet[Semaine, tuple[int | None, int | None]]:
    """The first prized sheet of each académie, and the first remarkable one: by index, however many."""
    # « in »: Django writes « = True » as a condition that no index of SQLite answers
    first = Action.objects.accepted().filter(remarkable__in=[True], semaine=OuterRef("pk"))
    first = first.order_by("position", "pk")
    prized = first.exclude(prize="")
    semaines = Semaine.objects.filter(edition=edition).order_by("academie__slug")
    return semaines.annotate(
        prized=Subquery(prized.values("pk")[:1]), first=Subquery(first.values("pk")[:1])
    ).values_list("prized", "first")


@prepared
def _on_cards(pks: tuple[int, ...]) -> QuerySet[Action]:
    rows = Action.objects.published_among(pks).order_by("pk")
    # a semaine and its edition hold pages of prose that no card tells
    return rows.select_related("semaine__academie", "semaine__edition").only(*_TOLD_ON_CARDS)


_TOLD_ON_CARDS: Final = (
    *(*ON_CARDS, "semaine__academie__slug", "semaine__academie__name"),
    "semaine__edition__year",
)
_WITH_SCHOOLS: Final = PartiesDeListe(
    Action,
    portages=lambda pks: ActionPorteur.objects.filter(action__in=pks).select_related(
        "porteur__etablissement"
    ),
)


def other_actions(action: Action, limit: int) -> QuerySet[Action]:
    """Other published actions of the same semaine, to read next."""
    found = Action.objects.published().filter(semaine=action.semaine_id).exclude(pk=action.pk)
    return (
        found.select_related("semaine__academie", "semaine__edition")
        .prefetch_related(WITH_SCHOOLS)
        .order_by("position", "pk")[:limit]
    )


@remembered_apart
def _academies_of(edition_pk: int) -> tuple[AcademieVoisine, ...]:
    found = Semaine.objects.filter(edition=edition_pk).order_by("academie__slug")
    return tuple(AcademieVoisine(*row) for row in found.values_list("academie__slug", "academie__name"))


def neighbours(semaine: Semaine) -> tuple[AcademieVoisine | None, AcademieVoisine | None]:
    """The académies before and after this one in the alphabetical list of its edition."""
    others, slug = _academies_of(semaine.edition_id), semaine.academie.slug
    before = [one for one in others if one.slug < slug][-1:]
    after = [one for one in others if one.slug > slug][:1]
    return (before[0] if before else None), (after[0] if after else None)
