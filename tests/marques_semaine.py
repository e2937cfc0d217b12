"""A semaine each of whose fields has a value of its own, and the words that tell it at the end of a way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import names
from accroche.campagne.models import (
    Axe,
    AxeRetenu,
    Chiffre,
    Edition,
    Etape,
    Fenetre,
    Partenaire,
    Ressource,
    Retombee,
    Semaine,
    SemainePartenaire,
    TempsFort,
    TexteStrategie,
)
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Autorite,
    Charge,
    CodeAxe,
    Indicateur,
    Obstacle,
    Portage,
    RoleSemaine,
    Signataire,
    StatutSemaine,
    TypeMedia,
    TypePartenaire,
    TypeRessource,
    TypeTempsFort,
)
from accroche.dossier.dossier import EtapeDossier, SemaineDossier
from accroche.dossier.rows import SEMAINE_LISTS
from accroche.lib.champs import Genre
from accroche.lib.chiffres import Kind
from tests.factories import Territory
from tests.marques import jours, normal

#: The kinds of values that are a column of the same name.
COLUMNS = (Genre.TEXT, Genre.NUMBER, Genre.CHOICE, Genre.FLAG, Genre.DAY)
STOP = EtapeDossier("Étape remarquée", dt.date(2027, 2, 8))

#: The value of each field, and what pages may say instead of it.
VALEURS: dict[str, Any] = {
    "status": StatutSemaine.PREPARING,
    "ordinal": 7,
    "title": "Titre remarqué",
    "windows": ((dt.date(2026, 10, 15), dt.date(2026, 11, 19)),),
    "themes": ("Thème remarqué",),
    "levels": frozenset({Niveau.LYCEE_PROFESSIONNEL}),
    "levels_unknown": (Niveau.COLLEGE,),
    "narrative": "Récit remarqué",
    "temps_forts.title": "Salon remarqué",
    "temps_forts.kind": TypeTempsFort.TOURNEE.value,
    "temps_forts.starts": dt.date(2027, 1, 5),
    "temps_forts.ends": dt.date(2027, 3, 6),
    "temps_forts.place": "Lieu remarqué",
    "temps_forts.summary": "Salon raconté",
    "temps_forts.stops": (STOP,),
    "temps_forts.authorities": (Autorite.PREFET,),
    "ressources.title": "Document remarqué",
    "ressources.kind": TypeRessource.GUIDE.value,
    "ressources.url": "https://exemple.org/ressource-remarquee",
    "ressources.published": False,
    "pilot": "Pilote remarqué",
    "sponsor": "Marraine remarquée",
    "funding": "Fonds remarqués",
    "committee": "Comité remarqué",
    "partners.name": "Partenaire remarqué",
    "partners.kind": TypePartenaire.RECHERCHE.value,
    "partners.internal": True,
    "partners.role": RoleSemaine.ACCUEILLE,
    "partners_narrative": "Partenariats racontés",
    "actions_figures.kind": Kind.ABOUT,
    "actions_figures.value": 4321,
    "actions_figures.perimeter": "Périmètre remarqué",
    "actions_figures.note": "Note remarquée",
    "actions_figures.source": "Source remarquée",
    "actions_figures.additive": False,
    "etablissements_figures.kind": Kind.MORE_THAN,
    "etablissements_figures.value": 8765,
    "etablissements_figures.perimeter": "Étendue remarquée",
    "etablissements_figures.note": "Remarque de plus",
    "etablissements_figures.source": "Origine remarquée",
    "etablissements_figures.additive": False,
    "axes.code": CodeAxe.NIVEAUX.value,
    "axes.detail": "Axe précisé",
    "examples_note": "Exemples annoncés",
    "alliances": Alliances.SURTOUT_INTERNES,
    "portage": Portage.LES_DEUX,
    "appel": Appel.CERTAINS,
    "bassins": ("Bassin remarqué",),
    "strategie.title": "Plan remarqué",
    "strategie.date": dt.date(2026, 12, 4),
    "strategie.url": "https://exemple.org/plan-remarque",
    "medias.media": "Gazette remarquée",
    "medias.kind": TypeMedia.TELEVISION,
    "medias.date": dt.date(2027, 4, 9),
    "medias.url": "https://exemple.org/gazette-remarquee",
    "absence_by": Signataire.BUREAU,
    "absence_on": dt.date(2027, 5, 3),
    "absence_word": "Parole remarquée",
    "obstacle": Obstacle.MOBILISATION,
    "obstacle_text": "Obstacle raconté",
    "help_asked": True,
    "help_text": "Appui espéré",
    "staff_days": 5432,
    "staff_strain": Charge.INTENABLE,
    "mentor_offer": 3,
}
_DITS: dict[str, tuple[str, ...]] = {
    "status": ("En préparation",),
    "ordinal": ("septième", "7e"),
    "windows": ("15 octobre", "19 novembre"),
    "levels": (Niveau.LYCEE_PROFESSIONNEL.label,),
    "levels_unknown": ("Collège : non précisé",),
    "temps_forts.kind": (TypeTempsFort.TOURNEE.label,),
    "temps_forts.stops": (STOP.place,),
    "ressources.kind": (TypeRessource.GUIDE.label,),
    "ressources.published": ("non publié",),
    "partners.kind": (TypePartenaire.RECHERCHE.label,),
    "partners.internal": ("Au sein de l’Éducation nationale",),
    "actions_figures.kind": ("environ",),
    "etablissements_figures.kind": ("plus de",),
    "actions_figures.additive": ("autre périmètre",),
    "etablissements_figures.additive": ("autre périmètre",),
    "axes.code": ("Axe du catalogue",),
    "temps_forts.authorities": (Autorite.PREFET.label,),
    "partners.role": (RoleSemaine.ACCUEILLE.label,),
    "alliances": (Alliances.SURTOUT_INTERNES.label,),
    "portage": (Portage.LES_DEUX.label, "services de l’académie trouvent chacun"),
    "appel": (Appel.CERTAINS.label,),
    "medias.kind": (TypeMedia.TELEVISION.label,),
    "absence_by": (Signataire.BUREAU.label,),
    "obstacle": (Obstacle.MOBILISATION.label,),
    "help_asked": ("Demande à être accompagnée",),
    "staff_strain": (Charge.INTENABLE.label,),
    "mentor_offer": ("3 académies",),
}


def mots(name: str) -> set[str]:
    """What may tell the value of a field, as ``normal`` writes it."""
    value = VALEURS[name]
    words = {*_DITS.get(name, ())} | jours(value)
    for one in value if isinstance(value, tuple) else (value,):
        # a digit alone is anywhere
        if isinstance(one, str | int) and not isinstance(one, bool) and name != "mentor_offer":
            words.add(str(one))
    return {normal(word) for word in words}


def remarquee(found: Territory) -> None:
    """Give a territory’s semaine a value for each field, in an edition whose figures are announced."""
    edition = found.semaine.edition
    Edition.objects.filter(pk=edition.pk).update(declaration_opens=None, declaration_closes=None)
    semaine = found.semaine
    columns = {name: VALEURS[name] for name in names(None, *COLUMNS)}
    columns |= {name: list(VALEURS[name]) for name in SEMAINE_LISTS}
    Semaine.objects.filter(pk=semaine.pk).update(**columns, lycee_professionnel=True)
    for starts, ends in VALEURS["windows"]:
        Fenetre.objects.create(semaine=semaine, starts=starts, ends=ends)
    told = _parts("temps_forts", "stops") | {"authorities": list(VALEURS["temps_forts.authorities"])}
    event = TempsFort.objects.create(semaine=semaine, position=0, uid="2026-2027-marque", **told)
    Etape.objects.create(temps_fort=event, place=STOP.place, date=STOP.date, position=0)
    Ressource.objects.create(semaine=semaine, position=0, **_parts("ressources"))
    TexteStrategie.objects.create(semaine=semaine, position=0, **_parts("strategie"))
    Retombee.objects.create(semaine=semaine, position=0, **_parts("medias"))
    partner = _parts("partners", "role")
    for position, columns in enumerate(
        (partner | {"internal": False}, {"name": "Service", "internal": True})
    ):
        row = Partenaire.objects.create(**columns)
        SemainePartenaire.objects.create(
            semaine=semaine, partenaire=row, position=position, role=VALEURS["partners.role"]
        )
    for indicateur in Indicateur:
        figure = _parts(f"{indicateur}_figures")
        Chiffre.objects.create(semaine=semaine, indicateur=indicateur, position=0, **figure)
    axe = Axe.objects.create(edition=edition, code=VALEURS["axes.code"], label="Axe du catalogue", position=0)
    AxeRetenu.objects.create(semaine=semaine, axe=axe, detail=VALEURS["axes.detail"], position=0)


def _parts(stem: str, *but: str) -> dict[str, Any]:
    """The columns of a row of a list."""
    told = {name.partition(".")[2]: value for name, value in VALEURS.items() if name.startswith(f"{stem}.")}
    return {name: value for name, value in told.items() if name not in but}


def told(source: SemaineDossier, name: str) -> bool:
    stem, _, part = name.partition(".")
    value = getattr(source, stem)
    return VALEURS[name] in [getattr(row, part) for row in value] if part else value == VALEURS[name]


def altered(semaine: SemaineDossier, name: str) -> SemaineDossier:
    """The same semaine, which says something else of one field."""
    stem, _, part = name.partition(".")
    value = getattr(semaine, stem)
    if not part:
        return replace(semaine, **{stem: _other(value, name)})
    rows = tuple(
        replace(row, **{part: _other(getattr(row, part), name)})
        if getattr(row, part) == VALEURS[name]
        else row
        for row in value
    )
    changed: dict[str, Any] = {stem: rows}
    return replace(semaine, **changed)


_AUTRES: dict[str, Any] = {
    "status": StatutSemaine.REPORTED,
    "windows": ((dt.date(2026, 10, 16), dt.date(2026, 11, 20)),),
    "levels": frozenset(),
    "levels_unknown": (),
    "temps_forts.kind": TypeTempsFort.FORUM.value,
    "temps_forts.stops": (EtapeDossier("Autre étape", dt.date(2027, 2, 9)),),
    "ressources.kind": TypeRessource.CARTE.value,
    "partners.kind": TypePartenaire.MEDIA.value,
    "actions_figures.kind": Kind.AT_LEAST,
    "etablissements_figures.kind": Kind.AT_LEAST,
    "axes.code": CodeAxe.STRUCTURATION.value,
    "temps_forts.authorities": (Autorite.RECTEUR,),
    "partners.role": RoleSemaine.FINANCE,
    "alliances": Alliances.INTERNES,
    "portage": Portage.PORTEURS,
    "appel": Appel.TOUS,
    "medias.kind": TypeMedia.RADIO,
    "absence_by": Signataire.ACADEMIE,
    "obstacle": Obstacle.MOYENS,
    "staff_strain": Charge.TENDUE,
}


def _other(value: Any, name: str) -> Any:
    if name in _AUTRES:
        return _AUTRES[name]
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return ("Autre",)
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    return value + 1 if isinstance(value, int) else f"{value}-autrement"
