"""Sheets as the search engine is told of them, read from the database as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from django.db.models import prefetch_related_objects

from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Activite, Lien, PieceJointe
from accroche.actions.queries.contenu import content_of, pieces_of
from accroche.actions.saisie import Distinctions
from accroche.annuaire.models import Departement
from accroche.annuaire.toponymes import departement_code
from accroche.catalogue.indexable import Alentours, rank, said
from accroche.catalogue.queries.positions import positions
from accroche.commun.preparees import PartiesDeListe
from accroche.lib.dates import school_year

#: Sheets read at once.
BATCH: Final = 500
#: What points at them, by queries made once: a country of sheets is read when an index is made.
_PARTS: Final = PartiesDeListe(
    Action,
    portages=lambda pks: ActionPorteur.objects.filter(action__in=pks).select_related(
        "porteur__etablissement__departement"
    ),
    participations=lambda pks: ActionPartenaire.objects.filter(action__in=pks).select_related("partenaire"),
    liens=lambda pks: Lien.objects.filter(action__in=pks),
    activites=lambda pks: Activite.objects.filter(action__in=pks),
    pieces=lambda pks: PieceJointe.objects.filter(action__in=pks),
)


def told_of(keys: Collection[int]) -> dict[int, dict[str, list[Any]] | None]:
    """What is told of each sheet; None of one that the public does not see: it is forgotten."""
    found: dict[int, dict[str, list[Any]] | None] = dict.fromkeys(keys)
    departements = dict(Departement.objects.values_list("code", "name"))
    actions = _read(tuple(keys))
    places = {pk: (place.lat, place.lon) for pk, place in positions(keys).items()}
    for action in actions:
        found[action.pk] = _told(action, departements, places.get(action.pk))
    return found


def all_keys() -> Iterator[list[int]]:
    """The keys of all published sheets, a batch at a time, in their order."""
    last = 0
    while keys := list(Action.objects.published_after(last).values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


def _read(keys: tuple[int, ...]) -> list[Action]:
    rows = list(
        Action.objects.published_among(keys)
        .select_related("semaine__academie", "semaine__edition")
        .prefetch_related("themes", "cles")
    )
    _PARTS.read(rows)
    # the windows of a semaine are read once, not for each of its sheets
    semaines = {row.semaine_id: row.semaine for row in rows}
    prefetch_related_objects(list(semaines.values()), "fenetres")
    for row in rows:
        row.semaine = semaines[row.semaine_id]
    return rows


def _told(
    action: Action, departements: dict[str, str], place: tuple[float, float] | None
) -> dict[str, list[Any]]:
    known = Distinctions(
        prize=action.prize,
        remarkable=action.remarkable,
        experitheque_id=action.experitheque_id,
        source=action.source,
    )
    codes = dict.fromkeys(filter(None, map(_departement, action.portages.all())))
    semaine = action.semaine
    # a school by the name it has and by the one it had: people look for both
    today = [row.porteur.school.name for row in action.portages.all() if row.porteur.school]
    windows = semaine.windows
    where = Alentours(
        edition=semaine.edition.year,
        academie=semaine.academie.slug,
        names=(
            semaine.academie.name,
            *today,
            *(departements[code] for code in codes if code in departements),
        ),
        departements=tuple(codes),
        since=windows[0][0] if windows else school_year(semaine.edition.year)[0],
        place=place,
    )
    pieces = [piece for piece in pieces_of(action) if piece.is_public]
    return rank(said(content_of(action, as_printed=True), known, pieces, where), action.pk)


def _departement(row: Any) -> str:
    """The code of a carrier's département: its school's, else that its commune's code begins with."""
    school = row.porteur.school
    return str(school.departement.code) if school else departement_code(row.porteur.insee)
