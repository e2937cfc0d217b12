"""The axes suggested to académies, those they keep, what became of those before, whom to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, QuerySet

from accroche.annuaire.models import Academie
from accroche.campagne.axes import AxeNational, completed
from accroche.campagne.models import AxeRetenu, Edition, Semaine
from accroche.campagne.regles import CodeAxe
from accroche.commun.tri import alphabetical
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.axes import Suggestion
from accroche.evaluation.axes_exemples import Exemple, exemples
from accroche.evaluation.axes_regles import reglement_of
from accroche.evaluation.axes_suivi import AxeSuivi, Dite, devenirs
from accroche.evaluation.models import SuiviAxe
from accroche.evaluation.queries.faits import facts_of, facts_of_edition, told_of, told_of_edition

_CODES: Final = frozenset(CodeAxe)


def suggestions_of(semaine: Semaine) -> tuple[Suggestion, ...]:
    """Return the axes suggested to one semaine by the rules of its edition, those counted first.

    Nothing is suggested where data are absent.
    """
    return reglement_of(semaine.edition.year).suggest(facts_of(semaine))


def suggestions_of_edition(edition: Edition) -> dict[int, tuple[Suggestion, ...]]:
    """Return the suggestions for each semaine of an edition by its number, in a fixed number of queries."""
    regles = reglement_of(edition.year)
    return {number: regles.suggest(faits) for number, faits in facts_of_edition(edition).items()}


def kept_axes(edition: Edition) -> dict[int, frozenset[CodeAxe]]:
    """Return the axes each semaine keeps, by its number; those that keep none are not there."""
    kept = AxeRetenu.objects.filter(semaine__in=edition.semaines.all())
    rows = kept.order_by("semaine__academie__slug", "position").values_list("semaine", "axe__code")
    found: dict[int, set[CodeAxe]] = {}
    for semaine, code in rows:
        if code in _CODES:
            found.setdefault(semaine, set()).add(CodeAxe(code))
    return {number: frozenset(codes) for number, codes in found.items()}


def catalogue_of(edition: Edition) -> tuple[AxeNational, ...]:
    """The axes of an edition with their texts and leads, in its order; one query."""
    return tuple(completed(axe.as_told() for axe in edition.axes.all()))


def steered_semaines(access: Access) -> QuerySet[Semaine]:
    """The semaines whose steering one may read, the latest edition first."""
    found = Semaine.objects.within(access, Right.SEE_STEERING).select_related("edition", "academie")
    return found.order_by("-edition__year", "academie__slug")


@dataclass(frozen=True, slots=True)
class SuiviDit:
    """An axis kept in the edition before: what the facts say of it, and the académie's own word, if any."""

    devenir: AxeSuivi
    label: str
    word: SuiviAxe | None

    @property
    def version(self) -> int:
        """The version of the word that is read."""
        return self.word.version if self.word else 0


@dataclass(frozen=True, slots=True)
class Conseil:
    """All that helps an académie choose: suggestions, whom to look at by axis, the axes before.

    ``previous``: the edition before that had axes, and who the académie was then.
    """

    suggestions: tuple[Suggestion, ...]
    exemples: dict[str, tuple[Exemple, ...]]
    suivis: tuple[SuiviDit, ...]
    previous: Edition | None
    predecessors: tuple[str, ...]


def conseil_of(semaine: Semaine) -> Conseil:
    """Read all that helps one académie choose its axes; a fixed number of queries."""
    edition, regles = semaine.edition, reglement_of(semaine.edition.year)
    own = told_of(semaine)
    before = _semaines_before(semaine)
    previous = before[0].edition if before else None
    was = [told_of(one) for one in before]
    others = [
        (one.year, dite)
        for one in (edition, *_earlier(edition))
        if one.published_at
        for dite in told_of_edition(one).values()
    ]
    names = [semaine.academie.name, *(one.academie for one, _ in was)]
    rows = [(year, *one) for year, one in others]
    return Conseil(
        suggestions=regles.suggest(own[1]),
        exemples={code: exemples(code, rows, but=names, after=semaine.academie.name) for code in CodeAxe},
        suivis=_suivis(semaine, previous, was, own) if previous else (),
        previous=previous,
        predecessors=tuple(one.academie for one, _ in was if one.academie != semaine.academie.name),
    )


def _earlier(edition: Edition) -> QuerySet[Edition]:
    """The editions where one also looks for examples: the latest two before."""
    return Edition.objects.published().filter(year__lt=edition.year).order_by("-year")[:2]


def suivis_of(semaine: Semaine) -> tuple[SuiviDit, ...]:
    """Return what became of the axes of the edition before, those of the académies it follows included."""
    return conseil_of(semaine).suivis


def followed_codes(semaine: Semaine) -> frozenset[str]:
    """The codes of the axes kept in the edition before, of which the académie may say what became."""
    kept = AxeRetenu.objects.filter(semaine__in=[one.pk for one in _semaines_before(semaine)])
    return frozenset(kept.order_by().values_list("axe__code", flat=True))


def _suivis(semaine: Semaine, previous: Edition, was: Sequence[Dite], own: Dite) -> tuple[SuiviDit, ...]:
    labels = dict(previous.axes.values_list("code", "label"))
    words = {row.code: row for row in SuiviAxe.objects.filter(semaine=semaine)}
    found = devenirs(was, own, reglement_of(previous.year), reglement_of(semaine.edition.year))
    return tuple(SuiviDit(one, labels.get(one.code, one.code), words.get(one.code)) for one in found)


def _semaines_before(semaine: Semaine) -> list[Semaine]:
    """The semaines that kept axes in the latest edition before: its own, or those of académies it follows."""
    academies = Academie.objects.filter(pk=semaine.academie_id) | Academie.objects.filter(
        successors=semaine.academie_id
    )
    kept = (
        Semaine.objects.filter(
            academie__in=academies.order_by().values("pk"),
            edition__year__lt=semaine.edition.year,
            axes_retenus__isnull=False,
        )
        .select_related("edition", "academie")
        .order_by("-edition__year", "academie__slug")
        .distinct()
    )
    found = list(kept)
    return [one for one in found if one.edition_id == found[0].edition_id]


@dataclass(frozen=True, slots=True)
class Repartition:
    """Who chose what in an edition: académies by axis of the catalogue, and who has not chosen."""

    axes: tuple[tuple[AxeNational, tuple[Semaine, ...]], ...]
    chosen: tuple[Semaine, ...]
    missing: tuple[Semaine, ...]


def repartition_of(edition: Edition) -> Repartition:
    """Read who keeps which axes in an edition; a fixed number of queries. Académies come alphabetically."""
    kept = AxeRetenu.objects.select_related("axe").order_by("position")
    found = (
        edition.semaines.select_related("academie")
        .prefetch_related(Prefetch("axes_retenus", queryset=kept))
        .order_by(alphabetical("academie__name"))
    )
    semaines = list(found)
    codes = {one.pk: {axe.axe.code for axe in one.axes_retenus.all()} for one in semaines}
    return Repartition(
        axes=tuple(
            (axe, tuple(one for one in semaines if axe.code in codes[one.pk]))
            for axe in catalogue_of(edition)
        ),
        chosen=tuple(one for one in semaines if codes[one.pk]),
        missing=tuple(one for one in semaines if not codes[one.pk]),
    )
