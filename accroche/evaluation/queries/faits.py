"""The facts of semaines read from the database: sheets are counted where they are, never loaded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from accroche.actions.models import Action, ActionPartenaire, ActionQuerySet, Lien, PieceJointe
from accroche.actions.regles import (
    CodeTheme,
    Consentement,
    EtatPiece,
    SourceAction,
    Temporalite,
    TypePiece,
)
from accroche.actions.videos import video_of
from accroche.annuaire.regles import NIVEAU_DE, Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import Indicateur, TypePartenaire
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.queries.comptage import decomptes, figures_of, levels_of
from accroche.dossier.queries.dossier import complete_semaines, semaine_dossier
from accroche.evaluation.faits import Faits, Fiches, faits_of
from accroche.pilotage.couverture import Avancement

_PUBLIC_PIECE: Final = Q(state=EtatPiece.READY) & (
    ~Q(kind=TypePiece.IMAGE) | Q(consent__in=[one for one in Consentement if one.allows_publication])
)


def facts_of_edition(
    edition: Edition, *, coverage: Mapping[int, Mapping[Niveau, Avancement]] | None = None
) -> dict[int, Faits]:
    """Return the facts of each semaine of an edition by its number, in a fixed number of queries.

    Sheets are the accepted ones in an edition declared here, else those its report told. ``coverage``: the
    schools of the directory by semaine and level, where they are known.
    """
    return {number: faits for number, (_, faits) in _told(edition, None, coverage or {}).items()}


def facts_of(semaine: Semaine, *, coverage: Mapping[Niveau, Avancement] | None = None) -> Faits:
    """Return the facts of one semaine. See :func:`facts_of_edition`."""
    known = {semaine.pk: coverage} if coverage is not None else {}
    return _told(semaine.edition, semaine, known)[semaine.pk][1]


def told_of(semaine: Semaine) -> tuple[SemaineDossier, Faits]:
    """Return what one semaine told, without its sheets, with its facts. See :func:`facts_of_edition`."""
    return _told(semaine.edition, semaine, {})[semaine.pk]


def told_of_edition(edition: Edition) -> dict[int, tuple[SemaineDossier, Faits]]:
    """Return what each semaine told with its facts, but for those of its sheets: there may be thousands."""
    return _told(edition, None, {}, with_sheets=False)


def told_publicly(
    edition: Edition, *, only: Semaine | None = None, with_sheets: bool = True
) -> tuple[tuple[SemaineDossier, Faits], ...]:
    """Return what each semaine told everybody, with its facts, académies in alphabetical order.

    What they tell the bureau alone is in neither: it is for what gets printed. ``only`` reads one of them.
    """
    return tuple(_told(edition, only, {}, with_sheets=with_sheets, steering=False).values())


def _told(
    edition: Edition,
    only: Semaine | None,
    coverage: Mapping[int, Mapping[Niveau, Avancement]],
    *,
    with_sheets: bool = True,
    steering: bool = True,
) -> dict[int, tuple[SemaineDossier, Faits]]:
    semaines = complete_semaines(Action.objects.none()).filter(edition=edition)
    if only:
        semaines = semaines.filter(pk=only.pk)
    counted = decomptes(edition, only=only)
    sheets = _fiches(edition, only) if with_sheets else {}
    found = {}
    for semaine in semaines:
        told = replace(
            semaine_dossier(semaine, steering=steering),
            actions_figures=figures_of(semaine, Indicateur.ACTIONS, counted),
            etablissements_figures=figures_of(semaine, Indicateur.ETABLISSEMENTS, counted),
            levels=frozenset(levels_of(semaine, counted)),
        )
        fiches = sheets.get(semaine.pk, Fiches())
        found[semaine.pk] = told, faits_of(told, coverage=coverage.get(semaine.pk), fiches=fiches)
    return found


def _fiches(edition: Edition, only: Semaine | None) -> dict[int, Fiches]:
    """What the sheets of each semaine hold; four queries, however many they are."""
    of_edition = Action.objects.accepted() if edition.is_counted else Action.objects.told()
    actions = of_edition.filter(semaine__edition=edition).order_by()
    if only:
        actions = actions.filter(semaine=only)
    ticked = {f"in_{level}": Count("pk", filter=Q(**{level.value: True})) for level in Niveau}
    counts: Iterable[Any] = actions.values("semaine").annotate(
        sheets=Count("pk"),
        declared=Count("pk", filter=Q(source=SourceAction.DECLARATION)),
        **ticked,
        **{name: Count("pk", filter=held) for name, held in _COUNTS.items()},
    )
    schools, videos, kinds = _schools(actions), _videos(actions), _partner_kinds(actions)
    return {
        row["semaine"]: Fiches(
            count=row["sheets"],
            told=not row["declared"],
            schools=schools[row["semaine"]],
            levels=Counter({level: row[f"in_{level}"] for level in Niveau if row[f"in_{level}"]}),
            with_video=videos[row["semaine"]],
            partner_kinds=frozenset(kinds[row["semaine"]]),
            **{name: row[name] for name in _COUNTS},
        )
        for row in counts
    }


def _of(model: Any, *conditions: Q, **exact: Any) -> Exists:
    return Exists(model.objects.order_by().filter(*conditions, action=OuterRef("pk"), **exact))


_LINK: Final = _of(Lien)
_PIECE: Final = _of(PieceJointe, _PUBLIC_PIECE)
#: What is counted of sheets, by the name :class:`Fiches` gives it.
_COUNTS: Final[dict[str, Any]] = {
    "with_text": ~Q(description=""),
    "with_link": _LINK,
    "with_piece": _PIECE,
    "with_support": _LINK | _PIECE,
    "with_partner": _of(ActionPartenaire),
    "with_external": _of(ActionPartenaire, partenaire__internal=False),
    "with_parents": Exists(
        Action.themes.through.objects.filter(action=OuterRef("pk"), theme__code=CodeTheme.PARENTS)
    ),
    "all_year": Q(temporality__in=[Temporalite.ANNEE, Temporalite.LES_DEUX]),
    "remarkable": Q(remarkable=True),
    "prized": ~Q(prize=""),
}


def _schools(actions: ActionQuerySet) -> dict[int, int]:
    rows = actions.filter(porteurs__kind__in=NIVEAU_DE).values("semaine")
    counts = rows.annotate(schools=Count("porteurs", distinct=True)).values_list("semaine", "schools")
    return defaultdict(int, dict(counts))


def _videos(actions: ActionQuerySet) -> Counter[int]:
    links = Lien.objects.order_by().filter(action__in=actions.values("pk"))
    rows = links.values_list("action__semaine", "action", "url")
    return Counter(semaine for semaine, _ in {row[:2] for row in rows if video_of(row[2])})


def _partner_kinds(actions: ActionQuerySet) -> dict[int, set[TypePartenaire]]:
    rows = ActionPartenaire.objects.order_by().filter(
        action__in=actions.values("pk"), partenaire__internal=False
    )
    pairs = rows.exclude(partenaire__kind="").values_list("action__semaine", "partenaire__kind").distinct()
    found: dict[int, set[TypePartenaire]] = defaultdict(set)
    for semaine, kind in pairs:
        found[semaine].add(TypePartenaire(kind))
    return found
