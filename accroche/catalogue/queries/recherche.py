"""What the page of a search reads besides the search itself, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import QuerySet

from accroche.actions.models import Action, ActionPorteur, PieceJointe
from accroche.annuaire.models import Academie, Departement, Etablissement
from accroche.annuaire.regles import Niveau
from accroche.catalogue.criteres import FACETTES, RAYONS, WIDEST, Criteres, Ordre, near, without
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.editions import other_actions
from accroche.catalogue.queries.lieux import communes
from accroche.catalogue.queries.liste import light_images
from accroche.catalogue.queries.retenues import name_of_selection
from accroche.commun.memoire import remembered_apart
from accroche.commun.preparees import PartiesDeListe, prepared
from accroche.lib.texte import de

#: What a card tells of an action.
_TOLD: Final = (
    *("title", "slug", "description", "prize", "remarkable", *(level.value for level in Niveau)),
    *("semaine__academie__slug", "semaine__academie__name", "semaine__edition__year"),
)
#: How many other searches are tried, at most, where nothing is found.
MOST_TRIED: Final = 8


def cards(pks: Iterable[int]) -> list[Action]:
    """These actions as cards tell them, in this order; what is public no longer is left out."""
    wanted = tuple(pks)
    found = {row.pk: row for row in _told(wanted)}
    _ON_CARDS.read(list(found.values()))
    return [found[pk] for pk in wanted if pk in found]


@prepared
def _told(pks: tuple[int, ...]) -> QuerySet[Action]:
    rows = Action.objects.published_among(pks).order_by("pk")
    # a semaine and its edition hold pages of prose that no card tells
    return rows.select_related("semaine__academie", "semaine__edition").only(*_TOLD)


def _light(pks: tuple[int, ...]) -> QuerySet[PieceJointe]:
    return light_images(pks).only("action", "width", "height")


_ON_CARDS: Final = PartiesDeListe(
    Action,
    portages=lambda pks: ActionPorteur.objects.filter(action__in=pks).select_related("porteur"),
    pieces=_light,
)


def proches(action: Action, n: int) -> list[Action]:
    """The published actions that resemble one, whatever their year and place; else others of its semaine."""
    return cards(moteur.related(action.pk, n)) or list(other_actions(action, n))


@dataclass(frozen=True, slots=True)
class Noms:
    """How the codes of a search are called."""

    academies: dict[str, str] = field(default_factory=dict)
    departements: dict[str, str] = field(default_factory=dict)
    etablissement: str = ""
    commune: str = ""
    selection: str = ""

    def of(self, name: str, code: str) -> str:
        """What a choice of the filter ``name`` is called; its code when nobody knows it."""
        if name == "departement" and code in self.departements:
            return f"{self.departements[code]} ({code})"
        return (self.academies if name == "academie" else _WORDS.get(name, {})).get(code, code)


_WORDS: Final = {facette.name: facette.words for facette in FACETTES}


@remembered_apart
def _academies() -> dict[str, str]:
    return dict(Academie.objects.order_by("slug").values_list("slug", "name"))


@remembered_apart
def _departements() -> dict[str, str]:
    return dict(Departement.objects.order_by("code").values_list("code", "name"))


def noms(criteres: Criteres) -> Noms:
    """Read what a search names: two queries, remembered; one for a school, a commune, a selection."""
    school = (
        Etablissement.objects.filter(uai=criteres.etablissement).first() if criteres.etablissement else None
    )
    commune = communes().of_insee(criteres.commune) if criteres.commune else None
    return Noms(
        academies=_academies(),
        departements=_departements(),
        etablissement=str(school) if school else criteres.etablissement,
        commune=commune.label if commune else criteres.commune,
        selection=name_of_selection(criteres.selection) if criteres.selection else "",
    )


@dataclass(frozen=True, slots=True)
class AutreRecherche:
    """A search near the one that found nothing, and how many actions it finds; ``name``: what it gives up."""

    name: str
    criteres: Criteres
    total: int


def essais(criteres: Criteres) -> list[AutreRecherche]:
    """What is found by giving up one thing, the smallest step first; only what finds something."""
    tried = [(facette.name, without(criteres, facette.name)) for facette in FACETTES]
    tried += [
        (name, without(criteres, name))
        for name in ("etablissement", "commune", "selection")
        if getattr(criteres, name)
    ]
    if criteres.du or criteres.au:
        tried.append(("jours", replace(criteres, du=None, au=None, page=1)))
    if criteres.pres_de:
        tried.append(("lieu", near(criteres, None)))
    if criteres.q and criteres.is_filtered:
        tried.append(("filtres", Criteres(q=criteres.q)))
    if criteres.q:
        tried.append(("q", without(criteres, "q")))
    here = replace(criteres, page=1)
    changed = [(name, other) for name, other in tried if other not in {here, Criteres()}][:MOST_TRIED]
    totals = [(name, other, moteur.search(other, size=1, facets=False).total) for name, other in changed]
    found = [AutreRecherche(name, other, total) for name, other, total in totals if total]
    return sorted(found, key=lambda essai: essai.total)


def par_departement() -> list[AutreRecherche]:
    """All actions of each département that has some, by its code: where a name of a place found nothing."""
    counts = moteur.search(Criteres(), size=0).facettes.get("departement", {})
    return [AutreRecherche(code, Criteres(departements=(code,)), counts[code]) for code in sorted(counts)]


def voisinage(criteres: Criteres) -> tuple[AutreRecherche, list[tuple[Action, float]]] | None:
    """The smallest wider circle that holds something, and its nearest actions with their distances in km.

    None when no place is asked for, or when nothing is near it at all. At most two searches and four queries.
    """
    point = criteres.pres_de
    if point is None and criteres.commune:
        place = communes().of_insee(criteres.commune)
        point = place.point if place else None
    if point is None:
        return None
    around = replace(criteres, pres_de=point, commune="", rayon=WIDEST, tri=Ordre.DISTANCE, page=1)
    found = moteur.search(around, size=3, facets=False)
    hits = [hit for hit in found.hits if hit.distance_km is not None]
    if not hits:
        return None
    farthest = hits[0].distance_km or 0.0
    rayon = next((rayon for rayon in (*RAYONS, WIDEST) if rayon >= farthest), WIDEST)
    wider = replace(around, rayon=rayon, tri=Ordre.PERTINENCE)
    distances = {hit.action_pk: hit.distance_km or 0.0 for hit in hits}
    nearest = [(action, distances[action.pk]) for action in cards(distances)]
    return AutreRecherche("rayon", wider, moteur.search(wider, size=1, facets=False).total), nearest


def contradictions(criteres: Criteres, names: Noms) -> list[str]:
    """Which filters cannot hold together, in sentences; asks one query when it has to."""
    found = []
    if criteres.academies and criteres.departements:
        together = Departement.objects.filter(
            code__in=criteres.departements, academies__slug__in=criteres.academies
        )
        if not together.exists():
            departements = " ni ".join(names.of("departement", code) for code in criteres.departements)
            academies = " ni ".join(de(names.of("academie", slug)) for slug in criteres.academies)
            found.append(f"{departements} n’est pas dans l’académie {academies}.")
    if criteres.edition and (criteres.du or criteres.au):
        first, last = f"{criteres.edition[:4]}-09-01", f"{criteres.edition[5:]}-08-31"
        late = criteres.du is not None and criteres.du.isoformat() > last
        early = criteres.au is not None and criteres.au.isoformat() < first
        if late or early:
            found.append(f"La période choisie est en dehors de l’année scolaire {criteres.edition}.")
    return found
